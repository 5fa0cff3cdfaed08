"""What happened to a runbook's service and alerts since somebody last saw that it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.words import listed
from mkdocs_sre.history.freshness import reviewed_on
from mkdocs_sre.history.releases import moved_past
from mkdocs_sre.history.staleness import AlertChange, Reason, counted_from, event_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_sre.analyses.freshness.past import PastServices
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.knowledge import KnowledgeBase

NAMED = 3  # alerts, reviews or dependencies that one reason names at most
_LONGEST = 40  # characters of a version or an alert's name that a reason shows


def release_reasons(runbook: Runbook, base: KnowledgeBase, as_of: date, past: PastServices) -> Iterator[Reason]:
    """Yield that the service's version is past the one that a runbook is verified for, from the commit that moved it on."""
    service = base.document(runbook.service, Service)
    verified, step = runbook.verified_for, base.settings.freshness.verify
    if service is None or not service.version or not verified or not moved_past(service.version, verified, step):
        return
    first = past.since(service, lambda then: bool(then.version) and moved_past(then.version or "", verified, step))
    moved_on = counted_from(first, as_of)
    text = f"{service.id} runs {_cut(service.version)}, and it was verified for {_cut(verified)}"
    cure = f"follow it with {_cut(service.version)}, then set `verified_for`"
    yield Reason("version", event_state(moved_on, as_of), moved_on, text, cure, (service.id,))


def alert_reasons(
    runbook: Runbook, keys: frozenset[str], changes: Sequence[AlertChange], as_of: date
) -> Iterator[Reason]:
    """Yield that alerts of a runbook were changed after its last review, from the first of those days.

    `keys` are the names of its alerts in lower case.
    """
    reviewed = reviewed_on(runbook)
    if reviewed is None:
        return
    later = sorted(
        {
            (one.changed_on, one.alert)
            for one in changes
            if one.alert.lower() in keys and reviewed < one.changed_on <= as_of
        }
    )
    if later:
        first = later[0][0]
        names = list(dict.fromkeys(_cut(alert) for _, alert in later))
        text = f"{listed(names, NAMED)} {'was' if len(names) == 1 else 'were'} changed after its last review"
        yield Reason("alert", event_state(first, as_of), first, f"{text}, from {first.isoformat()} on", _ALERT_CURE)


_ALERT_CURE = "compare it with what the alert says now, then set `last_reviewed_on`"


def _cut(text: str) -> str:
    line = " ".join(text.replace("`", "").split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
