"""The few keys that tell whether a file in history is a review, and which; without reading all that it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.reading.front_matter import split
from mkdocs_sre.reading.nodes import construct

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 16 * 1024 * 1024  # of a file that is looked at, as for the pages of the site
_HARMLESS = frozenset(("duplicate-key", "unclosed-front-matter"))
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
# What stands behind a key: nothing, or a plain or quoted text that ends on its line and does not go on below it;
# anything else is read as a whole.
_VALUE = re.compile(
    r"[ \t]*:(?:[ \t]+([^\s\"'\[\]{}|>&*!%@`#,?:-](?:[^:#\n]|:(?=\S)|(?<=\S)#)*?|\"[^\"\\\n]*\"|'[^'\n]*'))?[ \t]*(?:[ \t]#.*)?(?=\n(?![ \t\n]))"
)
_BEHIND = (" ", "\t", ":")  # what follows a key
_ODD_KEY = re.compile(r"\n[\"'?&!*{\[<]")  # at the margin: a key that may be spelled otherwise than it reads
# A line that opens nothing which goes on below it, so that what stands at the margin there is a key and no quoted text.
_CLOSED_LINES = re.compile(
    r"""(?:
        [^"'{\[\n]*+\n
        |[ \t]*+\#.*+\n
        |[ \t]*+(?:-[ \t]++)?+(?:[\w-]++[ \t]*+:[ \t]++)?+
         (?:[^\s"'\[\]{}|>&*!%@`\#,?:-](?:[^:\n]|:(?=\S))*+|"[^"\\\n]*+"[ \t]*+|'[^'\n]*+'[ \t]*+|\[[^\[\]{}"'\n]*+\][ \t]*+)\n
    )*+""",
    re.VERBOSE,
)


class Outline(NamedTuple):
    """What a file's front matter says under some keys, as text; `exact` when all of it was read, and not single lines."""

    values: Mapping[str, str]
    exact: bool


NOTHING = Outline({}, exact=True)


def outline(data: bytes, keys: frozenset[str], word: str = "") -> Outline:
    """Return what a file's front matter says under these keys; nothing without front matter, or when `word` is not in it.

    A key with a list or mapping below it, or with nothing, is left out. Lines at the left margin are believed when there
    is one for each key, no key may be spelled in another way, and no quoted text can reach down to them: what is not
    exact is to be asked of `exact_outline` before anybody is blamed for it.
    """
    block = _block(data)
    if block is None or (word not in block and "\\" not in block):
        return NOTHING
    quick = _at_the_margin(f"\n{block}", keys)
    return Outline(quick, exact=False) if quick is not None else _exact(block, keys)


def _at_the_margin(block: str, keys: frozenset[str]) -> dict[str, str] | None:
    if _ODD_KEY.search(block) is not None:
        return None
    found, last = {}, 0
    for key in keys:
        start, match = f"\n{key}", None
        position = block.find(start)
        while position >= 0:
            end = position + len(start)
            if block[end : end + 1] in _BEHIND:
                if match is not None:
                    return None
                match, last = _VALUE.match(block, end), max(last, position)
                if match is None:
                    return None
            position = block.find(start, end)
        if match is None:
            return None
        value = match[1] or ""
        if value not in _NULLS:
            found[key] = value[1:-1] if value[0] in "\"'" else value
    return found if _CLOSED_LINES.fullmatch(block, 0, last + 1) is not None else None


def exact_outline(data: bytes, keys: frozenset[str]) -> Outline:
    """Return the same from a whole reading of the front matter; nothing when it cannot be read."""
    block = _block(data)
    return _exact(block, keys) if block is not None else NOTHING


def _block(data: bytes) -> str | None:
    if len(data) > MAX_BYTES or not data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    return split(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).block


def _exact(block: str, keys: frozenset[str]) -> Outline:
    made = construct(block, "", 2)
    if made.absent or any(defect.name not in _HARMLESS for defect in made.defects):
        return NOTHING
    return Outline({key: value for key, value in made.items() if key in keys and isinstance(value, str)}, exact=True)
