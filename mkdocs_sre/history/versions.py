"""Every version of every review, in the order of the commits, wherever its file stood."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_sre.history.cache import NO_REVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.history.past import Past
    from mkdocs_sre.history.reviews import Review, ReviewReader

MAX_CONFIGURATION = 1024 * 1024  # bytes of a `mkdocs.yml` that are searched
_DOCS_DIR = re.compile(rb"(?m)^docs_dir[ \t]*:[ \t]+[\"']?(?P<name>[^\s\"'#][^\"'#\r\n]*?)[\"']?[ \t]*(?:#.*)?\r?$")


@dataclass(frozen=True, slots=True)
class ReviewVersion:
    """A review as one commit left it: its id as written, the file (from the top), and its id in git's store."""

    id: str
    commit: str
    path: str
    blob: str
    digest: str
    final: bool


@dataclass
class Versions:
    """The versions of each review by its id in lower case, oldest first; the commits that took one away; where it moved.

    A removal is a commit and a path, a move two paths.
    """

    of: dict[str, list[ReviewVersion]] = field(default_factory=dict)
    removals: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    moves: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def places(self, key: str, path: str) -> frozenset[str]:
        """Return where a review stood that stood at a path once: there, and where it was moved to and from."""
        found, moves = {path}, self.moves.get(key, [])
        while new := {end for move in moves if found & {*move} for end in move} - found:
            found |= new
        return frozenset(found)


class Places:
    """Where pages stood: in the docs folder as it is called now, and in those that it was moved from.

    `configuration` is the path of `mkdocs.yml` from the top, whose versions tell what the folder was called.
    """

    def __init__(self, past: Past, reader: ReviewReader, configuration: str | None = None) -> None:
        self.docs = past.repository.docs
        self.former_docs = set(_stated(past, configuration)) - {self.docs} if configuration is not None else set()
        self._former_folders: dict[str, str] = {}
        for step in past.commits.steps.values():
            left = {change.before: change.path for change in step.changes if change.before and not change.now}
            for change in step.changes if left else ():
                if not change.before and change.now in left and past.facts.get(change.now, NO_REVIEW).digest:
                    self._learn(left[change.now], change.path, reader, typed="type" in past.facts[change.now].values)
        self._prefixes = (self.docs, *sorted(self.former_docs))

    def _learn(self, before: str, now: str, reader: ReviewReader, *, typed: bool) -> None:
        """Learn from a file that a commit moved what else was moved with it."""
        if not now.startswith(self.docs):
            return
        inside = now[len(self.docs) :]
        if before.endswith(f"/{inside}"):
            self.former_docs.add(before[: -len(inside)])
        if not typed and reader.pattern(inside) is not None:
            self._former_folders.setdefault(posixpath.dirname(before), posixpath.dirname(inside))

    def inside(self, path: str) -> str | None:
        """Return a path relative to the docs folder, as the settings of today know it; None outside of all of them."""
        folder, name = posixpath.split(path)
        for prefix in self._prefixes:
            if path.startswith(prefix):
                return path[len(prefix) :]
        moved = self._former_folders.get(folder)
        return posixpath.join(moved, name) if moved is not None else None

    def belongs(self, path: str) -> bool:
        """Whether a file stood in the docs folder, whatever that was called."""
        return path.startswith(self._prefixes)


def _stated(past: Past, configuration: str) -> Iterator[str]:
    """Yield the docs folders that the versions of the configuration name; a line that says it otherwise is passed over."""
    folder = posixpath.dirname(configuration)
    for _, change in past.changes.get(configuration, ()):
        data = past.data.get(change.now) if change.now else None
        if data is not None:
            match = _DOCS_DIR.search(data[:MAX_CONFIGURATION])
            name = match["name"].decode("utf-8", "replace") if match is not None else "docs"
            inside = posixpath.normpath(posixpath.join(folder, name))
            if not inside.startswith(("..", "/")) and inside != ".":
                yield f"{inside}/"


def review_versions(past: Past, reader: ReviewReader, places: Places) -> Versions:
    """Return every version of every review that stood in the docs folder, that came from elsewhere or went there.

    What stands elsewhere under the same id, such as the example of a test, is another document: a review moves in one
    commit, in which it leaves one place and comes to another.
    """
    told = _Told(past, reader, places)
    for commit in past.commits.order:
        told.take(commit)
    own = {(path, key) for path, key in told.seen if places.belongs(path)}
    left = told.moves
    while moved := [pair for pair in left if (pair[0] in own) != (pair[1] in own)]:
        own |= {end for pair in moved for end in pair}
        left = [pair for pair in left if pair not in moved]
    found = Versions()
    for key, versions in told.versions.items():
        kept = [one for one in versions if (one.path, key) in own]
        if kept:
            found.of[key] = kept
            found.removals[key] = told.removals.get(key, [])
    for (before, key), (now, _) in told.moves:
        found.moves.setdefault(key, []).append((before, now))
    return found


class _Told:
    """What the commits tell one by one: versions of reviews, where they left, and what moved from where to where."""

    def __init__(self, past: Past, reader: ReviewReader, places: Places) -> None:
        self.past, self.reader, self.places = past, reader, places
        self.versions: dict[str, list[ReviewVersion]] = defaultdict(list)
        self.removals: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.seen: set[tuple[str, str]] = set()
        self.moves: list[tuple[tuple[str, str], tuple[str, str]]] = []
        self._known: dict[tuple[str, str], Review | None] = {}

    def take(self, commit: str) -> None:
        came: dict[str, list[str]] = defaultdict(list)
        left: dict[str, list[str]] = defaultdict(list)
        for change in dict.fromkeys(self.past.commits.steps[commit].changes):
            now, before = self.review(change.path, change.now), self.review(change.path, change.before)
            if now is not None:
                digest = self.past.facts[change.now].digest
                version = ReviewVersion(now.id, commit, change.path, change.now, digest, now.final)
                versions = self.versions[now.key]
                if change.path not in came[now.key] or version not in versions[-len(came[now.key]) :]:
                    versions.append(version)
                came[now.key].append(change.path)
                self.seen.add((change.path, now.key))
            if before is not None and (now is None or now.key != before.key):
                left[before.key].append(change.path)
        for key, paths in left.items():
            self.moves += [((path, key), (other, key)) for path in paths for other in came.get(key, ())]
            if key not in came:
                self.removals[key] += [(commit, path) for path in paths]

    def review(self, path: str, blob: str) -> Review | None:
        facts = self.past.facts.get(blob, NO_REVIEW)
        if not facts.digest:
            return None
        if (path, blob) not in self._known:
            inside = self.places.inside(path) if self.reader.knows_folders else None
            self._known[path, blob] = self.reader.review(inside, facts.values)
        return self._known[path, blob]
