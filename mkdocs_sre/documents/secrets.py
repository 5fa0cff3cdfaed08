"""Texts that look like secrets: keys of known forms, and passwords that are written out."""

from __future__ import annotations

import re
from collections import Counter
from math import log2
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_LENGTH = 8  # characters of a literal that may be a password; shorter ones are words of examples
MIN_ENTROPY = 2.5  # bits a character; `aaaaaaa1` has 0.5, `Passw0rd` 2.8, 16 random letters and digits about 3.8


class Secret(NamedTuple):
    """What looks like a secret: what it would be, and the column (from 1) where it begins in its line."""

    what: str
    column: int


# Forms that their makers publish so that they can be found, each with what it is and a part that every text has.
_KNOWN = (
    ("a private key", "-----BEGIN", r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
    ("an AWS access key", "A", r"(?<![A-Za-z0-9])A(?:KIA|SIA)(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    (
        "an AWS secret key",
        "aws_secret",
        r"aws_secret_access_key[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?!\S*EXAMPLE)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])",
    ),
    ("a GitHub token", "gh", r"(?<!\w)gh[pousr]_[A-Za-z0-9]{36,255}(?!\w)"),
    ("a GitHub token", "github_pat_", r"(?<!\w)github_pat_[A-Za-z0-9_]{22,255}(?!\w)"),
    ("a GitLab token", "glpat-", r"(?<!\w)glpat-[A-Za-z0-9_-]{20,255}"),
    ("a Slack token", "xox", r"(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,255}"),
    ("a Slack webhook", "hooks.slack", r"hooks\.slack\.com/(?:services|workflows)/T[A-Z0-9]{6,}/[A-Z0-9]{6,}/\w{16,}"),
    ("a Google API key", "AIza", r"(?<!\w)AIza[A-Za-z0-9_-]{35}(?![\w-])"),
    ("a Stripe key", "k_live_", r"(?<!\w)[rs]k_live_[A-Za-z0-9]{16,255}"),
    ("a Vault token", "hvs.", r"(?<!\w)hvs\.[A-Za-z0-9_-]{24,255}"),
    ("an npm token", "npm_", r"(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)"),
    ("a SendGrid key", "SG.", r"(?<!\w)SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}"),
    ("a JSON web token", "eyJ", r"(?<!\w)eyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{8,4096}"),
)
_PATTERNS = tuple((what, sign, re.compile(pattern)) for what, sign, pattern in _KNOWN)
_ASSIGNED = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)|(?<![a-z])pwd|secret(?:[_-]?(?:access[_-]?)?key)?|(?<![a-z])token|api[_-]?key"
    r"|access[_-]?key|client[_-]?secret|auth[_-]?token|private[_-]?key)[\"'`]?"
    r"(?:[ \t]{0,4}[:=][ \t]{0,4}|[ \t]{1,4}(?=[\"'])|(?<=--password)[ \t]{1,4})"
    r"(?:(?P<sign>[\"'`])(?P<quoted>[^\"'`\n]{8,256})(?P=sign)|(?P<bare>[^\s\"'`,;)\]]{8,256}))"
)
# Other places of a password, each with what it is there.
_ELSEWHERE = (
    ("a password in an address", re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{1,100}:([^\s:/@]{8,100})@")),
    ("a token", re.compile(r"(?i)\bbearer[ \t]+([\w.~+/=-]{16,256})")),
    ("a password", re.compile(r"\bmysql[^|;\n]{0,200}[ \t]-p(\S{8,100})")),
)
# What each of the forms above holds, its case folded: a text without any of these holds no secret, as nearly all lines.
# Plain texts are looked for some ten times faster than one pattern of them all.
_SIGNS = (
    *("akia", "asia", "pass", "pwd", "secret", "token", "key", "bearer", "mysql", "://"),
    *(sign.lower() for _, sign, _ in _KNOWN if len(sign) > 1),
)
# What stands for a value: something to be filled in, computed, or left out.
_STANDS_FOR = re.compile(
    r"(?i)[$<>{}()\[\]…]|\*{2}|\.{3}|x{3}|example|placeholder|change.?me|redacted|your|secret|password|dummy|sample|todo"
)
_NAME = re.compile(
    r"[a-z0-9]*[a-z](?:[-_./:][a-z0-9]+)*|[A-Z0-9]*[A-Z](?:_[A-Z0-9]+)*|[\w.@:-]*/[\w./@:-]*|v?\d[\d.:]*(?:-\w+)*"
)
_RANDOM_PART = re.compile(r"(?=[a-z]*\d)[a-z0-9]{16,}")  # a word of letters and digits that is longer than a name's


def may_hold_secret(text: str) -> bool:
    """Whether a text of any length holds a sign without which `secrets_in` finds nothing in any of its lines."""
    folded = text.casefold()
    return any(sign in folded for sign in _SIGNS)


def secrets_in(line: str) -> Iterator[Secret]:
    """Yield what looks like a secret in one line of text, at most one a form.

    A literal that is given to a key such as `password` counts when it has at least 8 characters, at least 2.5 bits of
    entropy a character, letters together with digits or signs, and is no name (`payments-db-2`), no path, and nothing
    that stands for a value (`<password>`, `${PASSWORD}`, `xxxx`, `changeme`).
    """
    if not may_hold_secret(line):
        return
    for what, sign, pattern in _PATTERNS:
        match = pattern.search(line) if sign in line else None
        if match:
            yield Secret(what, match.start() + 1)
    for match in _ASSIGNED.finditer(line):
        group = "quoted" if match["quoted"] is not None else "bare"
        if is_secret(match[group]):
            yield Secret("a password or key", match.start(group) + 1)
            return
    for what, pattern in _ELSEWHERE:
        match = pattern.search(line)
        if match and is_secret(match[1]):
            yield Secret(what, match.start(1) + 1)
            return


def is_secret(literal: str) -> bool:
    """Whether a literal could be a password, by its length, its signs and its entropy."""
    if len(literal) < MIN_LENGTH or " " in literal or _STANDS_FOR.search(literal):
        return False
    if _NAME.fullmatch(literal) and not _RANDOM_PART.search(literal):
        return False
    mixed = any(sign.isalpha() for sign in literal) and not literal.isalpha()
    return mixed and entropy_bits(literal) >= MIN_ENTROPY


def entropy_bits(text: str) -> float:
    """Return the Shannon entropy of a text in bits a character, from 0 (one character, or none) up.

    It is -Σ p·log2(p) over the shares p of its characters (C. E. Shannon, 1948).
    """
    if not text:
        return 0.0
    return sum(-count / len(text) * log2(count / len(text)) for count in Counter(text).values())
