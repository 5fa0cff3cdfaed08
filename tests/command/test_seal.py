"""`seal`: lines that only come, for reviews that are as they must be."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.history.canonical import digest, raw_digest
from mkdocs_sre.history.seals import HEADER, parse_seals
from mkdocs_sre.sites.begin import begin

DAY = date(2026, 11, 21)
PIRS = "docs/reliability/pirs"
REVIEW = f"{PIRS}/pir-2026-001.md"
LOCK = "pir-seals.lock"
ANSWER = ("--reason", "Customer's name redacted, LEGAL-88", "--by", "@owner")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one final review, which is sealed."""
    begin(tmp_path, DAY)
    return tmp_path


def run(folder: Path, name: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [name, "-f", str(folder / "mkdocs.yml"), *arguments])


def seal(folder: Path, *arguments: str) -> Result:
    return run(folder, "seal", *arguments)


def codes(folder: Path) -> set[str]:
    result = run(folder, "check", "--select", "IMM", "--as-of", DAY.isoformat())
    return {word for line in result.stdout.splitlines() for word in line.split() if word.startswith("IMM")}


def change(folder: Path, old: str = "64 orders", new: str = "71 orders", path: str = REVIEW) -> None:
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), "utf-8")


def copy(folder: Path, identifier: str, text: str = "") -> str:
    """Write a copy of the review under another id and return its path."""
    path = f"{PIRS}/{identifier.lower()}.md"
    content = (folder / REVIEW).read_text("utf-8").replace("id: PIR-2026-001", f"id: {identifier}")
    (folder / path).write_text(content + text, "utf-8")
    return path


def test_a_final_review_gets_a_seal_once(site: Path) -> None:
    (site / LOCK).unlink()
    result = seal(site)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"PIR-2026-001: {REVIEW}\n1 line written to {LOCK}; commit it with the review\n"
    data = (site / LOCK).read_bytes()
    assert data == f"{HEADER}\nseal PIR-2026-001 {digest((site / REVIEW).read_bytes())} {REVIEW}\n".encode()
    again = seal(site)
    assert (again.exit_code, again.stdout) == (0, f"nothing to seal: 1 review sealed in {LOCK}\n")
    assert (site / LOCK).read_bytes() == data


def test_new_seals_stand_between_old_ones_that_stay(site: Path) -> None:
    before = (site / LOCK).read_text("utf-8").splitlines()
    copy(site, "PIR-2026-002")
    copy(site, "pir-2025-009")
    assert seal(site).exit_code == 0
    after = (site / LOCK).read_text("utf-8").splitlines()
    assert [line.split(" ")[1] for line in after[1:]] == ["pir-2025-009", "PIR-2026-001", "PIR-2026-002"]
    assert set(before) < set(after)
    assert codes(site) <= {"IMM303"}


def test_images_and_snippets_are_sealed_with_it(site: Path) -> None:
    (site / LOCK).unlink()
    (site / PIRS / "img").mkdir()
    (site / PIRS / "img/a b.png").write_bytes(b"png")
    change(site, "## Lessons", '![A graph](img/a%20b.png) ![None](img/none.png)\n\n--8<-- "part.md"\n\n## Lessons')
    (site / "part.md").write_bytes(b"part\r\n")
    file = site / "mkdocs.yml"
    file.write_text(
        file.read_text("utf-8").replace("markdown_extensions:\n", "markdown_extensions:\n  - pymdownx.snippets\n"),
        "utf-8",
    )
    result = seal(site)
    assert result.exit_code == 0, result.output
    assert f"PIR-2026-001 with 2 attached files: {REVIEW}\n" in result.stdout
    assert (
        "note: reliability/pirs/pir-2026-001.md: `img/none.png` is not sealed: the file does not exist" in result.stderr
    )
    line = (site / LOCK).read_text("utf-8").splitlines()[1]
    assert line.endswith(f" attached=img/a%20b.png={raw_digest(b'png')} attached=part.md={digest(b'part')}")
    assert codes(site) <= {"IMM303"}
    (site / PIRS / "img/a b.png").write_bytes(b"other")
    assert "IMM105" in codes(site)
    assert seal(site).exit_code == 1
    assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 0
    assert codes(site) <= {"IMM302", "IMM303"}


