"""Front matter: where it begins and ends, its values as text, and the place of every key and value.

libyaml composes the nodes; values and marks are made from them in one walk. Scalars keep the text that stands in the
file (`version: 1.10` is "1.10"): the models know what each key wants. Nothing of YAML's tags is ever constructed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import frontmatter.default_handlers
import yaml

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import Mark, Marks

# libyaml's parser without any implicit type; without libyaml reading works all the same, slower.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MAX_CHARACTERS = 262_144  # of front matter; past that it is data, not a document's head
MAX_NESTING = 64  # lists and mappings in each other
MAX_BRACKETS = 2_000  # `[` and `{`: libyaml's composer recurses in C, and some 20,000 open ones crash the process
MAX_ALIASED_NODES = 1_000  # nodes reached through aliases, each time they are; past that the block is refused

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$")
_LATE_OPENING = re.compile(r"\s*\n---[ \t]*\n[ \t]*['\"]?[\w.-]+['\"]?[ \t]*:(?:[ \t].*)?\n")
_KEY_LINE = re.compile(r"[ \t]*['\"]?[\w.-]+['\"]?[ \t]*:(?:[ \t]|$)")
_COMPACT_NESTING = re.compile(rf"(?m)^[ \t]*(?:[-?][ \t]+){{{MAX_NESTING},}}")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_HINTS = (
    ("'@'", 'quote it: `owner: "@team"`'),
    ("'`'", "quote the value"),
    ("'%'", "quote the value"),
    ("'\\t'", "indent with spaces"),
    ("mapping values are not allowed", 'quote a value that holds ": "'),
    ("did not find expected key", "check the indentation, and quote values that begin with a quote or hold `: `"),
)


class Split(NamedTuple):
    """A file's text in two: the YAML (None without front matter), the index of its first line, and the body's."""

    block: str | None
    block_line: int
    body_line: int
    body: str


class Marked(dict[str, Any]):
    """A mapping as read, its values text, None, lists and mappings.

    `marks` has the places, `defects` what is wrong; `blanks` says that a value is empty or may still be `TODO`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.marks: Marks = {}
        self.defects: list[Defect] = []
        self.blanks = False


class MarkedHandler(frontmatter.default_handlers.BaseHandler):
    """A python-frontmatter handler whose `load` returns a `Marked` mapping.

    Use as `frontmatter.load(path, handler=MarkedHandler())`, or by its methods where the places are wanted.
    """

    FM_BOUNDARY = _CLOSING
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, path: str = "", first_line: int = 2) -> None:
        self.path = path
        self.first_line = first_line

    def detect(self, text: str) -> bool:
        """Whether the text begins with front matter."""
        return split(text).block is not None

    def split(self, text: str) -> tuple[str, str]:
        """Return front matter and body."""
        parts = split(text)
        return parts.block or "", parts.body

    def load(self, fm: str, **_: object) -> Marked:
        """Return the values and marks of a block of front matter; what is wrong stands in `defects`."""
        return _Construction(self.path, self.first_line).run(fm)


