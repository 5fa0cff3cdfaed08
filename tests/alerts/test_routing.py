"""Whom Alertmanager calls, against its algorithm written out for every value of the labels that no rule sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.alerts.routing import Inhibitor, Router, known_labels, matches, receivers
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import AlertRule, Inhibition, Matcher, Receiver, Route, Routing

PLACE = Location("alertmanager.yml")
VALUES = ("", "x", "y", "other")  # of which the last stands for all that no matcher names
LABELS = ("a", "b", "c")
MATCHERS = st.builds(
    Matcher, st.sampled_from(LABELS), st.sampled_from(["=", "!=", "=~", "!~"]), st.sampled_from(["", "x", "y", "x|y"])
)


def _route(below: st.SearchStrategy[tuple[Route, ...]]) -> st.SearchStrategy[Route]:
    return st.builds(
        Route,
        st.sampled_from(["one", "two", "three", "four"]),
        st.just(PLACE),
        st.lists(MATCHERS, max_size=2).map(tuple),
        st.booleans(),
        routes=below,
    )


ROUTES = st.recursive(_route(st.just(())), lambda below: _route(st.lists(below, max_size=3).map(tuple)), max_leaves=8)


def rule(name: str = "Cart", **labels: str) -> AlertRule:
    return AlertRule(name, "shop", "rules.yaml", Location("rules.yaml"), labels=labels)


def alertmanager(route: Route, labels: Mapping[str, str]) -> list[str]:
    """Alertmanager's own `Route.Match`, for an alert all of whose labels are known."""
    if not all(_holds(matcher, labels) for matcher in route.matchers):
        return []
    found: list[str] = []
    for below in route.routes:
        part = alertmanager(below, labels)
        found += part
        if part and not below.goes_on:
            break
    return found or [route.receiver]


def _holds(matcher: Matcher, labels: Mapping[str, str]) -> bool:
    value = labels.get(matcher.label, "")
    if matcher.operator in ("=", "!="):
        return (value == matcher.value) == (matcher.operator == "=")
    return (re.fullmatch(matcher.value, value) is not None) == (matcher.operator == "=~")


def worlds(known: Mapping[str, str]) -> Iterator[dict[str, str]]:
    unknown = [label for label in LABELS if label not in known]
    for values in product(VALUES, repeat=len(unknown)):
        yield {**known, **dict(zip(unknown, values, strict=True))}


@settings(max_examples=400)
@given(ROUTES, st.dictionaries(st.sampled_from(LABELS), st.sampled_from(VALUES)))
def test_certain_ones_are_always_called_and_no_other_than_those_told_ever(route: Route, known: dict[str, str]) -> None:
    root = Route(route.receiver, PLACE, (), routes=route.routes)
    found = Router(Routing("a.yml", root)).called(rule(**known))
    every = [set(alertmanager(root, labels)) for labels in worlds(known)]
    assert {one.receiver for one in found if one.certain} <= set.intersection(*every)
    assert set.union(*every) <= {one.receiver for one in found}


@settings(max_examples=200)
@given(ROUTES, st.tuples(*(st.sampled_from(VALUES) for _ in LABELS)))
def test_with_all_labels_known_it_is_alertmanagers_answer(route: Route, values: tuple[str, ...]) -> None:
    labels = dict(zip(LABELS, values, strict=True))
    root = Route(route.receiver, PLACE, (), routes=route.routes)
    found = Router(Routing("a.yml", root)).called(rule(**labels))
    assert [one.receiver for one in found] == list(dict.fromkeys(alertmanager(root, labels)))
    assert all(one.certain for one in found)


def test_the_name_is_known_and_a_template_is_not() -> None:
    by_name = Route("named", PLACE, (Matcher("alertname", "=~", "Cart.*"),))
    by_label = Route("labelled", PLACE, (Matcher("team", "=", "shop"),))
    root = Route("root", PLACE, routes=(by_name, by_label))
    routing = Routing("a.yml", root, (Receiver("named", PLACE, ("slack", "slack", "email")),))
    assert [(one.receiver, one.certain) for one in Router(routing).called(rule("CartFull"))] == [("named", True)]
    found = Router(routing).called(rule("Till", team="{{ $labels.team }}"))
    assert [(one.receiver, one.certain) for one in found] == [("labelled", False), ("root", False)]
    assert receivers(Router(routing).called(rule("Cart"))) == "named (slack, email)"
    assert receivers(found) == "perhaps labelled (silent), perhaps root (silent)"


@given(ROUTES, st.lists(st.dictionaries(st.sampled_from(LABELS), st.sampled_from(VALUES)), max_size=5))
def test_one_router_answers_for_many_rules_as_for_each(route: Route, labels: list[dict[str, str]]) -> None:
    routing = Routing("a.yml", route)
    router = Router(routing)
    for known in labels:
        assert router.called(rule(**known)) == Router(routing).called(rule(**known))


