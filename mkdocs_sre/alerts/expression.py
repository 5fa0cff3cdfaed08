"""What an expression of PromQL measures."""

from __future__ import annotations

import re

MAX_CHARACTERS = 20_000  # of an expression that is looked at

# What holds no metric: texts, comments, matchers, ranges, numbers and durations, and the labels of a grouping.
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*+"|\'(?:[^\'\\]|\\.)*+\'|`[^`]*+`')
_COMMENT = re.compile(r"#[^\n]*+")
_MATCHERS = re.compile(r"\{[^{}]*+\}")
_RANGE = re.compile(r"\[[^\[\]]*+\]")
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\b\s*+(?:\([^()]*+\))?", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w:])(?:0x[0-9a-fA-F]+|[\d.]+(?:e[+-]?\d+)?\w*)")
_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*+(?!\s*\()")
_KEYWORDS = frozenset(("and", "or", "unless", "bool", "offset", "inf", "nan", "start", "end", "atan2"))
_AGGREGATORS = frozenset(
    ("sum", "min", "max", "avg", "count", "stddev", "stdvar", "topk", "bottomk", "quantile", "group")
)
_NAMED = re.compile(r'__name__\s*=\s*"([a-zA-Z_:][a-zA-Z0-9_:]*)"')
_RESOURCE = re.compile(
    r"(?:^|[_:])(?:cpu|load|load1|load5|load15|memory|mem|rss|swap|disk|filesystem|fs|volume|oom)(?:[_:]|$)"
)


def metrics(expression: str) -> tuple[str, ...]:
    """Return the names of the metrics in an expression, in order, each once.

    >>> metrics('sum by (pod) (rate(node_cpu_seconds_total{mode="idle"}[5m])) / on (pod) cores > 0.9')
    ('node_cpu_seconds_total', 'cores')
    """
    text = expression[:MAX_CHARACTERS]
    named = _NAMED.findall(text)
    for pattern in (_TEXT, _COMMENT, _MATCHERS, _RANGE, _GROUPING):
        text = pattern.sub(" ", text)
    found = [name for name in _NAME.findall(_NUMBER.sub(" ", text)) if name.lower() not in _KEYWORDS | _AGGREGATORS]
    return tuple(dict.fromkeys((*found, *named)))


def is_on_resources(expression: str) -> bool:
    """Whether every metric of an expression is one of CPU, load, memory, swap, disks or file systems."""
    found = metrics(expression)
    return bool(found) and all(_RESOURCE.search(name) for name in found)
