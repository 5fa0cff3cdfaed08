"""Pairs of failures that meet: what neither takes down alone, both together do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.fixed_points import down, rounds
from mkdocs_sre.graph.model import DOMAIN
from mkdocs_sre.graph.words import listed, proof_in_words, why_down
from mkdocs_sre.pages.around import experiments_on, validates
from mkdocs_sre.pages.elements import element_link, saying
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.tables import Column, further, table

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
    """So many `pairs` among `elements` that break the same redundancy, which `roots` each takes down, and why."""

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
    to_root = (group for index, group in short if site.graph.takes_down(index, root))
    return next(to_root, short[0][1] if short else None)


def _lost(site: Site, broken: Group | None, pair: Sequence[int]) -> tuple[int, ...]:
    if broken is None:
        return ()
    gone = down(site.graph.system, pair)
    return tuple(member for member in dict.fromkeys(broken.members) if member in gone)


def pairs_table(site: Site, page: str, found: Sequence[Meeting], root: int | None = None) -> str:
    """Return pairs as a table; nothing without any. On the page of a `root` nobody asks what they take down."""
    rows = [_row(site, page, one, root) for one in found[:MOST]]
    more = further(len(found) - MOST)
    return (
        table("Two failures that meet: neither takes it down alone", _PAIRS, rows, "pairs") + f"\n{more}"
        if rows
        else ""
    )


def _row(site: Site, page: str, one: Meeting, root: int | None) -> list[str]:
    names = [element_link(site, page, element) for element in one.elements]
    together = listed(names, NAMED) if one.pairs == 1 else f"{one.pairs:,} pairs among {listed(names, NAMED)}"
    roots = "" if root is not None else listed([element_link(site, page, each) for each in one.roots])
    say = saying(site, page)
    because = f"{say(one.broken.owner)}: {why_down(one.broken, one.lost, say)}" if one.broken else ""
    return [together, roots, because, _proof(site, page, one)]


def _proof(site: Site, page: str, one: Meeting) -> str:
    """Return by what the redundancy that a pair breaks was last seen to hold: its own claim, else an experiment."""
    if one.broken is None:
        return ""
    if one.broken.validated is not None:
        return escape(proof_in_words(one.broken))
    service = site.base.document(site.graph[one.broken.owner].id, Service)
    passed = [each for each in experiments_on(service, site) if each.status == "passed"] if service else []
    proof = next((each for each in passed if service and validates(site, each, service)), None)
    if proof is None:
        return Chip("unproven", "none").markdown()
    on = f", {proof.run_on.isoformat()}" if proof.run_on else ""
    return f"{site.link_document(page, proof, proof.id)}{on}"
