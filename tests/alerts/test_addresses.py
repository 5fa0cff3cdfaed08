"""Every alert has a path of its own, whatever it is called, on every file system and host."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_sre.alerts.addresses import alias_paths, page_path, path_at, safe_name

NAMES = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="aA./ -_:\u00fc\0", max_size=6),
    st.from_regex(r"\A[a-c]{1,3}-[0-9a-f]{10}\Z"),
    st.integers(95, 310).map(lambda number: "x" * number),
)
SAFE = re.compile(r"[a-z0-9_-][a-z0-9._-]{0,119}")


@given(NAMES, NAMES)
@example("foo bar", "foo-bar-" + safe_name("foo bar").rpartition("-")[2])
@example("a/b", "a-b")
@example("\u212a", "k")  # the sign of kelvin, whose lower case is a letter
def test_distinct_names_have_distinct_paths(one: str, other: str) -> None:
    assert (page_path(one) == page_path(other)) == (one.lower() == other.lower())


@given(NAMES)
def test_a_name_is_safe_in_any_path(name: str) -> None:
    made = safe_name(name)
    assert SAFE.fullmatch(made)
    assert not made.endswith(".")
    assert made.partition(".")[0] not in ("index", "readme", "con", "nul", "com1", "lpt9")


@given(NAMES)
def test_what_is_safe_stays_as_it_is(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name) or re.search(r"-[0-9a-f]{10}$", safe_name(name))


@pytest.mark.parametrize("name", ["KubeJobFailed", "node_disk.full", "x" * 100, "a-b-c"])
def test_usual_names_are_only_in_lower_case(name: str) -> None:
    assert page_path(name) == f"alerts/{name.lower()}.md"


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "README",
        "index.html",
        "CON",
        "nul.txt",
        ".hidden",
        "..",
        "dot.",
        "",
        "x" * 101,
        "a b",
        "\u00e4",
        "<script>",
    ],
)
def test_names_that_would_be_something_else_get_a_digest(name: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9.-]+-)?[0-9a-f]{10}", safe_name(name))


@given(st.lists(st.text(alphabet="ab{}alertgroup/.\\ :%", max_size=20), max_size=4), NAMES, st.lists(NAMES, max_size=3))
def test_aliases_stay_in_the_docs_folder(patterns: list[str], name: str, groups: list[str]) -> None:
    made = list(alias_paths(patterns, name, groups))
    assert len(set(made)) == len(made)
    assert page_path(name) not in made
    for path in made:
        parts = path.removesuffix(".md").split("/")
        assert path.endswith(".md")
        assert all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) for part in parts), path
        assert parts[-1].lower() not in ("index", "readme")


def test_an_alias_names_the_alert_and_each_group() -> None:
    patterns = ["runbooks/{group}/{alert}", "/old/{alert}/", "../{alert}.html", "alerts/{alert}", "", "fixed/index"]
    made = list(alias_paths(patterns, "KubeJobFailed", ["Kubernetes", "jobs", "jobs"]))
    assert made[:4] == [
        "runbooks/kubernetes/kubejobfailed.md",
        "runbooks/jobs/kubejobfailed.md",
        "old/kubejobfailed.md",
        "kubejobfailed.md",
    ]
    assert len(made) == 5
    assert re.fullmatch(r"fixed/index-[0-9a-f]{10}\.md", made[4])


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("node/noderaid/", "node/noderaid.md"),
        ("node/noderaid", "node/noderaid.md"),
        ("node/noderaid.html", "node/noderaid.md"),
        ("node/noderaid/index.html", "node/noderaid.md"),
        ("runbook.md", ""),
        ("../x", ""),
        ("a//b", ""),
        ("", ""),
        ("/", ""),
        ("index.html", ""),
        (".git/config", ""),
        ("a/\u00e4", ""),
        ("x" * 200, ""),
    ],
)
def test_what_stands_at_an_address(address: str, path: str) -> None:
    assert path_at(address) == path
