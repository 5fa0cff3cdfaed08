"""Numbers between ratios and percent, exactly."""

from __future__ import annotations

from decimal import Context, Decimal

_EXACT = Context(prec=90)  # more than a number as written has digits


def percent_of(ratio: Decimal) -> Decimal:
    """Return a ratio in percent.

    >>> percent_of(Decimal("0.9990"))
    Decimal('99.9')
    """
    return plain(_EXACT.scaleb(ratio, 2))


def ratio_of(percent: Decimal) -> Decimal:
    """Return a number of percent as a ratio.

    >>> ratio_of(Decimal("99.95"))
    Decimal('0.9995')
    """
    return plain(_EXACT.scaleb(percent, -2))


def plain(number: Decimal) -> Decimal:
    """Return a number without needless zeros and without an exponent.

    >>> plain(Decimal("1E+2")), plain(Decimal("0.50"))
    (Decimal('100'), Decimal('0.5'))
    """
    return Decimal(f"{_EXACT.normalize(number):f}")