def test_the_check_writes_nothing(site: Path) -> None:
    assert seal(site, "--check").exit_code == 0
    path = copy(site, "PIR-2026-002")
    before = (site / LOCK).read_bytes()
    result = seal(site, "--check")
    assert result.exit_code == 1
    assert result.stdout == f"PIR-2026-002: {path}\n1 review would be sealed; run `mkdocs-sre seal`\n"
    assert (site / LOCK).read_bytes() == before


def test_drafts_are_not_sealed(site: Path) -> None:
    (site / LOCK).unlink()
    change(site, "status: final", "status: draft")
    assert seal(site).stdout == f"nothing to seal: 0 reviews sealed in {LOCK}\n"
    assert not (site / LOCK).exists()


def test_other_words_for_final_count(site: Path) -> None:
    (site / LOCK).unlink()
    change(site, "status: final", "status: Published")
    file = site / "mkdocs.yml"
    file.write_text(
        file.read_text("utf-8").replace("  - sre:\n", "  - sre:\n      statuses: {published: final}\n"), "utf-8"
    )
    assert "statuses" in file.read_text("utf-8")
    assert seal(site).exit_code == 0
    assert set(parse_seals((site / LOCK).read_bytes(), LOCK).seals) == {"pir-2026-001"}


@pytest.mark.parametrize("committed", [True, False])
def test_nothing_is_sealed_while_a_review_is_not_its_record(
    site: Path, git: Callable[..., str], *, committed: bool
) -> None:
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    change(site)
    copy(site, "PIR-2026-002")
    if committed:
        git("add", ".")
        git("commit", "-qm", "Edit")
    before = (site / LOCK).read_bytes()
    result = seal(site)
    assert result.exit_code == 1
    assert "IMM101" in result.stdout
    assert "IMM107" not in result.stdout
    assert result.stdout.endswith("nothing is sealed as long as this stands\n")
    assert (site / LOCK).read_bytes() == before


def test_an_edit_cannot_be_sealed_where_git_remembers_the_record(site: Path, git: Callable[..., str]) -> None:
    """The seal alone would take it, as the file of seals is new."""
    (site / LOCK).unlink()
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    change(site)
    assert seal(site).exit_code == 1
    assert not (site / LOCK).exists()


def test_an_exception_names_both_digests_and_who_answers(site: Path, git: Callable[..., str]) -> None:
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    before = digest((site / REVIEW).read_bytes())
    change(site)
    after = digest((site / REVIEW).read_bytes())
    result = seal(site, "--except", "pir-2026-001", *ANSWER)
    assert result.exit_code == 0, result.output
    assert f"PIR-2026-001: {before} -> {after}\n" in result.stdout
    line = f'except PIR-2026-001 {before} -> {after} reason="Customer\'s name redacted, LEGAL-88" by=@owner'
    assert (site / LOCK).read_text("utf-8").splitlines()[2:] == [line]
    assert codes(site) == {"IMM302"}
    git("commit", "-qam", "Redact")
    assert codes(site) == {"IMM302"}
    change(site, "71 orders", "72 orders")
    assert "IMM101" in codes(site)
    assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 0
    change(site, "72 orders", "64 orders")
    assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 0
    assert codes(site) == {"IMM302"}
    assert len((site / LOCK).read_text("utf-8").splitlines()) == 5


def test_an_exception_without_a_seal_brings_that_of_the_record(site: Path, git: Callable[..., str]) -> None:
    before = digest((site / REVIEW).read_bytes())
    (site / LOCK).unlink()
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    change(site)
    assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 0
    found = parse_seals((site / LOCK).read_bytes(), LOCK)
    assert found.defects == ()
    assert found.seals["pir-2026-001"].digest == before
    assert [one.old for one in found.exemptions["pir-2026-001"]] == [before]
    assert codes(site) == {"IMM302"}


