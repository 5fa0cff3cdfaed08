"""Text from documents made safe for Markdown and HTML at once."""

from __future__ import annotations

import re
from urllib.parse import quote

_UNSAFE = re.compile(r"[\\`*_{}\[\]()#+!|~^=$:@<>&\"'/%]|(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])")
_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def escape(text: object) -> str:
    """Return the text as character references wherever Markdown, an extension, a macro or HTML could see a sign.

    White space and control characters become single spaces, so that the text stays in its line.

    >>> escape("a*b <i>")
    'a&#42;b &#60;i&#62;'
    """
    return _UNSAFE.sub(lambda match: f"&#{ord(match[0])};", _BLANK.sub(" ", str(text)).strip())


def escape_url(path: str) -> str:
    """Return a relative path of a file as the target of a Markdown link."""
    return quote(path, safe="/-_.~")
