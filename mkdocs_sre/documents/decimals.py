"""Numbers as their authors wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def decimals_of(number: Decimal) -> int:
    """Return how many digits a number has behind its point, as written.

    >>> from decimal import Decimal
    >>> decimals_of(Decimal("99.90")), decimals_of(Decimal("1E+2"))
    (2, 0)
    """
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
