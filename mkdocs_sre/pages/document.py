"""A typed page: its author's Markdown, under a head and above what points here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.pages.bodies import body_of
from mkdocs_sre.pages.due import due_banners, due_marks, due_words, freshness
from mkdocs_sre.pages.escape import escape, escape_lines, escape_url, prose
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.indexes import documents_table
from mkdocs_sre.pages.links import rewrite_links
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page, relative
from mkdocs_sre.pages.titles import page_title, safe_title
from mkdocs_sre.reading.front_matter import split
from mkdocs_sre.reading.page import PageText, put_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.finding import Defect
    from mkdocs_sre.knowledge import Mention
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.reading.source import Source

MAX_POINTING = 20  # places listed under "What points here"; the rest is counted
MAX_DEFECTS = 10  # faults listed on a page; the build names them all
UNREADABLE = "The front matter of this page could not be read, so nothing in it counts."
DAMAGED = "Some keys of this page are wrong, so what its front matter says is not shown."
LEFT_OUT = "This page could not be read, so it is left out."
_TITLE = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)*(# [^\n]*|[^\s#<>|`~*+-][^\n]*\n=+[ \t]*(?=\n|$))", re.DOTALL)


def as_it_is(markdown: str) -> str:
    """Return Markdown as it is."""
    return markdown


def decorate(site: Site, page: str, markdown: str, kept: Callable[[str], str] = as_it_is) -> str:
    """Return the Markdown of a page as it is published: links by id resolved, and with its head when it is typed.

    `kept` returns what is to stand there of a stretch of Markdown that is ours.
    """
    source = site.base.source_by_path.get(page)
    if source is not None and source.defects:
        markdown = _without_front_matter(source, markdown)
    markdown = rewrite_links(site.base, page, markdown)
    documents = site.base.by_path.get(page)
    if documents is None:
        return _with_defects(source, markdown)
    if documents[0].listed:
        return _listing(site, page, documents, markdown, kept)
    return _typed(site, page, documents[0], markdown, kept)


def listed_pages(site: Site) -> Iterator[Page]:
    """Yield a page for each service that stands in a list: its head, and what the graph and other documents tell of it."""
    for service in site.base.of_kind(Service):
        path = site.listed_pages.get(id(service))
        if path is not None:
            keys = {"title": safe_title(service.name), "search": {"boost": 2}}
            listing = page_title(site, service.path) or Service.plural
            where = f"{relative(path, service.path)}#{escape_url(service.id.lower())}"
            written = f"Written in [{escape(listing)}]({where}).\n{{: .sre-more }}\n"
            yield Page(path, service.name, put_together(PageText(keys, _typed(site, path, service, written))))


def notice(source: Source) -> str:
    """Return the page that stands for one that cannot be read."""
    return render("notice.md.jinja", path=source.path, banner=_banner(source.defects, LEFT_OUT), escape=escape)


def _typed(site: Site, page: str, document: Document, markdown: str, kept: Callable[[str], str] = as_it_is) -> str:
    title, rest = _split_title(markdown, document.name)
    head, body = head_of(document, site, page), body_of(document, site, page)
    fresh = freshness(site, document)
    # Facts without links are plain HTML: Python-Markdown takes four times as long for what it has to read itself.
    plain = [fact for fact in head.facts if not fact.linked]
    linked = [fact for fact in head.facts if fact.linked]
    top = render(
        "head.md.jinja",
        document=document,
        head=head,
        banners=(*(due_banners(site, page, document, fresh) if fresh else ()), *head.banners),
        due=due_words(fresh) if fresh else "",
        marks=due_marks(site, fresh) if fresh else "",
        soon=fresh is not None and fresh.state == "due-soon",
        title=title,
        plain=plain,
        linked=linked,
        escape=escape,
        prose=prose,
    )
    damaged = "" if document.origin.intact else _banner(site.base.source_by_path[document.path].defects, DAMAGED)
    own = body.marked(rest.strip("\n"))
    below = (body.below, pointing(site, page, [document], body.listed))
    return _joined(kept(_joined(top + damaged, body.above)), own, kept(_joined(*below)))


def _joined(*parts: str) -> str:
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def _listing(
    site: Site, page: str, documents: list[Document], markdown: str, kept: Callable[[str], str] = as_it_is
) -> str:
    """Return the page of a file that lists several documents: the author's text, and one table with an anchor each."""
    title, rest = _split_title(markdown, page_title(site, page) or type(documents[0]).plural)
    kind = f'<p class="sre-kind"><b>{escape(type(documents[0]).plural)}</b></p>'
    marked = f'data-sre="{escape(documents[0].id)}"'  # asked for by `sites/verify.py`
    head = f'<header class="sre-head" {marked} markdown="1">\n{kind}\n\n{title}\n\n</header>'
    defects = site.base.source_by_path[page].defects
    damaged = _banner(defects, DAMAGED) if defects else ""
    table = documents_table(site, page, type(documents[0]), documents)
    below = kept(_joined(table, pointing(site, page, documents)))
    return _joined(kept(_joined(head, damaged)), rest.strip("\n"), below)


