"""Two people finalise, and seal, one review on two branches with different text; one of the texts holds in the end."""

from __future__ import annotations

import pytest

from tests.history.edits import THIRD
from tests.history.repositories import MODES, Repository
from tests.history.site import DRAFT, LOCK

SETTLE = ("--except", THIRD, "--reason", "The log of the shop says so", "--by", "@owner")


@pytest.fixture(params=["ours", "theirs"])
def parted(request: pytest.FixtureRequest, repository: Repository) -> Repository:
    """A merge that keeps the seals of both sides, and the text of either."""
    repository.write(".gitattributes", f"{LOCK} merge=union\n")
    repository.commit()
    repository.on_branch("side")
    _finalise(repository, "591 orders")
    repository.switch("main")
    _finalise(repository, "592 orders")
    repository.merge("side", "--strategy-option", request.param)
    return repository


def _finalise(repository: Repository, text: str) -> None:
    repository.edit(DRAFT, "590 orders", text)
    repository.edit(DRAFT, "status: draft", "status: final")
    repository.seal()
    repository.commit()


@pytest.mark.parametrize("mode", MODES)
def test_it_is_a_conflict_in_each_evidence(parted: Repository, mode: str) -> None:
    assert parted.check(mode).codes == {"IMM104"}, parted.check(mode).told


def test_it_is_settled_as_the_finding_says(parted: Repository) -> None:
    (finding,) = parted.check("seal").findings
    assert f"`mkdocs-sre seal --except {THIRD} " in finding["hint"]
    parted.seal(*SETTLE)
    parted.commit()
    for mode in MODES:
        assert parted.check(mode).codes == {"IMM302"}, parted.check(mode).told
    parted.seal("--check")


def test_the_text_that_does_not_hold_may_not_come_back(parted: Repository) -> None:
    parted.seal(*SETTLE)
    parted.commit()
    old, new = ("591", "592") if b"591 orders" in parted.read(DRAFT) else ("592", "591")
    parted.edit(DRAFT, f"{old} orders", f"{new} orders")
    parted.commit()
    for mode in ("both", "seal"):
        assert "IMM101" in parted.check(mode).codes, parted.check(mode).told


def test_the_order_of_two_seals_decides_nothing(parted: Repository) -> None:
    parted.seal(*SETTLE)
    header, *lines = parted.read(LOCK).splitlines(keepends=True)
    twice = [line for line in lines if line.startswith(f"seal {THIRD} ".encode())]
    assert len(twice) == 2
    others = [line for line in lines if line not in twice]
    parted.write(LOCK, b"".join([header, *reversed(twice), *others]))
    assert parted.check("seal").codes == {"IMM302"}, parted.check("seal").told
