"""Texts for annotations, which Prometheus runs as templates of Go: what an author says of an objective is never run."""

from __future__ import annotations

import re

# Names and blanks are those that the lexer of Go takes; functions are those of Prometheus that take one value.
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_SHOWN = rf"\$labels\.{_NAME}|\$externalLabels\.{_NAME}|\$externalURL|\$value|\.Labels\.{_NAME}|\.Value"
_FUNCTION = (
    r"humanize(?:1024|Duration|Percentage|Timestamp)?|title|toUpper|toLower|stripPort|stripDomain"
    r"|printf[ \t]+\"%[.\d]*[a-z]%?\""
)
_KNOWN = re.compile(
    rf"(?<!\{{)\{{\{{(?:-[ \t\r\n]+|[ \t\r\n]*)(?:{_SHOWN})(?:[ \t]*\|[ \t]*(?:{_FUNCTION}))*(?:[ \t\r\n]+-|[ \t\r\n]*)\}}\}}",
    re.ASCII,
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
    >>> is_plain_template("{{{ $value }}"), is_plain_template("{{-$value}}"), is_plain_template("{{ $value | humanized }}")
    (False, False, False)
    """
    return "{{" not in _KNOWN.sub("", text)


def taken_over(text: str) -> str:
    """Return an author's template as it is where it is a plain one, else as a text."""
    return text if is_plain_template(text) else text.replace("{{", '{{"{{"}}')
