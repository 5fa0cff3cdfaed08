"""All rules, found by looking through the families' packages, so that a new one needs no list."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre import checks
from mkdocs_sre.checks.rule import Rule, registered

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILIES = MappingProxyType(
    {
        "DOC": "Files, front matter and sections",
        "REF": "References between documents",
        "SVC": "Services",
        "SLO": "Service level objectives",
        "RUN": "Runbooks",
        "ALT": "Alerts",
        "PIR": "Post-incident reviews",
        "ACT": "Action items",
        "RSK": "Risk assessments",
        "CAP": "Capacity plans",
        "CHX": "Chaos experiments",
        "ONC": "On call and incidents",
        "GRF": "The dependency graph",
        "IMM": "Immutability of final reviews",
        "FRS": "Freshness",
        "WVR": "Waivers",
    },
)


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its code, sorted."""
    for module in walk_packages(checks.__path__, f"{checks.__name__}."):
        import_module(module.name)
    return MappingProxyType(registered())


def find_rule(text: str) -> Rule | None:
    """Return the rule with this code or name, whatever its case; None when there is none."""
    wanted = text.strip().casefold()
    return next((rule for rule in rules().values() if wanted in (rule.code.casefold(), rule.name)), None)


def select(text: str) -> frozenset[str]:
    """Return the codes that a code, name or family stands for; empty when it is none of them."""
    one = find_rule(text)
    if one is not None:
        return frozenset((one.code,))
    return frozenset(rule.code for rule in rules().values() if rule.family == text.strip().upper())


def nearest(text: str) -> str | None:
    """Return the code or name that looks most like the text; None when none is near."""
    names = [*rules(), *(rule.name for rule in rules().values()), *FAMILIES]
    return next(iter(get_close_matches(text, names, 1)), None) or next(
        iter(get_close_matches(text.upper(), names, 1)), None
    )
