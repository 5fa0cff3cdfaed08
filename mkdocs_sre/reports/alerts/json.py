"""Where alerts lead, as JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_sre.reports.alerts.survey import outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.alerts.alert import Alert, Link
    from mkdocs_sre.reports.alerts.survey import Row, Survey

VERSION = 1


def json_text(survey: Survey) -> str:
    """Return `{version, docs, totals, alerts: […], orphans: […]}`, alerts in order of names.

    An alert is `{name, severity, paging, owner, runbook, page, successor, rules}`: `runbook` is `{id, path}` or null,
    `page` the address of its page below that of the site or null, `successor` null unless it is retired. A rule is
    `{path, line, column, group, severity, outcome, links, calls}`. A link is `{line, column, text, outcome, slip, target,
    anchor, runbook}`; outcomes are runbook, page, nothing, no-anchor, elsewhere and none; slips case, slash and scheme.
    `calls` are `{receiver, means, certain}`. An orphan is `{id, path, line, probable_alert}`. Paths are relative to the
    docs folder, and `docs` is that folder as seen from the working directory.
    """
    rows: dict[str, list[Row]] = {}
    for row in survey.rows:
        rows.setdefault(row.alert.key, []).append(row)
    report = {
        "version": VERSION,
        "docs": survey.docs,
        "totals": survey.totals(),
        "alerts": [_alert(one, rows.get(one.key, ()), survey) for one in survey.alerts],
        "orphans": [
            {"id": one.id, "path": one.place.path, "line": one.place.line, "probable_alert": one.alert or None}
            for one in survey.orphans
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _alert(alert: Alert, rows: Sequence[Row], survey: Survey) -> dict[str, Any]:
    runbook = alert.runbook
    return {
        "name": alert.name,
        "severity": alert.severity or None,
        "paging": alert.paging,
        "owner": alert.owner or None,
        "runbook": {"id": runbook.id, "path": runbook.path} if runbook is not None else None,
        "page": survey.pages.get(alert.key),
        "successor": alert.successor or None,
        "rules": [_rule(row) for row in rows],
    }


def _rule(row: Row) -> dict[str, Any]:
    return {
        "path": row.rule.place.path,
        "line": row.rule.place.line,
        "column": row.rule.place.column,
        "group": row.rule.group,
        "severity": row.rule.labels.get("severity"),
        "outcome": outcome(row),
        "links": [_link(one) for one in row.links if one.outcome != "none"],
        "calls": [{"receiver": one.receiver, "means": [*one.means], "certain": one.certain} for one in row.called],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "line": link.place.line,
        "column": link.place.column,
        "text": link.text,
        "outcome": link.outcome,
        "slip": link.slip or None,
        "target": link.target or None,
        "anchor": link.anchor or None,
        "runbook": link.runbook.id if link.runbook is not None else None,
    }
