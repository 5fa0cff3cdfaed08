"""The home page, for who is on call: which alert it is, what changed, the services, and doors to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.kinds import ranked
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.pages.alerts.names import NO_RUNBOOK, is_retired, state_of
from mkdocs_sre.pages.alerts.register import index_path as alerts_path
from mkdocs_sre.pages.blocks import all_of, further, items, small
from mkdocs_sre.pages.changes import changes
from mkdocs_sre.pages.escape import escape, escape_url, prose
from mkdocs_sre.pages.freshness import FRESHNESS_PATH, pressing_words
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.indexes import index_path
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.map import MAP_PATH
from mkdocs_sre.pages.overview import services_table
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.rules import RULES_PATH
from mkdocs_sre.pages.single_points import REGISTER_PATH
from mkdocs_sre.pages.site import Page, Site, relative
from mkdocs_sre.pages.standing import alert_link, alert_state, humped
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mkdocs_sre.pages.heads import State

HOME = ""  # the folder whose front page is the home page
TITLE = "On call"
MAX_LISTED = 40  # alerts and procedures on the page; the index of runbooks holds them all
GROUPS: tuple[tuple[State, str], ...] = (
    ("page", "someone is woken"),
    ("ticket", "within a working day"),
    ("plain", "procedures and the rest"),
)

Group = tuple[str, str, str]  # the state of a group, what it means, its list in Markdown


def home_page(site: Site, readers: Sequence[Page] = ()) -> Page:
    """Return the home page; it has a door to each page for readers but the first, which leads to the others."""
    page = site.folder_page(HOME)
    runbooks = site.base.all_of_kind(Runbook)
    markdown = render(
        "home.md.jinja",
        title=TITLE,
        name="Which alert is it?" if runbooks or site.alert_pages else site.name or "Reliability",
        heading="Alerts"
        if site.alert_pages or any(one.alerts for one in runbooks if one.origin.intact)
        else "Runbooks",
        groups=_groups(site, page, runbooks),
        all_runbooks=_all(site, page, runbooks),
        lists=changes(site, page),
        services=services_table(site, page),
        readers=render("doors.md.jinja", doors=[(one.link(page), prose(one.say)) for one in readers[1:]])
        if readers
        else "",
        doors=render("doors.md.jinja", doors=_kinds(site, page), form=" many"),
        as_of=site.as_of.isoformat(),
        escape=escape,
    )
    return Page(page, TITLE, markdown)


def _all(site: Site, page: str, runbooks: Sequence[Runbook]) -> str:
    """Return links to the indexes of alerts and of runbooks, as far as there are any."""
    live = sum(not is_retired(one) for one in site.alerts)
    alerts = f"[All {counted(live, 'alert')}]({relative(page, alerts_path(site))})"
    links = small(alerts if site.alert_pages else "", all_of(site, page, Runbook) if runbooks else "")
    return further(links) if links else ""


def _groups(site: Site, page: str, runbooks: list[Runbook]) -> list[Group]:
    """Return the alerts by severity, each leading to its page or its runbook; procedures, without an alert, come last."""
    entries: dict[str, list[_Entry]] = {}
    for entry in _entries(site, runbooks):
        entries.setdefault(entry.state, []).append(entry)
    found: list[Group] = []
    room = MAX_LISTED
    for state, words in GROUPS:
        members = sorted(entries.get(state, ()), key=lambda one: one.rank)
        if members and room > 0:
            listed = items([_item(site, page, one) for one in members[:room]], MAX_LISTED)
            found.append((state, f"{words}, {_counted(members)}", listed))
        room -= len(members)
    return found


class _Entry(NamedTuple):
    """An alert with its runbook, or a runbook that no alert leads to; `own_page` says that the alert has a page."""

    name: str
    state: State
    runbook: Runbook | None
    alert: bool
    own_page: bool = False

    @property
    def rank(self) -> tuple[str, str]:
        return self.name.casefold(), self.runbook.id if self.runbook else ""


def _entries(site: Site, runbooks: list[Runbook]) -> Iterator[_Entry]:
    """Yield the alerts that have pages, and the runbooks that none of them has; without such pages what runbooks name."""
    placed = set()
    for alert in site.alerts if site.alert_pages else ():
        if not is_retired(alert):
            placed.add(id(alert.runbook))
            yield _Entry(alert.name, state_of(alert), alert.runbook, alert=True, own_page=True)
    for one in runbooks:
        names = one.alerts if one.origin.intact else []
        state: State = alert_state(one.severity) if one.origin.intact else "plain"
        for name in names if not site.alert_pages else ():
            yield _Entry(name, state, one, alert=True)
        if not names and id(one) not in placed:
            yield _Entry(one.name, state, one, alert=False)


def _item(site: Site, page: str, entry: _Entry) -> Item:
    if not entry.own_page and entry.runbook is not None:
        return _runbook_item(site, page, entry.name, entry.runbook)
    alert = site.alerts.find(entry.name)
    owner = escape(alert.owner) if alert else ""
    if entry.runbook is None:
        return Item(alert_link(entry.name, site, page), owner, NO_RUNBOOK.markdown())
    item = _runbook_item(site, page, entry.name, entry.runbook)
    return item._replace(
        link=alert_link(entry.name, site, page), small=small(site.link_document(page, entry.runbook), owner)
    )


def _runbook_item(site: Site, page: str, name: str, runbook: Runbook) -> Item:
    head = head_of(runbook, site, page)
    chips = [chip.markdown() for chip in head.chips if chip.state in ("bad", "due", "none")]
    what = prose(head.say.rstrip(".")) if name == runbook.name else escape(runbook.name)
    link = f"[{humped(name)}]({relative(page, runbook.path)})"
    return Item(link, small(what, head.value("Owner")), " ".join(chips))


def _counted(members: Sequence[_Entry]) -> str:
    alerts = sum(one.alert for one in members)
    others = len(members) - alerts
    counts = (counted(alerts, "alert") if alerts else "", counted(others, "runbook") if others else "")
    return " and ".join(one for one in counts if one)


def _kinds(site: Site, page: str) -> Iterable[tuple[str, str]]:
    if site.alert_pages:
        live = sum(not is_retired(one) for one in site.alerts)
        yield f"[Alerts]({relative(page, alerts_path(site))})", counted(live, "alert")
    for kind in ranked():
        number = len(site.base.all_of_kind(kind))
        if number:
            yield f"[{escape(kind.plural)}]({escape_url(index_path(site, kind))})", counted(number, "document")
    if site.graph.system.groups:
        yield f"[Map]({relative(page, MAP_PATH)})", "what depends on what"
        yield f"[Single points]({relative(page, REGISTER_PATH)})", counted(len(site.graph.register), "element")
    if words := pressing_words(site):
        yield f"[Freshness]({relative(page, FRESHNESS_PATH)})", words
    yield f"[Rules]({relative(page, RULES_PATH)})", "what is checked, and why"
