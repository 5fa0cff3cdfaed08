"""Several objectives seen as one, from what was measured of each.

This is a way of reporting, and no statement on what a service can promise: that is the ceiling that its hard
dependencies leave, which the graph computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Method = Literal["weighted", "worst", "time-slices"]


@dataclass(frozen=True, slots=True)
class Component:
    """The ratio of good events of one objective, from 0 to 1, and how much it weighs beside the others."""

    ratio: Fraction
    weight: Fraction = Fraction(1)


def composite_ratio(method: Method, components: Sequence[Component]) -> Fraction:
    """Return the ratio of several objectives together, exactly; it is to be cut off and not rounded when shown.

    `weighted`: the mean by weight. `worst`: the least. `time-slices`: a slice is bad when it is bad for any of them, so
    with nothing known but the ratios, the bad slices are taken never to be the same ones, which is the least that the
    result can be: 1 - the sum of what is missing to 1, not below 0. `slices_ratio` is exact where slices are known.
    Raises ValueError without components, or when no weight is above 0.

    >>> composite_ratio("weighted", [Component(Fraction("0.9994"), Fraction(3)), Component(Fraction("0.9986"))])
    Fraction(1249, 1250)
    >>> composite_ratio("time-slices", [Component(Fraction("0.95")), Component(Fraction("0.95"))])
    Fraction(9, 10)
    """
    weights = sum((one.weight for one in components), Fraction(0))
    if not components or weights <= 0:
        raise ValueError("a composite needs a component that weighs something")
    if method == "worst":
        return min(one.ratio for one in components)
    if method == "time-slices":
        return max(Fraction(0), 1 - sum((1 - one.ratio for one in components), Fraction(0)))
    return sum((one.ratio * one.weight for one in components), Fraction(0)) / weights


def slices_ratio(components: Sequence[Sequence[bool]]) -> Fraction:
    """Return which share of slices of time is good for every component; each says for each slice whether it is.

    Raises ValueError without slices, or when the components do not know equally many.

    >>> slices_ratio([[True, True, False, True], [True, False, True, True]])
    Fraction(1, 2)
    """
    together = [all(slices) for slices in zip(*components, strict=True)]
    if not together:
        raise ValueError("a composite needs slices of time")
    return Fraction(sum(together), len(together))
