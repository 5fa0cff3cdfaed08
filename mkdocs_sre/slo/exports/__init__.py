"""Forms in which objectives are written for other programs: one module each, found by looking, so that a new one needs no list."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mkdocs_sre.documents.burn_alerting import Calls
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.targets import Target

    Exporter = Callable[[Sequence[Target], "Context"], "Export"]

HEADER = "# Written by `mkdocs-sre slo export`"  # how a file that is ours begins, where its form knows comments


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to write: its path below the folder of the export, with `/`, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Loss:
    """What a form cannot say of an objective: the id of the objective, one plain sentence, and the place of the key."""

    slo: str
    what: str
    place: Location | None = None


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