def test_other_reviews_do_not_keep_one_from_being_excepted(site: Path) -> None:
    path = copy(site, "PIR-2026-002")
    assert seal(site).exit_code == 0
    change(site)
    change(site, path=path)
    assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 0
    result = seal(site)
    assert result.exit_code == 1
    assert "PIR-2026-002" in result.stdout
    assert "PIR-2026-001" not in result.stdout


@pytest.mark.parametrize("kept", ["one", "other"])
def test_of_two_texts_that_became_final_the_one_that_is_there_holds(
    site: Path, git: Callable[..., str], kept: str
) -> None:
    """Whichever of them is the record: which commit comes first is none of the author's choice."""
    (site / LOCK).unlink()
    change(site, "status: final", "status: draft")
    git("init", "-q", "-b", "one")
    git("add", ".")
    git("commit", "-qm", "Draft")
    git("checkout", "-qb", "other")
    for branch, number in (("other", "71"), ("one", "72")):
        git("checkout", "-q", branch)
        change(site, "status: draft", "status: final")
        change(site, "64 orders", f"{number} orders")
        git("commit", "-qam", f"Final on {branch}")
    git("checkout", "-q", kept)
    git("merge", "-q", "-s", "ours", "-m", "Merge", "one" if kept == "other" else "other")
    assert "IMM104" in codes(site)
    assert seal(site).exit_code == 1
    assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 0
    assert codes(site) == {"IMM302"}
    assert parse_seals((site / LOCK).read_bytes(), LOCK).defects == ()
    git("add", LOCK)
    git("commit", "-qm", "Answer")
    assert codes(site) == {"IMM302"}
    assert seal(site, "--check").exit_code == 0
    assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 2


def test_seals_of_two_branches_are_merged_line_by_line(site: Path, git: Callable[..., str]) -> None:
    (site / ".gitattributes").write_text(f"{LOCK} merge=union\n")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "Begin")
    for branch, identifier in (("b", "PIR-2026-003"), ("a", "PIR-2026-002")):
        git("checkout", "-qb", branch, "main")
        copy(site, identifier)
        assert seal(site).exit_code == 0
        git("add", ".")
        git("commit", "-qm", identifier)
    git("merge", "-q", "-m", "Merge", "b")
    assert codes(site) == set()
    found = parse_seals((site / LOCK).read_bytes(), LOCK)
    assert (found.defects, set(found.seals)) == ((), {"pir-2026-001", "pir-2026-002", "pir-2026-003"})
    copy(site, "PIR-2026-004")
    assert seal(site).exit_code == 0
    assert [line.split(" ")[1] for line in (site / LOCK).read_text("utf-8").splitlines()[1:]] == [
        f"PIR-2026-00{number}" for number in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("PIR-2026-001", "PIR-2026-001 is as its record holds it, so there is nothing to except"),
        ("PIR-2026-002", "PIR-2026-002 has no record that it could differ from; seal it with `mkdocs-sre seal`"),
        ("PIR-2026-003", "PIR-2026-003 is not final, so it has no record"),
        ("PIR-2026-00x", "nothing has the id `PIR-2026-00x`; did you mean `PIR-2026-00"),
        ("shop", "shop is no post-incident review"),
        ("old-name", "`old-name` is another name of PIR-2026-002; name it by its id"),
    ],
)
def test_what_cannot_be_excepted_is_told(site: Path, identifier: str, said: str) -> None:
    change(site, "id: PIR-2026-002", "id: PIR-2026-002\naliases: [old-name]", copy(site, "PIR-2026-002"))
    change(site, "status: final", "status: draft", copy(site, "PIR-2026-003"))
    before = (site / LOCK).read_bytes()
    result = seal(site, "--except", identifier, *ANSWER)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert (site / LOCK).read_bytes() == before


