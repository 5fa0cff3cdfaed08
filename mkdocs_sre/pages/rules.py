"""The page of rules, from the same text that `explain` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.checks.registry import FAMILIES, rules
from mkdocs_sre.documents.finding import Level
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip, State
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from mkdocs_sre.checks.rule import Rule

RULES_PATH = "sre/rules.md"
_HEADING = re.compile(r"(?m)^## (?=(?:Why|Example|Use instead|Source)$)")
_LABEL = re.compile(r"(?m)^## (Why|Example|Use instead|Source)$")
_FENCE = re.compile(r"(?ms)^(`{3,})(\w+)\n(.*?\n\1)$")  # an example, with the fences that it may hold itself
_STATES: dict[Level, State] = {Level.ERROR: "bad", Level.WARNING: "due", Level.INFO: "info", Level.OFF: "none"}
_COLUMNS = (
    Column("Code", "fit0 sre-num"),
    Column("Name", "grow", bare=True),
    Column("What is right", "wide", bare=True),
    Column("Level", "early", bare=True),
)


def rule_markdown(rule: Rule, level: int = 1) -> str:
    """Return a rule's page in Markdown; `level` is that of its heading (1 to 4)."""
    marks = "#" * level
    body = _HEADING.sub(f"{marks}# ", rule.text)
    return f"{marks} {rule.code} {rule.name}\n\nLevel: {rule.level}. Since {rule.since}.\n\n{body}\n"


def rules_page() -> Page:
    """Return the page of all rules, by family."""
    families = []
    for family, title in FAMILIES.items():
        members = [rule for rule in rules().values() if rule.family == family]
        families.append((family, title, _table(family, members), [_entry(rule) for rule in members]))
    say = f"{counted(len(rules()), 'rule')}, each with its reason, an example that breaks it and one that does not."
    return Page(RULES_PATH, "Rules", render("rules.md.jinja", families=families, say=say, escape=escape))


def _table(family: str, members: list[Rule]) -> str:
    rows = [
        [f"[{rule.code}](#{rule.code.lower()})", rule.name, prose(rule.summary), level_chip(rule)] for rule in members
    ]
    return table(counted(len(members), "rule"), _COLUMNS, rows, f"{family.lower()}-rules")


def level_chip(rule: Rule) -> str:
    """Return the level of a rule as a chip."""
    return Chip(str(rule.level), _STATES[rule.level]).markdown()


def _entry(rule: Rule) -> str:
    """Return a rule with small labels in place of headings, which would drown the page's contents."""
    text = _FENCE.sub(_example, _LABEL.sub(r'<p class="sre-label">\1</p>\n', rule.text))
    anchor = rule.code.lower()
    return render("rule.md.jinja", rule=rule, anchor=anchor, chip=level_chip(rule), text=text)


def _example(fence: re.Match[str]) -> str:
    """Return an example without a button to copy it: nobody copies them, and a browser takes seconds to make them all.

    `tree` is our own language of examples, which no highlighter knows.
    """
    language = "text" if fence[2] == "tree" else fence[2]
    return f"{fence[1]} {{ .{language} .no-copy }}\n{fence[3]}"
