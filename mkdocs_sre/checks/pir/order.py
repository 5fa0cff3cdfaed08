"""The events of a review: their zone, their order, their dates."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.pir.incident import all_events, called, day_of_incident, is_doubtful, moments, times, zone
from mkdocs_sre.checks.pir.sequence import out_of_cause, out_of_order
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.timing import instants, meant_day


@rule("PIR103", "time-without-zone", level=Level.ERROR, since="0.1")
def time_without_zone(pir: Pir, context: Context) -> Iterator[Fault]:
    """Every time has an offset, or its review a `timezone`.

    ## Why
    Logs, alerts and people are in different zones. An hour's slip hides what came first, and nobody can mend it later.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    events:
      - {kind: impact_started, time: "2026-02-24 14:02"}
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    timezone: Europe/Berlin
    events:
      - {kind: impact_started, time: "2026-02-24 14:02"}
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise".
    """
    if zone(pir, context.settings) is not None:
        return
    bare = sorted({place for place, moment in moments(pir) if not moment.has_offset})
    if bare:
        cause = (
            "a time has no time zone" if len(bare) == 1 else f"{len(bare)} times have no time zone, this is the first"
        )
        yield fault(bare[0], cause, "add `timezone:` to the review, such as `Europe/London`")


@rule("PIR104", "events-out-of-order", level=Level.ERROR, since="0.1")
def events_out_of_order(pir: Pir, context: Context) -> Iterator[Fault]:
    """Events stand in the order in which they happened, and none comes before what it ends.

    That holds for `events` and for each timeline of the text. A summary of milestones (Key events) may list them in any
    order, as long as nothing is declared or mitigated before it was detected, or resolved before that.

    ## Why
    An event out of order is nearly always a mistyped time, and every duration computed from it is wrong.

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
      - {kind: detected, time: 2026-02-24T14:09:00+01:00}
      - {kind: acknowledged, time: 2026-02-24T13:12:00+01:00}
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
      - {kind: detected, time: 2026-02-24T14:09:00+01:00}
      - {kind: acknowledged, time: 2026-02-24T14:12:00+01:00}
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise".
    """
    for told in pir.event_lists.lists:
        found = times(told.events, pir, context.settings)
        wrong = out_of_cause(told.events, found) if told.is_summary else out_of_order(told.events, found)
        for one in wrong:
            place, other, too_late = told.events[one.wrong], told.events[one.other], one.too_late
            if is_doubtful(other, pir) and not is_doubtful(place, pir):
                place, other, too_late = other, place, not too_late
            names = f"{called(place)} is {'later' if too_late else 'earlier'} than {called(other)}"
            cure = "correct the time" if told.is_summary else "correct the time, or the order of the events"
            yield fault(place.location, f"{names} on line {other.location.line}", cure, other.location)
    yield from _windows(pir, context)


def _windows(pir: Pir, context: Context) -> Iterator[Fault]:
    for index, cost in enumerate(pir.slo_impact):
        if cost.start is not None and cost.end is not None:
            start, end = instants([cost.start, cost.end], zone(pir, context.settings))
            if start is not None and end is not None and end < start:
                place, other = pir.value_at("slo_impact", index, "to"), pir.value_at("slo_impact", index, "from")
                yield fault(place, f"the cost to {quoted(cost.slo)} ends before it begins", "correct the time", other)


@rule("PIR105", "event-in-another-year", level=Level.ERROR, since="0.1")
def event_in_another_year(pir: Pir) -> Iterator[Fault]:
    """The year of an event is that of its incident.

    ## Why
    In January people write last year's number. Day and month that fit the incident to within 3 days in another year
    are that slip and nothing else.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-001
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-01-11
    events:
      - {kind: detected, time: 2025-01-11T14:09:00Z}
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-001
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-01-11
    events:
      - {kind: detected, time: 2026-01-11T14:09:00Z}
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise".
    """
    for event in all_events(pir):
        meant = meant_day(event.day, pir.incident_date)
        if meant is not None:
            yield fault(
                event.location,
                f"{called(event)} is in {event.day.year}, the incident on {pir.incident_date}",
                f"correct the year to {meant.year}",
                *day_of_incident(pir),
            )


@rule("PIR106", "event-far-from-incident", level=Level.WARNING, since="0.1")
def event_far_from_incident(pir: Pir) -> Iterator[Fault]:
    """An event lies within 30 days of its incident.

    ## Why
    Incidents that last longer are rare, and mistyped months are not.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    events:
      - {kind: resolved, time: 2026-04-24T15:20:00+01:00}
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
      - {kind: resolved, time: 2026-02-24T15:20:00+01:00}
    ```

    ## Source
    Requirements: post-incident review, "the timeline is precise".
    """
    for event in all_events(pir):
        if is_doubtful(event, pir) and meant_day(event.day, pir.incident_date) is None:
            days = abs((event.day - pir.incident_date).days)
            yield fault(
                event.location,
                f"{called(event)} is {days} days from the incident on {pir.incident_date}",
                "correct the date, or tell of it in the text",
                *day_of_incident(pir),
            )
