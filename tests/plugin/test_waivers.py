"""The waivers file in a build: the same verdict as that of the command."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from tests.plugin.conftest import CONFIGURATION, runbook

Site = Callable[..., Path]
Write = Callable[[Mapping[str, str | bytes]], Path]
WAIVER = "waivers:\n- {rule: REF106, document: cart, reason: It comes., by: '@team', until: 2026-03-31, count: 1}\n"


def test_a_strict_build_passes_with_what_is_waived_and_says_so(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site({"cart.md": runbook(other="crat"), "../sre-waivers.yml": WAIVER}, strict=True)
    assert "1 document: 1 information, 1 waived" in caplog.text
    assert "REF106" not in caplog.text


def test_a_strict_build_fails_on_more_and_on_the_waivers_themselves(site: Site) -> None:
    with pytest.raises(Abort, match="2 errors"):
        site({"cart.md": runbook(other="crat") + "[x](sre:crat)\n", "../sre-waivers.yml": WAIVER}, strict=True)
    with pytest.raises(Abort, match="1 warning"):
        site({"cart.md": runbook(), "../sre-waivers.yml": WAIVER}, strict=True)


def test_places_are_as_seen_from_the_working_directory(write: Write) -> None:
    files = {"docs/cart.md": runbook(other="crat"), "sre-waivers.yml": WAIVER.replace("2026", "2025")}
    folder = write({"mkdocs.yml": CONFIGURATION, **files})
    build = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(build, cwd=folder, capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    assert done.returncode == 1
    assert "docs/cart.md:11:34 REF106" in output
    assert re.search(r" sre-waivers\.yml:2:\d+ WVR106 expired-waiver", output)


@pytest.mark.parametrize("name", ["gone.yml", "../outside.yml", "link.yml"])
def test_a_file_elsewhere_stops_the_build(site: Site, tmp_path: Path, name: str) -> None:
    (tmp_path / "link.yml").symlink_to("/etc/hostname")
    with pytest.raises(ConfigurationError, match=r"plugins\.sre\.waivers `"):
        site({"cart.md": runbook()}, configuration=f"{CONFIGURATION}      waivers: {name}\n")


def test_serve_watches_the_file(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": runbook(), "sre-waivers.yml": "waivers: []\n"})
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    for _ in range(2):
        config.plugins.on_config(config)
    assert config.watch.count(str(folder / "sre-waivers.yml")) == 1


@pytest.mark.parametrize(
    "levels", ["{REF106: info}", "{unknown-link: info}", "{REF: info}", "{REF106: info, REF: error}"]
)
def test_levels_of_a_rule_or_its_family_decide_a_strict_build(site: Site, levels: str) -> None:
    site({"cart.md": runbook(other="crat")}, configuration=f"{CONFIGURATION}      levels: {levels}\n", strict=True)
