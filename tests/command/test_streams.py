"""Where the output goes: readers that stop early, full disks, encodings that lack a character."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Write = Callable[[Mapping[str, str | bytes]], Path]
CHECK = f"{sys.executable} -c 'from mkdocs_sre.cli import main; main()' check"
FILES = {
    "mkdocs.yml": "plugins:\n  - sre: {as_of: 2026-03-09}\n",
    "docs/index.md": "---\ntype: runbook\nid: cart\nowner: '@team'\n---\n",
}


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (f"{CHECK} | true", 0, ""),
        (f"{CHECK} >&-", 1, ""),
        (f"{CHECK} >/dev/full", 2, "the output cannot be written: No space left on device\n"),
    ],
)
def test_output_that_nobody_takes_is_no_traceback(write: Write, command: str, code: int, said: str) -> None:
    done = subprocess.run(["sh", "-c", command], cwd=write(FILES), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, said)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_what_an_encoding_lacks_is_escaped(write: Write, encoding: str) -> None:
    environment = {"PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    done = subprocess.run(["sh", "-c", CHECK], cwd=write(FILES), env=environment, capture_output=True, check=False)
    assert done.stderr == b""
    assert b"index.md:3:1 DOC301" in done.stdout
