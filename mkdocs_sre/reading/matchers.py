"""Alertmanager's matchers as text: `severity="critical"`, `{team=~"a|b", env!=prod}`.

Source: Alertmanager's documentation of matchers, where names and values may be quoted or not, and names may hold any
characters since version 0.27. What only the older form of matchers allows (any text behind the operator) is read too.
"""

from __future__ import annotations

import re

from mkdocs_sre.documents.monitoring import Matcher

MAX_CHARACTERS = 20_000  # of one text of matchers
_QUOTED = r'"(?:[^"\\]|\\.)*+"'
_PART = re.compile(rf'(?:{_QUOTED}|\\.|[^",\\]|\\)++', re.DOTALL)
_MATCHER = re.compile(rf"\s*+({_QUOTED}|[^\s{{}}!=~,\\\"'`]++)\s*+(=~|!=|!~|=)\s*+({_QUOTED}\s*+|[^\"]*+)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([abfnrtv\\\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_MEANT = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}
_CLASSIC = {"n": "\n", "\\": "\\", '"': '"'}  # all that the older form knows; other escapes stay as they are
_SURROGATES = range(0xD800, 0xE000)
_MOST = 0x10FFFF


def parse_matchers(text: str) -> list[Matcher]:
    """Return the matchers of one text, with or without braces. Raises ValueError for a text that holds none.

    >>> parse_matchers('{severity="critical", team=~a|b}')
    [Matcher(label='severity', operator='=', value='critical'), Matcher(label='team', operator='=~', value='a|b')]
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError(text[:80])
    bare = text.strip()
    if bare.startswith("{"):
        bare = bare[1:].removesuffix("}")
    return [_matcher(part) for part in _parts(bare)]


def _parts(text: str) -> list[str]:
    """Return what commas outside of quotes part; a last comma parts nothing."""
    parts, position = [], 0
    while position < len(text):
        found = _PART.match(text, position)
        if found is None or text[found.end() : found.end() + 1] not in ("", ","):
            raise ValueError(text[position : position + 80])
        parts.append(found[0])
        position = found.end() + 1
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return parts


def _matcher(text: str) -> Matcher:
    found = _MATCHER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Matcher(_unquoted(found[1]), found[2], _unquoted(found[3].strip()))


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    inner = text[1:-1]
    plain = [_code(match) for match in _ESCAPE.finditer(inner)]
    if all(one is not None for one in plain):
        found = iter(plain)
        return _ESCAPE.sub(lambda _: next(found) or "", inner)
    return re.sub(r"\\(.)", lambda match: _CLASSIC.get(match[1], match[0]), inner, flags=re.DOTALL)


def _code(match: re.Match[str]) -> str | None:
    """Return the character that an escape of Go stands for; None for one that Go does not know."""
    if match[1]:
        return _MEANT[match[1]]
    digits = match[2] or match[3] or match[4]
    number = int(digits, 16) if digits else -1
    return chr(number) if 0 <= number <= _MOST and number not in _SURROGATES else None
