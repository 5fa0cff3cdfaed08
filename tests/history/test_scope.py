"""What counts: on which line of commits, from which commit on, and in which of several sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history.edits import DIGIT, body
from tests.history.repositories import Repository, build_site, new_repository
from tests.history.site import BEFORE, CONFIGURATION, DRAFT, FINALISED, MKDOCS, OTHER, REVIEW, addendum, review

THIRD = "PIR-2026-003"


def history_option(repository: Repository, text: str) -> None:
    """Set an option below `history`, and commit it."""
    repository.write(CONFIGURATION, MKDOCS + f"      history:\n        {text}\n")
    repository.commit("Options")


def settled_on_a_branch(repository: Repository) -> None:
    """Make a review final on a branch, change it there once more, and merge the branch."""
    repository.on_branch("side")
    repository.write(DRAFT, review(THIRD))
    repository.commit()
    repository.edit(DRAFT, *DIGIT)
    repository.commit()
    repository.switch("main")
    repository.merge("side")


def test_a_final_on_any_branch_that_was_merged_counts(unsealed: Repository) -> None:
    settled_on_a_branch(unsealed)
    verdict = unsealed.check()
    assert verdict.codes == {"IMM101"}, verdict.told
    assert all(THIRD in one["message"] for one in verdict.findings)


def test_with_first_parent_a_branch_may_settle_its_review(unsealed: Repository) -> None:
    history_option(unsealed, "finality: first-parent")
    settled_on_a_branch(unsealed)
    verdict = unsealed.check()
    assert verdict.codes == frozenset(), verdict.told


def test_with_first_parent_the_main_line_is_held(unsealed: Repository) -> None:
    history_option(unsealed, "finality: first-parent")
    settled_on_a_branch(unsealed)
    unsealed.edit(DRAFT, "no Saturday", "no Sunday")
    unsealed.commit()
    body(unsealed)
    unsealed.commit()
    assert unsealed.check().codes == {"IMM101"}
    assert len(unsealed.check().findings) == 2


def test_with_first_parent_an_edit_that_a_merge_brings_is_caught(unsealed: Repository) -> None:
    history_option(unsealed, "finality: first-parent")
    unsealed.on_branch("side")
    body(unsealed)
    unsealed.commit()
    unsealed.switch("main")
    unsealed.merge("side")
    assert unsealed.check().codes == {"IMM101"}


def test_since_root_an_edit_of_old_times_counts(unsealed: Repository) -> None:
    body(unsealed)
    unsealed.commit()
    assert unsealed.check().codes == {"IMM101"}


@pytest.mark.parametrize("digits", [7, 12, 40])
def test_since_a_commit_what_was_before_is_forgiven(unsealed: Repository, digits: int) -> None:
    body(unsealed)
    history_option(unsealed, f'since: "{unsealed.commit()[:digits]}"')
    assert unsealed.check().codes == frozenset(), unsealed.check().told
    unsealed.edit(REVIEW, "no Saturday", "no Sunday")
    unsealed.commit()
    assert unsealed.check().codes == {"IMM101"}


def test_since_a_commit_what_is_deleted_later_is_missed(unsealed: Repository) -> None:
    history_option(unsealed, f'since: "{unsealed.head()}"')
    unsealed.delete(REVIEW)
    unsealed.commit()
    assert unsealed.check().codes == {"IMM103"}


def test_since_a_commit_that_there_is_not_is_never_silent(unsealed: Repository) -> None:
    history_option(unsealed, 'since: "0123456789"')
    verdict = unsealed.check()
    assert verdict.exit_code == 1
    assert any("history: since" in one["message"] for one in verdict.findings), verdict.told


def test_since_a_commit_of_another_branch_is_never_silent(unsealed: Repository) -> None:
    unsealed.on_branch("side")
    unsealed.write("x.txt", "x\n")
    elsewhere = unsealed.commit()
    unsealed.switch("main")
    history_option(unsealed, f'since: "{elsewhere}"')
    assert unsealed.check().exit_code == 1


def test_since_the_seal_what_was_before_is_forgiven(unsealed: Repository) -> None:
    body(unsealed)
    unsealed.commit()
    history_option(unsealed, "since: seal")
    unsealed.seal()
    unsealed.commit()
    assert unsealed.check().codes == frozenset(), unsealed.check().told
    assert unsealed.check("history").codes == frozenset(), unsealed.check("history").told
    unsealed.edit(REVIEW, "no Saturday", "no Sunday")
    unsealed.commit()
    for mode in ("both", "history", "seal"):
        assert unsealed.check(mode).codes == {"IMM101"}, mode


def test_since_the_seal_a_seal_that_is_made_anew_does_not_help(repository: Repository) -> None:
    history_option(repository, "since: seal")
    lock = repository.read("pir-seals.lock")
    body(repository)
    repository.delete("pir-seals.lock")
    repository.commit()
    repository.write("pir-seals.lock", lock)
    repository.commit()
    assert "IMM101" in repository.check("history").codes
    assert "IMM101" in repository.check().codes


@pytest.fixture
def two_sites(tmp_path: Path) -> tuple[Repository, Repository]:
    """Two sites in one repository whose reviews have the same ids and other texts."""
    first = build_site(new_repository(tmp_path / "mono", "sites/a"))
    second = Repository(first.root, "sites/b", first.commits)
    for files in (BEFORE, FINALISED | {REVIEW: FINALISED[REVIEW].replace(*DIGIT)}):
        for path, content in files.items():
            second.write(path, content)
        second.commit()
    return first, second


def test_two_sites_do_not_see_each_other(two_sites: tuple[Repository, Repository]) -> None:
    first, second = two_sites
    assert second.check().codes == frozenset(), second.check().told
    assert first.check().codes == frozenset(), first.check().told
    body(first)
    first.commit()
    assert first.check().codes == {"IMM101"}
    assert second.check().codes == frozenset(), second.check().told
    second.delete(OTHER)
    second.commit()
    assert {one["path"].rpartition("/")[2] for one in first.check().findings} == {"PIR-2026-001.md"}
    assert second.check().codes == {"IMM103"}


def test_what_only_looks_like_a_review_elsewhere_does_not_count(repository: Repository) -> None:
    for path in ("tests/fixtures/x.md", "x.md", "node_modules/a/docs/x.md"):
        repository.write(path, review("PIR-2026-050"))
    repository.commit()
    for path in ("tests/fixtures/x.md", "x.md", "node_modules/a/docs/x.md"):
        repository.delete(path)
    repository.commit()
    assert repository.check().codes == frozenset(), repository.check().told


def test_a_fixture_with_the_id_of_a_review_does_not_count(repository: Repository) -> None:
    repository.write("tests/fixtures/x.md", review("PIR-2026-001").replace(*DIGIT))
    repository.commit()
    assert repository.check().codes == frozenset(), repository.check().told


def test_an_addendum_is_no_record(repository: Repository) -> None:
    path = "docs/reliability/pirs/ADD-2026-001-1.md"
    repository.write(path, addendum("ADD-2026-001-1", "PIR-2026-001"))
    repository.commit()
    repository.edit(path, "22 lines", "23 lines")
    repository.commit()
    assert repository.check().codes == frozenset(), repository.check().told


FOLDERS = """\
      statuses: {published: final, "in work": draft}
      folders:
        - match: postmortems/*.md
          type: pir
          keys: {state: status, when: incident_date, level: severity, system: service}
          sections: none
"""
OLD = "---\ntitle: Old\nstate: {}\nwhen: 2026-02-24\nlevel: SEV3\nsystem: shop\n---\n\n590 orders were delayed.\n"


@pytest.fixture
def old_collection(repository: Repository) -> Repository:
    """A collection whose reviews have their kind, id and status from the configuration."""
    repository.write(CONFIGURATION, MKDOCS + FOLDERS)
    repository.write("docs/postmortems/2019-queue.md", OLD.format("in work"))
    repository.commit()
    repository.write("docs/postmortems/2019-queue.md", OLD.format("published"))
    repository.commit()
    repository.seal()
    repository.commit()
    return repository


def test_a_review_by_its_folder_is_a_record(old_collection: Repository) -> None:
    assert old_collection.check().codes == frozenset(), old_collection.check().told
    old_collection.edit("docs/postmortems/2019-queue.md", *DIGIT)
    old_collection.commit()
    for mode in ("both", "history", "seal"):
        assert old_collection.check(mode).codes == {"IMM101"}, mode


def test_a_review_by_its_folder_may_not_be_reopened(old_collection: Repository) -> None:
    old_collection.edit("docs/postmortems/2019-queue.md", "state: published", "state: in work")
    old_collection.commit()
    for mode in ("both", "history", "seal"):
        assert old_collection.check(mode).codes == {"IMM102"}, mode


def test_a_pattern_that_no_longer_matches_hides_nothing(old_collection: Repository) -> None:
    old_collection.edit(CONFIGURATION, "postmortems/*.md", "incidents/*.md")
    old_collection.commit()
    for mode in ("both", "seal"):  # history reads the past by the settings of today: for it there was no review
        assert old_collection.check(mode).codes == {"IMM103"}, (mode, old_collection.check(mode).told)


def test_a_word_for_final_that_is_taken_away_hides_nothing(old_collection: Repository) -> None:
    old_collection.edit(CONFIGURATION, "published: final, ", "")
    old_collection.commit()
    for mode in ("both", "seal"):  # and for the same cause no final one
        assert old_collection.check(mode).codes == {"IMM102"}, (mode, old_collection.check(mode).told)


def test_a_final_review_that_no_commit_holds_is_not_silent(unsealed: Repository) -> None:
    unsealed.write("docs/reliability/pirs/PIR-2026-044.md", review("PIR-2026-044"))
    assert unsealed.check().codes == {"IMM201"}, unsealed.check().told
    unsealed.commit()
    assert unsealed.check().codes == frozenset()
