"""What an import of objectives tells: faults, warnings, losses, files, and what is to be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.reports.text import plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.slo.imports import Import, Verdict
    from mkdocs_sre.slo.losses import Loss

MAX_FAULTS = 200  # that are told; more would only hide the first


def fault_lines(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield each fault as one line, place, cause and cure; further places on lines of their own, indented.

    After `MAX_FAULTS` of them a line counts the others.
    """
    more = 0
    for number, one in enumerate(faults):
        if number >= MAX_FAULTS:
            more += 1
            continue
        yield printable(f"{one.location} {one.message}" + (f"; {one.hint}" if one.hint else ""))
        yield from (printable(f"    see {place}") for place in one.related)
    if more:
        yield f"{plural(more, 'more fault')}; mend those that are told first"


def loss_lines(losses: Iterable[Loss]) -> Iterator[str]:
    """Yield each loss as one line, with its place and the objective."""
    for one in losses:
        yield printable(" ".join(str(part) for part in (one.place, one.slo and f"{one.slo}:", one.what) if part))


def verdict_lines(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Yield what is wrong with documents of each form, and whether they are valid."""
    for one in verdicts:
        yield from fault_lines(one.faults)
        if one.form:
            said = f"not valid: {plural(len(one.faults), 'fault')}" if one.faults else "valid"
            yield f"{plural(one.documents, 'document')} of {one.form}: {said}"


def import_lines(made: Import, files: Sequence[Path]) -> Iterator[str]:
    """Yield the files that were written, what was lost, and what the documents still lack."""
    yield from (printable(str(file)) for file in files)
    losses = [loss for one in made.documents for loss in one.losses] + list(made.losses)
    if losses:
        yield f"\n{plural(len(losses), 'thing')} that documents do not say:"
        yield from (f"  {line}" for line in loss_lines(losses))
    if not files:
        yield "no objective stands in these files, so nothing is written"
        return
    yield f"\n{plural(len(files), 'document')} written. What only people know is still to do:"
    for number, wanted in _wanted(made):
        yield f"  {wanted} in {plural(number, 'document')}"
    yield "Then run `mkdocs-sre check`."


def _wanted(made: Import) -> Iterator[tuple[int, str]]:
    values = [one.values for one in made.documents]
    yield len(values), "the rationale"
    lacks = {
        "`owner`": sum("owner" not in one for one in values),
        "`alerting.runbook`": sum(_calls_without_runbook(one.get("alerting", {})) for one in values),
        "`error_budget_policy`": sum("error_budget_policy" not in one for one in values),
        "`agreed_by` and `evidence`": sum("agreed_by" not in one or "evidence" not in one for one in values),
    }
    yield from ((number, wanted) for wanted, number in lacks.items() if number)


def _calls_without_runbook(alerting: Mapping[str, Any]) -> bool:
    silent = all(alerting.get(call, {}).get("disabled") for call in CALLS)
    return bool(alerting) and not silent and "runbook" not in alerting
