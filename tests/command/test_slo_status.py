"""`slo status`: what is left of budgets, the gate of a pipeline, the table for compliance."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mkdocs_sre.cli import main
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.reports.slo.survey import length_text

Write = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parents[2]
WINDOW = "2026-02-08T00:00:00Z,2026-03-09T00:00:00Z"
HEADER = "slo,from,to,measured,good,total\n"
POLICY = """error_budget_policy:
  - {at_percent: 50, action: Read the reviews., decides: "@team-cart"}
  - {at_percent: 100, action: Stop releases, decides: "@cto", freezes_changes: true}
"""


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["slo", "status", "-f", str(folder / "mkdocs.yml"), *arguments])


def slo(id_: str, service: str, objective: str = "99.9", more: str = POLICY) -> str:
    head = f"type: slo\nid: {id_}\nservice: {service}\nbehaviour: It answers.\nsli: {{good: a, total: b}}\n"
    return f"---\n{head}objective: {objective}\nwindow: 30d\n{more}---\n"


REVIEW = """---
type: pir
id: PIR-2026-001
status: {}
severity: SEV2
service: cart
incident_date: 2026-03-03
slo_impact:
  - {{slo: cart-answers, failing_percent: 100, from: "2026-03-03T10:00:00Z", to: "2026-03-03T10:50:00Z"}}
  - {{slo: card-answers, failing_percent: 50}}
---
"""


def site(results: str | None = "", **documents: str) -> dict[str, str | bytes]:
    option = "      slos: {results: results.csv}\n" if results is not None else ""
    files: dict[str, str | bytes] = {f"docs/{name}.md": text for name, text in documents.items()}
    files |= {"results.csv": HEADER + results} if results is not None else {}
    return files | {"mkdocs.yml": f"site_name: Shop\nplugins:\n  - sre:\n      as_of: 2026-03-09\n{option}"}


@pytest.fixture
def shop(write: Write) -> Path:
    """One objective that is overspent, one within its budget."""
    results = f"cart-answers,{WINDOW},99.82\ncard-answers,{WINDOW},,99999,100000\n"
    return write(site(results, a=slo("cart-answers", "cart"), b=slo("card-answers", "payments")))


def test_text_tells_a_stranger_what_is_spent_the_worst_first(shop: Path) -> None:
    done = run(shop, "--gate")
    assert done.exit_code == 1
    assert done.stderr == ""
    assert (
        done.stdout
        == """\
SLO           objective  measured  spent      left  by
cart-answers     99.9 %   99.82 %  180 %  -34m 33s  measured
card-answers     99.9 %  99.999 %    1 %   42m 46s  measured

cart-answers: 180 % spent, overspent by 80 %
  measured: 99.82 % of the time good, 2026-02-08 to 2026-03-09 (96 % of the
  window so far)
  50 % reached: Read the reviews (@team-cart decides)
  100 % reached: Stop releases (@cto decides); this freezes changes

changes must wait: 1 reason
  cart-answers of cart: 180 % spent, overspent by 80 %; at 100 %: Stop releases;
  @cto decides

