"""Pictures of the dependency graph for pages: figure, key, and the sentence that is read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.outline import Outline
from mkdocs_sre.graph.teams import needs_between, owned, teams
from mkdocs_sre.graph.views import WHOLE, View, critical_path, ego, whole
from mkdocs_sre.graph.words import listed
from mkdocs_sre.pages.blocks import slug
from mkdocs_sre.pages.drawing.between import between_svg
from mkdocs_sre.pages.drawing.key import key
from mkdocs_sre.pages.drawing.labels import Labels
from mkdocs_sre.pages.drawing.rail import rail
from mkdocs_sre.pages.drawing.wide import fits, wide
from mkdocs_sre.pages.site import is_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.views import Node
    from mkdocs_sre.pages.site import Site

FEW_TEAMS, MOST_TEAMS = 12, 40  # that are joined by lines; that have a picture at all
NAMED = 12  # single points that the description names


def ego_figure(site: Site, page: str, element: int) -> str:
    """Return what stands around an element as HTML; nothing when nothing does."""
    title = f"What {site.graph[element].name} needs and what needs it, two steps in each direction"
    return _on_page(site, page, ego(site.outline, element), title, "ego")


def path_figure(site: Site, page: str, root: int) -> str:
    """Return what a journey or service cannot do without as HTML; nothing when it needs nothing."""
    title = f"What {site.graph[root].name} cannot do without, and what of it is single"
    return _on_page(site, page, critical_path(site.outline, root), title, "path")


def whole_figure(site: Site, page: str) -> str:
    """Return all elements of a site as HTML; nothing when they are too many to be read."""
    view = whole(site.outline)
    return _on_page(site, page, view, "All services, and what they need", "whole") if view.number <= WHOLE else ""


def figure(view: View, labels: Labels, name: str) -> str:
    """Return a view as a figure in HTML: in columns where there is room, as a rail on phones or when it is too deep."""
    narrow = rail(view, labels, name)
    form, drawn = "sre-fig sre-graph", wide(view, labels, name) + narrow
    if not fits(view):
        form, drawn = f"{form} deep", narrow
    return f'<figure class="{form}" id="{name}" data-search-exclude>{drawn}{key(view, labels)}</figure>\n'


def teams_figure(site: Site) -> str:
    """Return who needs whose services as HTML: lines between few teams, a square of many.

    Nothing where no team needs another, or where there are too many for a picture.
    """
    view = teams(site.outline)
    if not view.edges or len(view.nodes) > MOST_TEAMS:
        return ""
    title = "Teams, and whose services they need"
    if len(view.nodes) > FEW_TEAMS or not fits(view):
        names = [*owned(site.outline)]
        return between_svg(names, needs_between(site.outline), lambda name: f"#{team_anchor(name)}", title)
    labels = Labels(site.graph, title, _teams_said(view), lambda node: f"#{team_anchor(node.name)}")
    return figure(view, labels, "sre-teams")


def _teams_said(view: View) -> str:
    return f"{len(view.nodes)} teams and {len(view.edges)} lines between them. The table below holds the same."


def _on_page(site: Site, page: str, view: View, title: str, name: str) -> str:
    if not view.edges:
        return ""
    return figure(view, Labels(site.graph, title, said(site.graph, view), _links(site, page)), f"sre-{name}")


def _links(site: Site, page: str) -> Callable[[Node], str]:
    def link(node: Node) -> str:
        if node.element is None:
            return "#sre-graph"
        entry = site.base.find(site.graph[node.element].id)
        return site.address(page, *site.place_of(entry)) if entry and is_shown(site.base, entry) else ""

    return link


def team_anchor(name: str) -> str:
    """Return the id of a team's row on the map."""
    return f"sre-team-{slug(name)}"


def said(graph: Graph, view: View) -> str:
    """Return what a picture shows in sentences, for who does not see it."""
    single = [graph[node.element].name for node in view.nodes if node.single and node.element is not None]
    points = (
        f"Single points of failure: {listed(single, NAMED)}."
        if single
        else "Nothing drawn here is a single point of failure."
    )
    number = "1 element" if view.number == 1 else f"{view.number:,} elements"
    return f"{number}. {points} Tables beside it hold the same."


def system_svg(graph: Graph, root: int | None) -> str:
    """Return a picture that stands alone in a file: around one element, or of the whole graph when it is small enough.

    Raises ValueError when the graph is too large to be drawn whole, or empty.
    """
    if not len(graph.system):
        raise ValueError("the graph is empty: there is nothing to draw")
    outline = Outline(graph)
    view = whole(outline) if root is None else ego(outline, root)
    if root is None and view.number > WHOLE:
        raise ValueError(f"{view.number:,} elements are too many for one picture; name one with `--root`")
    title = "All services, and what they need" if root is None else f"What {graph[root].name} needs and what needs it"
    labels = Labels(graph, title, said(graph, view), lambda _: "")
    drawn = wide(view, labels, "sre") if fits(view) else rail(view, labels, "sre")
    return drawn.replace('<svg class="', '<svg xmlns="http://www.w3.org/2000/svg" class="', 1).replace(
        "><title", f"><style>{STYLE}</style><title", 1
    )


STYLE = (
    "svg{--fg:#212121;--bg:#fff;--edge:#757575;--crit:#b3261e;background:#fff;font-family:sans-serif}"
    "text{fill:var(--fg);font-size:12.5px}.sub{font-size:11px;fill:#565656}.col{font-size:11.5px;fill:#565656}.b{font-weight:700}"
    ".shape{fill:#f6f6f6;stroke:var(--edge);stroke-width:1.25}.shape.domain{stroke-dasharray:5 3;fill:none}.shape.self{fill:var(--fg);stroke:var(--fg)}"
    ".on{fill:var(--bg)!important}.spof>.shape{stroke:var(--crit);stroke-width:2.5}.halo{fill:none;stroke:var(--crit)}.flag{fill:var(--crit)}"
    ".flagt{fill:#fff;font-size:10px;font-weight:700}.e{fill:none;stroke:var(--edge);stroke-width:1.4}.e.soft{stroke-dasharray:2 4;stroke-linecap:round}"
    ".e.crit{stroke:#333;stroke-width:2.6}.tip{fill:var(--edge)}.tip.crit{fill:#333}.tag{fill:#fff;stroke:var(--edge);stroke-width:.8}.tagt{font-size:10.5px}"
)
