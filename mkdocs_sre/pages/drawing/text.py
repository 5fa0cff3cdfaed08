"""How wide words are in a picture, nearly; a browser has the last word."""

from __future__ import annotations

from functools import lru_cache

# Widths of characters in thousandths of the font size, of a usual sans-serif; bold is a twelfth wider.
_NARROW = frozenset("iljtfrI.,:;'|!()[] -")
_WIDE = frozenset("mwMW@%")
_NARROW_WIDTH, _WIDTH, _WIDE_WIDTH, _FOREIGN_WIDTH = 0.31, 0.56, 0.88, 1.0
_ASCII = 128


@lru_cache(maxsize=4096)  # the same names stand in many pictures
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is, in the unit of its font size."""
    total = sum(_width(sign) for sign in text)
    return total * size * (13 / 12 if bold else 1)


def _width(sign: str) -> float:
    if ord(sign) >= _ASCII:
        return _FOREIGN_WIDTH
    return _NARROW_WIDTH if sign in _NARROW else _WIDE_WIDTH if sign in _WIDE else _WIDTH


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text that fits into so much room: whole, or cut with an ellipsis.

    >>> fitted("payments", 100, 12), fitted("a-very-long-name", 60, 12)
    ('payments', 'a-very-l…')
    """
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
