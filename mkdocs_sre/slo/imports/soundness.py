"""What no imported objective may be, whatever the form: queries that cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.slo.queries import parse_fault
from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.indicators import Indicator
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.slo.imports import Imported


def unsound(imported: Imported, slo: ServiceLevelObjective) -> Iterator[Fault]:
    """Yield what is wrong with a document whose keys are all valid, at the places that its values came from.

    `slo` is the document that its values make.
    """
    for target in targets_of(slo):
        if not target.path or slo.objectives[int(target.path[1])].sli is not None:
            yield from _queries(imported, (*target.path, "sli"), target.sli)


def _queries(imported: Imported, path: KeyPath, sli: Indicator) -> Iterator[Fault]:
    part = "good" if sli.good is not None else "bad"
    some = getattr(sli, part)
    if some is not None and sli.total is not None and some.split() == sli.total.split():
        message = f"the query of the {part} events is the one of all events, so it tells nothing"
        yield Fault(imported.at(*path, part), message, "correct one of them", (imported.at(*path, "total"),))
    if (sli.source or "").casefold() != "prometheus":
        return
    metric = sli.threshold.metric if sli.threshold else None
    written: dict[KeyPath, str | None] = {
        ("good",): sli.good,
        ("bad",): sli.bad,
        ("total",): sli.total,
        ("raw",): sli.raw,
    }
    written["threshold", "metric"] = metric
    for way, query in written.items():
        said = parse_fault(query) if query is not None else None
        if said:
            yield Fault(imported.at(*path, *way), f"the query is not PromQL: {said}", "correct it")
