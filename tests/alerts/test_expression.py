"""The metrics of an expression of PromQL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.alerts.expression import is_on_resources, metrics


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("up == 0", ("up",)),
        (
            'sum(rate(http_requests_total{code=~"5.."}[5m])) by (job) / sum(rate(x[1h:5m]))',
            ("http_requests_total", "x"),
        ),
        ("a:b:c > 1e9 and on (pod, node) group_left (team) d offset 5m", ("a:b:c", "d")),
        ("topk by (x) (3, up) unless ignoring(y) down @ 1609746000.5 # comment metric", ("up", "down")),
        ('{__name__="node_load1", job="up"} > bool 0x1F', ("node_load1",)),
        ("predict_linear(disk_free[6h], 4 * 3600) < -Inf or vector(1)", ("disk_free",)),
        ('label_replace(up, "a", "$1", \'b\', `c`)', ("up",)),
        ("", ()),
        ("absent(", ()),
    ],
)
def test_metrics(expression: str, found: tuple[str, ...]) -> None:
    assert metrics(expression) == found


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1", True),
        ("instance:node_cpu:ratio > 0.9", True),
        ("process_resident_memory_bytes > 1e9", True),
        ("kubelet_volume_stats_available_bytes < 1", True),
        ("node_load5 > 3 and on () request_errors_total > 1", False),
        ("disk_free_bytes < 1", True),
        ("loaded_modules > 1", False),
        ("vector(1)", False),
    ],
)
def test_what_is_on_resources_alone(expression: str, told: bool) -> None:  # noqa: FBT001 a table
    assert is_on_resources(expression) == told


@given(st.text(alphabet="abc_:(){}[]\"'`#,. by0159e=~\n", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(name for name in metrics(text))
