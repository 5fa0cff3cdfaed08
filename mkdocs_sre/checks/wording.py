"""Texts of authors: how they are quoted in a message, and how phrases are found in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_QUOTED = 80  # characters of an author's text that a message repeats
_ARTICLES = r"(?:(?:the|our|its|a)\s+)?"


def quoted(text: str) -> str:
    """Return a text on one line, cut where it is long, so that it fits into a message."""
    line = " ".join(text.replace("`", "").split())
    return f"`{line if len(line) <= MAX_QUOTED else line[: MAX_QUOTED - 1] + '…'}`"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an `s` but for one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def phrase_pattern(phrases: Iterable[str], *, articles: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words, whatever their case, also across a line's end.

    With `articles` a "the" or "our" may stand between their words. Of no phrase at all it finds nothing.
    """
    gap = r"\s+" + (_ARTICLES if articles else "")
    wholes = [gap.join(map(re.escape, phrase.split())) for phrase in phrases if phrase.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(wholes)})(?!\w)" if wholes else r"(?!)", re.IGNORECASE)
