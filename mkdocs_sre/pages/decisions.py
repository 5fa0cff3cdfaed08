"""The table by which a reader decides: what is seen, what it is, which step to take, and what that risks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.pages.escape import prose
from mkdocs_sre.pages.steps import badge, numbered_steps
from mkdocs_sre.pages.tables import Column, section, table

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.runbook import Decision
    from mkdocs_sre.documents.steps import Step
    from mkdocs_sre.pages.site import Site

_COLUMNS = (
    Column("You see", "early"),
    Column("It is", "wide"),
    Column("Do", "grow", bare=True),
    Column("Risk", bare=True),
)
_CAPTION = "What is seen, and what to do then"
_STEP = re.compile(r"(?i)\bsteps?\s+(\d{1,4})\b")


def decision_table(runbook: Runbook, site: Site, page: str) -> str:
    """Return the section with the decisions of a runbook; empty without any."""
    if not runbook.decide:
        return ""
    steps = numbered_steps(runbook.origin.body)
    rows = [_row(one, steps, site, page) for one in runbook.decide]
    return section("Decide", "decide", table(_CAPTION, _COLUMNS, rows, "decisions"))


def _row(one: Decision, steps: dict[int, Step], site: Site, page: str) -> list[str]:
    meaning = prose(one.means or "")
    if one.evidence:
        meaning += f"{', ' if meaning else ''}as in {site.link_id(page, one.evidence)}"
    what = _linked(prose(one.do or ""), steps)
    if one.runbook:
        other = site.base.document(one.runbook, Runbook)
        link = site.link_document(page, other) if other else site.link_id(page, one.runbook)
        what += f"{': ' if what else ''}{link}"
    risk = one.risk or next((step.risk for step in _named(one.do or "", steps)), None)
    return [prose(one.see), meaning, what, badge(risk) if risk else ""]


def _named(text: str, steps: dict[int, Step]) -> list[Step]:
    numbers = [int(found[1]) for found in _STEP.finditer(text)]
    return [steps[number] for number in numbers if number in steps]


def _linked(what: str, steps: dict[int, Step]) -> str:
    """Return escaped text in which each step that exists is a link to it."""

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        return f'<a href="#s{number}">{found[0]}</a>' if number in steps else found[0]

    return _STEP.sub(link, what)
