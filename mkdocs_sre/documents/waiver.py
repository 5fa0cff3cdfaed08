"""A waiver: somebody's word that a finding may stay for a while, and the finding that it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.location import Location

WAIVER_KEYS = ("rule", "document", "reason", "by", "until")  # all of them required
COUNT_KEY = "count"


@dataclass(frozen=True, slots=True, eq=False)
class Waiver:
    """One entry of the waivers file.

    `rule` is a code or a name, `document` an id or a path below the docs folder. It holds up to and including the day
    `until`. It covers at most `count` findings, or all when that is None. `places` are those of the values.
    """

    rule: str
    document: str
    reason: str
    by: str
    until: date
    location: Location
    count: int | None = None
    places: Mapping[str, Location] = field(default_factory=dict)

    def value_at(self, key: str) -> Location:
        """Return the place of a key's value, or of the waiver where the key is not written."""
        return self.places.get(key, self.location)


class Waived(NamedTuple):
    """A finding that a waiver covers, so that it does not count."""

    finding: Finding
    waiver: Waiver
