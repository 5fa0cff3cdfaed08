"""The page of rules, from the same text that `explain` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.checks.registry import FAMILIES, rules
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.site import Page

if TYPE_CHECKING:
    from mkdocs_sre.checks.rule import Rule

RULES_PATH = "sre/rules.md"


def rule_markdown(rule: Rule, level: int = 1) -> str:
    """Return a rule's page in Markdown; `level` is that of its heading (1 to 4)."""
    marks = "#" * level
    body = re.sub(r"(?m)^## (?=Why$|Example$|Use instead$|Source$)", f"{marks}# ", rule.text)
    return f"{marks} {rule.code} {rule.name}\n\nLevel: {rule.level}. Since {rule.since}.\n\n{body}\n"


def rules_page() -> Page:
    """Return the page of all rules, by family."""
    parts = [
        "# Rules",
        "",
        f"{len(rules())} rules. `mkdocs-sre explain CODE` prints the same text; `levels` in `mkdocs.yml` changes a rule's level.",
        "",
    ]
    for family, title in FAMILIES.items():
        members = [rule for rule in rules().values() if rule.family == family]
        if members:
            parts += [f"## {family}: {escape(title)}", "", *_table(members), *(_entry(rule) for rule in members)]
    return Page(RULES_PATH, "Rules", "\n".join(parts))


def _table(members: list[Rule]) -> list[str]:
    rows = [f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {rule.level} | {escape(rule.summary)} |" for rule in members]
    return ["| Code | Name | Level | What is right |", "| --- | --- | --- | --- |", *rows, ""]


def _entry(rule: Rule) -> str:
    text = rule_markdown(rule, level=3)
    first, _, rest = text.partition("\n")
    rest = re.sub(r"(?m)^#### (.+)$", r"**\1**", rest)
    return f"{first} {{: #{rule.code.lower()} }}\n{rest}"
