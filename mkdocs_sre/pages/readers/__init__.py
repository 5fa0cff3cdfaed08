"""One page a reader, with what is meant for them gathered from all documents.

One module a reader, found by looking; a reader for whom there is nothing gets no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from mkdocs_sre.pages.blocks import Block
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page

if TYPE_CHECKING:
    from mkdocs_sre.pages.site import Site

READERS = "readers"  # the folder of the pages
BlocksFunction = Callable[["Site", str], Iterable[Block]]


@dataclass(frozen=True)
class Reader:
    """Somebody who comes with one set of questions: who, what they find in one sentence, and what makes the page.

    `rank` is the place among the others, the lowest first.
    """

    title: str
    say: str
    rank: int
    make: BlocksFunction

    @property
    def path(self) -> str:
        """Where the page stands in the docs folder."""
        return f"{READERS}/{self.title.lower().replace(' ', '-')}.md"


_readers: dict[str, Reader] = {}


def reader(title: str, say: str, *, rank: int) -> Callable[[BlocksFunction], BlocksFunction]:
    """Register the function below as what makes the blocks of a reader's page."""

    def register(function: BlocksFunction) -> BlocksFunction:
        _readers[title] = Reader(title, say, rank, function)
        return function

    return register


@cache
def readers() -> tuple[Reader, ...]:
    """Return every reader, in order."""
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return tuple(sorted(_readers.values(), key=lambda one: (one.rank, one.title)))


def reader_pages(site: Site) -> list[Page]:
    """Return the pages of all readers for whom there is something; before them one that leads to each."""
    found = [page for one in readers() if (page := _page(site, one)) is not None]
    if not found:
        return []
    front = f"{READERS}/index.md"
    doors = render("doors.md.jinja", doors=[(page.link(front), prose(page.say)) for page in found])
    return [Page(front, "Readers", render("readers.md.jinja", doors=doors)), *found]


def _page(site: Site, one: Reader) -> Page | None:
    blocks = [block for block in one.make(site, one.path) if block.content or block.fine or block.missing]
    if not any(block.content and not block.fixed for block in blocks):
        return None
    markdown = render(
        "reader.md.jinja",
        title=one.title,
        say=one.say,
        blocks=blocks,
        as_of=site.as_of.isoformat(),
        escape=escape,
        prose=prose,
    )
    return Page(one.path, one.title, markdown, one.say)
