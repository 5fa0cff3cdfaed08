"""What the text of a review tells of its events: times that nobody knows, tellings that disagree, other incidents, zones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_sre.checks.pir.incident import all_events, called, is_doubtful, zone
from mkdocs_sre.checks.pir.sequence import ROUGH
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.timeline.clock import is_called
from mkdocs_sre.documents.timing import TOLD, instants

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from mkdocs_sre.documents.timeline.events import EventList, TimelineEvent

_MINUTE = timedelta(minutes=1)


@rule("PIR119", "event-without-time", level=Level.WARNING, since="0.1")
def event_without_time(pir: Pir) -> Iterator[Fault]:
    """Every milestone of a timeline has a time, not `Time TBC`.

    ## Why
    Logs are deleted after some weeks. A time that is to be confirmed then never will be, and no duration can be counted
    from it. A rough time such as `ca. 14:30` is better than none.

    ## Example
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    ## Timeline

    - Detected: 2026-02-24 (Time TBC)
    - Resolved: 2026-02-24 15:20
    ```

    ## Use instead
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    ## Timeline

    - Detected: 2026-02-24 ca. 14:10
    - Resolved: 2026-02-24 15:20
    ```

    ## Source
    Requirements: post-incident review, "timestamps for detection, response, mitigation, and resolution".
    """
    known = {event.key for event in pir.timeline if event.time is not None and event.key in TOLD}
    for event in all_events(pir):
        if event.unknown and event.key not in known:
            cure = "take it from a log, a message or an alert; if that fails write a rough one, such as `ca. 14:30`"
            yield fault(event.location, f"{called(event)} has no time that is known", cure)


@rule("PIR120", "milestone-told-twice", level=Level.ERROR, since="0.1")
def milestone_told_twice(pir: Pir, context: Context) -> Iterator[Fault]:
    """Where a file gives the time of a milestone twice, both times are the same.

    A summary of key events is compared with the timeline below it, to the minute; with a rough time to a quarter of an
    hour. Where the date of one is doubted by another rule, only the clock times are compared.

    ## Why
    Nobody can tell which of the two is right, and every duration depends on it.

    ## Example
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    ## Key events

    - Detected: 14:09
    - Mitigated: 14:41

    ## Timeline

    - 14:09 Detected by the alert on failed payments.
    - 14:58 Incident mitigated: pay-relay-a was taken out.
    ```

    ## Use instead
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    ## Key events

    - Detected: 14:09
    - Mitigated: 14:41

    ## Timeline

    - 14:09 Detected by the alert on failed payments.
    - 14:41 Incident mitigated: pay-relay-a was taken out.
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise".
    """
    lists = sorted(pir.event_lists.lists, key=lambda one: not one.is_summary)
    for other in lists[1:]:
        for event in lists[0].events:
            told = _disagreeing(event, other, pir, zone(pir, context.settings))
            if event.time is not None and told is not None and told.time is not None:
                yield fault(
                    event.location,
                    f"{called(event)} is {event.time.text} here and {told.time.text} on line {told.location.line}",
                    "find out which is right, and correct the other",
                    told.location,
                )


def _disagreeing(event: TimelineEvent, other: EventList, pir: Pir, where: tzinfo | None) -> TimelineEvent | None:
    """Return the last event of the same milestone when none in the list agrees with this one."""
    if event.key not in TOLD or event.time is None:
        return None
    same = [one for one in other.events if one.key == event.key and one.time is not None]
    return same[-1] if same and not any(_agree(event, one, pir, where) for one in same) else None


def _agree(event: TimelineEvent, other: TimelineEvent, pir: Pir, where: tzinfo | None) -> bool:
    allowed = ROUGH if event.rough or other.rough else _MINUTE
    first, second = instants([event.time, other.time], where)
    if first is None or second is None:
        return True
    apart = abs(first - second)
    if is_doubtful(event, pir) or is_doubtful(other, pir):
        apart = min(apart % timedelta(days=1), -apart % timedelta(days=1))
    return apart < allowed


@rule("PIR121", "several-timelines", level=Level.WARNING, since="0.1")
def several_timelines(pir: Pir) -> Iterator[Fault]:
    """A file tells of one incident.

    A second timeline of the same name, or one below a heading with another date, is taken for another incident. Only
    the first one's events are read.

    ## Why
    A review has one severity, one start and one end. Of two incidents in a file the times cannot be told apart, so the
    second one would be missing in every number.

    ## Example
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    # Failed payments on 2026-02-24

    ## Timeline

    - 14:02 Impact started

    # Failed payments on 2026-03-02

    ## Timeline

    - 09:30 Impact started
    ```

    ## Use instead
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    # Failed payments on 2026-02-24

    ## Timeline

    - 14:02 Impact started
    ```

    ## Source
    Requirements: post-incident review, one per incident of severity 1 or 2.
    """
    for place in pir.event_lists.further:
        yield fault(
            place,
            "a second timeline begins here, and only the first one is read",
            "give each incident a file of its own, or put the events of one incident into one timeline",
            pir.event_lists.lists[0].location,
        )


@rule("PIR122", "unclear-time-zone", level=Level.WARNING, since="0.1")
def unclear_time_zone(pir: Pir, context: Context) -> Iterator[Fault]:
    """An abbreviation behind a time is what the review's zone is called at that time.

    `UTC`, `GMT`, `Z` and offsets such as `+01:00` are taken as written. Any other abbreviation (BST, CET, PT) names
    several zones, or one of them only in half of the year; such a time is read in the review's zone.

    ## Why
    `CET` in July is an hour from what the clocks in Berlin showed, and `BST` is used on three continents.

    ## Example
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    ## Timeline

    - 14:02 BST Impact started
    ```

    ## Use instead
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: draft
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    ---
    ## Timeline

    - 14:02 CET Impact started
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise".
    """
    where = zone(pir, context.settings)
    if where is None:
        return
    told: set[str] = set()
    for event in all_events(pir):
        if event.time is None or not event.abbreviation or event.abbreviation in told:
            continue
        name = _name(event.time.at, where)
        if not is_called(event.abbreviation, name):
            told.add(event.abbreviation)
            yield fault(
                event.location,
                f"{quoted(event.abbreviation)} is not what clocks in {where} show then ({name}); the time is read as theirs",
                "write the offset, such as `+01:00`, or `UTC`",
            )


def _name(at: datetime, where: tzinfo) -> str:
    """Return what a zone calls itself at this time of its clocks."""
    try:
        return at.replace(tzinfo=where).tzname() or ""
    except OverflowError:  # in the first or last hours of the calendar
        return ""
