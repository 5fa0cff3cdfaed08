"""Texts for annotations, which Prometheus runs as templates of Go: what an author says of an objective is never run."""

from __future__ import annotations

import re

_KNOWN = re.compile(
    r"\{\{-?\s*(?:\$labels\.\w+|\$externalLabels\.\w+|\$externalURL|\$value|\.Labels\.\w+|\.Value)"
    r"(?:\s*\|\s*(?:humanize\w*|title|toUpper|toLower|stripPort|stripDomain|printf \"%[.\d]*[a-z]%?\"))*\s*-?\}\}"
)


def literal(text: str) -> str:
    """Return a template that gives this text in one line, and runs nothing that stands in it.

    >>> literal("{{ query `up` }} of carts")
    '{{"{{"}} query `up` }} of carts'
    """
    return " ".join(text.split()).replace("{{", '{{"{{"}}')


def is_plain_template(text: str) -> bool:
    """Whether a template does no more than to show labels and the value, so that Prometheus takes it.

    >>> is_plain_template("{{ $labels.job }}: {{ $value | humanizePercentage }}"), is_plain_template("{{ range }}")
    (True, False)
    """
    return "{{" not in _KNOWN.sub("", text)


def taken_over(text: str) -> str:
    """Return an author's template as it is where it is a plain one, else as a text."""
    return text if is_plain_template(text) else text.replace("{{", '{{"{{"}}')
