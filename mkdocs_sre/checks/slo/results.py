"""Measured values: they can be read, are of objectives that exist, and leave no gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.spending import targets_in
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.actions import id_key
from mkdocs_sre.reading.slo_results import MALFORMED
from mkdocs_sre.slo.periods import end_of_day

if TYPE_CHECKING:
    from mkdocs_sre.documents.monitoring import Measurement

NO_RATIO_FROM = 50  # percent: an objective above it is never measured at 1 % or less but by a slip


@rule("SLO106", MALFORMED, level=Level.ERROR, since="0.1")
def malformed_slo_results(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """Each line of the file of measured values says of which objective, from when to when, and how much was good.

    The spans of one objective follow each other without gap or overlap, none ends in the future, and each objective is
    one that is there. `measured` is in percent; with `good` and `total`, counts of events, it is not needed.

    ## Why
    From these numbers follows whether a budget is spent and whether changes may go out. A gap looks like a time
    without failures, and a span that stands twice counts twice.

    ## Example
    ```tree
    options
        | slos: {results: results.csv}
    results.csv
        | slo,from,to,measured
        | cart-answers,2026-02-01T00:00:00Z,2026-02-15T00:00:00Z,99.91
        | cart-answers,2026-02-16T00:00:00Z,2026-03-01T00:00:00Z,99.93
    cart-answers.md
        | ---
        | type: slo
        | id: cart-answers
        | service: cart
        | behaviour: The cart answers within a second.
        | sli: {good: cart_good_total, total: cart_all_total}
        | objective: 99.9
        | window: 30d
        | ---
    ```

    ## Use instead
    ```tree
    options
        | slos: {results: results.csv}
    results.csv
        | slo,from,to,measured
        | cart-answers,2026-02-01T00:00:00Z,2026-02-15T00:00:00Z,99.91
        | cart-answers,2026-02-15T00:00:00Z,2026-03-01T00:00:00Z,99.93
    cart-answers.md
        | ---
        | type: slo
        | id: cart-answers
        | service: cart
        | behaviour: The cart answers within a second.
        | sli: {good: cart_good_total, total: cart_all_total}
        | objective: 99.9
        | window: 30d
        | ---
    ```

    ## Source
    Requirements: SLOs, "a results file with gaps: a clear finding with place".
    """
    yield from (defect.fault for defect in base.monitoring.defects if defect.name == MALFORMED)
    targets = targets_in(base)
    end = end_of_day(context.as_of, base.settings.timezone)
    damaged = [one.id.lower() for one in base.all_of_kind(ServiceLevelObjective) if not one.origin.intact]
    unknown: set[str] = set()
    for one in base.monitoring.measurements:
        target = targets.get(id_key(base, one.slo))
        if target is None:
            name = one.slo.lower()
            if name not in unknown and not any(name == id_ or name.startswith(f"{id_}-") for id_ in damaged):
                yield _unknown(base, one)
            unknown.add(name)
        elif one.good_percent is not None and 0 < one.good_percent <= 1 and target.objective > NO_RATIO_FROM:
            message = (
                f"{quoted(one.slo)} was measured at {one.good_percent} %, with an objective of {target.objective} %"
            )
            yield fault(one.place, message, f"write percent; did you mean {one.good_percent * 100:f}?")
        if one.end > end:
            message = f"the span ends on {one.end.date().isoformat()}, after {context.as_of.isoformat()}"
            yield fault(one.place, message, "write what was measured, up to when it was measured")


def _unknown(base: KnowledgeBase, one: Measurement) -> Fault:
    near = base.nearest(one.slo, ("slo",))
    hint = f"did you mean `{near}`?" if near else "write the id of an SLO, or take its lines out"
    return fault(one.place, f"{quoted(one.slo)} is no objective that is known", hint)
