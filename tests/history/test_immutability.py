"""Every line of what must be caught and of what must stay clean: a real repository, looked at with each evidence."""

from __future__ import annotations

import pytest

from tests.history.cases import Case
from tests.history.clean import CLEAN
from tests.history.edits import EDITS
from tests.history.removals import REMOVALS
from tests.history.repositories import MODES, Repository, repository_in
from tests.history.rewrites import REWRITES

CAUGHT = (*EDITS, *REMOVALS, *REWRITES)


@pytest.fixture(scope="module")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Repository]:
    """A case, and the repository to which its steps have led."""
    case: Case = request.param
    repository = repository_in(tmp_path_factory.mktemp("case"))
    return case, case.steps(repository) or repository


def names(cases: tuple[Case, ...]) -> list[str]:
    return [ascii(case.name).strip("'\"") for case in cases]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("prepared", CAUGHT, ids=names(CAUGHT), indirect=True)
def test_it_is_caught(prepared: tuple[Case, Repository], mode: str) -> None:
    case, repository = prepared
    verdict = repository.check(mode)
    assert verdict.codes == case.expected(mode), verdict.told
    assert verdict.exit_code == case.exit_code(mode)
    assert all(case.is_about(one) for one in verdict.findings if one["level"] == "error"), verdict.told


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("prepared", CLEAN, ids=names(CLEAN), indirect=True)
def test_it_stays_clean(prepared: tuple[Case, Repository], mode: str) -> None:
    case, repository = prepared
    verdict = repository.check(mode)
    assert verdict.codes == case.expected(mode), verdict.told
    assert verdict.exit_code == case.exit_code(mode)


@pytest.mark.parametrize("case", [*CAUGHT, *CLEAN], ids=names((*CAUGHT, *CLEAN)))
def test_what_was_kept_before_changes_nothing(
    repository: Repository, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI")
    repository.check()
    looked_at = case.steps(repository) or repository
    warm, again = looked_at.check(), looked_at.check()
    monkeypatch.setenv("CI", "true")
    cold = looked_at.check()
    assert warm == cold, warm.told
    assert again == cold, again.told


def test_at_least_one_evidence_catches_each() -> None:
    assert [case.name for case in CAUGHT if not case.exit_code("both")] == []
    assert [case.name for case in CLEAN if case.exit_code("both")] == []


def test_where_an_evidence_is_blind_the_case_says_why() -> None:
    blind = [case for case in CAUGHT for mode in MODES if not case.expected(mode)]
    assert [case.name for case in blind if not case.why] == []


def test_the_site_of_these_tests_is_strictly_clean(repository: Repository) -> None:
    result = repository.run("check", "--strict")
    assert result.exit_code == 0, result.output
