"""The guide as tests see it: its pages, the blocks in them, and the page of commands, which only click can tell."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click
import yaml

from mkdocs_sre.cli import main
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.explain import option_example
from mkdocs_sre.pages.reference import kind_page, options_page, rules_page
from mkdocs_sre.pages.tables import Column, table

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs/guide"
FILLED = ROOT / "tests/documents/filled"
_FENCE = re.compile(r"(?ms)^( *)(`{3,})(\w*)([^\n]*)\n(.*?)^\1\2$")


class Block(NamedTuple):
    """A fenced block of a page: its language, what stands behind that, and its text."""

    page: str
    language: str
    info: str
    text: str


def pages() -> list[Path]:
    return sorted(GUIDE.rglob("*.md"))


def written_pages() -> list[Path]:
    """The pages that people wrote."""
    return [page for page in pages() if name_of(page) not in generated()]


def name_of(page: Path) -> str:
    return page.relative_to(GUIDE).as_posix()


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(name_of(page), match[3], match[4].strip(), inspect.cleandoc(match[5]) if match[1] else match[5])
        for match in _FENCE.finditer(text)
    ]


def written_blocks(*languages: str) -> list[Block]:
    return [block for page in written_pages() for block in blocks(page) if block.language in languages]


def prose_of(page: Path) -> str:
    """The text of a page without its blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def options_in(block: Block) -> dict[str, object] | None:
    """The options of our plugin in a block of `mkdocs.yml`; None when it is none."""
    values = yaml.load(block.text, Loader=yaml.BaseLoader)  # noqa: S506 texts only; asked only whether the key is there
    if not isinstance(values, dict) or "plugins" not in values:
        return None
    plugins = yaml.safe_load(block.text)["plugins"]
    return next((one["sre"] for one in plugins if isinstance(one, dict) and "sre" in one), {})


@cache
def generated() -> dict[str, str]:
    """The pages that the code makes, by their path in the guide."""
    made = {
        f"reference/{name}.md": kind_page(kind, (FILLED / f"{name}.md").read_text(encoding="utf-8"))
        for name, kind in kinds().items()
    }
    return made | {
        "reference/options.md": options_page(option_example()),
        "reference/rules.md": rules_page(),
        "reference/commands.md": commands_page(),
    }


def commands_page() -> str:
    parts = ["---\ntitle: Commands\nweight: 100\n---\n\n# Commands", f"{main.epilog} Each takes `--help`."]
    parts += [text for name, command in commands_of(main) for text in _command(name, command)]
    return "\n\n".join(parts) + "\n"


def commands_of(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands of a group by their whole names, sorted; a group of its own comes before what is in it."""
    for name, command in sorted(group.commands.items()):
        yield before + name, command
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{before}{name} ")


def _command(name: str, command: click.Command) -> Iterator[str]:
    yield f"## mkdocs-sre {name} {{: #{name.replace(' ', '-')} }}"
    context = click.Context(command, info_name=f"mkdocs-sre {name}")
    yield f"```text\n{' '.join(['mkdocs-sre', name, *command.collect_usage_pieces(context)])}\n```"
    text, *examples = re.split(r"\x08\n|\\b\n", inspect.cleandoc(command.help or ""))
    yield text.strip()
    rows = [_option(one, context) for one in command.params if isinstance(one, click.Option)]
    if rows:
        columns = (Column("Option"), Column("Means", "wide", bare=True))
        yield table(f"Options of {name}", columns, rows).strip("\n")
    for example in examples:
        yield f"```bash\n{example.strip()}\n```"


def _option(option: click.Option, context: click.Context) -> list[str]:
    names = ", ".join([*option.opts, *option.secondary_opts])
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    default = option.default if option.show_default and not option.is_flag else None
    told = f" Default: <code>{escape(default)}</code>." if default else ""
    return [f"<code>{escape(names + value)}</code>", prose(option.help or "") + told]
