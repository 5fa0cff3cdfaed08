"""What belongs to a review beside its own text: the local images that it shows and the snippets that it includes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Attached:
    """A file that belongs to a sealed review: how the review names it, and the digest of its bytes."""

    reference: str
    digest: str
