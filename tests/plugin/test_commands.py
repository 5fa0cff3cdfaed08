"""MkDocs' own commands, as people and pipelines run them."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.plugin.conftest import CONFIGURATION, runbook

Write = Callable[[Mapping[str, str | bytes]], Path]
MKDOCS = [sys.executable, "-m", "mkdocs"]


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MKDOCS, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_strict_and_quiet_fails_again_and_again_and_says_why(write: Write) -> None:
    folder = write(
        {
            "mkdocs.yml": CONFIGURATION,
            "docs/cart.md": runbook(other="crat"),
            "docs/thin.md": "---\ntype: runbook\nid: cart\n",
        }
    )
    for _ in range(2):
        done = _run(folder, "build", "--strict", "--quiet")
        assert done.returncode == 1
        output = done.stdout + done.stderr
        assert "cart.md:11:34 REF106" in output
        assert "thin.md:1:1 DOC103" in output
        assert "Traceback" not in output


def test_warnings_alone_fail_a_quiet_strict_build_and_are_named(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": runbook() + "\n## More\n\nTODO\n"})
    done = _run(folder, "build", "--strict", "--quiet")
    assert done.returncode == 1
    assert "DOC303 empty-section warning" in done.stdout + done.stderr


def test_serve_warns_goes_on_and_does_not_loop(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": runbook(other="crat")})
    log = folder / "serve.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}"], cwd=folder, stdout=output, stderr=output
        )
        try:
            address = _wait(log, r"Serving on (http://\S+)")
            with urllib.request.urlopen(address) as response:
                assert response.status == 200
            (folder / "docs/cart.md").write_text(runbook(other="cart", title="Changed"))
            _wait(log, r"Detected file changes")
            _wait(log, r"(?s)Detected file changes.*Documentation built")
            time.sleep(1.5)  # a loop would build again within the watcher's half second
        finally:
            server.terminate()
            server.wait(10)
    text = log.read_text()
    assert len(re.findall("Documentation built", text)) == 2
    assert "REF106" in text.split("Detected file changes", maxsplit=1)[0]
    assert "REF106" not in text.split("Detected file changes", maxsplit=1)[1]


def _wait(log: Path, pattern: str) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        match = re.search(pattern, log.read_text())
        if match:
            return match[match.lastindex or 0]
        time.sleep(0.1)
    pytest.fail(f"`{pattern}` did not appear within a minute:\n{log.read_text()}")
