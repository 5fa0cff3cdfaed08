"""`slo import`: what is written, what is never overwritten, and what is told; on real files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import mkfifo
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.documents.location import Location
from mkdocs_sre.sites.slo_documents import WriteFailedError, write_documents
from mkdocs_sre.slo.imports import Imported

Write = Callable[[Mapping[str, str | bytes]], Path]

SPEC = """\
version: prometheus/v1
service: cart
slos:
  - name: requests
    objective: 99.9
    description: Orders are taken.
    sli:
      events:
        error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total[{{.window}}]))
    alerting:
      name: CartBurns
      page_alert: {labels: {severity: page}}
"""
WINDOWS = """\
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 7d
  page:
    quick: {errorBudgetPercent: 8, shortWindow: 5m, longWindow: 1h}
    slow: {errorBudgetPercent: 12.5, shortWindow: 30m, longWindow: 6h}
  ticket:
    quick: {errorBudgetPercent: 20, shortWindow: 2h, longWindow: 24h}
    slow: {errorBudgetPercent: 42, shortWindow: 6h, longWindow: 72h}
"""


def run(*arguments: str | Path) -> Result:
    """Run `slo import`."""
    return CliRunner().invoke(main, ["slo", "import", *map(str, arguments)])


def names_in(folder: Path) -> list[str]:
    """Return what stands in a folder."""
    return sorted(one.name for one in folder.iterdir())


def test_documents_stand_where_the_site_keeps_objectives(write: Write) -> None:
    folder = write({"mkdocs.yml": "site_name: Shop\nplugins: [sre]\n", "docs/index.md": "", "cart.yml": SPEC})
    done = run("-f", folder / "mkdocs.yml", folder / "cart.yml", "--owner", "@team-cart")
    assert done.exit_code == 0, done.output
    file = folder / "docs/sre/slos/cart-requests.md"
    assert done.stdout.startswith(f"{file}\n")
    assert "owner: '@team-cart'" in file.read_text(encoding="utf-8")
    assert "mkdocs-sre check" in done.stdout
    assert "`owner`" not in done.stdout


def test_check_finds_in_imported_documents_only_what_nobody_has_said_yet(write: Write) -> None:
    service = '---\ntype: service\nid: cart\ntitle: Cart\nowner: "@team-cart"\ntier: 2\n---\n\n# Cart\n'
    configuration = "site_name: Shop\nplugins:\n  - sre: {as_of: 2026-03-01}\n"
    folder = write({"mkdocs.yml": configuration, "cart.yml": SPEC, "docs/sre/services/cart.md": service})
    options = ("-f", str(folder / "mkdocs.yml"))
    assert run(*options, folder / "cart.yml").exit_code == 0
    assert _errors(*options) == []
    (folder / "docs/sre/services/cart.md").unlink()
    assert [one.split()[1] for one in _errors(*options)] == ["REF102"]


def _errors(*options: str) -> list[str]:
    checked = CliRunner().invoke(main, ["check", *options])
    assert "cart-requests.md" in checked.stdout
    return [line for line in checked.stdout.splitlines() if "cart-requests.md" in line and " error " in line]


def test_nothing_is_overwritten_unless_asked_for(write: Write) -> None:
    folder = write({"cart.yml": SPEC, "out/cart-requests.md": "ours\n"})
    file = folder / "out/cart-requests.md"
    refused = run(folder / "cart.yml", "--out", folder / "out")
    assert refused.exit_code == 2
    assert f"{file} exists already; move it away, or overwrite it with --force" in refused.stderr
    assert file.read_text(encoding="utf-8") == "ours\n"
    assert run(folder / "cart.yml", "--out", folder / "out", "--force").exit_code == 0
    assert "objective: 99.9" in file.read_text(encoding="utf-8")
    assert names_in(folder / "out") == ["cart-requests.md"]


def test_one_document_in_the_way_keeps_all_from_being_written(write: Write) -> None:
    two = SPEC + SPEC.partition("slos:\n")[2].replace("name: requests", "name: latency")
    folder = write({"cart.yml": two, "out/Cart-Latency.md": "ours\n"})
    assert run(folder / "cart.yml", "--out", folder / "out").exit_code == 2
    assert run(folder / "cart.yml", "--out", folder / "out", "--force").exit_code == 2
    assert names_in(folder / "out") == ["Cart-Latency.md"]


def test_links_are_not_followed(write: Write) -> None:
    folder = write({"cart.yml": SPEC, "kept.md": "ours\n", "out/.keep": ""})
    (folder / "out/cart-requests.md").symlink_to(folder / "kept.md")
    done = run(folder / "cart.yml", "--out", folder / "out", "--force")
    assert done.exit_code == 2
    assert "symbolic link" in done.stderr
    assert (folder / "kept.md").read_text(encoding="utf-8") == "ours\n"


def test_a_folder_that_leaves_the_docs_is_not_written_to(write: Write) -> None:
    folder = write(
        {"site/mkdocs.yml": "site_name: Shop\n", "site/docs/index.md": "", "cart.yml": SPEC, "elsewhere/.keep": ""}
    )
    (folder / "site/docs/sre").symlink_to(folder / "elsewhere")
    done = run("-f", folder / "site/mkdocs.yml", folder / "cart.yml")
    assert done.exit_code == 2
    assert names_in(folder / "elsewhere") == [".keep"]


@pytest.mark.parametrize("name", ["index", "README"])
def test_no_document_becomes_the_front_page_of_its_folder(tmp_path: Path, name: str) -> None:
    front = Imported(name, {"type": "slo", "id": name}, "", Location("in.yml"))
    with pytest.raises(WriteFailedError, match="front page"):
        write_documents([front], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_all_faults_of_all_files_are_told_and_nothing_is_written(write: Write) -> None:
    folder = write(
        {
            "a.yml": SPEC.replace("99.9", "100"),
            "b.yml": SPEC.replace("objective", "objectve"),
            "c.yml": "kind: Deployment\n",
            "d.yml": "a: &a [*a]\n",
            "e.yml": "version: prometheus/v1\nversion: prometheus/v1\nservice: x\nslos: []\n",
            "f.yml": b"\xff",
            "g.yml": "# nothing\n",
        }
    )
    names = [f"{letter}.yml" for letter in "abcdefg"]
    done = run(*(folder / name for name in names), folder / "none.yml", folder / ".", "--out", folder / "out")
    assert done.exit_code == 2  # click itself refuses the folder
    done = run(*(folder / name for name in names), folder / "none.yml", "--out", folder / "out")
    assert done.exit_code == 1
    for name in (*names[1:], "none.yml"):
        assert f"{(folder / name).as_posix()}:" in done.stderr, name
    assert done.stderr.endswith("nothing is written\n")
    assert not (folder / "out").exists()
    assert "Traceback" not in done.output


def test_windows_go_to_objectives_of_their_period(write: Write) -> None:
    folder = write({"cart.yml": SPEC, "7d.yml": WINDOWS})
    assert run(folder / "cart.yml", "--windows", folder / "7d.yml", "--out", folder / "seven").exit_code == 0
    text = (folder / "seven/cart-requests.md").read_text(encoding="utf-8")
    assert "window: 7d\n" in text
    assert "      long: 72h\n      budget_percent: 42\n" in text
    assert (
        run(
            folder / "cart.yml", "--windows", folder / "7d.yml", "--period", "30d", "--out", folder / "thirty"
        ).exit_code
        == 0
    )
    text = (folder / "thirty/cart-requests.md").read_text(encoding="utf-8")
    assert "window: 30d\n" in text
    assert "windows:" not in text


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("sloPeriod: 7d", "sloPeriod: 30 fortnights", "4:14"),
        ("sloPeriod: 7d", "sloPeriod: 0d", "4:14"),
        ("sloPeriod: 7d", "sloPeriod: 400d", "4:14"),
        ("errorBudgetPercent: 8,", "errorBudgetPercent: 0,", "6:33"),
        ("shortWindow: 5m", "shortWindow: soon", "6:49"),
        ("quick: {errorBudgetPercent: 8", "quik: {errorBudgetPercent: 8", "6:5"),
        ("kind: AlertWindows", "kind: Other", "1:1"),
    ],
)
def test_windows_that_cannot_be_used_are_told(write: Write, old: str, new: str, place: str) -> None:
    folder = write({"cart.yml": SPEC, "7d.yml": WINDOWS.replace(old, new, 1)})
    done = run(folder / "cart.yml", "--windows", folder / "7d.yml", "--out", folder / "out")
    assert done.exit_code == 1
    assert f"7d.yml:{place} " in done.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize("period", ["30 fortnights", "0d", "400d"])
def test_a_period_that_is_none_is_told(write: Write, period: str) -> None:
    folder = write({"cart.yml": SPEC})
    done = run(folder / "cart.yml", "--period", period, "--out", folder / "out")
    assert done.exit_code == 1
    assert "`window` must be a rolling window" in done.stderr


def test_two_sets_of_windows_for_one_period_are_refused(write: Write) -> None:
    folder = write({"cart.yml": SPEC, "a.yml": WINDOWS, "b.yml": WINDOWS})
    done = run(
        folder / "cart.yml", "--windows", folder / "a.yml", "--windows", folder / "b.yml", "--out", folder / "out"
    )
    assert done.exit_code == 1
    assert "a second time" in done.stderr


def test_check_tells_validity_and_writes_nothing(write: Write) -> None:
    folder = write({"good.yml": SPEC, "bad.yml": SPEC.replace("99.9", "99.9%"), "odd.yml": "kind: Pod\n"})
    good = run("--check", folder / "good.yml", "--out", folder / "out")
    assert (good.exit_code, good.stdout) == (0, "1 document of Sloth: valid\n")
    bad = run("--check", folder / "bad.yml")
    assert bad.exit_code == 1
    assert "bad.yml:5:16 " in bad.stdout
    assert bad.stdout.endswith("1 document of Sloth: not valid: 1 fault\n")
    assert run("--check", folder / "odd.yml").exit_code == 1
    assert names_in(folder) == ["bad.yml", "good.yml", "odd.yml"]


def test_same_files_same_documents(write: Write) -> None:
    folder = write({"cart.yml": SPEC})
    for out in ("one", "two"):
        assert run(folder / "cart.yml", "--out", folder / out).exit_code == 0
    assert (folder / "one/cart-requests.md").read_bytes() == (folder / "two/cart-requests.md").read_bytes()


def test_what_is_lost_is_listed_with_its_place(write: Write) -> None:
    head, _, slos = SPEC.partition("slos:\n")
    folder = write({"cart.yml": f"{head}slo_plugins: {{chain: [{{id: x}}]}}\nslos:\n{slos}"})
    done = run(folder / "cart.yml", "--out", folder / "out")
    assert "1 thing that documents do not say:\n" in done.stdout
    assert f"  {folder.as_posix()}/cart.yml:3:1 cart-requests: `slo_plugins` is not kept" in done.stdout


def test_files_without_an_objective_give_no_document(write: Write) -> None:
    service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: cart}\nspec: {}\n"
    folder = write({"service.yml": service})
    done = run(folder / "service.yml", "--out", folder / "out")
    assert done.exit_code == 0
    assert "no objective stands in these files" in done.stdout


def test_windows_among_the_files_are_told_where_they_belong(write: Write) -> None:
    folder = write({"cart.yml": SPEC, "7d.yml": WINDOWS})
    done = run(folder / "cart.yml", folder / "7d.yml", "--out", folder / "out")
    assert done.exit_code == 1
    assert "windows of alerts are given by `--windows`" in done.stderr


def test_a_disk_that_refuses_leaves_nothing_half_written(write: Write) -> None:
    two = SPEC + SPEC.partition("slos:\n")[2].replace("name: requests", "name: latency")
    folder = write({"cart.yml": two, "out/.cart-latency.md.part/kept": "ours\n", "file": ""})
    done = run(folder / "cart.yml", "--out", folder / "out")
    assert done.exit_code == 2
    assert ".cart-latency.md.part: " in done.stderr
    assert names_in(folder / "out") == [".cart-latency.md.part"]
    assert run(folder / "cart.yml", "--out", folder / "file" / "below").exit_code == 2


def test_a_pipe_is_not_waited_for(write: Write) -> None:
    folder = write({"cart.yml": SPEC})
    mkfifo(folder / "pipe.yml")
    done = run(folder / "cart.yml", folder / "pipe.yml", "--out", folder / "out")
    assert done.exit_code == 1
    assert "pipe.yml:1:1 it is no regular file" in done.stderr


@pytest.mark.parametrize(
    "description",
    [
        r'"\ud800"',
        r'"\x00\e[31m"',
        '"' + "x" * 20_001 + '"',
        "&a [*a, *a]",
        "!!python/object:os.system {}",
        '"{{ 7 * 7 }}"',
    ],
)
def test_hostile_values_end_in_documents_or_faults(write: Write, description: str) -> None:
    folder = write({"cart.yml": SPEC.replace("Orders are taken.", description)})
    done = run(folder / "cart.yml", "--out", folder / "out")
    assert isinstance(done.exception, SystemExit | None)
    assert (done.exit_code == 0) == (folder / "out/cart-requests.md").exists()


def test_of_many_faults_the_first_are_told(write: Write) -> None:
    many = "version: prometheus/v1\nservice: cart\n" + "".join(f"key{number}: x\n" for number in range(500))
    folder = write({"cart.yml": many})
    done = run(folder / "cart.yml", "--out", folder / "out")
    lines = done.stderr.splitlines()
    assert len(lines) == 202
    assert lines[-2:] == ["301 more faults; mend those that are told first", "nothing is written"]
