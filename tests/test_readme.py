"""README's tables are those of the code; `pytest tests/test_readme.py --accept` writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_sre.cli import main
from mkdocs_sre.documents.base import fields_by_key
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.settings import Settings

README = Path(__file__).parent.parent / "README.md"


def _options() -> str:
    head = "| option of `plugins: - sre:` | means |\n| --- | --- |\n"
    return head + "\n".join(f"| `{name}` | {field.description} |" for name, field in Settings.model_fields.items())


def _kinds() -> str:
    rows = ["| `type` | where `new` puts it | required keys |", "| --- | --- | --- |"]
    for name, kind in kinds().items():
        required = [f"`{key}`" for key, field in fields_by_key(kind).items() if field.is_required()]
        rows.append(f"| `{name}` | `docs/{kind.folder}/` | {', '.join(required)} |")
    return "\n".join(rows)


@pytest.mark.parametrize(("name", "table"), [("options", _options()), ("kinds", _kinds())])
def test_tables_are_those_of_the_code(name: str, table: str, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    fresh = re.sub(
        rf"<!-- {name} -->\n.*?<!-- /{name} -->",
        lambda _: f"<!-- {name} -->\n{table}\n<!-- /{name} -->",
        text,
        flags=re.DOTALL,
    )
    if request.config.getoption("--accept"):
        README.write_text(fresh, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == fresh


def test_every_command_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in main.commands if f"mkdocs-sre {name}" not in text] == []
