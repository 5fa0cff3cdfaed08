"""Lengths of time as Prometheus writes them."""

from __future__ import annotations

from functools import lru_cache

_UNITS = (("y", 365 * 86400, True), ("w", 7 * 86400, True), ("d", 86400, False), ("h", 3600, False), ("m", 60, False))


@lru_cache(1_000)  # of a thousand objectives most have the same windows
def promql_duration(seconds: int) -> str:
    """Return seconds as Prometheus writes them: years and weeks only where nothing is left over.

    Source: prometheus/common, `model.Duration.String`.

    >>> [promql_duration(one) for one in (300, 5400, 129600, 7 * 86400, 30 * 86400)]
    ['5m', '1h30m', '1d12h', '1w', '30d']
    """
    parts, rest = [], seconds
    for unit, size, whole in _UNITS:
        if rest >= size and not (whole and rest % size):
            parts.append(f"{rest // size}{unit}")
            rest %= size
    if rest or not parts:
        parts.append(f"{rest}s")
    return "".join(parts)
