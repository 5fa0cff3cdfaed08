"""The pages of what only a catalogue knows: one an entity, and one that lists them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.catalogue import API, FOLDER, CatalogueDocument
from mkdocs_sre.pages.document import pointing
from mkdocs_sre.pages.elements import saying, sort_words
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.graphs import ego_figure
from mkdocs_sre.pages.heads import Chip, Fact, Head, fact, stated
from mkdocs_sre.pages.lists import MOST
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page, Site, relative
from mkdocs_sre.pages.standing import owner_facts, web_link
from mkdocs_sre.pages.tables import Column, further, section, table
from mkdocs_sre.pages.titles import safe_title
from mkdocs_sre.pages.together import breaks_part
from mkdocs_sre.pages.words import counted
from mkdocs_sre.reading.page import PageText, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.documents.catalogue import CatalogueElement, Entity
    from mkdocs_sre.graph.model import Group

INDEX_PATH = f"{FOLDER}/index.md"
TITLE = "Catalogue"
SAY = "What only a catalogue knows: it is part of the dependency graph, and nobody has written a document about it."
MAX_ROWS = 100  # of the list that are a table; past that it is a list, which costs a third to render
MAX_TEXT = 2_000  # characters of a description
BOOST = 2  # of an entity's page in the search
_LISTED = (
    Column("Entity", "fit"),
    Column("Kind", bare=True),
    Column("Owner", "sre-num"),
    Column("Lifecycle", bare=True),
    Column("Needed by", "n"),
)
_NEEDS = (Column("Element", "fit"), Column("Kind", bare=True), Column("Written at"))
_SAME = (Column("Entity", "fit"), Column("Stands for it", bare=True))


def catalogue_pages(site: Site) -> Iterator[Page]:
    """Yield the list of a site's catalogues, and a page for each entity that no document describes."""
    if not site.base.catalogue.entities:
        return
    elements = [*site.base.landscape.undescribed()]
    yield _index(site, elements)
    for element in elements:
        yield _page(site, element)


def catalogue_link(site: Site, page: str) -> str:
    """Return a sentence that leads to the list of entities without a document; nothing when there are none."""
    number = sum(1 for _ in site.base.landscape.undescribed())
    if not number or not site.base.settings.pages:
        return ""
    words = counted(number, "entity", "entities")
    return f"And [{words} of the catalogue]({relative(page, INDEX_PATH)}) without a document.\n{{: .sre-more }}\n"


def _index(site: Site, elements: Sequence[CatalogueElement]) -> Page:
    rows = [_row(site, element) for element in sorted(elements, key=lambda one: (_name(one).casefold(), one.id))]
    caption = counted(len(rows), "entity without a document", "entities without a document")
    if not rows:
        listed = "Every entity that services may need has a document.\n"
    elif len(rows) <= MAX_ROWS:
        listed = table(caption, _LISTED, rows, "entities")
    else:
        lines = [f"- {' · '.join(cell for cell in row[:-1] if cell)}" for row in rows]
        listed = "\n".join([f"{escape(caption)}:", "", *lines, ""])
    markdown = render(
        "index.md.jinja",
        plural=TITLE,
        explanation=SAY,
        table="\n\n".join([listed, _described(site), _interfaces(site)]),
        beside="",
        escape=escape,
        prose=prose,
    )
    return Page(INDEX_PATH, TITLE, markdown, SAY)


def _row(site: Site, element: CatalogueElement) -> list[str]:
    index = site.graph.system.find(element.id)
    needed = 0 if index is None else len({group.owner for group in site.graph.system.groups_with[index]})
    small = f" <small>{escape(element.id)}</small>" if _name(element) != element.id else ""
    return [
        site.link_id(INDEX_PATH, element.id, _name(element)) + small,
        escape(_sort(element)),
        escape(element.owner),
        escape(element.entity.lifecycle),
        str(needed),
    ]


def _described(site: Site) -> str:
    """Return the entities that have a document, as a table."""
    rows = [
        [escape(str(one.entity.name)), site.link_id(INDEX_PATH, one.id)]
        for one in site.base.landscape.elements
        if one.described
    ]
    more = further(len(rows) - MAX_ROWS)
    return section(
        "With a document", "described", table("The same thing", _SAME, rows[:MAX_ROWS], "same") if rows else "", more
    )


