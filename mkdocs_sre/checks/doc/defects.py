"""From what was seen while reading to the rule that reports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.reading.source import Source


def defects(source: Source, name: str) -> Iterator[Fault]:
    """Yield the faults that the reader noted under this name, which is that of their rule."""
    return (defect.fault for defect in source.defects if defect.name == name)
