"""Whom Alertmanager calls for an alert, as far as a rule's own labels tell it.

The algorithm is Alertmanager's (`dispatch/route.go`): an alert goes down the tree, takes the first route of each level
that matches, goes on to the next one where `continue` says so, and stays with a route none of whose own routes match.
A label that an alert lacks is empty. But the series behind an alert has labels too, which no rule file knows: a matcher
on a label that the rule does not set may match or not, and so may one whose value is a template. What then may be
called is told as such.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.alerts.alert import Called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_sre.documents.monitoring import AlertRule, Inhibition, Matcher, Route, Routing

Answer = Literal["yes", "no", "maybe"]
ALERT_NAME = "alertname"
MAX_EXPRESSION = 2_000  # characters
MAX_STEPS = 1_000_000  # that a regular expression may take, as Python tries one way after the other
_ESCAPED, _IN_BRACKETS = re.compile(r"\\.", re.DOTALL), re.compile(r"\[\^?\]?[^\]]*\]")
_FLAGS, _GROUP = re.compile(r"\(\?[imsU-]+\)"), re.compile(r"\(\?(?:P<\w+>|[imsU-]*:)")
_REPEATED = re.compile(r"[*+{]")
_SLOW = re.compile(r"\)[*+{]|[*+}][*+{]|\(\?")  # repeated groups, which Python may follow for ever; what Go lacks
_BACK = re.compile(r"\\[1-9]")  # Go lacks it too
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


class Router:
    """One configuration of Alertmanager, asked for many rules; rules whose labels it cannot tell apart are asked for once."""

    def __init__(self, routing: Routing) -> None:
        self._root = routing.route
        self._means = {receiver.name: receiver.means for receiver in routing.receivers}
        self._labels = sorted(_asked_for(routing.route)) if routing.route is not None else []
        self._known: dict[tuple[str | None, ...], tuple[Called, ...]] = {}

    def called(self, rule: AlertRule) -> tuple[Called, ...]:
        """Return whom a rule's alert calls, each receiver once, in order of routes; nobody without a route."""
        if self._root is None:
            return ()
        labels = known_labels(rule)
        key = tuple(labels.get(label) for label in self._labels)
        if key not in self._known:
            self._known[key] = self._asked(self._root, labels)
        return self._known[key]

    def _asked(self, root: Route, labels: Mapping[str, str]) -> tuple[Called, ...]:
        found: dict[str, Called] = {}
        for route, certain in _descend(root, labels, root=True).routes:
            before = found.get(route.receiver)
            if before is None:
                means = self._means.get(route.receiver, ())
                found[route.receiver] = Called(route.receiver, means, route.place, certain)
            elif certain and not before.certain:
                found[route.receiver] = replace(before, certain=True)
        return tuple(found.values())


def _asked_for(route: Route) -> set[str]:
    """Return the labels that the matchers of a route and of those below it look at."""
    found = {matcher.label for matcher in route.matchers}
    return found.union(*(_asked_for(below) for below in route.routes))


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
    if pattern is None or _steps(matcher.value, len(value)) > MAX_STEPS:
        return "maybe"
    return "yes" if (pattern.fullmatch(value) is not None) == (matcher.operator == "=~") else "no"


def _bare(expression: str) -> str:
    """Return an expression whose escapes and classes are one letter each, and whose groups are all alike."""
    plain = _IN_BRACKETS.sub("x", _ESCAPED.sub("x", expression))
    return _GROUP.sub("(", _FLAGS.sub("x", plain))


def _steps(expression: str, length: int) -> int:
    """Return a bound of the ways that Python may try: those of repetitions, of what may be left out, and of groups."""
    bare = _bare(expression)
    ways, inside = 1, list[int]()
    for sign in bare:
        if sign == "(":
            inside.append(1)
        elif sign == "|" and inside:
            inside[-1] += 1
        elif sign == ")" and inside:
            ways *= inside.pop()
    return int(length ** len(_REPEATED.findall(bare)) * 2 ** bare.count("?") * ways)


@lru_cache(maxsize=1024)
def _anchored(expression: str) -> re.Pattern[str] | None:
    """Return a regular expression of Go's as one of Python's; None where it is none or could take for ever."""
    if len(expression) > MAX_EXPRESSION or _BACK.search(expression) or _SLOW.search(_bare(expression)):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # Python means to give signs such as `[[` another meaning
            return re.compile(_CLASS.sub(lambda found: _CLASSES.get(found[1], found[0]), expression), re.DOTALL)
    except (re.error, RecursionError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class _Side:
    """A rule that matches a side of an inhibition: its known labels, and whether it matches the other side too."""

    rule: AlertRule
    labels: Mapping[str, str]
    both: bool


class Inhibitor:
    """One inhibition of Alertmanager, beside all rules.

    A rule matches a side by labels that it sets; labels that must be `equal` and that both rules set must agree. An alert
    that matches both sides is not kept silent by another that does (Alertmanager's own exception).
    """

    def __init__(self, inhibition: Inhibition, rules: Iterable[AlertRule]) -> None:
        self._inhibition = inhibition
        # By the value of the first label that must be equal, so that few are looked at for each target.
        self._sources: dict[str | None, list[_Side]] = defaultdict(list)
        for rule in rules:
            labels = known_labels(rule)
            if matches(inhibition.sources, labels) == "yes":
                both = matches(inhibition.targets, labels) == "yes"
                self._sources[self._key(labels)].append(_Side(rule, labels, both))

    def silencing(self, target: AlertRule) -> Iterator[AlertRule]:
        """Yield the rules whose alerts keep that of this rule silent while they fire, as far as rules tell it."""
        labels = known_labels(target)
        if not self._sources or matches(self._inhibition.targets, labels) != "yes":
            return
        both = matches(self._inhibition.sources, labels) == "yes"
        key = self._key(labels)
        groups = list(self._sources.values()) if key is None else [self._sources.get(one, []) for one in (key, None)]
        for side in (side for group in groups for side in group):
            if not (both and side.both) and self._agree(side.labels, labels):
                yield side.rule

    def _key(self, labels: Mapping[str, str]) -> str | None:
        equal = self._inhibition.equal
        return labels.get(ALERT_NAME if ALERT_NAME in equal else equal[0]) if equal else None

    def _agree(self, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
        return all(one[label] == other[label] for label in self._inhibition.equal if label in one and label in other)


def receivers(called_ones: Sequence[Called]) -> str:
    """Return receivers in words, with how they are reached: `checkout (pagerduty)`, `perhaps night (slack)`."""
    return ", ".join(
        f"{'' if one.certain else 'perhaps '}{one.receiver} ({', '.join(dict.fromkeys(one.means)) or 'silent'})"
        for one in called_ones
    )
