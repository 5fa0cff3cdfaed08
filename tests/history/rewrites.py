"""What must be caught: merges, rewritten histories, tampered seals, and what hides an edit from git."""

from __future__ import annotations

from mkdocs_sre.history.canonical import raw_digest
from tests.history.cases import Case
from tests.history.edits import DIGIT, THIRD, body, finalised
from tests.history.repositories import Repository, build_site, new_repository
from tests.history.site import DRAFT, IMAGE, INDEX, LOCK, PNG, REVIEW, review


def parents(repository: Repository) -> int:
    return len(repository.git("rev-list", "--parents", "-1", "HEAD").split()) - 1


def evil_merge(repository: Repository) -> None:
    """Edit the review in the merge itself: neither side has touched it."""
    repository.on_branch("side")
    repository.write(INDEX, "# Shop\n\nNew words.\n")
    repository.commit()
    repository.switch("main")
    repository.merge("side", "--no-commit")
    body(repository)
    repository.commit()
    assert parents(repository) == 2


def side_branch(repository: Repository) -> None:
    repository.on_branch("side")
    body(repository)
    repository.commit()
    repository.switch("main")
    repository.write(INDEX, "# Shop\n\nNew words.\n")
    repository.commit()
    repository.merge("side")
    assert parents(repository) == 2


def octopus(repository: Repository) -> None:
    """Bring an edit in with a merge of three branches at once."""
    for name in ("one", "two"):
        repository.on_branch(name, "main")
        repository.write(f"docs/{name}.md", f"# {name}\n")
        repository.commit()
    repository.on_branch("three", "main")
    body(repository)
    repository.commit()
    repository.switch("main")
    repository.commits += 1
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "one", "two", "three")
    assert parents(repository) == 4


def stale_draft(repository: Repository) -> None:
    """Merge a branch that still writes on the draft, and take its side in the conflict."""
    repository.on_branch("late", "drafts")
    repository.edit(REVIEW, "Orders waited\nstatus: draft", "Orders were late\nstatus: draft")
    repository.commit()
    repository.switch("main")
    repository.merge("late", fails=True)
    assert "UU" in repository.git("status", "--porcelain", REVIEW)
    repository.git("checkout", "--theirs", "--", REVIEW)
    repository.commit()
    assert parents(repository) == 2


def ours(repository: Repository) -> None:
    """Merge a branch that made a review final, and keep nothing of it."""
    repository.on_branch("finals")
    finalised(repository, review(THIRD))
    repository.switch("main")
    repository.merge("finals", "--strategy=ours")
    assert b"status: draft" in repository.read(DRAFT)


def foxtrot(repository: Repository) -> None:
    """Merge the main line into an older branch, keep that one's draft, and make the outcome the main line."""
    repository.on_branch("mine", "drafts")
    repository.write(INDEX, "# Shop\n\nMy words.\n")
    repository.commit()
    repository.merge("main", "--no-commit")
    repository.git("checkout", "drafts", "--", REVIEW)
    repository.commit()
    repository.git("branch", "--force", "main", "mine")
    repository.switch("main")
    assert "Two reviews are final" not in repository.git("log", "--first-parent", "--format=%s")


def parallel_finals(repository: Repository) -> None:
    """Finish one draft differently on two branches, and take one of the two texts in the conflict."""
    repository.on_branch("mine")
    repository.write(DRAFT, review(THIRD).replace(*DIGIT))
    repository.commit()
    repository.switch("main")
    finalised(repository, review(THIRD).replace("590 orders", "610 orders"))
    repository.merge("mine", fails=True)
    repository.git("checkout", "--ours", "--", DRAFT)
    repository.commit()
    assert parents(repository) == 2


def parallel_finals_merged(repository: Repository) -> None:
    """Finish one draft differently on two branches, and let git merge the two texts without a word."""
    repository.on_branch("mine")
    repository.write(DRAFT, review(THIRD).replace(*DIGIT))
    repository.commit()
    repository.switch("main")
    repository.write(DRAFT, review(THIRD))
    repository.commit()
    repository.merge("mine")
    assert DIGIT[1].encode() in repository.read(DRAFT)


