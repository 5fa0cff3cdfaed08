"""The files that a page includes by `--8<-- "file"`, as the extension `pymdownx.snippets` reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXTENSION = "pymdownx.snippets"
MARK = "8<-"  # every inclusion holds it
MAX_NAME = 4096  # signs of a path; no system opens a longer one
_LINE = re.compile(
    r"[ \t]*+(?P<escape>;*+)-++8<-++(?:[ \t]++(?:\"(?P<double>(?:\\\"|[^\"])+)\"|'(?P<single>(?:\\'|[^'])+)')|(?P<block>))"
)
_PART = re.compile(r"(?:(?::-?[0-9]*+){1,2}(?:,-?[0-9]*+(?::-?[0-9]*+)?)*+|:[A-Za-z][-_0-9A-Za-z]*+)\Z")
_URL = re.compile(r"https?://", re.IGNORECASE)


def snippet_folders(extensions: Any, folder: Path, docs_dir: Path) -> tuple[Path, ...]:
    """Return where snippets are looked for, in this order; none when the extension is off.

    `extensions` is what a configuration holds under `markdown_extensions`: names, names with options, or both. Paths in
    it count from `folder`, that of the configuration.
    """
    options = _options(extensions)
    if options is None:
        return ()
    stated = options.get("base_path", ".")
    places = stated if isinstance(stated, Sequence) and not isinstance(stated, str) else [stated]
    named = [text for place in places if (text := _path(place))]
    known = {"$config_dir": folder, "$docs_dir": docs_dir}
    return tuple(_below(text, known) or folder / text for text in named)


def _options(extensions: Any) -> Mapping[str, Any] | None:
    """Return the options of the extension; None when it is not among the extensions."""
    listed = extensions if isinstance(extensions, list | tuple) else [extensions]
    for one in reversed(listed):
        if one == EXTENSION:
            return {}
        if isinstance(one, Mapping) and EXTENSION in one:
            options = one[EXTENSION]
            return options if isinstance(options, Mapping) else {}
    return None


def _path(place: Any) -> str:
    """Return a path as text; empty for what is none, or is known only while a page is built."""
    try:
        path = os.fspath(place)
    except Exception:  # noqa: BLE001 MkDocs' placeholder for the folder of the page raises an error of its own
        return ""
    return path if isinstance(path, str) and "\0" not in path else ""


def _below(text: str, known: Mapping[str, Path]) -> Path | None:
    """Return the folder that MkDocs' tag `!relative` names; None for any other text."""
    name, _, rest = text.partition("/")
    return known[name] / rest if name in known else None


def included(markdown: str) -> Iterator[str]:
    """Yield the names of the local files that a text includes, as written, without the lines or section behind them.

    Inclusion comes before everything else in Markdown, so it counts in code and comments too.
    """
    if MARK not in markdown:
        return
    inside = False
    for line in markdown.split("\n"):
        match = _LINE.fullmatch(line)
        if match is None or match["escape"]:
            if inside and match is None:
                yield from _named(line)
        elif match["block"] is not None:
            inside = not inside
        elif not inside:
            yield from _named(match["double"] or match["single"])


def _named(text: str) -> Iterator[str]:
    path = text.strip()
    if 0 < len(path) <= MAX_NAME and not path.startswith(";") and not _URL.match(path):
        part = next((at for at in range(len(path)) if path[at] == ":" and _PART.match(path, at)), len(path))
        if name := path[:part].strip():
            yield name
