"""The day that counts as today: a parameter, so that one commit always gets one verdict."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.history.git import git

if TYPE_CHECKING:
    from pathlib import Path


class AsOf(NamedTuple):
    """A day in UTC, and a notice when it could not be told from what should tell it."""

    day: date
    notice: str = ""


def resolve_as_of(option: date | str | None, folder: Path, committed: date | None = None) -> AsOf:
    """Return the option's day, else that of `SOURCE_DATE_EPOCH`, else of the last commit, else the clock's with a notice.

    `committed` is the day of the last commit where that is known; otherwise git is asked.
    """
    if isinstance(option, date):
        return AsOf(option)
    if option == "today":
        return AsOf(_clock())
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    stated = _day(seconds)
    if stated is not None:
        return AsOf(stated)
    passed_over = "`SOURCE_DATE_EPOCH` names no day in seconds, so it is passed over" if seconds.strip() else ""
    committed = committed or _day(
        (git(folder, "log", "-1", "--format=%ct", "--") or b"").decode("ascii", "replace").strip()
    )
    if committed is not None:
        return AsOf(committed, passed_over)
    no_commit = "no commit to take the date from, so due dates are compared with the clock; set `as_of` to fix the day"
    return AsOf(_clock(), f"{passed_over}; {no_commit}" if passed_over else no_commit)


def _day(seconds: str) -> date | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _clock() -> date:
    return datetime.now(UTC).date()
