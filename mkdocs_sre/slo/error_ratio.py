"""The PromQL that an indicator becomes: which share is bad over a window.

Where all events are known and none is bad the ratio is 0, and so it is when nothing happened at all; where nothing is
known of all events there is no ratio. Nothing known of good events, while all events are known, means that all are bad.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import promql_duration, promql_seconds, whole_seconds
from mkdocs_sre.slo.queries import ratio_with_window, with_window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from mkdocs_sre.documents.indicators import Composite, Indicator, Threshold
    from mkdocs_sre.slo.targets import Target

    Find = Callable[[str], Target | None]

USUAL_SLICE = 60  # seconds: how often a measurement is compared with its threshold
_BAD_WHEN = {"lt": ">=", "lte": ">", "gt": "<=", "gte": "<"}


class ComponentError(LookupError):
    """A composite names an objective that there is not, or one that is a composite itself; `slo` is its id."""

    def __init__(self, slo: str) -> None:
        super().__init__(slo)
        self.slo = slo


def _nothing(_: str) -> Target | None:
    return None


def error_ratio(target: Target, window: str, find: Find = _nothing) -> str:
    """Return the PromQL of the share of an objective that is bad over a window such as `5m`, from 0 to 1.

    Events: bad of all. A threshold: the share of slices (of 1m, unless said otherwise) in which the measurement is on the
    wrong side; a slice without a measurement counts for nothing. A ratio: as the query gives it, of a bare selector the mean. A composite: of its
    objectives, which `find` gives by their ids: their mean by weight, the worst of them, or the share of slices that are bad
    for any. With `slices` the ratio is one of slices: bad ones where `good_percent` says when one is, else their mean.

    Raises ComponentError for an objective that `find` does not know, and for one that is a composite itself.
    """
    sli = target.sli
    if sli.composite is not None:
        return _composite(target, sli.composite, window, find)
    if sli.threshold is not None:
        return _over_slices(_beyond(sli.threshold, _slice(sli)), window, _slice(sli))
    if sli.slices is None:
        return _plain(sli, window)
    bad = _plain(sli, promql_duration(_slice(sli)))
    if sli.slices.good_percent is not None:
        bad = f"(\n{indented(bad)}\n) > bool {_allowed(sli.slices.good_percent)}"
    return _over_slices(bad, window, _slice(sli))


def components_of(target: Target, find: Find = _nothing) -> tuple[tuple[Target, Fraction], ...]:
    """Return the objectives of a composite with their weights. Raises ComponentError as `error_ratio` does."""
    parts = []
    for one in target.sli.composite.of if target.sli.composite else ():
        found = find(one.slo)
        if found is None or found.sli.composite is not None:
            raise ComponentError(one.slo)
        parts.append((found, Fraction(one.weight)))
    return tuple(parts)


def counted(indicator: Indicator) -> bool:
    """Whether the share of a long time is bad events of all events: not where slices of time are counted, or ratios."""
    return indicator.form == "events" and indicator.slices is None


def total_events(indicator: Indicator, window: str) -> str:
    """Return the PromQL of all events of a window, in the unit of the author's query. Only for events."""
    return _in_brackets(with_window(indicator.total or "", window))


def bad_events(indicator: Indicator, window: str) -> str:
    """Return the PromQL of the bad events of a window, 0 where there are none but events at all. Only for events."""
    total = total_events(indicator, window)
    if indicator.bad is not None:
        return f"{_in_brackets(with_window(indicator.bad, window))}\nor\n0 * {total}"
    return f"{total} - {_in_brackets(with_window(indicator.good or '', window))}\nor\n{total}"


