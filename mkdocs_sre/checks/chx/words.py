"""Whether a sentence can turn out wrong."""

from __future__ import annotations

import re

# A number that stands for itself; not the one in `db-1`, `p99`, `v2.1` or `5xx`.
_NUMBER = re.compile(r"(?<![\w.-])[-+]?\d(?!xx)")
# Words that say how many as sharply as a number does.
_AMOUNT = re.compile(
    r"\b(?:zero|no|not?|none|nobody|nothing|never|neither|nor|without|all|every|everybody|everything|each|always|any|both|"
    r"only|one|two|three|four|five|six|seven|eight|nine|ten|half|twice|double|single)\b",
    re.IGNORECASE,
)


def has_amount(text: str) -> bool:
    """Whether a number or a word like `no`, `every` or `never` stands in the text.

    >>> has_amount("latency rises by less than 500ms"), has_amount("no write fails"), has_amount("db-1 copes well")
    (True, True, False)
    """
    return bool(_NUMBER.search(text) or _AMOUNT.search(text))
