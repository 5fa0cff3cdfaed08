"""What proves that a review is as it was: its record in git's history, and its seal."""

from __future__ import annotations

import hashlib
import posixpath
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.history.attachments import POINTER
from mkdocs_sre.history.canonical import digest, raw_digest
from mkdocs_sre.history.records import Remembered, remembered, sealed_in, version_at
from mkdocs_sre.history.seals import SealedState, Seals, expected
from mkdocs_sre.history.versions import Places, Versions, review_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mkdocs_sre.history.attachments import Attachment
    from mkdocs_sre.history.past import Past
    from mkdocs_sre.history.remembered import Commit
    from mkdocs_sre.history.repository import Unreadable
    from mkdocs_sre.history.reviews import ReviewReader
    from mkdocs_sre.history.shown import Hidden, Shown
    from mkdocs_sre.history.versions import ReviewVersion
    from mkdocs_sre.settings import HistoryOptions


@dataclass(eq=False)
class GitEvidence:
    """What the commits prove.

    `lock` is the file of seals from the top; None when it lies outside of the repository. `snippets` are the folders of
    snippets, and `configuration` is `mkdocs.yml`, from the top too.
    """

    past: Past
    reader: ReviewReader
    options: HistoryOptions
    lock: str | None = None
    snippets: tuple[str, ...] = ()
    configuration: str | None = None

    @cached_property
    def places(self) -> Places:
        """Where pages stood."""
        return Places(self.past, self.reader, self.configuration)

    @cached_property
    def versions(self) -> Versions:
        """Every version of every review."""
        return review_versions(self.past, self.reader, self.places)

    @cached_property
    def records(self) -> Mapping[str, Remembered]:
        """The record of each review that was final, by its id in lower case."""
        made = ((key, self._record(key)) for key in self.versions.of)
        return {key: record for key, record in made if record is not None}

    def _record(self, key: str) -> Remembered | None:
        since = self.since(key)
        if self.options.since != "root" and since is None:
            return None
        return remembered(key, self.versions, self.past.commits, since)

    def since(self, key: str) -> str | None:
        """Return the commit from which a review is protected; None for all of them, or for none when seals decide."""
        if self.options.since == "root":
            return None
        return self.sealed_in.get(key) if self.options.since == "seal" else self.named_commit

    @cached_property
    def named_commit(self) -> str | None:
        """The commit that the option `since` names; None when none that led here has such an id."""
        return next((one for one in self.past.commits.order if one.startswith(self.options.since)), None)

    @cached_property
    def _sealed(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        return sealed_in(self.past, self.lock)

    @property
    def sealed_in(self) -> Mapping[str, str]:
        """The commit that first sealed each review, by its id in lower case."""
        return self._sealed[0]

    @property
    def lines(self) -> Mapping[str, str]:
        """The commit that first held each line of the file of seals."""
        return self._sealed[1]

    def commit(self, identifier: str) -> Commit:
        """Return a commit as people are told of it."""
        return self.past.commits.commit(identifier)

    def is_in_head(self, path: str) -> bool:
        """Whether the last commit holds a file."""
        changes = self.past.changes.get(path, ())
        return bool(changes) and bool(changes[-1][1].now)

    def look_closer(self, keys: Collection[str], further: Iterable[str]) -> None:
        """Read the front matter of these reviews as a whole, and `further` files of git's store, by one process."""
        blobs = [version.blob for key in keys for version in self.versions.of.get(key, ())]
        doubtful = [blob for blob in blobs if not self.past.facts[blob].exact]
        records = [self.records[key].version.blob for key in keys if key in self.records]
        self.past.ask([*doubtful, *records, *further])
        if doubtful:
            self.past.make_exact(doubtful, self.reader)
            for name in ("places", "versions", "records"):
                self.__dict__.pop(name, None)

    def attachment_then(self, record: Remembered, attachment: Attachment) -> str:
        """Return the id in git's store that an attachment had when its review became final; empty when it had none."""
        return version_at(self.past, self._where(record, attachment), record.start)

    def _where(self, record: Remembered, attachment: Attachment) -> Iterable[str]:
        """Yield where an attachment may have stood then: beside the review, among the snippets, or where it is now."""
        reference = attachment.reference
        if reference.startswith("/"):
            yield f"{self.past.repository.docs}{reference[1:]}"
        else:
            yield posixpath.normpath(posixpath.join(posixpath.dirname(record.version.path), reference))
            for folder in self.snippets:
                yield posixpath.normpath(posixpath.join(folder, reference))
        now = self.past.repository.path_of(attachment.file) if attachment.file is not None else None
        if now is not None:
            yield now

    def was_so(self, blob: str, attachment: Attachment) -> bool:
        """Whether an attachment is what a file of git's store holds; line ends of text and pointers of LFS aside."""
        data = self.past.data.get(blob)
        if data is None:
            return False
        if data.startswith(POINTER):
            return f"oid sha256:{raw_digest(_bytes(attachment)).rpartition(':')[2]}\n".encode() in data
        return (digest(data) if attachment.text else raw_digest(data)) == attachment.digest

    def has_id(self, blob: str, attachment: Attachment) -> bool:
        """Whether the bytes of an attachment have this id in git's store."""
        data = _bytes(attachment)
        made = hashlib.new(self.past.repository.hash_name, b"blob %d\0" % len(data) + data, usedforsecurity=False)
        return made.hexdigest() == blob


def _bytes(attachment: Attachment) -> bytes:
    try:
        return attachment.file.read_bytes() if attachment.file is not None else b""
    except OSError:
        return b""


@dataclass(eq=False)
class Evidence:
    """Everything that can be asked: the reviews as they are, git's evidence (or why there is none), and the seals.

    `mode` names the evidences that count. `lock` is how findings name the file of seals.
    """

    shown: Mapping[str, Sequence[Shown]]
    hidden: Mapping[str, Hidden]
    git: GitEvidence | None
    unreadable: Unreadable | None
    seals: Seals
    lock: str
    mode: str = "both"
    nested: frozenset[str] = field(default_factory=frozenset)

    @property
    def history(self) -> GitEvidence | None:
        """Git's evidence, when it counts."""
        return self.git if self.mode != "seal" else None

    @property
    def sealing(self) -> bool:
        """Whether seals count, and there are any."""
        return self.mode != "history" and self.seals.exists

    def record(self, key: str) -> Remembered | None:
        """Return the record of a review in history, when that counts."""
        return self.history.records.get(key) if self.history is not None else None

    def standing(self, key: str) -> ReviewVersion | None:
        """Return the version in history that a review must be now, by its seal or else its record; None when git has none."""
        history = self.history
        if history is None:
            return None
        record = history.records.get(key)
        state = expected(self.seals, key) if self.sealing or self.seals.applied.get(key) else None
        if record is not None and (state is None or state.digest == record.version.digest):
            return replace(record.version, commit=record.start)
        versions = history.versions.of.get(key, ()) if state is not None else ()
        return next((one for one in versions if state is not None and one.digest == state.digest), None)

    @property
    def is_below(self) -> bool:
        """Whether the site lies in a folder below the top of its repository."""
        return self.git is not None and bool(posixpath.dirname(self.git.lock or ""))

    def seal(self, key: str) -> SealedState | None:
        """Return what a review must be by its seal, when seals count."""
        return expected(self.seals, key) if self.sealing else None


def by_key(shown: Iterable[Shown]) -> Mapping[str, Sequence[Shown]]:
    """Return the reviews by their id in lower case."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for one in shown:
        found[one.key].append(one)
    return dict(found)
