"""Budgets on a day: by reviews, by measurements, by evidence; windows of every sort; policy; composites."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from mkdocs_sre.analyses.budgets import BudgetState, budget_of
from mkdocs_sre.analyses.spending import targets_in
from mkdocs_sre.analyses.standing import (
    UnknownServicesError,
    UnreadReviews,
    budgets_on,
    unread_objectives,
    unread_reviews,
)
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.slo.gate import gate_of
from tests.tree import Tree

AS_OF = date(2026, 3, 9)
HEADER = "slo,from,to,measured,good,total\n"
POLICY = """error_budget_policy:
  - {at_percent: 100, action: Stop, decides: "@cto", freezes_changes: true}
  - {at_percent: 50, action: Read}
"""


def slo(id_: str = "answers", window: str = "30d", more: str = "", sli: str = "{good: a, total: b}") -> str:
    head = f"type: slo\nid: {id_}\nservice: cart\nbehaviour: It answers.\nsli: {sli}\n"
    return f"---\n{head}window: {window}\nobjective: 99.9\n{more}---\n"


def pir(id_: str, *impacts: str, status: str = "final", events: str = "", more: str = "") -> str:
    head = f"type: pir\nid: {id_}\nstatus: {status}\nseverity: SEV2\nservice: cart\nincident_date: 2026-03-01\n"
    cost = "slo_impact:\n" + "".join(f"  - {{{one}}}\n" for one in impacts)
    return f"---\n{head}{events}{more}{cost}---\n"


def events(started: str, mitigated: str) -> str:
    kinds = (("impact_started", started), ("mitigated", mitigated))
    return "events:\n" + "".join(f"  - {{kind: {kind}, time: '{time}'}}\n" for kind, time in kinds if time)


def base_of(results: str = "", zone: str = "", **documents: str) -> KnowledgeBase:
    options = {"slos": {"results": "r.csv"}} if results else {}
    tree = Tree(
        {f"{name}.md": text for name, text in documents.items()}, {**options, **({"timezone": zone} if zone else {})}
    )
    if results:
        tree.files["r.csv"] = HEADER + results
    return tree.base()


def state(base: KnowledgeBase, id_: str = "answers", as_of: date = AS_OF) -> BudgetState:
    return budget_of(base, targets_in(base)[id_], as_of)


def hour(day: int, percent: str = "100", id_: str = "answers") -> str:
    return (
        f"slo: {id_}, failing_percent: {percent}, from: '2026-03-{day:02}T10:00:00Z', to: '2026-03-{day:02}T11:00:00Z'"
    )


def test_99_82_percent_of_99_9_is_180_percent_spent() -> None:
    """The requirement document that calls this `18 % remaining` has a slip of arithmetic."""
    one = state(base_of("answers,2026-02-08T00:00:00Z,2026-03-10T00:00:00Z,99.82\n", s=slo(more=POLICY)))
    assert one.share == Fraction(9, 5)
    assert (one.source, one.measured, one.budget_seconds) == ("measured", Decimal("99.82"), Fraction(2592))
    assert one.left_seconds == -one.budget_seconds * Fraction(4, 5)
    assert not one.met
    assert [(step.at_percent, step.reached) for step in one.steps] == [(Decimal(50), True), (Decimal(100), True)]
    assert one.frozen
    assert not one.lacks_measurement


def test_evidence_over_the_window_counts_where_nothing_is_measured() -> None:
    for period in ("30d", "30 days", "720h"):
        one = state(base_of(s=slo(more=f"evidence: {{period: {period}, measured: 99.82}}\n{POLICY}")))
        assert (one.source, one.share, one.measured, one.frozen) == ("evidence", Fraction(9, 5), None, True)
    other = state(base_of(s=slo(more="evidence: {period: 90 days to 2026-01-10, measured: 99.82}\n")))
    assert (other.source, other.share, other.evidence_share) == ("incidents", Fraction(0), Fraction(9, 5))


def test_evidence_does_not_hide_what_reviews_tell() -> None:
    good = "evidence: {period: 30d, measured: 100}\n"
    one = state(base_of(s=slo(more=good), p=pir("PIR-2026-001", hour(3))))
    assert (one.source, one.spent_seconds) == ("incidents", Fraction(3600))


def test_a_review_spends_from_the_start_of_impact_to_mitigation() -> None:
    told = events("2026-03-01T10:00:00Z", "2026-03-01T10:40:00Z")
    one = state(base_of(s=slo(), p=pir("PIR-2026-001", "slo: answers, failing_percent: 22", events=told)))
    assert one.spent_seconds == Fraction(22, 100) * 2400
    assert [(spent.pir, spent.failing_percent, spent.seconds) for spent in one.incidents] == [
        ("PIR-2026-001", Fraction(22), Fraction(2400))
    ]
    assert str(one.incidents[0].place) == "p.md:12:11"


def test_the_day_of_a_step_is_that_of_the_site() -> None:
    told = events("2026-03-01 23:40", "2026-03-02 00:20")
    documents = {"s": slo(more=POLICY), "p": pir("PIR-2026-001", "slo: answers, failing_percent: 100", events=told)}
    one = state(base_of(zone="Europe/Berlin", **documents))
    assert [(step.at_percent, step.reached_on, step.away) for step in one.steps] == [
        (Decimal(50), date(2026, 3, 2), Fraction(0)),  # after 21.6 minutes
        (Decimal(100), None, Fraction(2592 - 2400)),
    ]


def test_a_step_at_nothing_holds_from_the_start_and_asks_for_nothing() -> None:
    policy = "error_budget_policy:\n  - {at_percent: 0, action: Ship}\n  - {at_percent: 100, action: Stop}\n"
    one = state(base_of(s=slo(more=policy)))
    assert ([step.reached for step in one.steps], one.policy_acts) == ([True, False], False)
    assert state(base_of(s=slo(more=policy), p=pir("PIR-2026-001", hour(3)))).policy_acts


@pytest.mark.parametrize(("status", "stops"), [("draft", False), ("agreed", True), ("active", True)])
def test_changes_stop_for_what_is_in_force(status: str, stops: bool) -> None:  # noqa: FBT001 a case of the table
    one = state(base_of(s=slo(more=f"{POLICY}status: {status}\n"), p=pir("PIR-2026-001", hour(3))))
    assert (one.frozen, one.stops_changes) == (True, stops)


def test_drafts_and_reviews_in_review_count_apart() -> None:
    documents = {
        status: pir(f"PIR-2026-00{index}", hour(index), status=status)
        for index, status in enumerate(("draft", "review", "final"), 1)
    }
    one = state(base_of(s=slo(more=POLICY), **documents))
    assert (one.spent_by_final, one.spent_by_drafts, one.spent_seconds) == (
        Fraction(3600),
        Fraction(7200),
        Fraction(3600),
    )
    draft = state(base_of(s=slo(more=POLICY), draft=documents["draft"]))
    assert (draft.frozen, draft.steps[-1].with_drafts, draft.spent_seconds) == (False, True, Fraction(0))
    assert [closed.by_drafts for closed in gate_of([draft]).closed] == [True]


def test_what_has_no_times_is_told_and_never_left_out() -> None:
    impact = "slo: answers, failing_percent: 50"
    half = pir("PIR-2026-002", impact, events=events("2026-03-01T10:00:00Z", ""))
    back = pir("PIR-2026-003", f"{impact}, from: '2026-03-03T11:00:00Z', to: '2026-03-03T10:00:00Z'")
    one = state(base_of(s=slo(), a=pir("PIR-2026-001", impact), b=half, c=back))
    assert [(lack.pir, lack.lacks) for lack in one.untimed] == [
        ("PIR-2026-001", ("from", "to")),
        ("PIR-2026-002", ("to",)),
        ("PIR-2026-003", ("from", "to")),
    ]
    assert one.spent_seconds == 0


def test_a_review_that_another_replaces_does_not_count() -> None:
    newer = pir("PIR-2026-002", hour(4, "50"), more="supersedes: PIR-2026-001\n")
    one = state(base_of(s=slo(), a=pir("PIR-2026-001", hour(4)), b=newer))
    assert [(spent.pir, spent.cost) for spent in one.incidents] == [("PIR-2026-002", Fraction(1800))]


@pytest.mark.parametrize(
    ("window", "zone", "as_of", "hours"),
    [
        ("30d", "", "2026-03-09", 720),
        ("30d", "Europe/Berlin", "2026-03-31", 720),  # a rolling window is as long as it says
        ("calendar month", "", "2026-02-10", 28 * 24),
        ("calendar month", "", "2024-02-29", 29 * 24),
        ("calendar month", "", "2026-12-31", 31 * 24),
        ("calendar month", "Europe/Berlin", "2026-03-09", 31 * 24 - 1),  # the clock is set forward
        ("calendar month", "Europe/Berlin", "2026-10-09", 31 * 24 + 1),
        ("calendar month", "America/New_York", "2026-03-01", 31 * 24 - 1),
        ("calendar quarter", "", "2024-03-31", 91 * 24),
        ("calendar quarter", "Europe/Berlin", "2026-12-31", 92 * 24 + 1),
    ],
)
def test_the_budget_is_that_of_the_hours_that_there_are(window: str, zone: str, as_of: str, hours: int) -> None:
    one = state(base_of(zone=zone, s=slo(window=window)), as_of=date.fromisoformat(as_of))
    assert one.budget_seconds == Fraction(hours * 3600, 1000)


def test_of_a_month_that_goes_on_what_is_to_come_has_spent_nothing() -> None:
    results = "answers,2026-03-01T00:00:00Z,2026-03-09T00:00:00Z,99.5\n"
    one = state(base_of(results, s=slo(window="calendar month")), as_of=date(2026, 3, 8))
    assert one.share == Fraction(5) * 8 / 31
    assert one.coverage == 1
    late = base_of(s=slo(window="calendar month"), p=pir("PIR-2026-001", hour(8)))
    assert state(late, as_of=date(2026, 3, 7)).spent_seconds == 0  # as it stood on that day
    assert state(late, as_of=date(2026, 3, 8)).spent_seconds == 3600
    assert state(late, as_of=date(2026, 4, 1)).spent_seconds == 0


def test_the_time_zone_of_the_document_counts_before_that_of_the_site() -> None:
    month = slo(window="calendar month", more="timezone: America/New_York\n")
    assert state(base_of(zone="Europe/Berlin", s=month)).period.start.isoformat() == "2026-03-01T05:00:00+00:00"


@pytest.mark.parametrize(
    ("until", "as_of", "lacks"),
    [
        ("2026-03-09", "2026-03-09", False),  # the day itself is not over
        ("2026-03-07", "2026-03-09", False),
        ("2026-03-05", "2026-03-09", True),
        ("2026-02-20", "2026-03-09", True),
    ],
)
def test_too_little_is_measured(until: str, as_of: str, lacks: bool) -> None:  # noqa: FBT001 a case
    base = base_of(f"answers,2026-02-08T00:00:00Z,{until}T00:00:00Z,100\n", s=slo(more=POLICY))
    one = state(base, as_of=date.fromisoformat(as_of))
    assert one.lacks_measurement is lacks
    assert gate_of([one], measured=True).is_open is not lacks
    assert gate_of([one]).is_open


def test_what_is_hardly_measured_speaks_only_for_itself() -> None:
    three_days = "answers,2026-02-08T00:00:00Z,2026-02-11T00:00:00Z,99.85\n"
    assert state(base_of(three_days, s=slo())).share == Fraction(15, 100)  # 1.5 of the budget of 3 days in 30
    nearly = "answers,2026-02-08T00:00:00Z,2026-03-09T00:00:00Z,99.85\n"
    assert state(base_of(nearly, s=slo())).share == Fraction(15, 10)
    week = "answers,2026-03-02T00:00:00Z,2026-03-09T00:00:00Z,99.82\n"  # as a job writes it in the night to today
    assert state(base_of(week, s=slo(window="7d"))).share == Fraction(9, 5)


def test_what_is_hardly_measured_does_not_hide_what_reviews_tell() -> None:
    documents = {"s": slo(more=POLICY), "p": pir("PIR-2026-001", hour(3))}
    hardly = state(base_of("answers,2026-02-08T00:00:00Z,2026-02-11T00:00:00Z,100\n", **documents))
    assert (hardly.source, hardly.spent_seconds, hardly.frozen) == ("incidents", Fraction(3600), True)
    wholly = state(base_of("answers,2026-02-08T00:00:00Z,2026-03-09T00:00:00Z,100\n", **documents))
    assert (wholly.source, wholly.spent_seconds) == ("measured", Fraction(0))
    assert not any(step.with_drafts for step in wholly.steps)


def test_without_events_nothing_is_spent_but_what_reviews_tell_of() -> None:
    """What is down may count nothing."""
    empty = "answers,2026-02-08T00:00:00Z,2026-03-09T00:00:00Z,,0,0\n"
    quiet = state(base_of(empty, s=slo(more=POLICY)))
    assert (quiet.share, quiet.coverage, quiet.verdict) == (Fraction(0), Fraction(29, 30), "met")
    assert not quiet.lacks_measurement
    assert gate_of([quiet], measured=True).is_open
    down = state(base_of(empty, s=slo(more=POLICY), p=pir("PIR-2026-001", hour(3))))
    assert (down.source, down.spent_seconds, down.verdict) == ("incidents", Fraction(3600), "missed")
    draft = state(base_of(empty, s=slo(more=POLICY), p=pir("PIR-2026-001", hour(3), status="draft")))
    assert not gate_of([draft], measured=True).is_open


def test_on_the_first_of_a_month_nothing_can_be_asked_for() -> None:
    base = base_of(
        "answers,2026-02-01T00:00:00Z,2026-03-01T00:00:00Z,100\n", s=slo(window="calendar month", more=POLICY)
    )
    assert not state(base, as_of=date(2026, 3, 1)).lacks_measurement
    assert state(base, as_of=date(2026, 3, 3)).lacks_measurement


def test_of_an_hour_anything_that_was_measured_will_do() -> None:
    hourly = slo(window="1h", more=POLICY)
    assert (
        state(base_of("answers,2026-03-09T23:00:00Z,2026-03-09T23:30:00Z,100\n", s=hourly)).lacks_measurement is False
    )
    other = "other,2026-03-09T22:00:00Z,2026-03-09T23:00:00Z,100\n"
    stopped = base_of(f"answers,2026-03-09T20:00:00Z,2026-03-09T21:00:00Z,100\n{other}", s=hourly, o=slo("other"))
    assert state(stopped).lacks_measurement is True


@pytest.mark.parametrize(
    ("rows", "zone", "until"),
    [
        ("T13:00:00Z,2026-03-09T14:00:00Z", "", "2026-03-09T14:00:00"),
        ("T00:00:00Z,2026-03-09T00:00:01Z", "", "2026-03-09T00:00:01"),
        ("T23:30:00Z,2026-03-10T00:30:00Z", "", "2026-03-10T00:00:00"),  # never into the next day
        ("T22:00:00Z,2026-03-09T22:30:00Z", "Europe/Berlin", "2026-03-09T22:30:00"),
        ("T23:00:00Z,2026-03-09T23:30:00Z", "Europe/Berlin", "2026-03-09T23:00:00"),  # that is the day after in Berlin
    ],
)
def test_a_window_of_hours_ends_with_what_is_known_of_the_day(rows: str, zone: str, until: str) -> None:
    hourly = slo(window="1h", more=POLICY)
    later = "answers,2026-03-11T05:00:00Z,2026-03-11T06:00:00Z,0\n"  # another day says nothing
    one = state(base_of(f"answers,2026-03-09{rows},100\n{later}", zone, s=hourly))
    assert one.period.end == one.until == datetime.fromisoformat(f"{until}+00:00")
    assert one.period.seconds == 3600
    whole = state(base_of(f"answers,2026-03-09{rows},100\n", zone, s=slo(window="24h")))
    assert whole.until == datetime.fromisoformat("2026-03-09T23:00:00Z" if zone else "2026-03-10T00:00:00Z")


def test_a_window_of_hours_without_measurements_of_the_day_ends_with_it() -> None:
    before = "answers,2026-03-08T23:00:00Z,2026-03-09T00:00:00Z,100\n"
    for results in ("", before):
        one = state(base_of(results, s=slo(window="1h", more=POLICY)))
        assert (one.until, one.lacks_measurement) == (datetime(2026, 3, 10, tzinfo=UTC), True)
    early = "answers,0001-01-01T00:00:00Z,0001-01-01T00:30:00Z,100\n"
    assert state(base_of(early, s=slo(window="1h")), as_of=date.min).share == 0


def test_only_what_is_in_force_and_freezes_closes_the_gate() -> None:
    spent = "answers,2026-02-08T00:00:00Z,2026-03-10T00:00:00Z,90\n"
    for status, is_open in (("active", False), ("agreed", False), ("draft", True)):
        one = state(base_of(spent, s=slo(more=f"status: {status}\n{POLICY}")))
        assert gate_of([one], measured=True).is_open is is_open
    only_read = slo(more="error_budget_policy: [{at_percent: 0, action: Read}]\n")
    assert gate_of([state(base_of(spent, s=only_read))], measured=True).is_open
    assert not gate_of([], ["s.md"]).is_open


def test_a_further_objective_has_a_budget_of_its_own() -> None:
    further = slo(more="objectives: [{name: fast, objective: 95}]\nevidence: {period: 30d, measured: 99.82}\n")
    results = "answers-fast,2026-02-08T00:00:00Z,2026-03-10T00:00:00Z,,90,100\n"
    base = base_of(results, s=further)
    assert (state(base).share, state(base).source) == (Fraction(9, 5), "evidence")
    fast = state(base, "answers-fast")
    assert (fast.share, fast.source, fast.evidence_share) == (Fraction(2), "measured", None)


def test_a_review_spends_the_budget_of_the_further_objective_that_it_names() -> None:
    documents = {
        "s": slo(more="objectives: [{name: fast, objective: 95}]\n"),
        "p": pir("PIR-2026-001", hour(3, id_="Answers-FAST")),
        "c": slo("both", sli="{composite: {of: [{slo: answers}, {slo: answers-fast}]}}"),
    }
    base = base_of(**documents)
    assert not state(base).incidents
    assert [one.pir for one in state(base, "answers-fast").incidents] == ["PIR-2026-001"]
    assert state(base, "both").spent_seconds == Fraction(1800)


COMPOSITE = "{{composite: {{method: {}, of: [{{slo: a, weight: 3}}, {{slo: b, weight: 1}}]}}}}"


@pytest.mark.parametrize(("method", "percent"), [("weighted", "99.75"), ("worst", "99"), ("time-slices", "99")])
def test_a_composite_is_computed_from_what_was_measured_of_its_parts(method: str, percent: str) -> None:
    rows = [f"{id_},2026-02-08T00:00:00Z,2026-03-10T00:00:00Z,{value}\n" for id_, value in (("a", 100), ("b", 99))]
    documents = {"s": slo(sli=COMPOSITE.format(method)), "a": slo("a"), "b": slo("b")}
    assert state(base_of("".join(rows), **documents)).measured == Decimal(percent)
    assert state(base_of(rows[0], **documents)).measured is None


@pytest.mark.parametrize(("method", "seconds"), [("weighted", 2700 + 900), ("worst", 3600), ("time-slices", 7200)])
def test_a_composite_fails_with_its_parts(method: str, seconds: int) -> None:
    reviews = {"p": pir("PIR-2026-001", hour(3, id_="a"), hour(4, id_="b"))}
    documents = {"s": slo(sli=COMPOSITE.format(method)), "a": slo("a"), "b": slo("b")}
    one = state(base_of(**documents, **reviews))
    assert one.spent_seconds == seconds
    named = pir("PIR-2026-001", hour(3, id_="a"), hour(3, "10"))
    assert state(base_of(**documents, p=named)).spent_seconds == 360  # a review knows best what it says itself


def test_no_part_of_a_composite_fails_of_more_than_it_weighs() -> None:
    """One part of two, 3:1, fails wholly for 8 minutes and to 40 % for 7, of which 5 are the same."""
    all_of_it = "slo: a, failing_percent: 100, from: '2026-03-03T10:00:00Z', to: '2026-03-03T10:08:00Z'"
    some = "slo: a, failing_percent: 40, from: '2026-03-03T10:03:00Z', to: '2026-03-03T10:10:00Z'"
    documents = {"s": slo(sli=COMPOSITE.format("weighted")), "a": slo("a"), "b": slo("b")}
    one = state(base_of(**documents, p=pir("PIR-2026-001", all_of_it), q=pir("PIR-2026-002", some)))
    assert one.spent_seconds == Fraction(3, 4) * (480 + Fraction(4, 10) * 120) == 396
    costs = {spent.pir: spent.cost for spent in one.incidents}
    assert costs == {"PIR-2026-001": Fraction(360), "PIR-2026-002": Fraction(36)}
    drafts = state(base_of(**documents, p=pir("PIR-2026-001", all_of_it, status="draft"), q=pir("PIR-2026-002", some)))
    assert (drafts.spent_by_final, drafts.spent_by_drafts) == (Fraction(126), Fraction(270))  # 396 in all


def test_an_incident_of_two_parts_stands_once_where_it_is_seen_through_both() -> None:
    sli = "{composite: {method: time-slices, of: [{slo: half}, {slo: a}]}}"
    documents = {"s": slo(sli=sli), "half": slo("half", sli=COMPOSITE.format("weighted")), "a": slo("a"), "b": slo("b")}
    one = state(base_of(**documents, p=pir("PIR-2026-001", hour(3, id_="a")), q=pir("PIR-2026-002", hour(3, id_="a"))))
    assert one.spent_seconds == 3600
    assert {spent.pir for spent in one.incidents} == {"PIR-2026-001", "PIR-2026-002"}


def test_composites_in_a_circle_end() -> None:
    circle = "{{composite: {{of: [{{slo: {}}}]}}}}"
    documents = {name: slo(name, sli=circle.format(other)) for name, other in (("a", "b"), ("b", "c"), ("c", "a"))}
    base = base_of(p=pir("PIR-2026-001", hour(3, id_="a")), **documents)
    assert [state(base, name).measured for name in "abc"] == [None, None, None]
    assert state(base, "c").spent_seconds == 3600


def test_the_worst_comes_first_and_services_can_be_chosen() -> None:
    results = "b,2026-02-08T00:00:00Z,2026-03-10T00:00:00Z,99\n"
    old = slo("old", more="status: deprecated\n")
    base = base_of(results, a=slo("a"), b=slo("b"), old=old, broken=slo("broken", window="soon"))
    assert [one.target.id for one in budgets_on(base, AS_OF)] == ["b", "a"]
    assert [one.target.id for one in budgets_on(base, AS_OF, ["CART"])] == ["b", "a"]
    assert unread_objectives(base) == unread_objectives(base, ["cart"]) == ["broken.md"]
    with pytest.raises(UnknownServicesError, match="no service is called card; did you mean cart"):
        budgets_on(base, AS_OF, ["card"])


def test_reviews_that_cannot_be_read_may_have_cost_what_composites_are_made_of() -> None:
    made = "{composite: {of: [{slo: a}]}}"
    documents = {"a": slo("a"), "b": slo("b").replace("service: cart", "service: desk")}
    documents["all"] = slo("all", sli=made).replace("service: cart", "service: shop")
    damaged = pir("PIR-2026-001", hour(3, id_="a")).replace("SEV2", "[1]")
    base = base_of(**documents, p=damaged)
    found = {name: unread_reviews(base, [name]).costly for name in ("cart", "shop", "desk")}
    assert found == {"cart": ("p.md",), "shop": ("p.md",), "desk": ()}
    assert unread_reviews(base, ["desk"]).harmless == ("p.md",)
    newer = pir("PIR-2026-002", hour(3, id_="a"), more="supersedes: PIR-2026-001\n")
    assert unread_reviews(base_of(**documents, p=damaged, q=newer)) == UnreadReviews()


def test_files_beside_objectives_that_cannot_be_told_are_not_read() -> None:
    tree = {"a": slo("a"), "yaml": slo("yaml", window="[30d"), "sort": slo("sort").replace("type: slo", "type: sol")}
    base = base_of("", **tree, plain="# No document\n")
    assert unread_objectives(base) == unread_objectives(base, ["cart"]) == ["sort.md", "yaml.md"]


@pytest.mark.parametrize("as_of", [date.min, date.max, date(2024, 2, 29)])
@pytest.mark.parametrize("window", ["1h", "366d", "calendar month", "calendar quarter"])
def test_no_day_is_too_far(as_of: date, window: str) -> None:
    for zone in ("", "Pacific/Kiritimati", "America/Adak"):
        one = state(base_of(zone=zone, s=slo(window=window, more=POLICY)), as_of=as_of)
        assert one.share in (0, None)
        assert one.period.start <= one.until <= one.period.end
        assert one.lacks_measurement in (True, False)
