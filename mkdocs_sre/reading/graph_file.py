"""A dependency graph from a JSON file: `nodes`, `dependencies` and `roots`, or `services` with `dependsOn`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.described import DescribedCopy, DescribedDependency, DescribedNode, DescribedSystem
from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.graph_names import Names, cycles, doubled
from mkdocs_sre.reading.json_shape import Shape
from mkdocs_sre.reading.json_text import Wrong, read_json

if TYPE_CHECKING:
    from collections import Counter

    from mkdocs_sre.reading.json_places import Path

KINDS = ("service", "datastore", "queue", "cache", "external", "journey", "domain")
LEVELS = ("zone", "region", "provider")
NEEDED = ("both", "start", "run")
MAX_TIER = 3
_PROSE = ("name", "title", "description", "source", "note", "notes")  # may stand anywhere
_TOP = ("nodes", "services", "dependencies", "roots", "expected", *_PROSE)
_NODE = ("id", "kind", "availability", "replicas", "domains", "level", "tier", "owner", "dependsOn", *_PROSE)
_COPY = ("id", "availability", "domains", *_PROSE)
_REPLICAS = ("k", "instances", *_PROSE)
_DEPENDENCY = ("from", "members", "k", "kind", "needed", "fallback", *_PROSE)


@dataclass
class GraphFile:
    """What a file says: the system, None when the file has `faults`. `notices` tell what is passed over."""

    described: DescribedSystem | None = None
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_graph_file(data: bytes, path: str) -> GraphFile:
    """Return the system that a JSON file describes, or every fault of it; `path` is what the file is called in them.

    Keys that nothing reads are told in a notice, and so are dependencies that stand twice, which count once.
    """
    text = read_json(data, path)
    if text.faults:
        return GraphFile(faults=text.faults)
    if not isinstance(text.value, dict):
        what = "a list" if isinstance(text.value, list) else "a single value"
        cure = "write an object with `nodes` and `dependencies`, or with `services`"
        return GraphFile(faults=[Fault(Location(path), f"the file holds {what}, no system", cure)])
    with paused_collection():
        reading = _Reading()
        described = reading.system(text.value)
    if reading.shape.wrong:
        return GraphFile(faults=text.faults_of(reading.shape.wrong))
    notices = _unread(path, reading.shape.unread)
    twice = [*(reading.where[position] for position in doubled(described)), *reading.repeated]
    if twice:
        first = text.faults_of([Wrong(one, "") for one in twice])[0]
        more = f", and so are {len(twice) - 1:,} more" if len(twice) > 1 else ""
        notices.append(f"{first.location} this dependency is there already{more}; each counts once")
    return GraphFile(described, notices=notices)


def _unread(path: str, keys: Counter[str]) -> list[str]:
    named = ", ".join(f"`{key[:80]}` ({number:,})" if number > 1 else f"`{key[:80]}`" for key, number in keys.items())
    return [f"{path}: nothing reads {named}"] if keys else []


class _Reading:
    """One reading of a file: what was made of it, and by what path each part stands."""

    def __init__(self) -> None:
        self.shape = Shape()
        self.names = Names(self.shape)
        self.where: list[Path] = []  # of each dependency
        self.repeated: list[Path] = []  # members that their dependency has already

    def system(self, value: dict[str, Any]) -> DescribedSystem:
        shape = self.shape
        shape.keys(value, (), _TOP)
        if "nodes" in value and "services" in value:
            shape.note(("services",), "both `nodes` and `services` are there", "write one list", at_key=True)
        key = "services" if "services" in value else "nodes"
        if key not in value:
            shape.note((), "neither `nodes` nor `services` is there", "list what can fail under `nodes`")
        items = [(path, one) for path, one in shape.objects(value, key) if self.names.declare(one, path)]
        nodes = [self._node(one, path) for path, one in items]
        dependencies = [self._dependency(one, path) for path, one in shape.objects(value, "dependencies")]
        for path, one in items:
            owner = str(one["id"])
            for position, name in enumerate(shape.texts(one, "dependsOn", path)):
                self.where.append((*path, "dependsOn", position))
                dependencies.append(DescribedDependency(owner, (name,)))
        self._check(nodes, dependencies)
        roots: dict[str, str] = {}
        for position, root in enumerate(shape.texts(value, "roots")):
            self.names.known(root, ("roots", position))
            roots.setdefault(root.lower(), root)
        return DescribedSystem(tuple(nodes), tuple(dependencies), tuple(roots.values()))

    def _node(self, value: dict[str, Any], path: Path) -> DescribedNode:
        shape = self.shape
        shape.keys(value, path, _NODE)
        need, copies = self._copies(value, path)
        tier = shape.whole(value, "tier", path, 0, MAX_TIER)
        return DescribedNode(
            value["id"],
            shape.choice(value, "kind", path, KINDS),
            shape.text(value, "title", path),
            shape.ratio(value, path),
            need,
            copies,
            shape.texts(value, "domains", path),
            shape.choice(value, "level", path, ("", *LEVELS)),
            tier,
            shape.text(value, "owner", path),
        )

    def _copies(self, value: dict[str, Any], path: Path) -> tuple[int, tuple[DescribedCopy, ...]]:
        shape, at = self.shape, (*path, "replicas")
        replicas = shape.object(value, "replicas", path)
        if replicas is None:
            return 0, ()
        shape.keys(replicas, at, _REPLICAS)
        copies = []
        for place, one in shape.objects(replicas, "instances", at):
            shape.keys(one, place, _COPY)
            if self.names.declare(one, place, "instance"):
                copies.append(DescribedCopy(one["id"], shape.ratio(one, place), shape.texts(one, "domains", place)))
        return shape.need(replicas, at, len(copies), "instances"), tuple(copies)

    def _dependency(self, value: dict[str, Any], path: Path) -> DescribedDependency:
        shape = self.shape
        self.where.append(path)
        shape.keys(value, path, _DEPENDENCY)
        owner = shape.text(value, "from", path, required=True)
        members = self._members(value, path)
        need = shape.need(value, path, len(members), "members")
        declared = "kind" in value or len(members) > 1
        return DescribedDependency(
            owner,
            members,
            need,
            shape.choice(value, "kind", path, ("hard", "soft")) == "hard",
            declared,
            shape.choice(value, "needed", path, NEEDED),  # type: ignore[arg-type]  # one of these
            shape.text(value, "fallback", path),
        )

    def _members(self, value: dict[str, Any], path: Path) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for position, name in enumerate(self.shape.texts(value, "members", path)):
            if name.lower() in found:
                self.repeated.append((*path, "members", position))
            found.setdefault(name.lower(), name)
        return tuple(found.values())

    def _check(self, nodes: list[DescribedNode], dependencies: list[DescribedDependency]) -> None:
        for one, path in zip(dependencies, self.where, strict=True):
            self.names.dependency(one, path)
        for node in nodes:
            path = self.names.path(node.id)
            self.names.domains(node.id, node.domains, path)
            for copy in node.copies:
                self.names.domains(copy.id, copy.domains, self.names.path(copy.id))
        for cycle in cycles(nodes):
            chain = " in ".join(f"`{one[:80]}`" for one in (*cycle, cycle[0]))
            path = (*self.names.path(cycle[0]), "domains")
            self.shape.note(path, f"domains stand in each other: {chain}", "take one of them out", at_key=True)
