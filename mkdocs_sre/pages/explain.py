"""What `mkdocs-sre explain` prints: a rule, a family of rules, a kind, a key of a kind, or an option."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import yaml

from mkdocs_sre.checks.registry import FAMILIES, find_rule, rules
from mkdocs_sre.documents.keys import Key, keys_of, parts_of
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.reference import kind_keys, rules_about, section_texts
from mkdocs_sre.pages.rules import rule_markdown
from mkdocs_sre.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.base import Document


class UnknownNameError(Exception):
    """A name that is no rule, family, kind, key or option."""

    def __init__(self, name: str) -> None:
        near = get_close_matches(name, _names(), 1) or get_close_matches(name.upper(), _names(), 1)
        cure = f"did you mean `{near[0]}`?" if near else "name a rule, a family of rules, a kind, or an option"
        super().__init__(f"nothing is called `{name}`; {cure}")


def explained(name: str) -> str:
    """Return in Markdown what a name stands for: a code, a name, a family, a kind, `kind.key`, an option.

    Where a family and a kind share letters, capitals mean the family. Raises UnknownNameError.
    """
    wanted = name.strip()
    rule = find_rule(wanted)
    if rule is not None:
        return rule_markdown(rule)
    if wanted.upper() in FAMILIES and (wanted.isupper() or wanted not in kinds()):
        return _family(wanted.upper())
    first, _, path = wanted.casefold().partition(".")
    kind = kinds().get(first)
    if kind is not None and not path:
        return _kind(kind)
    found = _key(kind_keys(kind), path) if kind is not None else _key(keys_of(Settings), wanted.casefold())
    if found is None:
        raise UnknownNameError(name)
    return found if kind is not None else f"Option of `sre` in `mkdocs.yml`.\n\n{found}{_example(first)}"


def option_example() -> str:
    """Return a `mkdocs.yml` that holds every option."""
    return files("mkdocs_sre.pages").joinpath("options.yml").read_text(encoding="utf-8")


@cache
def _names() -> tuple[str, ...]:
    options = keys_of(Settings)
    return (
        *(rule.name for rule in rules().values()),
        *rules(),
        *FAMILIES,
        *kinds(),
        *(f"{name}.{path}" for name, kind in kinds().items() for path in _paths(kind_keys(kind))),
        *_paths(options),
    )


def _paths(keys: tuple[Key, ...]) -> list[str]:
    return [key.name for key in keys] + [f"{part.path}.{key.name}" for part in parts_of(keys) for key in part.keys]


def _family(family: str) -> str:
    members = [rule for rule in rules().values() if rule.family == family]
    head = f"# {family}: {FAMILIES[family]}"
    listed = "\n".join(f"- `{rule.code}` {rule.name} ({rule.level}): {rule.summary}" for rule in members)
    return f"{head}\n\n{listed}\n\n`mkdocs-sre explain CODE` tells more of one.\n"


def _kind(kind: type[Document]) -> str:
    keys = kind_keys(kind)
    codes = ", ".join(rule.code for rule in rules_about(kind))
    parts = [
        f"# {kind.label}: `type: {kind.kind}`",
        cleandoc(kind.__doc__ or ""),
        f"`mkdocs-sre new {kind.kind} ID` starts one in `{kind.folder}/` of the docs folder.",
        f"## Keys that must be there\n\n{_listed(key for key in keys if key.required)}",
        f"## Keys that may be there\n\n{_listed(key for key in keys if not key.required)}",
    ]
    sections = "\n".join(f"- {name}: {text}" for name, text in section_texts(kind).items())
    if sections:
        parts.append(f"## Sections\n\n{sections}")
    if codes:
        parts.append(f"## Rules\n\n{codes}; and DOC and REF, for every document.")
    return "\n\n".join([*parts, f"`mkdocs-sre explain {kind.kind}.KEY` tells more of one key.\n"])


def _listed(keys: Iterable[Key]) -> str:
    return "\n".join(f"- `{key.name}` ({key.takes}): {key.means}{_default(key)}" for key in keys)


def _default(key: Key) -> str:
    return f" Default: `{key.default}`." if key.default else ""


def _key(keys: tuple[Key, ...], path: str) -> str | None:
    """Return what the key at a path of names means, with the keys of its part; None when there is no such key."""
    name, _, rest = path.partition(".")
    key = next((one for one in keys if one.name == name), None)
    inner = keys_of(key.part) if key is not None and key.part is not None else ()
    if key is None or rest:
        return _key(inner, rest) if rest else None
    must = "\n\nIt must be there." if key.required else ""
    below = f"\n\n## Its keys\n\n{_listed(inner)}" if inner else ""
    short = f"\n\nA value alone is its `{key.short}`." if key.short else ""
    return f"# {key.name}\n\nTakes {key.takes}. {key.means}{_default(key)}{must}{short}{below}\n"


def _example(option: str) -> str:
    """Return the lines of the example that give an option; nothing when it gives none."""
    lines = option_example().splitlines()
    root: Any = yaml.compose(option_example(), Loader=yaml.SafeLoader)
    plugins = next(value for key, value in root.value if key.value == "plugins")
    given = next(one.value[0][1] for one in plugins.value if isinstance(one, yaml.MappingNode))
    starts = [key.start_mark.line for key, _ in given.value] + [len(lines)]
    index = next((index for index, (key, _) in enumerate(given.value) if key.value == option), None)
    if index is None:
        return ""
    block = [line[given.start_mark.column :] for line in lines[starts[index] : starts[index + 1]]]
    return "\n## Example\n\n```yaml\n" + "\n".join(block) + "\n```\n"
