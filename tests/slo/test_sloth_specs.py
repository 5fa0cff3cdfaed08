"""Objectives as Sloth's specs: what they say, the windows beside them, and what is lost."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.reading.documents import Typing
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings
from mkdocs_sre.slo.exports import Context, Export
from mkdocs_sre.slo.exports.sloth import export_sloth
from mkdocs_sre.slo.queries import PLACEHOLDER, parse_fault
from mkdocs_sre.slo.targets import Target, targets_of

HEAD = """\
type: slo
id: cart-orders
service: cart
behaviour: Orders are taken.
"""
USUAL = """\
objective: 99.90
window: 30d
sli: {bad: 'errors{code="500"}', total: 'sum(rate(all[{{ .window }}]))', source: prometheus}
"""
ALERTING = "alerting:\n  name: Burns\n"


def targets(*keys: str) -> list[Target]:
    """Return the objectives of one document with these keys."""
    source = read("sre/slos/cart-orders.md", f"---\n{HEAD}{''.join(keys)}---\n\n# Orders\n".encode())
    (slo,) = Typing(Settings()).documents(source)
    assert source.defects == []
    assert isinstance(slo, ServiceLevelObjective)
    return list(targets_of(slo))


def made(*keys: str, **context: Any) -> Export:
    """Return the export of one document with these keys."""
    return export_sloth(targets(*keys), Context(**context))


def spec_of(export: Export, name: str = "cart-orders.yml") -> Any:
    """Return what one file says."""
    return yaml.safe_load(next(file.text for file in export.files if file.name == name))


def test_a_selector_gets_its_window_and_a_query_stays_as_it_is() -> None:
    export = made(USUAL, ALERTING)
    assert [file.name for file in export.files] == ["cart-orders.yml"]
    assert export.losses == ()
    spec = spec_of(export)
    assert (spec["version"], spec["service"]) == ("prometheus/v1", "cart")
    assert spec["slos"] == [
        {
            "name": "orders",
            "objective": 99.9,
            "description": "Orders are taken.",
            "sli": {
                "events": {
                    "error_query": 'sum(rate(errors{code="500"}[{{.window}}]))',
                    "total_query": "sum(rate(all[{{ .window }}]))",
                }
            },
            "alerting": {"name": "Burns"},
        }
    ]
    assert "objective: 99.90\n" in export.files[0].text


def test_no_alerting_disables_both_alerts() -> None:
    (slo,) = spec_of(made(USUAL))["slos"]
    assert slo["alerting"] == {"page_alert": {"disable": True}, "ticket_alert": {"disable": True}}


def test_alerts_lead_to_runbook_and_page_unless_the_author_says_otherwise() -> None:
    keys = f"{ALERTING}  page: {{annotations: {{runbook_url: 'https://own.example/'}}}}\n"
    addresses = {
        "page_url": lambda _: "https://sre.example/slo/",
        "runbook_url": lambda _, call: f"https://sre.example/{call}/",
    }
    (slo,) = spec_of(made(USUAL, keys, **addresses))["slos"]
    assert slo["alerting"] == {
        "name": "Burns",
        "annotations": {"slo_page": "https://sre.example/slo/"},
        "page_alert": {"annotations": {"runbook_url": "https://own.example/"}},
        "ticket_alert": {"annotations": {"runbook_url": "https://sre.example/ticket/"}},
    }


@pytest.mark.parametrize(
    ("sli", "bad"),
    [
        ("{good: good, total: all}", None),
        (
            "{raw: 'avg_over_time(r[{{.window}}])', raw_type: success, source: prometheus}",
            "1 - (\navg_over_time(r[{{.window}}])\n)",
        ),
        ("{raw: 'avg_over_time(r[{{.window}}])', source: prometheus}", "avg_over_time(r[{{.window}}])"),
        ("{raw: r, source: prometheus}", "avg_over_time(r[{{.window}}])"),
        ("{threshold: {metric: latency, op: lt, value: 0.2}}", None),
        ("{good: good, total: all, slices: {length: 1m, good_percent: 95}}", None),
    ],
)
def test_every_indicator_is_said(sli: str, bad: str | None) -> None:
    pytest.importorskip("promql_parser")
    export = made(USUAL.partition("sli:")[0], f"sli: {sli}\n", ALERTING)
    (slo,) = spec_of(export)["slos"]
    ((_, queries),) = slo["sli"].items()
    assert bad is None or queries == {"error_ratio_query": bad}
    for query in queries.values():
        assert PLACEHOLDER in query
        assert parse_fault(query) is None


def test_a_composite_of_what_is_not_there_is_told_and_left_out() -> None:
    export = made(USUAL.partition("sli:")[0], "sli: {composite: {of: [{slo: gone}]}}\n")
    assert export.files == ()
    assert ["gone" in loss.what for loss in export.losses] == [True]


WINDOWS = """\
  windows:
    - {alert: ticket, short: 6h, long: 72h, budget_percent: 42}
    - {alert: page, short: 30m, long: 6h, budget_percent: 12.5}
    - {alert: page, short: 5m, long: 1h, budget_percent: 8}
    - {alert: ticket, short: 2h, long: 24h, budget_percent: 20}
