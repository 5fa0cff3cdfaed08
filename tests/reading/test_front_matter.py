"""Front matter: where it is, what it says, where everything stands, and what hostile blocks cost."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import frontmatter
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from mkdocs_sre.documents.marks import Mark, Marks, find_mark
from mkdocs_sre.reading.front_matter import MarkedHandler, split
from mkdocs_sre.reading.nodes import MAX_ALIASED_NODES, MAX_BRACKETS, MAX_CHARACTERS, MAX_DUPLICATES, MAX_NESTING
from mkdocs_sre.reading.source import Source, read

AS_WRITTEN = ("1.10", "14:30", "0o17", "yes", "1e3", "2026-02-30", "=", "<", "0x1F", "1_000", ".5", "off", "-x", "+1")

keys = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
scalars = st.one_of(
    st.sampled_from(AS_WRITTEN), st.text("abz é\U0001f600:#'\"-[]{}\t\n\u2028\x85", max_size=12), st.none()
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)
mappings = st.dictionaries(keys, values, min_size=1, max_size=5)


def without_nulls(node: Any) -> Any:
    """Return what BaseLoader makes of a node, plain nulls as None."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: without_nulls(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [without_nulls(item) for item in node.value]
    return None if node.value in ("", "~", "null") and not node.style else node.value


def names(text: str) -> list[str]:
    return [defect.name for defect in read("a.md", text.encode()).defects]


def places(source: Source) -> list[tuple[str, int, int]]:
    return [(one.name, one.fault.location.line, one.fault.location.column) for one in source.defects]


@settings(deadline=None)
@given(
    mappings,
    st.fixed_dictionaries(
        {"default_flow_style": st.booleans(), "width": st.integers(30, 200), "allow_unicode": st.booleans()}
    ),
)
def test_values_are_the_text_of_the_file(written: dict[str, Any], style: dict[str, Any]) -> None:
    block = yaml.safe_dump(written, sort_keys=False, **style)
    made = MarkedHandler().load(block)
    assert made.defects == []
    assert made == without_nulls(yaml.compose(block, yaml.BaseLoader))
    assert stands(made, made.marks, block.split("\n"), 2)


def stands(value: Any, marks: Marks, lines: list[str], first: int) -> bool:
    """Whether the key and value of every mark begin in the file where it says."""
    entries: list[tuple[Any, Any, Mark]] = []
    if isinstance(marks, dict):
        entries = [(key, value[key], mark) for key, mark in marks.items()]
    elif isinstance(marks, list):
        entries = [(None, one, mark) for one, mark in zip(value, marks, strict=True)]
    for key, one, mark in entries:
        if key is not None:
            written = lines[mark.line - first][mark.column - 1 :]
            assert written.lstrip("'\"").startswith(key)
        begins(one, lines[mark.value_line - first][mark.value_column - 1 :])
        stands(one, mark.children, lines, first)
    return True


def begins(value: Any, written: str) -> None:
    if isinstance(value, dict) and value:
        assert written.startswith(("{", *value, *(f"{quote}{key}" for key in value for quote in "'\"")))
    elif isinstance(value, list) and value:
        assert written.startswith(("[", "-"))
    elif isinstance(value, str) and value and value[0].isalnum() and value[0].isascii():
        assert written.lstrip("'\"|>-+0123456789 ").startswith(value[0]) or written[:1] in "|>'\"" or value[0].isdigit()


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_scalars_are_kept_as_written(text: str) -> None:
    assert read("a.md", f"---\nkey: {text}\n---\n".encode()).values == {"key": text}


def test_nulls() -> None:
    made = MarkedHandler().load("a:\nb: ~\nc: null\nd: 'null'\ne: \"\"\nf: !!str null\n")
    assert made == {"a": None, "b": None, "c": None, "d": "null", "e": "", "f": "null"}
    assert made.blanks


def test_marks() -> None:
    made = MarkedHandler("a.md", 2).load("title: Cart\ndrills:\n  - on: 2026-01-01\n    result: 'ok'\ntags: [a, b]\n")
    assert find_mark(made.marks, ("title",)) == (2, 1, 2, 8, None)
    on = find_mark(made.marks, ("drills", 0, "on"))
    assert on == (4, 5, 4, 9, None)
    tag = find_mark(made.marks, ("tags", 1))
    assert tag is not None
    assert (tag.value_line, tag.value_column) == (6, 11)
    assert find_mark(made.marks, ("drills", 0, "missing")) == find_mark(made.marks, ("drills", 0))
    assert find_mark(made.marks, ("missing",)) is None


def test_marks_below_line_ends_that_only_yaml_knows() -> None:
    made = MarkedHandler("a.md", 2).load('a: "one\u2028two"\nb: "x\x85y"\nc: {d: 1}\nc: 2\n')
    assert find_mark(made.marks, ("c", "d")) == (4, 5, 4, 8, None)
    (defect,) = made.defects
    assert (defect.fault.location.line, defect.fault.related[0].line) == (5, 4)


