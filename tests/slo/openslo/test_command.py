"""OpenSLO through the command: files in, documents out, and nothing at all where anything is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from tests.slo.openslo.test_import import COMPOSITE, LEGACY, SHARED
from tests.slo.openslo.test_validity import POLICY, SLO, changed

SITE = "site_name: Shop\nplugins:\n  - sre\n"
SERVICE = "---\ntype: service\nid: storefront\n---\n\n# Storefront\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(SITE)
    (tmp_path / "docs/storefront.md").write_text(SERVICE)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["slo", *arguments], catch_exceptions=False)


def documents(site: Path) -> Sequence[str]:
    return sorted(file.name for file in site.glob("docs/sre/slos/*"))


def test_files_that_name_each_other_are_given_together(site: Path) -> None:
    slo, *others = SHARED.split("---\n")
    (site / "slo.yaml").write_text(slo)
    (site / "rest.yaml").write_text("---\n".join(others))
    alone = run("import", "slo.yaml")
    assert alone.exit_code == 1
    assert "slo.yaml:7:17 `spec.indicatorRef` names the SLI `latency`, which is in none of the files" in alone.stderr
    assert documents(site) == []
    together = run("import", "slo.yaml", "rest.yaml")
    assert together.exit_code == 0
    assert documents(site) == ["storefront-latency.md"]
    assert "hunter2" not in (site / "docs/sre/slos/storefront-latency.md").read_text() + together.output


@pytest.mark.parametrize(
    "text",
    [
        changed(SLO, "  service:", "  servce:"),
        changed(SLO, "  indicator:", "  indicatorRef: pages\n  indicator:"),
        SLO + "---\n" + changed(POLICY, "conditions:\n", "conditions:\n    - conditionRef: a\n"),
        changed(SLO, "28d", "400d"),
        changed(SLO, "target: 0.99", "targetPercent: 0.5"),
        changed(SLO, "good_total", "pages_total"),
        SLO + "---\n" + SLO,
        "- 5\n- []\n",
    ],
    ids=["unknown key", "two indicators", "two conditions", "400d", "ratio", "good is total", "twice", "no objects"],
)
def test_nothing_is_written_where_anything_is_wrong(site: Path, text: str) -> None:
    (site / "slo.yaml").write_text(text)
    done = run("import", "slo.yaml")
    assert done.exit_code == 1
    assert done.stderr.startswith("slo.yaml:")
    assert "nothing is written" in done.stderr
    assert documents(site) == []


def test_check_judges_each_file_and_a_list_of_objects_too(site: Path) -> None:
    listed = "".join(f"{'- ' if not index else '  '}{line}\n" for index, line in enumerate(SLO.splitlines()))
    (site / "list.yaml").write_text(listed)
    done = run("import", "--check", "list.yaml")
    assert (done.exit_code, done.stderr) == (0, "")
    (site / "list.yaml").write_text(changed(listed, "28d", "28"))
    done = run("import", "--check", "list.yaml")
    assert done.exit_code == 1
    assert done.stdout.startswith("list.yaml:22:19 `spec.timeWindow[1].duration` must be a whole number")
    (site / "old.yaml").write_text(LEGACY)
    assert "the rules of openslo/v1 do not say whether it is valid" in run("import", "--check", "old.yaml").stdout


def test_the_first_version_is_written_with_a_warning(site: Path) -> None:
    (site / "old.yaml").write_text(LEGACY)
    done = run("import", "old.yaml")
    assert done.exit_code == 0
    assert "old.yaml:1:13 `openslo/v1alpha` is an old form of OpenSLO" in done.stderr
    assert documents(site) == ["my-service-requests-0.md", "my-service-requests-1.md"]


def test_a_composite_comes_back_from_its_own_export(site: Path) -> None:
    (site / "shop.yaml").write_text(COMPOSITE)
    assert run("import", "shop.yaml").exit_code == 0
    exported = run("export", "--to", "openslo", "--out", "out")
    assert exported.exit_code == 0, exported.output
    files = sorted((site / "out").iterdir())
    assert len(files) == 3
    assert run("import", "--check", *map(str, files)).exit_code == 0
    back = run("import", *map(str, files), "--out", "back")
    assert back.exit_code == 0, back.output
    for name in documents(site):
        first, second = ((site / folder / name).read_text().split("---\n")[1] for folder in ("docs/sre/slos", "back"))
        assert first == second
