"""Further objectives of a document, which are SLOs of their own in OpenSLO where they share no indicator or alerts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_sre.slo.imports import Imported

_OWN = ("behaviour", "sli", "alerting")


def joined(main: Imported, others: Sequence[tuple[str, Imported]]) -> Imported:
    """Return a document with others as its further objectives, by name; what they say as it does is left out."""
    rows, places = list(main.values.get("objectives", ())), dict(main.places)
    losses = list(main.losses)
    for name, other in others:
        index = len(rows)
        own = {key: other.values[key] for key in _OWN if _differs(key, other.values, main.values)}
        rows.append({"name": name, "objective": other.values["objective"], **own})
        places[("objectives", index)] = other.place
        for path, place in other.places.items():
            if path[0] in rows[index]:
                places[("objectives", index, *path)] = place
        losses += (replace(one, slo=main.id) for one in other.losses)
    return replace(main, values={**main.values, "objectives": rows}, places=places, losses=tuple(losses))


def _differs(key: str, values: Mapping[str, object], main: Mapping[str, object]) -> bool:
    return key in values and values[key] != main.get(key)
