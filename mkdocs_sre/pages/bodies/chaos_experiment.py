"""The plan of a chaos experiment, what was seen, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.actions import actions_table
from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.runs import UNSEEN, runs_of, verdict
from mkdocs_sre.pages.standing import alert_names, web_link
from mkdocs_sre.pages.tables import STATE, Column, section, table
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.chaos_experiment import AbortCriterion, ChaosExperiment
    from mkdocs_sre.pages.site import Site

_RUNS = (
    Column("Run", "sre-num fit0"),
    Column("Experiment", "grow", bare=True),
    Column("Seen", "wide", bare=True),
    STATE,
)
_PLAN = (Column("Part", "fit0 sre-num"), Column("Plan", "wide", bare=True))


@body("chaos-experiment")
def chaos_experiment_body(experiment: ChaosExperiment, site: Site, page: str) -> Body:
    """Return hypothesis, result and plan above the author's text; other runs and the actions below it."""
    actions = site.actions_from.get(experiment.id.lower(), [])
    caption = f"From the ledger, as of {site.as_of.isoformat()}"
    above = (
        _versus(experiment),
        section("Plan", "plan", table("What is done, and what bounds it", _PLAN, _plan(experiment, site, page))),
    )
    below = (
        section("Runs", "runs", _runs(experiment, site, page)),
        section("Actions", "actions", actions_table(site, page, actions, caption) if actions else ""),
    )
    return Body(joined(above), joined(below))


def _versus(experiment: ChaosExperiment) -> str:
    """Return what was expected beside what was seen."""
    seen = prose(experiment.result) if experiment.result else UNSEEN[experiment.executed]
    return render(
        "versus.md.jinja",
        expected=prose(experiment.hypothesis),
        normal=prose(experiment.steady_state or ""),
        seen=seen,
        run_on=experiment.run_on.isoformat() if experiment.run_on else "",
        verdict=verdict(experiment).markdown(),
        state=verdict(experiment).state,
    )


def _runs(experiment: ChaosExperiment, site: Site, page: str) -> str:
    """Return all runs of the same question, from first to last; nothing when there is only this one."""
    rows = [
        [
            one.run_on.isoformat() if one.run_on else "not yet",
            escape(f"{one.id}, this page") if one is experiment else site.link_document(page, one, one.id),
            prose(one.result or ""),
            verdict(one).markdown(),
        ]
        for one in runs_of(experiment, site)
    ]
    return table("The same question, asked again after a fix", _RUNS, rows) if len(rows) > 1 else ""


def _plan(experiment: ChaosExperiment, site: Site, page: str) -> list[list[str]]:
    injection, radius, watched = experiment.injection, experiment.blast_radius, experiment.observability
    parameters = ", ".join(
        f"{escape(name)} <code>{escape(value)}</code>" for name, value in injection.parameters.items()
    )
    dashboards = [web_link(one.title, one.url) for one in watched.dashboards] if watched else []
    alerts = [alert_names(watched.alerts, site, page)] if watched and watched.alerts else []
    rows = (
        ("Failure", _joined(prose(injection.failure), escape(injection.tool or ""), parameters)),
        ("Touches", _joined(prose(radius.scope), prose(radius.limit or ""))),
        ("Stop when", "<br>".join(_criterion(one) for one in experiment.abort_when)),
        ("Back", prose(experiment.rollback or "")),
        ("Watch", " · ".join([*dashboards, *alerts])),
    )
    return [[label, text] for label, text in rows if text]


def _joined(text: str, *smaller: str) -> str:
    small = " · ".join(one for one in smaller if one)
    return f"{text} <small>{small}</small>" if small else text


def _criterion(one: AbortCriterion) -> str:
    lasting = f"for {escape(length(one.lasting))}" if one.lasting else ""
    return " ".join(text for text in (prose(one.metric or ""), escape(one.threshold or ""), lasting) if text)
