"""`slo export`: files in every form, compared with what is committed; nothing is written when anything is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.slo.exports import exporters

Write = Callable[[Mapping[str, str | bytes]], Path]

CONFIGURATION = """\
site_name: Shop
plugins:
  - sre:
      as_of: 2026-03-09
      alerts:
        rules: [rules/*.yaml]
        url_prefix: ["https://sre.example.com/"]
        paging: [wake-up, page]
        owner_labels: [team]
"""
SERVICE = "---\ntype: service\nid: cart\nowner: '@team-cart'\ntier: 1\n---\n\n# Cart\n"
RUNBOOK = "---\ntype: runbook\nid: cart-burns\nowner: '@team-cart'\nseverity: P1\ndashboards: [{title: Cart, url: 'https://graphs.example/'}]\n---\n\n# Cart burns\n"
SLO = """\
---
type: slo
id: cart-answers
service: cart
behaviour: The basket opens.
sli:
  bad: sum(rate(requests_total{code=~"5.."}[{{.window}}]))
  total: sum(rate(requests_total[{{.window}}]))
objective: 99.9
window: 30d
alerting: {name: CartBurns, runbook: cart-burns}
---

# The basket opens

## Rationale

So.
"""
OTHER = SLO.replace("cart-answers", "cart-keeps").replace("CartBurns", "CartLoses")
SITE = {
    "mkdocs.yml": CONFIGURATION,
    "docs/sre/services/cart.md": SERVICE,
    "docs/sre/runbooks/cart-burns.md": RUNBOOK,
    "docs/sre/slos/cart-answers.md": SLO,
    "docs/sre/slos/cart-keeps.md": OTHER,
}


@pytest.fixture
def site(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write(SITE)
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str, form: str = "prometheus", out: str = "rules") -> Result:
    return CliRunner().invoke(main, ["slo", "export", "--to", form, "--out", out, *arguments])


def files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("form", sorted(exporters()))
def test_every_form_is_written_the_same_each_time_and_agrees_with_itself(site: Path, form: str) -> None:
    done = run(form=form)
    assert done.exit_code == 0, done.output
    first = files(site / "rules")
    assert first
    assert run("--check", form=form).exit_code == 0
    again = run(form=form)
    assert again.stdout == f"rules: 0 files written, {len(first)} as before\n"
    assert files(site / "rules") == first


def test_the_alert_gate_holds_on_what_is_written(site: Path) -> None:
    """Not one finding of any level about alerts, though every one of their rules is on."""
    assert run().exit_code == 0
    (site / "mkdocs.yml").write_text(CONFIGURATION + "      levels: {ALT401: warning}\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--strict", "--select", "ALT"])
    assert (done.exit_code, done.output) == (0, "4 documents: no findings\n")
    listed = CliRunner().invoke(main, ["alerts"])
    assert listed.exit_code == 0
    assert "CartBurns" in listed.stdout


def test_alerts_link_to_the_site_and_bear_its_labels(site: Path) -> None:
    run()
    text = (site / "rules/cart-answers.yaml").read_text(encoding="utf-8")
    page, ticket = (rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"] if "alert" in rule)
    assert page["annotations"]["runbook_url"] == "https://sre.example.com/sre/runbooks/cart-burns/"
    assert page["annotations"]["slo_page"] == "https://sre.example.com/sre/slos/cart-answers/"
    assert (page["labels"]["severity"], ticket["labels"]["severity"]) == ("wake-up", "ticket")
    assert page["labels"]["team"] == "@team-cart"


def test_a_runbook_that_names_the_alert_is_linked_too(site: Path) -> None:
    (site / "docs/sre/slos/cart-answers.md").write_text(SLO.replace(", runbook: cart-burns", ""), encoding="utf-8")
    named = RUNBOOK.replace("severity: P1", "severity: P1\nalerts: [cartburns]")
    (site / "docs/sre/runbooks/cart-burns.md").write_text(named, encoding="utf-8")
    assert run().exit_code == 0
    assert "/sre/runbooks/cart-burns/" in (site / "rules/cart-answers.yaml").read_text(encoding="utf-8")


def test_check_tells_what_differs_and_writes_nothing(site: Path) -> None:
    assert run("--with-tests").exit_code == 0
    rules = site / "rules"
    changed = rules / "cart-answers.yaml"
    changed.write_bytes(changed.read_bytes().replace(b"0.999", b"0.99"))
    (rules / "old.yaml").write_bytes(changed.read_bytes())
    (rules / "theirs.yaml").write_text("groups: []\n", encoding="utf-8")
    (rules / "cart-keeps.yaml").unlink()
    before = files(rules)
    done = run("--with-tests", "--check")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "rules/cart-keeps.yaml: is missing",
        "rules/cart-answers.yaml: differs from its page",
        "rules/old.yaml: is no part of this export any more",
        "run the same command without --check, and commit what it writes",
    ]
    assert files(rules) == before
    assert run("--with-tests").stdout == "rules: 2 files written, 2 as before, 1 removed\n"
    assert run("--with-tests", "--check").exit_code == 0
    assert (rules / "theirs.yaml").exists()


def test_check_does_not_mind_how_windows_ends_lines(site: Path) -> None:
    run()
    for file in (site / "rules").iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert run("--check").exit_code == 0


def test_a_change_of_a_page_is_seen(site: Path) -> None:
    run()
    (site / "docs/sre/slos/cart-answers.md").write_text(SLO.replace("99.9", "99.5"), encoding="utf-8")
    done = run("--check")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (1, "rules/cart-answers.yaml: differs from its page")


def test_files_of_others_stay_unless_forced(site: Path) -> None:
    (site / "rules").mkdir()
    theirs = site / "rules/cart-answers.yaml"
    theirs.write_text("groups: []\n", encoding="utf-8")
    done = run()
    assert done.exit_code == 2
    assert "rules/cart-answers.yaml: was not written by this command" in done.stderr
    assert files(site / "rules") == {"cart-answers.yaml": b"groups: []\n"}
    assert run("--check").exit_code == 1
    assert run("--force").exit_code == 0
    assert run("--check").exit_code == 0


def test_one_objective_alone_leaves_the_others(site: Path) -> None:
    run()
    keeps = (site / "rules/cart-keeps.yaml").read_bytes()
    (site / "docs/sre/slos/cart-answers.md").write_text(SLO.replace("99.9", "99.5"), encoding="utf-8")
    assert run("--slo", "Cart-Answers").stdout == "rules: 1 file written\n"
    assert (site / "rules/cart-keeps.yaml").read_bytes() == keeps


@pytest.mark.parametrize(
    ("name", "said"),
    [("cart-answer", "did you mean `cart-answers`?"), ("cart", "`cart` is no objective, but of the kind service")],
)
def test_an_id_that_no_objective_has_is_told(site: Path, name: str, said: str) -> None:
    done = run("--slo", name)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (site / "rules").exists()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("objective: 99.9", "objective: 100"),
        ("objective: 99.9", "objective: 0"),
        ("objective: 99.9", "objective: -1"),
        ("objective: 99.9", 'objective: "99.9%"'),
        ("objective: 99.9", "objective: 0.999"),
        ("window: 30d", "window: 0d"),
        ("window: 30d", "window: 400d"),
        ('{code=~"5.."}', ""),
        ("  total: sum(", "  total: sum(("),
        ("service: cart", "service: nowhere"),
        ("sli:", "slo:"),
        ("runbook: cart-burns", "runbook: nowhere"),
        ("id: cart-answers", "id: cart-keeps"),
        ("window: 30d", "window: [30d"),
        ("type: slo", "type: sol"),
    ],
)
def test_documents_with_errors_are_told_and_nothing_is_written(site: Path, right: str, wrong: str) -> None:
    assert right in SLO
    (site / "docs/sre/slos/cart-answers.md").write_text(SLO.replace(right, wrong), encoding="utf-8")
    done = run()
    assert done.exit_code == 1, done.output
    assert "docs/sre/slos/cart-" in done.stderr
    assert done.stderr.endswith("nothing is written\n")
    assert done.stdout == ""
    assert not (site / "rules").exists()


def test_rules_stay_when_their_page_cannot_be_read(site: Path) -> None:
    assert run("--with-tests").exit_code == 0
    before = files(site / "rules")
    (site / "docs/sre/slos/cart-answers.md").write_bytes(SLO.encode() + b"\xff")
    assert run("--with-tests").exit_code == 1
    assert run("--with-tests", "--check").exit_code == 1
    assert files(site / "rules") == before


def test_objectives_that_would_be_taken_for_each_other_are_both_named(site: Path) -> None:
    two = {
        "a": SLO.replace("service: cart", "service: a-b").replace("id: cart-answers", "id: c"),
        "b": SLO.replace("service: cart", "service: a").replace("id: cart-answers", "id: b-c"),
    }
    for name, text in two.items():
        (site / f"docs/sre/slos/{name}.md").write_text(text, encoding="utf-8")
        (site / f"docs/sre/services/{name}.md").write_text(
            SERVICE.replace("id: cart", f"id: {'a-b' if name == 'a' else 'a'}"), encoding="utf-8"
        )
    done = run()
    assert done.exit_code == 1, done.output
    assert "b-c and c have the sloth_id `a-b-c` in common" in done.stderr
    assert not (site / "rules").exists()


@pytest.mark.parametrize("status", ["draft", "deprecated"])
def test_what_is_not_in_force_is_left_out_unless_it_is_named(site: Path, status: str) -> None:
    run()
    (site / "docs/sre/slos/cart-keeps.md").write_text(
        OTHER.replace("window: 30d", f"window: 30d\nstatus: {status}"), encoding="utf-8"
    )
    assert "rules/cart-keeps.yaml: is no part of this export any more" in run("--check").stdout
    assert run("--check", "--slo", "cart-keeps").exit_code == 0


def test_without_an_address_of_the_site_it_is_said(site: Path) -> None:
    (site / "mkdocs.yml").write_text("site_name: Shop\nplugins: [sre]\n", encoding="utf-8")
    done = run()
    assert done.exit_code == 0
    assert "set `site_url`, or `alerts.url_prefix`" in done.stderr
    assert "runbook_url" not in (site / "rules/cart-answers.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("form", "option", "said"),
    [
        ("grafana", "--sloth-form", "--sloth-form goes with"),
        ("sloth", "--with-tests", "--with-tests goes with"),
        ("nothing", "--check", "is none of grafana, openslo, prometheus"),
    ],
)
def test_options_that_do_not_go_together_are_refused(site: Path, form: str, option: str, said: str) -> None:
    done = run(option, form=form)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (site / "rules").exists()


def test_links_that_lead_out_of_the_folder_are_not_followed(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "file.yaml"
    elsewhere.write_text("kept\n", encoding="utf-8")
    (site / "rules").mkdir()
    (site / "rules/cart-answers.yaml").symlink_to(elsewhere)
    assert run("--force").exit_code == 2
    assert elsewhere.read_text(encoding="utf-8") == "kept\n"


def test_a_pipe_and_a_folder_in_the_way_are_told(site: Path) -> None:
    (site / "rules/cart-answers.yaml").mkdir(parents=True)
    os.mkfifo(site / "rules/cart-keeps.yaml")
    assert run().exit_code == 2
    assert run("--force").exit_code == 2


@pytest.mark.usefixtures("site")
def test_losses_stand_on_standard_error() -> None:
    done = run("--sloth-form")
    assert done.exit_code == 0
    assert "cart-answers: Sloth's form has no link to the runbook" in done.stderr
    assert done.stdout == "rules: 2 files written\n"


@pytest.mark.usefixtures("site")
def test_tests_that_are_not_asked_for_any_more_are_told_and_removed() -> None:
    assert run("--with-tests").exit_code == 0
    own = Path("rules/tests/own.test.yml")
    own.write_text("tests: []\n", encoding="utf-8")
    one = run("--slo", "cart-keeps", "--check")
    assert (one.exit_code, one.stdout) == (0, "rules: 1 file as it is to be\n")
    done = run("--check")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:-1] == [
        "rules/tests/cart-answers.test.yml: is no part of this export any more",
        "rules/tests/cart-keeps.test.yml: is no part of this export any more",
    ]
    assert run().stdout == "rules: 0 files written, 2 as before, 2 removed\n"
    assert sorted(files(Path("rules"))) == ["cart-answers.yaml", "cart-keeps.yaml", "tests/own.test.yml"]
    assert run("--check").exit_code == 0


@pytest.mark.usefixtures("site")
def test_exports_in_folders_below_stay() -> None:
    assert run(out="rules/shop").exit_code == 0
    below = files(Path("rules"))
    assert run().stdout == "rules: 2 files written\n"
    assert run("--check").exit_code == 0
    assert below.items() <= files(Path("rules")).items()


def test_help_names_the_forms() -> None:
    shown = " ".join(CliRunner().invoke(main, ["slo", "export", "--help"]).stdout.split())
    assert f"--to FORM The form: {', '.join(exporters())}. [required]" in shown
