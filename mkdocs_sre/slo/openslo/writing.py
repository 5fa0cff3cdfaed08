"""An objective on its way into OpenSLO, and what is lost on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_sre.documents.marks import dotted
from mkdocs_sre.slo.losses import Loss

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.slo.exports import Context


class UnwritableError(Exception):
    """An objective that OpenSLO cannot say at all, which has been told as a loss."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A document that is written: what else there is to know, the losses so far, and what OpenSLO has no place for."""

    slo: ServiceLevelObjective
    context: Context
    losses: list[Loss] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def lose(self, why: str, *path: str | int) -> None:
        """Note that the value at a path of the document is not said, or not as it is; once, however often it is met."""
        loss = Loss(self.slo.id, f"`{dotted(path)}`: {why}", self.slo.at(*path))
        if loss not in self.losses:
            self.losses.append(loss)

    def leave(self, *path: str | int) -> None:
        """Note that OpenSLO has no place for the value at a path."""
        if (name := f"`{dotted(path)}`") not in self.left:
            self.left.append(name)

    def lose_left(self) -> None:
        """Note as one loss all that OpenSLO has no place for."""
        if self.left:
            self.losses.append(Loss(self.slo.id, f"only the page says {', '.join(self.left)}", self.slo.at("id")))

    def unwritable(self, why: str, *path: str | int) -> UnwritableError:
        """Note that an objective cannot be written because of the value at a path; return what to raise."""
        self.lose(f"{why}, so the objective is not written", *path)
        return UnwritableError()
