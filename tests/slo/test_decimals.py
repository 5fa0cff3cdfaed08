"""Fractions as decimal text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.slo.decimals import decimal_text

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6, places=8)


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("1/1000000", "0.000001"), ("1000000", "1000000"), ("2/3", "0.666666666666667"), ("-1/4", "-0.25")],
)
def test_plain(value: str, text: str) -> None:
    assert decimal_text(Fraction(value)) == text


def test_cut_is_never_rounded_up() -> None:
    assert decimal_text(Fraction(2, 3), 4, cut=True) == "0.6666"
    assert decimal_text(Fraction("99.999999"), 4, cut=True) == "99.99"


@given(decimals)
def test_what_fits_comes_back_exactly(value: Decimal) -> None:
    text = decimal_text(Fraction(value))
    assert Fraction(text) == Fraction(value)
    assert "e" not in text.lower()
    assert text == (text.rstrip("0") if "." in text else text)
    assert not text.endswith(".")


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6), st.integers(1, 20))
def test_rounding_is_off_by_half_of_the_last_digit_at_most(value: Fraction, significant: int) -> None:
    rounded, cut = (Fraction(decimal_text(value, significant, cut=one)) for one in (False, True))
    last = Fraction(10) ** (Decimal(decimal_text(value, 40, cut=True)).adjusted() - significant + 1)
    assert abs(rounded - value) <= last / 2
    assert 0 <= value - cut < last
