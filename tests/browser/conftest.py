"""A browser, and sites served to it from this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, sync_playwright

from tests import themes
from tests.conftest import untraced

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 the name of the base class
        """Say nothing."""


ROOT = Path(__file__).parents[2]
EXAMPLE = {  # one page of each sort that people come for
    "home": "",
    "service": "sre/services/payments/",
    "runbook": "sre/runbooks/payments-authorise-errors/",
    "alert": "alerts/paymentsauthoriseerrorshigh/",
    "review": "reliability/pirs/PIR-2026-007/",
    "ledger": "reliability/actions/2026/",
    "reviews": "reliability/pirs/",
    "reader": "readers/team-lead/",
    "register": "sre/single-points/",
    "freshness": "sre/freshness/",
    "objective": "sre/slos/payments-authorise/",
}
NOW = "2026-03-09T12:00:00Z"  # of the browser: the day as of which the example is built


# Material fades colours in and out, and a colour halfway is none that anybody reads.
AT_REST = "*, ::before, ::after { transition: none !important; animation: none !important }"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave the tracer off: what is looked at here are pages, and tests/plugin builds the like of them."""
    item.add_marker("untraced")


@pytest.fixture(autouse=True, scope="package")
def _themes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with themes.kept(tmp_path_factory.mktemp("templates")):
        yield


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the example, built once for all tests with a browser."""
    with serving(built(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("site"))) as address:
        yield address


def built(configuration: Path, folder: Path, **options: Any) -> Path:
    """Build a site into a folder, strictly unless the options say otherwise, and return the folder."""
    config = load_config(str(configuration), site_dir=str(folder), **{"strict": True, **options})
    config.plugins.on_startup(command="build", dirty=False)
    with untraced():  # tests/plugin builds what is measured
        build(config)
    return folder


def written(folder: Path, files: Mapping[str, str | bytes], configuration: str) -> Path:
    """Write a site of these pages into a folder, build it, and return the folder of what is built."""
    for name, text in {"mkdocs.yml": configuration, **{f"docs/{name}": text for name, text in files.items()}}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return built(folder / "mkdocs.yml", folder / "site", strict=False)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder, and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
