"""What `--write-waivers` has written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mkdocs_sre.reports.text import line, plural, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.reports.run import Run


class Written(Protocol):
    """A new waiver."""

    @property
    def rule(self) -> str:
        """The code."""

    @property
    def name(self) -> str:
        """The rule's name."""

    @property
    def document(self) -> str:
        """The id or path."""

    @property
    def count(self) -> int:
        """How many findings it covers."""


def waivers_report(run: Run, file: str, written: Sequence[Written], left: Sequence[Finding]) -> str:
    """Return what was written into the waivers file, a line a waiver, and the findings that still fail a strict run."""
    findings = sum(one.count for one in written)
    said = f"{plural(len(written), 'waiver')} for {plural(findings, 'finding')}" if written else "nothing to waive"
    lines = [f"{printable(file)}: {said}"]
    lines += [
        f"  {one.rule} {one.name} in {printable(one.document)}: {plural(one.count, 'finding')}" for one in written
    ]
    if left:
        lines.append(f"{plural(len(left), 'finding')} left, to be mended or waived by hand:")
        lines += [line(one) for one in run.told(left)]
    return "\n".join([*lines, ""])
