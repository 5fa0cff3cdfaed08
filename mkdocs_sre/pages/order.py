"""The order of pages by `weight` in their front matter, as other generators have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.knowledge import KnowledgeBase

MAX_DIGITS = 9  # of a weight; nobody needs more
FRONT_PAGES = frozenset(("index.md", "README.md"))
_FRONT, _WEIGHED, _LAST = range(3)


def by_weight(base: KnowledgeBase, paths: Iterable[str]) -> list[str]:
    """Return pages, given by path, with the lightest of each folder first and those without a weight behind them.

    A folder weighs what its front page weighs, which stays in front of it. What weighs the same keeps its order.
    """
    given = list(paths)
    places: dict[str, int] = {}  # of each page and each folder, the first of its pages
    for place, path in enumerate(given):
        for end in _ends(path):
            places.setdefault(path[:end], place)
    fronts = {path.rpartition("/")[0]: path for path in given if path.rpartition("/")[2] in FRONT_PAGES}
    return sorted(given, key=lambda path: [_rank(base, fronts, path[:end], places) for end in _ends(path)])


def _ends(path: str) -> list[int]:
    """Return where the names of the folders on the way to a page end, and where the path does."""
    return [*(index for index, sign in enumerate(path) if sign == "/"), len(path)]


def _rank(base: KnowledgeBase, fronts: dict[str, str], path: str, places: dict[str, int]) -> tuple[int, int, int]:
    if path.rpartition("/")[2] in FRONT_PAGES:
        return _FRONT, 0, places[path]
    weight = _weight(base, fronts.get(path, path))
    return (_LAST if weight is None else _WEIGHED, weight or 0, places[path])


def _weight(base: KnowledgeBase, path: str) -> int | None:
    source = base.source_by_path.get(path)
    text = source.values.get("weight") if source is not None else None
    digits = text.removeprefix("-") if isinstance(text, str) else ""
    return int(f"{text}") if digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS else None
