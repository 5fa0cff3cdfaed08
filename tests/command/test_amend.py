"""`amend`: an addendum to a review that stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.documents.kinds.addendum import Addendum
from mkdocs_sre.knowledge import load
from mkdocs_sre.settings import Settings
from mkdocs_sre.sites.begin import begin

Write = Callable[[Mapping[str, str | bytes]], Path]
DAY = date(2026, 11, 21)
PIRS = "docs/reliability/pirs"


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A site with one final review, and one addendum to it."""
    begin(tmp_path, DAY)
    return tmp_path


def amend(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["amend", "-f", str(folder / "mkdocs.yml"), *arguments])


def addendum(folder: Path, identifier: str) -> Addendum:
    found = load(Settings(), folder / "docs").document(identifier, Addendum)
    assert found is not None
    return found


def test_it_stands_beside_its_review_under_the_next_number(starter: Path) -> None:
    before = {file: file.read_bytes() for file in starter.rglob("*.md")}
    result = amend(starter, "pir-2026-001", "--as-of", "2026-11-20", "--corrects", "Orders lost were 71, not 64.")
    file = starter / PIRS / "add-2026-001-2.md"
    assert (result.exit_code, result.output) == (0, f"{file}: fill in what says TODO, then run `mkdocs-sre check`\n")
    made = addendum(starter, "ADD-2026-001-2")
    assert (made.amends, made.date, made.corrects) == (
        "PIR-2026-001",
        date(2026, 11, 20),
        "Orders lost were 71, not 64.",
    )
    assert {file: file.read_bytes() for file in before} == before
    assert "amends: PIR-2026-001\ndate: 2026-11-20\ncorrects: Orders lost were 71, not 64.\n" in file.read_text("utf-8")


def test_what_is_left_to_fill_in_is_named_by_the_check(starter: Path) -> None:
    assert amend(starter, "PIR-2026-001", "--as-of", "2026-11-20").exit_code == 0
    arguments = ["check", "-f", str(starter / "mkdocs.yml"), "--as-of", "2026-11-21"]
    checked = CliRunner().invoke(main, arguments).stdout
    assert "still says TODO" in checked
    assert "corrects: TODO" in (starter / PIRS / "add-2026-001-2.md").read_text("utf-8")


def test_the_day_is_that_of_the_clock_when_none_is_given(starter: Path) -> None:
    before = datetime.now(UTC).date()
    assert amend(starter, "PIR-2026-001").exit_code == 0
    assert before <= addendum(starter, "ADD-2026-001-2").date <= datetime.now(UTC).date()


def test_numbers_go_on_behind_the_last(starter: Path) -> None:
    (starter / PIRS / "add-2026-001-1.md").rename(starter / PIRS / "add-2026-001-9.md")
    file = starter / PIRS / "add-2026-001-9.md"
    file.write_text(file.read_text("utf-8").replace("ADD-2026-001-1", "add-2026-001-9"), "utf-8")
    assert amend(starter, "PIR-2026-001").exit_code == 0
    assert (starter / PIRS / "add-2026-001-10.md").exists()


def test_another_id_gives_its_name_to_the_addendum(starter: Path) -> None:
    review = next((starter / PIRS).glob("pir-*.md"))
    review.write_text(review.read_text("utf-8").replace("id: PIR-2026-001", "id: checkout-outage"), "utf-8")
    assert amend(starter, "checkout-outage").exit_code == 0
    assert addendum(starter, "checkout-outage-addendum-1").amends == "checkout-outage"


@pytest.mark.parametrize(
    "text",
    [
        "id: x",
        "'\"\\",
        "71",
        "no",
        "- a",
        "# b",
        "é ☃ &amp; {{ x }} <script>",
        "two\n lines\t here",
        "x" * 300,
        "a: b # c",
    ],
)
def test_what_it_corrects_is_kept_to_the_letter(starter: Path, text: str) -> None:
    assert amend(starter, "PIR-2026-001", "--corrects", text).exit_code == 0
    assert addendum(starter, "ADD-2026-001-2").corrects == " ".join(text.split())


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("PIR-2026-002", "nothing has the id `PIR-2026-002`; did you mean `PIR-2026-001`?"),
        ("zzz", "nothing has the id `zzz`\n"),
        (
            "ADD-2026-001-1",
            "ADD-2026-001-1 is an addendum itself; addenda are written to the review: amend `PIR-2026-001`",
        ),
        ("shop", "shop is no post-incident review; change it in sre/services/shop.md itself"),
    ],
)
def test_only_final_reviews_are_amended(starter: Path, identifier: str, said: str) -> None:
    before = sorted(starter.rglob("*"))
    result = amend(starter, identifier)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert sorted(starter.rglob("*")) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("status: final", "status: draft", "PIR-2026-001 is not final (status `draft`), so it may still be changed"),
        ("severity: SEV2", "severity: [SEV2]", "has keys that cannot be read"),
    ],
)
def test_a_draft_and_a_broken_review_are_refused(starter: Path, old: str, new: str, said: str) -> None:
    review = next((starter / PIRS).glob("pir-*.md"))
    review.write_text(review.read_text("utf-8").replace(old, new), "utf-8")
    result = amend(starter, "PIR-2026-001")
    assert result.exit_code == 2
    assert said in result.stderr


def test_nothing_is_overwritten_nor_written_elsewhere(starter: Path) -> None:
    taken = starter / PIRS / "ADD-2026-001-2.md"
    taken.write_text("mine", "utf-8")
    result = amend(starter, "PIR-2026-001")
    assert result.exit_code == 2
    assert "exists already, and nothing is overwritten" in result.stderr
    assert taken.read_text("utf-8") == "mine"
    result = amend(starter, "PIR-2026-001", "--corrects", "a\x1bb")
    assert result.exit_code == 2
    assert "cannot be printed" in result.stderr


def test_without_a_site_it_says_so(tmp_path: Path) -> None:
    assert amend(tmp_path, "PIR-2026-001").exit_code == 2
