"""The reference of the guide, in Markdown: every key of every kind, every option, every rule; and what starts a kind."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING

from mkdocs_sre.checks.registry import FAMILIES, rules
from mkdocs_sre.documents.base import Document, ReviewedDocument, fields_by_key
from mkdocs_sre.documents.keys import Key, keys_of, parts_of
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.rules import level_chip
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.pages.words import counted
from mkdocs_sre.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.checks.rule import Rule

_SECTION = re.compile(r"(?ms)^## ([^\n]+)\n\n(?:TODO )?(.*?)\n*(?=^## |\Z)")
_KEYS = (Column("Key", "fit sre-num"), Column("Takes"), Column("Means", "wide", bare=True))
_SECTIONS = (Column("Section"), Column("Says", "wide", bare=True))
_RULES = (
    Column("Code", "fit0 sre-num"),
    Column("Name", "grow", bare=True),
    Column("What is right", "wide", bare=True),
    Column("Level", "early", bare=True),
)


def kind_page(kind: type[Document], example: str) -> str:
    """Return the reference of a kind; `example` is a whole document of it."""
    keys = kind_keys(kind)
    return render(
        "reference_kind.md.jinja",
        kind=kind,
        about=cleandoc(kind.__doc__ or ""),
        keys=_keys_table(keys, counted(len(keys), "key")),
        parts=[(part, _keys_table(part.keys, f"Keys of {part.path}", f"{part.path}.")) for part in parts_of(keys)],
        sections=_sections_table(kind),
        schemes=list(kind.schemes.items())[1:],
        rules=_rules_table(list(rules_about(kind)), escape(kind.label)),
        example=example.strip("\n"),
        anchor=_anchor,
        escape=escape,
    )


def options_page(example: str) -> str:
    """Return the reference of all options; `example` is a `mkdocs.yml` that holds each."""
    keys = keys_of(Settings)
    return render(
        "reference_options.md.jinja",
        keys=_keys_table(keys, counted(len(keys), "option")),
        parts=[(part, _keys_table(part.keys, f"Keys of {part.path}", f"{part.path}.")) for part in parts_of(keys)],
        example=example.strip("\n"),
        anchor=_anchor,
    )


def rules_page() -> str:
    """Return the list of all rules by family, with levels."""
    families = []
    for family, title in FAMILIES.items():
        members = [rule for rule in rules().values() if rule.family == family]
        families.append((family, title, _rules_table(members, title)))
    return render("reference_rules.md.jinja", families=families, count=counted(len(rules()), "rule"), escape=escape)


def kind_keys(kind: type[Document]) -> tuple[Key, ...]:
    """Return the keys of a kind: `type`, those that must be there, its own, and those that all kinds share."""
    shared = fields_by_key(ReviewedDocument)
    first, *others = sorted(
        keys_of(kind), key=lambda key: (key.name != "type", not key.required, key.name != "id" and key.name in shared)
    )
    means = "What the document is. Not needed where `folders` gives it."
    return (Key(first.name, True, f"`{kind.kind}`", means, "", (), None), *others)  # noqa: FBT003 it is required


def section_texts(kind: type[Document]) -> dict[str, str]:
    """Return the required sections of a kind, each with what it says by the kind's template."""
    names = next(iter(kind.schemes.values()), ())
    told = {name: " ".join(text.split()) for name, text in _SECTION.findall(kind.template())}
    return {name: told.get(name, "The template has it as keys of the front matter instead.") for name in names}


def rules_about(kind: type[Document]) -> Iterable[Rule]:
    """Yield the rules that look at documents of a kind, without those for every document."""
    own = [rule for rule in rules().values() if _is_about(rule, kind)]
    families = {rule.family for rule in own if rule.subject is kind}
    for rule in rules().values():
        if rule in own or (rule.family in families and not issubclass(rule.subject, Document)):
            yield rule


def _is_about(rule: Rule, kind: type[Document]) -> bool:
    return rule.subject is not Document and issubclass(kind, rule.subject)


def _keys_table(keys: Iterable[Key], caption: str, above: str = "") -> str:
    return table(caption, _KEYS, [[_name(key, above), _takes(key, above), _means(key)] for key in keys])


def _name(key: Key, above: str) -> str:
    anchor = _anchor(above + key.name)
    required = "<small>required</small>" if key.required else ""
    return f'<a id="{anchor}" href="#{anchor}"><code>{escape(key.name)}</code></a>{required}'


def _takes(key: Key, above: str) -> str:
    if key.part is None:
        return prose(key.takes)
    short = f"; a value alone is its <code>{escape(key.short)}</code>" if key.short else ""
    return f'<a href="#part-{_anchor(above + key.name)}">{prose(key.takes)}</a>{short}'


def _means(key: Key) -> str:
    default = f" Default: <code>{escape(key.default)}</code>." if key.default else ""
    return prose(key.means) + default


def _anchor(path: str) -> str:
    return "key-" + path.replace(".", "-")


def _sections_table(kind: type[Document]) -> str:
    rows = [[escape(name), prose(text)] for name, text in section_texts(kind).items()]
    return table(counted(len(rows), "section"), _SECTIONS, rows) if rows else ""


def _rules_table(members: list[Rule], caption: str) -> str:
    rows = [
        [f'<a id="{rule.code.lower()}"></a>{rule.code}', rule.name, prose(rule.summary), level_chip(rule)]
        for rule in members
    ]
    return table(f"{caption}: {counted(len(rows), 'rule')}", _RULES, rows) if rows else ""
