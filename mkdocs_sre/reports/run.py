"""What a report is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from mkdocs_sre.reports.places import from_here, from_repository, moved, moved_path, moved_waived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from mkdocs_sre.documents.finding import Finding, Level
    from mkdocs_sre.documents.waiver import Waived


class RuleText(Protocol):
    """What a report tells of a rule."""

    @property
    def code(self) -> str:
        """The code, `DOC202`."""

    @property
    def name(self) -> str:
        """The name, `missing-key`."""

    @property
    def level(self) -> Level:
        """The level where nothing is configured."""

    @property
    def family(self) -> str:
        """The letters of the code."""

    @property
    def summary(self) -> str:
        """What the rule wants, in one sentence."""

    @property
    def text(self) -> str:
        """The rule's page in Markdown."""


@dataclass(frozen=True)
class Run:
    """One run of the rules: what it found, what is waived, the file of each document that it checked.

    `docs_dir` and `folder` (of `mkdocs.yml`) say where the paths are; `rules` are those that a report may explain.
    """

    findings: Sequence[Finding]
    waived: Sequence[Waived]
    documents: Sequence[str]
    as_of: date
    docs_dir: Path
    folder: Path
    strict: bool = False
    rules: Sequence[RuleText] = ()

    @property
    def docs(self) -> str:
        """The docs folder as seen from the working directory."""
        return from_here(self.docs_dir, self.folder)

    def for_people(self) -> Run:
        """Return the run with paths as seen from the working directory, so that a terminal can open them."""
        return self._moved(self.docs)

    def told(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return findings with such paths."""
        return [moved(one, self.docs) for one in findings]

    def for_machines(self) -> Run:
        """Return the run with paths as seen from the root of the repository, so that they find the lines of a change."""
        return self._moved(from_repository(self.docs_dir, self.folder))

    def _moved(self, docs: str) -> Run:
        return replace(
            self,
            findings=[moved(one, docs) for one in self.findings],
            waived=[moved_waived(one, docs) for one in self.waived],
            documents=[moved_path(one, docs) for one in self.documents],
        )