def test_duplicate_keys() -> None:
    source = read("a.md", b"---\na: 1\nb:\n  c: 1\n  c: 2\na: 3\n---\n")
    assert places(source) == [("duplicate-key", 5, 3), ("duplicate-key", 6, 1)]
    assert source.values == {"a": "1", "b": {"c": "1"}}
    assert [one.fault.related[0].line for one in source.defects] == [4, 2]
    assert source.parsed


def test_many_duplicate_keys_are_told_of_to_a_limit() -> None:
    assert names("---\n" + "a: 1\n" * 5000 + "---\n") == ["duplicate-key"] * MAX_DUPLICATES


def test_merge_keys() -> None:
    made = MarkedHandler().load("a: &a {x: 1, y: 2}\nb: &b {y: 3}\nc:\n  <<: [*a, *b]\n  x: 4\nd:\n  '<<': 1\n")
    assert made["c"] == {"x": "4", "y": "2"}
    assert made["d"] == {"<<": "1"}
    assert find_mark(made.marks, ("c", "y")) == (2, 14, 2, 17, None)


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a: &a [1,2,3]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]",
        "a: &a [" + "1," * 600 + "]\nb: [*a, *a]",
        "a: &a {x: &x {y: [*x]}}",
        "a: &a {<<: *a}",
    ],
)
def test_aliases_that_repeat_too_much(block: str) -> None:
    assert names(f"---\n{block}\n---\n") == ["too-many-aliases"]


def test_a_few_aliases_and_an_unknown_one() -> None:
    assert MarkedHandler().load("a: &a [1, {b: 2}]\nc: [*a, *a]\n")["c"] == [["1", {"b": "2"}]] * 2
    assert names("---\na: *unknown\n---\n") == ["malformed-front-matter"]


_MEASURE = """
import json, resource, sys, time
from mkdocs_sre.reading.source import read
read("warm.md", b"---\\na: 1\\n---\\n")
data = sys.stdin.buffer.read()
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
source = read("a.md", data)
took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([[one.name for one in source.defects], took, (after - before) / 1024]))
"""


