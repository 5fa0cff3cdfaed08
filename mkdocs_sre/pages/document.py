"""A typed page: its author's Markdown, under a head and above what points here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.links import rewrite_links
from mkdocs_sre.pages.render import render
from mkdocs_sre.reading.scanner import scan

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.knowledge import Mention
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.reading.source import Source

MAX_POINTING = 50  # places listed under "What points here"; the rest is counted


def decorate(site: Site, page: str, markdown: str) -> str:
    """Return the Markdown of a page as it is published: links by id resolved, and with its head when it is typed."""
    markdown = rewrite_links(site.base, page, markdown)
    documents = site.base.by_path.get(page)
    if documents is None:
        return _with_defects(site.base.source_by_path.get(page), markdown)
    if documents[0].listed:
        return markdown.rstrip("\n") + "\n\n" + _listing(site, page, documents)
    document = documents[0]
    title, rest = _split_title(markdown, document)
    head = render("head.md.jinja", document=document, head=head_of(document, site, page), title=title, escape=escape)
    return head + rest.strip("\n") + "\n\n" + _pointing(site, page, document)


def notice(source: Source) -> str:
    """Return the page that stands for one that cannot be read."""
    return render("notice.md.jinja", path=source.path, defects=source.defects, escape=escape)


def _with_defects(source: Source | None, markdown: str) -> str:
    if source is None or not source.defects:
        return markdown
    return render("banner.md.jinja", defects=source.defects, escape=escape) + markdown


def _split_title(markdown: str, document: Document) -> tuple[str, str]:
    """Return the line of the first heading, if the page begins with it, and the rest; else a heading of our own."""
    body = scan(markdown.split("\n"))
    first = body.headings[0] if body.headings else None
    lines = markdown.split("\n")
    if first is not None and first.level == 1 and lines[first.line - 1].lstrip().startswith("#") and not "".join(lines[: first.line - 1]).strip():
        return lines[first.line - 1].strip(), "\n".join(lines[first.line :])
    return f"# {escape(document.name)}", markdown


def _listing(site: Site, page: str, documents: list[Document]) -> str:
    rows = [(document, head_of(document, site, page)) for document in documents]
    return render("listing.md.jinja", rows=rows, label=type(documents[0]).plural, escape=escape)


def _pointing(site: Site, page: str, document: Document) -> str:
    mentions = [one for entry in document.entries() for one in site.base.mentions_of.get(entry.id.lower(), ())]
    rows: dict[str, tuple[Mention, set[str]]] = {}
    for mention in mentions:
        name = mention.document.id if mention.document else mention.path
        rows.setdefault(name, (mention, set()))[1].add(mention.key.replace("_", " ").replace(".", ", "))
    listed = [(_from(site, page, mention), _label(mention), ", ".join(sorted(keys - {""}))) for mention, keys in rows.values()]
    listed.sort(key=lambda row: (row[1], row[0]))
    return render("pointing.md.jinja", rows=listed[:MAX_POINTING], more=len(listed) - MAX_POINTING, escape=escape)


def _from(site: Site, page: str, mention: Mention) -> str:
    if mention.document is not None:
        return site.link_document(page, mention.document)
    return site.link_path(page, mention.path)


def _label(mention: Mention) -> str:
    return mention.document.label if mention.document else "Page"

