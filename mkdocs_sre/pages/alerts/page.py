"""The page of one alert: its runbook before all else, whom it calls, what makes it fire, and what is known around it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.pages.alerts.names import (
    NO_RUNBOOK,
    in_order,
    is_retired,
    severity_chip,
    spellings,
    state_of,
)
from mkdocs_sre.pages.alerts.people import people
from mkdocs_sre.pages.alerts.rules import rules_part, summary
from mkdocs_sre.pages.around import breaking, suspects
from mkdocs_sre.pages.escape import escape, escape_code, prose
from mkdocs_sre.pages.heads import Chip, head_of
from mkdocs_sre.pages.lists import MOST, Item, columns
from mkdocs_sre.pages.noise import alert_line
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page
from mkdocs_sre.pages.standing import alert_link, humped, incident_chip
from mkdocs_sre.pages.steps import FORMS, badge, first_command
from mkdocs_sre.pages.tables import Column, further, section, table
from mkdocs_sre.pages.titles import safe_title
from mkdocs_sre.reading.page import PageText, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.pages.site import Site

BOOST = 2  # of an alert without runbook in the search; one with a runbook comes behind it
BOOST_BEHIND = 0.5
_PAST = (
    Column("Review", "fit sre-num"),
    Column("Date", "sre-num", bare=True),
    Column("What happened", "wide", bare=True),
    Column("Mitigated in", "sre-num"),
    Column("Severity", "early", bare=True),
)


_WORD = re.compile(r"(?<!\S)\S{2,60}(?!\S)")  # of a command, each sign of it up to five long


@dataclass(frozen=True)
class Known:
    """What the pages of all alerts are made from.

    `past` are the reviews by the names of alerts (lower case), `groups` the alerts by file and rule group, `silent` the
    alerts that each of them (lower case) keeps silent, `loud` those that keep it silent, and `items` each alert as an
    item of a list on any of these pages, which stand in one folder.
    """

    site: Site
    past: dict[str, list[Pir]]
    groups: dict[tuple[str, str], list[Alert]]
    silent: dict[str, list[Alert]]
    loud: Mapping[str, Sequence[Alert]]
    items: dict[str, Item]

    @classmethod
    def of(cls, site: Site) -> Known:
        """Return what is known on a site."""
        past: dict[str, list[Pir]] = defaultdict(list)
        for pir in sorted(site.base.of_kind(Pir), key=lambda one: (one.incident_date, one.id), reverse=True):
            for key in dict.fromkeys(name.lower() for name in pir.alerts):
                past[key].append(pir)
        groups: dict[tuple[str, str], dict[str, Alert]] = defaultdict(dict)
        for alert in site.alerts:
            for rule in alert.rules:
                groups[rule.file, rule.group][alert.key] = alert
        silent: dict[str, list[Alert]] = defaultdict(list)
        inhibited = any(one.inhibitions for one in site.base.monitoring.routings)
        loud = {alert.key: site.alerts.silenced_by(alert) for alert in site.alerts} if inhibited else {}
        for alert in site.alerts:
            for other in loud.get(alert.key, ()):
                silent[other.key].append(alert)
        members = {key: [*alerts.values()] for key, alerts in groups.items()}
        return cls(site, past, members, silent, loud, {alert.key: _item(site, alert) for alert in site.alerts})


def alert_pages(site: Site) -> Iterator[Page]:
    """Yield the page of every alert that has one of ours."""
    known = Known.of(site)
    for alert in site.alerts:
        if site.alert_pages.get(alert.key) == alert.path:
            yield _page(known, alert)


def _page(known: Known, alert: Alert) -> Page:
    site, page = known.site, alert.path
    retired = is_retired(alert)
    lines, step = (first_command(alert.runbook.origin.body) if alert.runbook else None) or ((), None)
    risk = step.risk if step else None
    markdown = render(
        "alert.md.jinja",
        title=humped(alert.name),
        id=alert.name,
        where=list(dict.fromkeys(rule.group for rule in alert.rules if rule.group))[:3],
        chips=[chip.markdown() for chip in _chips(alert, retired=retired)],
        spoken=next((way for way in spellings(alert.name)[1:] if " " in way), ""),
        say=summary(alert),
        gone=_in_its_place(known, alert) if retired else "",
        state=state_of(alert),
        go=_runbook_link(site, page, alert.runbook) if alert.runbook else "",
        missing=not alert.runbook and not retired,
        command=_whole_words(_command(alert)),
        first=_whole_words("\n".join(lines)),
        risk=badge(risk) if risk else "",
        form=FORMS[risk] if risk else "",
        people=people(site, page, alert),
        escape=escape,
        prose=prose,
    )
    parts = (
        markdown,
        section("What makes it fire", "rules", rules_part(alert)),
        section("How loud it is", "loud", alert_line(alert, site)),
        section("Past incidents", "past", _past(known, alert)),
        section("Around it", "around", _around(site, page, alert)),
        section("Beside it", "beside", _beside(known, alert)),
    )
    keys = {
        "title": safe_title(alert.name),
        "hide": ["toc"],
        "search": {"boost": BOOST_BEHIND if alert.runbook or retired else BOOST},
    }
    text = "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"
    return Page(page, alert.name, put_together(PageText(keys, text)), in_navigation=False)


def _chips(alert: Alert, *, retired: bool) -> Iterator[Chip]:
    if retired:
        yield Chip("retired", "none")
        return
    chip = severity_chip(alert)
    if chip is not None:
        yield chip
    if alert.runbook is None:
        yield NO_RUNBOOK
    if not alert.rules:
        yield Chip("in no rule file", "none")


def _runbook_link(site: Site, page: str, runbook: Runbook) -> str:
    return f"{site.link_document(page, runbook)}{{: .sre-carry }}"


def _command(alert: Alert) -> str:
    """Return the command that begins a runbook for an alert; its name stands between quotes where a shell would read it."""
    joint = "=" if alert.name.startswith("-") else " "
    return f"mkdocs-sre new runbook --for-alert{joint}{quote(alert.name)}"


def _whole_words(command: str) -> str:
    """Return the lines of a command as HTML that wraps between words, as long as a phone has room for a word."""
    return _WORD.sub(r'<span class="sre-w">\g<0></span>', escape_code(command))


def _in_its_place(known: Known, alert: Alert) -> str:
    """Return what the options say of an alert that is no more: the one in its place as a link, else their words."""
    found = known.site.alerts.find(alert.successor)
    if found is None or found.key == alert.key:
        return prose(alert.successor)
    return f"In its place: {alert_link(found.name, known.site, alert.path)}"


def _past(known: Known, alert: Alert) -> str:
    site, page = known.site, alert.path
    pirs = known.past.get(alert.key, [])
    rows = []
    for pir in pirs[:MOST]:
        helped = [site.link_id(page, use.runbook) for use in pir.runbooks_used if use.helped in ("yes", "partly")]
        note = f" <small>helped: {', '.join(helped)}</small>" if helped else ""
        rows.append(
            [
                site.link_document(page, pir, pir.id),
                pir.incident_date.isoformat(),
                escape(pir.name) + note,
                head_of(pir, site, page).value("Mitigated in"),
                incident_chip(pir.severity, site).markdown(),
            ]
        )
    if not rows:
        return ""
    return table("Reviews of incidents in which it fired", _PAST, rows) + further(len(pirs) - MOST)


def _around(site: Site, page: str, alert: Alert) -> str:
    """Return the service that it is about, what to suspect, and what breaks with it."""
    service = site.service_of(alert)
    if service is None:
        return ""
    lead = f"It is about {site.link_document(page, service)}, kept by {escape(service.owner)}.\n{{: .sre-lede }}\n\n"
    return lead + columns(
        ("Suspect first", suspects(service, site, page)), ("Breaks with it", breaking(service, site, page))
    )


def _beside(known: Known, alert: Alert) -> str:
    """Return the other alerts of its rule groups, and which keep each other silent."""
    keys = dict.fromkeys((rule.file, rule.group) for rule in alert.rules)
    group = {one.key: one for key in keys for one in known.groups[key] if one.key != alert.key}
    return columns(
        ("In the same rule group", [known.items[one.key] for one in in_order(group.values())]),
        *_silence_lists(known, alert),
    )


def _silence_lists(known: Known, alert: Alert) -> tuple[tuple[str, list[Item]], ...]:
    """Return the alerts that are kept silent while this one fires, and those that keep this one silent."""
    return (
        ("Silent while it fires", [known.items[one.key] for one in known.silent.get(alert.key, ())]),
        ("It is silent while these fire", [known.items[one.key] for one in known.loud.get(alert.key, ())]),
    )


def _item(site: Site, alert: Alert) -> Item:
    chip = severity_chip(alert)
    small = "" if alert.runbook else NO_RUNBOOK.text
    return Item(alert_link(alert.name, site, alert.path), small, chip.markdown() if chip else "")
