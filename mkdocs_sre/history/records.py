"""The record of each review: how it was when it became final, and what was done to it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.history.seal_lines import Seal, record_in, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_sre.history.commits import Commits
    from mkdocs_sre.history.past import Past
    from mkdocs_sre.history.versions import ReviewVersion, Versions


@dataclass(frozen=True, slots=True)
class Remembered:
    """A review that was final once.

    `version` is its record, which holds from the commit `start`; `finalised` its first final version of all. `rivals`
    are final versions of commits beside that of the record, with other bytes. `detours` are the commits after `start`
    in which it was something else, or gone.
    """

    version: ReviewVersion
    start: str
    finalised: ReviewVersion
    rivals: tuple[ReviewVersion, ...] = ()
    detours: tuple[str, ...] = ()


def remembered(key: str, found: Versions, commits: Commits, since: str | None = None) -> Remembered | None:
    """Return the record of one review: its first final version in the order of the commits, never by date.

    With `since` (a commit) it is what the review was there, if it was final there, else the first final version after it.
    None when no version counts. `key` is its id in lower case.
    """
    versions = found.of[key]
    finals = [one for one in versions if one.final]
    if not finals:
        return None
    known = commits.up_to(since) if since is not None else frozenset[str]()
    before = [one for one in versions if one.commit in known]
    if before and before[-1].final and since is not None:
        record, start = before[-1], since
    else:
        later = [one for one in finals if one.commit not in known]
        if not later:
            return None
        record, start = later[0], later[0].commit
    others = [one for one in versions if one.commit not in known and not (one.final and one.digest == record.digest)]
    beside = [one for one in others if one.final and not _meet(commits, start, one.commit)]
    places = found.places(key, record.path)
    told = [(one.commit, one.path) for one in others] + [one for one in found.removals[key] if one[0] not in known]
    after = [commit for commit, path in told if path in places and commit != start and commits.led_to(start, commit)]
    return Remembered(record, start, finals[0], tuple(beside), tuple(dict.fromkeys(after)))


def _meet(commits: Commits, one: str, other: str) -> bool:
    """Whether one of two commits led to the other."""
    return commits.led_to(one, other) or commits.led_to(other, one)


def version_at(past: Past, paths: Iterable[str], commit: str) -> str:
    """Return the id in git's store that the first of these files had at a commit, or else got after it.

    Empty when none of them ever was.
    """
    known = past.commits.up_to(commit)
    later = ""
    for path in paths:
        changes = past.changes.get(path, ())
        until = [change.now for one, change in changes if one in known]
        if until and until[-1]:
            return until[-1]
        later = later or next((change.now for one, change in changes if one not in known and change.now), "")
    return later


def sealed_in(past: Past, lock: str | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the commit that first sealed each review (id in lower case), and the commit that first held each line.

    Lines that are no records do not count: the marks of a merge may go again. `lock` is the file of seals, from the top;
    None when it lies outside.
    """
    sealed: dict[str, str] = {}
    lines: dict[str, str] = {}
    for commit, change in past.changes.get(lock, ()) if lock is not None else ():
        data = past.data.get(change.now) if change.now else None
        for line in split_lines((data or b"").decode("utf-8-sig", "replace")):
            if line not in lines and (record := record_in(line)) is not None:
                lines[line] = commit
                if isinstance(record, Seal):
                    sealed.setdefault(record.id.lower(), commit)
    return sealed, lines
