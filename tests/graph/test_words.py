"""Ways and failures as sentences."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_sre.graph.analysis import Graph, Reach
from mkdocs_sre.graph.model import DOMAIN, INSTANCE, Builder, Element, Group, Origin, Validation
from mkdocs_sre.graph.words import needs, proof_in_words, reach_in_words, way_in_words, why_degraded, why_down

NAMES = ("shop", "pay", "db", "db-1", "db-2", "db-3", "zone-a", "zone-b", "eu")


def graph() -> Graph:
    """A shop on one database of which two of three copies stand in one zone."""
    builder = Builder()
    for name in NAMES:
        kind = INSTANCE if name.startswith("db-") else DOMAIN if name in ("zone-a", "zone-b", "eu") else "service"
        builder.add(Element(name, kind, replicated=name == "db"))
    index = builder.names

    def group(owner: str, members: str, need: int, origin: Origin) -> None:
        builder.group(Group(index[owner], tuple(index[one] for one in members.split()), need, origin=origin))

    group("shop", "pay", 1, "dependency")
    group("pay", "db", 1, "dependency")
    group("db", "db-1 db-2 db-3", 2, "replicas")
    for copy, zone in (("db-1", "zone-a"), ("db-2", "zone-a"), ("db-3", "zone-b"), ("zone-a", "eu"), ("zone-b", "eu")):
        group(copy, zone, 1, "placement")
    return Graph(builder.system())


def say(index: int) -> str:
    return NAMES[index]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("pay", "shop needs pay"),
        (
            "zone-a",
            "shop needs pay, which needs db, which needs 2 of its 3 copies, and db-1 and db-2 are lost with zone-a",
        ),
        (
            "eu",
            (
                "shop needs pay, which needs db, which needs 2 of its 3 copies, and all 3 are lost with eu "
                "(db-1 stands in zone-a, which stands in eu)"
            ),
        ),
    ],
)
def test_a_way_is_a_sentence(fault: str, sentence: str) -> None:
    point = next(one for one in graph().single_points(0) if say(one.element) == fault)
    assert way_in_words(point.way, point.element, say) == sentence


def test_no_way_is_no_sentence() -> None:
    assert way_in_words((), 0, say) == ""


@pytest.mark.parametrize(
    ("group", "said", "down"),
    [
        (Group(0, (1,)), "needs pay", "needs pay"),
        (Group(0, (1, 2), 1), "needs 1 of pay and db", "1 of 2 left, 1 needed (pay is gone)"),
        (Group(0, (1, 2), 2), "needs both of pay and db", "1 of 2 left, 2 needed (pay is gone)"),
        (Group(0, (1, 2, 2), 1), "needs 1 of pay, or db instead", "1 of 2 left, 1 needed (pay is gone)"),
        (
            Group(0, (1, 2, 4, 4), 2),
            f"needs 2 of pay and db, or {say(4)} instead",
            f"needs 2 of pay and db, or {say(4)} instead; pay is gone",
        ),
        (Group(2, (1,), origin="replicas"), "runs as one copy, pay", "its one copy, pay, is gone"),
        (
            Group(2, (1, 4), 2, origin="replicas"),
            "needs all of its 2 copies",
            "1 of 2 copies left, 2 needed (pay is gone)",
        ),
        (Group(2, (1,), origin="placement"), "stands in pay", "stands in pay"),
    ],
)
def test_a_group_in_words(group: Group, said: str, down: str) -> None:
    assert needs(group, say) == said
    assert why_down(group, (1,), say) == down


def test_what_degrades_says_what_it_lacks_and_uses() -> None:
    assert why_degraded(Group(0, (1,), hard=False), (1,), say) == "lacks pay"
    assert why_degraded(Group(0, (1,), hard=False, fallback="the list price"), (1,), say) == (
        "lacks pay; instead: the list price"
    )
    assert why_degraded(Group(0, (1,)), (1,), say) == "needs pay, which is degraded"


def test_a_claim_says_whether_it_was_validated() -> None:
    assert proof_in_words(Group(0, (1,))) == ""
    assert proof_in_words(Group(0, (1,), hard=False)) == "never validated"
    proven = Group(0, (1, 2), validated=Validation(date(2026, 1, 21), "CHAOS-016"))
    assert proof_in_words(proven) == "seen to hold on 2026-01-21, CHAOS-016"


@pytest.mark.parametrize(
    ("reach", "degraded", "said"),
    [
        (Reach(1, 0, 0, 1), 0, "1 journey of 1 owner"),
        (Reach(4, 13, 22, 9), 2, "4 journeys and 22 services (13 of tier 0 or 1) of 9 owners; 2 more only degraded"),
        (Reach(0, 0, 0, 0), 3, "3 only degraded"),
        (Reach(0, 0, 1, 0), 0, "1 service"),
    ],
)
def test_how_much_goes_down(reach: Reach, degraded: int, said: str) -> None:
    assert reach_in_words(reach, degraded) == said
