"""What must stay clean."""

from __future__ import annotations

import os
import shutil

from tests.history.cases import Case
from tests.history.edits import DIGIT, body, finalised, site_moved
from tests.history.repositories import Repository
from tests.history.site import (
    CONFIGURATION,
    DRAFT,
    INDEX,
    LEDGER,
    LOCK,
    MKDOCS,
    OTHER,
    REVIEW,
    REVIEWS,
    SNIPPET,
    addendum,
    review,
)


def idle(repository: Repository) -> None:
    assert repository.git("status", "--porcelain") == ""


def crlf_checkout(repository: Repository) -> None:
    """Check everything out again as git does on Windows."""
    repository.git("config", "core.autocrlf", "true")
    shutil.rmtree(repository.file("docs"))
    for path in (SNIPPET, LOCK, CONFIGURATION):
        repository.delete(path)
    repository.git("checkout", "--", ".")
    assert b"\r\n" in repository.read(REVIEW)
    assert b"\r\n" in repository.read(LOCK)
    assert repository.git("status", "--porcelain") == ""


def crlf_commit(repository: Repository) -> None:
    for path in (REVIEW, SNIPPET, LOCK):
        repository.write(path, repository.read(path).replace(b"\n", b"\r\n"))
    repository.commit()
    assert b"\r\n" in repository.git("show", f"HEAD:{REVIEW}").encode()


def byte_order_mark(repository: Repository) -> None:
    for path in (REVIEW, SNIPPET):
        repository.write(path, b"\xef\xbb\xbf" + repository.read(path))
    repository.commit()


def renamed(repository: Repository) -> None:
    repository.move(REVIEW, f"{REVIEWS}/2026-02-24-queue.md")
    repository.commit()


def folder_moved(repository: Repository) -> None:
    repository.move(REVIEWS, "docs/incidents/2026")
    repository.commit()


def docs_folder_renamed(repository: Repository) -> None:
    repository.move("docs", "handbook")
    repository.write(CONFIGURATION, MKDOCS + "docs_dir: handbook\n")
    repository.commit()


def merged(repository: Repository) -> None:
    repository.on_branch("side")
    finalised(repository, review("PIR-2026-003"))
    repository.switch("main")
    repository.write(INDEX, "# Shop\n\nNew words.\n")
    repository.commit()
    repository.merge("side")


def rebased(repository: Repository) -> None:
    repository.on_branch("side")
    finalised(repository, review("PIR-2026-003"))
    repository.switch("main")
    repository.write(INDEX, "# Shop\n\nNew words.\n")
    repository.commit()
    repository.switch("side")
    repository.git("rebase", "--quiet", "main")
    repository.switch("main")
    repository.git("merge", "--quiet", "--ff-only", "side")


def theme_and_index(repository: Repository) -> None:
    repository.write(CONFIGURATION, MKDOCS.replace("name: mkdocs", "name: readthedocs"))
    repository.write(INDEX, "# Shop\n\nSee [the first](reliability/pirs/PIR-2026-001.md).\n")
    repository.commit()


def ledger(repository: Repository) -> None:
    repository.edit(LEDGER, "state: open", "state: done\n    done_on: 2026-03-02")
    repository.commit()


def sealed_again(repository: Repository) -> None:
    before = repository.read(LOCK)
    repository.seal()
    assert repository.read(LOCK) == before
    finalised(repository, review("PIR-2026-003"))
    assert set(before.splitlines()) < set(repository.read(LOCK).splitlines())


def cherry_picked(repository: Repository) -> None:
    """Pick the commit that makes a review final, then merge the branch it comes from."""
    repository.on_branch("side")
    repository.write(INDEX, "# Shop\n\nNew words.\n")
    repository.commit()
    finalised(repository, review("PIR-2026-003"))
    repository.switch("main")
    repository.write(SNIPPET + ".txt", "x\n")
    repository.commit()
    repository.commits += 1
    repository.git("cherry-pick", "side~1", "side")
    repository.merge("side")


