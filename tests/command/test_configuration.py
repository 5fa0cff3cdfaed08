"""Configurations that people get wrong: a line that says where and what, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_sre.cli import main

Write = Callable[[Mapping[str, str | bytes]], Path]
OPTIONS = "plugins:\n  - sre:\n      "
PAGE = "---\ntype: service\nowner: '@team'\ndienste: [{id: a, owner: '@t', tier: 1}]\n---\n"


@pytest.mark.parametrize(
    ("configuration", "said"),
    [
        ("a: !!timestamp abc\n", "mkdocs.yml:1:4 is not valid YAML: `abc` cannot be read"),
        ("a: !!bool maybe\n", "mkdocs.yml:1:4 is not valid YAML"),
        ("a: !!int ''\n", "mkdocs.yml:1:4 is not valid YAML"),
        ("a: 2026-02-30\n", "mkdocs.yml:1:4 is not valid YAML: `2026-02-30` cannot be read"),
        ("a: \x01\n", "special characters are not allowed"),
        ("a: !ENV BROKEN\n", "mkdocs.yml:1:4 is not valid YAML: the value of the variable BROKEN"),
        ('INHERIT: "a\\0b"\n', "no path of a file"),
        ("INHERIT: [a]\n", "mkdocs.yml:1:1 INHERIT must be text"),
        ("docs_dir: [docs]\n", "mkdocs.yml:1:1 docs_dir must be text"),
        ("docs_dir: mkdocs.yml\n", "is no folder"),
        ("exclude_docs: '!'\n", "mkdocs.yml:1:1 exclude_docs Invalid"),
        ("exclude_docs: [a]\n", "mkdocs.yml:1:1 exclude_docs must be text"),
        ("plugins: [{sre: [a]}]\n", "mkdocs.yml:1:17 the options of `sre` must hold keys with values"),
        (OPTIONS + "as_of: 2026-03-09T10:00:00\n", "mkdocs.yml:3:7 as_of must be a day"),
        (OPTIONS + "levels: {DOC101: yes}\n", "must be one of `error`, `warning`, `info` or `off`"),
        (OPTIONS + "folders: [{match: '!', type: runbook}]\n", "mkdocs.yml:3:18 folders.0.match cannot be used"),
        (OPTIONS + "folders: [a]\n", "mkdocs.yml:3:17 folders.0 must hold keys with values"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    write: Write, monkeypatch: pytest.MonkeyPatch, configuration: str, said: str
) -> None:
    monkeypatch.setenv("BROKEN", "[")
    folder = write({"mkdocs.yml": configuration, "docs/index.md": "# Home\n"})
    result = CliRunner().invoke(main, ["check", "-f", str(folder / "mkdocs.yml")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    "folders",
    [
        "[{match: '*', type: service, keys: {dienste: services}}]",
        "[{match: '*', type: service, ignore_keys: dienste, defaults: {services: [{id: a, owner: x, tier: 1}]}}]",
    ],
)
def test_a_list_of_documents_may_have_a_mapped_key_or_be_a_default(write: Write, folders: str) -> None:
    folder = write({"mkdocs.yml": f"{OPTIONS}folders: {folders}\n", "docs/index.md": PAGE})
    result = CliRunner().invoke(main, ["check", "-f", str(folder / "mkdocs.yml"), "--as-of", "2026-03-09"])
    assert "1 document" in result.stdout
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_marks_and_line_ends_of_windows_are_read(write: Write) -> None:
    text = b"\xef\xbb\xbfplugins:\r\n  - sre:\r\n      as_of: 2026-01-02\r\n"
    folder = write({"mkdocs.yml": text, "docs/index.md": "# Home\n"})
    result = CliRunner().invoke(main, ["check", "-f", str(folder / "mkdocs.yml"), "--format", "json"])
    assert '"as_of": "2026-01-02"' in result.stdout
