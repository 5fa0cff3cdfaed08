"""How long a post-incident review has been waiting to be written."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.standing import severity_of
from mkdocs_sre.documents.timing import RESOLVED, business_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.settings import Settings

DRAFT_DAYS = 5  # business days after the incident in which a review is written
DRAFT_DAYS_BY_SEVERITY: Mapping[str, int] = MappingProxyType({"SEV1": 3})


def draft_days(pir: Pir, settings: Settings, as_of: date) -> tuple[int, int]:
    """Return how many business days have passed since an incident, and in how many its review is to be written.

    Days count from the end of the incident where it is known, else from its date.
    """
    resolved = [event.day for event in pir.timeline if event.key == RESOLVED]
    severity = severity_of(pir.severity, settings) or ""
    passed = business_days(max([pir.incident_date, *resolved]), as_of)
    return passed, DRAFT_DAYS_BY_SEVERITY.get(severity, DRAFT_DAYS)
