"""Which objectives are judged, and of which more is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.slo.targets import Target


def judged(slo: ServiceLevelObjective) -> tuple[Target, ...]:
    """Return the objectives of a document, none when it is deprecated."""
    return () if slo.status == "deprecated" else targets_of(slo)


def first_with(slo: ServiceLevelObjective, key: str) -> tuple[Target, ...]:
    """Return the judged objectives that have this key of their own, and for all that share the document's the first."""
    return tuple({target.key(key): target for target in reversed(judged(slo))}.values())[::-1]