def test_the_same_exception_is_not_written_twice(site: Path) -> None:
    for new in ("71 orders", "64 orders"):
        change(site, "64 orders" if new == "71 orders" else "71 orders", new)
        assert seal(site, "--except", "PIR-2026-001", *ANSWER).exit_code == 0
    change(site)
    result = seal(site, "--except", "PIR-2026-001", *ANSWER)
    assert result.exit_code == 2
    assert "say in --reason why it is made again" in result.stderr
    assert seal(site, "--except", "PIR-2026-001", "--reason", "again", "--by", "@owner").exit_code == 0
    assert codes(site) <= {"IMM302", "IMM303"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--except", "PIR-2026-001"),
        ("--except", "PIR-2026-001", "--reason", "x"),
        ("--by", "@owner"),
        ("--check", "--except", "PIR-2026-001", *ANSWER),
        ("--except", "PIR-2026-001", "--reason", "two\nlines", "--by", "@owner"),
        ("--except", "PIR-2026-001", "--reason", "x", "--by", " "),
    ],
)
def test_an_exception_needs_a_reason_and_a_name(site: Path, arguments: tuple[str, ...]) -> None:
    change(site)
    before = (site / LOCK).read_bytes()
    assert seal(site, *arguments).exit_code == 2
    assert (site / LOCK).read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "seal PIR-1 nonsense\n", f"{HEADER}\n<<<<<<< HEAD\n", f"{HEADER}\nexcept PIR-1 a -> b reason=x by=y\n"]
)
def test_a_damaged_file_is_left_as_it_is(site: Path, text: str) -> None:
    (site / LOCK).write_text(text, "utf-8")
    for arguments in ((), ("--except", "PIR-2026-001", *ANSWER)):
        result = seal(site, *arguments)
        assert result.exit_code == 1, result.output
        assert "IMM109" in result.stdout
        assert (site / LOCK).read_text("utf-8") == text


def test_a_review_that_cannot_be_read_is_named(site: Path) -> None:
    path = copy(site, "PIR-2026-002")
    change(site, "severity: SEV2", "severity: [SEV2]", path)
    copy(site, "PIR-2026-003")
    result = seal(site)
    assert result.exit_code == 1
    assert "PIR-2026-002 cannot be sealed: some of its keys cannot be read" in result.stdout
    assert "pir-2026-003" in parse_seals((site / LOCK).read_bytes(), LOCK).seals


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are another matter there")
def test_it_is_written_at_once_and_through_no_link(site: Path) -> None:
    copy(site, "PIR-2026-002")
    (site / LOCK).chmod(0o640)
    before = (site / LOCK).stat().st_ino
    assert seal(site).exit_code == 0
    assert (site / LOCK).stat().st_ino != before
    assert (site / LOCK).stat().st_mode & 0o777 == 0o640
    assert [one.name for one in site.iterdir() if one.name.startswith(f".{LOCK}")] == []
    outside = site.parent / f"{site.name}-outside"
    outside.write_bytes((site / LOCK).read_bytes())
    (site / LOCK).unlink()
    (site / LOCK).symlink_to(outside)
    copy(site, "PIR-2026-004")
    before_link = outside.read_bytes()
    result = seal(site)
    assert result.exit_code == 1
    assert "IMM109" in result.stdout
    assert "symbolic link" in result.stdout
    assert outside.read_bytes() == before_link
    assert (site / LOCK).is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", os.mkdir)])
def test_what_is_no_file_is_told(site: Path, make: Callable[[Path], None]) -> None:
    """A pipe would be waited for."""
    (site / LOCK).unlink()
    make(site / LOCK)
    copy(site, "PIR-2026-002")
    result = seal(site)
    assert result.exit_code == 1
    assert "IMM109" in result.stdout
    assert not (site / LOCK).is_file()


def test_other_line_ends_make_no_other_seal(site: Path) -> None:
    for path in (REVIEW, LOCK):
        (site / path).write_bytes((site / path).read_bytes().replace(b"\n", b"\r\n"))
    (site / REVIEW).write_bytes(b"\xef\xbb\xbf" + (site / REVIEW).read_bytes())
    assert seal(site, "--check").exit_code == 0
    copy(site, "PIR-2026-002")
    assert seal(site).exit_code == 0
    assert b"\r" not in (site / LOCK).read_bytes()
