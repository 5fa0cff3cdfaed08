"""Lengths of time as OpenSLO writes them: a whole number and one of the units m, h, d, w, M, Q, Y."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE, WEEK
from mkdocs_sre.slo.openslo.shapes import breach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.values import Duration
    from mkdocs_sre.slo.openslo.nodes import Node
    from mkdocs_sre.slo.openslo.shapes import Breach

# A month counts 30 days, a quarter 90 and a year 365, as the reference implementation reckons.
UNITS = {"m": MINUTE, "h": HOUR, "d": DAY, "w": WEEK, "M": 30 * DAY, "Q": 90 * DAY, "Y": 365 * DAY}
_DURATION = re.compile(r"(\d{1,9})([mhdwMQY])")


def duration(node: Node) -> Iterator[Breach]:
    """The shape of a length of time. Zero is one too."""
    if parts(node.text) is None:
        said = f" and not `{node.text[:20]}`" if node.text else ""
        message = f"{node.name} must be a whole number with one of the units m, h, d, w, M, Q, Y{said}"
        yield breach(node, message, "such as `5m`, `30d` or `1M`")


def parts(text: str) -> tuple[int, str] | None:
    """Return number and unit of a length of time; None for other text.

    >>> parts("30d"), parts("30 days")
    ((30, 'd'), None)
    """
    match = _DURATION.fullmatch(text)
    return (int(match[1]), match[2]) if match else None


def seconds_of(text: str) -> int | None:
    """Return a length of time in seconds; None for other text.

    >>> seconds_of("2w"), seconds_of("1M")
    (1209600, 2592000)
    """
    found = parts(text)
    return found[0] * UNITS[found[1]] if found else None


def our_duration(text: str) -> str:
    """Return a length of time as documents write it: months, quarters and years in days.

    >>> our_duration("5m"), our_duration("1M")
    ('5m', '30d')
    """
    found = parts(text)
    return f"{found[0] * UNITS[found[1]] // DAY}d" if found and found[1] in "MQY" else text


def duration_text(seconds: int) -> str | None:
    """Return a length of time in the largest unit up to days that fits; None for what is no whole number of minutes.

    >>> duration_text(259200), duration_text(5400), duration_text(90)
    ('3d', '90m', None)
    """
    for unit, length in (("d", DAY), ("h", HOUR), ("m", MINUTE)):
        if seconds and seconds % length == 0:
            return f"{seconds // length}{unit}"
    return None


def written_duration(duration: Duration) -> str | None:
    """Return a length of time of a document as OpenSLO writes it, as its author wrote it where that is the same."""
    found = parts(duration.text)
    return duration.text if found and found[0] and found[1] in "mhdw" else duration_text(duration.seconds)
