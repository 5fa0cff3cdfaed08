"""From libyaml's nodes to values and marks, in one walk.

Scalars keep the text that stands in the file (`version: 1.10` is "1.10"): the models know what each key wants.
Nothing of YAML's tags is ever constructed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import yaml
from yaml import MappingNode, ScalarNode, SequenceNode

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import Mark, Marks

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # without libyaml reading works all the same, slower
    from yaml import BaseLoader as _Parser  # type: ignore[assignment]  # the same interface, in Python

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CHARACTERS = 262_144  # of front matter; past that it is data, not a document's head
MAX_NESTING = 64  # lists and mappings in each other
MAX_BRACKETS = (
    2_000  # `[` and `{` before their nesting is counted: libyaml's composer recurses in C, some 20,000 crash it
)
MAX_ALIASED_NODES = 1_000  # values reached through aliases, each time they are; past that the block is refused
MAX_DUPLICATES = 100  # keys told of that stand twice; more would only hide the first

_COMPACT_NESTING = re.compile(rf"(?m)^[ \t]*+(?:[-?][ \t]++){{{MAX_NESTING},}}")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RARE_BREAK = re.compile("[\x85\u2028\u2029]")  # end a line for YAML, but for no editor
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NO_START = "that cannot start any token"
_HINTS = (
    (_NO_START, "quote the value"),
    ("mapping values are not allowed", 'quote a value that holds ": "'),
    ("did not find expected key", "check the indentation, and quote values that begin with a quote or hold `: `"),
)


class _Composer(_Parser):
    """libyaml's composer without types: every node's tag is empty unless it is written."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        """Path resolvers are not used."""

    def ascend_resolver(self) -> None:
        """Path resolvers are not used."""


class Marked(dict[str, Any]):
    """A mapping as read, its values text, None, lists and mappings.

    `marks` has the places, `defects` what is wrong; `blanks` says that a value is empty or may still be `TODO`, and
    `absent` that there is no YAML at all, not even `{}`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.marks: Marks = {}
        self.defects: list[Defect] = []
        self.blanks = False
        self.absent = False


class _RefusedError(Exception):
    """The block is refused as a whole."""

    def __init__(self, name: str, message: str, hint: str, place: tuple[int, int] = (0, 0)) -> None:
        super().__init__(message)
        self.name, self.message, self.hint, self.place = name, message, hint, place


def construct(block: str, path: str, first_line: int, most: int = MAX_CHARACTERS, *, lists: bool = False) -> Marked:
    """Return the values and marks of a block of YAML whose first line is `first_line` of the file at `path`.

    A block of more than `most` characters is refused. With `lists` one that is a list is read as its `items`.
    """
    made = Marked()
    walk = _Walk(path, first_line, block, made.defects)
    try:
        _check_size(block, most)
        node = _Composer(block).get_single_node()
        if node is None:
            made.absent = True
        elif lists and type(node) is SequenceNode:
            node = MappingNode("", [(ScalarNode("", "items", node.start_mark), node)], node.start_mark)
        if type(node) is MappingNode:
            values, marks = walk.mapping(node, 0)
            made.update(values)
            made.marks = walk.moved(marks)
            made.blanks = walk.blanks or "TODO" in block
        elif node is not None:
            raise _without_keys(node)
    except _RefusedError as refused:
        walk.report(refused.name, refused.place, refused.message, refused.hint)
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        walk.report("malformed-front-matter", *_syntax(error, block))
    return made


def _check_size(block: str, most: int) -> None:
    if len(block) > most:
        message = f"front matter of {len(block):,} characters; at most {most:,} are read"
        raise _RefusedError("oversized-front-matter", message, "move the data into a file of its own")
    compact = block.count("-") + block.count("?") >= MAX_NESTING and _COMPACT_NESTING.search(block)
    if compact or (block.count("[") + block.count("{") > MAX_BRACKETS and _too_deep(block)):
        message = f"front matter is nested deeper than {MAX_NESTING} levels"
        raise _RefusedError("malformed-front-matter", message, "write lists and mappings on lines of their own")


def _too_deep(block: str) -> bool:
    """Whether lists and mappings are nested too deep, told from the parser's events, which come without recursion."""
    parser, depth = _Composer(block), 0
    while parser.check_event():
        event = parser.get_event()
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_NESTING:
            return True
    return False


def _without_keys(node: yaml.Node) -> _RefusedError:
    what = "a list" if isinstance(node, SequenceNode) else "a single value"
    message = f"front matter is {what}, not keys with values"
    return _RefusedError("front-matter-without-keys", message, "write `key: value` lines", _start(node))


def _syntax(error: Exception, block: str) -> tuple[tuple[int, int], str, str]:
    """Return place, cause and cure of what the YAML parser refused."""
    odd = _UNPRINTABLE.search(block)
    if odd is not None and not isinstance(error, yaml.MarkedYAMLError):
        before = block[: odd.start()]
        place = before.count("\n"), odd.start() - before.rfind("\n") - 1
        return place, f"front matter holds the control character U+{ord(odd[0]):04X}", "remove it"
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    hint = next((cure for part, cure in _HINTS if part in problem), "correct the YAML")
    mark = getattr(error, "problem_mark", None)
    place = (mark.line, mark.column) if mark else (0, 0)
    if _NO_START in problem:
        character = block.split("\n")[place[0]][place[1] : place[1] + 1]
        problem = "a tab indents this line" if character == "\t" else f"a value begins with `{character}`"
        hint = "indent with spaces" if character == "\t" else hint
    return place, f"front matter is not valid YAML: {problem}", hint


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column


