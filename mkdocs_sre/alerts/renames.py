"""Runbooks whose alert was probably given another name."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MIN_LIKENESS = 0.7  # of two names
MIN_WORD = 0.7  # of two words that count as one, such as `completion` and `completed`
MAX_COMPARED = 300_000  # pairs of a runbook's name and an alert's
MAX_WORDS = 20  # of a name that are compared
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")  # of a name, whether `CamelCase` or joined by signs


def probable_renames(runbooks: Mapping[str, Iterable[str]], alerts: Sequence[str]) -> dict[str, str]:
    """Return the alert that each runbook is probably for, by the runbook's key.

    `runbooks` are those that no alert leads to, with their names; `alerts` those that have none. No alert is given to
    two runbooks: the likest pair comes first, of equals the first by key and name.
    """
    if sum(1 for names in runbooks.values() for _ in names) * len(alerts) > MAX_COMPARED:
        return {}
    pairs = [
        (-likeness(name, alert), key, alert)
        for key, names in runbooks.items()
        for name in names
        for alert in alerts
        if _share_a_word(name, alert)
    ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for unlike, key, alert in sorted(pairs):
        if -unlike >= MIN_LIKENESS and key not in found and alert not in taken:
            found[key] = alert
            taken.add(alert)
    return found


def likeness(one: str, other: str) -> float:
    """Return how much two names have in common, from 0 to 1: the words that they share, those that are alike in part.

    It is the ratio of `difflib` with words in place of letters: twice what is shared by all words of both.

    >>> round(likeness("KubeJobCompletion", "KubeJobNotCompleted"), 2)
    0.78
    """
    left, right = words(one), words(other)
    if not left or not right:
        return 0.0
    rest = list(right)
    shared = 0.0
    for word in left:
        best = max(rest, key=lambda candidate: _alike(word, candidate), default="")
        ratio = _alike(word, best) if best else 0.0
        if ratio >= MIN_WORD:
            shared += ratio
            rest.remove(best)
    return 2 * shared / (len(left) + len(right))


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, whether `CamelCase` or joined by hyphens.

    >>> words("KubeAPIErrorBudgetBurn"), words("node-disk_full 2")
    (('kube', 'api', 'error', 'budget', 'burn'), ('node', 'disk', 'full', '2'))
    """
    return tuple(found.lower() for found in WORD.findall(name)[:MAX_WORDS])


def _share_a_word(one: str, other: str) -> bool:
    return not set(words(one)).isdisjoint(words(other))


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