def split(text: str) -> Split:
    """Return the parts of a text whose line ends are LF. Front matter begins in the very first line, as for MkDocs."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return Split(None, 1, 1, text)
    block = text[opening.end() : closing.start()]
    body_line = 3 + block.count("\n")
    return Split(block, 2, body_line, text[closing.end() + 1 :])


def misplaced(path: str, text: str) -> Defect | None:
    """Return what is wrong with a text in which `split` found no front matter, though some was meant."""
    if text.startswith("---") and _OPENING.match(text):
        if _KEY_LINE.match(text.split("\n", 2)[1]):
            message = "front matter begins here and never ends"
            return Defect("unclosed-front-matter", Fault(Location(path), message, "close it with a line `---`"))
        return None
    late = _LATE_OPENING.match(text)
    if late and _CLOSING.search(text, late.end()):
        line = text[: late.end()].count("\n") - 1
        message = "front matter stands below a blank line, so it is shown as text"
        return Defect("late-front-matter", Fault(Location(path, line), message, "begin the file with `---`"))
    return None


class _RefusedError(Exception):
    """The block is refused as a whole."""

    def __init__(self, name: str, message: str, hint: str, place: tuple[int, int]) -> None:
        super().__init__(message)
        self.name, self.message, self.hint, self.place = name, message, hint, place


@dataclass
class _Construction:
    """One walk over libyaml's nodes that makes values and marks."""

    path: str
    first_line: int
    count_aliases: bool = False
    seen: set[int] = field(default_factory=set)
    aliased: int = 0
    blanks: bool = False
    defects: list[Defect] = field(default_factory=list)

    def run(self, block: str) -> Marked:
        made = Marked()
        made.defects = self.defects
        try:
            self._check_size(block)
            self.count_aliases = "&" in block
            node = _compose(block)
            if node is not None:
                value, marks = (
                    self._mapping(node, 0) if isinstance(node, yaml.MappingNode) else self._not_a_mapping(node)
                )
                made.update(value)
                made.marks = marks
                made.blanks = self.blanks or "TODO" in block
        except _RefusedError as refused:
            self._report(refused.name, refused.place, refused.message, refused.hint)
        except yaml.YAMLError as error:
            self._syntax(error)
        return made

    def _report(self, name: str, place: tuple[int, int], message: str, hint: str) -> None:
        location = Location(self.path, self.first_line + place[0], place[1] + 1)
        self.defects.append(Defect(name, Fault(location, message, hint)))

    def _check_size(self, block: str) -> None:
        if len(block) > MAX_CHARACTERS:
            message = f"front matter of {len(block):,} characters; at most {MAX_CHARACTERS:,} are read"
            raise _RefusedError("oversized-front-matter", message, "move the data into a file of its own", (0, 0))
        if block.count("[") + block.count("{") > MAX_BRACKETS or _COMPACT_NESTING.search(block):
            message = (
                f"front matter holds more than {MAX_BRACKETS:,} brackets or is nested deeper than {MAX_NESTING} levels"
            )
            raise _RefusedError(
                "malformed-front-matter", message, "write lists and mappings on lines of their own", (0, 0)
            )

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
        hint = next((cure for part, cure in _HINTS if part in problem), "correct the YAML")
        place = (mark.line, mark.column) if mark else (0, 0)
        self._report("malformed-front-matter", place, f"front matter is not valid YAML: {problem}", hint)

    def _not_a_mapping(self, node: yaml.Node) -> tuple[dict[str, Any], Marks]:
        what = "a list" if isinstance(node, yaml.SequenceNode) else "a single value"
        place = (node.start_mark.line, node.start_mark.column)
        raise _RefusedError(
            "front-matter-without-keys",
            f"front matter is {what}, not keys with values",
            "write `key: value` lines",
            place,
        )

    def _value(self, node: yaml.Node, depth: int) -> tuple[Any, Marks]:
        if isinstance(node, yaml.ScalarNode):
            value = node.value
            if value in _NULLS and not node.style:
                self.blanks = True
                return None, None
            return value, None
        if depth > MAX_NESTING:
            raise _RefusedError(
                "malformed-front-matter",
                f"front matter is nested deeper than {MAX_NESTING} levels",
                "flatten it",
                _start(node),
            )
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        return self._sequence(node, depth)

    def _charge(self, node: yaml.Node) -> None:
        """Count what aliases repeat: a node seen before is repeated with everything in it."""
        if id(node) not in self.seen:
            self.seen.add(id(node))
            return
        self.aliased += 1 + len(node.value)
        if self.aliased > MAX_ALIASED_NODES:
            message = f"aliases repeat more than {MAX_ALIASED_NODES:,} values"
            raise _RefusedError("too-many-aliases", message, "write the values out", _start(node))

    def _sequence(self, node: yaml.Node, depth: int) -> tuple[list[Any], Marks]:
        if self.count_aliases:
            self._charge(node)
        values, marks = [], []
        first = self.first_line
        for item in node.value:
            value, children = self._value(item, depth + 1)
            start = item.start_mark
            values.append(value)
            line, column = first + start.line, start.column + 1
            marks.append(Mark(line, column, line, column, children))
        return values, marks

    def _mapping(self, node: yaml.MappingNode, depth: int) -> tuple[dict[str, Any], Marks]:
        if self.count_aliases:
            self._charge(node)
        values: dict[str, Any] = {}
        marks: dict[str, Mark] = {}
        merged: list[tuple[Any, Marks]] = []
        first = self.first_line
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _RefusedError(
                    "malformed-front-matter", "a key is a list or a mapping", "use plain text as key", _start(key_node)
                )
            key, start, value_start = key_node.value, key_node.start_mark, value_node.start_mark
            if key == "<<" and not key_node.style:
                merged.append(self._value(value_node, depth + 1))
                continue
            if key in values:
                first_place = Location(self.path, marks[key].line, marks[key].column)
                fault = Fault(
                    Location(self.path, first + start.line, start.column + 1),
                    f"key `{key}` stands here a second time",
                    "keep one of them",
                    (first_place,),
                )
                self.defects.append(Defect("duplicate-key", fault))
                continue
            value, children = self._value(value_node, depth + 1)
            values[key] = value
            marks[key] = Mark(
                first + start.line, start.column + 1, first + value_start.line, value_start.column + 1, children
            )
        for value, children in merged:
            _merge(values, marks, value, children)
        return values, marks


def _merge(values: dict[str, Any], marks: dict[str, Mark], value: Any, children: Marks) -> None:
    """Add the entries of a merged mapping, or of each of a list of them, that are not there yet (YAML 1.1 merge keys)."""
    if isinstance(value, dict) and isinstance(children, dict):
        for key, one in value.items():
            if key not in values:
                values[key] = one
                marks[key] = children[key]
    elif isinstance(value, list) and isinstance(children, list):
        for item, mark in zip(value, children, strict=True):
            _merge(values, marks, item, mark.children)


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column


def _compose(block: str) -> yaml.Node | None:
    loader = _Loader(block)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()
