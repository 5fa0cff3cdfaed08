"""What must be caught: reviews that are gone, hidden, doubled or linked away, and what belongs to them."""

from __future__ import annotations

import shutil

from tests.history.cases import Case, in_three_ways
from tests.history.edits import DIGIT, THIRD, finalised
from tests.history.repositories import Repository
from tests.history.site import CONFIGURATION, DRAFTED, EXCLUDED, IMAGE, MKDOCS, PNG, REVIEW, REVIEWS, SNIPPET, review


def deleted(repository: Repository) -> None:
    repository.delete(REVIEW)


def moved_out_and_edited(repository: Repository) -> None:
    repository.move(REVIEW, "archive/queue.md")
    repository.edit("archive/queue.md", *DIGIT)
    repository.commit()


def moved_out(repository: Repository) -> None:
    repository.move(REVIEW, "archive/queue.md")
    repository.commit()


def deleted_and_created_again(repository: Repository) -> None:
    data = repository.read(REVIEW)
    repository.delete(REVIEW)
    repository.commit()
    repository.write(REVIEW, data.replace(DIGIT[0].encode(), DIGIT[1].encode()))
    repository.commit()


def linked_to_a_copy(repository: Repository) -> None:
    """Let an edited text beside the pages stand in for the review."""
    repository.write("docs/queue.txt", repository.read(REVIEW).replace(DIGIT[0].encode(), DIGIT[1].encode()))
    linked(repository, "../../queue.txt")


def linked_out(repository: Repository) -> None:
    """Let the same text outside of the docs folder stand in for the review."""
    repository.write("copies/queue.md", repository.read(REVIEW))
    linked(repository, "../../../copies/queue.md")


def linked(repository: Repository, target: str) -> None:
    repository.delete(REVIEW)
    repository.file(REVIEW).symlink_to(target)
    assert repository.file(REVIEW).is_file()
    repository.commit()
    assert repository.git("ls-files", "--stage", REVIEW).startswith("120000")


def duplicated(repository: Repository) -> None:
    repository.write(f"{REVIEWS}/copy.md", repository.read(REVIEW))
    repository.commit()


def duplicated_and_edited(repository: Repository) -> None:
    duplicated(repository)
    repository.edit(f"{REVIEWS}/copy.md", *DIGIT)
    repository.commit()


def draft_beside(repository: Repository) -> None:
    """Put a draft with the id of the final review beside it."""
    repository.write(f"{REVIEWS}/PIR-2026-001-draft.md", review("PIR-2026-001", "draft"))
    repository.commit()


def image(repository: Repository) -> None:
    repository.write(IMAGE, repository.read(IMAGE) + b"\0")


def snippet(repository: Repository) -> None:
    repository.edit(SNIPPET, "#shop", "#sales")


def image_deleted(repository: Repository) -> None:
    repository.delete(IMAGE)
    repository.commit()


def snippet_deleted(repository: Repository) -> None:
    repository.delete(SNIPPET)
    repository.commit()


def image_linked_elsewhere(repository: Repository) -> None:
    repository.write(f"{REVIEWS}/img/other.png", repository.read(IMAGE) + b"\0")
    repository.delete(IMAGE)
    repository.file(IMAGE).symlink_to("other.png")
    repository.commit()


def nested_snippet(repository: Repository) -> None:
    """Change a snippet that a snippet includes."""
    repository.write("snippets/phones.md", "Call 112.\n")
    repository.write("snippets/desk.md", '--8<-- "phones.md"\n')
    finalised(repository, review(THIRD).replace("## Lessons", '--8<-- "desk.md"\n\n## Lessons'))
    repository.write("snippets/phones.md", "Call 911.\n")
    repository.commit()


def image_in_html(repository: Repository) -> None:
    repository.write(f"{REVIEWS}/img/html.png", PNG)
    finalised(repository, review(THIRD).replace("## Lessons", '<img src="../img/html.png" alt="x">\n\n## Lessons'))
    repository.write(f"{REVIEWS}/img/html.png", PNG + b"\0")
    repository.commit()


def snippet_shadowed(repository: Repository) -> None:
    """Put another snippet of the same name where it is looked for first."""
    repository.write("first/contacts.md", "The shop's desk is #sales.\n")
    repository.write(CONFIGURATION, MKDOCS.replace("[snippets]", "[first, snippets]"))
    repository.commit()


def other_docs_folder(repository: Repository) -> None:
    """Show another folder that has everything but the review."""
    shutil.copytree(repository.file("docs"), repository.file("handbook"))
    repository.delete("handbook/reliability/pirs/PIR-2026-001.md")
    repository.write(CONFIGURATION, MKDOCS + "docs_dir: handbook\n")
    repository.commit()


def docs_folder_renamed_without_it(repository: Repository) -> None:
    repository.move("docs", "handbook")
    repository.delete("handbook/reliability/pirs/PIR-2026-001.md")
    repository.write(CONFIGURATION, MKDOCS + "docs_dir: handbook\n")
    repository.commit()


def excluded(repository: Repository) -> None:
    repository.write(CONFIGURATION, EXCLUDED)
    repository.commit()


def drafted(repository: Repository) -> None:
    repository.write(CONFIGURATION, DRAFTED)
    repository.commit()


def hidden_by_its_name(repository: Repository) -> None:
    repository.move(REVIEW, f"{REVIEWS}/.PIR-2026-001.md")
    repository.commit()


REMOVALS = (
    *in_three_ways("deleted", deleted, "IMM103"),
    Case("moved out of the docs folder and edited", moved_out_and_edited, "IMM103"),
    Case("moved out of the docs folder", moved_out, "IMM103"),
    Case("deleted and created again, edited", deleted_and_created_again, "IMM101"),
    Case("symbolic link to an edited copy", linked_to_a_copy, "IMM101"),
    Case("symbolic link out of the docs folder", linked_out, "IMM103"),
    Case("id duplicated", duplicated, "IMM106"),
    Case("id duplicated, the copy edited", duplicated_and_edited, "IMM106"),
    Case("look-alike draft beside it", draft_beside, "IMM106"),
    *in_three_ways("image changed", image, "IMM105"),
    *in_three_ways("snippet changed", snippet, "IMM105"),
    Case("image deleted", image_deleted, "IMM105"),
    Case("snippet deleted", snippet_deleted, "IMM105"),
    Case("image made a symbolic link to another", image_linked_elsewhere, "IMM105"),
    Case("snippet of a snippet changed", nested_snippet, "IMM105", about=THIRD),
    Case("image in HTML changed", image_in_html, "IMM105", about=THIRD),
    Case("snippet shadowed by another", snippet_shadowed, "IMM105"),
    Case("docs_dir changed to a copy without it", other_docs_folder, "IMM103"),
    Case("docs folder renamed, without it", docs_folder_renamed_without_it, "IMM103"),
    Case("hidden by exclude_docs", excluded, "IMM103"),
    Case("hidden by draft_docs", drafted, "IMM103"),
    Case("hidden by a leading dot", hidden_by_its_name, "IMM103"),
)
