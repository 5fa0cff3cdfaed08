"""Dashboards of Grafana: one for each service, over the series that the exported rules record.

For each objective a row: what is promised, what is left of the budget, how fast it burns, and the burn rate over every
window of its alerts beside the rates at which they fire; with links to its page and to what to do.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import promql_duration
from mkdocs_sre.slo.error_ratio import ComponentError, components_of
from mkdocs_sre.slo.exports import Context, Export, ExportedFile, exporter, mark
from mkdocs_sre.slo.exports.names import (
    CURRENT_BURN,
    OBJECTIVE,
    PERIOD_BURN,
    REMAINING,
    error_ratio_metric,
    safe_stem,
    selector,
    windows_of,
)
from mkdocs_sre.slo.exports.recordings import burn_rate
from mkdocs_sre.slo.losses import Loss, left_out
from mkdocs_sre.slo.periods import nominal_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.slo.targets import Target

    Panel = dict[str, Any]

FORM = "grafana"
SCHEMA_VERSION = 39  # of Grafana 11, which newer ones migrate by themselves
SOURCE = {"type": "prometheus", "uid": "${datasource}"}  # chosen by the variable of the dashboard
WIDTH = 24  # columns of the grid
_HEIGHT, _NARROW = 6, 4  # of the panels of a row: how high, and how wide those with one number
_UID_DIGITS = 16
GREEN, ORANGE, RED = "green", "orange", "red"


@exporter(FORM)
def export(targets: Sequence[Target], context: Context) -> Export:
    """Return a dashboard for each service, in order of their ids; objectives stand in the order given.

    An objective that has no rules, because it is made of what there is not, is left out and told of.
    """
    by_service: dict[str, list[Target]] = defaultdict(list)
    losses: list[Loss] = []
    for target in targets:
        try:
            components_of(target, context.find)
        except ComponentError as error:
            losses.append(left_out(target, error.slo))
        else:
            by_service[target.service.lower()].append(target)
    files = [
        ExportedFile(f"{safe_stem(own[0].service)}.json", _text(dashboard(own, context)))
        for _, own in sorted(by_service.items())
    ]
    return Export(tuple(files), tuple(losses))


def dashboard(targets: Sequence[Target], context: Context) -> dict[str, Any]:
    """Return the dashboard of the objectives of one service as Grafana imports it; the same on every run."""
    service = targets[0].service
    drawn = _Panels()
    for target in targets:
        drawn.add_row(_title(target))
        for panel, width in _panels(target, context):
            drawn.add(panel, width)
        drawn.end_row()
    return {
        "uid": uid_of(service),
        "title": f"SLOs of {service}",
        "description": f"{mark(FORM)} from the pages of the objectives; what is changed here is lost.",
        "tags": ["mkdocs-sre", "slo"],
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "timezone": "browser",
        "refresh": "1m",
        "time": {"from": f"now-{_longest(targets)}", "to": "now"},
        "annotations": {"list": []},
        "links": [],
        "templating": {"list": [_source_variable()]},
        "panels": drawn.made,
    }


def uid_of(service: str) -> str:
    """Return the id of a service's dashboard: the same on every run, and no longer than Grafana takes (40 characters)."""
    return f"slo-{sha256(service.lower().encode()).hexdigest()[:_UID_DIGITS]}"


@dataclass
class _Panels:
    """Panels in the grid of a dashboard, from the left to the right and from above."""

    made: list[Panel] = field(default_factory=list)
    _left: int = 0
    _top: int = 0

    def add_row(self, title: str) -> None:
        """Add the head of a row of panels."""
        self._place({"type": "row", "title": title, "collapsed": False, "panels": []}, WIDTH, 1)
        self._left, self._top = 0, self._top + 1

    def add(self, panel: Panel, width: int) -> None:
        """Add a panel on the right of those of its row."""
        self._place(panel, width, _HEIGHT)
        self._left += width

    def end_row(self) -> None:
        """End a row of panels."""
        self._left, self._top = 0, self._top + _HEIGHT

    def _place(self, panel: Panel, width: int, height: int) -> None:
        place = {"x": self._left, "y": self._top, "w": width, "h": height}
        self.made.append({"id": len(self.made) + 1, "gridPos": place, **panel})


def _panels(target: Target, context: Context) -> Iterator[tuple[Panel, int]]:
    """Yield the panels of an objective, each with its width."""
    series, links = selector(target), _links(target, context)
    objective = _number("Objective", f"{OBJECTIVE}{series}", "percentunit", [(GREEN, None)])
    objective["fieldConfig"]["defaults"]["decimals"] = _decimals(target)
    yield {**objective, "description": target.behaviour, "links": links}, _NARROW
    left = _number("Budget left", f"{REMAINING}{series}", "percentunit", _left_colours(target))
    yield {**left, "description": f"Of the error budget over {target.window}.", "links": links}, _NARROW
    burn = _number("Burn rate now", f"{CURRENT_BURN}{series}", "none", _burn_colours(target))
    yield {**burn, "description": "1 spends the whole budget in exactly one period.", "links": links}, _NARROW
    yield _over_time("Burn rate", _burn_queries(target), _burn_colours(target), links), WIDTH - 3 * _NARROW


