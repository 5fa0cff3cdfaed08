"""An imported document in the making: each value goes in together with the place that it came from."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mkdocs_sre.slo.document_text import starting_body
from mkdocs_sre.slo.imports import Imported
from mkdocs_sre.slo.losses import Loss

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.marks import KeyPath


class Draft:
    """The front matter of one document, filled key by key in the order in which the keys are written."""

    def __init__(self, id_: str, place: Location) -> None:
        self.id = id_
        self.place = place
        self._values: dict[str, Any] = {}
        self._places: dict[KeyPath, Location] = {}
        self._losses: list[Loss] = []
        self.put(("type",), "slo", place)
        self.put(("id",), id_, place)

    def put(self, path: KeyPath, value: Any, place: Location) -> None:
        """Write a value at a path of keys and of places in lists, which grow by one; None writes nothing."""
        if value is None:
            return
        inner: Any = self._values
        for step, following in pairwise(path):
            inner = _entered(inner, step, [] if isinstance(following, int) else {})
        last = path[-1]
        if isinstance(last, int):
            inner.append(value)
        else:
            inner[last] = value
        for length in range(1, len(path)):
            self._places.setdefault(path[:length], place)
        self._places[path] = place

    def lose(self, what: str, place: Location) -> None:
        """Note what the document cannot say: one plain sentence without a full stop."""
        self._losses.append(Loss(self.id, what, place))

    def done(self, heading: str = "") -> Imported:
        """Return the document; its heading is the id unless another is given."""
        return Imported(
            self.id, self._values, starting_body(heading or self.id), self.place, self._places, tuple(self._losses)
        )


def _entered(outer: Any, step: str | int, new: list[Any] | dict[str, Any]) -> Any:
    """Return what stands at a step, which is made where nothing does."""
    if isinstance(step, int):
        if step == len(outer):
            outer.append(new)
        return outer[step]
    return outer.setdefault(step, new)
