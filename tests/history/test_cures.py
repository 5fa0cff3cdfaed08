"""What a finding tells people to do: it names commit, day and author, and its command brings the record back."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.history.cases import Case
from tests.history.edits import DIGIT, EDITS
from tests.history.removals import REMOVALS
from tests.history.repositories import Repository, environment, repository_in
from tests.history.rewrites import REWRITES
from tests.history.site import REVIEW

RESTORE = re.compile(r"restore it: `(git .+)`; to correct it, ", re.DOTALL)
RECORDS = {"IMM101", "IMM102", "IMM103"}  # what restoring the record puts right
# In these, putting the file back is not all that is to be done: something else stands in its place or hides it.
MORE_TO_DO = {
    "parallel finals that git merges",
    "merge with `-s ours`",
    "edit and re-seal in one commit",
    "edit and a second seal",
    "smudge filter",
    "skip-worktree",  # git leaves such a file alone until the flag is gone
    "git replace, of the text",  # git takes the replacement for the record
}
WITHOUT = {  # git does not have the record, or what hides it is an option
    "amended and force-pushed",
    "shallow clone with an edit",
    "tarball with an edit",
    "hidden by exclude_docs",
    "hidden by draft_docs",
}
CASES = [
    case for case in (*EDITS, *REMOVALS, *REWRITES) if case.expected("both") & RECORDS and case.name not in MORE_TO_DO
]


def command(finding: dict[str, str]) -> str:
    """Return the command that brings the record back; empty when the finding gives none."""
    found = RESTORE.search(finding["hint"])
    return found[1] if found is not None else ""


@pytest.mark.parametrize("case", CASES, ids=[ascii(case.name).strip("'\"") for case in CASES])
def test_the_command_brings_the_record_back(repository: Repository, case: Case) -> None:
    there = case.steps(repository) or repository
    given = [command(one) for one in there.check().findings if one["code"] in RECORDS]
    assert any(given) == (case.name not in WITHOUT)
    if not any(given):
        return
    for one in given:
        subprocess.run(["bash", "-c", one], cwd=there.root, env=environment(), check=True)
    left = there.check()
    assert not left.codes & {"IMM101", "IMM102"}, left.told
    assert not (there.root / "x").exists()


def test_a_redacted_review_comes_back_as_it_was_redacted(repository: Repository) -> None:
    repository.edit(REVIEW, "590 orders", "591 orders")
    repository.seal("--except", "PIR-2026-001", "--reason", "LEGAL-88", "--by", "@owner")
    redacted = repository.commit()
    repository.edit(REVIEW, "591 orders", "592 orders")
    repository.commit()
    (finding,) = repository.check().findings
    assert command(finding) == f"git restore --source={redacted[:8]} -- {REVIEW}"
    repository.delete(REVIEW)
    (finding,) = repository.check().findings
    assert command(finding) == f"git restore --source={redacted[:8]} -- {REVIEW}"


def test_a_shallow_clone_is_not_told_to_restore_the_edit(repository: Repository) -> None:
    repository.edit(REVIEW, *DIGIT)
    repository.commit()
    (finding,) = (
        one for one in repository.clone("shallow", "--depth", "1").check().findings if one["code"] == "IMM101"
    )
    assert "restore the bytes that were sealed, from a backup or another clone" in finding["hint"]


@pytest.mark.parametrize("moved", [False, True])
def test_in_a_subfolder_the_command_runs_beside_the_configuration(tmp_path: Path, *, moved: bool) -> None:
    repository = repository_in(tmp_path, site="sites/shop")
    if moved:
        repository.move(REVIEW, "docs/moved.md")
        repository.commit()
    path = "docs/moved.md" if moved else REVIEW
    before = repository.read(path)
    repository.edit(path, *DIGIT)
    (finding,) = (one for one in repository.check().findings if one["code"] == "IMM101")
    subprocess.run(["bash", "-c", command(finding)], cwd=repository.folder, env=environment(), check=True)
    assert repository.read(path) == before


def test_one_changed_digit(repository: Repository) -> None:
    final = repository.head("final")
    repository.edit(REVIEW, *DIGIT)
    result = repository.run("check", "--select", "IMM")
    assert result.exit_code == 1
    assert f"{final[:8]} (2026-03-01, Ada)" in result.output
    assert "1 line added, 1 removed" in result.output
    assert f"`git restore --source={final[:8]} -- {REVIEW}`" in result.output
    assert "`mkdocs-sre amend PIR-2026-001`" in result.output
    assert f"{REVIEW}:5:9 IMM101 final-review-changed error" in result.output
    assert "Traceback" not in result.output


def test_findings_cannot_be_waived(repository: Repository) -> None:
    repository.edit(REVIEW, *DIGIT)
    result = repository.run(
        "check", "--write-waivers", "--reason", "x", "--by", "@team-shop", "--until", "3 months", "--select", "IMM"
    )
    assert result.exit_code == 1, result.output
    repository.write(
        "sre-waivers.yml",
        "- rule: IMM101\n  document: PIR-2026-001\n  reason: x\n  who: '@team-shop'\n  until: 2026-05-01\n",
    )
    assert repository.check().codes == {"IMM101"}
