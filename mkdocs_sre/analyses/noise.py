"""How often rotations were paged, for which alerts, and how many of those pages led to anything that was done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.analyses.alerts import alerts_of, service_of
from mkdocs_sre.analyses.escalation import policy_of
from mkdocs_sre.documents.kinds.on_call import OnCall
from mkdocs_sre.documents.timing import zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from mkdocs_sre.documents.monitoring import SentPage
    from mkdocs_sre.knowledge import KnowledgeBase

WEEKS = 4  # whole ones before today that are counted

_noise: WeakKeyDictionary[KnowledgeBase, dict[date, Noise]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Volume:
    """How many pages went out in so many weeks, at least one, and how many of them led to action."""

    pages: int
    led_to_action: int
    weeks: int

    @property
    def a_week(self) -> Decimal:
        """The mean of the pages a week."""
        return Decimal(self.pages) / self.weeks

    @property
    def action_percent(self) -> Decimal | None:
        """The share of the pages that led to action, from 0 to 100; None without any page."""
        return Decimal(100 * self.led_to_action) / self.pages if self.pages else None

    def exceeds(self, target: Decimal | None) -> bool:
        """Whether there were more pages a week than a target allows; never without one."""
        return target is not None and self.a_week > target


@dataclass(frozen=True, slots=True)
class Noise:
    """The pages of the last whole weeks before a day.

    `weeks` is how many of them are counted: `WEEKS`, less those before the first page of the file, of which it knows
    nothing; 0 where it knows nothing of any. `rotations` are by id, `alerts` by name, both in lower case. What
    had no page in these weeks is left out of both. `pages` are those that are counted, in order of their file.
    """

    weeks: int = 0
    rotations: Mapping[str, Volume] = field(default_factory=dict)
    alerts: Mapping[str, Volume] = field(default_factory=dict)
    pages: tuple[SentPage, ...] = ()

    def of_rotation(self, policy: OnCall) -> Volume | None:
        """Return the pages of a rotation, none of them too; None where no week is known."""
        return self.rotations.get(policy.id.lower(), Volume(0, 0, self.weeks)) if self.weeks else None

    def of_alert(self, name: str) -> Volume | None:
        """Return the pages of an alert, none of them too; None where no week is known."""
        return self.alerts.get(name.lower(), Volume(0, 0, self.weeks)) if self.weeks else None


def noise_of(base: KnowledgeBase, as_of: date) -> Noise:
    """Return the pages of the last `WEEKS` whole weeks before a day, the same object each time.

    A week goes from Monday to Sunday by the option `timezone`; without one, by the date that a page is written with. The
    week of the day itself is not over, and not counted.
    """
    known = _noise.setdefault(base, {})
    if as_of not in known:
        known[as_of] = _counted(base, as_of)
    return known[as_of]


def rotation_of(base: KnowledgeBase, page: SentPage) -> OnCall | None:
    """Return whose page it was: that of the rotation it names, else the one that answers for the service or owner of its alert."""
    if page.rotation:
        return base.document(page.rotation, OnCall)
    alert = alerts_of(base).find(page.alert)
    if alert is None:
        return None
    service = service_of(base, alert)
    return policy_of(base, service.id if service else None, alert.owner)


def week_of(day: date) -> int:
    """Return the number of a day's week, from Monday to Sunday, counted from the beginning of the calendar.

    >>> from datetime import date
    >>> week_of(date(2026, 3, 9)) - week_of(date(2026, 3, 8)), week_of(date(2026, 3, 15)) - week_of(date(2026, 3, 9))
    (1, 0)
    """
    return (day.toordinal() - 1) // 7  # 0001-01-01 was a Monday


def _counted(base: KnowledgeBase, as_of: date) -> Noise:
    pages = base.monitoring.pages
    if not pages:
        return Noise()
    name = base.settings.timezone
    zone = zone_named(name) if name else None
    this = week_of(as_of)
    by_week = [(week_of(_day(page, zone)), page) for page in pages]
    first = max(min(week for week, _ in by_week), this - WEEKS)
    recent = [page for week, page in by_week if first <= week < this]
    weeks = max(this - first, 0)
    alerts: dict[str, list[SentPage]] = defaultdict(list)
    rotations: dict[str, list[SentPage]] = defaultdict(list)
    policies: dict[tuple[str, str], OnCall | None] = {}
    for page in recent:
        key = page.alert.lower(), page.rotation.lower()
        if key not in policies:
            policies[key] = rotation_of(base, page)
        alerts[key[0]].append(page)
        policy = policies[key]
        if policy is not None:
            rotations[policy.id.lower()].append(page)
    return Noise(weeks, _volumes(rotations, weeks), _volumes(alerts, weeks), tuple(recent))


def _volumes(pages: Mapping[str, list[SentPage]], weeks: int) -> dict[str, Volume]:
    return {
        key: Volume(len(some), sum(page.led_to_action for page in some), weeks) for key, some in sorted(pages.items())
    }


def _day(page: SentPage, zone: tzinfo | None) -> date:
    """Return the day on which a page went out, in a zone; as it is written without one."""
    at = page.at.at
    if zone is None or not page.at.has_offset:
        return at.date()
    try:
        return at.astimezone(zone).date()
    except (OverflowError, ValueError):  # at an end of the calendar
        return at.date()
