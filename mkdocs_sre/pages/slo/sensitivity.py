"""How soon each pair of windows fires, by how many events fail: both on a scale of powers of ten.

Each line begins where the pair's threshold is: with fewer errors it never fires. The table beside it has the same
numbers for a full outage and for 10 % errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING

from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.slo.amounts import lasting, place, times
from mkdocs_sre.slo.decimals import ratio_percent
from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.slo.burn import BurnAlert

_STEPS = 24  # pieces of a line; a pair that must hold for some time bends
_LOWEST = Fraction(1, 10**6)  # of the axes, whatever the numbers are
_TIMES = ((1, "1 s"), (10, "10 s"), (MINUTE, "1 min"), (10 * MINUTE, "10 min"), (HOUR, "1 h"), (6 * HOUR, "6 h"))
_DAYS = ((DAY, "1 day"), (7 * DAY, "1 week"), (30 * DAY, "30 days"), (365 * DAY, "1 year"))
_APART = 9.0  # percent of the height between two words at the edge
_RATIOS = tuple(Fraction(1, 10**power * part) for power in range(6) for part in (1, 2, 5))
_MANY = 3  # marks below are enough when they are powers of ten
_RATIO_APART = 15.0  # percent of the width between two marks
_RATIO_FROM_EDGE = 22.0  # percent between the mark at the right edge, which stands inside, and the next
_SIGN = 0.03  # of the width, for a sign of the burn rate that stands on the left of a line


@dataclass(frozen=True)
class _Axis:
    """A scale of powers of ten from `low` to `high`."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Return the place of a value in percent of the way from low to high."""
        return 100 * (log10(value) - self.low) / (self.high - self.low)


def sensitivity_figure(alerts: Sequence[BurnAlert]) -> str:
    """Return the picture as HTML; nothing where no pair can fire."""
    firing = [one for one in alerts if one.can_fire and one.threshold >= _LOWEST]
    if not firing:
        return ""
    first = min(firing, key=lambda one: one.threshold)
    lowest = float(first.threshold)
    room = _SIGN * len(_burn_rate(first))
    across = _Axis(log10(lowest) - max(0.25, -log10(lowest) * room / (1 - room)), 0.0)
    soonest = min(float(one.time_to_fire(Fraction(1)) or 1) for one in firing)
    longest = max(float(_gone(firing[0], lowest)), *(float(one.long + one.hold) for one in firing))
    up = _Axis(log10(soonest) - 0.15, log10(longest) + 0.1)
    return render(
        "sensitivity.md.jinja",
        lines=[(one.calls, _line(one, across, up), _label(one, across, up)) for one in firing],
        gone=_path([(ratio, float(_gone(firing[0], ratio))) for ratio in (lowest, 1.0)], across, up),
        ratios=_ratios(across, lowest),
        lengths=_apart([(place(100 - up.at(value)), text) for value, text in (*_TIMES, *_DAYS) if _inside(value, up)]),
        said=_said(firing),
    )


def _gone(one: BurnAlert, ratio: float) -> float:
    """Return after how many seconds the whole budget is spent at an error ratio."""
    return one.period * float(one.allowed) / ratio


def _line(one: BurnAlert, across: _Axis, up: _Axis) -> str:
    # From a full outage to the threshold, so that the dashes of two lines that run on each other do so too.
    start = log10(one.threshold)
    ratios = [10 ** (start * step / _STEPS) for step in range(_STEPS + 1)] if one.hold else [1.0, 10**start]
    return _path([(ratio, float(one.threshold) / ratio * one.long + one.hold) for ratio in ratios], across, up)


def _path(points: Sequence[tuple[float, float]], across: _Axis, up: _Axis) -> str:
    return "M" + "L".join(f"{place(across.at(ratio))} {place(100 - up.at(time))}" for ratio, time in points)


def _label(one: BurnAlert, across: _Axis, up: _Axis) -> tuple[float, float, str]:
    """Return where a line begins, and its burn rate."""
    at = place(across.at(float(one.threshold))), place(100 - up.at(one.long + one.hold))
    return *at, _burn_rate(one)


def _burn_rate(one: BurnAlert) -> str:
    return times(one.factor).split()[0] + "\u00d7"


def _ratios(across: _Axis, lowest: float) -> list[tuple[float, str, str]]:
    """Return the marks below: powers of ten, or where those are few also half and a fifth of each."""
    powers = [one for one in _RATIOS if one >= lowest and one.denominator in (10**power for power in range(7))]
    found: list[tuple[float, str, str]] = []
    for one in powers if len(powers) >= _MANY else [one for one in _RATIOS if one >= lowest]:
        at = place(across.at(float(one)))
        if not found or found[-1][0] - at >= (_RATIO_FROM_EDGE if found[-1][1] else _RATIO_APART):
            found.append((at, "r" if one == 1 else "", ratio_percent(one)))
    return found


def _inside(value: float, up: _Axis) -> bool:
    return 0 <= up.at(value) <= 100  # noqa: PLR2004 percent


def _apart(labels: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return the labels that have room, from the bottom up."""
    kept: list[tuple[float, str]] = []
    for at, text in labels:
        if not kept or kept[-1][0] - at >= _APART:
            kept.append((at, text))
    return kept


def _said(alerts: Sequence[BurnAlert]) -> str:
    """Return what the picture shows in words."""
    parts = [
        f"{one.calls} at {times(one.factor)}: from {ratio_percent(one.threshold)} errors on, "
        f"a full outage after {lasting(one.time_to_fire(Fraction(1)) or 0)}"
        for one in alerts
    ]
    return "; ".join(parts)