2 objectives on 2026-03-09: 1 overspent, 0 with a step reached, 1 within the budget
"""
    )


def test_without_the_gate_a_frozen_budget_is_no_failure(shop: Path) -> None:
    done = run(shop)
    assert (done.exit_code, "changes must wait" in done.stdout) == (0, False)


def test_the_gate_of_one_service(shop: Path) -> None:
    done = run(shop, "--gate", "--service", "Payments")
    assert done.exit_code == 0
    assert "changes may go out" in done.stdout
    assert "cart-answers" not in done.stdout
    assert run(shop, "--gate", "--service", "payments", "--service", "cart").exit_code == 1


def test_a_service_that_nobody_knows_does_not_open_the_gate(shop: Path) -> None:
    done = run(shop, "--gate", "--service", "payment")
    assert (done.exit_code, done.stderr) == (2, "no service is called payment; did you mean payments?\n")


@pytest.mark.parametrize("name", ["now.json", "now.csv"])
def test_a_file_that_is_given_stands_in_for_that_of_the_site(shop: Path, name: str) -> None:
    row = {"slo": "cart-answers", "from": "2026-02-08T00:00:00Z", "to": "2026-03-10T00:00:00Z", "measured": 99.95}
    rows = [row, {**row, "slo": "card-answers"}]
    text = (
        json.dumps(rows)
        if name.endswith("json")
        else HEADER + "".join(f"{','.join(map(str, one.values()))}\n" for one in rows)
    )
    (shop / name).write_text(text, encoding="utf-8")
    done = run(shop, "--gate", "--measured", str(shop / name))
    assert done.exit_code == 0, done.output
    table = done.stdout.partition("\n\n")[0]
    assert table.count("99.95 %   50 %") == len(rows)


def test_faults_of_the_file_are_told_at_their_place_and_fail(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    (shop / "now.csv").write_text(f"{HEADER}cart-answers,{WINDOW},99.9%\ncart-answer,{WINDOW},99\n", encoding="utf-8")
    done = run(Path(), "--measured", "now.csv")
    assert done.exit_code == 1
    assert done.stderr == (
        "now.csv:2:56 `measured` is `99.9%`, which is no number; write `99.9`\n"
        "now.csv:3:1 `cart-answer` is no objective that is known; did you mean `cart-answers`?\n"
    )
    assert "not measured" not in done.stdout.partition("\n\n")[0]


def test_faults_of_the_configured_file_fail_too(write: Write) -> None:
    folder = write(site(f"cart-answers,{WINDOW},\n", a=slo("cart-answers", "cart")))
    done = run(folder)
    assert done.exit_code == 1
    assert "results.csv:2:1 a measurement lacks a value" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--measured", "gone.csv"), "gone.csv: No such file or directory"),
        (("--measured", "numbers.txt"), "--measured takes a file whose name ends in .csv or .json"),
        (("--format", "csv"), "csv with --report"),
        (("--format", "text", "--report"), "--report goes with"),
        (("--as-of", "soon"), "must be a day"),
    ],
)
def test_what_cannot_run(shop: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    done = run(Path(), *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_the_gate_is_closed_where_a_measured_value_is_expected_and_missing(write: Write) -> None:
    folder = write(site(f"b,{WINDOW},99.95\n", a=slo("a", "cart"), b=slo("b", "cart"), c=slo("c", "cart", more="")))
    done = run(folder, "--gate")
    assert done.exit_code == 1
    assert "  a: nothing was measured, so nobody knows whether its budget is spent;" in done.stdout
    assert json.loads(run(folder, "--format", "json").stdout)["gate"] == {
        "open": False,
        "frozen": [],
        "unmeasured": ["a"],
        "unread": [],
        "unread_reviews": [],
    }
    unconfigured = write(site(None, a=slo("a", "cart"), b=slo("b", "cart"), c=slo("c", "cart", more="")))
    assert run(unconfigured, "--gate").exit_code == 0


def test_a_time_without_traffic_is_known(write: Write) -> None:
    folder = write(site(f"a,{WINDOW},,0,0\n", a=slo("a", "cart", more=POLICY.replace("50", "0"))))
    done = run(folder, "--gate")
    assert done.exit_code == 0, done.output
    assert re.search(r"(?m)^a +99.9 % +no events +0 % ", done.stdout)
    assert "  measured: no events, 2026-02-08 to 2026-03-09 (96 % of the window so far)\n" in done.stdout
    assert "| no events |" in run(folder, "--format", "markdown").stdout
    [one] = json.loads(run(folder, "--format", "json").stdout)["slos"]
    assert (one["measured"]["percent"], one["measured"]["total"], one["verdict"]) == (100.0, 0.0, "met")
    [row] = csv.DictReader(run(folder, "--report", "--format", "csv").stdout.splitlines())
    assert (row["source"], row["coverage_percent"]) == ("results.csv, no events", "96.666666")


@pytest.mark.parametrize(("percent", "code"), [("100", 0), ("99", 1)])
def test_a_window_of_an_hour_is_judged_by_the_last_hour_that_is_known(write: Write, percent: str, code: int) -> None:
    hours = "".join(f"a,2026-03-09T{hour:02}:00:00Z,2026-03-09T{hour + 1:02}:00:00Z,100\n" for hour in range(13))
    last = f"a,2026-03-09T13:00:00Z,2026-03-09T14:00:00Z,{percent}\n"
    folder = write(site(hours + last, a=slo("a", "cart").replace("30d", "1h")))
    done = run(folder, "--gate")
    assert done.exit_code == code, done.output
    [one] = json.loads(run(folder, "--format", "json").stdout)["slos"]
    assert one["period"] == {
        "from": "2026-03-09T13:00:00Z",
        "to": "2026-03-09T14:00:00Z",
        "until": "2026-03-09T14:00:00Z",
    }


def test_the_gate_is_closed_where_an_objective_cannot_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(site(None, a=slo("a", "cart", "much"), b=slo("b", "payments"))))
    done = run(Path(), "--gate")
    assert done.exit_code == 1
    assert "a.md cannot be read, so its policy cannot be judged" in done.stdout
    assert done.stderr == "notice: 1 objective left out that cannot be read; `mkdocs-sre check` shows why\n"
    assert run(Path(), "--gate", "--service", "payments").exit_code == 0


@pytest.mark.parametrize("damage", ["window: [30d", "type: sol"])
def test_the_gate_is_closed_where_nobody_can_tell_what_a_page_is(
    write: Write, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    key = damage.partition(":")[0]
    broken = re.sub(rf"(?m)^{key}: .*$", damage, slo("a", "cart"))
    monkeypatch.chdir(write(site(None, a=broken, b=slo("b", "payments"))))
    done = run(Path(), "--gate", "--service", "payments")
    assert done.exit_code == 1
    assert "a.md cannot be read, so its policy cannot be judged" in done.stdout


COSTS = """slo_impact:
  - {slo: a, failing_percent: 50, from: "2026-03-03T10:00:00Z", to: "2026-03-03T10:05:00Z"}
