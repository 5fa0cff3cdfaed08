"""Whatever stands in a file of objectives, it ends in documents or in faults with their places."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.slo.imports.reading import read_back, tried

KEYS = st.sampled_from(
    [
        "version",
        "service",
        "labels",
        "slos",
        "name",
        "objective",
        "description",
        "sli",
        "events",
        "raw",
        "plugin",
        "error_query",
        "total_query",
        "error_ratio_query",
        "alerting",
        "page_alert",
        "ticket_alert",
        "disable",
        "annotations",
        "apiVersion",
        "kind",
        "metadata",
        "spec",
        "items",
        "sloPlugins",
        "slo_plugins",
        "target",
        "window",
        "indicator",
        "ratio",
        "latency",
        "latencyNative",
        "bool_gauge",
        "errors",
        "success",
        "total",
        "metric",
        "grouping",
        "disabled",
        "burnrates",
        "absent",
        "namespace",
        "other",
    ]
)
SCALARS = st.one_of(
    st.sampled_from(
        [
            "99.9",
            "",
            "x[{{.window}}]",
            "up",
            "true",
            "4w",
            "200ms",
            "TODO",
            "<<",
            "cart",
            "../../etc",
            "a/b",
            "9" * 50,
            "1e9",
        ]
    ),
    st.text(max_size=5),
    st.none(),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=5))
)
HEADS = st.sampled_from(
    [
        {"version": "prometheus/v1", "service": "cart"},
        {"apiVersion": "sloth.slok.dev/v1", "kind": "PrometheusServiceLevel"},
        {"apiVersion": "pyrra.dev/v1alpha1", "kind": "ServiceLevelObjective"},
        {"apiVersion": "v1", "kind": "List"},
        {},
    ]
)


@given(HEADS, st.dictionaries(KEYS, VALUES, max_size=6), st.lists(VALUES, max_size=2))
@settings(max_examples=150)
def test_any_file_ends_in_documents_or_faults(head: dict[str, Any], values: dict[str, Any], slos: list[Any]) -> None:
    text = yaml.safe_dump({**values, **head, **({"slos": slos} if slos else {})})
    with TemporaryDirectory() as folder:
        made, faults = tried(Path(folder), text)
    assert bool(faults) == (made is None)
    for fault in faults:
        assert 1 <= fault.location.line <= text.count("\n") + 1
        assert fault.message
        assert fault.hint
    for one in made.documents if made else ():
        read_back(one)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_ends_in_faults(text: str) -> None:
    with TemporaryDirectory() as folder:
        made, faults = tried(Path(folder), text)
    assert made is None
    assert faults