def _without_front_matter(source: Source, markdown: str) -> str:
    """Return the text without the front matter that MkDocs could not read and left in it; it may hold anything.

    Without an end nobody knows where the text begins: then all of it is shown as it is written.
    """
    if any(defect.name == "unclosed-front-matter" for defect in source.defects) and markdown.startswith("---"):
        return f"<pre>{escape_lines(markdown)}</pre>\n"
    parts = split(markdown.lstrip())
    return markdown if parts.block is None else parts.body


def _banner(defects: list[Defect], say: str) -> str:
    more = len(defects) - MAX_DEFECTS
    return render("banner.md.jinja", say=say, defects=defects[:MAX_DEFECTS], more=more, prose=prose)


def _with_defects(source: Source | None, markdown: str) -> str:
    """Return an untyped page under what is wrong with it."""
    if source is None or not source.defects:
        return markdown
    return _banner(source.defects, UNREADABLE) + "\n" + markdown


def _split_title(markdown: str, name: str) -> tuple[str, str]:
    """Return the first heading, if the page begins with it, and the rest; else a heading made of the name."""
    found = _TITLE.match(markdown)
    return (found[1].strip(), markdown[found.end() :]) if found else (f"# {escape(name)}", markdown)


def pointing(site: Site, page: str, documents: Iterable[Document], listed_above: frozenset[str] = frozenset()) -> str:
    """Return the list of everything that names these documents, without what the page lists already."""
    names = [entry.id.lower() for document in documents for entry in document.entries()]
    rows: dict[str, tuple[Mention, set[str]]] = {}
    for mention in (one for name in names for one in site.base.mentions_of.get(name, ())):
        key = mention.document.id if mention.document else mention.path
        if key in listed_above:
            continue
        rows.setdefault(key, (mention, set()))[1].add(_key_words(mention.key))
    listed = [(_from(site, page, one), _label(one), ", ".join(sorted(keys - {""}))) for one, keys in rows.values()]
    listed.sort(key=lambda row: (row[1], row[0]))
    return render(
        "pointing.md.jinja",
        rows=listed[:MAX_POINTING],
        more=len(listed) - MAX_POINTING,
        above=bool(listed_above),
        escape=escape,
    )


def _key_words(key: str) -> str:
    """Return a key path as words: `dependencies.service` is `dependencies`, as only the first tells something."""
    return key.partition(".")[0].replace("_", " ")


def _from(site: Site, page: str, mention: Mention) -> str:
    if mention.document is not None:
        return site.link_document(page, mention.document)
    return site.link_path(page, mention.path)


def _label(mention: Mention) -> str:
    if mention.document is None:
        return "Page"
    name = mention.document.id
    return mention.document.label if name == mention.document.name else f"{mention.document.label} {name}"
