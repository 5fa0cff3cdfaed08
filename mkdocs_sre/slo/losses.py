"""What a conversion could not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.targets import Target


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that one form says and the other cannot. `what` is one plain sentence without a full stop.

    `slo` is the id of the objective, empty where it is about the whole file. `place` is where it stands in what was read.
    """

    slo: str
    what: str
    place: Location | None = None


def loss_of(target: Target, what: str, *keys: str | int) -> Loss:
    """Return what is lost of an objective, at the key that counts for it: its own, else that of its document."""
    return Loss(target.id, what, target.slo.at(*target.key(*keys)))


def left_out(target: Target, component: str) -> Loss:
    """Return that a composite is not written at all; `component` is the id that no objective has, or only a composite."""
    what = f"it is left out: it is made of `{component}`, which is no objective, or made of others itself"
    return loss_of(target, what, "sli", "composite")