"""


def review(severity: str, impact: str = COSTS) -> str:
    head = "type: pir\nid: PIR-2026-001\nstatus: final\nservice: cart\nincident_date: 2026-03-03\n"
    return f"---\n{head}severity: {severity}\n{impact}---\n"


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        (review("SEV2"), None),  # counted, and within the budget
        (review("["), True),  # no YAML: nobody can tell what it is
        (review("[1]"), True),  # what it cost can be told, and is not counted
        (review("SEV2", "slo_impact: much\n"), True),
        (review("SEV2", "slo_impact: [{slo: [], failing_percent: 3}]\n"), True),
        (review("SEV2", COSTS.replace("50", "500")), True),
        (review("[1]", ""), False),  # says that it cost nothing
    ],
)
def test_the_gate_is_closed_where_nobody_can_tell_what_an_incident_spent(
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    closed: bool | None,  # noqa: FBT001 a case
) -> None:
    path = "reliability/pirs/p"
    monkeypatch.chdir(write(site(None, **{"slos/a": slo("a", "cart"), "slos/b": slo("b", "payments"), path: text})))
    done = run(Path(), "--gate")
    told = f"{path}.md cannot be read, so what its incident spent is not counted; `mkdocs-sre check` shows why"
    assert done.exit_code == (1 if closed else 0)
    times = 0 if closed is None else 1
    for form in ("text", "markdown"):
        for gate in ((), ("--gate",)):
            said = run(Path(), "--format", form, *gate).stdout
            assert " ".join(said.replace("\\", "").split()).count(told) == times, said
    notice = "notice: 1 post-incident review left out that cannot be read; `mkdocs-sre check` shows why\n"
    assert done.stderr == notice * times
    found = json.loads(run(Path(), "--format", "json").stdout)
    assert found["unread_reviews"] == [f"docs/{path}.md"] * times
    assert found["gate"]["unread_reviews"] == ([f"docs/{path}.md"] if closed else [])
    assert found["gate"]["open"] is not bool(closed)


def test_a_review_of_another_service_keeps_no_gate_closed_where_that_can_be_told(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = {"slos/a": slo("a", "cart"), "slos/b": slo("b", "payments")}
    monkeypatch.chdir(write(site(None, **documents, **{"reliability/pirs/p": review("[1]")})))
    assert run(Path(), "--gate", "--service", "payments").exit_code == 0
    assert run(Path(), "--gate", "--service", "cart").exit_code == 1
    unknown = COSTS.replace("slo: a", "slo: c")
    monkeypatch.chdir(write(site(None, **documents, **{"reliability/pirs/p": review("[1]", unknown)})))
    assert run(Path(), "--gate", "--service", "payments").exit_code == 1


def test_a_page_that_may_be_an_objective_or_a_review_is_one_reason(write: Write) -> None:
    done = run(write(site(None, a=slo("a", "cart"), p=REVIEW.format("final"), q=review("["))), "--gate")
    assert done.exit_code == 1
    assert done.stdout.count("q.md cannot be read") == 1


def test_a_pipe_of_measured_values_is_not_waited_for(shop: Path) -> None:
    os.mkfifo(shop / "pipe.csv")
    done = run(shop, "--measured", str(shop / "pipe.csv"))
    assert done.exit_code == 2
    assert done.stderr.endswith("pipe.csv: is no regular file\n")


@pytest.mark.parametrize(
    ("status", "said"), [("final", "final reviews tell of"), ("draft", "counting reviews that are not final")]
)
def test_reviews_alone_close_the_gate(write: Write, status: str, said: str) -> None:
    folder = write(site(None, a=slo("cart-answers", "cart"), b=slo("card-answers", "cart"), p=REVIEW.format(status)))
    done = run(folder, "--gate")
    assert done.exit_code == 1
    assert said in " ".join(done.stdout.split())
    assert "50m (115.7 %): PIR-2026-001" in done.stdout
    assert "PIR-2026-001 is not counted, since its times are not known; give `from` and `to`" in " ".join(
        done.stdout.split()
    )


def test_json_is_the_same_each_time_and_has_everything(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    done = run(Path(), "--format", "json")
    assert done.exit_code == 0
    assert done.stdout == run(Path(), "--report", "--format", "json").stdout
    found: dict[str, Any] = json.loads(done.stdout)
    assert list(found) == ["version", "as_of", "docs", "slos", "gate", "unread_reviews"]
    cart, card = found["slos"]
    assert (cart["id"], cart["path"], cart["line"], cart["verdict"], cart["frozen"]) == (
        "cart-answers",
        "docs/a.md",
        7,
        "missed",
        True,
    )
    assert cart["spent"] == {
        "percent": 180.0,
        "seconds": 4665.6,
        "source": "measured",
        "by_final_reviews_seconds": 0.0,
        "by_other_reviews_seconds": 0.0,
    }
    assert cart["measured"] | {"files": None} == {
        "percent": 99.82,
        "from": "2026-02-08T00:00:00Z",
        "to": "2026-03-09T00:00:00Z",
        "coverage_percent": 96.6666666666,
        "good": None,
        "total": None,
        "files": None,
        "of": [],
    }
    assert (card["measured"]["good"], card["measured"]["total"]) == (99999.0, 100000.0)
    assert found["gate"] == {
        "open": False,
        "frozen": ["cart-answers"],
        "unmeasured": [],
        "unread": [],
        "unread_reviews": [],
    }
    assert found["unread_reviews"] == []
    assert str(shop) not in done.stdout


def test_markdown_shows_what_authors_wrote_as_it_is(write: Write) -> None:
    policy = (
        'error_budget_policy: [{at_percent: 1, action: "<b>*stop* [x](y)|", decides: "@a_b", freezes_changes: true}]\n'
    )
    folder = write(site(f"a,{WINDOW},99\n", a=slo("a", "cart", more=policy)))
    done = run(folder, "--format", "markdown", "--gate")
    html = MarkdownIt("commonmark").enable("table").render(done.stdout)
    assert html.count("<tr>") == 2
    assert "&lt;b&gt;*stop* [x](y)|" in html
    assert "<b>" not in html
    assert "@a_b decides" in html


def test_the_report_says_what_was_promised_measured_and_kept(write: Write) -> None:
    results = f"met,{WINDOW},99.95\nmissed,{WINDOW},,998,1000\nshort,2026-03-01T00:00:00Z,2026-03-09T00:00:00Z,100\n"
    names = ("met", "missed", "short", "unknown")
    folder = write(site(results, **{name: slo(name, "cart") for name in names}))
    html = MarkdownIt("commonmark").enable("table").render(run(folder, "--report").stdout)
    assert html.count("<tr>") == 1 + len(names)
    done = run(folder, "--report", "--format", "csv")
    assert done.exit_code == 0
    rows = {row["objective"]: row for row in csv.DictReader(done.stdout.splitlines())}
    verdicts = {name: (row["measured_percent"], row["spent_percent"], row["verdict"]) for name, row in rows.items()}
    assert verdicts == {
        "met": ("99.95", "50", "met"),
        "missed": ("99.8", "200", "missed"),
        "short": ("100", "0", "met so far"),
        "unknown": ("", "0", "not measured"),
    }
    met = rows["met"]
    assert (met["from"], met["to"], met["budget_seconds"]) == ("2026-02-08", "2026-03-10", "2592")
    assert (met["source"], met["coverage_percent"]) == ("results.csv, mean over time", "96.666666")
    assert rows["missed"]["source"] == "results.csv, events counted"
    assert rows["unknown"]["source"] == "post-incident reviews"


def test_a_composite_says_what_it_is_computed_from(write: Write) -> None:
    head = "type: slo\nid: all\nservice: cart\nbehaviour: It answers.\nsli: {composite: {of: [{slo: a}, {slo: b}]}}\n"
    policy = "error_budget_policy: [{at_percent: 50, action: Read}]\n"
    results = f"a,{WINDOW},99.8\nb,{WINDOW},,1000,1000\n"
    both = {
        "a": slo("a", "cart"),
        "b": slo("b", "cart"),
        "all": f"---\n{head}objective: 99.9\nwindow: 30d\n{policy}---\n",
    }
    folder = write(site(results, **both))
    done = run(folder)
    assert done.exit_code == 0
    assert "computed from what was measured of a, b" in done.stdout
    [row] = [
        one
        for one in csv.DictReader(run(folder, "--report", "--format", "csv").stdout.splitlines())
        if one["objective"] == "all"
    ]
    assert (row["measured_percent"], row["verdict"], row["source"]) == (
        "99.9",
        "met",
        "results.csv, computed from a, b",
    )


def test_a_report_on_a_day_that_is_past_leaves_out_what_came_later(write: Write) -> None:
    later = "a,2026-02-08T00:00:00Z,2026-03-09T00:00:00Z,90\n"
    earlier = "a,2026-01-08T00:00:00Z,2026-02-08T00:00:00Z,99.95\n"
    folder = write(site(earlier + later, a=slo("a", "cart")))
    done = run(folder, "--as-of", "2026-02-08", "--report", "--format", "csv")
    assert (done.exit_code, done.stderr) == (0, "")
    [row] = csv.DictReader(done.stdout.splitlines())
    assert (row["from"], row["to"], row["measured_percent"]) == ("2026-01-10", "2026-02-09", "99.95")
    ahead = write(site("a,2026-03-09T00:00:00Z,2026-03-11T00:00:00Z,99\n", a=slo("a", "cart")))
    assert "the span ends on 2026-03-11, after 2026-03-09" in run(ahead).stderr
    assert run(ahead, "--as-of", "2026-03-10").exit_code == 0


def test_evidence_that_names_no_day_is_no_verdict(write: Write) -> None:
    evidence = POLICY + "evidence: {period: 30d, measured: 99.82}\n"
    folder = write(site(None, a=slo("a", "cart", more=evidence)))
    [row] = csv.DictReader(run(folder, "--report", "--format", "csv").stdout.splitlines())
    assert (row["spent_percent"], row["verdict"], row["source"]) == ("180", "not measured", "evidence in the document")
    done = run(folder, "--gate")
    assert done.exit_code == 1
    assert "by the document's evidence: 99.82 % over 30d, which names no day" in done.stdout


def test_an_option_that_cannot_be_used_is_told_with_its_place(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    config = (shop / "mkdocs.yml").read_text(encoding="utf-8")
    (shop / "mkdocs.yml").write_text(config.replace("results.csv", "results.yaml"), encoding="utf-8")
    done = run(Path())
    assert done.exit_code == 2
    assert "`results.yaml` must end in `.csv` or `.json`" in done.stderr


def test_a_spreadsheet_takes_no_cell_for_a_formula(write: Write) -> None:
    folder = write(site(None, a=slo("a", "cart")) | {"=x.csv": f"{HEADER}a,{WINDOW},99\n"})
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config + "      slos: {results: '=x.csv'}\n", encoding="utf-8")
    done = run(folder, "--report", "--format", "csv")
    [row] = csv.DictReader(done.stdout.splitlines())
    assert row["source"] == "'=x.csv, mean over time"


def test_a_site_without_objectives_has_nothing_to_freeze(write: Write) -> None:
    done = run(write(site(None, a="# Nothing\n")), "--gate")
    assert done.exit_code == 0
    assert (
        done.stdout
        == "changes may go out\n\n0 objectives on 2026-03-09: 0 overspent, 0 with a step reached, 0 within the budget\n"
    )


def test_the_example_fits_a_terminal_of_80_columns() -> None:
    done = run(ROOT, "--gate")
    assert done.exit_code == 1  # payments-authorise: its incidents fell into busy hours
    *lines, total = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert total.startswith("12 objectives on 2026-03-09: 1 overspent")
    assert "final reviews tell of 24m 20s (56.3 %): PIR-2026-005, PIR-2026-007" in done.stdout


def test_what_reviews_alone_cost_is_never_more_than_what_was_measured_in_the_example() -> None:
    found = json.loads(run(ROOT, "--format", "json").stdout)
    spent = [one["spent"] for one in found["slos"]]
    assert {one["source"] for one in spent} == {"measured"}
    assert all(one["seconds"] >= one["by_final_reviews_seconds"] + one["by_other_reviews_seconds"] for one in spent)


def test_colour_only_on_a_terminal(shop: Path) -> None:
    command = [sys.executable, "-m", "mkdocs_sre", "slo", "status", "-f", str(shop / "mkdocs.yml")]
    assert "\x1b" not in subprocess.run(command, capture_output=True, text=True, check=True).stdout
    master, slave = pty.openpty()
    subprocess.run(command, stdout=slave, check=True)
    os.close(slave)
    assert b"\x1b[31mcart-answers" in os.read(master, 10_000)
    os.close(master)


@given(st.fractions(0, 1), st.integers(0, 6))
def test_a_reliability_is_never_told_better_than_it_is(ratio: Any, decimals: int) -> None:
    shown = float(cut_percent(ratio, decimals).removesuffix(" %"))
    assert shown <= ratio * 100 + 1e-12
    assert ratio * 100 - shown < 10**-decimals + 1e-9


@given(st.fractions(-(10**7), 10**7))
def test_a_length_is_told_in_two_units_and_cut_off(seconds: Any) -> None:
    text = length_text(seconds)
    sizes = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    parts = text.removeprefix("-").split()
    told = sum(float(part[:-1]) * sizes[part[-1]] for part in parts)
    assert len(parts) <= 2
    assert 0 <= abs(seconds) - told < max(sizes[parts[0][-1]] / (24 if parts[0][-1] == "d" else 60), 1)
