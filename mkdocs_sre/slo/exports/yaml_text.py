"""Values as YAML: block style, long texts as literal blocks, whatever text it is; keys stay in their order.

A writer of its own: PyYAML takes seven times as long as libyaml, which does its work, to make the events that it is given.
What it writes is read back by both of PyYAML's loaders in a property test.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml
from yaml.resolver import Resolver

_STRING = "tag:yaml.org,2002:str"
_REMEMBERED = 10_000  # texts of which it is known how they are written; names and labels come again and again
# Begins with a letter, and holds nothing that means something to YAML anywhere in a line.
_HARMLESS = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_./+()@~-]|:(?=[A-Za-z0-9_/])| (?=[A-Za-z0-9_(]))*")
_SHORT_BOOLEANS = ("y", "Y", "n", "N")  # in YAML 1.1, and for some readers still
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def yaml_text(value: dict[str, Any] | list[Any]) -> str:
    r"""Return one YAML document that says the value: text, numbers (int and Decimal), true or false, lists and mappings.

    >>> print(yaml_text({"rules": [{"expr": "a\nor\nb", "tier": "2", "for": "5m"}]}), end="")
    rules:
    - expr: |-
        a
        or
        b
      tier: '2'
      for: '5m'
    """
    lines: list[str] = []
    _write(value, "", "", lines)
    return "\n".join(lines) + "\n"


def _write(value: dict[str, Any] | list[Any], first: str, further: str, lines: list[str]) -> None:
    """Add the lines of a mapping or list: the first begins with `first`, each other with `further`."""
    begin = first
    if not value:
        lines.append(begin + ("{}" if isinstance(value, dict) else "[]"))
    elif isinstance(value, dict):
        if _is_flat(value):  # labels, of which there are many
            lines.append(begin + f"\n{further}".join([f"{scalar(key)}: {scalar(text)}" for key, text in value.items()]))
            return
        for key, item in value.items():
            _entry(f"{begin}{scalar(key)}:", item, further, lines)
            begin = further
    else:
        for item in value:
            if isinstance(item, dict | list):
                _write(item, f"{begin}- ", f"{further}  ", lines)
            else:
                _entry(f"{begin}-", item, further, lines)
            begin = further


def _is_flat(value: dict[str, Any]) -> bool:
    """Whether a mapping holds nothing but texts of one line."""
    try:
        return "\n" not in "".join(value.values())
    except TypeError:
        return False


def _entry(head: str, value: Any, further: str, lines: list[str]) -> None:
    if isinstance(value, str):
        if "\n" in value:
            lines.append(f"{head} {_block(value, further + '  ')}")
        else:
            lines.append(f"{head} {scalar(value)}")
    elif isinstance(value, dict | list):
        if value:
            below = f"{further}  " if isinstance(value, dict) else further
            lines.append(head)
            _write(value, below, below, lines)
        else:
            lines.append(f"{head} {'{}' if isinstance(value, dict) else '[]'}")
    elif isinstance(value, Decimal):
        lines.append(f"{head} {value:f}")  # not 1E-7, which some readers take for text
    else:
        lines.append(f"{head} {str(value).lower()}")


def _block(text: str, indent: str) -> str:
    """Return a text of several lines as a literal block; one that a block cannot hold between quotes."""
    body = text.removesuffix("\n")
    if body.endswith("\n") or body[:1] in ("", " ", "\n") or not body.replace("\n", "").isprintable():
        return scalar(text)
    return (
        ("|-\n" if body == text else "|\n")
        + indent
        + body.replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")
    )


@lru_cache(_REMEMBERED)
def scalar(text: str) -> str:
    """Return a text in one line: as it is where it is read as this text, else between quotes."""
    if _HARMLESS.fullmatch(text) and text not in _SHORT_BOOLEANS and _is_text(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _is_text(text: str) -> bool:
    """Whether a text without quotes is read as text again, and not as `true` or nothing."""
    found: str = Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return found == _STRING


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable():
        return sign
    return "?" if "\ud800" <= sign <= "\udfff" else f"\\U{ord(sign):08x}"  # half of a surrogate pair is no text
