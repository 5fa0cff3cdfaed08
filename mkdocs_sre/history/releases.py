"""Versions as people write them, and whether one has moved past another: `v4.2`, `4.2.1-rc1`, `2026.03`, `r17`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Step = Literal["major", "minor", "patch"]
MAX_LENGTH = 80  # characters of a text in which a version is looked for
_PARTS: Mapping[Step, int] = MappingProxyType({"major": 1, "minor": 2})  # numbers that say which step it was
_VERSION = re.compile(
    r"""(?P<name>[^0-9]*)
        (?P<numbers>[0-9]+(?:[.-][0-9]+)*)
        (?P<any>\.[x*])?                                # 4.2.x is all of 4.2
        (?:
            [-_.~]?(?P<early>(?:alpha|beta|pre|rc|dev|snapshot|nightly|m|a|b|c)(?:[-_.]?[0-9]+)*)
            |[-_.~](?P<mark>[a-z][0-9a-z._-]*)
        )?
        (?:\+[0-9a-z._-]*)?                             # a build is no version""",
    re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"[0-9]+|[a-z]+")
# How near to the release itself versions before it are; the rest is told apart by number.
_EARLY: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("dev", "snapshot", "nightly"), 0),
        **dict.fromkeys(("a", "alpha"), 1),
        **dict.fromkeys(("b", "beta", "m"), 2),
        **dict.fromkeys(("pre", "rc", "c"), 3),
    }
)
_RELEASED = (max(_EARLY.values()) + 1,)


@dataclass(frozen=True, slots=True)
class Version:
    """A version that can be compared with others of the same `name`: its numbers, and how early before the release it is.

    `mark` is any other word behind the numbers (`hotfix`), of which nobody knows whether it comes before or after. `all`
    says that it stands for every version that begins so, as `4.x` does.
    """

    name: str
    numbers: tuple[int, ...]
    early: tuple[int, ...] = _RELEASED
    mark: str = ""
    all: bool = False


@lru_cache(maxsize=1024)  # a service's version is compared with those of all its runbooks
def parse_version(text: str) -> Version | None:
    """Return the version that a text names; None when it is no such thing, as the id of a commit.

    >>> parse_version("v4.2.1-rc1")
    Version(name='', numbers=(4, 2, 1), early=(3, 1), mark='', all=False)
    """
    bare = text.strip().casefold()
    match = _VERSION.fullmatch(bare) if len(bare) <= MAX_LENGTH else None
    if match is None:
        return None
    name = match["name"].strip(" -_./")
    runs = _RUN.findall(match["early"] or "")
    early = tuple(int(run) if run.isdigit() else _EARLY[run] for run in runs) or _RELEASED
    numbers = tuple(int(number) for number in re.split(r"[.-]", match["numbers"]))
    return Version("" if name in ("v", "version") else name, numbers, early, match["mark"] or "", bool(match["any"]))


def moved_past(now: str, verified: str, step: Step) -> bool:
    """Whether a version is past the one that something was verified for, by at least this step.

    `major`: 4.2 to 5.0; `minor`: also 4.2 to 4.3; `patch`: any later one. What is verified for `4` or `4.x` is so for
    all of 4. An older version is not past it. Texts that cannot be compared count as moved when they differ.

    >>> moved_past("4.3.0", "v4.2.9", "minor"), moved_past("4.3.0", "v4.2.9", "major"), moved_past("4.9", "4", "minor")
    (True, False, False)
    """
    if now == verified:
        return False
    new, old = parse_version(now), parse_version(verified)
    if new is None or old is None or new.name != old.name:
        return now.strip().casefold() != verified.strip().casefold()
    parts = _compared(old, step)
    order = _order(new.numbers[:parts], old.numbers[:parts])
    if order or parts is not None:
        return order > 0
    return new.early > old.early or (new.early == old.early and new.mark != old.mark)


def _compared(verified: Version, step: Step) -> int | None:
    """Return how many of the first numbers are compared; None for everything."""
    if step == "patch":
        return len(verified.numbers) if verified.all else None
    return min(_PARTS[step], len(verified.numbers))


def _order(new: Sequence[int], old: Sequence[int]) -> int:
    """Return 1, 0 or -1: whether the numbers are higher, the same, or lower; what is missing counts as 0."""
    for one, other in zip_longest(new, old, fillvalue=0):
        if one != other:
            return 1 if one > other else -1
    return 0
