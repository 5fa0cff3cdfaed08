"""A document that goes into OpenSLO and comes back has lost exactly what the export told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_sre.reading.nodes import construct
from mkdocs_sre.slo.losses import Loss
from tests.slo.openslo.forms import document, exported, faults_of, front_matter, imported, only, text_of

QUERIES = st.sampled_from(
    (
        "http_requests_total",
        'http_requests_total{code=~"5..",path="/a: b"}',
        'sum(rate(http_requests_total{job="api"}[{{.window}}]))',
        "sum(\n  rate(slow_total[{{.window}}])\n)",
    )
)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
TEXTS = st.sampled_from(("a", "99.9", "no", "two words", "é: `x` #", "line\nline"))
LABELS = st.dictionaries(NAMES, TEXTS, min_size=1, max_size=3)
PERCENT = st.decimals("1.000001", "99.999999", places=6).map(lambda number: Decimal(f"{number.normalize():f}"))
NUMBERS = st.one_of(st.decimals(-9, 9, places=2), st.sampled_from((Decimal("0.0000001"), Decimal(10) ** 9)))
SHARES = st.sampled_from([Decimal(text) for text in ("0.5", "2", "5", "10", "33.3", "100")])
LENGTHS = st.sampled_from(("1m", "5m", "90m", "1h", "6h", "1d", "3d", "1w"))
ODD_LENGTHS = st.one_of(LENGTHS, st.sampled_from(("30s", "90s", "1h 1s")))
TEAM = "@team-payments"


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


SLICES = st.fixed_dictionaries(
    {"length": ODD_LENGTHS}, optional={"good_percent": st.sampled_from((Decimal(95), Decimal("99.9"), Decimal(100)))}
)
THRESHOLD = st.fixed_dictionaries(
    {"metric": QUERIES, "op": st.sampled_from(("lt", "lte", "gt", "gte")), "value": NUMBERS}
)
MORE = {"slices": SLICES, "source": st.sampled_from(("prometheus", "Datadog"))}
INDICATORS = st.one_of(
    st.fixed_dictionaries({"good": QUERIES, "total": QUERIES}, optional=MORE),
    st.fixed_dictionaries({"bad": QUERIES, "total": QUERIES}, optional=MORE),
    st.fixed_dictionaries({"threshold": THRESHOLD}, optional=MORE),
    st.fixed_dictionaries(
        {"raw": QUERIES, "raw_type": st.sampled_from(("failure", "success")), "source": st.just("prometheus")},
        optional={"slices": SLICES},
    ),
)
PAIRS = st.fixed_dictionaries(
    {"alert": st.sampled_from(("page", "ticket")), "short": ODD_LENGTHS, "long": ODD_LENGTHS, "budget_percent": SHARES},
    optional={"for": ODD_LENGTHS},
)
CALL = some(disabled=st.sampled_from((True,)), labels=LABELS, annotations=LABELS, runbook=st.just("other-runbook"))
ALERTING = some(
    name=st.sampled_from(("PaymentsBurn", "A name")),
    runbook=st.just("payments-errors"),
    windows=st.lists(PAIRS, min_size=1, max_size=4),
    labels=LABELS,
    annotations=LABELS,
    page=CALL,
    ticket=CALL,
)
FURTHER = st.lists(
    st.fixed_dictionaries(
        {"name": NAMES, "objective": PERCENT},
        optional={"behaviour": st.just("Another one."), "sli": INDICATORS, "alerting": ALERTING},
    ),
    max_size=3,
    unique_by=lambda one: str(one["name"]).lower(),
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "id": st.sampled_from(("payments-authorise", "Payments.v2", "x" * 80, "a_b")),
        "service": st.sampled_from(("payments", "Pay_ments")),
        "behaviour": st.just("Customers can pay."),
        "sli": INDICATORS,
        "objective": PERCENT,
        "window": st.sampled_from(("1h", "7d", "28d", "30d", "4w", "366d", "calendar month", "calendar quarter")),
    },
    optional={
        "objectives": FURTHER,
        "timezone": st.just("Europe/London"),
        "alerting": ALERTING,
        "labels": LABELS,
        "owner": st.just(TEAM),
        "error_budget_policy": st.just([{"at_percent": Decimal(100), "action": "Stop."}]),
        "evidence": st.just({"period": "90d", "measured": Decimal("99.95")}),
        "events_per_day": st.just(Decimal(1000)),
        "dashboards": st.just([{"title": "Board", "url": "https://example.com/board"}]),
        "agreed_by": st.just([{"who": TEAM, "on": "2026-01-13"}]),
        "sla": st.just("99.5"),
        "aliases": st.just(["old-name"]),
        "status": st.sampled_from(("draft", "deprecated")),
        "last_reviewed_on": st.just("2026-03-05"),
        "review_in": st.just("90d"),
    },
)


def path_of(dotted: str) -> tuple[str | int, ...]:
    """Return the path that is written as `objectives[2].sli`."""
    steps = re.findall(r"([^.\[\]]+)|\[(\d+)\]", dotted)
    return tuple(int(number) - 1 if number else name for name, number in steps)


def really_lost(losses: Iterable[Loss]) -> list[tuple[str | int, ...]]:
    """Return the paths of what does not come back: not of what annotations or queries keep."""
    lost: list[tuple[str | int, ...]] = []
    for loss in losses:
        if only := re.fullmatch(r"only the page says (`[^`]+`(?:, `[^`]+`)*)", loss.what):
            lost += map(path_of, re.findall(r"`([^`]+)`", only[1]))
            continue
        named = re.match(r"`([^`]*)`: ", loss.what)
        assert named is not None, loss.what
        path = path_of(named[1])
        if "so the objective is not written" in loss.what and path[0] == "objectives":
            lost.append(path[:2])
        elif "keep" not in loss.what:
            lost.append(path)
    return lost


def without(value: Any, paths: list[tuple[str | int, ...]]) -> Any:
    """Return nested values without those at the paths."""
    if isinstance(value, dict):
        pairs = [(key, item, [path[1:] for path in paths if path[:1] == (key,)]) for key, item in value.items()]
        return {key: without(item, below) for key, item, below in pairs if () not in below}
    if isinstance(value, list):
        rows = [(item, [path[1:] for path in paths if path[:1] == (index,)]) for index, item in enumerate(value)]
        return [without(item, below) for item, below in rows if () not in below]
    return value


def meaning(values: dict[str, Any]) -> Any:
    """Return what a document says, however it is written: its targets with all that they inherit."""
    slo = document(values)
    rest = plain(slo.model_dump(exclude={"type", "title", "objectives", "sli", "alerting"}))
    own = slo.model_dump(include={"sli", "alerting"})
    further = [
        (
            one["name"],
            one["objective"],
            one["behaviour"] or slo.behaviour,
            one["sli"] or own["sli"],
            one["alerting"] or own["alerting"],
        )
        for one in slo.model_dump()["objectives"]
    ]
    return rest, plain(own), plain(further)


def plain(value: Any) -> Any:
    if isinstance(value, dict) and "rolling" in value:  # a window
        return plain(value["rolling"]) or value["text"]
    if isinstance(value, dict) and {"text", "seconds"} <= set(value):  # a length of time
        return value["months"], value["seconds"]
    if isinstance(value, dict):
        unsaid: tuple[Any, ...] = (None, {}, [], False)
        found = {key: plain(item) for key, item in value.items()}
        return {key: item for key, item in found.items() if item not in unsaid or key == "alerting"}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(DOCUMENTS)
def test_what_is_lost_is_what_is_told(values: dict[str, Any]) -> None:
    made = exported(document(values))
    text = text_of(made)
    assert faults_of(text) == []
    found = imported(text)
    assert (found.faults, found.warnings, found.losses) == ((), (), ())
    back = only(found.documents)
    assert not back.losses, back.losses
    returned = construct(front_matter(back), "back.md", 1)
    lost = really_lost(made.losses)
    kept = without(values, lost)
    assert meaning(dict(returned)) == meaning(kept)
