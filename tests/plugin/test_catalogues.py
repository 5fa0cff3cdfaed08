"""Catalogues in a build, and through the command: the same findings, the same pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import Files

from mkdocs_sre.cli import main
from mkdocs_sre.documents.catalogue import Catalogue
from mkdocs_sre.plugin import SrePlugin
from mkdocs_sre.reading.cache import FileCache
from mkdocs_sre.reading.catalogue import read_catalogue
from tests.plugin.conftest import CONFIGURATION

Site = Callable[..., Path]
Write = Callable[[Mapping[str, str | bytes]], Path]
CONFIGURED = f'{CONFIGURATION}      levels: {{SVC: "off", GRF103: "off"}}\n      catalogues: ["**/catalog-info.yaml"]\n'
CHECKOUT = """\
---
type: service
id: checkout
owner: "@team-checkout"
tier: 2
dependencies: [payments]
---

# Checkout

## Overview

Pays with [the payments](sre:payments).
"""
PAYMENTS = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payments
  title: Payments <img src=x onerror=alert(1)>
spec:
  dependsOn: [resource:ledger]
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: ledger}
"""
FILES = {"checkout.md": CHECKOUT, "../services/payments/catalog-info.yaml": PAYMENTS}


def test_a_strict_build_shows_what_only_the_catalogue_knows(site: Site) -> None:
    built = site(FILES, configuration=CONFIGURED, strict=True)
    assert 'href="../sre/catalogue/payments/">the payments</a>' in (built / "checkout/index.html").read_text(
        encoding="utf-8"
    )
    page = (built / "sre/catalogue/payments/index.html").read_text(encoding="utf-8")
    assert "services/payments/catalog-info.yaml:4" in unescape(page)
    assert "<img src=x" not in page
    assert re.search(r"<title>Payments &lt;img", page)
    assert (built / "sre/catalogue/index.html").is_file()
    done = CliRunner().invoke(main, ["verify-site", str(built), "-f", str(built.parent / "mkdocs.yml")])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "1 document: nothing is missing")


def test_a_strict_build_fails_at_the_line_of_the_catalogue(site: Site) -> None:
    files = {**FILES, "../services/payments/catalog-info.yaml": PAYMENTS.replace("ledger}", "leger}")}
    with pytest.raises(Abort):
        site(files, configuration=CONFIGURED, strict=True)


def test_a_site_of_nothing_but_a_catalogue_has_its_pages(site: Site) -> None:
    built = site({"index.md": "# Hello\n", "../catalog-info.yaml": PAYMENTS}, configuration=CONFIGURED, strict=True)
    assert (built / "sre/catalogue/ledger/index.html").is_file()


def test_what_is_rendered_is_what_is_built(write: Write) -> None:
    placed = {
        name.removeprefix("../") if name.startswith("../") else f"docs/{name}": text for name, text in FILES.items()
    }
    folder = write({"mkdocs.yml": CONFIGURED, **placed})
    done = CliRunner().invoke(
        main, ["render", "--strict", "--out", str(folder / "out"), "-f", str(folder / "mkdocs.yml")]
    )
    assert done.exit_code == 0, done.output
    assert "(sre/catalogue/payments.md)" in (folder / "out/checkout.md").read_text(encoding="utf-8")
    assert {file.name for file in (folder / "out/sre/catalogue").iterdir()} == {"index.md", "ledger.md", "payments.md"}


def test_the_command_finds_the_same_place(write: Write) -> None:
    folder = write(
        {"mkdocs.yml": CONFIGURED, "docs/a.md": "# A\n", "x/catalog-info.yaml": PAYMENTS.replace("ledger}", "leger}")}
    )
    done = CliRunner().invoke(main, ["check", "--strict", "-f", str(folder / "mkdocs.yml")])
    assert done.exit_code == 1
    assert "x/catalog-info.yaml:7:15 GRF204 unknown-entity warning" in done.output
    assert "did you mean `leger`?" in done.output


def test_serve_watches_the_files_and_reads_them_again(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    folder = write({"mkdocs.yml": CONFIGURED, "docs/a.md": "# A\n", "x/catalog-info.yaml": PAYMENTS})
    config = load_config(str(folder / "mkdocs.yml"))
    for _ in range(2):
        config.plugins.on_config(config)
    assert config.watch.count(str(folder / "x/catalog-info.yaml")) == 1


def test_a_changed_file_is_read_again_and_another_is_not(write: Write) -> None:
    folder = write(
        {"mkdocs.yml": CONFIGURED, "docs/a.md": "# A\n", "x/catalog-info.yaml": PAYMENTS, "y/catalog-info.yaml": ""}
    )
    config = load_config(str(folder / "mkdocs.yml"))
    plugin = config.plugins["sre"]
    assert isinstance(plugin, SrePlugin)
    seen: list[str] = []

    def read(path: str, data: bytes, file: str) -> Catalogue:
        seen.append(path)
        return read_catalogue(path, data, file)

    plugin.catalogues = FileCache(read)
    for text in ("", "", PAYMENTS.replace("ledger", "till").replace("payments", "paying")):
        write({"y/catalog-info.yaml": text})
        config.plugins.on_config(config)
        config.plugins.on_files(Files([]), config=config)
    assert seen == ["../x/catalog-info.yaml", "../y/catalog-info.yaml", "../y/catalog-info.yaml"]
    assert plugin.site is not None
    assert plugin.site.base.find("till") is not None


@pytest.mark.parametrize("pattern", ["../*.yaml", "/etc/*.yaml"])
def test_a_pattern_that_leads_out_stops_the_build_and_the_command(site: Site, tmp_path: Path, pattern: str) -> None:
    configuration = f"{CONFIGURATION}      catalogues:\n        - {pattern}\n"
    with pytest.raises(ConfigurationError, match=r"plugins\.sre\.catalogues\.0 `"):
        site({"a.md": "# A\n"}, configuration=configuration)
    done = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert done.exit_code == 2
    assert re.match(r"mkdocs\.yml:10:11 catalogues\.0 `", done.output), done.output


def test_one_pattern_may_stand_without_its_list(site: Site) -> None:
    configuration = f"{CONFIGURATION}      catalogues: catalog-info.yaml\n"
    built = site({"a.md": "# A\n", "../catalog-info.yaml": PAYMENTS}, configuration=configuration)
    assert (built / "sre/catalogue/ledger/index.html").is_file()


def test_what_is_wrong_with_catalogues_may_be_waived(write: Write) -> None:
    files = {"docs/a.md": "# A\n", "x/catalog-info.yaml": PAYMENTS.replace("ledger}", "leger}")}
    folder = write({"mkdocs.yml": CONFIGURED.replace('"]', '", "gone.yaml"]'), **files})
    command = ["check", "--strict", "-f", str(folder / "mkdocs.yml")]
    assert "2 warnings" in CliRunner().invoke(main, command).output
    terms = ["--write-waivers", "--reason", "It comes.", "--by", "@team", "--until", "2026-04-01"]
    assert CliRunner().invoke(main, [*command, *terms]).exit_code == 0
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, "no findings, 2 waived" in done.output) == (0, True), done.output
