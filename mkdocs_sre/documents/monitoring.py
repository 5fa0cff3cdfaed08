"""What monitoring is told: the alert rules of Prometheus, whom Alertmanager calls, and which pages went out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from mkdocs_sre.documents.finding import Defect
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.values import Moment


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One alert rule, as it is written.

    A rule without a name is left out, and a defect. `place` is that of the name; `places` holds those of values by their path
    of keys (`("expr",)`, `("annotations", "runbook_url")`), of a key itself under the path with `KEY` behind it.
    `duration` is what `for` says, empty without one. `file` is the file as people see it from the folder of the
    configuration; `group` the rule group that it stands in.
    """

    name: str
    group: str
    file: str
    place: Location
    expression: str = ""
    duration: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[tuple[str, ...], Location] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name in lower case, which is that of the alert's page."""
        return self.name.lower()

    def at(self, *path: str) -> Location:
        """Return the place of the value at a path of keys, or of the name where it is not written."""
        return self.places.get(path, self.place)


KEY = "<key>"  # behind a path of keys: the place of the key, not of its value


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition of a route: a label, `=`, `!=`, `=~` or `!~`, and a value."""

    label: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Route:
    """A route of Alertmanager: which alerts it takes, whom it calls, and the routes below it, in order.

    `receiver` is that of the route above where it names none.
    """

    receiver: str
    place: Location
    matchers: tuple[Matcher, ...] = ()
    goes_on: bool = False  # `continue`: the routes after it are asked too
    group_by: tuple[str, ...] = ()
    group_wait: str = ""
    repeat_interval: str = ""
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody whom Alertmanager can call: by which means (`pagerduty`, `slack`, `email`, ...), none for a silent one."""

    name: str
    place: Location
    means: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inhibition:
    """Alerts that are kept silent (`targets`) while others fire (`sources`) whose labels `equal` theirs."""

    sources: tuple[Matcher, ...]
    targets: tuple[Matcher, ...]
    equal: tuple[str, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class Routing:
    """One configuration of Alertmanager. `route` is the root; None in a file without one."""

    file: str
    route: Route | None = None
    receivers: tuple[Receiver, ...] = ()
    inhibitions: tuple[Inhibition, ...] = ()


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page that went out to somebody: for which alert, when, and whether it led to anything that was done.

    `rotation` is the id of who was called, empty where that follows from the alert. `place` is that of the alert's name,
    `rotation_place` that of the rotation. `file` is the file as people see it from the folder of the configuration.
    """

    alert: str
    at: Moment
    led_to_action: bool
    file: str
    place: Location
    rotation: str = ""
    rotation_place: Location | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a measurement of an objective found over a span of time.

    `slo` is the id of an objective. `good_percent` is exact, or None where only events are counted; then `good` and `total`
    are the counts. `start` and `end` have an offset; `end` is the first moment after the span.
    """

    slo: str
    start: datetime
    end: datetime
    good_percent: Decimal | None
    good: Decimal | None
    total: Decimal | None
    file: str
    place: Location


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Everything that rule files and configurations of Alertmanager say, in order of files; what is wrong with them.

    `pages` are those that went out, `measurements` what was measured of objectives; both in order of their file.
    """

    rules: tuple[AlertRule, ...] = ()
    routings: tuple[Routing, ...] = ()
    defects: tuple[Defect, ...] = ()
    pages: tuple[SentPage, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @property
    def files(self) -> dict[str, str]:
        """The files that rules, routes, pages and defects stand in: by path as places have it, what people call them.

        That is the path again where only defects tell of a file.
        """
        found = {rule.place.path: rule.file for rule in self.rules}
        found |= {routing.route.place.path: routing.file for routing in self.routings if routing.route is not None}
        found |= {page.place.path: page.file for page in self.pages}
        found |= {one.place.path: one.file for one in self.measurements}
        return {defect.fault.location.path: defect.fault.location.path for defect in self.defects} | found
