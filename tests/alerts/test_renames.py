"""Names that are alike are found, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.alerts.renames import MAX_COMPARED, likeness, probable_renames, words
from mkdocs_sre.alerts.spelling import distance, nearest_known

NAMES = st.text(alphabet="abCD1-", max_size=12)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("KubeJobCompletion", "KubeJobNotCompleted"),
        ("cart-sessions-lost", "CartSessionLost"),
        ("NodeDiskFull", "NodeDisksFull"),
        ("PaymentsErrorRateHigh", "PaymentsErrorRateTooHigh"),
    ],
)
def test_renamed(old: str, new: str) -> None:
    assert probable_renames({"a.md": [old]}, ["Unlike", new]) == {"a.md": new}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KubeProxyDown", "KubeletInstanceUnreachable"),
        ("etcdNoLeader", "KubeNodeEviction"),
        ("PrometheusLabelLimitHit", "KubeNodePressure"),
        ("", "A"),
    ],
)
def test_not_renamed(one: str, other: str) -> None:
    assert probable_renames({"a.md": [one]}, [other]) == {}


def test_no_alert_is_given_to_two_runbooks_and_the_likest_comes_first() -> None:
    runbooks = {"a.md": ["NodeDiskFull"], "b.md": ["NodeDisksFull"], "c.md": ["NodeDiskFuller"]}
    assert probable_renames(runbooks, ["NodeDisksFull", "NodeDiskFul"]) == {
        "a.md": "NodeDiskFul",
        "b.md": "NodeDisksFull",
    }


def test_past_the_bound_nothing_is_compared() -> None:
    alerts = [f"NodeDisk{number}" for number in range(MAX_COMPARED + 1)]
    assert probable_renames({"a.md": ["NodeDisk"]}, alerts) == {}


@given(NAMES, NAMES)
def test_likeness_is_a_ratio(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1 if words(one) else 0)


@given(NAMES, NAMES, NAMES)
def test_distance_counts_slips(one: str, other: str, third: str) -> None:
    assert distance(one, one) == 0
    assert distance(one, other) == distance(other, one)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert distance(one, other) >= int(one != other)
    assert distance(one + third, other + third) <= distance(one, other)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("descrition", "description"),
        ("desciprtion", "description"),
        ("Summary", "summary"),
        ("sumary", "summary"),
        ("smry", ""),
        ("summarys", ""),
        ("tilte", "title"),
        ("tile", "title"),
        ("tale", ""),
        ("x" * 10_000, ""),
        ("", ""),
    ],
)
def test_nearest_known(name: str, near: str) -> None:
    assert nearest_known(name, ["summary", "description", "title"]) == near
