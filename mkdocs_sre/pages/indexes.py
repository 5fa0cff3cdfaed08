"""One page a kind that lists its documents."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import columns_of, head_of
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.base import Document


@dataclass(frozen=True)
class _Row:
    link: str
    id: str
    values: dict[str, str]
    chips: str


def index_path(kind: type[Document]) -> str:
    """Return where the index of a kind stands; kinds that share a folder have an index folder of their own."""
    return f"{kind.index_folder or kind.folder}/index.md"


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the index of every kind that has documents."""
    for kind in kinds().values():
        documents = site.base.all_of_kind(kind)
        if documents:
            yield _index(site, kind, sorted(documents, key=lambda one: (one.name.casefold(), one.id)))


def _index(site: Site, kind: type[Document], documents: list[Document]) -> Page:
    path = index_path(kind)
    columns = columns_of(kind.kind)
    rows = [_row(site, path, document, columns) for document in documents]
    summary = cleandoc(kind.__doc__ or "").split("\n\n", 1)[0].replace("\n", " ")
    caption = f"{len(rows)} {kind.plural.lower() if len(rows) != 1 else kind.label.lower()}"
    markdown = render(
        "index.md.jinja", plural=kind.plural, label=kind.label, explanation=summary, caption=caption, columns=columns, rows=rows, escape=escape
    )
    return Page(path, kind.plural, markdown)


def _row(site: Site, path: str, document: Document, columns: tuple[str, ...]) -> _Row:
    head = head_of(document, site, path)
    facts = {fact.label: fact.value for fact in head.facts}
    values = {column: facts.get(column, "") for column in columns}
    return _Row(site.link_document(path, document), document.id, values, " ".join(chip.markdown() for chip in head.chips))
