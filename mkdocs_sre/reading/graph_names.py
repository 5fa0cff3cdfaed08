"""The ids of a graph file: each once, each of the kind that is wanted, nothing in a cycle that may not be."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.documents.described import DescribedDependency, DescribedNode, DescribedSystem
    from mkdocs_sre.reading.json_places import Path
    from mkdocs_sre.reading.json_shape import Shape

MAX_COMPARED = 300_000  # pairs of an unknown id and a known one, of all searches for a near id: some two seconds
_SHOWN = 80  # characters of an id that a message quotes


class Names:
    """The ids that a file declares, whatever their case, with kind and path; faults go to `shape`."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._known: dict[str, tuple[str, str, Path]] = {}
        self._compared = 0

    def declare(self, value: dict[str, Any], path: Path, kind: str = "") -> bool:
        """Take the `id` of a node or instance; return False, and note it, when there is none or it is taken."""
        name = self._shape.text(value, "id", path, required=True)
        if not name:
            return False
        kind = kind or str(value.get("kind", "service"))
        first = self._known.setdefault(name.lower(), (name, kind, path))
        if first[2] == path:
            return True
        message = f"the id `{name[:_SHOWN]}` is taken"
        self._shape.note((*path, "id"), message, "give one of the two another id", other=(*first[2], "id"))
        return False

    def path(self, name: str) -> Path:
        """Return where a declared id stands."""
        return self._known[name.lower()][2]

    def known(self, name: str, path: Path) -> bool:
        """Whether an id is declared; it is noted when not."""
        if name.lower() in self._known:
            return True
        near = self._nearest(name)
        hint = f"did you mean `{near}`?" if near else "add a node with this id, or correct it"
        self._shape.note(path, f"no node has the id `{name[:_SHOWN]}`", hint)
        return False

    def _nearest(self, name: str) -> str | None:
        if self._compared > MAX_COMPARED:
            return None
        self._compared += len(self._known)
        near = get_close_matches(name.lower()[:_SHOWN], self._known, 1, 0.7)
        return self._known[near[0]][0] if near else None

    def dependency(self, one: DescribedDependency, path: Path) -> None:
        """Note an owner or members that are not declared, and an owner that needs itself."""
        short = path[-2] == "dependsOn"  # then the path is that of the one member
        if one.owner and not short:
            self.known(one.owner, (*path, "from"))
        for position, member in enumerate(one.members):
            at = path if short else (*path, "members", position)
            if self.known(member, at) and member.lower() == one.owner.lower():
                self._shape.note(at, f"`{member[:_SHOWN]}` depends on itself", "name what it needs, or take this away")

    def domains(self, owner: str, names: Sequence[str], path: Path) -> None:
        """Note domains that are not declared or are none, and an owner that stands in itself."""
        for position, name in enumerate(names):
            at = (*path, "domains", position)
            if not self.known(name, at):
                continue
            kind = self._known[name.lower()][1]
            if kind != "domain":
                article = "an" if kind[:1] in "aeiou" else "a"
                message = f"`{name[:_SHOWN]}` is {article} {kind}, no domain"
                self._shape.note(at, message, "name a domain, or list it as a dependency")
            elif name.lower() == owner.lower():
                self._shape.note(at, f"`{name[:_SHOWN]}` stands in itself", "take this away")


def cycles(nodes: Sequence[DescribedNode]) -> Iterator[list[str]]:
    """Yield the cycles in which domains stand in each other, one for each domain that closes one; not those of one."""
    inside = {
        node.id.lower(): [name.lower() for name in node.domains if name.lower() != node.id.lower()]
        for node in nodes
        if node.kind == "domain"
    }
    done: set[str] = set()
    for start, outers in inside.items():
        walk: dict[str, Iterator[str]] = {} if start in done else {start: iter(outers)}
        while walk:
            current = next(reversed(walk))
            for outer in walk[current]:
                if outer in walk:
                    chain = list(walk)
                    yield chain[chain.index(outer) :]
                elif outer in inside and outer not in done:
                    walk[outer] = iter(inside[outer])
                    break
            else:
                done.add(current)
                del walk[current]


def doubled(described: DescribedSystem) -> list[int]:
    """Return the positions of the dependencies that say what an earlier one has said."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for position, one in enumerate(described.dependencies):
        members = frozenset(member.lower() for member in one.members)
        key = (one.owner.lower(), members, one.need, one.hard, one.needed)
        if key in seen:
            found.append(position)
        seen.add(key)
    return found
