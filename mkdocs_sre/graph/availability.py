"""What the availability of a root can be, given that of the elements: bounds, each with its assumption."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from mkdocs_sre.graph.cuts import minimal_cuts, sum_of_least
from mkdocs_sre.graph.diagrams import TooLargeError, chance_of_none, down_function, levels_of
from mkdocs_sre.graph.model import INSTANCE, JOURNEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.graph.model import System
    from mkdocs_sre.graph.needs import Needs

MOST_NODES = 10_000  # of the diagram for one root; past it, nothing is said that takes all combinations of faults


@dataclass(frozen=True, slots=True)
class Availability:
    """Bounds on how much of the time a root is up, from 0 to 1.

    `upper_any`: whatever depends on what; `upper_independent`, `exact`, `lower_independent`: when failures are
    independent; `lower_any`, `lower_any_mcs`: whatever depends on what, the second by minimal cut sets. `unstated` are
    the elements that the root needs, at whatever depth, and whose availability nobody states: with any, only the upper
    bounds hold, since each can only make it worse. `exact` and `lower_any_mcs` are None, too, each when its
    diagram would pass `MOST_NODES`. `factors` are the elements that alone take the root down, in order, with what is
    stated of them: the product of `upper_independent`, written out.
    """

    upper_any: Fraction
    upper_independent: Fraction
    exact: Fraction | None
    lower_independent: Fraction | None
    lower_any: Fraction | None
    lower_any_mcs: Fraction | None
    unstated: tuple[int, ...]
    factors: tuple[tuple[int, Fraction], ...]


def availability(system: System, needs: Needs, root: int, faults: Iterable[int]) -> Availability:
    """Return the bounds for a root; `needs` are those of the hard groups, `faults` what takes it down alone, and itself.

    Upper bounds: the least of, and the product over, the single faults; each counts once, at whatever depth. Lower
    bounds: the product over the hard cone, and 1 minus the sum of what is missing to 1 in it, or of the least that is
    missing in each minimal cut. Exact: the product over the single faults, times the probability that the root is up
    when all of these are.
    """
    critical = sorted(faults)
    factors = tuple((one, stated) for one in critical if (stated := system.elements[one].availability) is not None)
    upper_any = min((stated for _, stated in factors), default=Fraction(1))
    upper = product(stated for _, stated in factors)
    cone = needs.cone([root])
    unstated = tuple(one for one in cone if not _covered(system, one))
    if unstated:
        return Availability(upper_any, upper, None, None, None, None, unstated, factors)
    works = [Fraction(1) if (stated := system.elements[one].availability) is None else stated for one in cone]
    alone = set(critical)
    single = sum((1 - works[at] for at, one in enumerate(cone) if one in alone), Fraction(0))
    up, cuts = _beyond_single_faults(needs.within(cone), cone.index(root), [one in alone for one in cone], works)
    return Availability(
        upper_any,
        upper,
        None if up is None else upper * up,
        product(works),
        max(Fraction(0), 1 - sum((1 - one for one in works), Fraction(0))),
        None if cuts is None else max(Fraction(0), 1 - single - cuts),
        (),
        factors,
    )


def product(factors: Iterable[Fraction]) -> Fraction:
    """Return the product of fractions, which is reduced once and not at every step."""
    given = list(factors)
    return Fraction(prod(one.numerator for one in given), prod(one.denominator for one in given))


def _covered(system: System, index: int) -> bool:
    """Whether it is known how often an element fails.

    A journey that says nothing does not fail on its own. A copy that says nothing fails as its service says, and when
    that says nothing either, it is the service that is named.
    """
    one = system.elements[index]
    return one.availability is not None or one.kind == JOURNEY or (one.kind == INSTANCE and bool(one.service))


def _beyond_single_faults(
    needs: Needs, top: int, alone: Sequence[bool], works: Sequence[Fraction]
) -> tuple[Fraction | None, Fraction | None]:
    """Return the probability that the top is up when nothing fails that takes it down alone, and its further cuts.

    Of each minimal cut of two and more, the least that is missing is summed up. None for what grows too large.
    What never fails is left out: it stands in no cut that weighs anything.
    """
    levels = levels_of(needs, top, [not single and up < 1 for single, up in zip(alone, works, strict=True)])
    asked = [works[at] for _, at in sorted((level, at) for at, level in enumerate(levels) if level is not None)]
    up = cuts = None
    with suppress(TooLargeError):
        function = down_function(needs, top, levels, MOST_NODES)
        up = chance_of_none(function, asked)
        cuts = sum_of_least(minimal_cuts(function, MOST_NODES), [1 - one for one in asked])
    return up, cuts
