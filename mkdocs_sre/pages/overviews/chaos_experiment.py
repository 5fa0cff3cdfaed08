"""Chaos experiments: how they ended, and which hypotheses wait for a repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.pages.escape import prose
from mkdocs_sre.pages.heads import Fact
from mkdocs_sre.pages.overviews import MOST, Overview, intact, overview, rest
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.runs import awaits_repeat, repeats_of, verdict
from mkdocs_sre.pages.standing import link_all
from mkdocs_sre.pages.tables import STATE, Column, section, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

_COLUMNS = (Column("Hypothesis"), Column("Run", "sre-num"), Column("Waits for", "sre-num wide"), STATE)


@overview("chaos-experiment")
def chaos_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:
    """Return how the experiments ended, and what waits, above their list."""
    found = [one for one in intact(documents) if isinstance(one, ChaosExperiment)]
    if not found:
        return Overview()
    waiting = [one for one in found if awaits_repeat(one, site)]
    waiting.sort(key=lambda one: (one.run_on is None, one.run_on, one.id.lower()))
    aborted = _number(found, "aborted")
    facts = [
        Fact("Passed", str(_number(found, "passed"))),
        Fact("Failed", str(_number(found, "failed")), f"and {aborted} aborted" if aborted else ""),
        Fact("Planned", str(_number(found, "planned"))),
        Fact("Waiting for a repeat", str(len(waiting))),
    ]
    rows = [
        [
            f"{site.link_document(page, one)} <small>{prose(one.hypothesis)}</small>",
            one.run_on.isoformat() if one.run_on else "",
            _waits_for(one, site, page),
            verdict(one).markdown(),
        ]
        for one in waiting[:MOST]
    ]
    caption = "Failed or aborted, and not run again since; the oldest first"
    listed = table(caption, _COLUMNS, rows, "waiting") + rest(len(waiting), "experiments") if rows else ""
    return Overview(
        render("numbers.md.jinja", facts=facts)
        + section("Waiting for a repeat", "waiting", listed)
        + "\n## All experiments {: #sre-experiments }\n"
    )


def _number(found: Sequence[ChaosExperiment], status: str) -> int:
    return sum(one.status == status for one in found)


def _waits_for(experiment: ChaosExperiment, site: Site, page: str) -> str:
    """Return what stands between an experiment and its repeat: open actions, a planned run, or nobody's plan."""
    still = [action.id for action in site.actions_from.get(experiment.id.lower(), []) if action.is_open]
    planned = [one.id for one in repeats_of(experiment.id, site) if not one.executed]
    parts = (
        f"{'action' if len(still) == 1 else 'actions'} {link_all(site, page, still)}" if still else "",
        f"the run of {link_all(site, page, planned)}" if planned else "",
    )
    return ", then ".join(part for part in parts if part) or prose("a plan with `retest_of`")
