"""The course of an incident drawn to scale: four spans on one line of time, the milestones as letters below.

Bars and letters are placed by style sheet variables, so that one drawing is right at every width; words are words.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.timing import ACKNOWLEDGED, DETECTED, IMPACT_STARTED, MITIGATED, RESOLVED
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.words import minutes, short_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mkdocs_sre.pages.incident import Incident

# The letter that stands for each milestone, how it is drawn, and what it is called.
LETTERS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        IMPACT_STARTED: ("S", " hot", "start of impact"),
        DETECTED: ("D", "", "detection"),
        ACKNOWLEDGED: ("A", "", "acknowledgement"),
        MITIGATED: ("M", " good", "mitigation"),
        RESOLVED: ("R", " good", "resolution"),
    }
)
_SPANS = (
    ("TTD", "to detect", IMPACT_STARTED, DETECTED),
    ("TTA", "to acknowledge", DETECTED, ACKNOWLEDGED),
    ("TTM", "to mitigate", IMPACT_STARTED, MITIGATED),
    ("TTR", "to resolve", IMPACT_STARTED, RESOLVED),
)
_LETTER_WIDTH = 5.5  # percent of a phone's line
_TIME_WIDTH = 12.0  # the same of `14:02`; of a day it is twice that
_LONG_DAYS = 3  # past that the day alone tells enough


def timing_figure(incident: Incident) -> str:
    """Return the figure as HTML; a sentence where there are events but no milestone; nothing without events."""
    if not incident.events:
        return ""
    known = {name: time for name in LETTERS if (time := incident.time(name)) is not None}
    if not known:
        return "No event is marked as a start of impact, detection, mitigation or resolution, so nothing is measured."
    first, last = min(known.values()), max(known.values())
    places = {name: _place(time, first, last) for name, time in known.items()}
    lanes = _lanes(places)
    return render(
        "spans.md.jinja",
        spans=[_span(known, places, one) for one in _SPANS],
        letters=[(LETTERS[name], places[name], lanes[name]) for name in places],
        times=_times(incident, places),
        lanes=max(lanes.values()) + 1,
    )


def _place(time: datetime, first: datetime, last: datetime) -> float:
    return round(100 * ((time - first) / (last - first)), 2) if last > first else 0.0


def _span(
    known: Mapping[str, datetime], places: Mapping[str, float], span: tuple[str, str, str, str]
) -> tuple[str, str, str, float, float]:
    """Return the label of a span, what it measures, why it is unknown (empty when known), and from where it goes how far."""
    name, words, start, end = span
    missing = [LETTERS[one][2] for one in (start, end) if one not in known]
    if missing:
        return name, words, f"not known: no time of the {' and of the '.join(missing)}", 0.0, 0.0
    if known[end] < known[start]:
        return name, words, f"not known: the {LETTERS[end][2]} stands before the {LETTERS[start][2]}", 0.0, 0.0
    label = f"{name} {minutes(known[end] - known[start])}"
    return label, words, "", places[start], round(places[end] - places[start], 2)


def _lanes(places: Mapping[str, float]) -> dict[str, int]:
    """Return the row in which each letter stands, so that none covers another."""
    ends: list[float] = []
    lanes: dict[str, int] = {}
    for name, at in sorted(places.items(), key=lambda one: one[1]):
        lane = next((index for index, end in enumerate(ends) if at >= end), len(ends))
        ends[lane : lane + 1] = [at + _LETTER_WIDTH]
        lanes[name] = lane
    return lanes


def _times(incident: Incident, places: Mapping[str, float]) -> list[tuple[str, float, str]]:
    """Return the times that have room below the letters: the first and the last, then mitigation before the others."""
    ordered = sorted(places, key=lambda name: places[name])
    wanted = dict.fromkeys(
        [ordered[0], ordered[-1], *(one for one in (MITIGATED, DETECTED, ACKNOWLEDGED) if one in places)]
    )
    written = _written(incident, ordered)
    taken: list[tuple[float, float]] = []
    shown = []
    for name in wanted:
        at, text = places[name], written[name]
        width = _TIME_WIDTH * max(1, len(text) / 5)
        side = "l" if at - width / 2 < 0 else "r" if at + width / 2 > 100 else ""  # noqa: PLR2004 percent
        start = at if side == "l" else at - width if side == "r" else at - width / 2
        if all(start >= end or start + width <= begin for begin, end in taken):
            taken.append((start, start + width))
            shown.append((text, at, side))
    return shown


def _written(incident: Incident, names: Sequence[str]) -> dict[str, str]:
    """Return the time of each milestone as short as it can be: the clock, the day with it, or the day alone."""
    told = {name: incident.events[incident.milestones[name]].time for name in names}
    local = {name: moment.at.replace(tzinfo=None) for name, moment in told.items() if moment is not None}
    first, last = min(local.values()), max(local.values())
    if first.date() == last.date():
        return {name: f"{time:%H:%M}" for name, time in local.items()}
    if (last - first).days < _LONG_DAYS:
        return {name: f"{short_day(time)} {time:%H:%M}" for name, time in local.items()}
    return {name: short_day(time, year=first.year != last.year) for name, time in local.items()}
