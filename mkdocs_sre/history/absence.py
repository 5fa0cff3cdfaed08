"""Where a final review went that the site does not show, and what could not be looked at."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.history.repository import Unreadable
from mkdocs_sre.history.wording import are, quoted, restore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.history.evidence import Evidence, GitEvidence
    from mkdocs_sre.history.records import Remembered
    from mkdocs_sre.history.seals import SealedState

MISSING, UNVERIFIED, UNREAD = "final-review-missing", "review-unverified", "history-unread"
REMOVED = "seal-removed"
MAX_REMOVED = 20  # lines of the seals that are told one by one
SPARSE = Unreadable(
    "the checkout is sparse and leaves files out", "check the docs folder out whole: `git sparse-checkout disable`"
)
NESTED = Unreadable("the file lies in a submodule, whose history is another", "seal it: `mkdocs-sre seal`")
UNCOMMITTED = Unreadable("no commit holds it yet", "commit it")
UNKNOWN_COMMIT = Unreadable(
    "`history: since` names no commit that led here", "name one by the digits of its id, or use `root`"
)
NEVER_SEALED = Unreadable(
    "no seal holds it, and only seals protect (`since: seal`, or `evidence: seal`)", "seal it: `mkdocs-sre seal`"
)


def absence(evidence: Evidence, key: str, record: Remembered | None, seal: SealedState | None) -> Iterator[Defect]:
    """Yield that a review which was final is not shown, and where it is; nothing when it is another site's."""
    hidden = evidence.hidden.get(key)
    if hidden is not None:
        message = f"{hidden.id} is final, and the site does not show it: `exclude_docs` or `draft_docs` leaves it out"
        yield Defect(
            MISSING,
            Fault(Location(hidden.path), message, "let the site show it: final reviews stay where people find them"),
        )
        return
    if record is None and seal is None:
        return
    history = evidence.history
    if history is not None and record is not None:
        if _is_left_out(evidence, key) or (seal is None and _goes_by_another_name(evidence, record)):
            return
        path = history.versions.of[key][-1].path
        commit = history.commit(record.start)
        here = os.path.lexists(history.past.repository.top / path)
        message = f"{record.version.id} has been final since {commit}, and {_whereabouts(evidence, path, here=here)}"
        place = Location(history.past.repository.path_in_docs(path))
        standing = evidence.standing(key)
        source = history.commit(standing.commit) if standing is not None else None
        before = standing.path if standing is not None else ""
        cure = restore(source, before, path, record.version.id, below=evidence.is_below)
        yield Defect(MISSING, Fault(place, message, cure))
        return
    if _is_left_out(evidence, key) or (evidence.git is None and _goes_by_another_name(evidence, None, seal)):
        return
    sealed = evidence.seals.seals[key]
    message = f"{sealed.id} was sealed as {quoted(sealed.path)}, and the site does not show it"
    yield Defect(
        MISSING, Fault(Location(evidence.lock, sealed.line), message, "bring the file back, and let the site show it")
    )


def _whereabouts(evidence: Evidence, path: str, *, here: bool) -> str:
    git = evidence.git
    if git is None or not here:
        return "is gone" if here is False else "is not shown"
    if not git.places.belongs(path):
        return f"was moved out of the docs folder, to {quoted(path)}"
    return "its file can no longer be read as a final review"


def _goes_by_another_name(evidence: Evidence, record: Remembered | None, seal: SealedState | None = None) -> bool:
    """Whether the same bytes are shown under another id: one that comes from the file's name changes with that."""
    digests = {one.digest for one in (seal,) if one is not None} | ({record.version.digest} if record else set())
    return any(one.digest in digests for ones in evidence.shown.values() for one in ones)


def _is_left_out(evidence: Evidence, key: str) -> bool:
    """Whether a sparse checkout leaves out the file, which the last commit holds."""
    git = evidence.git
    if git is None or not git.past.repository.sparse:
        return False
    path = git.versions.of[key][-1].path if git.versions.of.get(key) else ""
    return bool(path) and git.is_in_head(path) and not os.path.lexists(git.past.repository.top / path)


