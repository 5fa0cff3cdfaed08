"""Commits that changed nothing of many pages but the day of their review: nobody reads that many pages at once."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_sre.history.canonical import canonical
from mkdocs_sre.history.remembered import Restamp

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mkdocs_sre.history.commits import Change
    from mkdocs_sre.history.past import Past

MANY = 10  # pages in one commit
MOST = 200  # pages of one commit that are compared
KEY = "last_reviewed_on"

Suspects = dict[str, list["Change"]]


def suspects(past: Past, pages: Collection[str]) -> Suspects:
    """Return the last change of each page (its path from the top) by commit, for commits that last changed many."""
    found: Suspects = defaultdict(list)
    for path in sorted(pages):
        changes = past.changes.get(path, ())
        if changes:
            commit, change = changes[-1]
            if change.before and change.now:
                found[commit].append(change)
    return {commit: changes[:MOST] for commit, changes in found.items() if len(changes) >= MANY}


def blobs(found: Suspects) -> Iterator[str]:
    """Yield the files of git's store that must be read to tell."""
    for changes in found.values():
        for change in changes:
            yield change.before
            yield change.now


def restamps(past: Past, found: Suspects, names: Mapping[str, Sequence[str]]) -> tuple[Restamp, ...]:
    """Return the commits that only changed the day in many pages, in the order of the commits.

    `names` are further names of the key, by the path of the page from the top.
    """
    told = []
    for commit in past.commits.order:
        changes = [one for one in found.get(commit, ()) if _only_the_day(past, one, names.get(one.path, ()))]
        if len(changes) >= MANY:
            paths = tuple(past.repository.path_in_docs(one.path) for one in changes)
            told.append(Restamp(past.commits.commit(commit), paths))
    return tuple(told)


def _only_the_day(past: Past, change: Change, names: Sequence[str]) -> bool:
    before, now = past.data.get(change.before), past.data.get(change.now)
    if before is None or now is None:
        return False
    old, new = canonical(before).split(b"\n"), canonical(now).split(b"\n")
    if len(old) != len(new):
        return False
    key = re.compile(rb"[ \t]*(?:%s)[ \t]*:" % b"|".join(re.escape(name.encode()) for name in (KEY, *names)))
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return bool(changed) and all(key.match(one) and key.match(other) for one, other in changed)
