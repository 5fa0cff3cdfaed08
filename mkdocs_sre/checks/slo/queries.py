"""The queries of an indicator: that they differ, can be read, and count over the window that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.slo.judged import first_with
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.graph.words import listed
from mkdocs_sre.slo.queries import PLACEHOLDER, grouping, has_window, parse_fault

if TYPE_CHECKING:
    from mkdocs_sre.documents.indicators import Indicator
    from mkdocs_sre.documents.location import Location

PROMQL_SOURCES = frozenset(("prometheus", "thanos", "mimir", "cortex"))
_SPACE = re.compile(r"\s+")
_RANGE = re.compile(r"\[\s*(\d\w*)\s*(?::[^\]]*)?\]")
_WORD = re.compile(r"\w+")


class Query(NamedTuple):
    """A query of an indicator: how its author finds it, its text, and where it stands."""

    key: str
    text: str
    place: Location


@rule("SLO103", "good-is-total", level=Level.ERROR, since="0.1")
def good_is_total(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """The query of good or of bad events is another one than that of all.

    Spaces and line ends make no difference.

    ## Why
    With one query for both, everything is good: 100 % also on the day on which nothing works. It is the slip that a copied
    line leaves.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      good: sum(rate(pay_total[{{.window}}]))
      total: sum(rate(pay_total[{{.window}}]))
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      good: sum(rate(pay_total{result!="error"}[{{.window}}]))
      total: sum(rate(pay_total[{{.window}}]))
    objective: 99.9
    window: 30d
    ```

    ## Source
    Requirements: an indicator has a numerator and a denominator.
    """
    for path, sli in _indicators(slo):
        for key, text, says in (("good", sli.good, "100 %"), ("bad", sli.bad, "0 %")):
            if text is not None and _SPACE.sub("", text) == _SPACE.sub("", sli.total or ""):
                yield fault(
                    slo.value_at(*path, key),
                    f"`{key}` and `total` are one query, so that {slo.id} is always at {says}",
                    f"count in `{key}` only what is {key}, by a label such as `code` or `result`",
                    slo.value_at(*path, "total"),
                )


@rule("SLO104", "query-does-not-parse", level=Level.ERROR, since="0.1")
def query_does_not_parse(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """The queries of an indicator are PromQL, where its `source` is Prometheus or one that takes the same, or not given.

    Nothing is said without the extra `promql`, which holds the parser: `pip install mkdocs-sre[promql]`.

    ## Why
    Prometheus refuses a whole file for one query that it cannot read, and then no alert of that file is there. Better it is
    seen here than on the day of the deployment.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      good: sum(rate(pay_total{result!="error"}[{{.window}}])
      total: sum(rate(pay_total[{{.window}}]))
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      good: sum(rate(pay_total{result!="error"}[{{.window}}]))
      total: sum(rate(pay_total[{{.window}}]))
    objective: 99.9
    window: 30d
    ```

    ## Source
    Prometheus, "Querying basics"; read with promql-parser, which follows Prometheus' own grammar.
    """
    for path, sli in _indicators(slo):
        for query in _promql(slo, sli, path):
            said = parse_fault(query.text)
            if said is not None:
                yield fault(query.place, f"`{query.key}` of {slo.id} is no PromQL: {said}", "correct the query")


@rule("SLO213", "query-without-window", level=Level.WARNING, since="0.1")
def query_without_window(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """A query of events or of a ratio counts over the window that is asked for: `{{.window}}` stands where it comes.

    A bare selector needs none: of events, such as `pay_total{code="500"}`, the rate over the window is taken, and of a ratio,
    such as `pay:errors:ratio`, the mean.

    ## Why
    Alerts look at the same query over 5 minutes and over 3 days, a report over 30. A query with a window of its own gives
    the same number to all of them, so that the long window never keeps an alert from crying wolf.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      good: sum(rate(pay_total{result!="error"}[5m]))
      total: sum(rate(pay_total[5m]))
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      good: sum(rate(pay_total{result!="error"}[{{.window}}]))
      total: sum(rate(pay_total[{{.window}}]))
    objective: 99.9
    window: 30d
    ```

    ## Source
    Sloth's specification `prometheus/v1`: queries hold the template variable `.window`.
    """
    for path, sli in _indicators(slo):
        for query in _promql(slo, sli, path):
            if sli.form == "threshold":
                continue
            fixed = _RANGE.search(query.text)
            if not has_window(query.text):
                over = f"always counts over {fixed[1]}" if fixed else "has no window"
                where = f"instead of `{fixed[1]}`" if fixed else "in brackets where the window comes"
                yield fault(query.place, f"`{query.key}` of {slo.id} {over}", f"write `{PLACEHOLDER}` {where}")


@rule("SLO219", "query-labels-differ", level=Level.WARNING, since="0.1")
def query_labels_differ(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """Both queries of events are grouped by the same labels, or neither is.

    Looked at are bare selectors and aggregations, such as `sum by (code) (…)`, and only with the extra `promql`, which holds
    the parser.

    ## Why
    Prometheus divides results whose labels are the same. Where one query has a label that the other lacks, nothing finds its
    counterpart: bad events then look as if there were none, and no alert ever fires; good events look as if there were
    none, and every alert does.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      bad: sum by (code) (rate(pay_total{code=~"5.."}[{{.window}}]))
      total: sum(rate(pay_total[{{.window}}]))
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli:
      bad: sum(rate(pay_total{code=~"5.."}[{{.window}}]))
      total: sum(rate(pay_total[{{.window}}]))
    objective: 99.9
    window: 30d
    ```

    ## Source
    Prometheus, "Operators", vector matching: entries with exactly the same set of labels match.
    """
    for path, sli in _indicators(slo):
        told = {query.key: (query, grouping(query.text)) for query in _promql(slo, sli, path) if sli.form == "events"}
        for key, then in (("bad", "no event is ever bad"), ("good", "every event is always bad")):
            (part, own), (total, whole) = told.get(key, (None, None)), told.get("total", (None, None))
            if part is not None and total is not None and None not in (own, whole) and own != whole:
                yield fault(
                    part.place,
                    f"`{key}` of {slo.id} is grouped {_by(own)} and `total` {_by(whole)}, so {then}",
                    "group both by the same labels, or neither",
                    total.place,
                )


def _by(labels: frozenset[str] | None) -> str:
    return f"by {listed([quoted(label) for label in sorted(labels)])}" if labels else "by nothing"


def _indicators(slo: ServiceLevelObjective) -> list[tuple[tuple[str | int, ...], Indicator]]:
    """Return each indicator of a document once, with the path of its key."""
    return [(target.key("sli"), target.sli) for target in first_with(slo, "sli")]


def _promql(slo: ServiceLevelObjective, sli: Indicator, path: tuple[str | int, ...]) -> Iterator[Query]:
    """Yield the queries of an indicator that should be PromQL."""
    system = _WORD.search(sli.source or "prometheus")
    if system is None or system[0].casefold() not in PROMQL_SOURCES:
        return
    for key in ("good", "bad", "total", "raw"):
        text = getattr(sli, key)
        if text is not None:
            yield Query(key, text, slo.value_at(*path, key))
    if sli.threshold is not None:
        yield Query("threshold.metric", sli.threshold.metric, slo.value_at(*path, "threshold", "metric"))
