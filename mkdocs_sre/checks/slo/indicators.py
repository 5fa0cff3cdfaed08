"""What an indicator measures: something that users feel, and not itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.alerts.expression import is_on_resources, metrics
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.slo.judged import first_with
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.graph.words import listed

if TYPE_CHECKING:
    from mkdocs_sre.documents.indicators import Indicator

_INTERNAL = re.compile(
    r"\b(?:cpu|processor|memory|ram|heap|swap|disks?|load average)\b[^.;]{0,60}?"
    r"\b(?:below|under|above|over|at most|at least|less than|more than|free|used|utili[sz]ation|usage)\b",
    re.IGNORECASE,
)
# In the name of a metric that tells of answers after all: `page_load_duration_seconds` is no load of a machine.
_FELT = re.compile(r"page|request|response|http|duration|latency", re.IGNORECASE)


@rule("SLO214", "internal-metric", level=Level.WARNING, since="0.1")
def internal_metric(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """An indicator measures what users feel, and not CPU, memory, disks or load.

    ## Why
    "CPU below 80 %" is kept while every request fails, and is missed while all users are content. An objective about it
    wakes people for nothing and promises nothing. Such limits belong to capacity plans.

    ## Example
    ```yaml
    type: slo
    id: payments-cpu
    service: payments
    behaviour: The CPU of payments stays below 80 %.
    sli:
      threshold: {metric: "avg(node_cpu_seconds_used_ratio)", op: lt, value: 0.8}
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A customer who pays by card gets an answer within 3 seconds.
    sli: {good: "pay_duration_seconds_bucket{le='3'}", total: pay_duration_seconds_count}
    objective: 99.9
    window: 30d
    ```

    ## Source
    Requirements: user-facing behaviour, not an internal metric.
    """
    for target in first_with(slo, "sli"):
        queries = list(_queries(target.sli))
        if queries and all(is_on_resources(query) and not _FELT.search(query) for _, query in queries):
            keys, query = queries[0]
            yield fault(
                slo.value_at(*target.key("sli"), *keys),
                f"{slo.id} measures {listed(metrics(query))}, which no user feels",
                "measure answers to users, and keep this in a capacity plan",
            )
            return
    for target in first_with(slo, "behaviour"):
        found = _INTERNAL.search(target.behaviour)
        if found:
            yield fault(
                slo.value_at(*target.key("behaviour")),
                f"no user feels {quoted(target.behaviour)}: {found[0].split()[0]} is no behaviour",
                "say what users can count on, and keep this in a capacity plan",
            )


def _queries(sli: Indicator) -> Iterator[tuple[tuple[str, ...], str]]:
    for key in ("bad", "good", "total", "raw"):
        text = getattr(sli, key)
        if text is not None:
            yield (key,), text
    if sli.threshold is not None:
        yield ("threshold", "metric"), sli.threshold.metric
