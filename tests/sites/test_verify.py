"""`verify-site`: a site that was built without the engine is found out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mkdocs_sre.sites import verify
from tests.plugin.conftest import CONFIGURATION, runbook
from tests.sites.conftest import Program, command

Write = Callable[[Mapping[str, str | bytes]], Path]
FILES = {
    "mkdocs.yml": CONFIGURATION.replace("name: material\n  font: false", "name: mkdocs"),
    "docs/sre/runbooks/cart.md": runbook("cart", other="stock"),
    "docs/sre/runbooks/stock.md": runbook("stock"),
    "docs/sre/services/index.md": "---\ntype: service\nservices:\n  - {id: a_b-, owner: '@t', tier: 1}\n---\n\n# Services\n",
    "docs/note.md": '# Note\n\n[cart](sre:cart), `<a href="sre:cart">`\n',
}


@pytest.mark.parametrize("urls", ["true", "false"])
def test_a_site_built_with_the_plugin_passes(write: Write, run: Program, urls: str) -> None:
    folder = write({**FILES, "mkdocs.yml": FILES["mkdocs.yml"] + f"use_directory_urls: {urls}\n"})
    assert run("mkdocs", "build", "-q").returncode == 0
    result = command(folder, "verify-site", str(folder / "site"))
    assert (result.exit_code, result.stdout) == (0, "3 documents: nothing is missing\n"), result.output


@pytest.mark.parametrize("urls", ["true", "false"])
def test_a_site_built_without_it_fails_and_everything_is_named(write: Write, run: Program, urls: str) -> None:
    plain = "site_name: Test\nplugins: []\n" + f"use_directory_urls: {urls}\n"
    folder = write({**FILES, "plain.yml": plain})
    assert run("mkdocs", "build", "-q", "-f", "plain.yml").returncode == 0
    result = command(folder, "verify-site", str(folder / "site"))
    assert result.exit_code == 1
    end = "/index.html" if urls == "true" else ".html"
    lines = result.stdout.splitlines()
    assert lines[-1] == "3 documents: 13 lacks"
    assert lines[:-1] == sorted(lines[:-1])
    cure = "; build with the plugin `sre`, or from what `mkdocs-sre render` writes"
    assert f"sre/runbooks/cart{end}: Runbook cart has no head, so the engine has not seen this page{cure}" in lines
    assert f"sre/services/index.html: Service a_b- has no head, so the engine has not seen this page{cure}" in lines
    assert f"sre/runbooks/cart{end}: links by id are left as they were written: `sre:stock`{cure}" in lines
    assert f"note{end}: links by id are left as they were written: `sre:cart`{cure}" in lines
    assert f"index.html: the generated page “On call” is missing{cure}" in lines
    assert f"sre/services/a_b-/index.html: the generated page “a_b-” is missing{cure}" in lines


def test_single_lacks_are_named(write: Write, run: Program) -> None:
    folder = write(FILES)
    assert run("mkdocs", "build", "-q").returncode == 0
    (folder / "site/sre/rules/index.html").unlink()
    (folder / "site/sre/runbooks/stock/index.html").unlink()
    for file in (folder / "site").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("assets/stylesheets/mkdocs-sre.css", "assets/other.css"), encoding="utf-8")
    lines = command(folder, "verify-site", str(folder / "site")).stdout.splitlines()
    assert [line.partition(";")[0] for line in lines] == [
        "sre/rules/index.html: the generated page “Rules” is missing",
        "sre/runbooks/cart/index.html: no page loads the style sheet of the engine",
        "sre/runbooks/stock/index.html: Runbook stock has no page",
        "3 documents: 3 lacks",
    ]
    assert "add `extra_css: [assets/stylesheets/mkdocs-sre.css]`" in lines[1]


def test_a_site_without_the_script_is_found_out_where_something_comes_due(write: Write, run: Program) -> None:
    dated = runbook("cart", other="stock").replace("id: cart", "id: cart\nlast_reviewed_on: 2026-02-01\nreview_in: 90d")
    folder = write({**FILES, "docs/sre/runbooks/cart.md": dated})
    assert run("mkdocs", "build", "-q").returncode == 0
    assert command(folder, "verify-site", str(folder / "site")).exit_code == 0
    for file in (folder / "site").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("assets/javascripts/mkdocs-sre.js", "assets/other.js"), encoding="utf-8")
    result = command(folder, "verify-site", str(folder / "site"))
    cause, _, cure = result.stdout.splitlines()[0].partition("; ")
    assert cause == (
        "sre/runbooks/cart/index.html: no page loads the script of the engine, "
        "so what comes due after the build is not told"
    )
    assert cure == "add `extra_javascript: [assets/javascripts/mkdocs-sre.js]` to the configuration of the generator"
    assert result.stdout.splitlines()[1:] == ["3 documents: 1 lack"]


def test_strange_folders_are_no_traceback(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({**FILES, "site/note/index.html": b"\xff<a href=sre:x>", "site/cart.html/x": "", "file": ""})
    monkeypatch.setattr(verify, "MAX_BYTES", 10_000)
    (folder / "site/sre/runbooks").mkdir(parents=True)
    os.mkfifo(folder / "site/sre/runbooks/cart.html")
    (folder / "site/sre/runbooks/stock.html").symlink_to("stock.html")
    (folder / "site/big.html").write_bytes(b"<a " * 100_000 + b'<a href="sre:behind">')
    (folder / "site/loop").symlink_to(folder / "site")
    (folder / "site" / os.fsdecode(b"\xff.html")).write_text("<a href='sre:y'>", encoding="utf-8")
    result = command(folder, "verify-site", str(folder / "site"))
    assert result.exit_code == 1
    assert "note/index.html: links by id are left as they were written: `sre:x`" in result.stdout
    assert "\\udcff.html: links by id are left as they were written: `sre:y`" in result.stdout
    assert "sre/runbooks/cart/index.html: Runbook cart has no page" in result.stdout
    assert "behind" not in result.stdout
    for name in ("nowhere", "file"):
        assert command(folder, "verify-site", str(folder / name)).exit_code == 2
