"""The status and severity of a review, whatever the words that a team has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_sre.settings import Settings

DRAFT, REVIEW, FINAL = STATUSES = ("draft", "review", "final")
SEVERITIES = ("SEV1", "SEV2", "SEV3", "SEV4")
_BETWEEN = re.compile(r"[\s_-]+")


def status_of(text: str, settings: Settings) -> str | None:
    """Return `draft`, `review` or `final` for a review's status; None for a word that is neither one nor mapped."""
    return _canonical(text, settings.statuses, STATUSES)


def severity_of(text: str, settings: Settings) -> str | None:
    """Return `SEV1` to `SEV4` for an incident's severity; None for a word that is neither one nor mapped."""
    return _canonical(text, settings.severities, SEVERITIES)


def _canonical(text: str, mapped: Mapping[str, str], known: Sequence[str]) -> str | None:
    names = {_folded(name): name for name in known}
    own = {_folded(name): value for name, value in mapped.items()}
    return names.get(_folded(own.get(_folded(text), text)))


def _folded(text: str) -> str:
    return _BETWEEN.sub("", text).casefold()