def _plain(sli: Indicator, window: str) -> str:
    """Return the ratio of events, or the one that a query gives itself."""
    if sli.raw is not None:
        raw = _in_brackets(ratio_with_window(sli.raw, window))
        return f"{raw} >= -Inf" if sli.raw_type == "failure" else f"1 - {raw} >= -Inf"  # what is no number is left out
    total = total_events(sli, window)
    if sli.bad is not None:
        return f"{_in_brackets(with_window(sli.bad, window))}\n/\n({total} > 0)\nor\n0 * {total}"
    return f"1 - {_in_brackets(with_window(sli.good or '', window))}\n/\n({total} > 0)\nor\n({total} > bool 0)"


def _beyond(threshold: Threshold, length: int) -> str:
    """Return 1 where a measurement is on the wrong side, 0 where it is not; what is no number (no traffic) is left out."""
    metric = _in_brackets(_measured(threshold.metric, length))
    return f"({metric} >= -Inf) {_BAD_WHEN[threshold.op]} bool {decimal_text(Fraction(threshold.value), 40)}"


def _measured(metric: str, length: int) -> str:
    """Return the query of a measurement over a slice of so many seconds; a bare selector stays the value that it is."""
    # In brackets it is no bare selector any more, of which a rate would be made.
    return with_window(f"({metric.strip()}\n)" if "#" in metric else f"({metric.strip()})", promql_duration(length))[
        1:-1
    ].strip()


def _composite(target: Target, composite: Composite, window: str, find: Find) -> str:
    parts = components_of(target, find)
    if composite.method == "time-slices":
        bad = [f"max({_bad_slice(target, one)})" for one, _ in parts]
        return _over_slices(worst(bad), window, _slice(target.sli))
    ratios = [f"max(\n{indented(error_ratio(one, window))}\n)" for one, _ in parts]
    return worst(ratios) if composite.method == "worst" else weighted(ratios, [weight for _, weight in parts])


def weighted(ratios: Sequence[str], weights: Sequence[Fraction]) -> str:
    """Return the PromQL of the mean of ratios without labels by their weights, of which the sum is above 0."""
    terms = " +\n".join(f"{decimal_text(weight, 40)} * {ratio}" for ratio, weight in zip(ratios, weights, strict=True))
    return f"(\n{indented(terms)}\n)\n/ {decimal_text(sum(weights, Fraction(0)), 40)}"


def worst(ratios: Sequence[str]) -> str:
    """Return the PromQL of the highest of ratios without labels: told apart by one, or only the first would be left."""
    told = [f'label_replace({one}, "component", "{number}", "", "")' for number, one in enumerate(ratios)]
    joined = "\nor\n".join(told)
    return f"max(\n{indented(joined)}\n)"


def _bad_slice(target: Target, component: Target) -> str:
    """Return 1 where a slice of the composite is bad for one of its objectives, 0 where it is not."""
    slices = target.sli.slices
    good_percent = slices.good_percent if slices and slices.good_percent is not None else component.objective
    ratio = error_ratio(component, promql_duration(_slice(target.sli)))
    return f"(\n{indented(ratio)}\n) > bool {_allowed(good_percent)}"


def _over_slices(bad: str, window: str, length: int) -> str:
    """Return the mean over the slices of a window, of one slice at least; each is looked at when it is over."""
    shown = promql_duration(length)
    over = window if promql_seconds(window) >= length else shown
    return f"avg_over_time((\n{indented(bad)}\n)[{over}:{shown}])"


def _slice(sli: Indicator) -> int:
    return whole_seconds(sli.slices.length) if sli.slices else USUAL_SLICE


def _allowed(good_percent: Decimal) -> str:
    return decimal_text(1 - Fraction(good_percent) / 100, 40)


def _in_brackets(query: str) -> str:
    """Return a query in brackets. One with a comment gets the closing one on a line of its own, where it is none of it."""
    text = query.strip()
    return f"({text})" if "#" not in text and "\n" not in text else f"(\n{indented(text)}\n)"


def indented(text: str) -> str:
    """Return lines two further to the right; as they are where a text between backquotes may go over several lines."""
    return text if "`" in text else "\n".join(f"  {line}" if line else "" for line in text.split("\n"))
