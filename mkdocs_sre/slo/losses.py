"""What a conversion could not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that one form says and the other cannot. `what` is one plain sentence without a full stop.

    `slo` is the id of the objective, empty where it is about the whole file. `place` is where it stands in what was read.
    """

    slo: str
    what: str
    place: Location | None = None
