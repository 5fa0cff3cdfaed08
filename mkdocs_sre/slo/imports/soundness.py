"""What no imported objective may be, whatever the form: numbers and queries that cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.slo.queries import parse_fault
from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mkdocs_sre.documents.indicators import Indicator
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.slo.imports import Imported

WHOLE = 100  # percent


def unsound(imported: Imported, slo: ServiceLevelObjective) -> Iterator[Fault]:
    """Yield what is wrong with a document whose keys are all valid, at the places that its values came from.

    `slo` is the document that its values make.
    """
    for target in targets_of(slo):
        yield from _objective(imported.at(*target.path, "objective"), target.objective)
        if not target.path or slo.objectives[int(target.path[1])].sli is not None:
            yield from _queries(imported, (*target.path, "sli"), target.sli)


def _objective(place: Location, objective: Decimal) -> Iterator[Fault]:
    if objective == WHOLE:
        yield Fault(place, "an objective of 100 % leaves no error budget", "promise less than 100 %")
    elif objective == 0:
        yield Fault(place, "an objective of 0 % promises nothing", "write it in percent, such as 99.9")
    elif objective < 1:
        message = f"an objective of {objective} % promises next to nothing, and looks like a ratio"
        yield Fault(place, message, f"did you mean {(objective * WHOLE).normalize():f}?")


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
