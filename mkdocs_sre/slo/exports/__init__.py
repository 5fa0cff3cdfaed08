"""Forms in which objectives are written for other programs: one module each, found by looking, so that a new one needs no list."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.slo.losses import Loss

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mkdocs_sre.documents.burn_alerting import Calls
    from mkdocs_sre.slo.targets import Target

    Exporter = Callable[[Sequence[Target], "Context"], "Export"]

__all__ = ["Context", "Export", "ExportedFile", "Loss", "exporter", "exporters", "header", "mark"]


def mark(form: str) -> str:
    """Return the words by which a file is known as written by the export of a form: a comment, or anywhere in JSON.

    >>> mark("grafana")
    'Written by `mkdocs-sre slo export --to grafana`'
    """
    return f"Written by `mkdocs-sre slo export --to {form}`"


def header(form: str, path: str) -> str:
    """Return the comment with which a file of YAML begins; `path` is that of the page that says what is in it."""
    return f"# {mark(form)} from {json.dumps(path)[1:-1]}.\n# Change the page and write it anew; what is changed here is lost.\n"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to write: its path below the folder of the export, with `/`, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """All files of an export, and what they do not say."""

    files: tuple[ExportedFile, ...] = ()
    losses: tuple[Loss, ...] = ()


def _no_address(*_: object) -> str:
    return ""


def _no_target(_: str) -> Target | None:
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """What an export needs to know beside the objectives.

    `page_url` gives the address of an objective's page, `runbook_url` that of what to do when it pages or opens a
    ticket, `owner` the team that keeps it; each is empty where that is not known. `find` gives the objective of an id,
    for those that are made of others. `paging` is the severity of alerts that wake somebody, `owner_labels` are the
    labels that name an owner, the one to write first. `labels` are put on every rule. `sloth_form` asks for rules as
    Sloth writes them, `with_tests` for tests beside them.
    """

    page_url: Callable[[Target], str] = _no_address
    runbook_url: Callable[[Target, Calls], str] = _no_address
    owner: Callable[[Target], str] = _no_address
    find: Callable[[str], Target | None] = _no_target
    paging: str = "page"
    owner_labels: tuple[str, ...] = ("owner", "team")
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sloth_form: bool = False
    with_tests: bool = False


_FORMS: dict[str, Exporter] = {}


def exporter(name: str) -> Callable[[Exporter], Exporter]:
    """Register a function as the export of a form."""

    def register(function: Exporter) -> Exporter:
        if _FORMS.setdefault(name, function) is not function:
            raise ValueError(f"two exports are called {name}")
        return function

    return register


@cache
def exporters() -> Mapping[str, Exporter]:
    """Return every export by the name of its form, sorted."""
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return MappingProxyType(dict(sorted(_FORMS.items())))
