"""What an export of objectives tells: errors, what is lost, and how the files in the folder stand to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_sre.reports.places import from_here, moved, moved_path
from mkdocs_sre.reports.slo_import import fault_lines, loss_lines
from mkdocs_sre.reports.text import line, plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mkdocs_sre.documents.finding import Fault, Finding
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.losses import Loss


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the files in a folder stand to those that are to be there: their names, in order.

    `missing` are not there, `differing` say something else, `same` do not; `stale` are ours, and no part of the export any more;
    `foreign` stand where ours would, and bear no word of ours.
    """

    missing: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether all is as it is to be."""
        return not (self.missing or self.differing or self.stale or self.foreign)


def error_lines(findings: Iterable[Finding], faults: Iterable[Fault], docs_dir: Path, folder: Path) -> Iterator[str]:
    """Yield what keeps an export from being made, with places as seen from the working directory."""
    docs = from_here(docs_dir, folder)
    yield from (line(moved(one, docs)) for one in findings)
    yield from fault_lines(
        replace(one, location=_moved(one.location, docs), related=tuple(_moved(other, docs) for other in one.related))
        for one in faults
    )


def lost_lines(losses: Iterable[Loss], docs_dir: Path, folder: Path) -> Iterator[str]:
    """Yield what a form cannot say, each with its place as seen from the working directory."""
    docs = from_here(docs_dir, folder)
    yield from loss_lines(replace(one, place=one.place and _moved(one.place, docs)) for one in losses)


def difference_lines(found: Comparison, folder: Path) -> Iterator[str]:
    """Yield how each file of a folder differs from what the pages say, and how to write them anew."""
    reasons = {
        "is missing": found.missing,
        "differs from its page": found.differing,
        "is no part of this export any more": found.stale,
        "was not written by this command": found.foreign,
    }
    for reason, names in reasons.items():
        yield from (printable(f"{folder / name}: {reason}") for name in names)
    if found.agrees:
        yield printable(
            f"{folder}: {plural(len(found.same), 'file')} as {'it is' if len(found.same) == 1 else 'they are'} to be"
        )
    else:
        yield "run the same command without --check, and commit what it writes"


def written_line(found: Comparison, folder: Path) -> str:
    """Return how many files were written, stayed as they were, and were removed."""
    written = len(found.missing) + len(found.differing) + len(found.foreign)
    parts = [f"{plural(written, 'file')} written"]
    if found.same:
        parts.append(f"{len(found.same)} as before")
    if found.stale:
        parts.append(f"{len(found.stale)} removed")
    return printable(f"{folder}: {', '.join(parts)}")


def _moved(location: Location, docs: str) -> Location:
    return replace(location, path=moved_path(location.path, docs))
