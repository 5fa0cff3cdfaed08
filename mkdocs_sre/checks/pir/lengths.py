"""What the events of a review say of a duration that it states."""

from __future__ import annotations

import re
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.checks.pir.incident import is_doubtful, times
from mkdocs_sre.checks.pir.sequence import ROUGH
from mkdocs_sre.documents.timing import (
    ACKNOWLEDGED,
    DECLARED,
    DETECTED,
    IMPACT_STARTED,
    MITIGATED,
    RESOLVED,
    milestones,
)

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.documents.timeline.events import StatedDuration
    from mkdocs_sre.settings import Settings

FINE = timedelta(minutes=1)  # the events' own precision: a stated duration less than this off is the same
# Who states whole days or more rounds to them: half the smallest unit written.
COARSE = MappingProxyType(
    {"d": timedelta(hours=12), "w": timedelta(days=3.5), "mo": timedelta(days=15), "y": timedelta(days=183)}
)
SINCE = MappingProxyType({IMPACT_STARTED: "the start of impact", DETECTED: "detection", DECLARED: "the declaration"})
_ENDS = MappingProxyType({"detect": DETECTED, "acknowledge": ACKNOWLEDGED, "mitigate": MITIGATED, "resolve": RESOLVED})


class Answer(NamedTuple):
    """How long the events say it took, counted from the event of kind `since`; `rough` when one of both times is."""

    since: str
    length: timedelta
    rough: bool


def lengths(stated: StatedDuration, pir: Pir, settings: Settings) -> list[Answer]:
    """Return what the duration may have been counted as, the proper one first; empty where the events do not tell it."""
    sure = [event for event in pir.timeline if not is_doubtful(event, pir)]
    found = times(sure, pir, settings)
    at = milestones([event.key for event in sure], found)
    end = at.get(_ENDS[stated.name])
    proper = next((kind for kind in _proper(stated.name) if kind in at), None)
    if end is None or proper is None:
        return []
    others = (DETECTED, DECLARED) if stated.in_body and stated.name in ("mitigate", "resolve") else ()
    answers = []
    for kind in dict.fromkeys((proper, *(one for one in others if one in at))):
        start = at[kind]
        first, last = found[start], found[end]
        if first is not None and last is not None and last >= first:
            answers.append(Answer(kind, last - first, sure[start].rough or sure[end].rough))
    return answers


def _proper(name: str) -> tuple[str, ...]:
    """Return the events that a duration counts from, the first of them that is known."""
    if name == "acknowledge":
        return (DETECTED,)
    return (IMPACT_STARTED,) if name == "detect" else (IMPACT_STARTED, DETECTED)


def agrees(stated: StatedDuration, answer: Answer) -> bool:
    """Whether a stated duration is what the events say, as precisely as both are written."""
    precision = _precision(stated.length.text)
    return abs(length_of(stated) - answer.length) < (max(precision, ROUGH) if answer.rough else precision)


def length_of(stated: StatedDuration) -> timedelta:
    """Return the length that is stated; a month counts 30.4375 days."""
    return timedelta(days=float(stated.length.days))


def _precision(text: str) -> timedelta:
    """Return how far a duration may be off: a minute, or half of its smallest unit from days on."""
    unit = re.findall(r"[a-z]+", text.lower())[-1]
    return next((allowed for start, allowed in COARSE.items() if unit.startswith(start)), FINE)
