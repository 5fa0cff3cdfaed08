"""One page a kind that lists its documents."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import kinds, ranked
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import columns_of, head_of, newest_by
from mkdocs_sre.pages.overviews import Group, overview_of
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page, Site, relative
from mkdocs_sre.pages.tables import STATE, Column, section, table
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.heads import Head


NARROW = frozenset(
    ("Owner", "Tier", "When", "Measured", "Reviewed", "Run", "Written", "Objective", "Budget")
)  # handles and days never break


MAX_ROWS = 100  # of an index that is a table; past that it is a list, which costs a third to render


def index_path(site: Site, kind: type[Document]) -> str:
    """Return where the index of a kind stands; the page that the author made for it, if there is one.

    Kinds that share a folder have an index folder of their own.
    """
    return site.folder_page(kind.index_folder or kind.folder)


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the index of every kind that has documents."""
    for kind in kinds().values():
        documents = site.base.all_of_kind(kind)
        if documents:
            yield _index(site, kind, documents)


def documents_table(site: Site, page: str, kind: type[Document], documents: Sequence[Document]) -> str:
    """Return documents of one kind as a table; those that have no page of their own get their anchor here."""
    return _listed(site, page, kind, (Group("", _sorted(kind, documents, site, page)),))


def _listed(site: Site, page: str, kind: type[Document], groups: Sequence[Group]) -> str:
    """Return groups of documents one after another, as tables or, past `MAX_ROWS` in all, as lists."""
    columns = (Column(kind.label, "fit"), *(_column(label) for label in columns_of(kind.kind)), STATE)
    number = sum(len(group.documents) for group in groups)
    parts = []
    for index, group in enumerate(groups):
        rows = [_row(site, page, document, head_of(document, site, page)) for document in group.documents]
        caption = counted(len(rows), _lower(kind.label), _lower(kind.plural))
        if group.title:
            caption = f"{len(rows):,} of {counted(number, _lower(kind.label), _lower(kind.plural))}"
        made = table(caption, columns, rows, f"list-{index}") if number <= MAX_ROWS else _long_list(caption, rows)
        parts.append(section(group.title, f"group-{index}", made) if group.title else made)
    return "\n".join(parts)


def _long_list(caption: str, rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a list: the link first, then what else is known, in one line each."""
    lines = [f"- {' · '.join(cell for cell in row if cell)}" for row in rows]
    return "\n".join([f"{escape(caption)}:", "", *lines, ""])


def _column(label: str) -> Column:
    return Column(label, "sre-num" if label in NARROW else "")


def _lower(label: str) -> str:
    """Return a label inside a sentence; abbreviations stay."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _sorted(kind: type[Document], documents: Sequence[Document], site: Site, page: str) -> list[Document]:
    found = sorted(documents, key=lambda one: (one.name.casefold(), one.id))
    label = newest_by(kind.kind)
    return sorted(found, key=lambda one: head_of(one, site, page).value(label), reverse=True) if label else found


def _index(site: Site, kind: type[Document], documents: Sequence[Document]) -> Page:
    path = index_path(site, kind)
    explanation = cleandoc(kind.__doc__ or "").split("\n\n", 1)[0].replace("\n", " ")
    view = overview_of(kind.kind, documents, site, path)
    listed = _listed(site, path, kind, view.groups or (Group("", _sorted(kind, documents, site, path)),))
    markdown = render(
        "index.md.jinja",
        plural=kind.plural,
        explanation=explanation,
        table="\n\n".join(part for part in (view.above, listed) if part),
        beside=_beside(site, path, kind),
        escape=escape,
        prose=prose,
    )
    return Page(path, kind.plural, markdown)


def _beside(site: Site, page: str, kind: type[Document]) -> str:
    """Return links to the indexes of the other kinds that the navigation gathers under the same area."""
    others = [one for one in ranked() if one is not kind and kind.area and one.area == kind.area]
    links = [
        f"[{escape(one.plural)}]({relative(page, index_path(site, one))})"
        for one in others
        if site.base.all_of_kind(one)
    ]
    return f"Also under {escape(kind.area)}: {', '.join(links)}" if links else ""


def _row(site: Site, page: str, document: Document, head: Head) -> list[str]:
    link = site.link_document(page, document)
    if document.listed and document.path == page:
        link += f"{{: #{document.id.lower()} }}"
    smalls = [escape(document.id)] if document.name != document.id else []
    if type(document).list_key and head.say:  # where some have no page, all say here what they are
        smalls.append(prose(head.say))
    small = f" <small>{' · '.join(smalls)}</small>" if smalls else ""
    values = [head.value(label) for label in columns_of(document.kind)]
    chips = head.chips if head.listed is None else head.listed
    return [link + small, *values, " ".join(chip.markdown() for chip in chips)]