def _burn_queries(target: Target) -> list[tuple[str, str]]:
    """Return the burn rate over each window that is recorded and over the period, each with its name."""
    series = selector(target)
    found = [(f"over {promql_duration(one)}", burn_rate(error_ratio_metric(one), series)) for one in windows_of(target)]
    return [*found, (f"over the period ({target.window})", f"{PERIOD_BURN}{series}")]


def _left_colours(target: Target) -> list[tuple[str, str | None]]:
    """Return the colours of what is left: red once it is overspent, orange once a step of the policy is reached."""
    steps = [Fraction(step.at_percent) / 100 for step in target.slo.error_budget_policy if step.at_percent > 0]
    first = 1 - min(steps, default=Fraction(1))
    return [(RED, None), (ORANGE, "0"), (GREEN, _exact(first))] if first > 0 else [(RED, None), (GREEN, "0")]


def _burn_colours(target: Target) -> list[tuple[str, str | None]]:
    """Return the colours of a burn rate: orange from where a ticket is opened, red from where somebody is paged."""
    found: list[tuple[str, str | None]] = [(GREEN, None)]
    factors = {
        calls: min((one.factor for one in burn_alerts(target) if one.calls == calls), default=None)
        for calls in ("ticket", "page")
    }
    ticket, page = factors["ticket"], factors["page"]
    if ticket is not None and (page is None or ticket < page):
        found.append((ORANGE, _exact(ticket)))
    if page is not None:
        found.append((RED, _exact(page)))
    return found


def _number(title: str, expression: str, unit: str, colours: Sequence[tuple[str, str | None]]) -> Panel:
    """Return a panel with one number as it stands now."""
    return {
        "type": "stat",
        "title": title,
        "datasource": SOURCE,
        "targets": [{**_query("A", expression, title), "instant": True, "range": False}],
        "fieldConfig": {"defaults": {"unit": unit, "thresholds": _thresholds(colours)}, "overrides": []},
        "options": {
            "colorMode": "value",
            "graphMode": "none",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        },
    }


def _over_time(
    title: str,
    queries: Sequence[tuple[str, str]],
    colours: Sequence[tuple[str, str | None]],
    links: list[dict[str, Any]],
) -> Panel:
    """Return a panel with lines, and the thresholds as dashes."""
    style = {"mode": "dashed"}
    custom = {"drawStyle": "line", "fillOpacity": 0, "lineWidth": 1, "thresholdsStyle": style}
    return {
        "type": "timeseries",
        "title": title,
        "description": "Dashes: where a ticket is opened (orange) and where somebody is paged (red) at the earliest.",
        "datasource": SOURCE,
        "targets": [
            {**_query(_letter(number), query, name), "instant": False, "range": True}
            for number, (name, query) in enumerate(queries)
        ],
        "fieldConfig": {
            "defaults": {"unit": "none", "min": 0, "custom": custom, "thresholds": _thresholds(colours)},
            "overrides": [],
        },
        "options": {
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
        "links": links,
    }


def _query(letter: str, expression: str, legend: str) -> dict[str, Any]:
    return {"refId": letter, "datasource": SOURCE, "expr": expression, "legendFormat": legend, "editorMode": "code"}


def _letter(number: int) -> str:
    """Return the name of a query: A to Z, then A1 and so on."""
    turn, letter = divmod(number, 26)
    return chr(ord("A") + letter) + (str(turn) if turn else "")


def _thresholds(colours: Sequence[tuple[str, str | None]]) -> dict[str, Any]:
    steps = [{"color": colour, "value": None if value is None else float(value)} for colour, value in colours]
    return {"mode": "absolute", "steps": steps}


def _links(target: Target, context: Context) -> list[dict[str, Any]]:
    """Return links to the page of an objective and to what to do when it calls; each address once."""
    calls = dict.fromkeys(one.calls for one in burn_alerts(target))
    found = [("The objective's page", context.page_url(target))]
    found += [(f"Runbook of the {one}", context.runbook_url(target, one)) for one in calls]
    addresses: dict[str, str] = {}
    for title, address in found:
        if address.startswith(("https://", "http://")):
            addresses.setdefault(address, title)
    return [{"title": title, "url": address, "targetBlank": True} for address, title in addresses.items()]


def _title(target: Target) -> str:
    return f"{target.id}: {_exact(Fraction(target.objective))} % over {target.window}"


def _decimals(target: Target) -> int:
    """Return how many digits behind the point tell the objective in percent, so that it is not shown rounded up."""
    return len(_exact(Fraction(target.objective)).partition(".")[2])


def _exact(value: Fraction) -> str:
    return decimal_text(value)


def _longest(targets: Sequence[Target]) -> str:
    """Return the longest window of some objectives, as Grafana writes a length of time."""
    return promql_duration(max(nominal_seconds(one.window) for one in targets))


def _source_variable() -> dict[str, Any]:
    return {
        "name": "datasource",
        "label": "Data source",
        "type": "datasource",
        "query": "prometheus",
        "hide": 0,
        "includeAll": False,
        "multi": False,
        "options": [],
        "refresh": 1,
        "regex": "",
        "current": {},
        "skipUrlSync": False,
    }


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
