"""What must be caught: edits of a review, wherever it stands and however they come."""

from __future__ import annotations

import unicodedata

from tests.history.cases import Case, Steps, in_three_ways
from tests.history.repositories import Repository
from tests.history.site import (
    CONFIGURATION,
    DRAFT,
    LOCK,
    REVIEW,
    REVIEWS,
    review,
)

THIRD = "PIR-2026-003"  # a draft to begin with
DIGIT = ("590 orders", "550 orders")
ODD_NAMES = {
    "with spaces": "after the move.md",
    "with quotes": 'it\'s a "test".md',
    "with a newline": "first\nsecond.md",
    "with a backtick": "a`b`.md",
    "with a command": "$(touch x);&|.md",
    "with markup": "<b>[x](y)*.md",
    "with a tab": "first\tsecond.md",
    "with a backslash": "first\\second.md",
    "with a leading dash": "-rf.md",
    "in Unicode, composed": unicodedata.normalize("NFC", "Störung.md"),
    "in Unicode, decomposed": unicodedata.normalize("NFD", "Störung.md"),
    "that reads as a pathspec": ":(glob)*.md",
    "that reads as an exclusion": ":!x.md",
    "that reads as a pattern": "[a]*?.md",
    "that reads as a comment": "#1.md",
    "with a percent sign": "100%25.md",
    "with an escape sequence": "\x1b[31mred.md",
    "with another ending": "review.markdown",
}


def body(repository: Repository) -> None:
    repository.edit(REVIEW, *DIGIT)


def front_matter(repository: Repository) -> None:
    repository.edit(REVIEW, "note: of 2360", "note: of 2380")


def to_draft(repository: Repository) -> None:
    repository.edit(REVIEW, "status: final", "status: draft")
    repository.commit()


def to_draft_and_back(repository: Repository) -> None:
    to_draft(repository)
    repository.edit(REVIEW, *DIGIT)
    repository.commit()
    repository.edit(REVIEW, "status: draft", "status: final")
    repository.commit()


def to_draft_and_in_the_work_tree(repository: Repository) -> None:
    repository.edit(REVIEW, "status: final", "status: draft")


def without_status(repository: Repository) -> None:
    repository.edit(REVIEW, "status: final\n", "")
    repository.commit()


def other_status(text: str) -> Case:
    def steps(repository: Repository) -> None:
        repository.edit(REVIEW, "status: final", text)
        repository.commit()

    return Case(f"status changed to {text!a}", steps, "IMM102")


def quoted_status(repository: Repository) -> None:
    repository.edit(REVIEW, "status: final", 'status: "final"')
    repository.commit()


def finalised(repository: Repository, text: str, path: str = DRAFT) -> None:
    """Make the third review final, seal it, commit both."""
    repository.write(path, text)
    if path != DRAFT:
        repository.delete(DRAFT)
    repository.commit()
    repository.seal()
    repository.commit()


def quoted(status: str) -> Case:
    """Return the edit of a review that was final in an unusual spelling."""

    def steps(repository: Repository) -> None:
        finalised(repository, review(THIRD).replace("status: final", status))
        repository.edit(DRAFT, *DIGIT)
        repository.commit()

    return Case(f"edit of a review with `{status}`", steps, "IMM101", about=THIRD)


def renamed_and_edited(repository: Repository) -> None:
    repository.move(REVIEW, f"{REVIEWS}/2026-02-24-queue.md")
    repository.edit(f"{REVIEWS}/2026-02-24-queue.md", *DIGIT)
    repository.commit()


def moved_and_edited(repository: Repository) -> None:
    repository.move(f"{REVIEWS}/img", "docs/archive/img")
    repository.move(REVIEW, "docs/archive/queue.md")
    repository.edit("docs/archive/queue.md", *DIGIT)
    repository.commit()


def site_moved(repository: Repository) -> Repository:
    """Move the whole site into a folder of the repository."""
    for name in ("docs", "snippets", CONFIGURATION, LOCK):
        repository.move(name, f"sites/shop/{name}")
    repository.commit()
    return Repository(repository.root, "sites/shop", repository.commits)


def site_moved_and_edited(repository: Repository) -> Repository:
    moved = site_moved(repository)
    body(moved)
    moved.commit()
    return moved


def homoglyph(repository: Repository) -> None:
    repository.edit(REVIEW, "The queue stopped for", "The queu\N{CYRILLIC SMALL LETTER IE} stopped for")
    repository.commit()


def zero_width(repository: Repository) -> None:
    repository.edit(REVIEW, "590 orders", "590\N{ZERO WIDTH SPACE} orders")
    repository.commit()


