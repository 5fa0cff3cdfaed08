"""A synthetic repository with a long past, written by `git fast-import`: half of its pages are post-incident reviews.

Each commit adds its share of the pages, corrects two runbooks of before, and makes the reviews final that were added
`SETTLING` commits ago. In the end all reviews are final but those of the last commits.
"""

from __future__ import annotations

import os
import subprocess
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTLING = 20  # commits between the draft of a review and its final version
CORRECTED = 2  # runbooks that each commit changes
FIRST_SECONDS = 1_700_000_000  # when the first commit was made; each is an hour after the one before
WHO = "Ada <ada@example.invalid>"

_CONFIGURATION = "site_name: Benchmark\nplugins:\n  - sre\n"
_VOCABULARY = (
    "queue order payment disk alert customer warehouse retry certificate relay cache basket session operator dashboard "
    "threshold backlog replica failover rollback deploy region network timeout connection pool worker shard index ledger "
    "was the and after before until because while again slowly twice without never later every moved filled stopped "
    "restarted paged found seen measured lost kept delayed"
)
_REVIEW = """\
---
type: pir
id: PIR-{number:05d}
title: Orders waited
status: {status}
severity: SEV3
service: shop
incident_date: 2023-11-01
timezone: UTC
events:
  - {{kind: impact_started, time: 2023-11-01 14:02, text: The queue stopped.}}
  - {{kind: detected, time: 2023-11-01 14:09, text: The alert fired.}}
  - {{kind: mitigated, time: 2023-11-01 14:41, text: The queue was moved.}}
  - {{kind: resolved, time: 2023-11-01 15:20, text: The disk was replaced.}}
authors: ["@team-shop"]
---

# Orders waited

## Summary

{text}

## Impact

{text}
"""
_RUNBOOK = """\
---
type: runbook
id: runbook-{number:05d}
title: The queue is full
owner: "@team-shop"
service: shop
last_reviewed_on: 2023-11-01
review_in: 6 months
---

# The queue is full

## Meaning

{text}

## Mitigation

Revision {revision}. {text}
"""


def review_path(number: int) -> str:
    """Return where a review stands, relative to the root."""
    return f"docs/reliability/pirs/PIR-{number:05d}.md"


def runbook_path(number: int) -> str:
    """Return where a runbook stands, relative to the root."""
    return f"docs/sre/runbooks/runbook-{number:05d}.md"


def review(number: int, status: str) -> str:
    """Return the text of a review, some 2 KB that no other page has."""
    return _REVIEW.format(number=number, status=status, text=_text(number, 60))


def runbook(number: int, revision: int) -> str:
    """Return the text of a runbook, some 2 KB that no other page has, in one of its revisions."""
    return _RUNBOOK.format(number=number, revision=revision, text=_text(-number, 60))


def _text(seed: int, words: int) -> str:
    """Return two lines of words for each section, drawn from a seed."""
    drawn, vocabulary = Random(seed), _VOCABULARY.split()  # noqa: S311 no secret
    return "\n".join(" ".join(drawn.choices(vocabulary, k=words)) for _ in range(2))


def _changes(step: int, each: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file that a commit writes; `each` is how many reviews, and runbooks, one adds."""
    if step == 0:
        yield "mkdocs.yml", _CONFIGURATION
    for number in range(step * each, (step + 1) * each):
        yield review_path(number), review(number, "draft")
        yield runbook_path(number), runbook(number, 0)
    for number in range((step - SETTLING) * each, (step - SETTLING + 1) * each):
        if number >= 0:
            yield review_path(number), review(number, "final")
    for nth in range(CORRECTED if step else 0):
        number = (step * 7919 + nth * 104_729) % (step * each)
        yield runbook_path(number), runbook(number, step)


def _stream(files: int, commits: int) -> Iterator[bytes]:
    for step in range(commits):
        yield f"commit refs/heads/main\ncommitter {WHO} {FIRST_SECONDS + 3600 * step} +0000\ndata 6\nchange".encode()
        yield b"\n"
        for path, text in _changes(step, files // commits // 2):
            data = text.encode()
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)
    yield b"done\n"


def environment() -> dict[str, str]:
    """Return the variables under which git makes the repository: nothing of the user's."""
    name, _, mail = WHO.rstrip(">").partition(" <")
    people = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", mail))
    }
    dates = {f"GIT_{role}_DATE": f"{FIRST_SECONDS + 10**8} +0000" for role in ("AUTHOR", "COMMITTER")}
    alone = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return {**alone, **people, **dates}


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder; its failure ends the measurement."""
    subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True)


def make(folder: Path, files: int, commits: int) -> int:
    """Make a repository with that many pages and commits, checked out; return how many of its reviews are final.

    `files` is a multiple of twice `commits`: as many reviews as runbooks with each commit.
    """
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "gc.auto", "0")
    command = ["git", "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, cwd=folder, env=environment(), stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 it is a pipe
        for part in _stream(files, commits):
            process.stdin.write(part)
        process.stdin.close()
        if process.wait():
            raise SystemExit("git fast-import failed")
    git(folder, "repack", "-a", "-d", "--quiet")
    git(folder, "checkout", "--quiet", "--force", "main")
    return files // 2 - SETTLING * (files // commits // 2)


def one_more_commit(folder: Path) -> None:
    """Correct one runbook and commit it."""
    (folder / runbook_path(0)).write_text(runbook(0, 10**6), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "one more")