class _Walk:
    """One walk over the nodes of a block."""

    def __init__(self, path: str, first_line: int, block: str, defects: list[Defect]) -> None:
        self.path = path
        self.first_line = first_line
        self.defects = defects
        self.blanks = False
        self._anchored = "&" in block
        self._seen: set[int] = set()
        self._aliased = 0
        self._duplicates = 0
        self._move = _mover(block) if not block.isascii() else None

    def report(self, name: str, place: tuple[int, int], message: str, hint: str, *related: Location) -> None:
        """Note what is wrong at a line and column of the block, both from 0."""
        line, column = self._move(*place) if self._move else place
        location = Location(self.path, self.first_line + line, column + 1)
        self.defects.append(Defect(name, Fault(location, message, hint, related)))

    def moved(self, marks: Any) -> Any:
        """Return marks whose lines are those of the file, which YAML counts otherwise when it holds rare line ends."""
        if self._move is None or marks is None:
            return marks
        if isinstance(marks, dict):
            return {key: self._moved_mark(mark, self._move) for key, mark in marks.items()}
        return [self._moved_mark(mark, self._move) for mark in marks]

    def _moved_mark(self, mark: Mark, move: Callable[[int, int], tuple[int, int]]) -> Mark:
        first = self.first_line
        line, column = move(mark.line - first, mark.column - 1)
        value_line, value_column = move(mark.value_line - first, mark.value_column - 1)
        return Mark(first + line, column + 1, first + value_line, value_column + 1, self.moved(mark.children))

    def mapping(self, node: MappingNode, depth: int) -> tuple[dict[str, Any], dict[str, Mark]]:
        """Return values and marks of a mapping; of a key that stands twice the first value counts."""
        values: dict[str, Any] = {}
        marks: dict[str, Mark] = {}
        merged: list[tuple[Any, Any]] = []
        first = self.first_line
        for key_node, value_node in node.value:
            if type(key_node) is not ScalarNode:
                raise _RefusedError(
                    "malformed-front-matter", "a key is a list or a mapping", "use plain text as key", _start(key_node)
                )
            key = key_node.value
            if key in values:
                self._duplicate(key_node, marks[key])
                continue
            value, children = value_node.value, None
            if type(value_node) is not ScalarNode or value in _NULLS:
                value, children = self._value(value_node, depth)
            if key == "<<" and not key_node.style:
                merged.append((value, children))
                continue
            values[key] = value
            start, value_start = key_node.start_mark, value_node.start_mark
            marks[key] = Mark(
                first + start.line, start.column + 1, first + value_start.line, value_start.column + 1, children
            )
        for value, children in merged:
            _merge(values, marks, value, children)
        return values, marks

    def _value(self, node: yaml.Node, depth: int) -> tuple[Any, Any]:
        if type(node) is ScalarNode:
            value = node.value
            if value in _NULLS and not node.style and not node.tag:
                self.blanks = True
                return None, None
            return value, None
        self._charge(node, depth)
        if type(node) is MappingNode:
            return self.mapping(node, depth + 1)
        return self._sequence(node, depth + 1)

    def _sequence(self, node: yaml.Node, depth: int) -> tuple[list[Any], list[Mark]]:
        values, marks = [], []
        first = self.first_line
        for item in node.value:
            value, children = self._value(item, depth)
            values.append(value)
            start = item.start_mark
            line, column = first + start.line, start.column + 1
            marks.append(Mark(line, column, line, column, children))
        return values, marks

    def _charge(self, node: yaml.Node, depth: int) -> None:
        """Count depth, and what aliases repeat: a node seen before is repeated with everything in it."""
        if self._anchored:
            if id(node) in self._seen:
                self._aliased += 1 + len(node.value)
            self._seen.add(id(node))
            if self._aliased > MAX_ALIASED_NODES or (self._aliased and depth >= MAX_NESTING):
                message = f"aliases repeat more than {MAX_ALIASED_NODES:,} values"
                raise _RefusedError("too-many-aliases", message, "write the values out", _start(node))
        if depth >= MAX_NESTING:
            message = f"front matter is nested deeper than {MAX_NESTING} levels"
            raise _RefusedError("malformed-front-matter", message, "flatten it", _start(node))

    def _duplicate(self, key_node: ScalarNode, before: Mark) -> None:
        self._duplicates += 1
        if self._duplicates <= MAX_DUPLICATES:
            first = (before.line - self.first_line, before.column - 1)
            line, column = self._move(*first) if self._move else first
            related = Location(self.path, self.first_line + line, column + 1)
            message = f"key `{key_node.value[:80]}` stands here a second time"
            self.report("duplicate-key", _start(key_node), message, "keep one of them", related)


def _merge(values: dict[str, Any], marks: dict[str, Mark], value: Any, children: Any) -> None:
    """Add the entries of a merged mapping, or of each of a list of them, that are not there yet (YAML 1.1 merge keys)."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in values:
                values[key] = one
                marks[key] = children[key]
    elif isinstance(value, list):
        for item, mark in zip(value, children, strict=True):
            _merge(values, marks, item, mark.children)


def _mover(block: str) -> Callable[[int, int], tuple[int, int]] | None:
    """Return what makes the file's line and column of YAML's; None when they are the same."""
    if _RARE_BREAK.search(block) is None:
        return None
    starts = [0, *(match.end() for match in re.finditer("\r\n|[\r\n\x85\u2028\u2029]", block))]
    lines = [0, *(match.end() for match in re.finditer("\r\n|[\r\n]", block))]

    def move(line: int, column: int) -> tuple[int, int]:
        offset = starts[min(line, len(starts) - 1)] + column
        found = bisect_right(lines, offset) - 1
        return found, offset - lines[found]

    return move
