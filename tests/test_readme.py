"""README names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs_sre.cli import main

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")


def test_every_command_is_named() -> None:
    assert [name for name in main.commands if f"mkdocs-sre {name}" not in TEXT] == []


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert targets
    assert [target for target in targets if not (README.parent / target).exists()] == []
