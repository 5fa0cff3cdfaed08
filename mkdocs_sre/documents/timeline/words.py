"""The words by which a milestone of an incident is known in a text.

A milestone is a verb, alone or behind what it happened to: `Resolved`, `Incident resolved`, `The outage has begun`.
What an alert does is no milestone: one that fired may not have been noticed, one that cleared ends no incident.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.timing import ACKNOWLEDGED, DECLARED, DETECTED, IMPACT_STARTED, MITIGATED, RESOLVED

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = MappingProxyType(
    {
        IMPACT_STARTED: ("started", "starts", "start", "began", "begins", "begun", "occurs", "occurred", "onset"),
        DETECTED: ("detected", "detection", "noticed", "first reported", "first seen"),
        DECLARED: ("declared", "declaration"),
        ACKNOWLEDGED: ("acknowledged", "acknowledgement", "acked"),
        MITIGATED: ("mitigated", "mitigation", "repaired", "restored", "recovered", "fixed"),
        RESOLVED: ("resolved", "resolution", "closed", "over", "ended", "ends", "end"),
    }
)
PHRASES = MappingProxyType(
    {
        IMPACT_STARTED: ("start of impact", "start of the impact", "start of incident", "start of the incident", "start of outage", "start of the outage"),
        MITIGATED: ("end of impact", "end of the impact", "end of outage", "end of the outage"),
        RESOLVED: ("end of incident", "end of the incident", "all clear"),
    }
)  # fmt: skip
THINGS = ("incident", "outage", "issue", "problem", "fault", "impact", "disruption", "degradation")
# What happens to users ends with the mitigation, whatever is still to be done.
_FELT = frozenset(("outage", "impact", "disruption", "degradation"))
_ENDED = frozenset(("over", "ended", "ends", "end", "closed"))
_SERVICE = frozenset(("mitigated", "restored", "recovered", "fixed", "repaired"))  # a service that started is no start
_PAGED = frozenset(WORDS[ACKNOWLEDGED])
_KEYS = MappingProxyType({word: key for key, words in WORDS.items() for word in words})
_PHRASE_KEYS = MappingProxyType({phrase: key for key, phrases in PHRASES.items() for phrase in phrases})


def _either(words: Iterable[str]) -> str:
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True))


_VERB = rf"(?:{_either(_KEYS)})"
_PATTERN = re.compile(
    rf"""(?:the\s+)?(?:
      (?P<phrase>{_either(_PHRASE_KEYS)})
    | (?:major\s+)? (?:time\s+of\s+|time\s+)?
      (?:(?P<thing>{_either(THINGS)}|services?|alert|page)\s+(?:(?:is|was|were|has|have|been|now|fully|officially|finally|first)\s+){{0,4}})?
      (?:first\s+|fully\s+|finally\s+|initially\s+)?
      (?: (?:declared|marked|confirmed|considered)\s+(?:as\s+|to\s+be\s+)?(?P<become>resolved|mitigated|repaired|restored|fixed|closed|over)
        | (?P<verbs>{_VERB}(?:\s*(?:,|/|&|\band\b)\s*{_VERB}){{0,3}})
      )
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
_EACH = re.compile(_VERB, re.IGNORECASE)
_STOP = r"\s*(?:$|[.:;,!()\[|<\u2013\u2014]|-(?=\s)|https?:)"
_AFTER_THING = re.compile(rf"{_STOP}|\s+(?:by|via|at|on|for|with|after|when|again|and|as|following|through)\b")
_AFTER_VERB = re.compile(rf"{_STOP}|\s+(?:by|via)\b")
_AFTER_START = re.compile(_STOP)
_SENTENCE = re.compile(r"[.;!]\s+")
MAX_SENTENCES = 8


class Phrase(NamedTuple):
    """The milestones that a phrase tells of, and the positions between which it stands."""

    keys: tuple[str, ...]
    start: int
    end: int
    has_thing: bool


def phrase_at(text: str, at: int = 0) -> Phrase | None:
    """Return the milestone phrase at a position, whatever follows it; None when none stands there."""
    found = _PATTERN.match(text, at)
    if found is None:
        return None
    if found["phrase"]:
        words = " ".join(found["phrase"].lower().split())
        return Phrase((_PHRASE_KEYS[words],), at, found.end(), has_thing=True)
    thing = (found["thing"] or "").lower()
    said = [found["become"]] if found["become"] else _EACH.findall(found["verbs"])
    keys = tuple(dict.fromkeys(_key(thing, " ".join(word.lower().split())) for word in said))
    return Phrase(keys, at, found.end(), has_thing=bool(thing)) if "" not in keys else None


def _key(thing: str, word: str) -> str:
    if thing in ("alert", "page"):
        return ACKNOWLEDGED if word in _PAGED else ""
    if thing in ("service", "services"):
        return MITIGATED if word in _SERVICE else ""
    return MITIGATED if thing in _FELT and word in _ENDED else _KEYS[word]


def told_by(text: str) -> Phrase | None:
    """Return the milestones that a line of a timeline tells of: by how it begins, or by a sentence that says only that."""
    phrase = phrase_at(text)
    if phrase is not None and _follows(phrase, text):
        return phrase
    for found in list(_SENTENCE.finditer(text))[:MAX_SENTENCES]:
        phrase = phrase_at(text, found.end())
        if phrase is not None and phrase.has_thing and re.match(r"\s*(?:$|[.;!(])", text[phrase.end :]):
            return phrase
    return None


def _follows(phrase: Phrase, text: str) -> bool:
    """Whether what stands behind a phrase lets it be a milestone: not so `Resolved names slowly`."""
    bare = _AFTER_START if IMPACT_STARTED in phrase.keys else _AFTER_VERB
    pattern = _AFTER_THING if phrase.has_thing else bare
    return pattern.match(text, phrase.end) is not None
