"""Annotations of alert rules set where they stand, so that every other byte of the rule file stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import yaml
from yaml import MappingNode, ScalarNode, SequenceNode

from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.rule_files import UNREAD, read_rules
from mkdocs_sre.reading.yaml_text import quoted

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # without libyaml the same, slower
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]  # the same interface, in Python

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_sre.documents.monitoring import AlertRule

ANNOTATIONS, ALERT = "annotations", "alert"
_PLAIN = re.compile(r"https?://[A-Za-z0-9._~/%@-]+(?::\d+)?[A-Za-z0-9._~/%@-]*")
_BREAK = re.compile(r"\r\n|\r|\n")


class Annotation(NamedTuple):
    """An annotation to set."""

    key: str
    value: str


class AnnotationError(Exception):
    """A rule file in which annotations cannot be set without a change of something else; `problems` holds a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def with_annotations(path: str, data: bytes, wanted: Mapping[Location, Annotation]) -> bytes:
    """Return a rule file in which alerts have an annotation, each by the place of its name; every other byte stays.

    What comes out is read again and compared: rules must say the same as before, and what is wanted. Raises
    AnnotationError where they do not, and for a file that cannot be read.
    """
    before = read_rules(path, data)
    unread = [one.fault for one in before.defects if one.name == UNREAD]
    if unread:
        raise AnnotationError([f"{one.location} {one.message}; {one.hint}" for one in unread])
    text = data.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    changed = mark + _Edits(text.removeprefix(mark)).made(wanted)
    after = read_rules(path, changed.encode())
    problems = [*_differences(before.rules, after.rules, wanted)]
    if problems:
        raise AnnotationError(problems)
    return changed.encode()


def _differences(
    before: tuple[AlertRule, ...], after: tuple[AlertRule, ...], wanted: Mapping[Location, Annotation]
) -> Iterator[str]:
    """Yield a line for each rule that would not say what it should."""
    if [rule.name for rule in before] != [rule.name for rule in after]:
        yield "the file holds an anchor, or something else that must stay, in the place of a link; set its links by hand"
        return
    nowhere = Location("")
    for old, new in zip(before, after, strict=True):
        given = wanted.get(old.place)
        meant = {**old.annotations, given.key: given.value} if given else old.annotations
        same = replace(new, place=nowhere, places={}) == replace(old, place=nowhere, places={}, annotations=meant)
        if not same:
            yield (
                f"{old.place} {old.name[:80]} shares its annotations with other rules, or is written in a way that cannot"
                " be changed alone; write its annotations out"
            )