def collected(repository: Repository) -> None:
    repository.git("pack-refs", "--all")
    repository.git("gc", "--quiet", "--aggressive", "--prune=now")
    repository.git("commit-graph", "write", "--reachable", "--changed-paths")
    assert list((repository.root / ".git/objects/pack").glob("*.pack"))


def shallow(repository: Repository) -> Repository:
    clone = repository.clone("clone", "--depth=1")
    assert clone.git("rev-list", "--count", "HEAD").strip() == "1"
    return clone


def tarball(repository: Repository) -> Repository:
    return repository.exported("export")


def touched(repository: Repository) -> None:
    for path in (REVIEW, OTHER, LOCK):
        os.utime(repository.file(path), (86_400, 86_400))


def executable(repository: Repository) -> None:
    repository.file(REVIEW).chmod(0o755)
    repository.commit()
    assert repository.git("ls-files", "--stage", REVIEW).startswith("100755")


def final_newline(more: bytes) -> Case:
    def steps(repository: Repository) -> None:
        for path in (REVIEW, SNIPPET):
            repository.write(path, repository.read(path).rstrip(b"\n") + more)
        repository.commit()

    return Case(f"final newline: {len(more) or 'none'}", steps, "")


def draft_lives(repository: Repository) -> None:
    new = f"{REVIEWS}/PIR-2026-004.md"
    repository.write(new, review("PIR-2026-004", "draft"))
    repository.commit()
    repository.edit(new, *DIGIT)
    repository.commit()
    repository.edit(new, "status: draft", "status: review")
    repository.commit()
    repository.move(new, f"{REVIEWS}/2026-02-24.md")
    repository.commit()
    repository.delete(f"{REVIEWS}/2026-02-24.md")
    repository.delete(DRAFT)
    repository.commit()


def amended_by_addendum(repository: Repository) -> None:
    repository.write(f"{REVIEWS}/ADD-2026-001-1.md", addendum("ADD-2026-001-1", "PIR-2026-001"))
    repository.commit()


def edited_and_reverted(repository: Repository) -> None:
    body(repository)
    repository.commit()
    repository.commits += 1
    repository.git("revert", "--no-edit", "HEAD")


def deleted_and_restored(repository: Repository) -> None:
    data = repository.read(REVIEW)
    repository.delete(REVIEW)
    repository.commit()
    repository.write(REVIEW, data)
    repository.commit()


def edited_in_the_work_tree_and_back(repository: Repository) -> None:
    data = repository.read(REVIEW)
    body(repository)
    repository.git("add", "--all")
    repository.write(REVIEW, data)


def in_a_worktree(repository: Repository) -> Repository:
    target = repository.root.parent / "second"
    repository.git("worktree", "add", "--quiet", "-b", "second", str(target))
    return Repository(target, repository.site, repository.commits)


def detached(repository: Repository) -> None:
    repository.switch(repository.head())
    assert repository.git("symbolic-ref", "--quiet", "HEAD", fails=True) == ""


def detached_at_the_draft(repository: Repository) -> None:
    """Look at the commit before everything was final: what comes later is not its past."""
    repository.switch(repository.head("drafts"))


def parallel_seals(repository: Repository) -> None:
    """Seal two reviews on two branches, and take the lines of both in the conflict."""
    new = f"{REVIEWS}/PIR-2026-004.md"
    repository.on_branch("side")
    repository.write(new, review("PIR-2026-004"))
    repository.seal()
    repository.commit()
    theirs = repository.read(LOCK).splitlines(keepends=True)
    repository.switch("main")
    finalised(repository, review("PIR-2026-003"))
    mine = repository.read(LOCK).splitlines(keepends=True)
    repository.merge("side", fails=True)
    repository.write(LOCK, b"".join([mine[0], *sorted({*mine[1:], *theirs[1:]})]))
    repository.commit()


