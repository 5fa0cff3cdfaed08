"""Queries of indicators: the place of the window in them, and whether they are PromQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PLACEHOLDER = "{{.window}}"
"""What stands in a query where the window comes; Sloth's form, in which spaces may surround the name."""

MAX_PLACED = (
    2_000  # characters of a query in which the place of a fault is looked for: it is parsed once for each token
)
MAX_SAID = 200  # characters of what the parser says, which may repeat a regular expression
MAX_SHOWN = 20  # characters of a query that are shown at the place of a fault
# Operators and parentheses of a query that is parsed. The parser recurses, and in a thread with 2 MB of stack 400 nested
# subqueries end the whole process.
MAX_DEEP = 100

_PLACEHOLDER = re.compile(r"\{\{\s*+\.window\s*+\}\}")
_TEXT = r'"(?:[^"\\\n]|\\.)*+"|\'(?:[^\'\\\n]|\\.)*+\'|`[^`]*+`'
_SELECTOR = re.compile(
    rf"\s*+(?:[a-zA-Z_:][a-zA-Z0-9_:]*+\s*+(?:\{{(?:[^{{}}\"'`]|{_TEXT})*+\}})?+|\{{(?:[^{{}}\"'`]|{_TEXT})++\}})\s*+"
)
_TOKENS = re.compile(rf"{_TEXT}|[\w:.]+|\s+|.", re.DOTALL)
_DEEPENS = re.compile(rf"{_TEXT}|([(*/%^+<>=!-]|\b(?:and|or|unless|atan2)\b)", re.IGNORECASE)
_PARENTHESES = re.compile(rf"{_TEXT}|([()])")
_HUGE = re.compile(
    r"\d{13}|0x[\da-f]{11}|\d\.?e\+?\d{2}|\b(?:inf|nan)\b", re.IGNORECASE
)  # where a length of time comes, the parser stops the process at it
_JOINING = frozenset(("sum", "avg", "count", "min", "max", "group"))  # aggregations that keep only the labels of `by`
_NAMED = re.compile(r"'(\w+)'")


def is_selector(query: str) -> bool:
    """Whether a query is a bare selector of one metric, such as `http_requests_total{code="500"}`."""
    return _SELECTOR.fullmatch(query) is not None


def has_window(query: str) -> bool:
    """Whether the window of an alert or a report comes into the query: by its placeholder, or around a bare selector."""
    return _PLACEHOLDER.search(query) is not None or is_selector(query)


def with_window(query: str, window: str) -> str:
    """Return the query over a window in PromQL's form; a bare selector becomes the rate of its sum.

    >>> with_window("sum(rate(requests_total[{{ .window }}]))", "5m")
    'sum(rate(requests_total[5m]))'
    >>> with_window('requests_total{code="500"}', "1h")
    'sum(rate(requests_total{code="500"}[1h]))'
    """
    if is_selector(query):
        return f"sum(rate({query.strip()}[{window}]))"
    return _PLACEHOLDER.sub(lambda _: window, query)


def ratio_with_window(query: str, window: str) -> str:
    """Return the query of a ratio over a window; a bare selector, which is a gauge then, becomes its mean.

    >>> ratio_with_window("cart:errors:ratio", "5m")
    'avg_over_time(cart:errors:ratio[5m])'
    """
    return f"avg_over_time({query.strip()}[{window}])" if is_selector(query) else with_window(query, window)


def parse_fault(query: str) -> str | None:
    """Return what keeps a query from being PromQL, and where in it; None when it parses.

    None too without a parser (the extra `promql`), and for a query that the parser might not survive: with more than
    `MAX_DEEP` operators and parentheses, or with a number of 13 digits or `Inf`. A window of 5 minutes stands in place of the
    placeholder. The place is left out for a query longer than `MAX_PLACED`.
    """
    text = _PLACEHOLDER.sub(_as_long, query)
    reason = _reasons()
    if reason is None or not _survived(text):
        return None
    said = reason(text)
    if said is None or len(text) > MAX_PLACED:
        return said
    return f"{said}, {_place(query, _fault_at(text, said, reason))}"


def grouping(query: str) -> frozenset[str] | None:
    """Return the labels by which a query keeps its results apart: none where it gives one number for all.

    None where that is not known: only a bare selector, whose sum is taken, and aggregations with `by` or without any grouping
    are told. None too where `parse_fault` says nothing.

    >>> sorted(grouping("sum by (code) (rate(requests_total[{{.window}}]))") or ())
    ['code']
    """
    if is_selector(query):
        return frozenset()
    text = _PLACEHOLDER.sub(_as_long, query)
    try:
        from promql_parser import AggModifierType, AggregateExpr, ParenExpr, parse  # noqa: PLC0415 as in `_reasons`

        tree = parse(text) if _survived(text) else None
    except (ImportError, ValueError):
        return None
    while isinstance(tree, ParenExpr):
        tree = tree.expr
    if not isinstance(tree, AggregateExpr) or str(tree.op) not in _JOINING:
        return None
    if tree.modifier is None:
        return frozenset()
    return frozenset(tree.modifier.labels) if tree.modifier.type == AggModifierType.By else None


def _survived(text: str) -> bool:
    return not _HUGE.search(text) and sum(bool(one[1]) for one in _DEEPENS.finditer(text)) <= MAX_DEEP


def _reasons() -> Callable[[str], str | None] | None:
    """Return the function that says why a text is no PromQL; None where no parser is installed."""
    try:
        from promql_parser import parse  # noqa: PLC0415 an extra, and 5 ms that most runs do without
    except ImportError:
        return None

    def reason(text: str) -> str | None:
        try:
            parse(text)
        except ValueError as error:
            return " ".join(str(error).split())[:MAX_SAID]
        return None

    return reason


def _fault_at(text: str, said: str, reason: Callable[[str], str | None]) -> int:
    """Return how many characters of a query come before its fault.

    The parser does not tell. From the fault on, each longer part from the query's start has the same fault.
    """
    if said.startswith("unclosed left parenthesis"):
        return _last_open(text)
    good = 0
    for match in _TOKENS.finditer(text):
        if reason(text[: match.end()]) != said:
            good = match.end()
    named = _NAMED.search(said)
    at = text.rfind(named[1], 0, good) if named else -1
    return good if at < 0 else at


def _last_open(text: str) -> int:
    left: list[int] = []
    for match in _PARENTHESES.finditer(text):
        if match[1] == "(":
            left.append(match.start())
        elif match[1] and left:
            left.pop()
    return left[-1] if left else 0


def _as_long(match: re.Match[str]) -> str:
    return "5m".rjust(len(match[0]), "0")


def _place(query: str, good: int) -> str:
    rest = query[good:].split()
    if not rest:
        return "at its end"
    good += len(query[good:]) - len(query[good:].lstrip())
    line, column = query.count("\n", 0, good) + 1, good - query.rfind("\n", 0, good)
    at = f"at character {column}" if line == 1 else f"at character {column} of its line {line}"
    shown = rest[0] if len(rest[0]) <= MAX_SHOWN else f"{rest[0][:MAX_SHOWN]}…"
    return f"{at}, `{shown.replace('`', chr(39))}`"
