"""Numbers of an objective that stand in prose: its percent, and its budget as a length of time.

Only what clearly speaks of the objective itself counts. A sentence on what was, may be or would be does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from mkdocs_sre.slo.durations import HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterator

ABOUT = Fraction(1, 10)  # so much may be missing to a number that is told with "about"
MAX_SENTENCE = 2_000  # characters on each side of a number in which its sentence is looked for
MAX_CLAIMS = 100  # numbers of one text that are looked at; no text of that many is prose

_BREAK = re.compile(r"[.!?](?=\s)|\n(?=[ \t]*[\n#*|-])")
# All patterns are for text in lower case, and begin with what is rare in prose. Spaces are counted, so that a text of
# nothing else is read in linear time. Percentages below 90 are more often of something else, and so is 100.
_PERCENT = r"(9(?<![\d.,]9)\d(?:[.,]\d{1,9})?)\s?(?:%|percent\b|per cent\b)"
_ANY_PERCENT = re.compile(_PERCENT)
_LINKING = r"(?:\s{1,3}(?:is|are|of|at|for|this|the|service|availability|set|to|stays|remains|be)\b)"
_OBJECTIVE = re.compile(
    rf"(?:objective|target|slo){_LINKING}{{0,4}}\s{{0,3}}[:=]?\s{{0,3}}\**{_PERCENT}"
    rf"|we promise\s{{1,3}}\**{_PERCENT}"
)
_OBJECTIVE_BEHIND = re.compile(rf"{_PERCENT}\**\s{{1,3}}(?:availability\s{{1,3}})?(?:objective|target|slo)\b")
_BUDGET = re.compile(
    r"budget\s{0,3}(?:\bis\b|\bof\b|\bleaves\b|\ballows\b|\bcomes to\b|:|=)\s{0,3}\**"
    r"((?:about|roughly|some|around|nearly|almost|~|≈)\s{0,3})?"
    r"(\d[\d,]{0,19}(?:\.\d{1,9})?)\s?(seconds?|s|minutes?|mins?|min|m|hours?|h)\b"
)
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)  # which leaves every character at its place
_NOT_NOW = re.compile(
    r"\b(?:was|were|had|until|before|earlier|former|formerly|previous|previously|instead|would|could|might|may|if|once|"
    r"rise|rises|raise|raised|lower|lowered|higher|stricter|looser|not|never|no|next|later|than|from)\b",
)
_TIME = re.compile(r"\b(\d{1,4}|an?|one|per|each|every|whole)[ -]+(day|week|month|quarter|year)s?\b|\b(\d{1,4})d\b")
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
_SECONDS = {"s": 1, "m": MINUTE, "h": HOUR}


@dataclass(frozen=True, slots=True)
class PercentClaim:
    """A percentage that a text gives for the objective; `start` is how many characters come before it."""

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
    for match in _ANY_PERCENT.finditer(text[:MAX_SENTENCE].translate(_LOWER)):
        yield PercentClaim(_number(match[1]), match[1], text, 0)


def objectives_in(text: str) -> Iterator[PercentClaim]:
    """Yield the percentages that a longer text calls the objective, the target, the SLO, or what we promise."""
    for match, sentence in chain(_told(_OBJECTIVE, text), _told(_OBJECTIVE_BEHIND, text)):
        written = next(filter(None, match.groups()))
        yield PercentClaim(_number(written), written, sentence, match.start())


def budgets_in(text: str, window_days: Fraction) -> Iterator[BudgetClaim]:
    """Yield the lengths of time that a text gives for the budget.

    A sentence that speaks of another length of time than the window is left out: it tells the budget of that.
    """
    for match, sentence in _told(_BUDGET, text):
        days = [_days(one) for one in _TIME.finditer(sentence)]
        if days and window_days not in days:
            continue
        about, written, unit = match.groups()
        size = _SECONDS[unit[0]]
        seconds = Fraction(written.replace(",", "")) * size
        slack = Fraction(size, 10 ** len(written.partition(".")[2]))
        slack = max(slack, seconds * ABOUT) if about else slack
        yield BudgetClaim(seconds, slack, f"{written} {unit}", sentence, match.start())


def _told(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what a pattern finds, and the sentence around it, where that tells of now."""
    text = text.translate(_LOWER)
    for match in islice(pattern.finditer(text), MAX_CLAIMS):
        sentence = _sentence(text, match)
        if not (_BREAK.search(match[0]) or _NOT_NOW.search(sentence)):
            yield match, sentence


def _sentence(text: str, match: re.Match[str]) -> str:
    first = max(0, match.start() - MAX_SENTENCE)
    breaks = [one.end() for one in _BREAK.finditer(text, first, match.start() + 1) if one.end() <= match.start()]
    after = _BREAK.search(text, match.end(), match.end() + MAX_SENTENCE)
    return text[breaks[-1] if breaks else first : after.start() if after else match.end() + MAX_SENTENCE]


def _days(match: re.Match[str]) -> Fraction:
    if match[3]:
        return Fraction(match[3])
    return Fraction(match[1] if match[1].isdigit() else 1) * _DAYS[match[2]]


def _number(written: str) -> Fraction:
    return Fraction(written.replace(",", "."))
