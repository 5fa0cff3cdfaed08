"""Where the values of JSON texts stand, against a writer that notes it while it writes."""

from __future__ import annotations

import json
from itertools import cycle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.reading.json_places import Lines, Path, places, repeated, spots, too_deep

AWKWARD = st.sampled_from(['"', "\\", "\n", ",", ":", "{", "}", "[", "]", '\\"', "ü", "\u2028", "\ud800", "\x00", "a"])
TEXTS = st.lists(AWKWARD, max_size=5).map("".join)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)
SPACES = st.lists(st.sampled_from(["", " ", "\n", "\r\n", "\t ", "\n\n   "]), min_size=1, max_size=7)


class Writer:
    """Writes JSON and notes where each value and its key begin."""

    def __init__(self, spaces: list[str], *, ascii_only: bool) -> None:
        self.spaces = cycle(spaces)
        self.ascii_only = ascii_only
        self.text = ""
        self.noted: list[tuple[Path, int, int]] = []

    def put(self, token: str) -> int:
        self.text += next(self.spaces)
        at = len(self.text)
        self.text += token
        return at

    def word(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=self.ascii_only)

    def write(self, value: Any, path: Path = (), key: int | None = None) -> None:
        if isinstance(value, dict | list):
            at = self.put("{" if isinstance(value, dict) else "[")
            self.noted.append((path, at if key is None else key, at))
            for position, name in enumerate(value):
                if position:
                    self.put(",")
                if isinstance(value, dict):
                    place = self.put(self.word(name))
                    self.put(":")
                    self.write(value[name], (*path, name), place)
                else:
                    self.write(name, (*path, position))
            self.put("}" if isinstance(value, dict) else "]")
        else:
            at = self.put(self.word(value))
            self.noted.append((path, at if key is None else key, at))


@given(VALUES, SPACES, st.booleans())
def test_every_value_is_where_it_was_written(value: Any, spaces: list[str], ascii_only: bool) -> None:  # noqa: FBT001
    writer = Writer(spaces, ascii_only=ascii_only)
    writer.write(value)
    assert json.loads(writer.text) == value
    assert [tuple(one) for one in spots(writer.text)] == writer.noted
    assert {path: (one.key, one.value) for path, one in places(writer.text, [n[0] for n in writer.noted]).items()} == {
        path: (key, at) for path, key, at in writer.noted
    }
    assert list(repeated(writer.text)) == []


@given(st.text(alphabet="a\n\rü", max_size=40), st.data())
def test_lines_are_those_of_an_editor(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset].split("\n")
    assert Lines(text).place(offset) == (len(before), len(before[-1]) + 1)


def test_a_key_twice_is_no_rival_below() -> None:
    text = '{"a": {"x": 1}, "b": {"x": 1}, "a": {"x": 2, "x": 3}}'
    assert [(first.key, again.key) for first, again in repeated(text)] == [(1, text.rindex('"a"')), (37, 45)]


def test_nesting_is_told_where_it_passes_the_most() -> None:
    assert too_deep('[["[[[["], {}]', 2) is None
    assert too_deep('[["[[[["], {"a": []}]', 2) == 17
    assert too_deep("[" * 10 + '"' + '\\"' * 10, 3) == 3
