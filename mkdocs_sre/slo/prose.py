"""Numbers of an objective that stand in prose: its percent, and its budget as a length of time.

Only what clearly speaks of the objective itself counts. A sentence on what was, may be or would be does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_PERCENT = 90  # a lower number is more often one of something else
ABOUT = Fraction(1, 10)  # so much may be missing to a number that is told with "about"
MIN_SENTENCE = 8  # characters; `SLO: 99%` is the shortest that says something
MAX_SENTENCE = 2_000  # characters of a sentence that is looked at; a longer one is a table, or no prose

_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s)|\n(?![ \t]*[\n#*|-]))+")
_PERCENT = r"(?<![\d.,])(\d{2,3}(?:[.,]\d+)?)\s?(?:%|percent\b|per cent\b)"
_ANY_PERCENT = re.compile(_PERCENT)
_LINKING = r"(?:\s+(?:is|are|of|at|for|this|the|service|availability|set|to|stays|remains|be))"
_OBJECTIVE = re.compile(
    rf"\b(?:objective|target|SLO)\b{_LINKING}{{0,4}}\s*[:=]?\s*\**{_PERCENT}"
    rf"|\bwe promise\s+\**{_PERCENT}"
    rf"|{_PERCENT}\**\s+(?:availability\s+)?(?:objective|target|SLO)\b",
    re.IGNORECASE,
)
_BUDGET = re.compile(
    r"\bbudget\s*(?:\bis\b|\bof\b|\bleaves\b|\ballows\b|\bcomes to\b|:|=)\s*\**"
    r"(about\s+|roughly\s+|some\s+|around\s+|nearly\s+|almost\s+|~\s*|≈\s*)?"
    r"(\d[\d,]*(?:\.\d+)?)\s?(seconds?|s|minutes?|mins?|min|m|hours?|h)\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(?:was|were|had|until|before|earlier|former|formerly|previous|previously|instead|would|could|might|may|if|once|"
    r"rise|rises|raise|raised|lower|lowered|higher|stricter|looser|not|never|no|next|later|than|from)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(\d{1,4}|an?|one|per|each|every|whole)[ -]+(day|week|month|quarter|year)s?\b|\b(\d{1,4})d\b", re.IGNORECASE
)
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class PercentClaim:
    """A percentage that a text gives for the objective; `start` is how many characters come before its sentence."""

    percent: Fraction
    text: str
    sentence: str
    start: int


@dataclass(frozen=True, slots=True)
class BudgetClaim:
    """A length of time that a text gives for the budget, in seconds, and how much it may be off as it is written."""

    seconds: Fraction
    slack: Fraction
    text: str
    sentence: str
    start: int

    def agrees(self, least: Fraction, most: Fraction) -> bool:
        """Whether it is a budget of `least` to `most` seconds, rounded or cut off."""
        return least - self.slack <= self.seconds <= most + self.slack


def percents(text: str) -> Iterator[PercentClaim]:
    """Yield the percentages of 90 and more in a short text that is all about the objective, 100 left out."""
    for match in _ANY_PERCENT.finditer(text[:MAX_SENTENCE]):
        number = _number(match[1])
        if LEAST_PERCENT <= number < 100:  # noqa: PLR2004 percent
            yield PercentClaim(number, match[1], text, 0)


def objectives_in(text: str) -> Iterator[PercentClaim]:
    """Yield the percentages that a longer text calls the objective, the target, the SLO, or what we promise."""
    for sentence in _sentences(text):
        for match in _OBJECTIVE.finditer(sentence[0]):
            written = match[1] or match[2] or match[3]
            number = _number(written)
            if LEAST_PERCENT <= number < 100:  # noqa: PLR2004 percent
                yield PercentClaim(number, written, sentence[0], sentence.start() + match.start())


def budgets_in(text: str, window_days: Fraction) -> Iterator[BudgetClaim]:
    """Yield the lengths of time that a text gives for the budget.

    A sentence that speaks of another length of time than the window is left out: it tells the budget of that.
    """
    for sentence in _sentences(text):
        days = [_days(match) for match in _TIME.finditer(sentence[0])]
        if days and window_days not in days:
            continue
        for match in _BUDGET.finditer(sentence[0]):
            about, written, unit = match.groups()
            size = _SECONDS[unit[0].lower()]
            seconds = Fraction(written.replace(",", "")) * size
            slack = Fraction(size, 10 ** len(written.partition(".")[2]))
            yield BudgetClaim(
                seconds,
                max(slack, seconds * ABOUT) if about else slack,
                f"{written} {unit}",
                sentence[0],
                sentence.start() + match.start(),
            )


def _sentences(text: str) -> Iterator[re.Match[str]]:
    for sentence in _SENTENCE.finditer(text):
        if MIN_SENTENCE <= len(sentence[0]) <= MAX_SENTENCE and not _NOT_NOW.search(sentence[0]):
            yield sentence


def _days(match: re.Match[str]) -> Fraction:
    if match[3]:
        return Fraction(match[3])
    return Fraction(match[1] if match[1].isdigit() else 1) * _DAYS[match[2].lower()]


def _number(written: str) -> Fraction:
    return Fraction(written.replace(",", "."))
