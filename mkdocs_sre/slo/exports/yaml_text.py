"""Values as YAML: block style, long texts as literal blocks, whatever text it is; keys stay in their order."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from yaml.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

_Emitter = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_STRING = "tag:yaml.org,2002:str"
_WIDE = 1_000_000  # columns: no line is folded
_REMEMBERED = 10_000  # texts of which it is known whether they need quotes; labels come again and again


def yaml_text(value: Any) -> str:
    r"""Return one YAML document that says the value: text, whole numbers, true or false, lists and mappings with text as keys.

    The events are made here and written by libyaml, which is several times as fast as PyYAML's representer.

    >>> print(yaml_text({"rules": [{"expr": "a\nor\nb", "tier": "2"}]}), end="")
    rules:
    - expr: |-
        a
        or
        b
      tier: '2'
    """
    written: str = yaml.emit(_stream(value), Dumper=_Emitter, width=_WIDE, allow_unicode=True)
    return written


def _stream(value: Any) -> Iterator[Event]:
    yield StreamStartEvent()
    yield DocumentStartEvent(explicit=False)
    yield from _events(value)
    yield DocumentEndEvent(explicit=False)
    yield StreamEndEvent()


def _events(value: Any) -> Iterator[Event]:
    if isinstance(value, str):
        yield _scalar(value)
    elif isinstance(value, bool):
        yield ScalarEvent(None, None, (True, False), "true" if value else "false")
    elif isinstance(value, int):
        yield ScalarEvent(None, None, (True, False), str(value))
    elif hasattr(value, "items"):
        yield MappingStartEvent(None, None, True, flow_style=not value)  # noqa: FBT003 PyYAML's signature
        for key, item in value.items():
            yield _scalar(key)
            yield from _events(item)
        yield MappingEndEvent()
    else:
        yield SequenceStartEvent(None, None, True, flow_style=not value)  # noqa: FBT003 PyYAML's signature
        for item in value:
            yield from _events(item)
        yield SequenceEndEvent()


def _scalar(text: str) -> Event:
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text
    if "\n" in text:
        return ScalarEvent(None, None, (False, True), text, style="|")
    return ScalarEvent(None, None, (_is_plain(text), True), text)


@lru_cache(_REMEMBERED)
def _is_plain(text: str) -> bool:
    """Whether a text without quotes is read as text again, and not as a number, a day or nothing."""
    found: str = Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return found == _STRING
