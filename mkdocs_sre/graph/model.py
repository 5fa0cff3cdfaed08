"""What the arithmetic works on: elements that fail on their own, and groups of which so many must work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from fractions import Fraction

    from mkdocs_sre.documents.location import Location

Origin = Literal["dependency", "replicas", "placement"]
Needed = Literal["start", "run", "both"]
Source = Literal["document", "catalogue", "file"]

DOMAIN, INSTANCE, JOURNEY, EXTERNAL = "domain", "instance", "journey", "external"
STORES = ("datastore", "queue", "cache")


@dataclass(frozen=True, slots=True)
class Element:
    """Anything that fails on its own: a service, a copy of one (instance), a store, a provider, a failure domain.

    `availability` is its own, from 0 to 1, None when nobody states it. `replicated`: its instances stand for it in the
    physical universe. `service` is, of an instance, the id of what it is a copy of; `level` is that of a domain.
    """

    id: str
    kind: str = "service"
    title: str = ""
    availability: Fraction | None = None
    replicated: bool = False
    service: str = ""
    level: str = ""
    tier: int | None = None
    owner: str = ""
    source: Source = "document"
    place: Location | None = None

    @property
    def name(self) -> str:
        """The title, else the id."""
        return self.title or self.id

    @property
    def precedence(self) -> tuple[bool, float, str]:
        """What puts journeys first, then the most critical tier, what has none last, then ids in order."""
        return self.kind != JOURNEY, inf if self.tier is None else self.tier, self.id.lower()

    @property
    def counts(self) -> bool:
        """Whether a blast radius counts it: instances and domains are left out."""
        return self.kind not in (INSTANCE, DOMAIN)


@dataclass(frozen=True, slots=True)
class Validation:
    """When a claim of redundancy or softness was last seen to hold, and by which experiment or review."""

    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`owner` needs at least `need` of `members`; all are indexes of elements.

    A member that stands in for the others (a fallback) is listed `need` times, so that it alone is enough. `hard`: the
    owner is down without them. `declared`: criticality or redundancy was written down, not assumed. `fallback` says in
    words what is used instead of a soft dependency. `place` is where it is written.
    """

    owner: int
    members: tuple[int, ...]
    need: int = 1
    hard: bool = True
    origin: Origin = "dependency"
    declared: bool = False
    needed: Needed = "both"
    validated: Validation | None = None
    fallback: str = ""
    place: Location | None = None

    @property
    def slack(self) -> int:
        """How many members (as often as listed) may be lost."""
        return len(self.members) - self.need

    @property
    def redundant(self) -> bool:
        """Whether one member may be lost."""
        return self.slack > 0


@dataclass(frozen=True)
class System:
    """Elements in a fixed order, and the groups between them. `names` leads from ids and aliases (lower case) to indexes."""

    elements: tuple[Element, ...]
    groups: tuple[Group, ...]
    names: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.elements)

    def find(self, name: str) -> int | None:
        """Return the index of the element with this id or alias, whatever its case; None when there is none."""
        return self.names.get(name.lower())

    @cached_property
    def groups_of(self) -> list[list[Group]]:
        """The groups that each element owns, by its index."""
        return self._by(lambda group: (group.owner,))

    @cached_property
    def groups_with(self) -> list[list[Group]]:
        """The groups of which each element is a member, by its index, each group once."""
        return self._by(lambda group: dict.fromkeys(group.members))

    def _by(self, indexes: Callable[[Group], Iterable[int]]) -> list[list[Group]]:
        found: list[list[Group]] = [[] for _ in self.elements]
        for group in self.groups:
            for index in indexes(group):
                found[index].append(group)
        return found

    @cached_property
    def physical(self) -> int:
        """The physical universe as a bitset: every element but those that declare replicas."""
        return sum(1 << index for index, element in enumerate(self.elements) if not element.replicated)


class Builder:
    """Collects elements and groups in order; groups that say the same are merged."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.names: dict[str, int] = {}
        self._groups: dict[tuple[object, ...], Group] = {}

    def add(self, element: Element, aliases: Iterable[str] = ()) -> int:
        """Return the index of an element, added unless its id is taken."""
        index = self.names.setdefault(element.id.lower(), len(self.elements))
        if index == len(self.elements):
            self.elements.append(element)
        for alias in aliases:
            self.names.setdefault(alias.lower(), index)
        return index

    def group(self, group: Group) -> bool:
        """Add a group; return False when one that says the same is there already. Of the two, what is declared stays."""
        key = (group.owner, tuple(sorted(group.members)), group.need, group.hard, group.needed)
        known = self._groups.get(key)
        if known is None or (group.declared and not known.declared):
            self._groups[key] = group
        return known is None

    def system(self) -> System:
        """Return what was collected; the groups in order of their owners."""
        by_owner: dict[int, list[Group]] = defaultdict(list)
        for group in self._groups.values():
            by_owner[group.owner].append(group)
        groups = tuple(group for owner in sorted(by_owner) for group in by_owner[owner])
        return System(tuple(self.elements), groups, self.names)
