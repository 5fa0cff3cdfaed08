"""The immutability check of one repository, as JSON: `python -m benchmarks.history FOLDER ROUNDS`.

CPU time of this process and of the git processes that it starts. The knowledge base is loaded anew for each round,
outside of what is measured; the files of the reviews are read inside.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.repository import one_more_commit, review_path
from mkdocs_sre import knowledge
from mkdocs_sre.analyses.history import remember_site
from mkdocs_sre.checks.registry import rules
from mkdocs_sre.reading.configuration import load_configuration

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = 10  # reviews for which `git log --follow` is timed; all others are taken to need as long
CACHE = ".cache"
_SCRIPT = """\
#!/bin/sh
note="{notes}/$$"
for one in "$@"; do printf '%s\\0' "$one"; done > "$note.arguments"
env -0 > "$note.environment"
case " $* " in
  *" cat-file "*) tee "$note.input" | {git} "$@" ;;
  *) exec {git} "$@" ;;
esac
"""


class Call(NamedTuple):
    """One call of git: its arguments, its variables, and the file with what it was told, if any."""

    arguments: list[str]
    environment: dict[str, str]
    told: Path


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of one call, git's too, garbage of earlier ones collected before."""
    gc.collect()
    start, children = time.process_time(), _children()
    work()
    return time.process_time() - start + _children() - children


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def prepared(folder: Path) -> Callable[[], None]:
    """Return the check of a site whose pages are loaded by now."""
    site = load_configuration(folder / "mkdocs.yml")
    base = knowledge.load(site.settings, site.docs_dir, site.exclude, site.file)

    def check() -> None:
        history = remember_site(base, site)
        if history.defects or not history.known:
            raise SystemExit(f"the synthetic repository has findings: {history.defects[:1]}")

    return check


def recorded(folder: Path, notes: Path) -> list[Call]:
    """Return the calls of git's log and of its store that the check makes."""
    script = notes / "bin/git"
    script.parent.mkdir()
    script.write_text(_SCRIPT.format(notes=notes, git=shutil.which("git")), encoding="utf-8")
    script.chmod(0o755)
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{script.parent}:{path}"
    prepared(folder)()
    os.environ["PATH"] = path
    calls = []
    for file in sorted(notes.glob("*.arguments")):
        arguments = file.read_text(encoding="utf-8").split("\0")[:-1]
        pairs = file.with_suffix(".environment").read_text(encoding="utf-8").split("\0")[:-1]
        variables = dict(pair.split("=", 1) for pair in pairs) | {"PATH": path}
        if "log" in arguments or "cat-file" in arguments:
            calls.append(Call(arguments, variables, file.with_suffix(".input")))
    return calls


def bare(folder: Path, calls: list[Call]) -> None:
    """Make the same calls, read what they print and throw it away."""
    for call in calls:
        with (
            (call.told if call.told.exists() else Path(os.devnull)).open("rb") as told,
            subprocess.Popen(
                ["git", *call.arguments],
                cwd=folder,
                env=call.environment,
                stdin=told,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ) as process,
        ):
            assert process.stdout is not None  # noqa: S101 it is a pipe
            while process.stdout.read(1 << 20):
                pass


def follow(folder: Path, reviews: int) -> float:
    """Return the seconds that `git log --follow` of every review would take, from a sample of them."""
    numbers = range(0, reviews, max(reviews // SAMPLE, 1))

    def sampled() -> None:
        for number in numbers:
            command = ["git", "log", "--follow", "--format=%H", "--", review_path(number)]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)

    return seconds(sampled) / len(numbers) * reviews


def warm(folder: Path, rounds: int) -> float:
    """Return the seconds of the check after one more commit, with what was kept before it."""
    del os.environ["CI"]
    prepared(folder)()
    shutil.copytree(folder / CACHE, folder / "kept")
    one_more_commit(folder)
    found = []
    for _ in range(rounds):
        shutil.rmtree(folder / CACHE)
        shutil.copytree(folder / "kept", folder / CACHE)
        found.append(seconds(prepared(folder)))
    return min(found)


def main(name: str, rounds: str) -> None:
    """Print `{check_seconds, bare_seconds, follow_seconds, warm_seconds, calls, reviews, sample}`, the least of the rounds each."""
    folder = Path(name)
    os.environ["CI"] = "true"  # nothing is kept
    rules()
    reviews = sum(1 for _ in (folder / review_path(0)).parent.iterdir())
    checks, floors = [], []
    with tempfile.TemporaryDirectory() as notes:
        calls = recorded(folder, Path(notes))
        for _ in range(int(rounds)):
            checks.append(seconds(prepared(folder)))
            floors.append(seconds(lambda: bare(folder, calls)))
    followed = follow(folder, reviews)
    told = {
        "check_seconds": min(checks),
        "bare_seconds": min(floors),
        "follow_seconds": followed,
        "warm_seconds": warm(folder, int(rounds)),
        "calls": len(calls),
        "reviews": reviews,
        "sample": SAMPLE,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
