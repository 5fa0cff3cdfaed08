"""What a case is: a name, the steps that lead to it, and the codes that each evidence must find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.history.repositories import Repository

Steps = Callable[[Repository], Repository | None]  # None: the same repository is looked at
NOTICE = "IMM3"  # what the codes of mere information begin with
DAMAGED = "IMM109"


@dataclass(frozen=True)
class Case:
    """One line of what must be caught or must stay clean.

    `both`, `history` and `seal` hold the codes that `check` finds with both evidences and with one alone, None where
    they are those of `both`. `why` says why one evidence cannot see what the other sees. `about` holds the ids of
    which each error must name one.
    """

    name: str
    steps: Steps
    both: str
    history: str | None = None
    seal: str | None = None
    why: str = ""
    about: str = "PIR-2026-001"

    def expected(self, mode: str) -> frozenset[str]:
        """Return the codes that one mode finds."""
        alone = {"both": self.both, "history": self.history, "seal": self.seal}[mode]
        return frozenset((self.both if alone is None else alone).split())

    def is_about(self, finding: dict[str, Any]) -> bool:
        """Whether an error is about this case: it names one of its ids, or what is wrong with the file of seals."""
        words = f"{finding['message']} {finding['hint']}"
        return finding["code"] == DAMAGED or any(name in words for name in self.about.split())

    def exit_code(self, mode: str) -> int:
        """Return what `check --strict` exits with: 1 unless all that is found is information."""
        return int(any(not code.startswith(NOTICE) for code in self.expected(mode)))


def in_three_ways(name: str, change: Callable[[Repository], None], codes: str) -> Iterator[Case]:
    """Yield a case for a change that is committed, one for it staged, and one for it in the work tree alone."""

    def committed(repository: Repository) -> None:
        change(repository)
        repository.commit()

    def staged(repository: Repository) -> None:
        change(repository)
        repository.git("add", "--all")

    for how, steps in (("committed", committed), ("staged", staged), ("in the work tree", change)):
        yield Case(f"{name}, {how}", steps, codes)
