"""The map: everything that is known of, and who needs it."""

from __future__ import annotations

from mkdocs_sre.graph.model import INSTANCE, JOURNEY
from mkdocs_sre.graph.teams import needs_between, owned
from mkdocs_sre.graph.words import listed
from mkdocs_sre.pages.elements import element_link, sort_words
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.graphs import team_anchor, teams_figure, whole_figure
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page, Site
from mkdocs_sre.pages.tables import Column, further, section, table
from mkdocs_sre.pages.words import counted

MAP_PATH = "sre/map.md"
TITLE = "Map"
SAY = "What depends on what, and who owns it."
MOST = 100  # rows of elements; the index of services holds them all
NAMED = 6
_ELEMENTS = (
    Column("Element", "fit"),
    Column("Kind", bare=True),
    Column("Owner", "sre-num", bare=True),
    Column("Needs", "wide"),
    Column("Takes down", "n"),
)
_TEAMS = (Column("Team", "fit"), Column("Owns", "wide"), Column("Needs of others", "wide"))


def map_page(site: Site) -> Page | None:
    """Return the map; None when no dependency is written down."""
    if not site.graph.system.groups:
        return None
    drawn = whole_figure(site, MAP_PATH)
    markdown = render(
        "map.md.jinja",
        title=TITLE,
        say=SAY,
        whole=section("All of it", "graph", drawn) if drawn else "",
        teams=section("Teams", "teams", teams_figure(site), _teams(site)),
        elements=section("Elements", "elements", _elements(site)),
        as_of=site.as_of.isoformat(),
        escape=escape,
    )
    return Page(MAP_PATH, TITLE, markdown, SAY)


def _teams(site: Site) -> str:
    needs = needs_between(site.outline)
    rows = []
    for owner, members in owned(site.outline).items():
        others = sorted(((count, other) for (source, other), count in needs.items() if source == owner), reverse=True)
        said = ", ".join(f"{escape(other)} ({count})" for count, other in others)
        owns = listed([element_link(site, MAP_PATH, one) for one in members], NAMED)
        rows.append([f'<span id="{team_anchor(owner)}">{escape(owner)}</span>', owns, said])
    return table("In brackets: how many hard dependencies lead there", _TEAMS, rows, "team-list")


def _elements(site: Site) -> str:
    """Return the elements, those first that take most down."""
    graph = site.graph
    shown = [at for at, one in enumerate(graph.system.elements) if one.kind != INSTANCE]
    reach = {at: graph.reach(at) for at in shown}
    ranked = sorted(
        shown,
        key=lambda at: (graph[at].kind == JOURNEY, -reach[at].services, -reach[at].journeys, graph[at].id.lower()),
    )
    rows = [
        [
            element_link(site, MAP_PATH, at),
            escape(sort_words(site, at)),
            escape(graph[at].owner),
            listed(
                [
                    element_link(site, MAP_PATH, link.target)
                    for link in site.outline.links[at]
                    if link.hard and not link.of
                ],
                NAMED,
            ),
            _takes(reach[at].services, reach[at].journeys),
        ]
        for at in ranked[:MOST]
    ]
    more = further(len(ranked) - MOST)
    return table("Hard needs alone; what takes most down comes first", _ELEMENTS, rows, "elements") + f"\n{more}"


def _takes(services: int, journeys: int) -> str:
    parts = [counted(services, "service") if services else "", counted(journeys, "journey") if journeys else ""]
    return ", ".join(part for part in parts if part)
