"""A page's text as MkDocs takes it apart before plugins see it: what its front matter says, and its Markdown.

The engine has a reader of its own, which keeps places and tells what is wrong. This one answers what MkDocs 1.6 would
hand on, without MkDocs: it swallows what it cannot read, and knows MultiMarkdown's lines `Key: value`.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)(?:\.\.\.|---)[ \t]*\n", re.DOTALL)
_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
_MORE = re.compile(r"(?: {4}|\t)\s*(.*)")
_BREAKS = "\x85\u2028\u2029"  # line breaks of Unicode that YAML knows too
_NEVER = 2**31 - 1  # a line of YAML is never folded, so that no line of it can look like the end of the block


class PageText(NamedTuple):
    """What front matter says, and the Markdown below it."""

    meta: dict[Any, Any]
    markdown: str


def decoded(data: bytes) -> str:
    """Return the text of a file that is UTF-8, without its mark, with LF as line ends."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def take_apart(text: str) -> PageText:
    """Return the front matter's values and the Markdown of a text whose line ends are LF."""
    block = _BLOCK.match(text)
    if block is None:
        return _multimarkdown(text)
    try:
        values = yaml.load(block[1], _Loader)  # noqa: S506 safe, and the one in C
    except Exception:  # noqa: BLE001 PyYAML raises whatever a constructor raises; then MkDocs shows the block as text
        return PageText({}, text)
    return PageText(values, text[block.end() :].lstrip("\n")) if isinstance(values, dict) else PageText({}, text)


def put_together(page: PageText) -> str:
    """Return the text of a page which `take_apart` takes apart into the same; blank lines above its Markdown fall away."""
    if page.meta:
        block = _dumped(page.meta, as_it_is=True)
        if any(sign in block for sign in _BREAKS):  # YAML would fold them into a space
            block = _dumped(page.meta, as_it_is=False)
        return f"---\n{block}---\n\n{page.markdown}"
    guard = "" if take_apart(page.markdown) == PageText({}, page.markdown) else "\n"  # then nothing above is looked at
    return guard + page.markdown


def _dumped(meta: dict[Any, Any], *, as_it_is: bool) -> str:
    return str(yaml.safe_dump(meta, allow_unicode=as_it_is, sort_keys=False, width=_NEVER, default_flow_style=False))


def _multimarkdown(text: str) -> PageText:
    meta: dict[Any, Any] = {}
    lines = text.split("\n")
    key = ""
    read = 0
    for line in lines:
        if not line.strip():
            read += 1
            break
        if named := _KEY.match(line):
            key = named[1].lower().strip()
            value = named[2].strip()
            meta[key] = f"{meta[key]} {value}" if key in meta else value
        elif key and (more := _MORE.match(line)):
            meta[key] += f" {more[1].strip()}"
        else:
            break
        read += 1
    return PageText(meta, "\n".join(lines[read:]).lstrip("\n"))
