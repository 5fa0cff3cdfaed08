"""Names that are a slip away from one that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

FAR = 2  # letters that a slip changes at most
SHORT = 7  # characters of a name in which a slip changes one letter at most


def nearest_known(name: str, known: Collection[str]) -> str:
    """Return the known name that another is one or two letters off, or only its case; empty for a known one, or none.

    >>> nearest_known("descrition", ["summary", "description"]), nearest_known("impact", ["summary"])
    ('description', '')
    """
    if name in known or name.rstrip("s") in known:
        return ""
    key = name.lower()
    found = [(distance(key, one), one) for one in known if abs(len(key) - len(one)) <= FAR]
    return next((one for far, one in sorted(found) if far <= (1 if len(one) <= SHORT else FAR)), "")


def distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out, changed or swapped with the next to make one of the other.

    It is the optimal string alignment distance, by dynamic programming.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        current = [index]
        for position, wanted in enumerate(other, 1):
            best = min(row[position] + 1, current[-1] + 1, row[position - 1] + (letter != wanted))
            swapped = index > 1 and position > 1 and letter == other[position - 2] and one[index - 2] == wanted
            current.append(min(best, before[position - 2] + 1) if swapped else best)
        before, row = row, current
    return row[-1]