def amended(repository: Repository) -> Repository:
    """Finish and seal a review, edit it with `commit --amend`, force it upon the remote, clone that one anew."""
    remote = new_repository(repository.root.parent / "remote")
    remote.git("config", "receive.denyCurrentBranch", "ignore")
    repository.git("remote", "add", "origin", remote.root.as_uri())
    repository.write(DRAFT, review(THIRD))
    repository.commit("Final")
    repository.seal()
    repository.commit("Sealed")
    repository.git("push", "--quiet", "origin", "main")
    repository.git("reset", "--quiet", "--soft", "HEAD~2")
    repository.edit(DRAFT, *DIGIT)
    repository.commit("Final")
    repository.git("push", "--quiet", "--force", "origin", "main")
    clone = remote.clone("clone")
    assert clone.git("log", "--all", "--format=%s").split("\n").count("Final") == 1
    assert DIGIT[1] in clone.git("show", f"HEAD:{DRAFT}")
    return clone


def sealed_again(repository: Repository) -> None:
    """Edit the review and replace its seal in one commit."""
    body(repository)
    lines = repository.read(LOCK).splitlines(keepends=True)
    repository.write(LOCK, b"".join(line for line in lines if b" PIR-2026-001 " not in line))
    forge_seal(repository)
    repository.commit()


def forge_seal(repository: Repository) -> None:
    """Write the seal that an unknowing `seal` would write: made where nothing of the history is there."""
    forge = new_repository(repository.root.parent / "forge")
    for path in repository.git("ls-files", "-z", "--cached", "--others").split("\0")[:-1]:
        if repository.file(path).is_file() and path != LOCK:
            forge.write(path, repository.read(path))
    forge.commit()
    forge.seal()
    repository.write(LOCK, forge.read(LOCK))


def second_seal(repository: Repository) -> None:
    """Edit the review and write a second seal for it behind the first."""
    first = repository.read(LOCK)
    body(repository)
    forge_seal(repository)
    (forged,) = set(repository.read(LOCK).splitlines(keepends=True)) - set(first.splitlines(keepends=True))
    repository.write(LOCK, first + forged)
    repository.commit()


def seal_line_dropped(repository: Repository) -> None:
    lines = repository.read(LOCK).splitlines(keepends=True)
    kept = [line for line in lines if b" PIR-2026-001 " not in line]
    assert len(kept) == len(lines) - 1
    repository.write(LOCK, b"".join(kept))
    repository.commit()


def seals_dropped(repository: Repository) -> None:
    repository.delete(LOCK)
    repository.commit()


def seal_line_garbled(repository: Repository) -> None:
    repository.edit(LOCK, "seal PIR-2026-001 v1:sha256:", "seal PIR-2026-001 v1:sha256:x")
    repository.commit()


def attachment_sealed_again(repository: Repository) -> None:
    """Change the image and its digest in the seal."""
    repository.write(IMAGE, repository.read(IMAGE) + b"\0")
    digests = (raw_digest(data) for data in (PNG, repository.read(IMAGE)))
    repository.edit(LOCK, *digests)
    repository.commit()


def final_without_seal(repository: Repository) -> None:
    repository.write(DRAFT, review(THIRD))
    repository.commit()


def shallow_with_an_edit(repository: Repository) -> Repository:
    body(repository)
    repository.commit()
    clone = repository.clone("clone", "--depth=1")
    assert clone.git("rev-parse", "--is-shallow-repository").strip() == "true"
    return clone


def tarball_with_an_edit(repository: Repository) -> Repository:
    body(repository)
    repository.commit()
    return repository.exported("export")


def replaced_blob(repository: Repository) -> None:
    """Let git show the edited text in the commit that made the review final."""
    body(repository)
    repository.commit()
    repository.git("replace", repository.head(f"final:{REVIEW}"), repository.head(f"HEAD:{REVIEW}"))
    assert DIGIT[1] in repository.git("show", f"final:{REVIEW}")


def replaced_commit(repository: Repository) -> None:
    """Let git show a commit in place of the last, with the edit and without a past."""
    body(repository)
    repository.commit()
    tree = repository.head("HEAD^{tree}")
    repository.git("replace", repository.head(), repository.git("commit-tree", "-m", "x", tree).strip())
    assert repository.git("rev-list", "--count", "HEAD").strip() == "1"


def grafted(repository: Repository) -> None:
    body(repository)
    repository.commit()
    info = repository.root / ".git/info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(f"{repository.head()}\n", encoding="ascii")
    assert repository.git("rev-list", "--count", "HEAD").strip() == "1"