class _Edits:
    """The changes to one text, by where they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(match.end() for match in _BREAK.finditer(text))]
        self._break = "\r\n" if "\r\n" in text else "\n"
        self._changes: dict[int, tuple[int, str]] = {}

    def made(self, wanted: Mapping[Location, Annotation]) -> str:
        """Return the text with all changes."""
        places = {self._lines[place.line - 1] + place.column - 1: one for place, one in wanted.items()}
        for document in yaml.compose_all(self._text, Loader=_Loader):
            for rule in _mappings(document, set()):
                name = _value(rule, ALERT)
                if name is not None and name.start_mark.index in places:
                    self._annotate(rule, name, places[name.start_mark.index])
        parts, position = [], 0
        for start, (end, text) in sorted(self._changes.items()):
            parts += [self._text[position:start], text]
            position = end
        return "".join([*parts, self._text[position:]])

    def _annotate(self, rule: MappingNode, name: yaml.Node, one: Annotation) -> None:
        annotations = _value(rule, ANNOTATIONS)
        if annotations is None:
            self._add_annotations(rule, name, one)
            return
        present = _value(annotations, one.key) if isinstance(annotations, MappingNode) else None
        if present is not None:
            self._replace(present, one)
        elif isinstance(annotations, MappingNode) and annotations.value:
            self._add_key(rule, annotations, one)
        else:
            self._fill(rule, annotations, one)

    def _replace(self, value: yaml.Node, one: Annotation) -> None:
        start, end = value.start_mark.index, value.end_mark.index
        style = getattr(value, "style", None)
        if style in ("|", ">"):  # it ends where the next thing begins
            end, style = start + len(self._text[start:end].rstrip()), ""
        text = _scalar(one.value, style)
        if start == end and self._text[start - 1 : start] == ":":
            text = f" {text}"
        self._changes[start] = end, text

    def _add_key(self, rule: MappingNode, annotations: MappingNode, one: Annotation) -> None:
        """Add a key before the first that comes after it in the alphabet, else before the first, and before its comments."""
        keys = [key for key, _ in annotations.value]
        index = next((index for index, key in enumerate(keys) if key.value > one.key), 0)
        start = keys[index].start_mark.index
        if annotations.flow_style:
            self._changes[start] = start, f"{_key(one.key, keys[index])}: {_scalar(one.value, keys[index].style)}, "
            return
        floor = annotations.value[index - 1][1].end_mark.index if index else _key_of(rule, ANNOTATIONS).end_mark.index
        indent = keys[index].start_mark.column
        line = bisect_right(self._lines, start) - 1
        while line and self._lines[line - 1] >= floor and self._line(line - 1).lstrip().startswith("#"):
            line -= 1
        at = self._lines[line]
        self._changes[at] = at, f"{' ' * indent}{_key(one.key, keys[index])}: {_scalar(one.value)}{self._break}"

    def _fill(self, rule: MappingNode, annotations: yaml.Node, one: Annotation) -> None:
        """Put a first key into annotations that are empty."""
        start, end = annotations.start_mark.index, annotations.end_mark.index
        key = _key_of(rule, ANNOTATIONS)
        text = f"{{{_key(one.key, key)}: {_scalar(one.value, key.style)}}}"
        self._changes[start] = end, f" {text}" if self._text[start - 1 : start] == ":" else text

    def _add_annotations(self, rule: MappingNode, name: yaml.Node, one: Annotation) -> None:
        key = _key_of(rule, ALERT)
        if rule.flow_style:
            end = name.end_mark.index
            held = f"{{{_key(one.key, key)}: {_scalar(one.value, key.style)}}}"
            self._changes[end] = end, f", {_key(ANNOTATIONS, key)}: {held}"
            return
        indent = " " * key.start_mark.column
        end = bisect_right(self._lines, max(name.end_mark.index - 1, name.start_mark.index)) - 1
        at = self._lines[end] + len(self._line(end))
        added = f"{indent}{_key(ANNOTATIONS, key)}:{self._break}{indent}  {_key(one.key, key)}: {_scalar(one.value)}"
        self._changes[at] = at, f"{self._break}{added}"

    def _line(self, index: int) -> str:
        """Return a line without its end."""
        following = self._lines[index + 1] if index + 1 < len(self._lines) else len(self._text)
        return self._text[self._lines[index] : following].rstrip("\r\n")


def _mappings(node: yaml.Node, seen: set[int]) -> Iterator[MappingNode]:
    """Yield the mappings at and below a node, each once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value, seen)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _mappings(item, seen)


def _value(node: MappingNode, key: str) -> yaml.Node | None:
    return next((value for one, value in node.value if one.value == key), None)


def _key_of(node: MappingNode, key: str) -> ScalarNode:
    found: ScalarNode = next(one for one, _ in node.value if one.value == key)
    return found


def _key(key: str, beside: ScalarNode) -> str:
    """Return a key as YAML takes it, quoted where the key beside it is."""
    return quoted(key) if beside.style == '"' or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", key) else key


def _scalar(value: str, style: str | None = None) -> str:
    """Return a value as YAML takes it, in the style of the one that it replaces where that is possible."""
    if style == "'" and "'" not in value and value.isprintable():
        return f"'{value}'"
    return value if style != '"' and _PLAIN.fullmatch(value) else quoted(value)
