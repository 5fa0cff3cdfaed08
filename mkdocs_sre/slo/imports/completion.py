"""What a form does not say of its objectives, and who imports them does: the period, its windows, the owner."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.documents.windows import parse_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.slo.imports import Imported
    from mkdocs_sre.slo.imports.sloth_windows import GivenWindows

USUAL_PERIOD = "30d"


@dataclass(frozen=True, slots=True)
class Completion:
    """What is written into documents that do not say it: the period, the owner, and the windows of each period."""

    period: str = USUAL_PERIOD
    owner: str = ""
    windows: Sequence[GivenWindows] = ()

    def completed(self, imported: Imported) -> Imported:
        """Return the document with what it lacks, its keys in the order of the reference.

        Pairs of windows go to documents of exactly their period that alert and name no pairs themselves.
        """
        values, places = deepcopy(imported.values), dict(imported.places)
        for key, value in (("window", self.period), ("owner", self.owner)):
            if value and key not in values:
                values[key], places[key,] = value, imported.place
        given = self._windows_for(values)
        if given is not None:
            values["alerting"]["windows"] = [dict(one) for one in given.windows]
            places["alerting", "windows"] = given.place
            places |= {("alerting", "windows", *at): place for at, place in given.places.items()}
        order = {name: number for number, name in enumerate(ServiceLevelObjective.model_fields)}
        ordered = dict(sorted(values.items(), key=lambda item: order.get(item[0], -1)))
        return replace(imported, values=ordered, places=places)

    def _windows_for(self, values: dict[str, Any]) -> GivenWindows | None:
        alerting = values.get("alerting")
        if alerting is None or "windows" in alerting:
            return None
        try:
            period = parse_window(values.get("window")).rolling
        except PydanticCustomError:
            return None
        found = (one for one in self.windows if period is not None and one.seconds == period.seconds and not one.usual)
        return next(found, None)
