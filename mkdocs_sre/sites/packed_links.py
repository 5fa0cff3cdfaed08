"""Links and images of a page that leaves its site: what comes along is linked, all else is told by its address."""

from __future__ import annotations

import posixpath
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Attributes = list[tuple[str, str | None]]
AWAY = ("http", "https", "mailto", "tel")  # schemes of links that lead elsewhere, and stay


class Surroundings:
    """What stands around packed pages.

    `places` gives the place in the pack of each page that comes along, by every path that links may name it by (its own
    and that of the built page); `image` the place of an image by its path in the docs folder, empty when it does not
    come along; `address` the address of any path on the site, for people to read.
    """

    def __init__(self, places: Mapping[str, str], image: Callable[[str], str], address: Callable[[str], str]) -> None:
        self.places = places
        self.image = image
        self.address = address


def relinked(html: str, page: str, place: str, around: Surroundings) -> str:
    """Return the HTML of a page for its place in the pack; `page` is its path in the docs folder.

    Links to pages that come along lead to their places. Of a link to any other page of the site the label stays, with
    the address behind it. Links to other hosts stay, images of other hosts do not, so that nothing is asked for.
    """
    rewriter = _Rewriter(page, place, around)
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.written)


class _Rewriter(HTMLParser):
    """Copies HTML as it is written, but for links and images."""

    def __init__(self, page: str, place: str, around: Surroundings) -> None:
        super().__init__(convert_charrefs=False)
        self.page = page
        self.place = place
        self.around = around
        self.written: list[str] = []
        self.ends: list[str] = []  # what each open link ends in
        self.drawings = 0  # open `svg` elements, in which a link is replaced by a group

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Write a tag; that of a link or image as it must be here."""
        text = self.get_starttag_text() or ""
        if tag == "svg":
            self.drawings += 1
        if tag == "a":
            self._link(text, attrs)
        elif tag == "img":
            self._image(attrs)
        else:
            self.written.append(text)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Write a tag that closes itself."""
        if tag == "img":
            self._image(attrs)
        else:
            self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """Write an end tag; that of a link as it began."""
        if tag == "svg":
            self.drawings = max(0, self.drawings - 1)
        self.written.append(self.ends.pop() if tag == "a" and self.ends else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text as it is."""
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        """Write a reference as it is."""
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a reference as it is."""
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Leave out what nobody sees."""

    def _link(self, text: str, attrs: Attributes) -> None:
        target = dict(attrs).get("href")
        if target is None or target.startswith("#") or urlsplit_scheme(target) in AWAY:
            self._open(text, "</a>")
            return
        path, anchor = self._resolved(target)
        if path in self.around.places:
            there = posixpath.relpath(self.around.places[path], posixpath.dirname(self.place) or ".")
            self._open(_tag("a", _with(attrs, "href", quote(there) + anchor)), "</a>")
            return
        tag = "g" if self.drawings else "span"
        address = "" if self.drawings else f" <small>({escape(self.around.address(path) + anchor)})</small>"
        self._open(_tag(tag, [one for one in attrs if one[0] in ("class", "id")]), f"{address}</{tag}>")

    def _open(self, text: str, end: str) -> None:
        self.written.append(text)
        self.ends.append(end)

    def _image(self, attrs: Attributes) -> None:
        values = dict(attrs)
        source = values.get("src") or ""
        inline = source.startswith("data:image/")
        place = "" if urlsplit_scheme(source) else self.around.image(self._resolved(source)[0])
        if place or inline:
            there = source if inline else quote(posixpath.relpath(place, posixpath.dirname(self.place) or "."))
            self.written.append(_tag("img", _with([one for one in attrs if one[0] != "srcset"], "src", there)))
        else:
            address = f" <small>({escape(source)})</small>" if source else ""
            self.written.append(f"<span>{escape(values.get('alt') or 'image')}{address}</span>")

    def _resolved(self, target: str) -> tuple[str, str]:
        """Return the path in the docs folder that a target names, and its anchor with the sign before it."""
        bare, sign, anchor = target.partition("#")
        path = unquote(bare.partition("?")[0])
        joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(self.page), path)
        return posixpath.normpath(joined) + ("/" if path.endswith("/") else ""), sign + anchor


def urlsplit_scheme(target: str) -> str:
    """Return the scheme of an address, `//` for one that leaves the site without a scheme; empty for a path."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return "?"
    return parts.scheme or ("//" if parts.netloc else "")


def _with(attrs: Attributes, name: str, value: str) -> Attributes:
    return [*((key, old) for key, old in attrs if key != name), (name, value)]


def _tag(name: str, attrs: Sequence[tuple[str, str | None]]) -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attrs)
    return f"<{name}{written}>"