"""


def test_windows_of_ones_own_stand_in_a_file_that_the_spec_names() -> None:
    export = made(USUAL.replace("30d", "7d"), ALERTING, WINDOWS)
    assert [file.name for file in export.files] == ["cart-orders.yml", "windows/7d/windows.yml"]
    assert "# Sloth needs: --default-slo-period 7d --slo-period-windows-path windows/7d\n" in export.files[0].text
    assert spec_of(export, "windows/7d/windows.yml") == {
        "apiVersion": "sloth.slok.dev/v1",
        "kind": "AlertWindows",
        "spec": {
            "sloPeriod": "7d",
            "page": {
                "quick": {"errorBudgetPercent": 8, "shortWindow": "5m", "longWindow": "1h"},
                "slow": {"errorBudgetPercent": 12.5, "shortWindow": "30m", "longWindow": "6h"},
            },
            "ticket": {
                "quick": {"errorBudgetPercent": 20, "shortWindow": "2h", "longWindow": "1d"},
                "slow": {"errorBudgetPercent": 42, "shortWindow": "6h", "longWindow": "3d"},
            },
        },
    }
    assert export.losses == ()


def test_the_period_of_28_days_needs_no_windows() -> None:
    export = made(USUAL.replace("30d", "4w"), ALERTING)
    assert [file.name for file in export.files] == ["cart-orders.yml"]
    assert "# Sloth needs: --default-slo-period 28d\n" in export.files[0].text


def test_further_objectives_share_the_spec_unless_their_windows_differ() -> None:
    further = """\
objectives:
  - {name: slow, objective: 95}
  - name: own
    objective: 90
    alerting:
      windows:
        - {alert: page, short: 1m, long: 10m, budget_percent: 1}
        - {alert: page, short: 2m, long: 20m, budget_percent: 2}
        - {alert: ticket, short: 3m, long: 30m, budget_percent: 3}
        - {alert: ticket, short: 4m, long: 40m, budget_percent: 4}
"""
    export = made(USUAL, ALERTING, further)
    assert [file.name for file in export.files] == [
        "cart-orders.yml",
        "cart-orders-orders-own.yml",
        "windows/30d/windows.yml",
    ]
    assert [slo["name"] for slo in spec_of(export)["slos"]] == ["orders", "orders-slow"]
    (own,) = spec_of(export, "cart-orders-orders-own.yml")["slos"]
    assert own["alerting"] == {"name": "CartOrdersOwnErrorBudgetBurn"}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (USUAL.replace("30d", "calendar month"), "the calendar month becomes 30d"),
        (USUAL + "sla: 99\n", "only the page says `sla`"),
        (
            USUAL + ALERTING + WINDOWS.replace("budget_percent: 42", "budget_percent: 42, for: 5m"),
            "how long they must hold",
        ),
        (USUAL + ALERTING + "".join(WINDOWS.splitlines(keepends=True)[:3]), "the usual four stand instead"),
        (USUAL.replace("30d", "2d") + ALERTING, "those that are longer than the period stay"),
        (USUAL.replace("bad:", "slices: {length: 10m}, bad:"), "windows shorter than a slice (10m)"),
    ],
)
def test_what_sloth_cannot_say_is_listed_with_its_place(keys: str, told: str) -> None:
    found = [loss for loss in made(keys).losses if told in loss.what]
    assert len(found) == 1
    assert found[0].slo == "cart-orders"
    assert found[0].place is not None
    assert found[0].place.path == "sre/slos/cart-orders.md"


def test_names_that_sloth_refuses_are_told() -> None:
    found = targets(USUAL + "objectives: [{name: x-, objective: 95}]\n")
    losses = export_sloth(found, Context()).losses
    assert ["`orders-x-`" in loss.what for loss in losses] == [True]
