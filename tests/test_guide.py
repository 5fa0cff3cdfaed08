"""The guide is true: its reference is that of the code, its commands exist, its configurations and documents work.

`pytest tests/test_guide.py --accept` writes the reference.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from mkdocs_sre.checks.registry import FAMILIES, find_rule
from mkdocs_sre.checks.run import levels
from mkdocs_sre.cli import main
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.explain import option_example
from mkdocs_sre.settings import Settings
from tests.guide import (
    FILLED,
    GUIDE,
    ROOT,
    Block,
    generated,
    name_of,
    options_in,
    pages,
    prose_of,
    written_blocks,
    written_pages,
)
from tests.tree import Tree

_INLINE = re.compile(r"`(mkdocs-sre [^`\n]+)`")
_PIPELINE = re.compile(r"^(?:- )?(?:run: )?")
_FINDING = re.compile(r"(?m)^\S+:\d+:\d+ ([A-Z]{3}\d{3}) ([a-z-]+) (error|warning|info) .+$")


@pytest.mark.parametrize("name", list(generated()))
def test_reference_is_that_of_the_code(name: str, request: pytest.FixtureRequest) -> None:
    file, fresh = GUIDE / name, generated()[name]
    if request.config.getoption("--accept"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(fresh, encoding="utf-8")
    assert file.is_file(), "write it with `pytest tests/test_guide.py --accept`"
    assert file.read_text(encoding="utf-8") == fresh


def test_reference_holds_nothing_that_the_code_does_not_make() -> None:
    found = {name_of(page) for page in pages() if name_of(page).startswith("reference/")}
    assert found - {"reference/index.md"} == set(generated())


def test_every_kind_has_a_page_about_writing_it() -> None:
    assert {page.stem for page in (GUIDE / "writing").glob("*.md")} - {"index"} == set(kinds())


def commands() -> list[tuple[str, str]]:
    """Every command line of the guide with its page: lines of blocks and pipelines, and code in sentences."""
    found = []
    for block in written_blocks("bash", "yaml"):
        for line in block.text.replace("\\\n", " ").splitlines():
            parts = [_PIPELINE.sub("", part.strip()) for part in re.split(r"&&|\|\|?", line)]
            found += [(block.page, part) for part in parts if part.startswith("mkdocs-sre ")]
    for page in written_pages():
        found += [(name_of(page), text) for text in _INLINE.findall(prose_of(page))]
    return found


@pytest.mark.parametrize(("page", "line"), commands())
def test_commands_exist(page: str, line: str) -> None:
    words = shlex.split(re.sub(r"[<>].*$", "", line), comments=True)
    assert words.pop(0) == "mkdocs-sre"
    command = main.commands.get(words[0])
    if isinstance(command, click.Group) and len(words) > 1:
        del words[0]
        command = command.commands.get(words[0])
    assert command is not None, f"{page}: `{line}` names no command"
    if len(words) > 1:  # a command that a sentence only names has no arguments
        try:
            command.make_context(words[0], words[1:])
        except click.exceptions.Exit:
            pass  # --help has been printed
        except click.ClickException as error:
            pytest.fail(f"{page}: `{line}`: {error.format_message()}")


@pytest.mark.parametrize("block", written_blocks("yaml", "yml"), ids=lambda block: block.page)
def test_configurations_load(block: Block) -> None:
    yaml.compose(block.text, Loader=yaml.SafeLoader)
    options = options_in(block)
    if options is not None:
        levels(Settings.load(options))
        Tree({}, options).base()


def test_the_example_of_options_holds_every_option() -> None:
    options = options_in(Block("", "yaml", "", option_example()))
    assert options is not None
    levels(Settings.load(options))
    Tree({}, options).base()
    assert set(options) == set(Settings.model_fields)


def documents() -> Iterator[tuple[str, dict[str, str]]]:
    """The example documents of each page, by made-up paths."""
    for page in written_pages():
        blocks = [block for block in written_blocks("markdown") if block.page == name_of(page)]
        typed = [block.text for block in blocks if re.match(r"---\n(?:.*\n)*?type: ", block.text)]
        if typed and page.name != "take-over.md":  # test_take_over.py runs that
            yield name_of(page), {f"guide-{index}.md": text for index, text in enumerate(typed)}


@pytest.mark.parametrize(("page", "files"), list(documents()))
def test_example_documents_have_no_findings(page: str, files: dict[str, str]) -> None:
    given = {one: text for one, text in _filled().items() if not any(_id(text) == _id(own) for own in files.values())}
    found = [one for one in Tree({**given, **files}).findings() if one.location.path in files]
    assert [f"{page} {one.location} {one.code} {one.message}" for one in found] == []


def _filled() -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(FILLED.glob("*.md"))}


def _id(text: str) -> str:
    found = re.search(r"(?m)^id: (\S+)$", text)
    return found[1] if found else ""


def test_findings_that_the_guide_quotes_are_those_of_rules() -> None:
    quoted = [found for block in written_blocks("text") for found in _FINDING.findall(block.text)]
    assert quoted
    for code, name, _ in quoted:
        rule = find_rule(code)
        assert rule is not None, code
        assert rule.name == name


def test_rules_that_the_guide_names_exist() -> None:
    for page in written_pages():
        for code in re.findall(rf"\b(?:{'|'.join(FAMILIES)})\d{{3}}\b", prose_of(page)):
            assert find_rule(code) is not None, f"{name_of(page)}: {code}"


def test_links_and_anchors_of_the_guide_lead_somewhere(tmp_path: Path) -> None:
    configuration = tmp_path / "mkdocs.yml"
    for beside in ("sre-waivers.yml", "pir-seals.lock"):
        shutil.copy(ROOT / beside, tmp_path)
    shutil.copytree(ROOT / "monitoring", tmp_path / "monitoring")
    configuration.write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: {ROOT / 'docs'}\nvalidation: {{anchors: warn, absolute_links: warn}}\n",
        encoding="utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-q",
        "-f",
        str(configuration),
        "-d",
        str(tmp_path / "site"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "site/guide/reference/runbook/index.html").is_file()


def test_the_matcher_for_the_editor_reads_every_finding() -> None:
    task = json.loads(next(block.text for block in written_blocks("json") if block.page == "editors.md"))
    pattern = task["tasks"][0]["problemMatcher"]["pattern"]
    shown = (ROOT / "tests/checks/messages.txt").read_text(encoding="utf-8").splitlines()
    for line in shown:
        found = re.match(pattern["regexp"], line)
        assert found is not None, line
        assert find_rule(found[pattern["code"]]) is not None
        assert found[pattern["severity"]] in ("error", "warning", "info")
        assert line.startswith(f"{found[pattern['file']]}:{found[pattern['line']]}:{found[pattern['column']]} ")
