"""The picture of findings in a terminal, made from a real run; `pytest tests/example/test_picture.py --accept` draws it."""

from __future__ import annotations

import html
import os
import pty
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import yaml
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.example.planting import example
from tests.example.test_example import FAULTS, OPTIONS, ROOT

PICTURE = ROOT / "docs/assets/findings.svg"
PLANTED = ("ACT105", "CAP102", "DOC301", "FRS102", "PIR104", "REF102", "REF106", "RSK103")
COLUMNS = 112
COMMAND = "mkdocs-sre check --strict"
THEME = TerminalTheme(
    (0x1B, 0x1F, 0x27),
    (0xDD, 0xE1, 0xE8),
    [
        (0x1B, 0x1F, 0x27),
        (0xFF, 0x7B, 0x72),
        (0x7E, 0xD3, 0x8B),
        (0xE8, 0xC0, 0x6A),
        (0x79, 0xB8, 0xFF),
        (0xD2, 0xA8, 0xFF),
        (0x76, 0xD9, 0xE6),
        (0xDD, 0xE1, 0xE8),
    ],
)
FRAME = """\
<svg viewBox="0 0 1400 {height}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Findings in a terminal">
<!-- Drawn by tests/example/test_picture.py from the output of `mkdocs-sre check`. -->
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
{styles}
</style>
<defs>{lines}</defs>
<rect width="1400" height="{height}" rx="8" fill="#1b1f27"/>
<g transform="translate(16, 22)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def output(folder: Path) -> str:
    """What a terminal shows when the example has the faults of `PLANTED`."""
    copy = example(ROOT / "docs", OPTIONS)
    for fault in FAULTS:
        if fault.code in PLANTED:
            copy.plant(fault)
    copy.lift()
    copy.write(folder / "docs")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({"plugins": [{"sre": copy.options}]}), encoding="utf-8")
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", *COMMAND.split()[1:]]
    with subprocess.Popen(command, cwd=folder, stdout=follower, env=environment) as run:
        os.close(follower)
        shown = b""
        while part := _part(leader):
            shown += part
    os.close(leader)
    assert run.returncode == 1
    return shown.decode().replace("\r\n", "\n")


def _part(leader: int) -> bytes:
    try:
        return os.read(leader, 65_536)
    except OSError:  # Linux, once the other side is closed
        return b""


def drawn(shown: str) -> str:
    """The picture of a terminal in which the command has printed this."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), color_system="truecolor", force_terminal=True)
    console.print(Text.from_ansi(f"\x1b[1m$ {COMMAND}\x1b[0m\n{shown.rstrip()}"))
    return console.export_svg(theme=THEME, code_format=FRAME, unique_id="findings")


def words(text: str) -> str:
    """The words that a picture or an output shows, without numbers, which move with the example."""
    text = re.sub(r"\x1b\[\d+m", "", text)
    text = html.unescape(" ".join(re.findall(r"(?s)<text[^>]*>(.*?)</text>", text))) if "<svg" in text else text
    return "".join(re.sub(r"\d+", "", text).split())


def test_the_picture_shows_what_the_command_prints(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shown = output(tmp_path)
    if request.config.getoption("--accept"):
        PICTURE.write_text(drawn(shown), encoding="utf-8")
    picture = PICTURE.read_text(encoding="utf-8")
    assert words(picture) == words(f"$ {COMMAND}\n{shown}")
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
