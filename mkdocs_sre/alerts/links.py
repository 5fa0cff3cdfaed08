"""What the link of an alert says: which address of the site, and what is not right about how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_FILLED = 1_000  # links that one template with labels is made into

_LABEL = re.compile(
    r"\{\{-?\s*\$?\.?(?:labels|Labels)\.([A-Za-z_][A-Za-z0-9_]*)\s*(?:\|\s*(toLower|toUpper)\s*)?-?\}\}"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/?$|localhost(?::\d+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A link taken apart: the address in the site, decoded and without a leading slash, and the anchor.

    `ours` says that it leads to this site at all; `scheme` that it has none where one is needed.
    """

    ours: bool
    address: str = ""
    anchor: str = ""
    scheme: bool = True


_ELSEWHERE = Written(ours=False)


def filled(text: str, values: Mapping[str, Sequence[str]]) -> list[str] | None:
    """Return a link with its labels replaced by each of their values, in order; None when that cannot be told.

    That is so when a label has no declared values, when what stands between `{{` and `}}` is more than a label, or when
    there are more than `MAX_FILLED` of them. A template behind `?` changes no page and is left as it is.

    >>> filled("https://a/{{ $labels.type }}/", {"type": ["disk", "cpu"]})
    ['https://a/disk/', 'https://a/cpu/']
    """
    if "{{" not in text:
        return [text]
    asked, query, rest = _at_query(text)
    names = list(dict.fromkeys(found[1] for found in _LABEL.finditer(asked + rest)))
    if "{{" in _LABEL.sub("", asked + rest) or any(name not in values for name in names):
        return None
    number = 1
    for name in names:
        number *= len(values[name])
    if number > MAX_FILLED:
        return None
    return [
        _with(asked, dict(zip(names, chosen, strict=True))) + query + _with(rest, dict(zip(names, chosen, strict=True)))
        for chosen in product(*(values[name] for name in names))
    ]


def _at_query(text: str) -> tuple[str, str, str]:
    """Return what stands before a link's query, the query, and its anchor."""
    before, hash_mark, anchor = _outside_templates(text, "#")
    path, mark, query = _outside_templates(before, "?")
    return path, mark + query, hash_mark + anchor


def _outside_templates(text: str, sign: str) -> tuple[str, str, str]:
    position = 0
    while position < len(text):
        if text.startswith("{{", position):
            end = text.find("}}", position)
            position = len(text) if end < 0 else end + 2
        elif text[position] == sign:
            return text[:position], sign, text[position + 1 :]
        else:
            position += 1
    return text, "", ""


def _with(text: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        said = values[found[1]]
        return {"toLower": said.lower(), "toUpper": said.upper()}.get(found[2] or "", said)

    return _LABEL.sub(value, text)


def written(text: str, prefixes: Sequence[str]) -> Written:
    """Return what a link without templates says; `prefixes` are the addresses under which the site stands."""
    before, hash_mark, anchor = text.strip().partition("#")
    bare = before.partition("?")[0]
    anchor = unquote(anchor) if hash_mark else ""
    for prefix in sorted(prefixes, key=len, reverse=True):
        for scheme, address in _below(bare, prefix):
            return Written(ours=True, address=unquote(address), anchor=anchor, scheme=scheme)
    first = bare.partition("/")[0]
    if not bare or _SCHEME.match(bare) or bare.startswith("//") or _looks_like_host(first, bare):
        return _ELSEWHERE
    return Written(ours=True, address=unquote(bare.removeprefix("/").removeprefix("./")), anchor=anchor)


def _below(bare: str, prefix: str) -> Iterator[tuple[bool, str]]:
    """Yield whether a link has a scheme, and what of it stands below a prefix, if it does."""
    if not _WEB.match(prefix):  # such as `/sre/`
        folder = prefix.rstrip("/") + "/"
        if folder != "/" and (bare + "/").startswith(folder):
            yield True, bare[len(folder) :]
        return
    place = _WEB.sub("", prefix).rstrip("/")
    host, slash, folder = place.partition("/")
    said = _WEB.sub("", bare).removeprefix("//")
    if said[: len(host)].lower() != host.lower() or said[len(host) : len(host) + 1] not in ("", "/"):
        return
    path = said[len(host) :].lstrip("/")
    if not slash:
        yield _WEB.match(bare) is not None, path
    elif path == folder or path.startswith(f"{folder}/"):
        yield _WEB.match(bare) is not None, path[len(folder) + 1 :]


def _looks_like_host(first: str, bare: str) -> bool:
    return "/" in bare and not first.lower().endswith((".md", ".html")) and _HOST.match(first) is not None


def addresses_of(path: str, *, directory_urls: bool | None) -> Iterator[str]:
    """Yield the addresses at which MkDocs serves a page, below that of the site; the usual one first.

    `directory_urls` is MkDocs' option; None where it is not known, and both forms count.

    >>> list(addresses_of("node/disk.md", directory_urls=True)), list(addresses_of("node/index.md", directory_urls=True))
    (['node/disk/', 'node/disk/index.html'], ['node/', 'node/index.html'])
    """
    stem = path.rpartition(".")[0]
    folder, slash, name = stem.rpartition("/")
    if name in ("index", "README"):
        yield folder + slash
        yield f"{folder}{slash}index.html"
        return
    if directory_urls is not False:
        yield f"{stem}/"
        yield f"{stem}/index.html"
    if directory_urls is not True:
        yield f"{stem}.html"
