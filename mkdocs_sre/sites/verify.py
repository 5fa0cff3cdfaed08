"""Whether a built site shows what the engine has to say: some generators pass over a plugin that they do not know."""

from __future__ import annotations

import html
import os
import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.pages.alerts.redirects import redirects
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.generated import SCRIPT, STYLE_SHEET, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

MAX_BYTES = 32 * 1024 * 1024  # of one page; what stands behind is not looked at
MAX_LINKS = 3  # left links of one page that are named
FRONT_PAGES = ("index", "readme")
BUILD = "build with the plugin `sre`, or from what `mkdocs-sre render` writes"
_VALUE = rb"""(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"""
_HEAD = re.compile(rb"<header\s[^<>]*?\bdata-sre=" + _VALUE, re.IGNORECASE)
_LINK = re.compile(rb"<[a-z][^<>]*?\s(?:href|src)=[\"']?(sre:[^\"'\s<>]*)", re.IGNORECASE)
_STYLED = STYLE_SHEET.removesuffix(".css").encode()  # a minifier may put something before the ending
_SCRIPTED = SCRIPT.removesuffix(".js").encode()
_DUE = b"data-sre-due="  # what the script counts with


class Lack(NamedTuple):
    """What a built site lacks: the file (relative to the site), the cause, the cure."""

    path: str
    cause: str
    cure: str = BUILD

    def __str__(self) -> str:
        return f"{self.path}: {self.cause}; {self.cure}"


class _Page(NamedTuple):
    heads: frozenset[str]
    links: tuple[str, ...]
    styled: bool
    scripted: bool
    due: bool


def verify(site: Site, built: Path) -> list[Lack]:
    """Return what the built site lacks, in order of files: our heads and pages, style and script, links by id resolved.

    Whether addresses end in `/` or in `.html` does not matter. A page that cannot be read counts as missing.
    """
    known = {path: read for path in _html_files(built) if (read := _read(built / path)) is not None}
    found = [lack for path, documents in site.base.by_path.items() for lack in _head(path, documents[0], known)]
    made = [*pages(site)] if site.base.settings.pages else []
    found += [
        Lack(_places(page.path)[0], f"the generated page “{page.title}” is missing")
        for page in made
        if not any(place in known for place in _places(page.path))
    ]
    found += [
        Lack(path, "a further address of an alert leads nowhere")
        for path, _ in redirects(site, [page.path for page in made])
        if not (built / path).is_file()  # a file system may take another case of the name for the same
    ]
    headed = [path for path, page in known.items() if page.heads]
    if headed and not any(known[path].styled for path in headed):
        cure = f"add `extra_css: [{STYLE_SHEET}]` to the configuration of the generator"
        found.append(Lack(headed[0], "no page loads the style sheet of the engine", cure))
    due = [path for path in headed if known[path].due]
    if due and not any(known[path].scripted for path in due):
        cause = "no page loads the script of the engine, so what comes due after the build is not told"
        found.append(Lack(due[0], cause, f"add `extra_javascript: [{SCRIPT}]` to the configuration of the generator"))
    found += [Lack(path, _left(page.links)) for path, page in known.items() if page.links]
    return sorted(found)


def _head(path: str, document: Document, known: dict[str, _Page]) -> Iterator[Lack]:
    """Yield what the page of a document lacks; of several in one file the first is asked for."""
    wanted = html.unescape(escape(document.id))
    name = f"{document.label} {wanted}"
    places = [place for place in _places(path) if place in known]
    if not places:
        yield Lack(_places(path)[0], f"{name} has no page", "build again, or see why the generator leaves it out")
    elif not any(wanted in known[place].heads for place in places):
        yield Lack(places[0], f"{name} has no head, so the engine has not seen this page")


def _left(links: tuple[str, ...]) -> str:
    more = len(links) - MAX_LINKS
    named = ", ".join(f"`{link}`" for link in links[:MAX_LINKS]) + (f" and {more} more" if more > 0 else "")
    return f"links by id are left as they were written: {named}"


def _places(path: str) -> list[str]:
    """Return where the page of a Markdown file may stand in a built site, the usual place first."""
    stem = path.rpartition(".")[0]
    folder, _, name = stem.rpartition("/")
    front = [f"{folder}/index.html".lstrip("/")] if name.lower() in FRONT_PAGES else []
    return [*front, f"{stem}/index.html", f"{stem}.html"]


def _html_files(built: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(built):
        folders.sort()
        inside = os.path.relpath(parent, built).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        yield from (f"{prefix}{name}" for name in sorted(names) if name.endswith(".html"))


def _read(file: Path) -> _Page | None:
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            return None
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES)
    except OSError:
        return None
    heads = frozenset(html.unescape(_text(next(filter(None, one), b""))) for one in _HEAD.findall(data))
    links = tuple(dict.fromkeys(_text(one) for one in _LINK.findall(data))) if b"sre:" in data else ()
    return _Page(heads, links, _STYLED in data, _SCRIPTED in data, _DUE in data)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
