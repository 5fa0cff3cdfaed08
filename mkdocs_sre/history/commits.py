"""The commits that led to the present one, what each changed, and which came before which."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.history.git import ask
from mkdocs_sre.history.remembered import Commit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

_BEGIN, _BETWEEN = b"\1", b"\2"
_FORMAT = "%x01%H%x02%P%x02%ct%x02%an"
MAX_AUTHOR = 100  # characters of a name that are kept


class Change(NamedTuple):
    """What a commit made of one file: its path from the top, its id in git's store before and now; empty for none."""

    path: str
    before: str
    now: str


@dataclass(slots=True)
class Step:
    """One commit: its parents, when it was committed (seconds), its author, and its changes against every parent."""

    parents: tuple[str, ...]
    seconds: int
    author: str
    changes: list[Change] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day (UTC) on which it was committed."""
        return datetime.fromtimestamp(self.seconds, UTC).date()


@dataclass(eq=False)
class Commits:
    """All commits that lead to `head`, by id."""

    head: str
    steps: Mapping[str, Step]

    @cached_property
    def order(self) -> list[str]:
        """The ids, each after all of its parents; of those that could come next the least id, so that it never varies.

        Dates are never asked: a clock can be set back.
        """
        waiting = {one: sum(parent in self.steps for parent in step.parents) for one, step in self.steps.items()}
        children: dict[str, list[str]] = {}
        for one, step in self.steps.items():
            for parent in step.parents:
                children.setdefault(parent, []).append(one)
        ready = sorted(one for one, count in waiting.items() if not count)
        found = []
        while ready:
            one = heappop(ready)
            found.append(one)
            for child in children.get(one, ()):
                waiting[child] -= 1
                if not waiting[child]:
                    heappush(ready, child)
        return found

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each commit in the order."""
        return {one: index for index, one in enumerate(self.order)}

    def led_to(self, earlier: str, later: str) -> bool:
        """Whether a commit led to another; each led to itself."""
        return self.position[earlier] <= self.position[later] and earlier in self.up_to(later)

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {}

    def up_to(self, commit: str) -> frozenset[str]:
        """Return the commit and everything that led to it."""
        if commit not in self._ancestors:
            found, left = set(), [commit]
            while left:
                one = left.pop()
                if one not in found and one in self.steps:
                    found.add(one)
                    left += self.steps[one].parents
            self._ancestors[commit] = frozenset(found)
        return self._ancestors[commit]

    def commit(self, identifier: str) -> Commit:
        """Return a commit as people are told of it."""
        step = self.steps[identifier]
        return Commit(identifier, step.day, step.author)


class LogError(Exception):
    """The log that git could not give, and why."""


def read_commits(
    folder: Path, head: str, patterns: Sequence[str], *, first_parent: bool = False, without: str = ""
) -> dict[str, Step]:
    """Return the commits that lead to `head`, not those that lead to `without`, with what they did to some files.

    `patterns` are git's pathspecs; with `first_parent` only the main line of commits is followed. Commits that changed
    nothing of these files are there too: without them nobody knows which came before which. Raises LogError.
    """
    answer = ask(
        folder,
        *("log", "--topo-order", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--root"),
        *("--full-history", "--sparse", "-m", f"--format={_FORMAT}"),
        *(("--first-parent",) if first_parent else ()),
        *(head, *((f"^{without}",) if without else ()), "--", *patterns),
    )
    if answer.code != 0:
        raise LogError(answer.error.strip().partition("\n")[0].removeprefix("fatal: ")[:200])
    try:
        return _parsed(answer.output)
    except (ValueError, IndexError, OSError, OverflowError):
        raise LogError("its log cannot be read") from None


def _parsed(output: bytes) -> dict[str, Step]:
    found: dict[str, Step] = {}
    step = None
    tokens = iter(output.split(b"\0"))
    for token in tokens:
        if token[:1] == _BEGIN:
            name, parents, seconds, author = token[1:].split(_BETWEEN, 3)
            identifier = name.decode("ascii")
            step = found.get(identifier)  # told once for each parent
            if step is None:
                words = tuple(parents.decode("ascii").split())
                said = author.decode("utf-8", "replace")[:MAX_AUTHOR]
                found[identifier] = step = Step(words, int(seconds), said)
                _ = step.day  # a date that no calendar has is told here
        elif token.lstrip(b"\n")[:1] == b":":
            if step is None:
                raise ValueError(token)
            old_mode, new_mode, old, new, _status = token.decode("ascii").lstrip("\n:").split(" ")
            path = next(tokens).decode("utf-8", "surrogateescape")
            step.changes.append(Change(path, _file(old_mode, old), _file(new_mode, new)))
        elif token.strip():
            raise ValueError(token)
    return found


def _file(mode: str, name: str) -> str:
    return name if mode.startswith("100") else ""
