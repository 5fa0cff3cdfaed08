"""Series with which the rules of an objective can be tried: made from the selectors in its queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.slo.queries import is_selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mkdocs_sre.documents.indicators import Indicator

MAX_PATTERN = 200  # characters of a regular expression for which a text that matches is looked for
MAX_TRIED = 12  # characters of such a text: what a regular expression costs can double with each of them
_TEXT = r'"(?:[^"\\\n]|\\.)*+"|\'(?:[^\'\\\n]|\\.)*+\''
_MATCHER = re.compile(rf"\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*({_TEXT})\s*(?:,|$)")
_BRACES = rf"\{{((?:[^{{}}\"']|{_TEXT})*)\}}"
_SELECTOR = rf"([A-Za-z_:][A-Za-z0-9_:]*)\s*(?:{_BRACES})?"
_BY = r"(?:\s*(?:by|without)\s*\([\w\s,]*\)\s*)?"
_SUM_OF_RATE = re.compile(
    rf"\(*\s*sum{_BY}\s*\(\s*(?:rate|increase)\s*\(\s*{_SELECTOR}\s*\[\{{\{{\s*\.window\s*\}}\}}\]\s*\)\s*\){_BY}\s*\)*"
)
_BARE = re.compile(rf"\s*{_SELECTOR}\s*")
_PLAIN_VALUES = ("500", "200", "404", "503", "ok", "error", "x", "a", "0", "1", "GET", "true", "")


@dataclass(frozen=True, slots=True)
class Matcher:
    """What a selector asks of one label."""

    label: str
    sign: str
    value: str

    def holds(self, value: str) -> bool:
        """Whether a value of the label is what is asked for; a label that is not there is empty."""
        if self.sign in ("=", "!="):
            return (value == self.value) is (self.sign == "=")
        if len(self.value) > MAX_PATTERN or len(value) > MAX_TRIED:
            return False
        try:
            found = re.fullmatch(self.value, value) is not None
        except (re.error, OverflowError, RecursionError):  # RE2 knows a little that Python does not
            return False
        return found is (self.sign == "=~")


@dataclass(frozen=True, slots=True)
class Selector:
    """One metric, and what is asked of its labels."""

    metric: str
    matchers: tuple[Matcher, ...] = ()


@dataclass(frozen=True, slots=True)
class Traffic:
    """The series that count good and bad events. Where `apart`, the second counts all events and the first some of them.

    `first` are the bad events of an indicator with `bad`, the good ones of one with `good`; `rest` all others, or (`apart`)
    all events.
    """

    first: str
    rest: str
    apart: bool
    first_is_bad: bool


def traffic_of(indicator: Indicator) -> Traffic | None:
    """Return the series for an indicator of events whose queries are sums of the rate of one counter; None for others."""
    if indicator.form != "events" or indicator.slices is not None:
        return None
    part, total = selector_of(indicator.bad or indicator.good or ""), selector_of(indicator.total or "")
    if part is None or total is None:
        return None
    apart = part.metric != total.metric
    first = _labels(part.matchers if apart else part.matchers + total.matchers)
    rest = _labels(total.matchers) if apart else _labels(total.matchers, part.matchers)
    if first is None or rest is None:
        return None
    return Traffic(_series(part.metric, first), _series(total.metric, rest), apart, indicator.bad is not None)


def selector_of(query: str) -> Selector | None:
    """Return the selector of a query that is bare or the sum of a rate over the window; None for any other."""
    found = _BARE.fullmatch(query) if is_selector(query) else _SUM_OF_RATE.fullmatch(query)
    if found is None or query.count("(") != query.count(")"):
        return None
    matchers = _matchers(found[2] or "")
    return None if matchers is None else Selector(found[1], matchers)


def _matchers(text: str) -> tuple[Matcher, ...] | None:
    found, position = [], 0
    while position < len(text) and text[position:].strip():
        one = _MATCHER.match(text, position)
        if one is None or "\\" in one[3]:
            return None
        found.append(Matcher(one[1], one[2], one[3][1:-1]))
        position = one.end()
    return tuple(found)


def _labels(wanted: Sequence[Matcher], unwanted: Sequence[Matcher] | None = None) -> dict[str, str] | None:
    """Return labels for which all of `wanted` hold and, where that is given, not all of `unwanted`; None when none are found."""
    matchers = (*wanted, *(unwanted or ()))
    names = dict.fromkeys(one.label for one in matchers)
    values = {name: _value(name, wanted, unwanted or ()) for name in names}
    found = {name: value for name, value in values.items() if value is not None}
    if len(found) < len(names):
        return None
    if unwanted is None:
        return found
    for name in names:
        for value in _candidates(name, matchers):
            if _hold(name, value, wanted) and not _hold(name, value, unwanted):
                return {**found, name: value}
    return None


def _value(name: str, wanted: Sequence[Matcher], unwanted: Sequence[Matcher]) -> str | None:
    """Return a value for which all that is asked of a label holds; where that is too much, what is wanted of it."""
    tried = [*_candidates(name, (*wanted, *unwanted))]
    both = (value for value in tried if _hold(name, value, (*wanted, *unwanted)))
    return next(both, None) or next((value for value in tried if _hold(name, value, wanted)), None)


def _hold(name: str, value: str, matchers: Iterable[Matcher]) -> bool:
    return all(one.holds(value) for one in matchers if one.label == name)


def _candidates(name: str, matchers: Iterable[Matcher]) -> Iterator[str]:
    """Yield values that a label may have: those that are written, the ways of a regular expression, and usual ones."""
    for one in matchers:
        if one.label == name and one.sign in ("=", "!="):
            yield one.value
        elif one.label == name:
            for way in re.split(r"[|()]", one.value[:MAX_PATTERN]):
                yield re.sub(r"\.[*+]?", "0", way)[:MAX_TRIED]
    yield from _PLAIN_VALUES


def _series(metric: str, labels: dict[str, str]) -> str:
    shown = ",".join(f'{name}="{value}"' for name, value in sorted(labels.items()) if value)
    return f"{metric}{{{shown}}}"
