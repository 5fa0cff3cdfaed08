"""The alerts of a knowledge base: which runbook each has, where its page stands, and whom it calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.alerts.addresses import FOLDER, alias_paths, page_path, path_at
from mkdocs_sre.alerts.alert import Alert
from mkdocs_sre.alerts.catalogue import AlertCatalogue
from mkdocs_sre.alerts.resolve import Pages, links_of
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mkdocs_sre.alerts.alert import Link
    from mkdocs_sre.documents.monitoring import AlertRule
    from mkdocs_sre.knowledge import KnowledgeBase

__all__ = ["SERVICE", "SEVERITY", "AlertCatalogue", "alerts_of", "has_pages", "is_paging", "service_of"]

SEVERITY = "severity"
SERVICE = "service"  # the label that names the service

_catalogues: WeakKeyDictionary[KnowledgeBase, AlertCatalogue] = WeakKeyDictionary()


def alerts_of(base: KnowledgeBase) -> AlertCatalogue:
    """Return the alerts of a knowledge base, the same catalogue each time.

    An alert is there when a rule, a runbook or the option `retired` names it.
    """
    if base not in _catalogues:
        _catalogues[base] = _catalogue(base)
    return _catalogues[base]


def has_pages(base: KnowledgeBase) -> bool:
    """Whether alerts have pages of their own: rule files are named, and pages are wanted."""
    return base.settings.pages and bool(base.settings.alerts.rules)


@dataclass
class _Named:
    """What bears a name: rules, and runbooks under `alerts`; `spelled` is the name as it is written first."""

    spelled: str
    rules: list[AlertRule] = field(default_factory=list)
    runbooks: list[Runbook] = field(default_factory=list)
    successor: str = ""


def _catalogue(base: KnowledgeBase) -> AlertCatalogue:
    named: dict[str, _Named] = {}
    clashes: dict[str, AlertRule] = {}
    for rule in base.monitoring.rules:
        one = named.setdefault(rule.key, _Named(rule.name))
        one.rules.append(rule)
        if rule.name != one.spelled:
            clashes.setdefault(rule.name, rule)
    for runbook in base.of_kind(Runbook):
        for name in runbook.alerts:
            named.setdefault(name.lower(), _Named(name)).runbooks.append(runbook)
    for name, successor in base.settings.alerts.retired.items():
        named.setdefault(name.lower(), _Named(name)).successor = successor
    ordered = dict(sorted(named.items()))
    by_id = {runbook.id.lower(): runbook for runbook in reversed(base.of_kind(Runbook))}
    links = _links(base, ordered.values())
    alerts = {
        key: _alert(base, one, tuple(link for rule in one.rules for link in links[id(rule)]), by_id.get(key))
        for key, one in ordered.items()
    }
    pages_too = has_pages(base)
    aliases = _aliases(base, alerts.values()) if pages_too else {}
    return AlertCatalogue(
        alerts, base.monitoring, base.of_kind(Runbook), pages_too, tuple(clashes.values()), aliases, links
    )


def _links(base: KnowledgeBase, named: Iterable[_Named]) -> dict[int, tuple[Link, ...]]:
    """Return the links of each rule, by its identity."""
    if not base.monitoring.rules:
        return {}
    pages, options = _pages(base, named), base.settings.alerts
    return {id(rule): tuple(links_of(rule, pages, options)) for rule in base.monitoring.rules}


def _pages(base: KnowledgeBase, named: Iterable[_Named]) -> Pages:
    others: list[str] = []
    if base.settings.pages:
        fronts = {front for kind in kinds().values() for front in (kind.folder, kind.index_folder) if front}
        others += ["index.md", *(f"{front}/index.md" for front in sorted(fronts))]
    if has_pages(base):
        listed = [*named]
        others += [f"{FOLDER}/index.md", *(page_path(one.spelled) for one in listed)]
        for one in listed:
            others += alias_paths(base.settings.alerts.aliases, one.spelled, (rule.group for rule in one.rules))
    runbooks = {one.path: one for one in base.of_kind(Runbook) if not one.listed}
    bodies = {source.path: source.body for source in base.sources}
    return Pages(bodies, runbooks, others, base.directory_urls)


def _alert(base: KnowledgeBase, named: _Named, links: tuple[Link, ...], namesake: Runbook | None) -> Alert:
    runbook = _runbook(links, named.runbooks, namesake)
    severities = [rule.labels.get(SEVERITY, "") for rule in named.rules]
    waking = [severity for severity in severities if is_paging(base, severity)]
    return Alert(
        named.spelled,
        page_path(named.spelled),
        tuple(named.rules),
        links,
        runbook,
        bool(waking),
        next((severity for severity in (*waking, *severities) if severity), ""),
        _owner(base, named.rules, runbook),
        named.successor,
    )


def is_paging(base: KnowledgeBase, severity: str) -> bool:
    """Whether a value of the label `severity` wakes somebody."""
    return severity.lower() in (one.lower() for one in base.settings.alerts.paging)


def service_of(base: KnowledgeBase, alert: Alert) -> Service | None:
    """Return the service that an alert is about: that of its runbook, else the one that a label of its rules names."""
    named = [alert.runbook.service] if alert.runbook else []
    named += [rule.labels.get(SERVICE) for rule in alert.rules]
    found = (base.document(name, Service) for name in named if name)
    return next((one for one in found if one is not None), None)


def _runbook(links: Iterable[Link], naming: Sequence[Runbook], namesake: Runbook | None) -> Runbook | None:
    linked = next((link.runbook for link in links if link.runbook is not None), None)
    named = next((one for one in naming if one.status != "deprecated"), naming[0] if naming else None)
    return linked or named or namesake


def _owner(base: KnowledgeBase, rules: Sequence[AlertRule], runbook: Runbook | None) -> str:
    """Return whose an alert is: by its labels, else its runbook, else its service; empty when nobody's."""
    for label in base.settings.alerts.owner_labels:
        for rule in rules:
            said = rule.labels.get(label, "").strip()
            if said and "{{" not in said:
                return _handle(base, said)
    if runbook is not None:
        return runbook.owner
    named = (rule.labels.get(SERVICE, "") for rule in rules)
    return next((found.owner for name in named if (found := base.document(name, Service)) is not None), "")


def _handle(base: KnowledgeBase, said: str) -> str:
    """Return the handle of a known owner that a label names, with or without `@`; else what the label says."""
    bare = said.lower().removeprefix("@")
    known = [one.id for one in base.settings.owners]
    return next((one for one in known if one.lower().removeprefix("@") == bare), said)


def _aliases(base: KnowledgeBase, alerts: Iterable[Alert]) -> dict[str, tuple[Alert, ...]]:
    listed = [*alerts]
    taken = {*base.source_by_path, *(alert.path for alert in listed)}
    found: dict[str, tuple[Alert, ...]] = {}
    for alert in listed:
        groups = (rule.group for rule in alert.rules)
        for path in (*alias_paths(base.settings.alerts.aliases, alert.name, groups), *_wanted(alert)):
            if path not in taken and alert not in found.get(path, ()):
                found[path] = (*found.get(path, ()), alert)
    return found


def _wanted(alert: Alert) -> Iterator[str]:
    """Yield the paths at which links of an alert look for a page that does not stand there."""
    for link in alert.links:
        if link.outcome != "elsewhere" and link.address and (link.outcome == "nothing" or link.slip == "case"):
            path = path_at(link.address)
            if path:
                yield path