def test_without_a_route_nobody_is_called() -> None:
    assert Router(Routing("a.yml")).called(rule()) == ()


@pytest.mark.parametrize(
    ("expression", "value", "answer"),
    [
        ("team-[a-z]+", "team-shop", "yes"),
        ("team", "team-shop", "no"),
        ("[[:alpha:]]+", "shop", "yes"),
        ("(", "shop", "maybe"),
        ("(a+)+$", "a" * 40, "maybe"),
        (".*.*.*.*.*.*.*x", "a" * 200, "maybe"),
        ("a" * 3000, "a", "maybe"),
        (".*", "a" * 10_000, "yes"),
        ("a?" * 40 + "a" * 40, "a" * 40, "maybe"),
        ("(a|aa)" * 40 + "b", "a" * 60, "maybe"),
        ("(?x)(a|aa) *b", "a" * 60, "maybe"),
        ("(a|aa)(?#)*b", "a" * 60, "maybe"),
        (r"(a|aa)\1", "aa", "maybe"),
        ("|".join(f"team-{number}" for number in range(200)), "team-199", "yes"),
        ("(?:team|(?P<other>group))-(?i:SHOP|cart)", "group-shop", "yes"),
        (r"[?*(|]?\(?\[?shop", "shop", "yes"),
        ("(?i)SHOP", "shop", "yes"),
        ("[[s]hop", "shop", "yes"),
    ],
)
def test_regular_expressions_hold_for_the_whole_value_and_never_take_long(
    expression: str, value: str, answer: str
) -> None:
    assert matches([Matcher("team", "=~", expression)], {"team": value}) == answer


def silences(inhibition: Inhibition, source: AlertRule, target: AlertRule) -> bool:
    return [*Inhibitor(inhibition, [source]).silencing(target)] == [source]


def inhibition(source: str, target: str, *equal: str) -> Inhibition:
    return Inhibition((Matcher("severity", "=", source),), (Matcher("severity", "=", target),), equal, PLACE)


def test_one_alert_keeps_another_silent() -> None:
    page, ticket = rule("A", severity="page", team="shop"), rule("B", severity="ticket", team="shop")
    assert silences(inhibition("page", "ticket", "team"), page, ticket)
    assert not silences(inhibition("page", "ticket", "team"), ticket, page)
    assert not silences(inhibition("page", "ticket", "team"), page, rule("C", severity="ticket", team="cart"))
    assert not silences(inhibition("page", "ticket", "alertname"), page, ticket)
    assert silences(inhibition("page", "ticket", "cluster"), page, ticket)  # whether they agree is not known
    assert not silences(inhibition("page", "ticket"), rule("D"), ticket)


def test_what_matches_both_sides_is_not_kept_silent_by_what_does_too() -> None:
    both = Inhibition((), (Matcher("severity", "=", "page"),), (), PLACE)
    assert not silences(both, rule("A", severity="page"), rule("B", severity="page"))
    assert silences(both, rule("A", severity="ticket"), rule("B", severity="page"))


LABELLED = st.builds(
    lambda name, labels: rule(name, **labels),
    st.sampled_from(["A", "B"]),
    st.dictionaries(st.sampled_from(LABELS), st.sampled_from(["x", "y", "{{ $labels.a }}"])),
)


def keeps_silent(inhibition: Inhibition, source: AlertRule, target: AlertRule) -> bool:
    """What an inhibition says of two rules, written out for one pair."""
    one, other = known_labels(source), known_labels(target)
    if matches(inhibition.sources, one) != "yes" or matches(inhibition.targets, other) != "yes":
        return False
    if matches(inhibition.targets, one) == matches(inhibition.sources, other) == "yes":
        return False
    return all(one[label] == other[label] for label in inhibition.equal if label in one and label in other)


@settings(max_examples=300)
@given(
    st.builds(
        Inhibition,
        st.lists(MATCHERS, max_size=1).map(tuple),
        st.lists(MATCHERS, max_size=1).map(tuple),
        st.lists(st.sampled_from([*LABELS, "alertname"]), max_size=2, unique=True).map(tuple),
        st.just(PLACE),
    ),
    st.lists(LABELLED, max_size=6),
    LABELLED,
)
def test_of_many_rules_those_are_told_that_each_pair_tells(
    inhibition: Inhibition, sources: list[AlertRule], target: AlertRule
) -> None:
    found = [id(one) for one in Inhibitor(inhibition, sources).silencing(target)]
    assert sorted(found) == sorted(id(one) for one in sources if keeps_silent(inhibition, one, target))
