"""One commit gives one verdict and one site, on whatever day it is built."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.history.repositories import Repository, environment
from tests.history.site import CONFIGURATION, MKDOCS

CLOCK = '''
"""Sets Python's clock to a day that a variable names; from there on it goes as ever."""

import datetime
import os
import time

_time, _gmtime, _localtime, _strftime = time.time, time.gmtime, time.localtime, time.strftime
_SHIFT = datetime.datetime.fromisoformat(os.environ["DAY"] + "T12:00:00+00:00").timestamp() - _time()


class _Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class _Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    today = now


time.time = lambda: _time() + _SHIFT
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: _strftime(form, time.localtime() if moment is None else moment)
datetime.date, datetime.datetime = _Day, _Moment
'''
DAYS = ("2026-03-02", "2027-12-31")
RUNBOOK = """\
---
type: runbook
id: queue-full
title: The queue is full
owner: "@team-shop"
service: shop
last_reviewed_on: {reviewed}
review_in: {length}
---

# The queue is full

## Meaning

The queue takes no more orders.
"""
OPEN = (  # with an address, so that MkDocs lists the pages with their days in a sitemap
    MKDOCS.replace("  - sre:\n      as_of: 2026-03-01\n", "  - sre\n").replace(
        "name: mkdocs", "name: material\n  font: false"
    )
    + "site_url: https://shop.example/\n"
)


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH under which Python's clock is set by the variable DAY."""
    folder = tmp_path / "clock"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    return folder


def run(repository: Repository, clock: Path, day: str, *command: str) -> str:
    """Run a module on a day and return all that it prints."""
    variables = {"NO_MKDOCS_2_WARNING": "1", "CI": "true", "PYTHONPATH": str(clock), "DAY": day}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=repository.folder,
        env={**environment(), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def dated(repository: Repository) -> Repository:
    """The small site, with a runbook that is overdue on the day of its last commit, 2026-03-01, and later expired."""
    repository.write(CONFIGURATION, OPEN)
    repository.write("docs/sre/runbooks/queue-full.md", RUNBOOK.format(reviewed="2025-12-01", length="60d"))
    repository.commit()
    return repository


def test_the_clock_is_really_set(dated: Repository, clock: Path) -> None:
    code = "import datetime, time; print(datetime.date.today(), datetime.datetime.now(datetime.UTC).date(), time.strftime('%F'))"
    (dated.folder / "told.py").write_text(code, encoding="utf-8")
    for day in DAYS:
        assert run(dated, clock, day, "told").split() == [day] * 3


def test_two_builds_on_different_days_are_alike_to_the_byte(dated: Repository, clock: Path) -> None:
    built = []
    for day in DAYS:
        run(dated, clock, day, "mkdocs", "build", "--quiet")
        built.append(files(dated.folder / "site"))
        shutil.rmtree(dated.folder / "site")
    first, second = built
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    assert "sre/runbooks/queue-full/index.html" in first
    assert b"<lastmod>2026-03-01</lastmod>" in first["sitemap.xml"]


def test_two_checks_on_different_days_say_the_same(dated: Repository, clock: Path) -> None:
    first, second = (run(dated, clock, day, "mkdocs_sre", "check") for day in DAYS)
    assert first == second
    assert "FRS101" in first
    assert "FRS102" not in first


def test_two_renderings_on_different_days_are_alike_to_the_byte(dated: Repository, clock: Path) -> None:
    for day in DAYS:
        run(dated, clock, day, "mkdocs_sre", "render", "--out", f"out-{day}")
    first, second = (files(dated.folder / f"out-{day}") for day in DAYS)
    assert first == second
    assert "sre/runbooks/queue-full.md" in first


def test_on_request_the_clock_counts(dated: Repository, clock: Path) -> None:
    said = [run(dated, clock, day, "mkdocs_sre", "check", "--as-of", "today") for day in DAYS]
    assert ["FRS102" in one for one in said] == [True, True]
    assert said[0] != said[1]


def test_a_later_commit_gives_a_later_day(dated: Repository) -> None:
    dated.commits = 24 * 200
    dated.write("docs/index.md", "# Later\n")
    dated.commit()
    assert json.loads(dated.run("check", "--format", "json").stdout)["as_of"] == "2026-09-17"


# Reviewed, how long that holds, the day on which the next review is due.
THRESHOLDS = [
    ("2024-01-30", "30d", "2024-02-29"),
    ("2023-02-28", "1 year", "2024-02-28"),
    ("2024-02-29", "1 year", "2025-02-28"),
    ("2025-11-30", "31d", "2025-12-31"),
    ("2025-12-01", "1 month", "2026-01-01"),
]


@pytest.mark.parametrize(("reviewed", "length", "due"), THRESHOLDS)
def test_the_day_before_at_and_after_each_threshold(
    repository: Repository, reviewed: str, length: str, due: str
) -> None:
    repository.write("docs/sre/runbooks/queue-full.md", RUNBOOK.format(reviewed=reviewed, length=length))

    def found(days: int) -> set[str]:
        """Return the codes on the day that is so many days after the due day."""
        as_of = (date.fromisoformat(due) + timedelta(days=days)).isoformat()
        result = repository.run("check", "--select", "FRS101,FRS102", "--format", "json", "--as-of", as_of)
        return {one["code"] for one in json.loads(result.stdout)["findings"] if one["path"].endswith("queue-full.md")}

    assert [found(days) for days in (-1, 0, 1)] == [set(), set(), {"FRS101"}]
    assert [found(days) for days in (29, 30, 31)] == [{"FRS101"}, {"FRS101"}, {"FRS102"}]
