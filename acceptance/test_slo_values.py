"""Numbers about objectives that others have computed: windows, budgets, burn rates, composites."""

from __future__ import annotations

import json
import os
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.analyses.objectives import objective_sums
from mkdocs_sre.documents.burn_alerting import Calls
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.knowledge import assemble
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings
from mkdocs_sre.sites.graphs import graph_of_file
from mkdocs_sre.slo.budgets import (
    budget_events,
    budget_seconds,
    incident_seconds,
    recovery_seconds,
    spent_share,
)
from mkdocs_sre.slo.burn import BurnAlert, exhausted_after, usual_alerts
from mkdocs_sre.slo.composite import Component, composite_ratio, slices_ratio
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.pyrra_windows import pyrra_windows

CASES = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere"))
SIZES = {"s": 1, "m": 60, "h": 3600, "d": 86400}
DAY, YEAR = 86400, 365 * 86400
THIRTY = 30 * DAY
PRINTED = 1e-9  # relative: the file gives ten digits
ALLOWED = Fraction(1, 1000)  # of 99.9 %


def values() -> dict[str, Any]:
    """Return the file, its numbers as text, so that none passes through a binary fraction."""
    file = CASES / "slo" / "values.yaml"
    assert file.is_file(), f"no file of values at {file}; run `make acceptance CASES=FOLDER`"
    loaded: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 text alone
    return loaded


def seconds(text: str) -> int:
    return int(text[:-1]) * SIZES[text[-1]]


def close(found: Fraction | None, expected: str, *, digits: float = PRINTED) -> None:
    assert found is not None
    assert float(found) == pytest.approx(float(expected), rel=digits, abs=0), (decimal_text(found), expected)


def allowed(objective: str) -> Fraction:
    return 1 - Fraction(objective) / 100


def test_every_part_of_the_file_is_looked_at() -> None:
    looked_at = set(re.findall(r'values\(\)\["(\w+)"\]', Path(__file__).read_text(encoding="utf-8")))
    assert set(values()) == looked_at


def test_sloth_windows() -> None:
    for period_text, given in values()["sloth"].items():
        period = seconds(period_text)
        usual = usual_alerts(period, ALLOWED)
        for index, expected in enumerate(given["alerts"]):
            calls: Calls = "page" if expected["name"].startswith("page") else "ticket"
            share = Fraction(expected["error_budget_percent"]) / 100
            alert = BurnAlert(calls, seconds(expected["short"]), seconds(expected["long"]), share, period, ALLOWED)
            close(alert.factor, expected["factor"])
            close(alert.threshold, expected["threshold_at_99_9"])
            if period_text != "7d":  # those of a user's file
                assert usual[index] == alert
        assert len(usual) == len(given["alerts"])


def test_pyrra_windows() -> None:
    for period, expected in values()["pyrra"].items():
        found = pyrra_windows(seconds(period))
        assert len(found) == len(expected)
        for one, row in zip(found, expected, strict=True):
            assert one.calls == {"critical": "page", "warning": "ticket"}[row["severity"]]
            assert (one.hold, one.short, one.long) == tuple(seconds(row[key]) for key in ("for", "short", "long"))
            assert one.factor == int(row["factor"])
            close(one.share * 100, row["budget_percent_when_long_window_full"], digits=5e-4)  # four digits are given


def test_the_workbook() -> None:
    book = values()["workbook"]
    assert (book["slo"], seconds(book["period"])) == ("99.9", THIRTY)
    for row in book["table_5_8"]:
        short, long = seconds(row["short"]), seconds(row["long"])
        share = Fraction(row["budget_consumed_percent"]) / 100
        alert = BurnAlert(row["severity"], short, long, share, THIRTY, ALLOWED)
        close(alert.factor, row["burn_rate"])
        assert alert in usual_alerts(THIRTY, ALLOWED)
    for row in book["time_to_exhaustion"]:
        rate = Fraction(row["burn_rate"])
        close(exhausted_after(THIRTY, rate), row["seconds"])
        close(rate * ALLOWED * 100, row["error_rate_percent"])
    for row in book["detection_seconds_long_window"]:
        [alert] = [one for one in usual_alerts(THIRTY, ALLOWED) if one.long == seconds(row["long"])]
        close(alert.factor, row["burn_rate"])
        close(alert.time_to_fire(Fraction(row["error_ratio"])), row["seconds"])


