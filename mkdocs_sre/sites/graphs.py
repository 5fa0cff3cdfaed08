"""The dependency graph of a site, or of a file: what could be read, and what could not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.documents.finding import least_failing
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.described import described_graph
from mkdocs_sre.knowledge.base import assemble
from mkdocs_sre.reading.graph_file import read_graph_file
from mkdocs_sre.reading.json_text import MAX_BYTES
from mkdocs_sre.reports.text import plural
from mkdocs_sre.settings import Settings
from mkdocs_sre.sites.read import load_site

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_sre.documents.finding import Fault, Finding
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration

CATALOGUES = (".yaml", ".yml")  # endings of catalogue files; every other file is JSON
_RULES = "GRF2"  # how the codes of the rules about catalogue files begin


@dataclass(frozen=True)
class Loaded:
    """A graph, None when there are `problems`; and `notices` of what it lacks. Both are lines for people."""

    graph: Graph | None = None
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def graph_of_site(site: Configuration) -> Loaded:
    """Return the graph of a site's documents and catalogues. Damaged documents are left out, and counted in a notice.

    Raises SettingsError for options that cannot be used.
    """
    base = load_site(site)
    return Loaded(graph_of(base), notices=_left_out(base))


def _left_out(base: KnowledgeBase) -> tuple[str, ...]:
    damaged = len(base.all_of_kind(Service)) - len(base.of_kind(Service))
    unread = sum(bool(source.defects) and source.path not in base.by_path for source in base.sources)
    unknown = len(
        {
            one.location
            for one in base.mentions
            if one.entry is None and one.key and isinstance(one.document, Service) and not _free(one.reference)
        }
    )
    counts = [(damaged, "damaged service"), (unread, "unreadable page"), (unknown, "unknown id")]
    said = [plural(number, noun) for number, noun in counts if number]
    return (f"the graph lacks {', '.join(said)}; `mkdocs-sre check` shows where",) if said else ()


def _free(reference: object) -> bool:
    return bool(getattr(reference, "or_text", False))


def graph_of_file(file: Path) -> Loaded:
    """Return the graph of a JSON file, or of a Backstage catalogue when its name ends in `CATALOGUES`.

    Raises OSError when the file cannot be read.
    """
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    name = file.as_posix()
    if file.suffix.lower() in CATALOGUES:
        return _of_catalogue(data, name)
    found = read_graph_file(data, name)
    graph = described_graph(found.described) if found.described else None
    return Loaded(graph, tuple(map(_line, found.faults)), tuple(found.notices))


def _of_catalogue(data: bytes, name: str) -> Loaded:
    from datetime import date  # noqa: PLC0415 only catalogues are judged by rules

    from mkdocs_sre.checks.registry import rules  # noqa: PLC0415
    from mkdocs_sre.checks.run import examine  # noqa: PLC0415
    from mkdocs_sre.reading.catalogue import read_catalogue  # noqa: PLC0415

    settings = Settings.load({})
    base = assemble(settings, (), read_catalogue(name, data))
    codes = [code for code in rules() if code.startswith(_RULES)]
    findings = examine(base, date.min, only=codes).findings
    failing = [one for one in findings if one.level >= least_failing(strict=False)]
    if failing:
        return Loaded(problems=tuple(map(_line, findings)))
    return Loaded(graph_of(base), notices=tuple(map(_line, findings)))


def _line(one: Fault | Finding) -> str:
    others = "".join(f" (see {other})" for other in one.related)
    return f"{one.location} {one.message}{f'; {one.hint}' if one.hint else ''}{others}"
