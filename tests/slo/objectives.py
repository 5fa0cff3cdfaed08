"""Objectives for tests: documents made of their keys, and lengths, shares and promises as authors give them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.slo.burn import BurnAlert
from mkdocs_sre.slo.durations import DAY


def slo(**keys: Any) -> ServiceLevelObjective:
    """Return a document of an objective of 99.9 % over 30 days with these keys beside or instead."""
    usual = {
        "id": "payments-authorise",
        "service": "payments",
        "behaviour": "It answers.",
        "sli": {"good": "good_total", "total": "all_total"},
        "objective": "99.9",
        "window": "30d",
    }
    return ServiceLevelObjective.model_validate({**usual, **keys})


shares = st.fractions(min_value=Fraction(1, 1000), max_value=1, max_denominator=1000)
ratios = st.fractions(min_value=Fraction(1, 100_000), max_value=1, max_denominator=100_000)
periods = st.integers(3600, 366 * DAY)


@st.composite
def alerts(draw: st.DrawFn) -> BurnAlert:
    """Draw a pair of windows, the short one shorter than the long one, which is no longer than the period."""
    period = draw(periods)
    long = draw(st.integers(2, period))
    short = draw(st.integers(1, long - 1))
    return BurnAlert("page", short, long, draw(shares), period, draw(ratios.filter(lambda one: one < 1)))
