"""The graph of a system that a file describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.analysis import Graph
from mkdocs_sre.graph.model import INSTANCE, Builder, Element, Group

if TYPE_CHECKING:
    from mkdocs_sre.documents.described import DescribedNode, DescribedSystem


def described_graph(described: DescribedSystem) -> Graph:
    """Return the graph of a described system, its elements in order of their ids, with the roots that it names.

    Where a node with copies is placed, all its copies stand. Raises KeyError for a name that no node has.
    """
    builder = Builder()
    ordered = sorted(described.nodes, key=lambda one: (one.id.lower(), one.id))
    for node in ordered:
        builder.add(_element(node))
    for node in ordered:
        _copies(builder, node)
    for one in described.dependencies:
        builder.group(
            Group(
                builder.names[one.owner.lower()],
                tuple(builder.names[member.lower()] for member in one.members),
                one.need,
                one.hard,
                declared=one.declared,
                needed=one.needed,
                fallback=one.fallback,
            )
        )
    return Graph(builder.system(), [builder.names[root.lower()] for root in described.roots])


def _element(node: DescribedNode) -> Element:
    return Element(
        node.id,
        node.kind,
        node.title,
        node.availability,
        replicated=bool(node.copies),
        level=node.level,
        tier=node.tier,
        owner=node.owner,
        source="file",
    )


def _copies(builder: Builder, node: DescribedNode) -> None:
    index = builder.names[node.id.lower()]
    if not node.copies:
        _placed(builder, index, node.domains)
        return
    members = []
    for copy in node.copies:
        element = Element(
            copy.id,
            INSTANCE,
            availability=copy.availability,
            service=node.id,
            tier=node.tier,
            owner=node.owner,
            source="file",
        )
        members.append(builder.add(element))
        _placed(builder, members[-1], (*copy.domains, *node.domains))
    builder.group(Group(index, tuple(members), node.need, origin="replicas", declared=True))


def _placed(builder: Builder, owner: int, domains: tuple[str, ...]) -> None:
    for name in domains:
        builder.group(Group(owner, (builder.names[name.lower()],), origin="placement", declared=True))
