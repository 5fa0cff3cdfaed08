"""Who is called next: by policies, by owners, by text; and whether anybody is."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.analyses.escalation import calls_somebody, escalation_named, policy_of
from mkdocs_sre.analyses.page_load import RECENT_WEEKS, page_load
from mkdocs_sre.documents.kinds.on_call import OnCall
from mkdocs_sre.knowledge import KnowledgeBase
from tests.tree import Tree, parse_tree

OWNERS = {
    "owners": [
        {"id": "@a", "contact": "#a", "escalation": "@b"},
        {"id": "@b", "contact": "#b", "escalation": "@A"},
        {"id": "@c"},
    ]
}
POLICIES = """
a.md
    | ---
    | type: on-call
    | id: a-on-call
    | owner: "@a"
    | services: [cart]
    | rotation: {members: [One, Two, Three], positions: [primary]}
    | escalation:
    |   - {who: primary, after: 0m, reach: pager}
    |   - {who: "@b", after: 5m}
    |   - {who: c-on-call, after: 10m}
    | ---
b.md
    | ---
    | type: on-call
    | id: b-on-call
    | owner: "@b"
    | status: deprecated
    | services: [stock]
    | escalation: [{who: "@b", after: 0m}, {who: d-on-call, after: 1m}]
    | ---
c.md
    | ---
    | type: on-call
    | id: c-on-call
    | owner: "@c"
    | rotation: {members: [], positions: [primary]}
    | escalation: [{who: primary, after: 0m}]
    | ---
d.md
    | ---
    | type: on-call
    | id: d-on-call
    | owner: "@c"
    | escalation: [{who: b-on-call, after: 0m}]
    | ---
e.md
    | ---
    | type: on-call
    | id: e-on-call
    | owner: "@e"
    | rotation: {members: [One, Two], positions: [primary]}
    | escalation: [{who: "@a", after: 0m}, {who: Primary, after: 1m}]
    | ---
f.md
    | ---
    | type: on-call
    | id: f-on-call
    | owner: "@e"
    | escalation: [{who: c-on-call, after: 0m}, {who: e-on-call, after: 1m}]
    | ---
cart.md
    | ---
    | type: service
    | services: [{id: cart, owner: "@c", tier: 3, aliases: [basket]}, {id: stock, owner: "@c", tier: 3}]
    | ---
"""


def base() -> KnowledgeBase:
    tree = parse_tree(POLICIES)
    tree.options = OWNERS
    return tree.base()


def policy(name: str) -> OnCall:
    found = base().document(name, OnCall)
    assert found is not None
    return found


def levels(reference: str | None) -> list[tuple[str, str, str, str]]:
    return [
        (one.who, str(one.after or ""), one.reach, one.policy.id if one.policy else "")
        for one in escalation_named(base(), reference).levels
    ]


def test_a_policy_gives_its_levels_and_owners_how_they_are_reached() -> None:
    assert levels("A-on-call") == [
        ("primary", "0m", "pager", ""),
        ("@b", "5m", "#b", ""),
        ("c-on-call", "10m", "", "c-on-call"),
    ]


@pytest.mark.parametrize(
    ("reference", "who"),
    [("@a", ["@a", "@b"]), ("@c", ["@c"]), ("#a-channel", ["#a-channel"]), (None, []), ("", []), ("cart", ["cart"])],
)
def test_owners_are_followed_each_once_and_other_text_stands_alone(reference: str | None, who: list[str]) -> None:
    assert [one[0] for one in levels(reference)] == who


@pytest.mark.parametrize(
    ("service", "owner", "found"),
    [
        ("cart", None, "a-on-call"),
        ("Basket", "@c", "a-on-call"),  # by an alias of the service, before the owner
        ("stock", "@c", "c-on-call"),  # the policy that names it is deprecated
        ("stock", None, None),
        (None, "@C", "c-on-call"),
        ("unknown", "@nobody", None),
    ],
)
def test_a_policy_answers_for_a_service_or_for_its_owner(service: str | None, owner: str | None, found: str) -> None:
    policy = policy_of(base(), service, owner)
    assert (policy.id if policy else None) == found


@pytest.mark.parametrize(
    ("name", "does"),
    [("a-on-call", False), ("b-on-call", False), ("c-on-call", False), ("e-on-call", True), ("f-on-call", True)],
)
def test_whether_anybody_is_called_at_the_end(name: str, does: bool) -> None:  # noqa: FBT001 an expectation
    assert calls_somebody(base(), policy(name)) is does


def test_a_policy_that_is_not_intact_is_no_policy() -> None:
    tree = Tree({"a.md": "---\ntype: on-call\nid: x-on-call\nowner: '@a'\nescalation: [{who: '@a'}]\n---\n"})
    found = escalation_named(tree.base(), "x-on-call")
    assert found.policy is None
    assert [one.who for one in found.levels] == ["x-on-call"]


def _loaded(weeks: list[tuple[int, int | None]], target: int | None) -> OnCall:
    lines = "\n".join(
        f"  - {{begins: 2025-{1 + at // 28:02d}-{1 + at % 28:02d}, pages: {pages}"
        + ("" if acted is None else f", acted_on: {acted}")
        + "}"
        for at, (pages, acted) in enumerate(weeks)
    )
    text = (
        "---\ntype: on-call\nid: x\nowner: '@a'\nescalation: [{who: '@a', after: 0m}]\n"
        + (f"page_target: {target}\n" if target is not None else "")
        + (f"weeks:\n{lines}\n" if weeks else "")
        + "---\n"
    )
    found = Tree({"a.md": text}).base().document("x", OnCall)
    assert found is not None
    return found


WEEKS = st.lists(st.tuples(st.integers(0, 50), st.none() | st.integers(0, 50)), max_size=20)


@given(WEEKS, st.none() | st.integers(0, 50))
def test_the_median_of_the_newest_weeks_is_held_against_the_target(
    weeks: list[tuple[int, int | None]], target: int | None
) -> None:
    load = page_load(_loaded(weeks, target))
    newest = weeks[-RECENT_WEEKS:]
    assert load.weeks == len(newest)
    if not newest:
        assert load == (type(load))(0, None, None, above_target=False)
        return
    expected = Decimal(str(median([pages for pages, _ in newest])))
    assert load.a_week == expected
    assert load.above_target == (target is not None and expected > target)
    told = [(pages, acted) for pages, acted in newest if acted is not None]
    if sum(pages for pages, _ in told):
        share = Decimal(100 * sum(acted for _, acted in told)) / sum(pages for pages, _ in told)
        assert load.acted_on_percent == share
    else:
        assert load.acted_on_percent is None
