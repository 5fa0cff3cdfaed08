"""What a report of alerts is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.reports.places import from_here, moved_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mkdocs_sre.alerts.alert import Alert, Called, Link
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.monitoring import AlertRule

BROKEN = ("nothing", "no-anchor")  # outcomes of a link that leads nowhere


@dataclass(frozen=True)
class Row:
    """One rule of an alert, its links, and whom it calls."""

    alert: Alert
    rule: AlertRule
    links: tuple[Link, ...]
    called: tuple[Called, ...]


@dataclass(frozen=True)
class Orphan:
    """A runbook that no alert leads to, by its id and place, and the alert that it is probably for, or nothing."""

    id: str
    place: Location
    alert: str = ""


@dataclass(frozen=True)
class Survey:
    """The alerts of a site with their rules, in order of names; and the runbooks that no alert leads to.

    `pages` are the addresses of the alerts' pages by their names in lower case, of those that have one. `unread` is the
    number of faults in rule files, `routed` says that a configuration of Alertmanager is known. `docs_dir` and `folder`
    (of `mkdocs.yml`) say where the paths are.
    """

    alerts: Sequence[Alert]
    rows: Sequence[Row]
    orphans: Sequence[Orphan]
    pages: dict[str, str]
    docs_dir: Path
    folder: Path
    unread: int = 0
    routed: bool = False

    @property
    def docs(self) -> str:
        """The docs folder as seen from the working directory."""
        return from_here(self.docs_dir, self.folder)

    @property
    def fails(self) -> bool:
        """Whether a link leads nowhere, or a file could not be read."""
        return bool(self.unread) or any(link.outcome in BROKEN for link in self.links())

    def links(self) -> Iterator[Link]:
        """Yield the links of all rules."""
        for row in self.rows:
            yield from row.links

    def shown(self, path: str) -> str:
        """Return a path as seen from the working directory."""
        return moved_path(path, self.docs)

    def place(self, location: Location) -> str:
        """Return a place as a terminal can open it."""
        return f"{self.shown(location.path)}:{location.line}:{location.column}"

    def totals(self) -> dict[str, int]:
        """Return the sums, by name. A rule counts once, under the worst outcome of its links."""
        outcomes = Counter(outcome(row) for row in self.rows)
        paging = [alert for alert in self.alerts if alert.paging]
        return {
            "rules": len(self.rows),
            "alerts": len({row.alert.key for row in self.rows}),
            "rules_to_runbook": outcomes["runbook"],
            "rules_to_page": outcomes["page"],
            "rules_to_page_with_runbook": sum(map(_led_on, self.rows)),
            "rules_to_nothing": outcomes["nothing"],
            "rules_to_no_anchor": outcomes["no-anchor"],
            "rules_elsewhere": outcomes["elsewhere"],
            "rules_without_link": outcomes["none"],
            "rules_with_slip": sum(any(link.slip and link.target for link in row.links) for row in self.rows),
            "paging_alerts": len(paging),
            "paging_without_runbook": sum(alert.runbook is None for alert in paging),
            "paging_without_owner": sum(not alert.owner for alert in paging),
            "orphan_runbooks": len(self.orphans),
        }


_WORST_FIRST = ("nothing", "no-anchor", "none", "elsewhere", "page", "runbook")


def outcome(row: Row) -> str:
    """Return what the links of a rule lead to: the worst, when a label makes several of one."""
    return min((link.outcome for link in row.links), key=_WORST_FIRST.index, default="none")


def _led_on(row: Row) -> bool:
    """Whether a rule leads to its alert's own page, which leads on to a runbook."""
    alert = row.alert
    return outcome(row) == "page" and alert.runbook is not None and all(one.target == alert.path for one in row.links)
