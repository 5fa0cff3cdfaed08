"""Several objectives as one: the methods, and that no reliability comes out too high."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.slo.composite import Component, Method, composite_ratio, slices_ratio

RATIOS = st.fractions(0, 1, max_denominator=1000)
COMPONENTS = st.lists(st.builds(Component, RATIOS, st.fractions(Fraction(1, 100), 10)), min_size=1, max_size=6)
METHODS: tuple[Method, ...] = ("weighted", "worst", "time-slices")


def test_each_method() -> None:
    parts = [Component(Fraction("0.99"), Fraction(3)), Component(Fraction("0.95"))]
    assert composite_ratio("weighted", parts) == Fraction("0.98")
    assert composite_ratio("worst", parts) == Fraction("0.95")
    assert composite_ratio("time-slices", parts) == Fraction("0.94")


@pytest.mark.parametrize("method", METHODS)
def test_nothing_that_weighs_is_refused(method: Method) -> None:
    for parts in ([], [Component(Fraction(1), Fraction(0))]):
        with pytest.raises(ValueError, match="weighs something"):
            composite_ratio(method, parts)


@given(COMPONENTS)
def test_a_composite_lies_between_its_components_or_below(parts: list[Component]) -> None:
    ratios = [one.ratio for one in parts]
    weighted, worst, slices = (composite_ratio(method, parts) for method in METHODS)
    assert min(ratios) <= weighted <= max(ratios)
    assert worst == min(ratios)
    assert 0 <= slices <= worst <= weighted


@given(COMPONENTS, st.fractions(Fraction(1, 100), 100))
def test_only_the_ratio_of_weights_matters(parts: list[Component], factor: Fraction) -> None:
    scaled = [Component(one.ratio, one.weight * factor) for one in parts]
    assert composite_ratio("weighted", parts) == composite_ratio("weighted", scaled)


@given(RATIOS, st.sampled_from(METHODS))
def test_one_component_is_itself(ratio: Fraction, method: Method) -> None:
    assert composite_ratio(method, [Component(ratio, Fraction(7))]) == ratio


@given(
    st.integers(1, 40).flatmap(
        lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=1, max_size=4)
    )
)
def test_what_is_computed_from_ratios_is_never_above_what_slices_tell(slices: list[list[bool]]) -> None:
    exact = slices_ratio(slices)
    ratios = [Component(Fraction(sum(one), len(one))) for one in slices]
    assert composite_ratio("time-slices", ratios) <= exact <= composite_ratio("worst", ratios)


def test_slices_must_be_known_of_each() -> None:
    with pytest.raises(ValueError, match="zip"):
        slices_ratio([[True], [True, False]])
    with pytest.raises(ValueError, match="slices of time"):
        slices_ratio([])