def unverified(evidence: Evidence) -> Iterator[Defect]:
    """Yield what history could not tell: a warning when no seal makes up for it, a notice when seals do."""
    for cause, keys in _gaps(evidence):
        names = sorted(_name(evidence, key) for key in keys)
        unsealed = [key for key in sorted(keys) if evidence.mode == "history" or key not in evidence.seals.seals]
        if not unsealed:
            by = "is verified by its seal" if len(names) == 1 else "are verified by their seals"
            message = f"{are(names, 'final review')} {by} alone: {cause.cause}"
            yield Defect(UNREAD, Fault(Location(evidence.lock), message, cause.cure))
            continue
        place = next((one.place for key in unsealed for one in evidence.shown.get(key, ())), Location(evidence.lock))
        told = are([_name(evidence, key) for key in unsealed], "final review")
        cure = (
            cause.cure
            if "mkdocs-sre seal" in cause.cure or evidence.mode == "history"
            else f"{cause.cure}; or seal {'it' if len(unsealed) == 1 else 'them'}: `mkdocs-sre seal`"
        )
        yield Defect(UNVERIFIED, Fault(place, f"{told} cannot be verified: {cause.cause}", cure))


def _gaps(evidence: Evidence) -> Iterator[tuple[Unreadable, list[str]]]:
    finals = [key for key, ones in evidence.shown.items() if any(one.final for one in ones)]
    git = evidence.git
    if evidence.mode == "seal":
        if not evidence.seals.exists and finals:
            yield NEVER_SEALED, finals
        return
    lacks = evidence.unreadable or (git.past.lacks if git is not None else None)
    if lacks is not None and (finals or evidence.seals.seals):
        yield lacks, finals or [*evidence.seals.seals]
        return
    if git is None:
        return
    left_out = [
        key
        for key in {*git.records, *evidence.seals.seals}
        if key not in evidence.shown and _is_left_out(evidence, key)
    ]
    if left_out:
        yield SPARSE, left_out
    nested = [key for key in finals if any(one.document.path in evidence.nested for one in evidence.shown[key])]
    if nested:
        yield NESTED, nested
    yield from _beyond(evidence, git, [key for key in finals if key not in nested])


def _beyond(evidence: Evidence, git: GitEvidence, finals: Sequence[str]) -> Iterator[tuple[Unreadable, list[str]]]:
    """Yield the final reviews that no commit that counts tells of, where seals are no matter."""
    since = git.options.since
    if since not in ("root", "seal") and git.named_commit is None and finals:
        yield UNKNOWN_COMMIT, [*finals]
    if evidence.sealing:
        return  # then it is a fault of its own that a seal is missing
    if since == "seal":
        told, cause = {*evidence.seals.seals, *git.records}, NEVER_SEALED
    else:
        told, cause = {*git.versions.of}, UNCOMMITTED
    left = [key for key in finals if key not in told]
    if left:
        yield cause, left


def _name(evidence: Evidence, key: str) -> str:
    ones = evidence.shown.get(key)
    if ones:
        return ones[0].document.id
    sealed = evidence.seals.seals.get(key)
    return sealed.id if sealed is not None else key


def removed_seals(evidence: Evidence) -> Iterator[Defect]:
    """Yield each line that a commit has and the file of seals has not: it only grows."""
    git = evidence.git
    if git is None or evidence.mode == "history" or git.lock is None:
        return
    gone = [(line, commit) for line, commit in git.lines.items() if line not in evidence.seals.lines]
    for line, commit in gone[:MAX_REMOVED]:
        word, name = (*line.split(" ", 2), "")[:2]
        what = "the seal" if word == "seal" else "the exception" if word == "except" else "the line"
        told = git.commit(commit)
        message = f"{what} of {name} is gone or changed; it was written in {told}"
        cure = f"bring the line back: `git show {told.short}:{quoted(git.lock)}` has it; lines are only added"
        yield Defect(REMOVED, Fault(Location(evidence.lock), message, cure))
    if len(gone) > MAX_REMOVED:
        message = f"and {len(gone) - MAX_REMOVED} further lines are gone"
        yield Defect(
            REMOVED, Fault(Location(evidence.lock), message, f"see `git log -p -- {posixpath.basename(git.lock)}`")
        )
