"""The table of results: each case, looked at with each evidence; `python -m tests.history.results`.

Exits 1 when a case gives other codes than it must.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.history.cases import Case
from tests.history.clean import CLEAN
from tests.history.edits import EDITS
from tests.history.removals import REMOVALS
from tests.history.repositories import MODES, NO_HOME, repository_in
from tests.history.rewrites import REWRITES


def found(case: Case) -> list[frozenset[str]]:
    """Return the codes that each evidence finds."""
    with tempfile.TemporaryDirectory() as folder:
        repository = repository_in(Path(folder))
        looked_at = case.steps(repository) or repository
        return [looked_at.check(mode).codes for mode in MODES]


def row(case: Case) -> tuple[str, bool]:
    """Return a case's line of the table, and whether all of its codes are as they must be."""
    cells = []
    right = True
    for mode, codes in zip(MODES, found(case), strict=True):
        wanted = case.expected(mode)
        right &= codes == wanted
        said = " ".join(sorted(codes)) or "clean"
        cells.append(said if codes == wanted else f"**{said}**, not {' '.join(sorted(wanted)) or 'clean'}")
    return f"| {case.name.replace('|', '/')} | {' | '.join(cells)} | {case.why} |", right


def main() -> int:
    """Print the table; return the exit code."""
    os.environ |= {"HOME": NO_HOME, "CI": "true"}
    wrong = 0
    for title, cases in (("Must be caught", (*EDITS, *REMOVALS, *REWRITES)), ("Must stay clean", CLEAN)):
        print(f"\n## {title}\n\n| case | {' | '.join(MODES)} | why they differ |\n| --- | --- | --- | --- | --- |")  # noqa: T201 its result
        for case in cases:
            line, right = row(case)
            wrong += not right
            print(ascii(line)[1:-1] if not line.isprintable() else line)  # noqa: T201
    print(f"\n{len(EDITS) + len(REMOVALS) + len(REWRITES) + len(CLEAN)} cases, {wrong} of them wrong")  # noqa: T201
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
