"""How far a runbook can be trusted: what speaks for it and what against, as the rules about freshness judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.history.freshness import drill_due, last_drill, review_due
from mkdocs_sre.knowledge.tiers import tier_of
from mkdocs_sre.pages.due import reason_line
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.history.staleness import Freshness, Reason, Signal
    from mkdocs_sre.history.staleness import State as Staleness
    from mkdocs_sre.pages.heads import State
    from mkdocs_sre.pages.site import Site

MAX_NAMED = 3  # later reviews that are named; the banner above holds more
_FORMS: dict[Staleness, State] = {"ok": "ok", "due-soon": "info", "overdue": "due", "expired": "bad"}


class Mark(NamedTuple):
    """One thing that speaks for a page or against it: a form, a fact, and a line about it; both in Markdown, escaped."""

    state: State
    fact: str
    small: str = ""


def trust_strip(runbook: Runbook, site: Site, page: str) -> str:
    """Return what speaks for the page and what against it; nothing when nothing is known."""
    fresh = site.freshness(runbook)
    tier = tier_of(runbook, site.base)
    marks = [
        *_version(runbook, fresh, site),
        *_drill(runbook, fresh, tier),
        *_reviewed(runbook, fresh, tier),
        *_later(fresh, site, page),
        *_other(fresh, site, page),
        *_changed(runbook, site),
    ]
    linked = any("](" in text for mark in marks for text in mark[1:])
    return render("trust.md.jinja", marks=marks, linked=linked) if marks else ""


def _reasons(fresh: Freshness, *signals: Signal) -> list[Reason]:
    return [one for one in fresh.reasons if one.signal in signals]


def _form(reasons: list[Reason]) -> State:
    """Return the form of the worst of some reasons: all is well without any."""
    states = {one.state for one in reasons}
    worst: Staleness = next((one for one in ("expired", "overdue", "due-soon") if one in states), "ok")
    return _FORMS[worst]


def _version(runbook: Runbook, fresh: Freshness, site: Site) -> Iterator[Mark]:
    if runbook.verified_for:
        service = site.base.document(runbook.service, Service)
        running = service.version if service else None
        found = _reasons(fresh, "version")
        now = f", running {escape(running)}" if running else ""
        policy = f"Policy: verify at each {site.base.settings.freshness.verify} version."
        cure = "Look whether its steps still hold, then change <code>verified&#95;for</code>. " if found else ""
        small = cure + policy if running and running != runbook.verified_for else ""
        yield Mark(_form(found), f"Verified for {escape(runbook.verified_for)}{now}", small)


def _drill(runbook: Runbook, fresh: Freshness, tier: int | None) -> Iterator[Mark]:
    last = last_drill(runbook)
    if last is None:
        return
    failed = last.result == "failed"
    form = "bad" if failed else _form(_reasons(fresh, "drill"))
    small = (_sentence(prose(last.notes or "")), "" if failed else _day("Next", form, drill_due(runbook, tier)))
    yield Mark(form, f"Drill {last.result} {last.on.isoformat()}", " ".join(text for text in small if text))


def _reviewed(runbook: Runbook, fresh: Freshness, tier: int | None) -> Iterator[Mark]:
    form = _form(_reasons(fresh, "review"))
    if runbook.last_reviewed_on is not None:
        due = _day("Review", form, review_due(runbook, tier))
        yield Mark(form, f"Reviewed {runbook.last_reviewed_on.isoformat()}", due)
    elif runbook.drills:
        yield Mark(
            "none", "Never reviewed", "No <code>last&#95;reviewed&#95;on</code>; a drill that passed counts as one."
        )


def _later(fresh: Freshness, site: Site, page: str) -> Iterator[Mark]:
    """Yield the final reviews of later incidents that nobody has taken into the page since."""
    found = _reasons(fresh, "incident")
    names = [name for one in found for name in one.related]
    if names:
        shown = ", ".join(site.link_id(page, name) for name in names[:MAX_NAMED])
        more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
        fact = "One later review" if len(names) == 1 else counted(len(names), "later review")
        yield Mark(_form(found), fact, f"{shown}{more}: not yet considered here.")


def _other(fresh: Freshness, site: Site, page: str) -> Iterator[Mark]:
    for one in _reasons(fresh, "alert", "dependencies"):
        fact = "Alert changed since" if one.signal == "alert" else "Dependencies changed since"
        yield Mark(_form([one]), fact, reason_line(site, page, one))


def _changed(runbook: Runbook, site: Site) -> Iterator[Mark]:
    """Yield when the file last changed. That corroborates and is never judged: a change may be a comma."""
    day = site.history.changed_on.get(runbook.path)
    if day is not None:
        yield Mark("plain", f"Text last changed {day.isoformat()}", "By its history; that alone proves nothing.")


def _day(what: str, form: State, day: date | None) -> str:
    """Return when something is due, in words that tell whether the day is past."""
    if day is None:
        return ""
    return f"{what} {'was due' if form in ('due', 'bad') else 'due'} {day.isoformat()}{', expired' if form == 'bad' else ''}."


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
