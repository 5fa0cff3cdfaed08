"""What a rule is, and the decorator that registers one.

A rule is a function that takes what it looks at (a `Source`, a document of one kind, any `Document`, the whole
`KnowledgeBase`, or the `Waiving` of its findings) and, if it wants, the `Context`; it yields faults. Its docstring is its page: a sentence, then
`## Why`, `## Example`, `## Use instead` and `## Source`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.documents.finding import Fault, Finding, Level
from mkdocs_sre.history.remembered import History

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.checks.waivers import Waiving
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.source import Source
    from mkdocs_sre.settings import Settings

SECTIONS = ("Why", "Example", "Use instead", "Source")
_HEADINGS = re.compile(rf"(?m)^## ({'|'.join(SECTIONS)})$")


@dataclass(frozen=True)
class Context:
    """What a rule may know beside its subject: everything else, the options, today's day, and what git remembers."""

    base: KnowledgeBase
    settings: Settings
    as_of: date
    history: History = field(default_factory=History)

    @property
    def graph(self) -> Graph:
        """The dependency graph."""
        return graph_of(self.base)


RuleFunction = Callable[..., Iterable[Fault]]


@dataclass(frozen=True, eq=False)
class Rule:
    """A registered rule."""

    code: str
    name: str
    level: Level
    since: str
    function: RuleFunction
    subject: type[Source | KnowledgeBase | Document | Waiving]
    takes_context: bool

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @cached_property
    def text(self) -> str:
        """The rule's page in Markdown: what it wants, and its sections."""
        return inspect.cleandoc(self.function.__doc__ or "")

    @property
    def summary(self) -> str:
        """What the rule wants, in one sentence."""
        return self.text.split("\n\n", 1)[0].replace("\n", " ")

    def section(self, name: str) -> str:
        """Return the text below a heading of the rule's page; empty when it has none."""
        parts = _HEADINGS.split(self.text)
        return dict(zip(parts[1::2], parts[2::2], strict=True)).get(name, "").strip()

    def run(self, subject: Any, context: Context) -> Iterable[Fault]:
        """Return the faults of one subject."""
        return self.function(subject, context) if self.takes_context else self.function(subject)

    def finding(self, fault: Fault, level: Level) -> Finding:
        """Return the finding that a fault makes at a level."""
        return Finding(fault.location, self.code, self.name, level, fault.message, fault.hint, fault.related)


_registered: dict[str, Rule] = {}
RETIRED: frozenset[str] = frozenset()  # codes that were used once and never come back


def rule(code: str, name: str, *, level: Level, since: str) -> Callable[[RuleFunction], RuleFunction]:
    """Register the function below as a rule; the type of its first parameter says what it looks at.

    Raises ValueError for a code or name that is taken or retired.
    """

    def register(function: RuleFunction) -> RuleFunction:
        taken = {one.name for one in _registered.values()}
        if code in _registered or code in RETIRED or name in taken:
            raise ValueError(f"rule {code} {name}: code or name is taken")
        parameters = list(inspect.signature(function).parameters)
        subject = function.__globals__[function.__annotations__[parameters[0]]]
        _registered[code] = Rule(code, name, level, since, function, subject, len(parameters) > 1)
        return function

    return register


def registered() -> dict[str, Rule]:
    """Return the rules whose modules have been imported, by code. Use `checks.registry.rules`, which imports all."""
    return dict(sorted(_registered.items()))


def fault(location: Location, message: str, hint: str = "", *related: Location) -> Fault:
    """Return a fault: place, cause, cure, and the other places when several disagree."""
    return Fault(location, message, hint, related)