def test_facts_of_the_workbook() -> None:
    facts = values()["workbook"]["facts"]
    half = BurnAlert("page", 3600, 36 * 3600, Fraction(36, 720), THIRTY, ALLOWED)  # burn rate 1 over 36 hours
    assert half.factor == 1
    an_hour = BurnAlert("page", 300, 3600, Fraction(5, 100), THIRTY, ALLOWED)
    a_failure = 1 / budget_events(ALLOWED, THIRTY, Decimal(240))
    found = {
        "36h_window_full_outage_detect_s": half.time_to_fire(Fraction(1)),
        "burn_for_5pct_in_1h": an_hour.factor,
        "35x_exhausts_h": (exhausted_after(THIRTY, Fraction(35)) or 0) / Fraction(3600),
        "90pct_full_outage_1h_budget_percent": incident_seconds(Decimal(100), 3600)
        / budget_seconds(Fraction(1, 10), THIRTY)
        * 100,
        "99_999_full_outage_exhausts_s": budget_seconds(Fraction(1, 10**5), THIRTY),
        "10rph_one_failure_budget_percent": a_failure * 100,
        "10rph_one_failure_burn_rate": spent_share(Decimal("99.9"), Decimal(90)),
        "5min_outage_budget_percent": incident_seconds(Decimal(100), 300) / budget_seconds(ALLOWED, THIRTY) * 100,
    }
    assert {key for key in facts if not key.endswith("_note")} == set(found)
    for key, value in found.items():
        close(value, facts[key])


def test_budgets() -> None:
    for row in values()["budget"]:
        close(budget_seconds(allowed(row["slo"]), seconds(row["window"])), row["seconds"])


def test_composites() -> None:
    given = values()["composite"]
    page = given["nobl9_page_example"]
    parts = [Component(Fraction(percent) / 100, Fraction(weight)) for percent, weight in page["components"]]
    together = composite_ratio("weighted", parts)
    assert decimal_text(together * 100) == page["weighted_percent"]
    assert cut_percent(together, 2) == f"{page['page_shows']} %"
    slices = given["openslo_ratio_timeslices"]
    least = composite_ratio("time-slices", [Component(Fraction(one) / 100) for one in slices["components"]])
    assert decimal_text(least * 100) == slices["composite"]
    assert given["openslo_timeslices"] == "bad if any component slice is bad"
    assert slices_ratio([[True, True, False, True], [True, False, False, True]]) == Fraction(1, 2)
    assert given["elastic"] == ["weightedAverage", "leastHealthy"]
    assert composite_ratio("weighted", parts) == sum(one.ratio * one.weight for one in parts)
    assert composite_ratio("worst", parts) == Fraction("0.9972")


def test_when_an_alert_can_fire_at_all() -> None:
    for row in values()["reachability"]:
        factor, hour = Fraction(row["factor"]), 3600
        edge = BurnAlert("page", 300, hour, factor * hour / THIRTY, THIRTY, 1 / factor)
        assert not edge.can_fire
        close(edge.fires_above * 100, row["min_slo_percent_exclusive"])
        above = BurnAlert("page", 300, hour, factor * hour / THIRTY, THIRTY, 1 / factor - Fraction(1, 10**12))
        assert above.can_fire


def test_low_traffic() -> None:
    for row in values()["low_traffic"]:
        [alert] = [one for one in usual_alerts(THIRTY, allowed(row["slo"])) if one.factor == Fraction(row["factor"])]
        close(alert.fewest_events, row["long_window_requests_below_which_one_failure_fires"])


def test_the_calculus() -> None:
    given = values()["calculus"]
    assert int(given["year_minutes"]) * 60 == YEAR
    whole = budget_seconds(allowed(given["target"]), YEAR) / 60
    close(whole, given["budget_min_exact"])
    dependencies = given["deps"]
    count = int(dependencies["n"])
    theirs = count * budget_seconds(allowed(dependencies["each"]), YEAR) / 60
    close(theirs, dependencies["budget_min_exact"])
    own = whole - theirs
    close(own, given["own_budget_min_exact"])
    impact = given["expected_impact"]
    shares = [Fraction(1)] * int(impact["full"]) + [Fraction(impact["scope"])] * int(impact["partial"])
    close(sum(shares, Fraction(0)), impact["sum"])
    close(recovery_seconds(own, shares), given["recover_min_exact"])
    outages = given["three_20min_outages"]
    cost = 3 * incident_seconds(Decimal(100), 20 * 60) / 60
    close(cost, outages["total_min"])
    assert (cost <= whole) is (outages["feasible"] == "true")