def seals_merged_by_union(repository: Repository) -> None:
    """Let git's own union merge put the lines together, in whatever order."""
    repository.write(".gitattributes", f"{LOCK} merge=union\n")
    repository.commit()
    repository.on_branch("side")
    repository.write(f"{REVIEWS}/PIR-2026-004.md", review("PIR-2026-004"))
    repository.seal()
    repository.commit()
    repository.switch("main")
    finalised(repository, review("PIR-2026-003"))
    repository.merge("side")


def seals_of_a_conflict_mended(repository: Repository) -> None:
    """Commit the file of seals with the marks of a merge, and take them out again."""
    header, first, *rest = repository.read(LOCK).splitlines(keepends=True)
    marked = [header, b"<<<<<<< HEAD\n", first, b"=======\n", *rest, b">>>>>>> side\n"]
    repository.write(LOCK, b"".join(marked))
    repository.commit()
    repository.write(LOCK, b"".join([header, first, *rest]))
    repository.commit()


def copied_as_a_template(repository: Repository) -> None:
    text = repository.read(REVIEW).replace(b"id: PIR-2026-001", b"id: PIR-2026-004")
    repository.write(f"{REVIEWS}/PIR-2026-004.md", text.replace(b"status: final", b"status: draft"))
    repository.commit()


def unmerged_branch(repository: Repository) -> None:
    repository.on_branch("side")
    body(repository)
    repository.commit()
    repository.switch("main")
    assert DIGIT[1] in repository.git("show", f"side:{REVIEW}")


def notes_and_tags(repository: Repository) -> None:
    repository.git("notes", "add", "-m", "seen", "HEAD")
    repository.git("tag", "--annotate", "-m", "v1", "v1")
    repository.git("tag", "HEAD")


RESTORED = "IMM301"
CLEAN = (
    Case("idle", idle, ""),
    Case("CRLF checkout", crlf_checkout, ""),
    Case("CRLF commit", crlf_commit, ""),
    Case("byte order mark", byte_order_mark, ""),
    Case("rename", renamed, ""),
    Case("folder move", folder_moved, ""),
    Case("docs folder renamed", docs_folder_renamed, ""),
    Case("site moved into a subfolder", site_moved, ""),
    Case("merge", merged, ""),
    Case("rebase", rebased, ""),
    Case("theme and index changes", theme_and_index, ""),
    Case("the action ledger", ledger, ""),
    Case("re-seal", sealed_again, ""),
    Case("cherry-pick", cherry_picked, ""),
    Case("gc", collected, ""),
    Case("shallow clone with seals", shallow, "IMM303", history="IMM201", seal="", why="history alone cannot tell"),
    Case("tarball with seals", tarball, "IMM303", history="IMM201", seal="", why="history alone cannot tell"),
    Case("mtime", touched, ""),
    Case("executable bit", executable, ""),
    *(final_newline(more) for more in (b"", b"\n\n\n")),
    Case("a draft's life", draft_lives, ""),
    Case("an addendum", amended_by_addendum, ""),
    Case("edit and exact revert", edited_and_reverted, RESTORED, seal="", why="of the past only history tells"),
    Case("deletion and exact return", deleted_and_restored, RESTORED, seal="", why="of the past only history tells"),
    Case("edit that was only staged, and back", edited_in_the_work_tree_and_back, ""),
    Case("worktree", in_a_worktree, ""),
    Case("detached HEAD", detached, ""),
    Case("detached HEAD, before the final", detached_at_the_draft, ""),
    Case("parallel seals merged", parallel_seals, ""),
    Case("parallel seals merged by git's union", seals_merged_by_union, ""),
    Case("the marks of a merge in the seals, taken out", seals_of_a_conflict_mended, ""),
    Case("copy as a template with a new id", copied_as_a_template, ""),
    Case("an unmerged branch", unmerged_branch, ""),
    Case("notes and tags", notes_and_tags, ""),
)
