"""What the nodes of a picture are called and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.drawing.shapes import NAMES, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.views import Node


class Labels:
    """The words of one picture: its title, what it shows in a sentence, and those of its nodes.

    `link` returns the address that a node leads to, empty when it leads nowhere.
    """

    def __init__(self, graph: Graph, title: str, said: str, link: Callable[[Node], str]) -> None:
        self.graph = graph
        self.title = title
        self.said = said
        self._link = link

    def name(self, node: Node) -> str:
        """Return the first line of a node."""
        if node.name:
            return node.name
        return f"and {node.folded:,} more" if node.element is None else self.graph[node.element].name

    def note(self, node: Node) -> str:
        """Return the second line of a node."""
        return node.note

    def kind(self, node: Node) -> str:
        """Return the kind of the element; a service for what is folded."""
        return "service" if node.element is None else self.graph[node.element].kind

    def tip(self, node: Node) -> str:
        """Return what is said of a node when it is pointed at or read out."""
        if node.element is None:
            return f"{self.name(node)}, {node.note}"
        sort = self.kind(node) if shape_of(self.kind(node)) == "datastore" else NAMES[shape_of(self.kind(node))]
        parts = [
            self.name(node),
            sort,
            "" if node.note in ("", sort) else node.note,
            "single point of failure" if node.single else "",
        ]
        return ", ".join(part for part in parts if part)

    def target(self, node: Node) -> str:
        """Return the address that a node leads to; empty when it leads nowhere."""
        return self._link(node)