def lost_line_break(repository: Repository) -> None:
    repository.edit(REVIEW, "39 minutes.  \n", "39 minutes.\n")
    repository.commit()


def normalised(repository: Repository) -> None:
    """Compose the characters of a review that was written decomposed."""
    text = review(THIRD).replace("by the log", unicodedata.normalize("NFD", "laut Störungsbuch"))
    finalised(repository, text)
    repository.write(DRAFT, unicodedata.normalize("NFC", text))
    assert repository.read(DRAFT) != text.encode()
    repository.commit()


def other_id(repository: Repository) -> None:
    repository.edit(REVIEW, "id: PIR-2026-001", "id: PIR-2026-099")
    repository.commit()


def broken(name: str, old: str, new: str) -> Case:
    def steps(repository: Repository) -> None:
        repository.edit(REVIEW, old, new)
        repository.commit()

    return Case(f"front matter broken: {name}", steps, "IMM103")


def odd_name(what: str, name: str) -> Case:
    def steps(repository: Repository) -> None:
        path = f"{REVIEWS}/{name}"
        finalised(repository, review(THIRD), path)
        repository.edit(path, *DIGIT)
        repository.commit()

    return Case(f"file name {what}", steps, "IMM101", about=THIRD)


def other_type(repository: Repository) -> None:
    repository.edit(REVIEW, "type: pir", "type: decision")
    repository.commit()


def id_in_small_letters(repository: Repository) -> None:
    repository.edit(REVIEW, "id: PIR-2026-001", "id: pir-2026-001")
    repository.commit()


def back_dated(repository: Repository) -> None:
    """Edit the review in a commit that claims to be older than all others."""
    body(repository)
    repository.git("add", "--all")
    old = "2001-01-01T00:00:00+00:00"
    repository.git("commit", "--quiet", "--message", "old", GIT_AUTHOR_DATE=old, GIT_COMMITTER_DATE=old)
    assert repository.git("log", "-1", "--format=%cs").strip() == "2001-01-01"


def twice(first: str, second: str) -> Steps:
    def steps(repository: Repository) -> None:
        repository.edit(REVIEW, "status: final", f"status: {first}\nstatus: {second}")
        repository.commit()

    return steps


EDITS = (
    *in_three_ways("body edited", body, "IMM101"),
    *in_three_ways("front matter edited", front_matter, "IMM101"),
    Case("flip to draft", to_draft, "IMM102"),
    Case("flip to draft, in the work tree", to_draft_and_in_the_work_tree, "IMM102"),
    Case("flip to draft, edited, final again", to_draft_and_back, "IMM101"),
    Case("status key removed", without_status, "IMM102"),
    Case("renamed and edited", renamed_and_edited, "IMM101"),
    Case("moved and edited", moved_and_edited, "IMM101"),
    Case("site moved into a subfolder, then edited", site_moved_and_edited, "IMM101"),
    Case("homoglyph", homoglyph, "IMM101"),
    Case("zero-width character", zero_width, "IMM101"),
    Case("lost hard line break", lost_line_break, "IMM101"),
    Case("Unicode normalised", normalised, "IMM101", about=THIRD),
    Case(
        "id changed",
        other_id,
        "IMM103 IMM107",
        history="IMM103",
        why="that the new id has no seal, the seals tell",
        about="PIR-2026-001 PIR-2026-099",
    ),
    Case("status key twice, final first", twice("final", "draft"), "IMM101"),
    Case("status key twice, draft first", twice("draft", "final"), "IMM102"),
    Case("status put into quotes", quoted_status, "IMM101"),
    *(
        quoted(status)
        for status in (
            'status: "final"',
            "status: 'final'",
            '"status": final',
            "status:   final  # done",
            '"status": final\nnote: "\nstatus: draft\n"',
        )
    ),
    broken("a quote is not closed", "title: Orders waited", 'title: "Orders waited'),
    broken("the block is not closed", '["@team-shop"]\n---\n', '["@team-shop"]\n'),
    broken("a blank line before it", "---\ntype: pir", "\n---\ntype: pir"),
    broken("a tab", "severity: SEV3", "\tseverity: SEV3"),
    other_status("status: draft # final"),
    other_status("status: fin\N{CYRILLIC SMALL LETTER A}l"),
    other_status("status: fina\N{ZERO WIDTH JOINER}l"),
    other_status("status: review"),
    *(odd_name(what, name) for what, name in ODD_NAMES.items()),
    Case("type changed", other_type, "IMM103"),
    Case("id in small letters", id_in_small_letters, "IMM101", about="pir-2026-001"),
    Case("edit in a commit of an older date", back_dated, "IMM101"),
)
