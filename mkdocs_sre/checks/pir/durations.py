"""How long an incident took: the times that a review must give, and the durations that it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mkdocs_sre.checks.pir.incident import reviews_in_order
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import TIMELINE, Pir
from mkdocs_sre.documents.standing import FINAL, REVIEW, status_of
from mkdocs_sre.documents.timing import DETECTED, IMPACT_STARTED, MILESTONES, MITIGATED, spell
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.documents.values import Duration

# What is known when a review is passed round, and what a record must hold.
NEEDED = {REVIEW: (IMPACT_STARTED, DETECTED, MITIGATED), FINAL: MILESTONES}
_CALLED = {REVIEW: "a review that is passed round", FINAL: "a final review"}
STATED = ("detect", "acknowledge", "mitigate", "resolve")
FINE = timedelta(minutes=1)  # the events' own precision: a stated duration less than this off is the same
# Who states whole days or more rounds to them: half the smallest unit written.
COARSE = {"d": timedelta(hours=12), "w": timedelta(days=3.5), "mo": timedelta(days=15), "y": timedelta(days=183)}
COMMON = timedelta(minutes=15)  # whole quarters of an hour, and less than an hour, are alike by chance
RARE_FROM = timedelta(hours=1)


@rule("PIR107", "missing-event-time", level=Level.ERROR, since="0.1")
def missing_event_time(pir: Pir, context: Context) -> Iterator[Fault]:
    """A review has the times that its status calls for.

    In review: `impact_started`, `detected` and `mitigated`. Final: `acknowledged` and `resolved` as well.

    ## Why
    A final review never changes again, so a time that it lacks is lost, and with it every duration counted from it.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: review
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    events:
      - {kind: impact_started, time: 2026-02-24T14:02:00+01:00}
      - {kind: detected, time: 2026-02-24T14:09:00+01:00}
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-007
    status: review
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    events:
      - {kind: impact_started, time: 2026-02-24T14:02:00+01:00}
      - {kind: detected, time: 2026-02-24T14:09:00+01:00}
      - {kind: mitigated, time: 2026-02-24T14:41:00+01:00}
    ```

    ## Source
    Requirements: post-incident review, "timestamps for detection, response, mitigation, and resolution".
    """
    if not pir.events and pir.body.section(TIMELINE) is not None:
        return
    status = status_of(pir.status, context.settings) or ""
    told = {event.key for event in pir.events}
    missing = [kind for kind in NEEDED.get(status, ()) if kind not in told]
    if missing:
        names = " and ".join(f"`{kind}`" for kind in missing)
        cure = f"add {'it' if len(missing) == 1 else 'them'} under `events`{_meant(missing, told)}"
        place = pir.at("events") if pir.events else pir.value_at("status")
        yield fault(place, f"{_CALLED[status]} lacks the time of {names}", cure)


def _meant(missing: list[str], told: set[str]) -> str:
    own = sorted(told - set(MILESTONES))
    near = next((found[0] for kind in missing if (found := get_close_matches(kind, own, 1, 0.8))), None)
    return f", or correct `{near}`" if near else ""


@rule("PIR108", "wrong-duration", level=Level.ERROR, since="0.1")
def wrong_duration(pir: Pir, context: Context) -> Iterator[Fault]:
    """A stated duration is what the events say.

    Detection, mitigation and resolution count from the start of impact, acknowledgement from detection.

    ## Why
    Durations added up by hand are wrong in two of five public reviews, and those are the numbers that people compare.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    events:
      - {kind: impact_started, time: 2026-02-24T14:02:00+01:00}
      - {kind: resolved, time: 2026-02-26T19:38:00+01:00}
    durations:
      resolve: 35h 36m
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    events:
      - {kind: impact_started, time: 2026-02-24T14:02:00+01:00}
      - {kind: resolved, time: 2026-02-26T19:38:00+01:00}
    durations:
      resolve: 53h 36m
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise". Of 52 durations stated in public reviews 21 differed
    from their own timeline.
    """
    computed = pir.timing(context.settings.timezone)
    for name, stated in _stated(pir):
        length: timedelta | None = getattr(computed, name)
        if length is not None and not _agree(stated, length):
            yield fault(
                pir.value_at("durations", name),
                f"`{name}` is stated as {stated}, but the events give {spell(length)}",
                f"write `{name}: {spell(length)}`, or correct the events",
                pir.at("events"),
            )


@rule("PIR109", "copied-duration", level=Level.WARNING, since="0.1")
def copied_duration(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A stated duration is not that of another review.

    ## Why
    Reviews are written by copying the last one. Two incidents that took 35 hours and 36 minutes each are one incident
    and one copy. Told only where the review's own events do not confirm the duration: when they contradict it, or
    when there are none and the length is over an hour and no whole quarter.

    ## Example
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | durations: {resolve: 35h 36m}
        | ---
    PIR-2026-009.md
        | ---
        | type: pir
        | id: PIR-2026-009
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-03-02
        | durations: {resolve: 35h 36m}
        | ---
    ```

    ## Use instead
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | durations: {resolve: 35h 36m}
        | ---
    PIR-2026-009.md
        | ---
        | type: pir
        | id: PIR-2026-009
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-03-02
        | durations: {resolve: 52h 23m}
        | ---
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise". Two public reviews hold the same 35h 36m; neither
    timeline gives it.
    """
    earlier: dict[tuple[str, timedelta], Pir] = {}
    for pir in reviews_in_order(base):
        for name, stated in _stated(pir):
            length = _length(stated)
            other = earlier.setdefault((name, length), pir)
            if other is not pir and _unconfirmed(pir, name, stated, context):
                yield fault(
                    pir.value_at("durations", name),
                    f"`{name}` is the same {stated} that {other.id} states",
                    "take it from this incident's events, or leave it out: it is computed",
                    other.value_at("durations", name),
                )


def _stated(pir: Pir) -> Iterator[tuple[str, Duration]]:
    for name in STATED:
        stated: Duration | None = getattr(pir.durations, name, None)
        if stated is not None:
            yield name, stated


def _unconfirmed(pir: Pir, name: str, stated: Duration, context: Context) -> bool:
    computed: timedelta | None = getattr(pir.timing(context.settings.timezone), name)
    if computed is not None:
        return not _agree(stated, computed)
    length = _length(stated)
    return length > RARE_FROM and bool(length % COMMON)


def _agree(stated: Duration, computed: timedelta) -> bool:
    return abs(_length(stated) - computed) < _precision(stated.text)


def _length(stated: Duration) -> timedelta:
    return timedelta(days=float(stated.days))


def _precision(text: str) -> timedelta:
    """Return how far a duration may be off: a minute, or half of its smallest unit from days on."""
    unit = re.findall(r"[a-z]+", text.lower())[-1]
    return next((allowed for start, allowed in COARSE.items() if unit.startswith(start)), FINE)