def _interfaces(site: Site) -> str:
    """Return which components stand for APIs that have no page of their own, as a table."""
    own = {one.entity.name.key for one in site.base.landscape.elements}
    rows = [
        [escape(str(key)), ", ".join(site.link_id(INDEX_PATH, one) for one in ids)]
        for key, ids in sorted(site.base.landscape.by_name.items())
        if key.kind == API and key not in own
    ]
    more = further(len(rows) - MAX_ROWS)
    made = table("An API fails with the component that provides it", _SAME, rows[:MAX_ROWS], "apis") if rows else ""
    return section("APIs", "apis", made, more)


def _page(site: Site, element: CatalogueElement) -> Page:
    document = CatalogueDocument.of(element)
    page = document.path
    head = _head(site, element)
    top = render(
        "head.md.jinja",
        document=document,
        head=head,
        banners=head.banners,
        due="",
        marks="",
        soon=False,
        title=f"# {escape(document.name)}",
        plain=[one for one in head.facts if not one.linked],
        linked=[one for one in head.facts if one.linked],
        escape=escape,
        prose=prose,
    )
    parts = (
        top,
        section("Dependencies", "graph", _together(site, page, element)),
        section("Elsewhere", "elsewhere", "\n".join(f"- {web_link(*link)}" for link in element.entity.links[:MOST])),
        section("Write its document", "write", _write(element)),
        pointing(site, page, [document]),
    )
    keys = {"title": safe_title(document.name), "search": {"boost": BOOST}}
    return Page(
        page,
        document.name,
        put_together(PageText(keys, "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n")),
    )


def _head(site: Site, element: CatalogueElement) -> Head:
    entity = element.entity
    where = f"<code>{escape(f'{entity.file}:{entity.place.line}')}</code>"
    provided = ", ".join(escape(name) for name in element.aliases[:MOST])
    facts: tuple[Fact, ...] = (
        *owner_facts(element.owner, site),
        *stated("Entity", str(entity.name)),
        *stated("Type", entity.type),
        *stated("System", entity.system.name if entity.system else ""),
        *fact("Provides", provided, _and_more(len(element.aliases) - MOST)),
        *fact("From", where),
    )
    chips = (*((Chip(entity.lifecycle, "none"),) if entity.lifecycle else ()), Chip("no document", "due"))
    return Head(chips, facts, _short(entity.description), where=_sort(element))


def _and_more(number: int) -> str:
    return f"and {number:,} more" if number > 0 else ""


def _together(site: Site, page: str, element: CatalogueElement) -> str:
    """Return the picture, what breaks with it, and what the catalogue says that it needs."""
    index = site.graph.system.find(element.id)
    if index is None:
        return ""
    groups = site.graph.system.groups_of[index]
    needs = [_need(site, page, group, element.entity) for group in groups[:MOST]]
    caption = "Hard, as far as is known: a catalogue says no more"
    made = table(caption, _NEEDS, needs, "needs") if needs else ""
    parts = (breaks_part(site, page, index), ("It needs", "needs", made, further(len(groups) - MOST)))
    shown = [part for part in parts if part[2]]
    if not shown:
        return "The catalogues name nothing that it needs, and nothing that needs it.\n"
    return f"{ego_figure(site, page, index)}\n{render('beside.md.jinja', parts=shown)}"


def _need(site: Site, page: str, group: Group, entity: Entity) -> list[str]:
    say = saying(site, page)
    place = group.place
    seen = (
        f"{entity.file}:{place.line}" if place and place.path == entity.place.path else str(place.path) if place else ""
    )
    kinds = dict.fromkeys(sort_words(site, member) for member in group.members)
    return [
        ", ".join(say(member) for member in dict.fromkeys(group.members)),
        escape(", ".join(kinds)),
        f"<code>{escape(seen)}</code>" if seen else "",
    ]


def _write(element: CatalogueElement) -> str:
    command = f"mkdocs-sre new service {element.id}"
    return (
        f"`{command}` starts one. What it says of its dependencies counts before the catalogue, "
        "and it takes the place of this page.\n"
    )


def _name(element: CatalogueElement) -> str:
    return element.entity.title.strip() or element.id


def _sort(element: CatalogueElement) -> str:
    """Return what an entity is, in plain text."""
    if element.entity.name.kind == API:
        return "API of several providers" if element.logical else "API that nobody here provides"
    return element.kind


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"
