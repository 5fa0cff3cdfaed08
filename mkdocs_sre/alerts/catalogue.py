"""All alerts of a knowledge base, by name, runbook and address."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.alerts.renames import probable_renames
from mkdocs_sre.alerts.routing import Inhibitor, Router

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.alerts.alert import Alert, Called, Link
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.documents.monitoring import AlertRule, Monitoring

_OTHER_FORMS = ("procedure", "troubleshooting", "emergency")  # of runbooks that no alert need lead to


@dataclass(eq=False)
class AlertCatalogue:
    """The alerts, in order of names; `by_key` has them by name in lower case.

    `clashes` are names that differ in case only from the one of their alert, with the first rule that has each.
    `aliases` are the alerts by the paths of further pages that stand for them, several where a page would stand for
    several: those of the option `aliases`, and those at which links of rules look for a page that is not there. Such a
    path may differ in case only from that of a page; where the file system sees no difference that page is at both
    addresses, and nothing must be written over it.
    """

    by_key: Mapping[str, Alert]
    monitoring: Monitoring
    runbooks: Sequence[Runbook]
    has_pages: bool = False  # whether alerts have pages of their own, which takes rule files
    clashes: tuple[AlertRule, ...] = ()
    aliases: Mapping[str, tuple[Alert, ...]] = field(default_factory=dict)
    _links: Mapping[int, tuple[Link, ...]] = field(default_factory=dict)  # by the identity of the rule
    _called: dict[str, tuple[Called, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Alert]:
        return iter(self.by_key.values())

    def __len__(self) -> int:
        return len(self.by_key)

    def find(self, name: str) -> Alert | None:
        """Return the alert of a name, whatever its case; None when there is none."""
        return self.by_key.get(name.lower())

    def links_of(self, rule: AlertRule) -> tuple[Link, ...]:
        """Return the links of one of the rules: one, or one for each value of its labels."""
        return self._links.get(id(rule), ())

    def of_runbook(self, runbook: Runbook) -> tuple[Alert, ...]:
        """Return the alerts that a runbook is for: that have it, that it names, or a link of which leads to it."""
        return tuple(self._by_runbook.get(runbook.path, ()))

    @cached_property
    def _by_runbook(self) -> dict[str, list[Alert]]:
        found: dict[str, list[Alert]] = defaultdict(list)
        naming: dict[str, list[Runbook]] = defaultdict(list)
        for runbook in self.runbooks:
            for name in runbook.alerts:
                naming[name.lower()].append(runbook)
        for alert in self:
            runbooks = (alert.runbook, *(link.runbook for link in alert.links), *naming[alert.key])
            for path in dict.fromkeys(one.path for one in runbooks if one is not None):
                found[path].append(alert)
        return found

    @cached_property
    def orphans(self) -> tuple[Runbook, ...]:
        """The runbooks for alerts that no alert of a rule points at, in order of paths; none where there are no rules.

        One that says it is a procedure, troubleshooting or for emergencies is for an alert only if it names one.
        """
        if not self.monitoring.rules:
            return ()
        return tuple(
            runbook
            for runbook in self.runbooks
            if not runbook.listed
            and runbook.status != "deprecated"
            and (runbook.alerts or runbook.form not in _OTHER_FORMS)
            and not any(alert.rules for alert in self.of_runbook(runbook))
        )

    @cached_property
    def renames(self) -> Mapping[str, str]:
        """The probable alert of each orphan, by the runbook's path; neither is given to two."""
        names = {one.path: dict.fromkeys((*one.alerts, one.id, one.body.title)) for one in self.orphans}
        return probable_renames(names, [alert.name for alert in self if alert.rules and alert.runbook is None])

    def called(self, alert: Alert) -> tuple[Called, ...]:
        """Return whom any rule of an alert calls, each receiver once, in order; those that are certain for one are so."""
        if alert.key not in self._called:
            found: dict[str, Called] = {}
            for one in (one for rule in alert.rules for one in self.called_by(rule)):
                before = found.get(one.receiver)
                if before is None or (one.certain and not before.certain):
                    found[one.receiver] = one
            self._called[alert.key] = tuple(found.values())
        return self._called[alert.key]

    def called_by(self, rule: AlertRule) -> Iterator[Called]:
        """Yield whom one rule calls by each configuration of Alertmanager."""
        for router in self._routers:
            yield from router.called(rule)

    @cached_property
    def _routers(self) -> list[Router]:
        return [Router(routing) for routing in self.monitoring.routings]

    def silenced_by(self, alert: Alert) -> tuple[Alert, ...]:
        """Return the other alerts that keep this one silent while they fire, as far as rules tell it, in order."""
        found = {
            source.key
            for target in alert.rules
            for inhibitor in self._inhibitors
            for source in inhibitor.silencing(target)
        }
        return tuple(self.by_key[key] for key in sorted(found - {alert.key}))

    @cached_property
    def _inhibitors(self) -> list[Inhibitor]:
        rules = [rule for alert in self for rule in alert.rules]
        return [
            Inhibitor(inhibition, rules) for routing in self.monitoring.routings for inhibition in routing.inhibitions
        ]
