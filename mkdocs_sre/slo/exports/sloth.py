"""Objectives as specs of Sloth (`prometheus/v1`), one for each document, with the files of windows that they need.

Source: the specification of Sloth 0.16, https://sloth.dev/specs/default/ and https://sloth.dev/usage/slo-period-windows/.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.slo.burn import USUAL, usual_alerts
from mkdocs_sre.slo.document_text import unsaid_behaviour, yaml_text
from mkdocs_sre.slo.durations import DAY, promql_duration, whole_seconds
from mkdocs_sre.slo.error_ratio import USUAL_SLICE, ComponentError, bad_events, error_ratio
from mkdocs_sre.slo.exports import Export, ExportedFile, exporter, header, mark, names
from mkdocs_sre.slo.exports.templates import literal
from mkdocs_sre.slo.losses import Loss, left_out, loss_of
from mkdocs_sre.slo.periods import nominal_seconds
from mkdocs_sre.slo.queries import PLACEHOLDER, is_selector, ratio_with_window, with_window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.slo.exports import Context
    from mkdocs_sre.slo.targets import Target

VERSION = "prometheus/v1"
API_VERSION = "sloth.slok.dev/v1"
BUILT_IN = {28 * DAY, 30 * DAY}  # seconds: the periods whose windows Sloth has itself
ASSUMED = 30 * DAY  # the period that Sloth takes unless it is told another one
PACES = ("quick", "slow")
ON_THE_PAGE = ("error_budget_policy", "sla", "evidence", "agreed_by", "dashboards", "events_per_day")
_NAME = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]")  # of services and SLOs, as Sloth takes them
_SENTINEL = "9998d"  # stands where Sloth puts the window, in queries that are made from the parsed length of one

Pair = tuple[str, int, int, Decimal]  # what it calls, short and long window in seconds, percent of the budget
Pairs = tuple[Pair, ...]
_USUAL: Pairs = tuple((calls, short, long, Decimal(percent)) for calls, short, long, percent in USUAL)


@exporter("sloth")
def export_sloth(targets: Sequence[Target], context: Context) -> Export:
    """Return a spec for each document, and a file of windows for each period and set of pairs that Sloth does not have.

    The labels of a document stand at the spec, so that they are on all its rules. Further objectives with other pairs of
    windows get a spec of their own: Sloth takes windows for a whole run.
    """
    losses: list[Loss] = []
    specs: dict[tuple[str, int, Pairs], list[Target]] = {}
    for target in targets:
        specs.setdefault((target.slo.id, nominal_seconds(target.window), _pairs(target, losses)), []).append(target)
    folders: dict[tuple[int, Pairs], str] = {}
    files: dict[str, ExportedFile] = {}
    for (_, period, pairs), several in specs.items():
        slo = several[0].slo
        written = [made for one in several if (made := _objective(one, context, losses)) is not None]
        if not written:
            continue
        folder = ""
        if period not in BUILT_IN or pairs != _USUAL:
            folder = folders.setdefault((period, pairs), _folder(period, folders))
        name = f"{names.file_stem(slo)}.yml"
        name = f"{names.file_stem(slo)}-{several[0].name}.yml" if name in files else name
        files[name] = ExportedFile(name, _spec_text(slo, written, period, folder))
    losses += (loss for slo in {one.slo.id: one.slo for one in targets}.values() for loss in _document_losses(slo))
    windows = (ExportedFile(f"{folder}/windows.yml", _windows_text(*key)) for key, folder in folders.items())
    return Export((*files.values(), *windows), tuple(losses))


def _folder(period: int, taken: Mapping[tuple[int, Pairs], str]) -> str:
    """Return the folder of a file of windows: named after the period, numbered from the second of a period on."""
    number = sum(1 for length, _ in taken if length == period)
    return f"windows/{_in_days(period)}" + (f"-{number + 1}" if number else "")


def _in_days(period: int) -> str:
    """Return a period as people call it: in days, not in weeks, where it is whole days."""
    return f"{period // DAY}d" if period % DAY == 0 else promql_duration(period)


def _spec_text(slo: ServiceLevelObjective, specs: list[dict[str, Any]], period: int, folder: str) -> str:
    options = f" --default-slo-period {_in_days(period)}" if period != ASSUMED else ""
    options += f" --slo-period-windows-path {folder}" if folder else ""
    how = f"# Sloth needs:{options}\n" if options else ""
    spec = {"version": VERSION, "service": slo.service, "labels": dict(slo.labels), "slos": specs}
    return f"{header('sloth', slo.path)}{how}{yaml_text(_filled(spec))}"


def _windows_text(period: int, pairs: Pairs) -> str:
    spec: dict[str, Any] = {"sloPeriod": _in_days(period)}
    for calls in CALLS:
        own = [one for one in pairs if one[0] == calls]
        spec[calls] = {
            pace: {
                "errorBudgetPercent": percent,
                "shortWindow": promql_duration(short),
                "longWindow": promql_duration(long),
            }
            for pace, (_, short, long, percent) in zip(PACES, own, strict=True)
        }
    return f"# {mark('sloth')}.\n" + yaml_text({"apiVersion": API_VERSION, "kind": "AlertWindows", "spec": spec})


def _pairs(target: Target, losses: list[Loss]) -> Pairs:
    """Return the two pairs that page and the two for tickets, the shorter ones first; the usual four where they are others."""
    given = target.alerting.windows if target.alerting else []
    if not given:
        if len(usual_alerts(nominal_seconds(target.window), target.allowed)) < len(_USUAL):
            losses.append(
                loss_of(
                    target, "Sloth takes four pairs of windows: those that are longer than the period stay", "window"
                )
            )
        return _USUAL
    if any(one.hold for one in given):
        losses.append(
            loss_of(target, "Sloth's alerts fire at once: how long they must hold is left out", "alerting", "windows")
        )
    pairs = sorted(
        ((one.alert, whole_seconds(one.short), whole_seconds(one.long), one.budget_percent) for one in given),
        key=lambda one: (one[0], one[2]),
    )
    if [calls for calls, *_ in pairs] == ["page", "page", "ticket", "ticket"]:
        return tuple(pairs)
    what = "Sloth takes two pairs of windows that page and two for tickets: the usual four stand instead"
    losses.append(loss_of(target, what, "alerting", "windows"))
    return _USUAL


def _objective(target: Target, context: Context, losses: list[Loss]) -> dict[str, Any] | None:
    """Return what the spec says of one objective; None, and a loss, for an indicator that it cannot say."""
    try:
        sli = _indicator(target, context, losses)
    except ComponentError as error:
        losses.append(left_out(target, error.slo))
        return None
    rule = "two characters or more, of which the first and the last are letters or digits"
    refused = [name for name in (target.service, target.name) if not _NAME.fullmatch(name)]
    losses += (loss_of(target, f"Sloth refuses the name `{name}`: it takes {rule}", "id") for name in refused)
    said = "" if target.behaviour == unsaid_behaviour(target.id) else target.behaviour
    alerting = _alerting(target, context)
    values = {"name": target.name, "objective": target.objective, "description": said, "sli": sli, "alerting": alerting}
    return _filled(values)


def _indicator(target: Target, context: Context, losses: list[Loss]) -> dict[str, Any]:
    """Return the indicator: events as they are, everything else as the ratio of bad events."""
    sli = target.sli
    if sli.form == "events" and sli.slices is None:
        bad = _query(sli.bad) if sli.bad is not None else bad_events(sli, PLACEHOLDER)
        return {"events": {"error_query": bad, "total_query": _query(sli.total or "")}}
    if sli.raw is not None and sli.slices is None:
        raw = ratio_with_window(sli.raw, PLACEHOLDER) if is_selector(sli.raw) else sli.raw
        return {"raw": {"error_ratio_query": raw if sli.raw_type == "failure" else f"1 - (\n{raw.rstrip()}\n)"}}
    length = whole_seconds(sli.slices.length) if sli.slices else USUAL_SLICE
    if min(names.windows_of(target)) < length:
        losses.append(
            loss_of(target, f"windows shorter than a slice ({promql_duration(length)}) measure nothing", "sli")
        )
    ratio = error_ratio(target, _SENTINEL, context.find)
    return {"raw": {"error_ratio_query": ratio.replace(_SENTINEL, PLACEHOLDER)}}


def _query(query: str) -> str:
    return with_window(query, PLACEHOLDER) if is_selector(query) else query


def _alerting(target: Target, context: Context) -> dict[str, Any]:
    alerting = target.alerting
    if alerting is None:
        return {f"{calls}_alert": {"disable": True} for calls in CALLS}
    made: dict[str, Any] = {
        "name": names.alert_name(target),
        "labels": dict(alerting.labels),
        "annotations": _with({"slo_page": context.page_url(target)}, alerting.annotations),
    }
    for calls in CALLS:
        own = alerting.call(calls)
        runbook = (
            {} if {"runbook_url"} & {*alerting.annotations} else {"runbook_url": context.runbook_url(target, calls)}
        )
        annotations = _with(runbook, own.annotations)
        made[f"{calls}_alert"] = _filled(
            {"disable": own.disabled, "labels": dict(own.labels), "annotations": annotations}
        )
    if all(alerting.call(calls).disabled for calls in CALLS) and alerting.name is None:
        del made["name"]
    return _filled(made)


def _with(ours: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return annotations: those of the author count, and what is not known is left out."""
    return {**given, **{name: literal(text) for name, text in ours.items() if text and name not in given}}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping without keys that say nothing."""
    return {key: value for key, value in values.items() if value not in ("", {}, []) and value is not False}


def _document_losses(slo: ServiceLevelObjective) -> Iterator[Loss]:
    if slo.window.calendar:
        days = nominal_seconds(slo.window) // DAY
        yield Loss(slo.id, f"Sloth has rolling periods only: the {slo.window} becomes {days}d", slo.at("window"))
    kept = [f"`{name}`" for name in ON_THE_PAGE if getattr(slo, name)]
    if kept:
        yield Loss(slo.id, f"only the page says {', '.join(kept)}", slo.at("id"))