def test_the_article_rounds_what_we_compute() -> None:
    given = values()["calculus"]
    whole = round(budget_seconds(allowed(given["target"]), YEAR) / 60)
    theirs = round(5 * budget_seconds(allowed(given["deps"]["each"]), YEAR) / 60)
    recover = recovery_seconds(Fraction(whole - theirs), [Fraction(given["expected_impact"]["sum"])])
    assert recover is not None
    articles = [given["budget_min_article"], given["deps"]["article"], given["own_budget_min_article"]]
    assert [whole, theirs, whole - theirs] == [int(one) for one in articles]
    assert round(recover) == int(given["recover_min_article"]) == sum(map(int, given["split_min"].values()))


def ceiling(folder: Path, nodes: list[dict[str, str]], dependencies: list[dict[str, Any]]) -> Fraction:
    """Return what the dependencies of `top` leave, by the graph."""
    file = folder / "graph.json"
    system = {
        "nodes": [{"id": "top", "kind": "service", "availability": "1"}, *nodes],
        "dependencies": dependencies,
        "roots": ["top"],
    }
    file.write_text(json.dumps(system), encoding="utf-8")
    graph = graph_of_file(file).graph
    assert graph is not None
    exact = graph.availability(graph.system.find("top") or 0).exact
    assert exact is not None
    return exact


def nodes(each: list[str]) -> list[dict[str, str]]:
    return [
        {"id": f"d{index}", "kind": "service", "availability": decimal_text(Fraction(percent) / 100)}
        for index, percent in enumerate(each)
    ]


def test_what_dependencies_in_a_row_leave(tmp_path: Path) -> None:
    given = values()["calculus"]
    rows = [(row["deps"], row["ceiling_percent"]) for row in given["series"]]
    rows.append(([given["deps"]["each"]] * int(given["deps"]["n"]), given["deps"]["product_percent"]))
    for each, expected in rows:
        needs = [{"from": "top", "kind": "hard", "k": 1, "members": [f"d{index}"]} for index in range(len(each))]
        close(ceiling(tmp_path, nodes(each), needs) * 100, expected)


def test_what_copies_leave(tmp_path: Path) -> None:
    copies = values()["calculus"]["redundancy"]
    each = [copies["each"]] * int(copies["copies"])
    needs = [{"from": "top", "kind": "hard", "k": 1, "members": [f"d{index}" for index in range(len(each))]}]
    close(ceiling(tmp_path, nodes(each), needs) * 100, copies["theoretical_percent"])


def test_a_tree_of_dependencies(tmp_path: Path) -> None:
    """Ten needs ten need ten: each of them is a single point of failure of the first."""
    names, needs = [["top"]], []
    for _ in range(3):
        names.append([f"{above}-{index}" for above in names[-1] for index in range(10)])
        needs += [{"from": one.rpartition("-")[0], "kind": "hard", "k": 1, "members": [one]} for one in names[-1]]
    ids = [one for level in names for one in level]
    file = tmp_path / "tree.json"
    system = {"nodes": [{"id": one, "kind": "service"} for one in ids], "dependencies": needs, "roots": ["top"]}
    file.write_text(json.dumps(system), encoding="utf-8")
    graph = graph_of_file(file).graph
    assert graph is not None
    found = len(graph.faults_of(graph.system.find("top") or 0))
    assert found == int(values()["calculus"]["naive_tree_fanout10_levels4"])


def test_the_extra_nine() -> None:
    for row in values()["calculus"]["extra_nine"]:
        services = "type: service\nservices:\n  - {id: needed, tier: 1, owner: '@a', availability: 99}\n"
        services += "  - {id: asked, tier: 1, owner: '@a', dependencies: [{service: needed, criticality: hard}]}\n"
        slo = (
            f"type: slo\nid: s\nservice: asked\nbehaviour: b\nsli: {{good: a, total: b}}\nobjective: {row['service']}\n"
        )
        texts = {"a.md": services, "b.md": slo + "window: 30d\n"}
        base = assemble(Settings(), [read(path, f"---\n{text}---\n".encode()) for path, text in texts.items()])
        asked = base.document("asked", Service)
        assert asked is not None
        [found] = objective_sums(base, graph_of(base), asked)
        close(found.asked * 100, row["dependency_min"])
