"""The home page, for who is on call: which alert it is, what changed, the services, and doors to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import ranked
from mkdocs_sre.documents.kinds.runbook import Runbook
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
from mkdocs_sre.pages.standing import alert_state, humped
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        name="Which alert is it?" if runbooks else site.name or "Reliability",
        heading="Alerts" if any(one.alerts for one in runbooks if one.origin.intact) else "Runbooks",
        groups=_groups(site, page, runbooks),
        all_runbooks=further(all_of(site, page, Runbook)) if runbooks else "",
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


def _groups(site: Site, page: str, runbooks: list[Runbook]) -> list[Group]:
    """Return the alerts, each leading to its runbook, by severity; procedures, which no alert leads to, come last."""
    entries: dict[str, list[tuple[str, Runbook]]] = {}
    for one in runbooks:
        state: State = alert_state(one.severity) if one.origin.intact else "plain"
        for name in (one.alerts if one.origin.intact else ()) or [one.name]:
            entries.setdefault(state, []).append((name, one))
    found: list[Group] = []
    room = MAX_LISTED
    for state, words in GROUPS:
        members = sorted(entries.get(state, ()), key=lambda one: (one[0].casefold(), one[1].id))
        if members and room > 0:
            listed = items([_entry(site, page, *one) for one in members[:room]], MAX_LISTED)
            found.append((state, f"{words}, {_counted(members)}", listed))
        room -= len(members)
    return found


def _entry(site: Site, page: str, name: str, runbook: Runbook) -> Item:
    head = head_of(runbook, site, page)
    chips = [chip.markdown() for chip in head.chips if chip.state in ("bad", "due", "none")]
    what = prose(head.say.rstrip(".")) if name == runbook.name else escape(runbook.name)
    link = f"[{humped(name)}]({relative(page, runbook.path)})"
    return Item(link, small(what, head.value("Owner")), " ".join(chips))


def _counted(members: Sequence[tuple[str, Runbook]]) -> str:
    alerts = sum(name in one.alerts for name, one in members if one.origin.intact)
    others = len(members) - alerts
    counts = (counted(alerts, "alert") if alerts else "", counted(others, "runbook") if others else "")
    return " and ".join(one for one in counts if one)


def _kinds(site: Site, page: str) -> Iterable[tuple[str, str]]:
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
