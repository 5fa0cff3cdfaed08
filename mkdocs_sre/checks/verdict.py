"""Whether a run fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import least_failing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.finding import Finding


def fails(findings: Iterable[Finding], *, strict: bool) -> bool:
    """Whether the findings fail a run: errors do, with `strict` warnings too, information never."""
    least = least_failing(strict=strict)
    return any(finding.level >= least for finding in findings)
