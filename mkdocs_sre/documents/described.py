"""A system as a file describes it: plain data, its names not yet looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class DescribedCopy:
    """One replica: its id, its availability from 0 to 1 (None when not stated), and the domains in which it stands."""

    id: str
    availability: Fraction | None = None
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DescribedNode:
    """Something that can fail. Of its `copies`, if there are any, `need` must work; `availability` is from 0 to 1."""

    id: str
    kind: str = "service"
    title: str = ""
    availability: Fraction | None = None
    need: int = 0
    copies: tuple[DescribedCopy, ...] = ()
    domains: tuple[str, ...] = ()
    level: str = ""
    tier: int | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class DescribedDependency:
    """`owner` needs `need` of `members`, all ids. `declared`: its criticality or redundancy is written down.

    `fallback` says in words what is used instead of a soft dependency.
    """

    owner: str
    members: tuple[str, ...]
    need: int = 1
    hard: bool = True
    declared: bool = False
    needed: Literal["start", "run", "both"] = "both"
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class DescribedSystem:
    """All that a file says: nodes, dependencies, and the ids of its roots (none when it names none)."""

    nodes: tuple[DescribedNode, ...]
    dependencies: tuple[DescribedDependency, ...]
    roots: tuple[str, ...] = ()
