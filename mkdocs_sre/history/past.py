"""The past of a site as git has it: its commits, the reviews in each, and the bytes that somebody asks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from mkdocs_sre import __version__
from mkdocs_sre.history.cache import NO_REVIEW, BlobFacts, Kept, cache_file, load_kept, save_kept
from mkdocs_sre.history.canonical import digest
from mkdocs_sre.history.commits import Commits, LogError, read_commits
from mkdocs_sre.history.git import objects
from mkdocs_sre.history.outline import exact_outline, outline
from mkdocs_sre.history.repository import Repository, Unreadable
from mkdocs_sre.reading.folder import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from mkdocs_sre.history.commits import Change, Step
    from mkdocs_sre.history.reviews import ReviewReader

FORMAT = "1"  # of what is kept between runs
PAGES = tuple(f"*{ending}" for ending in ENDINGS)
MISSING = Unreadable(
    "files of its history are missing, as in a partial clone", "clone the repository without `--filter`"
)


@dataclass(eq=False)
class Past:
    """All that git has told of a site.

    `facts` are those of every page that ever was, by its id in git's store; `data` holds the bytes of the files that
    were asked for. `lacks` says why what is told is not the whole.
    """

    repository: Repository
    commits: Commits
    facts: dict[str, BlobFacts]
    data: dict[str, bytes | None] = field(default_factory=dict)
    lacks: Unreadable | None = None

    @cached_property
    def changes(self) -> Mapping[str, Sequence[tuple[str, Change]]]:
        """The changes of each file, oldest first, each with its commit; told once where several parents tell the same."""
        found: dict[str, list[tuple[str, Change]]] = defaultdict(list)
        for one in self.commits.order:
            for change in self.commits.steps[one].changes:
                found[change.path].append((one, change))
        return found

    def ask(self, names: Iterable[str]) -> None:
        """Read the bytes of these files of git's store, by one process, unless they are known."""
        wanted = [name for name in dict.fromkeys(names) if name and name not in self.data]
        self.data.update(objects(self.repository.top, wanted))

    def make_exact(self, names: Iterable[str], reader: ReviewReader) -> None:
        """Read the front matter of these files as a whole, whose single lines were believed so far."""
        doubtful = [name for name in dict.fromkeys(names) if not self.facts[name].exact]
        self.ask(doubtful)
        for name in doubtful:
            data = self.data[name]
            if data is not None:
                told = exact_outline(data, reader.keys)
                self.facts[name] = BlobFacts(told.values, digest=self.facts[name].digest, exact=True)


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of the past is asked for.

    `patterns` are git's pathspecs for files beside the pages; `wanted` are paths (from the top) of which the bytes of
    every version are read. With `first_parent` only the main line of commits counts.
    """

    patterns: Collection[str] = ()
    wanted: Collection[str] = ()
    first_parent: bool = False


def read_past(repository: Repository, reader: ReviewReader, folder: Path, scope: Scope) -> Past | Unreadable:
    """Return the past of a site, by two processes at most; why it cannot be read, otherwise.

    `folder` is that of the configuration, below which what was read is kept.
    """
    first_parent = scope.first_parent
    file = None if repository.lacks else cache_file(folder)
    own = repository.path_of(file) if file is not None else None
    pathspecs = (*PAGES, *sorted(scope.patterns), *((f":(literal){own}",) if own is not None else ()))
    fingerprint = _fingerprint(reader, pathspecs, first_parent=first_parent)
    kept = load_kept(file, fingerprint)
    try:
        steps, new = _steps(repository, kept, pathspecs, first_parent=first_parent)
        if any(change.path == own for step in new.values() for change in step.changes):
            kept = Kept()  # a commit brought it, and whoever makes commits may not say what is in them
            steps = new if new is steps else _steps(repository, kept, pathspecs, first_parent=first_parent)[0]
    except LogError as error:
        return Unreadable(f"git cannot tell the history: {error}", "see what `git log` says there")
    past = Past(repository, Commits(repository.head, steps), kept.blobs, lacks=repository.lacks)
    read = _read_blobs(past, reader, set(scope.wanted))
    if file is not None and (read or kept.head != repository.head):
        save_kept(file, fingerprint, Kept(repository.head, steps, past.facts))
    return past


def _fingerprint(reader: ReviewReader, pathspecs: Sequence[str], *, first_parent: bool) -> str:
    parts = (FORMAT, __version__, reader.word, repr(sorted(reader.keys)), repr(pathspecs), repr(first_parent))
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _steps(
    repository: Repository, kept: Kept, pathspecs: Sequence[str], *, first_parent: bool
) -> tuple[dict[str, Step], dict[str, Step]]:
    """Return the steps that lead to the present commit, and those of them that were read just now. Raises LogError."""
    head = repository.head
    if kept.head == head and head in kept.steps:
        return kept.steps, {}
    if kept.head:
        try:
            new = read_commits(repository.top, head, pathspecs, first_parent=first_parent, without=kept.head)
        except LogError:
            new = {}  # what it was kept for is gone from the store
        steps = _reachable(head, {**kept.steps, **new}, first_parent=first_parent)
        if steps is not None:
            return steps, new
    steps = read_commits(repository.top, head, pathspecs, first_parent=first_parent)
    if head not in steps or (repository.lacks is None and _reachable(head, steps, first_parent=first_parent) is None):
        raise LogError("its log breaks off")
    return steps, steps


def _reachable(head: str, steps: Mapping[str, Step], *, first_parent: bool) -> dict[str, Step] | None:
    """Return the steps that lead to a commit; None when one of them is not known."""
    found: dict[str, Step] = {}
    left = [head]
    while left:
        one = left.pop()
        if one in found:
            continue
        step = steps.get(one)
        if step is None:
            return None
        found[one] = step
        left += step.parents[:1] if first_parent else step.parents
    return found


def _read_blobs(past: Past, reader: ReviewReader, wanted: Collection[str]) -> bool:
    """Read what is not known of any page, and the bytes of every version of the wanted files; whether a page was read."""
    pages, kept = dict[str, None](), dict[str, None]()
    for step in past.commits.steps.values():
        for path, before, now in step.changes:
            if now and now not in past.facts and path.endswith(ENDINGS):
                pages[now] = None
            if path in wanted:
                kept |= dict.fromkeys(name for name in (before, now) if name)
    for name, data in objects(past.repository.top, [*pages, *(name for name in kept if name not in pages)]):
        if name in kept:
            past.data[name] = data
        if name in pages:
            if data is None:
                past.lacks = past.lacks or MISSING
            else:
                past.facts[name] = _facts(data, reader)
    return bool(pages)


def _facts(data: bytes, reader: ReviewReader) -> BlobFacts:
    told = outline(data, reader.keys, reader.word)
    if not reader.may_be_review(told):
        return NO_REVIEW
    return BlobFacts(told.values, told.exact, digest(data))
