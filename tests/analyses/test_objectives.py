"""Objectives beside what the dependencies promise, and the percentages in which that is told."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.analyses.objectives import ObjectiveSum, objective_sums
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.percent import cut_percent
from tests.tree import Tree

PROMISES = st.lists(st.integers(90_000, 99_999).map(lambda one: Decimal(one) / 1000), min_size=1, max_size=5)


def sums(objective: str, dependencies: list[tuple[str, str]]) -> tuple[ObjectiveSum, ...]:
    """The sums of a service `checkout` that needs providers with these availabilities."""
    needs = ", ".join(f"{{service: {name}, criticality: hard}}" for name, _ in dependencies)
    lines = [
        "---\ntype: service\nservices:",
        f"  - {{id: checkout, owner: '@team', tier: 1, dependencies: [{needs}]}}",
        *(
            f"  - {{id: {name}, owner: '@team', tier: 1, kind: external, availability: {value}}}"
            for name, value in dependencies
        ),
        "---\n",
    ]
    slo = (
        "---\ntype: slo\nid: checkout-completes\nservice: checkout\nbehaviour: It answers.\n"
        f"sli: {{raw: errors, source: prometheus}}\nobjective: {objective}\nwindow: 30d\n---\n"
    )
    base = Tree({"services.md": "\n".join(lines), "slo.md": slo}).base()
    service = base.document("checkout", Service)
    assert service is not None
    return objective_sums(base, graph_of(base), service)


def test_the_sum_is_written_out() -> None:
    (found,) = sums("99.95", [("orders-db", "99.95"), ("payments", "99.9")])
    assert found.sentence == (
        "checkout promises 99.95 %; payments 99.9 %, orders-db 99.95 %: at most 99.85 % (assumes independent failures)"
    )
    assert found.least == Fraction(999, 1000)
    assert found.product == Fraction("0.999") * Fraction("0.9995")
    assert found.asked == Fraction("0.99995")
    assert found.unstated == ()


def test_one_dependency_needs_no_assumption() -> None:
    (found,) = sums("99.95", [("payments", "99.9")])
    assert found.sentence == "checkout promises 99.95 %; payments 99.9 %: at most 99.9 %"


def test_what_promises_nothing_is_named_and_not_counted() -> None:
    base = Tree(
        {
            "a.md": "---\ntype: service\nservices:\n"
            "  - {id: shop, owner: '@team', tier: 1, dependencies: [inner, mail]}\n"
            "  - {id: inner, owner: '@team', tier: 1, availability: 99.9, dependencies: [mail]}\n"
            "  - {id: mail, owner: '@team', tier: 1, kind: external}\n---\n",
            "slo.md": "---\ntype: slo\nid: shop-slo\nservice: shop\nbehaviour: It answers.\n"
            "sli: {raw: errors, source: prometheus}\nobjective: 99.9\nwindow: 30d\n---\n",
        }
    ).base()
    service = base.document("shop", Service)
    assert service is not None
    graph = graph_of(base)
    (found,) = objective_sums(base, graph, service)
    assert [graph[one].id for one in found.unstated] == ["inner", "mail"]
    assert (found.promises, found.least, found.product, found.sentence) == ((), None, None, "")


@given(PROMISES, st.integers(90_000, 99_999))
def test_the_sum_holds_for_any_promises(promises: list[Decimal], objective: int) -> None:
    (found,) = sums(str(Decimal(objective) / 1000), [(f"p{at}", str(one)) for at, one in enumerate(promises)])
    ratios = [Fraction(one) / 100 for one in promises]
    assert found.product == prod(ratios)
    assert found.least == min(ratios)
    assert found.product is not None
    assert found.product <= found.least
    assert [one.ratio for one in found.promises] == sorted(ratios)
    assert (len(promises) > 1) == ("independent" in found.sentence)
    told = found.sentence.partition("at most ")[2].partition(" %")[0]
    assert Fraction(told) / 100 <= found.product
    if found.product < found.objective:
        assert Fraction(told) / 100 < found.objective


@given(st.fractions(0, 1), st.integers(0, 12))
def test_a_percentage_is_cut_off_and_never_rounded_up(ratio: Fraction, decimals: int) -> None:
    text = cut_percent(ratio, decimals)
    shown = Fraction(text.removesuffix(" %")) / 100
    assert shown <= ratio < shown + Fraction(1, 100 * 10**decimals)
    assert not text.startswith(".")
    assert not text.removesuffix(" %").endswith(".")
