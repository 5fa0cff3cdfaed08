"""When a quantity that grows reaches a level: exact decimals, days as the unit of time."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext

# Fifty digits, so that rounding stays far below a second; exponents that nothing people write can leave.
_CONTEXT = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)


def threshold(limit: Decimal, headroom_percent: Decimal) -> Decimal:
    """Return the level above which less than the headroom is free: limit * (1 - headroom_percent / 100).

    The unit is that of `limit`; `headroom_percent` lies in 0 to 100.

    >>> threshold(Decimal(400), Decimal(25)) == 300
    True
    """
    with localcontext(_CONTEXT):
        return limit * (100 - headroom_percent) / 100


def days_until_linear(current: Decimal, level: Decimal, amount: Decimal, per_days: Decimal) -> Decimal | None:
    """Return the days until a quantity that grows by `amount` every `per_days` days is at `level`.

    days = (level - current) / amount * per_days

    0 when it is there already; None when it never is, as `amount` is zero or negative. `per_days` is above 0; the
    other three share one unit.

    >>> days_until_linear(Decimal(60), Decimal(80), Decimal(5), Decimal(7))
    Decimal('28')
    """
    if current >= level:
        return Decimal(0)
    if amount <= 0:
        return None
    with localcontext(_CONTEXT):
        return (level - current) / amount * per_days


def days_until_compound(current: Decimal, level: Decimal, percent: Decimal, per_days: Decimal) -> Decimal | None:
    """Return the days until a quantity that grows by `percent` of itself every `per_days` days is at `level`.

    days = ln(level / current) / ln(1 + percent / 100) * per_days

    0 when it is there already; None when it never is: `percent` is zero, negative, or too small for 50 digits, or
    `current` is zero or negative, of which a percentage never adds up. `per_days` is above 0.

    >>> round(days_until_compound(Decimal(50), Decimal(100), Decimal(100), Decimal(30)), 9) == 30
    True
    """
    if current >= level:
        return Decimal(0)
    if percent <= 0 or current <= 0:
        return None
    with localcontext(_CONTEXT):
        rate = (1 + percent / 100).ln()
        return (level / current).ln() / rate * per_days if rate else None