def measured(text: str) -> tuple[list[str], float, float]:
    """Return the defects of a file, the seconds and the further MiB that reading it takes, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _MEASURE], input=text.encode(), capture_output=True, check=True)
    found, seconds, mebibytes = json.loads(done.stdout)
    return found, seconds, mebibytes


def alias_bomb(levels: int) -> str:
    lines = ["a0: &a0 [" + ", ".join("x" * 9) + "]"]
    lines += [f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]" for level in range(1, levels)]
    return "\n".join(["---", *lines, "---", ""])


def test_alias_bomb_of_one_kilobyte() -> None:
    bomb = alias_bomb(18)
    assert 900 <= len(bomb) <= 1100
    found, seconds, mebibytes = measured(bomb)
    assert found == ["too-many-aliases"]
    assert seconds < 1
    assert mebibytes < 50


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("a: " + "[" * 100_000, "malformed-front-matter"),
        ("a: " + "{" * 100_000, "malformed-front-matter"),
        ("a: " + "[" * MAX_BRACKETS, "malformed-front-matter"),
        ("a: " + "[" * (MAX_NESTING + 1) + "]" * (MAX_NESTING + 1), "malformed-front-matter"),
        ("a:\n" + "- " * 100_000 + "x", "malformed-front-matter"),
        ("a:\n" + "-\t" * 100_000 + "x", "malformed-front-matter"),
        ("? " * 100_000 + "x", "malformed-front-matter"),
        ("\n".join(" " * depth + "a:" for depth in range(700)), "malformed-front-matter"),
        ("a:\n" + "\n".join("  " * depth * 60 + "- " * 60 for depth in range(60)) + "x", "malformed-front-matter"),
        ("a: " + "x" * (10 * 1024 * 1024), "oversized-front-matter"),
        ("k" * 200_000 + ": 1", "malformed-front-matter"),
    ],
    ids=[
        "list",
        "mapping",
        "brackets",
        "nesting",
        "compact",
        "tabs",
        "questions",
        "indents",
        "steps",
        "10MB",
        "long-key",
    ],
)
def test_hostile_blocks_are_refused_and_end_no_process(block: str, expected: str) -> None:
    found, seconds, _ = measured(f"---\n{block}\n---\n")
    assert found == [expected]
    assert seconds < 1


def test_nesting_up_to_the_limit() -> None:
    assert names("---\na: " + "[" * (MAX_NESTING - 1) + "]" * (MAX_NESTING - 1) + "\n---\n") == []
    assert names(f"---\na: {'x' * (MAX_CHARACTERS - 10)}\n---\n") == []
    assert names("---\na: &a [" + "1," * (MAX_ALIASED_NODES - 1) + "]\nb: *a\n---\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\n- a\n---\n", [("front-matter-without-keys", 2, 1)]),
        ("---\nsome text\n---\n", [("front-matter-without-keys", 2, 1)]),
        ("---\n? [a]\n: 1\n---\n", [("malformed-front-matter", 2, 3)]),
        ("---\na: 1\nb: @x\n---\n", [("malformed-front-matter", 3, 4)]),
        ("---\na:\n\tb: 1\n---\n", [("malformed-front-matter", 3, 1)]),
        ("---\na: \x07\n---\n", [("malformed-front-matter", 2, 4)]),
        ("---\na: b: c\n---\n", [("malformed-front-matter", 2, 5)]),
        ("---\na: 1\n--- !x\nb: 1\n---\n", [("malformed-front-matter", 3, 1)]),
        ("---\na: 1\n", [("unclosed-front-matter", 1, 1)]),
        ("---\n# a comment\n\na: 1\n", [("unclosed-front-matter", 1, 1)]),
        ("---\na: 1\n---", [("unclosed-front-matter", 3, 1)]),
        ("\n\n---\na: 1\n---\n", [("late-front-matter", 3, 1)]),
        ("   \n---\na: 1\n---\n", [("late-front-matter", 2, 1)]),
        ("---\n\n---\n", []),
        ("---\n# Title\n---\ntext\n", []),
        ("---\nsome text\n", []),
        ("\n---\nsome text\n---\n", []),
        ("---\n{}\n---\n", []),
        ("", []),
        ("---", []),
        ("---\n", []),
    ],
)
def test_what_is_wrong_and_where(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(read("a.md", text.encode())) == expected


def test_a_character_without_a_place_in_yaml_gets_a_cure() -> None:
    (defect,) = read("a.md", b"---\nowner: @team\n---\n").defects
    assert (defect.fault.message, defect.fault.hint) == (
        "front matter is not valid YAML: a value begins with `@`",
        "quote the value",
    )


def test_front_matter_that_ends_the_file_is_still_read() -> None:
    source = read("a.md", b"---\na: 1\n---")
    assert source.values == {"a": "1"}
    assert source.parsed


def test_comment_between_two_rules_is_body() -> None:
    body = read("a.md", b"---\n# Title\n---\ntext\n").body
    assert [(one.text, one.line) for one in body.headings] == [("Title", 2)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(end: str, mark: str) -> None:
    source = read("a.md", (mark + end.join(["---", "a: 1", "b: [x]", "...", "# Title", ""])).encode())
    assert source.values == {"a": "1", "b": ["x"]}
    assert find_mark(source.marks, ("b", 0)) == (3, 5, 3, 5, None)
    assert [(one.text, one.line) for one in source.body.headings] == [("Title", 5)]


def test_bytes_that_are_no_text() -> None:
    assert places(read("a.md", b"# \xc3\xa9\n\xc3\xa9x \xff y\n")) == [("not-utf-8", 2, 4)]
    assert places(read("a.md", b"---\na: 1\n---\nab\0\n")) == [("control-character", 4, 3)]
    assert not read("a.md", b"\xff").readable


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_handler_for_python_frontmatter(end: str) -> None:
    text = end.join(["---", "version: 1.10", "tags: [a]", "---", "", "# Title", ""])
    post = frontmatter.loads(text, handler=MarkedHandler())
    assert post.metadata == {"version": "1.10", "tags": ["a"]}
    assert post.content == "# Title"
    assert frontmatter.loads("---\na: 1\n---", handler=MarkedHandler()).metadata == {"a": "1"}
    assert frontmatter.loads("# Title\n", handler=MarkedHandler()).content == "# Title"
    assert MarkedHandler().detect(text.replace("\r\n", "\n"))
    assert not MarkedHandler().detect("# Title\n")


lines = st.sampled_from(
    ["---", "...", "--- ", "---\t", " ---", "----", "a: 1", "b: {c: 2}", "# c", "text", "", "- x", "--- !x", "..."]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(lines, max_size=9).map(lambda parts: "".join(f"{part}\n" for part in parts)))
def test_front_matter_is_where_mkdocs_sees_it(text: str) -> None:
    """For every text that ends in a line break; without one MkDocs misses a closing line that ends the file."""
    match = meta.YAML_RE.match(text)
    parts = split(text)
    assert (parts.block is not None) == (match is not None)
    if match is None:
        assert (parts.body, parts.body_line) == (text, 1)
    else:
        assert parts.block == match[1]
        assert parts.body == text[match.end() :]
        assert text.split("\n")[parts.body_line - 1 :] == parts.body.split("\n")
    body, data = meta.get_data(text)
    source = read("a.md", text.encode())
    if match is not None and data and not source.defects:
        assert "\n".join(source.body.lines).lstrip("\n") == body
