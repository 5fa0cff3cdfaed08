"""How long an incident took: the times that a review must give, and the durations that it states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mkdocs_sre.checks.pir.incident import reviews_in_order
from mkdocs_sre.checks.pir.lengths import SINCE, agrees, length_of, lengths
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import TIMELINE, Pir
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.standing import FINAL, REVIEW, status_of
from mkdocs_sre.documents.timeline.events import NOTED
from mkdocs_sre.documents.timing import DETECTED, IMPACT_STARTED, MILESTONES, MITIGATED, TOLD, spell
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.checks.pir.lengths import Answer
    from mkdocs_sre.documents.timeline.events import StatedDuration

# What is known when a review is passed round, and what a record must hold.
NEEDED = {REVIEW: (IMPACT_STARTED, DETECTED, MITIGATED), FINAL: MILESTONES}
_CALLED = {REVIEW: "a review that is passed round", FINAL: "a final review"}
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
    status = status_of(pir.status, context.settings) or ""
    told = {event.key for event in pir.timeline}
    missing = [kind for kind in NEEDED.get(status, ()) if kind not in told]
    if missing:
        names = " and ".join(f"`{kind}`" for kind in missing)
        them = "it" if len(missing) == 1 else "them"
        place, where = _home(pir)
        yield fault(place, f"{_CALLED[status]} lacks the time of {names}", f"add {them} {where}{_meant(missing, told)}")


def _home(pir: Pir) -> tuple[Location, str]:
    """Return where the events of a review stand, or could stand, and how a message says so."""
    section = pir.body.section(TIMELINE)
    if pir.events:
        return pir.at("events"), "under `events`"
    if pir.event_lists.lists:
        return pir.event_lists.lists[0].location, "to the timeline, such as `14:02 Impact started`, or under `events`"
    if section is not None:
        cure = "to the timeline, each on a line of its own that begins with its time, or under `events`"
        return Location(pir.path, section.heading.line), cure
    return pir.value_at("status"), "under `events`"


def _meant(missing: list[str], told: set[str]) -> str:
    own = sorted(told - TOLD - {NOTED})
    near = next((found[0] for kind in missing if (found := get_close_matches(kind, own, 1, 0.8))), None)
    return f", or correct `{near}`" if near else ""


@rule("PIR108", "wrong-duration", level=Level.ERROR, since="0.1")
def wrong_duration(pir: Pir, context: Context) -> Iterator[Fault]:
    """A stated duration is what the events say.

    Detection, mitigation and resolution count from the start of impact, acknowledgement from detection. Where the start
    of impact is not known, they count from detection. Durations in the text (`Time to repair: 1h 28m`) may count from
    detection or from the declaration as well. Times that another rule doubts are not compared with.

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
    for stated in pir.stated_durations:
        answers = lengths(stated, pir, context.settings)
        if answers and not any(agrees(stated, answer) for answer in answers):
            first = spell(answers[0].length)
            written = f"write `{first}`" if stated.in_body else f"write `{stated.name}: {first}`"
            yield fault(
                stated.location,
                f"`{stated.name}` is stated as {stated.length}, but the events give {_said(answers)}",
                f"{written}, or correct the {'times' if stated.in_body else 'events'}",
                pir.event_lists.lists[0].location,
            )


def _said(answers: Sequence[Answer]) -> str:
    """Return the lengths that the events give; where they count from something else than the impact, from what."""
    if len(answers) == 1 and answers[0].since in (IMPACT_STARTED, ""):
        return spell(answers[0].length)
    return ", ".join(f"{spell(one.length)} from {SINCE[one.since]}" for one in answers)


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
    earlier: dict[tuple[str, timedelta], tuple[Pir, StatedDuration]] = {}
    for pir in reviews_in_order(base):
        for stated in pir.stated_durations:
            key = stated.name, length_of(stated)
            other, first = earlier.setdefault(key, (pir, stated))
            if other is not pir and _unconfirmed(stated, pir, context):
                yield fault(
                    stated.location,
                    f"`{stated.name}` is the same {stated.length} that {other.id} states",
                    "take it from this incident's events, or leave it out: it is computed",
                    first.location,
                )


def _unconfirmed(stated: StatedDuration, pir: Pir, context: Context) -> bool:
    answers = lengths(stated, pir, context.settings)
    if answers:
        return not any(agrees(stated, answer) for answer in answers)
    length = length_of(stated)
    return length > RARE_FROM and bool(length % COMMON)
