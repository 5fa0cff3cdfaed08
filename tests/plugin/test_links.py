"""MkDocs checks the links of our HTML, and the author's links to anchors in it, as it checks those of Markdown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugin.conftest import CONFIGURATION, runbook

STRICT = CONFIGURATION + "validation:\n  anchors: warn\n  links:\n    not_found: warn\n"
SERVICES = """\
---
type: service
title: All services
services:
  - {id: shop, title: Shop, owner: "@team", tier: 2}
  - {id: queue, title: Queue, owner: "@team", tier: 2}
---

# All services

Above all [the shop](#shop).
"""
LINKING = runbook().replace("owner:", "service: shop\nowner:")


def test_anchors_in_our_tables_are_there_for_mkdocs(
    site: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    built = site({"services.md": SERVICES, "a/cart.md": LINKING}, configuration=STRICT)
    assert 'id="shop"' in (built / "services/index.html").read_text()
    assert "an anchor" not in caplog.text
    assert "such anchor" not in caplog.text


def test_mkdocs_still_says_which_anchor_is_not_there(
    site: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    site({"services.md": SERVICES.replace("](#shop)", "](#shops)"), "a/cart.md": LINKING}, configuration=STRICT)
    assert "contains a link '#shops', but there is no such anchor on this page" in caplog.text


def test_mkdocs_says_which_page_another_plugin_took_away(
    site: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    hook = "def on_nav(nav, config, files):\n    files.remove(files.get_file_from_path('b/stock.md'))\n"
    page = runbook("cart").replace("owner:", "related: [stock]\nowner:")
    site(
        {"a/cart.md": page, "b/stock.md": runbook("stock", other="cart"), "../hook.py": hook},
        configuration=CONFIGURATION + "hooks: [hook.py]\n",
    )
    assert "'a/cart.md' contains a link '../b/stock.md', but the target 'b/stock.md' is not found" in caplog.text
