"""Imported objectives as the text of a document: front matter, and a body in which what only people know is still to do."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from mkdocs_sre.slo.imports import Imported

_ONE_LINE = 2**31 - 1  # YAML folds longer ones
_FLOAT, _INT, _TEXT = (f"tag:yaml.org,2002:{name}" for name in ("float", "int", "str"))
_RARE_BREAK = re.compile("[\x85\u2028\u2029]")
_ESCAPABLE = (
    "\\`*_{}[]()#+!"  # by a backslash in every Markdown; other characters that extensions take for more, by number
)
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!<>&|~$^=:]")
RATIONALE = "TODO Why this behaviour, why this target and no higher one, and what users feel when it is missed."


class _Dumper(yaml.SafeDumper):
    """Writes numbers as they were written, and text of several lines as a block; repeats nothing by aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whether a value that comes twice is written twice."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 PyYAML's signature
        """Indent lists below their key."""
        del indentless
        super().increase_indent(flow, indentless=False)


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = f"{value:f}"
    return dumper.represent_scalar(_FLOAT if "." in text else _INT, text)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    several = "\n" in value.rstrip("\n") or value.endswith("\n")
    # Rare line ends would be folded into spaces but for the one style that escapes them.
    style = '"' if _RARE_BREAK.search(value) else "|" if several else None
    return dumper.represent_scalar(_TEXT, value, style=style)


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(str, _text)


def yaml_text(values: dict[str, Any]) -> str:
    """Return values as YAML, keys in their order: numbers (Decimal) exact, text of several lines as blocks.

    What reads as a number, a date or a truth is quoted when it is text. Same values, same text.
    """
    return yaml.dump(
        values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_ONE_LINE, default_flow_style=False
    )


def document_text(imported: Imported) -> str:
    """Return the Markdown file of an imported objective."""
    return f"---\n{yaml_text(imported.values)}---\n\n{imported.body}"


def starting_body(heading: str) -> str:
    """Return the body of an imported objective: a heading, and a rationale that says that it is still to be written.

    The heading may be any text; what Markdown would take for more than text is escaped.
    """
    line = " ".join(heading.split())
    return f"# {_MARKDOWN.sub(lambda found: _escaped(found[0]), line)}\n\n## Rationale\n\n{RATIONALE}\n"


def unsaid_behaviour(id_: str) -> str:
    """Return what stands in for the behaviour of an objective whose source says nothing of it."""
    return f"Nobody has written yet what users can count on when {id_} is met."


def _escaped(character: str) -> str:
    return f"\\{character}" if character in _ESCAPABLE else f"&#{ord(character)};"
