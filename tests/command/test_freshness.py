"""`freshness`: by owner, worst first, capped, in all forms, with exit codes for a scheduled job."""

from __future__ import annotations

import json
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
from mkdocs_sre.reports.freshness.markdown import MAX_CHARACTERS, escaped
from mkdocs_sre.reports.freshness.survey import MOST

Write = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parents[2]
AS_OF = "2026-03-09"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["freshness", "-f", str(folder / "mkdocs.yml"), *arguments])


def runbook(name: str, owner: str, reviewed: str, more: str = "") -> str:
    keys = f"type: runbook\nid: {name}\nowner: '{owner}'\nlast_reviewed_on: {reviewed}\nreview_in: 30d\n{more}"
    return f"---\n{keys}---\n\n# {name}\n"


def site(options: str = "", **documents: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {f"docs/{name}.md": text for name, text in documents.items()}
    return files | {"mkdocs.yml": f"site_name: Shop\nplugins:\n  - sre:\n      as_of: {AS_OF}\n{options}"}


@pytest.fixture
def shop(write: Write) -> Path:
    """One document in each state, of three owners, one of them nobody."""
    slo = "type: slo\nid: cart-fast\nservice: gone\nbehaviour: fast\nsli: {good: a, total: b}\nobjective: 99\nwindow: 28d\n"
    snooze = "snooze: {until: 2026-03-31, reason: Rewritten in March}\n"
    return write(
        site(
            fine=runbook("fine", "@team-a", "2026-03-01"),
            expired=runbook("expired", "@team-b", "2025-12-01"),
            overdue=runbook("overdue", "@team-a", "2026-02-01"),
            soon=runbook("soon", "@team-a", "2026-02-10"),
            put_off=runbook("put-off", "@team-b", "2025-01-01", snooze),
            retired=runbook("retired", "@team-b", "2020-01-01", "status: deprecated\n"),
            slo=f"---\n{slo}last_reviewed_on: 2026-02-02\nreview_in: 30d\n---\n",
        )
    )


def test_text_groups_by_owner_the_worst_first(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    done = run(Path())
    assert done.exit_code == 1
    assert (
        done.stdout
        == """\
@team-b: 1 expired, 1 snoozed
  docs/expired.md:5:19 expired expired
      its review was due on 2025-12-31
      check that it is still true, then set `last_reviewed_on`
  docs/put_off.md:5:19 snoozed put-off
      snoozed until 2026-03-31, Rewritten in March; its review was due on 2025-01-31
      check that it is still true, then set `last_reviewed_on`

@team-a: 1 overdue, 1 due soon
  docs/overdue.md:5:19 overdue overdue
      its review was due on 2026-03-03
      check that it is still true, then set `last_reviewed_on`
  docs/soon.md:5:19 due soon soon
      its review is due on 2026-03-12
      check that it is still true, then set `last_reviewed_on`

no owner: 1 overdue
  docs/slo.md:9:19 overdue cart-fast
      its review was due on 2026-03-04
      check that it is still true, then set `last_reviewed_on`

7 documents on 2026-03-09: 1 expired, 2 overdue, 1 due soon, 1 snoozed
"""
    )
    assert "notice: git's history could not be read" in done.stderr


@pytest.mark.parametrize(
    ("as_of", "code", "end"),
    [
        ("2025-12-31", 0, "1 due soon, 1 snoozed"),
        ("2026-01-01", 0, "1 overdue, 1 snoozed"),
        ("2026-01-30", 0, "1 overdue, 1 snoozed"),
        ("2026-01-31", 1, "1 expired, 1 snoozed"),
    ],
)
def test_it_fails_only_when_something_is_expired(as_of: str, code: int, end: str, shop: Path) -> None:
    done = run(shop, "--as-of", as_of, "--owner", "@team-b")
    assert (done.exit_code, done.stdout.splitlines()[-1].partition(": ")[2]) == (code, end)


def test_nothing_waits(write: Write) -> None:
    folder = write(site(fine=runbook("fine", "@team", "2026-03-01")))
    assert run(folder).stdout == "1 document on 2026-03-09: nothing to look at\n"
    assert run(folder).exit_code == 0
    report = json.loads(run(folder, "--format", "json").stdout)
    assert report["owners"] == []
    assert run(folder, "--format", "markdown").stdout == "1 document on 2026-03-09: nothing to look at.\n"


@pytest.mark.parametrize("name", ["@team-a", "team-a", " @TEAM-A "])
def test_only_what_an_owner_keeps(name: str, shop: Path) -> None:
    done = run(shop, "--owner", name)
    assert done.exit_code == 0
    assert "@team-a: 1 overdue, 1 due soon" in done.stdout
    assert "@team-b" not in done.stdout
    both = run(shop, "--owner", name, "--owner", "@team-b")
    assert both.exit_code == 1
    assert both.stdout.count("@team-") == 2


def test_owners_that_nobody_knows_are_told_with_the_nearest(shop: Path) -> None:
    done = run(shop, "--owner", "@team-aa", "--owner", "zebra")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "`@team-aa` owns nothing; did you mean `@team-a`?" in done.stderr
    assert "`zebra` owns nothing" in done.stderr


def test_an_owner_of_the_options_may_have_nothing_to_do(write: Write) -> None:
    owners = "      owners: [{id: '@team'}, {id: '@idle'}]\n"
    done = run(write(site(owners, late=runbook("late", "@team", "2025-01-01"))), "--owner", "@idle")
    assert (done.exit_code, done.stdout) == (0, "1 document on 2026-03-09: nothing to look at\n")


def test_more_than_twenty_are_counted_unless_all_are_asked_for(write: Write) -> None:
    names = [f"page-{index:02}" for index in range(MOST + 3)]
    folder = write(site(**{name: runbook(name, "@team", "2026-02-01") for name in names}))
    assert run(folder).stdout.count(" overdue page-") == MOST
    assert "  and 3 more; --all shows them\n" in run(folder).stdout
    assert run(folder, "--all").stdout.count(" overdue page-") == MOST + 3
    assert "more;" not in run(folder, "--all").stdout
    assert run(folder, "--format", "markdown").stdout.count("- **overdue**") == MOST
    assert "- and 3 more\n" in run(folder, "--format", "markdown").stdout
    report = json.loads(run(folder, "--format", "json").stdout)
    assert [one["id"] for one in report["owners"][0]["waiting"]] == names


def test_json_says_everything(shop: Path) -> None:
    report: dict[str, Any] = json.loads(run(shop, "--format", "json").stdout)
    assert {key: report[key] for key in ("version", "as_of", "documents")} == {
        "version": 1,
        "as_of": AS_OF,
        "documents": 7,
    }
    assert [one["owner"] for one in report["owners"]] == ["@team-b", "@team-a", None]
    expired, put_off = report["owners"][0]["waiting"]
    assert expired == {
        "id": "expired",
        "kind": "runbook",
        "title": "expired",
        "path": "expired.md",
        "line": 5,
        "column": 19,
        "state": "expired",
        "due": "2025-12-31",
        "expires": "2026-01-30",
        "snooze": None,
        "reasons": [
            {
                "signal": "review",
                "state": "expired",
                "due": "2025-12-31",
                "text": "its review was due on 2025-12-31",
                "cure": "check that it is still true, then set `last_reviewed_on`",
                "related": [],
            }
        ],
    }
    assert (put_off["state"], put_off["snooze"]) == (
        "snoozed",
        {"until": "2026-03-31", "reason": "Rewritten in March"},
    )


HOSTILE = '"]<img src=x onerror=alert(1)>*[x](javascript:1)`_\\\\ ](x)"'


def test_markdown_shows_what_authors_wrote_as_it_is(write: Write) -> None:
    snooze = f"snooze: {{until: 2026-04-01, reason: {HOSTILE}}}\n"
    owner = "]<b>@team</b>\u202e"
    folder = write(site(late=runbook("late", owner, "2025-01-01", snooze)))
    html = MarkdownIt("commonmark").render(run(folder, "--format", "markdown").stdout)
    assert set(re.findall(r"<(\w+)", html)) == {"p", "h3", "ul", "li", "strong", "code"}
    assert "]&lt;img src=x onerror=alert(1)&gt;*[x](javascript:1)`_\\ ](x)" in html
    assert "<h3>]&lt;b&gt;@team&lt;/b&gt;\\u202e: 1 snoozed</h3>" in html
    assert "then set <code>last_reviewed_on</code>." in html


def test_a_terminal_is_not_steered(write: Write) -> None:
    snooze = 'snooze: {until: 2026-04-01, reason: "a\\u001b[31m\\nb"}\n'
    done = run(write(site(late=runbook("late", "@team", "2025-01-01", snooze))))
    assert "\x1b" not in done.stdout
    assert "a\\x1b[31m\\nb" in done.stdout


def test_markdown_fits_an_issue(write: Write) -> None:
    documents = {
        f"r{team}-{index}": runbook(
            f"r{team}-{index}",
            f"@team-{team:02}",
            "2025-01-01",
            f"snooze: {{until: 2026-04-01, reason: {'x ' * 400}}}\n",
        )
        for team in range(8)
        for index in range(12)
    }
    text = run(write(site(**documents)), "--format", "markdown").stdout
    assert len(text) < MAX_CHARACTERS + 2_000
    assert text.count("### @team-") == 8
    assert "- too many to show here\n" in text


@given(st.text(max_size=60))
def test_markdown_of_any_text_is_that_text(text: str) -> None:
    tokens = MarkdownIt("commonmark").parseInline(f"x{escaped(text)}x")
    assert [token.type for token in tokens[0].children or []] == ["text"] * len(tokens[0].children or [])


def test_damaged_documents_are_counted(write: Write) -> None:
    folder = write(site(bad="---\ntype: runbook\nid: bad\nowner: '@team'\nlast_reviewed_on: never\n---\n"))
    done = run(folder)
    assert done.exit_code == 0
    assert "notice: 1 damaged document left out; `mkdocs-sre check` shows why" in done.stderr


def test_it_cannot_run(write: Write) -> None:
    assert run(write({"other.yml": "x"})).exit_code == 2
    folder = write(
        {"mkdocs.yml": "site_name: x\nplugins:\n  - sre:\n      freshness: {verfy: major}\n", "docs/a.md": "a"}
    )
    done = run(folder)
    assert done.exit_code == 2
    assert "did you mean `verify`?" in done.stderr
    assert run(folder, "--as-of", "yesterday").exit_code == 2


def test_the_example_in_a_process_of_its_own_tells_the_same_twice() -> None:
    command = [sys.executable, "-m", "mkdocs_sre", "freshness", "-f", str(ROOT / "mkdocs.yml"), "--as-of", "2026-08-01"]
    done = [subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(2)]
    assert done[0].returncode == 1, done[0].stderr
    assert done[0].stdout == done[1].stdout
    assert "Traceback" not in done[0].stderr


def test_the_guide_shows_json_as_it_is() -> None:
    guide = (ROOT / "docs/guide/freshness.md").read_text(encoding="utf-8")
    shown = re.search(r"(?s)```json\n(.*?)```", guide)
    assert shown is not None
    told = json.loads(shown[1])
    report = json.loads(run(ROOT, "--owner", "@team-orders", "--format", "json").stdout)
    assert {**report, "docs": told["docs"], "documents": told["documents"]} == told
