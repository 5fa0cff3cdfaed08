"""Whom Alertmanager calls for an alert, as far as a rule's own labels tell it.

The algorithm is Alertmanager's (`dispatch/route.go`): an alert goes down the tree, takes the first route of each level
that matches, goes on to the next one where `continue` says so, and stays with a route none of whose own routes match.
A label that an alert lacks is empty. But the series behind an alert has labels too, which no rule file knows: a matcher
on a label that the rule does not set may match or not, and so may one whose value is a template. What then may be
called is told as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.alerts.alert import Called

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mkdocs_sre.documents.monitoring import AlertRule, Inhibition, Matcher, Route, Routing

Answer = Literal["yes", "no", "maybe"]
ALERT_NAME = "alertname"
MAX_EXPRESSION = 2_000  # characters
MAX_STEPS = 1_000_000  # that a regular expression may take: a value's length to the power of its repetitions
_REPEATED = re.compile(r"[*+{]")
_SLOW = re.compile(r"\)[*+{]|[*+}][*+{]")  # repeated groups, which Python may follow for ever
_CLASS = re.compile(r"\[:(\w+):\]")
_CLASSES = {"alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "digit": "0-9", "lower": "a-z", "upper": "A-Z", "space": r"\s"}


@dataclass(frozen=True, slots=True)
class _Reached:
    """Routes with whether they are certain; `all_ways` says that one of them is reached whatever the unknown labels are."""

    routes: tuple[tuple[Route, bool], ...] = ()
    all_ways: bool = False


def known_labels(rule: AlertRule) -> dict[str, str]:
    """Return the labels of an alert that its rule decides: those that it sets to plain text, and the name."""
    labels = {label: value for label, value in rule.labels.items() if "{{" not in value}
    return {**labels, ALERT_NAME: rule.name}


def called(rule: AlertRule, routing: Routing) -> tuple[Called, ...]:
    """Return whom a configuration calls for a rule's alert, each receiver once, in order of routes."""
    if routing.route is None:
        return ()
    means = {receiver.name: receiver.means for receiver in routing.receivers}
    found: dict[str, Called] = {}
    for route, certain in _descend(routing.route, known_labels(rule), root=True).routes:
        before = found.get(route.receiver)
        if before is None:
            found[route.receiver] = Called(route.receiver, means.get(route.receiver, ()), route.place, certain)
        elif certain and not before.certain:
            found[route.receiver] = replace(before, certain=True)
    return tuple(found.values())


def _descend(route: Route, labels: Mapping[str, str], *, root: bool = False) -> _Reached:
    here: Answer = "yes" if root else matches(route.matchers, labels)  # the root takes every alert
    if here == "no":
        return _Reached()
    found: list[tuple[Route, bool]] = []
    reached, taken = True, False  # whether the next route is asked in any case, and whether one has matched in any case
    for below in route.routes:
        part = _descend(below, labels)
        if not part.routes:
            continue
        found += [(one, certain and reached) for one, certain in part.routes]
        taken = taken or (reached and part.all_ways)
        if not below.goes_on:
            if part.all_ways:
                break
            reached = False
    if not taken:
        found.append((route, not found))
    certain_here = here == "yes"
    return _Reached(tuple((one, certain and certain_here) for one, certain in found), certain_here)


def matches(matchers: Iterable[Matcher], labels: Mapping[str, str]) -> Answer:
    """Return whether all matchers match: `maybe` when that hangs on a label that is not among the known ones."""
    answers = {_match(matcher, labels) for matcher in matchers}
    return "no" if "no" in answers else "maybe" if "maybe" in answers else "yes"


def _match(matcher: Matcher, labels: Mapping[str, str]) -> Answer:
    if matcher.label not in labels:
        return "maybe"
    value = labels[matcher.label]
    if matcher.operator in ("=", "!="):
        return "yes" if (value == matcher.value) == (matcher.operator == "=") else "no"
    pattern = _anchored(matcher.value)
    if pattern is None or len(value) ** len(_REPEATED.findall(matcher.value)) > MAX_STEPS:
        return "maybe"
    return "yes" if (pattern.fullmatch(value) is not None) == (matcher.operator == "=~") else "no"


@lru_cache(maxsize=1024)
def _anchored(expression: str) -> re.Pattern[str] | None:
    """Return a regular expression of Go's as one of Python's; None where it is none or could take for ever."""
    if len(expression) > MAX_EXPRESSION or _SLOW.search(expression):
        return None
    try:
        return re.compile(_CLASS.sub(lambda found: _CLASSES.get(found[1], found[0]), expression), re.DOTALL)
    except (re.error, RecursionError, OverflowError):
        return None


def silences(inhibition: Inhibition, source: AlertRule, target: AlertRule) -> bool:
    """Whether a rule's alert, when it fires, keeps another's silent, as far as rules tell it.

    Both sides must match by labels that the rules set; labels that must be `equal` and that both set must agree.
    An alert that matches both sides is not kept silent by another that does (Alertmanager's own exception).
    """
    known, other = known_labels(source), known_labels(target)
    if matches(inhibition.sources, known) != "yes" or matches(inhibition.targets, other) != "yes":
        return False
    if matches(inhibition.sources, other) == "yes" and matches(inhibition.targets, known) == "yes":
        return False
    return all(known[label] == other[label] for label in inhibition.equal if label in known and label in other)


def receivers(called_ones: Sequence[Called]) -> str:
    """Return receivers in words, with how they are reached: `checkout (pagerduty)`, `maybe night (slack)`."""
    return ", ".join(
        f"{'' if one.certain else 'maybe '}{one.receiver} ({', '.join(dict.fromkeys(one.means)) or 'silent'})"
        for one in called_ones
    )
