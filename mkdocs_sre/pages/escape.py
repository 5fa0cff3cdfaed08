"""Text from documents made safe for Markdown and HTML at once."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

# Signs that Markdown or an extension reads anywhere; then dashes at an edge of a word, dots that would become an
# ellipsis, and the dot of `www.`, which would become a link.
_UNSAFE = re.compile(
    r"[\\`*_{}\[\]()#+!|~^=$:@<>&\"'/%]|(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])|\.(?=\.)|(?<=\.)\.|(?<=[Ww]{3})\."
)
_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def escape(text: object) -> str:
    """Return the text as character references wherever Markdown, an extension, a macro or HTML could see a sign.

    White space and control characters become single spaces, so that the text stays in its line.

    >>> escape("a*b <i>")
    'a&#42;b &#60;i&#62;'
    """
    return _escaped(str(text))


@lru_cache(maxsize=4096)  # labels, owners and ids come again on page after page
def _escaped(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"&#{ord(match[0])};", _BLANK.sub(" ", text).strip())


def escape_lines(text: str) -> str:
    """Return a text of several lines escaped line by line, without empty lines, at which Markdown would end a block."""
    return "\n".join(escape(line) for line in text.splitlines() if line.strip())


def escape_code(text: str) -> str:
    r"""Return the lines of code escaped as HTML, their white space kept, and none of them blank.

    >>> escape_code("if a:\n    b < 1\n\nc")
    'if a&#58;\n    b &#60; 1\n&#32;\nc'
    """
    return "\n".join(_code_line(line) for line in text.splitlines())


def _code_line(line: str) -> str:
    printable = _BLANK.sub(lambda match: match[0] if not match[0].strip(" \t") else " ", line).rstrip()
    return _UNSAFE.sub(lambda match: f"&#{ord(match[0])};", printable) or "&#32;"


def prose(text: object) -> str:
    """Return the text escaped, with what stands between backticks as code.

    >>> prose("run `ls *` now")
    'run <code>ls &#42;</code> now'
    """
    parts = str(text).split("`")
    if len(parts) % 2 == 0:  # a backtick that nothing closes is a backtick
        parts[-2:] = ["`".join(parts[-2:])]
    made = [f"<code>{escape(part)}</code>" if index % 2 else _kept(part) for index, part in enumerate(parts)]
    return "".join(made).strip()


def _kept(part: str) -> str:
    """Return a stretch of text escaped, with one space where it touches code with white space."""
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and part.strip() else ""
    return f"{before}{escape(part)}{after}"


def escape_url(path: str) -> str:
    """Return a relative path of a file as the target of a Markdown link."""
    return quote(path, safe="/-_.~")


_MARKUP = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;"})


def for_theme(value: Any) -> Any:
    """Return a value of front matter as a theme can print it, which it does as it is, also inside an attribute.

    Texts and lists of texts lose their power as markup; anything else is returned unchanged.

    >>> for_theme(['a "b"', "<i>", 3])
    ['a &quot;b&quot;', '&lt;i&gt;', 3]
    """
    if isinstance(value, str):
        return value.translate(_MARKUP)
    return [for_theme(one) for one in value] if isinstance(value, list) else value
