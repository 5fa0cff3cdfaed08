"""Lengths of time in seconds, and as Prometheus writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.values import Duration

MINUTE, HOUR, DAY, WEEK, YEAR = 60, 3600, 86400, 7 * 86400, 365 * 86400
_UNITS = {"y": YEAR, "w": WEEK, "d": DAY, "h": HOUR, "m": MINUTE, "s": 1}
_WHOLE = ("y", "w")  # units that Prometheus writes only where nothing is left over
_PART = re.compile(r"(\d+)([a-z])")


def whole_seconds(duration: Duration) -> int:
    """Return a length of time in whole seconds; a month of it counts 30.4375 days."""
    return round(duration.days * DAY)


@lru_cache(1_000)  # of a thousand objectives most have the same windows
def promql_duration(seconds: int) -> str:
    """Return seconds as Prometheus writes them: years and weeks only where nothing is left over.

    Source: prometheus/common, `model.Duration.String`.

    >>> [promql_duration(one) for one in (300, 5400, 129600, WEEK, 30 * DAY)]
    ['5m', '1h30m', '1d12h', '1w', '30d']
    """
    parts, rest = [], seconds
    for unit, size in _UNITS.items():
        if rest >= size and not (unit in _WHOLE and rest % size):
            parts.append(f"{rest // size}{unit}")
            rest %= size
    return "".join(parts) or "0s"


def promql_seconds(text: str) -> int:
    """Return a length of time that `promql_duration` wrote, in seconds.

    >>> promql_seconds("1h30m")
    5400
    """
    return sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(text))
