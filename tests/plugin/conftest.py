"""Real sites, built by MkDocs in a temporary folder."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests import themes

CONFIGURATION = """\
site_name: Test
theme:
  name: material
  font: false
plugins:
  - search
  - sre:
      as_of: 2026-03-09
"""

RUNBOOK = """\
---
type: runbook
id: {id}
owner: "@team"
---

# {title}

## Meaning

The cache has lost its data. See [the other](sre:{other}).

## Impact

Every customer sees an empty basket and has to fill it again.

## Diagnosis

Run `redis-cli dbsize` and compare with the dashboard.

## Mitigation

Fail over: `redis-cli cluster failover`.
"""


def runbook(identifier: str = "cart", *, title: str = "Cart is empty", other: str = "cart") -> str:
    return RUNBOOK.format(id=identifier, title=title, other=other)


@pytest.fixture(autouse=True, scope="package")
def _themes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with themes.kept(tmp_path_factory.mktemp("templates")):
        yield


@pytest.fixture
def site(write: Callable[[Mapping[str, str | bytes]], Path], caplog: pytest.LogCaptureFixture) -> Callable[..., Path]:
    """Build a site of these files (paths below `docs/`, or beside it with a leading `../`) and return its folder."""

    def build_site(
        files: Mapping[str, str | bytes], *, configuration: str = CONFIGURATION, strict: bool = False
    ) -> Path:
        caplog.set_level(logging.INFO, logger="mkdocs")
        placed = {
            name.removeprefix("../") if name.startswith("../") else f"docs/{name}": text for name, text in files.items()
        }
        folder = write({"mkdocs.yml": configuration, **placed})
        (folder / "docs").mkdir(exist_ok=True)
        config = load_config(str(folder / "mkdocs.yml"), strict=strict)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        return folder / "site"

    return build_site
