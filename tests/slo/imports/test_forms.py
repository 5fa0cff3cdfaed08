"""Forms register themselves; the one of the guide works as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.nodes import construct
from mkdocs_sre.slo import imports
from mkdocs_sre.slo.imports import SourceDocument, importer_of, importers
from mkdocs_sre.slo.imports.draft import Draft
from mkdocs_sre.slo.imports.node import Node

GUIDE = Path(__file__).parents[3] / "docs/guide/extend.md"


@pytest.fixture
def nines() -> Iterator[dict[str, Any]]:
    """The form of the guide, registered while a test runs."""
    (block,) = (
        one
        for one in re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
        if "Nines" in one
    )
    names: dict[str, Any] = {**vars(imports), "Draft": Draft, "Node": Node}
    importers.cache_clear()
    known = {*importers()}
    exec("from __future__ import annotations\n" + block, names)  # noqa: S102 the guide's own code
    importers.cache_clear()
    yield names
    for name in {*importers()} - known:
        del imports._registered[name]  # noqa: SLF001 forms are never taken away but here
    importers.cache_clear()


def source(text: str) -> SourceDocument:
    """Return a YAML document."""
    made = construct(text, "in.yml", 1)
    return SourceDocument(made, made.marks, Location("in.yml"))


def test_the_form_of_the_guide_reads_what_it_says(nines: dict[str, Any]) -> None:
    one = source("kind: Nines\nservice: cart\nnines: 99.90\n")
    form = importer_of(one.values)
    assert form is not None
    assert (form.name, form.read) == ("Nines", nines["read_nines"])
    (made,) = form.read([one]).documents
    assert (made.id, str(made.values["objective"]), str(made.at("objective"))) == ("cart-nines", "99.90", "in.yml:3:8")
    assert [str(fault.location) for fault in form.read([source("kind: Nines\nservice: cart\nnine: 1\n")]).faults] == [
        "in.yml:3:1",
        "in.yml:1:1",
    ]


def test_each_document_has_one_form_at_most() -> None:
    heads = {
        "Sloth": ["version: prometheus/v1", "apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel"],
        "Pyrra": ["apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective"],
        "OpenSLO": ["apiVersion: openslo/v1\nkind: SLO", "apiVersion: openslo/v1alpha\nkind: SLO"],
    }
    assert sorted(heads) == [*importers()]
    for name, texts in heads.items():
        for text in texts:
            assert [one.name for one in importers().values() if one.recognises(source(text).values)] == [name]


@pytest.mark.parametrize(
    "text", ["kind: SLO", "version: 1", "apiVersion: [a]\nkind: {b: c}", "apiVersion: v1\nkind: Pod", "a: b"]
)
def test_other_documents_have_none(text: str) -> None:
    assert importer_of(source(text).values) is None


def test_a_place_that_is_not_known_is_that_of_what_holds_it() -> None:
    draft = Draft("cart", Location("in.yml", 1))
    draft.put(("alerting", "windows", 0, "short"), "5m", Location("in.yml", 7))
    draft.put(("alerting", "windows", 1, "short"), "30m", Location("in.yml", 9))
    draft.put(("alerting", "name"), None, Location("in.yml", 8))
    made = draft.done("Cart")
    assert made.values["alerting"] == {"windows": [{"short": "5m"}, {"short": "30m"}]}
    places = [made.at("alerting", "windows", 1, "long"), made.at("alerting"), made.at("sli", "bad")]
    assert [place.line for place in places] == [9, 7, 1]


def test_what_is_no_text_list_or_mapping_is_told() -> None:
    found: list[Any] = []
    node = Node.root(source("a: [1]\nb: {c: d}\ne: f\ng: {h: [i]}\n"), found)
    assert (node["a"].text(), node["e"].text(), node["x"].text()) == ("", "f", "")
    assert [one.value for one in node["a"].items()] == ["1"]
    assert [*node["b"].items(), *node["e"].texts(), *node["g"].texts()] == []
    assert not node["e"].keys("k").written
    assert [(one.location.line, one.location.column) for one in found] == [(1, 4), (2, 4), (3, 4), (4, 8), (3, 4)]
