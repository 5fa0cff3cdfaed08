"""The site of this project through other programs, and Zensical from what `render` writes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.sites.conftest import Program, command, need

ZENSICAL = """\
INHERIT: mkdocs.yml
docs_dir: rendered
site_dir: zensical
extra_css: [assets/stylesheets/mkdocs-sre.css]
extra_javascript: [assets/javascripts/mkdocs-sre.js]
"""


def test_the_example_builds_strictly_with_the_plain_theme(example: Path, run: Program) -> None:
    _other_theme(example, "mkdocs")
    _builds(example, run, "mkdocs")


def test_the_example_builds_strictly_under_properdocs(example: Path, run: Program) -> None:
    need("properdocs", "properdocs")
    _builds(example, run, "properdocs")


def test_the_example_builds_strictly_under_properdocs_with_its_own_theme(example: Path, run: Program) -> None:
    need("properdocs", "properdocs")
    need("properdocs_theme_mkdocs", "properdocs-theme-mkdocs")
    _other_theme(example, "mkdocs")
    _builds(example, run, "properdocs")


def _builds(folder: Path, run: Program, program: str) -> None:
    done = run(program, "build", "--strict", "-f", "mkdocs.yml", folder=folder)
    assert done.returncode == 0, done.stdout
    assert "WARNING" not in done.stdout
    assert command(folder, "verify-site", str(folder / "site")).exit_code == 0


def test_zensical_from_the_rendered_folder_passes_and_from_the_docs_folder_does_not(
    example: Path, run: Program
) -> None:
    need("zensical", "zensical")
    assert command(example, "render", "--out", str(example / "rendered")).exit_code == 0
    (example / "zensical.yml").write_text(ZENSICAL, encoding="utf-8")
    done = run("zensical", "build", "--strict", "-f", "zensical.yml", folder=example)
    assert done.returncode == 0, done.stdout
    verified = command(example, "verify-site", str(example / "zensical"))
    assert verified.exit_code == 0, verified.output

    done = run("zensical", "build", "--strict", "-f", "mkdocs.yml", folder=example)
    assert done.returncode == 0, done.stdout  # it says nothing of a plugin that it does not know
    verified = command(example, "verify-site", str(example / "site"))
    assert verified.exit_code == 1
    assert "has no head, so the engine has not seen this page" in verified.stdout
    assert "links by id are left as they were written" in verified.stdout


def test_hostile_titles_execute_nothing_in_a_site_of_zensical(starter: Path, run: Program) -> None:
    need("zensical", "zensical")
    file = starter / "docs/sre/runbooks/shop-errors.md"
    hostile = "A & B <script>alert(1)</script> {{ 7*191 }} *b*"
    text = re.sub(
        r"(?m)^(title:|#) .*$", lambda line: f"{line[1]} {hostile}", file.read_text(encoding="utf-8"), count=2
    )
    file.write_text(text.replace(f"# {hostile}", ""), encoding="utf-8")
    assert command(starter, "render", "--out", str(starter / "rendered")).exit_code == 0
    (starter / "zensical.yml").write_text(ZENSICAL, encoding="utf-8")
    assert run("zensical", "build", "-f", "zensical.yml").returncode == 0
    for page in (starter / "zensical").rglob("*.html"):
        built = page.read_text(encoding="utf-8")
        assert "<script>alert" not in built, page
        assert "1337" not in built, page


def _other_theme(folder: Path, name: str) -> None:
    file = folder / "mkdocs.yml"
    text = re.sub(r"(?ms)^theme:\n.*?(?=^plugins:)", f"theme: {name}\n", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
