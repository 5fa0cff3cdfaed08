"""The head of a chaos experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Fact, Head, fact, head, stated
from mkdocs_sre.pages.runs import verdict
from mkdocs_sre.pages.standing import follow_up_chips, link_all, owner_facts, review_chips, review_facts

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
    from mkdocs_sre.pages.site import Site


@head("chaos-experiment", columns=("Service", "Owner", "Run"), newest_by="Run")
def chaos_experiment_head(experiment: ChaosExperiment, site: Site, page: str) -> Head:
    """Return the result, the service, who ran it when and against what, and what it proves."""
    actions = site.actions_from.get(experiment.id.lower(), [])
    chips = (
        verdict(experiment),
        *follow_up_chips(actions, site),
        *review_chips(experiment, site),
    )
    facts = (
        Fact("Service", site.link_id(page, experiment.service)),
        *owner_facts(experiment.owner, site),
        *fact("Run", experiment.run_on.isoformat() if experiment.run_on else None, _again(experiment, site, page)),
        *_tested(experiment),
        *fact("Proves" if experiment.status == "passed" else "Is to prove", link_all(site, page, experiment.validates)),
        *review_facts(experiment, site),
    )
    return Head(chips[:3], facts)


def _again(experiment: ChaosExperiment, site: Site, page: str) -> str:
    return f"again after {site.link_id(page, experiment.retest_of)}" if experiment.retest_of else ""


def _tested(experiment: ChaosExperiment) -> tuple[Fact, ...]:
    tested = experiment.tested
    if tested is None:
        return ()
    if tested.version:
        return stated("Version", tested.version, escape(tested.configuration or ""))
    return stated("Configuration", tested.configuration)
