"""Pairs of failures that meet: what neither takes down alone, both together do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.graph.fixed_points import down, rounds
from mkdocs_sre.graph.model import DOMAIN
from mkdocs_sre.graph.words import listed, proof_in_words, why_down
from mkdocs_sre.pages.elements import element_link, saying
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.tables import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.graph.model import Group
    from mkdocs_sre.pages.site import Site

_PAIRS = (
    Column("Together", "fit"),
    Column("Take down"),
    Column("Because", "wide", bare=True),
    Column("Redundancy proven", "early"),
)
MOST = 20  # rows of the table
NAMED = 6  # elements of one row that are written out
EXPLAINED = 400  # pairs whose reason is looked for


@dataclass
class Meeting:
    """Pairs that break the same redundancy: two of `elements`, so many `pairs`; which `roots` that takes down, and why."""

    elements: tuple[int, ...]
    pairs: int
    roots: tuple[int, ...]
    broken: Group | None
    lost: tuple[int, ...]


def pairs_of(site: Site, roots: Iterable[int]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return the pairs of several roots, each with the roots that it takes down."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for root in roots:
        for pair in site.graph.pairs(root):
            found[pair].append(root)
    return {pair: tuple(those) for pair, those in sorted(found.items())}


def meetings(site: Site, pairs: dict[tuple[int, int], tuple[int, ...]]) -> list[Meeting]:
    """Return pairs by what they break: two failure domains each by themselves, all others together; the widest first."""
    alone: list[Meeting] = []
    together: dict[tuple[int, tuple[int, ...]], list[tuple[int, int]]] = defaultdict(list)
    groups: dict[int, Group] = {}
    for pair, roots in list(pairs.items())[:EXPLAINED]:
        broken = _broken(site, pair, roots[0])
        if broken is None or all(site.graph[one].kind == DOMAIN for one in pair):
            alone.append(Meeting(pair, 1, roots, broken, _lost(site, broken, pair)))
        else:
            groups[broken.owner] = broken
            together[broken.owner, roots].append(pair)
    for (owner, roots), members in together.items():
        elements = tuple(sorted({one for pair in members for one in pair}))
        alone.append(Meeting(elements, len(members), roots, groups[owner], _lost(site, groups[owner], members[0])))
    return sorted(alone, key=lambda one: (-len(one.roots), len(one.elements), one.elements))


def _broken(site: Site, pair: Sequence[int], root: int) -> Group | None:
    """Return the redundancy that a pair breaks on its way to a root: the first that alone would take the root down."""
    short = [(index, group) for one in rounds(site.graph.system, pair) for index, group in one if group.redundant]
    to_root = (group for index, group in short if site.graph.faults[root] >> index & 1)
    return next(to_root, short[0][1] if short else None)


def _lost(site: Site, broken: Group | None, pair: Sequence[int]) -> tuple[int, ...]:
    if broken is None:
        return ()
    gone = down(site.graph.system, pair)
    return tuple(member for member in dict.fromkeys(broken.members) if member in gone)


def pairs_table(site: Site, page: str, found: Sequence[Meeting]) -> str:
    """Return pairs as a table; nothing without any."""
    rows = [_row(site, page, one) for one in found[:MOST]]
    more = f"\nAnd {len(found) - MOST:,} more.\n{{: .sre-more }}\n" if len(found) > MOST else ""
    return table("Two failures that meet: neither takes it down alone", _PAIRS, rows, "pairs") + more if rows else ""


def _row(site: Site, page: str, one: Meeting) -> list[str]:
    names = [element_link(site, page, element) for element in one.elements]
    together = (
        listed(names, NAMED) if one.pairs == 1 else f"two of {listed(names, NAMED)} <small>{one.pairs:,} pairs</small>"
    )
    roots = listed([element_link(site, page, root) for root in one.roots])
    say = saying(site, page)
    because = f"{say(one.broken.owner)}: {why_down(one.broken, one.lost, say)}" if one.broken else ""
    return [together, roots, because, _proof(one)]


def _proof(one: Meeting) -> str:
    if one.broken is None or one.broken.validated is None:
        return Chip("unproven", "none").markdown()
    return proof_in_words(one.broken)