def flagged(flag: str) -> Case:
    def steps(repository: Repository) -> None:
        repository.git("update-index", f"--{flag}", REVIEW)
        body(repository)
        assert repository.git("status", "--porcelain") == ""

    return Case(flag, steps, "IMM101")


def smudged(repository: Repository) -> None:
    """Let a filter change the file on its way out of git, and back on its way in."""
    repository.write(".gitattributes", "*.md filter=lie\n")
    repository.commit()
    repository.git("config", "filter.lie.smudge", "sed s/590/550/")
    repository.git("config", "filter.lie.clean", "sed s/550/590/")
    repository.delete(REVIEW)
    repository.git("checkout", "--", REVIEW)
    assert DIGIT[1].encode() in repository.read(REVIEW)
    assert repository.git("status", "--porcelain") == ""


def in_a_worktree(repository: Repository) -> Repository:
    target = repository.root.parent / "second"
    repository.git("worktree", "add", "--quiet", "-b", "second", str(target))
    second = Repository(target, repository.site, repository.commits)
    body(second)
    second.commit()
    return second


def in_a_monorepo(repository: Repository) -> Repository:
    site = build_site(new_repository(repository.root.parent / "mono", "sites/shop"))
    body(site)
    site.commit()
    return site


NO_EDIT = "the review is as it was, which is all that history looks at"
ALONE = "without its past, history alone cannot tell"
REWRITES = (
    Case("evil merge", evil_merge, "IMM101"),
    Case("edit on a merged side branch", side_branch, "IMM101"),
    Case("edit in an octopus merge", octopus, "IMM101"),
    Case("stale draft taken in a conflict", stale_draft, "IMM102"),
    Case(
        "merge with `-s ours`",
        ours,
        "IMM102 IMM108",
        history="IMM102",
        seal="IMM108",
        why="the seal went with the branch, and with it what it says",
        about=THIRD,
    ),
    Case("foxtrot merge", foxtrot, "IMM102"),
    Case(
        "parallel finals that differ",
        parallel_finals,
        "IMM104",
        seal="",
        why="one of the two is sealed; of the other only history tells",
        about=THIRD,
    ),
    Case(
        "parallel finals that git merges",
        parallel_finals_merged,
        "IMM104 IMM107",
        history="IMM104",
        seal="IMM107",
        why="neither was ever sealed; that they differ only history tells",
        about=THIRD,
    ),
    Case(
        "amended and force-pushed",
        amended,
        "IMM101",
        history="",
        why="only the seal remembers",
        about=THIRD,
    ),
    Case(
        "edit and re-seal in one commit",
        sealed_again,
        "IMM101 IMM108",
        history="IMM101",
        seal="IMM108",
        why="the seal is forged, but its old line is missed",
    ),
    Case(
        "image changed and re-sealed",
        attachment_sealed_again,
        "IMM105 IMM108",
        history="IMM105",
        seal="IMM108",
        why="the seal is forged, but its old line is missed",
    ),
    Case(
        "edit and a second seal",
        second_seal,
        "IMM101 IMM104",
        history="IMM101",
        seal="IMM104",
        why="which seal was first, only history knows",
    ),
    Case("seal line dropped", seal_line_dropped, "IMM107 IMM108", history="", why=NO_EDIT),
    Case(
        "seals dropped",
        seals_dropped,
        "IMM108",
        history="",
        seal="IMM108 IMM201",
        why=f"{NO_EDIT}; without the file the seals alone prove nothing",
        about="PIR-2026-001 PIR-2026-002",
    ),
    Case("seal line garbled", seal_line_garbled, "IMM107 IMM108 IMM109", history="", why=NO_EDIT),
    Case("final without a seal", final_without_seal, "IMM107", history="", why=NO_EDIT, about=THIRD),
    Case(
        "shallow clone with an edit", shallow_with_an_edit, "IMM101 IMM303", history="IMM201", seal="IMM101", why=ALONE
    ),
    Case("tarball with an edit", tarball_with_an_edit, "IMM101 IMM303", history="IMM201", seal="IMM101", why=ALONE),
    Case("git replace, of the text", replaced_blob, "IMM101"),
    Case("git replace, of a commit", replaced_commit, "IMM101"),
    Case("grafts", grafted, "IMM101"),
    flagged("assume-unchanged"),
    flagged("skip-worktree"),
    Case("smudge filter", smudged, "IMM101"),
    Case("worktree", in_a_worktree, "IMM101"),
    Case("monorepo subfolder", in_a_monorepo, "IMM101"),
)
