"""An alert: all rules of one name, where their links lead, and the runbook that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.monitoring import AlertRule

# What a link leads to: a runbook; a page of the site that is none (an index, an alert's own page, a tombstone); nothing
# at an address of the site; an anchor that no heading has; an address elsewhere, which is not looked at; no link at all.
Outcome = Literal["runbook", "page", "nothing", "no-anchor", "elsewhere", "none"]


@dataclass(frozen=True, slots=True)
class Link:
    """The link of one rule, as it is written or, when it holds labels, with one of their values.

    `target` is the path of the page in the docs folder that it leads to, or to which it would lead if the case or a
    slash were right (`slip` says what is not right: `case`, `slash`, `scheme`; empty when all is). `address` is what it
    asks the site for, without a leading slash; empty for links elsewhere. `place` is that of the link.
    """

    text: str
    place: Location
    outcome: Outcome
    target: str = ""
    anchor: str = ""
    slip: str = ""
    runbook: Runbook | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert by its name, which rules, runbooks or both may know.

    `rules` are in order of files, `links` one or more for each of them. `runbook` is the one that it has: that of its
    links, else one that names it under `alerts`, else one whose id is its name. `paging` says whether it wakes somebody.
    `path` is that of its page in the docs folder. `successor` is for a retired one: the name in its place, or why it went.
    """

    name: str
    path: str
    rules: tuple[AlertRule, ...] = ()
    links: tuple[Link, ...] = ()
    runbook: Runbook | None = None
    paging: bool = False
    severity: str = ""
    owner: str = ""
    successor: str = ""

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called for an alert: a receiver of Alertmanager that its routes reach, and by which means.

    `place` is that of the route. It is not `certain` when that hangs on labels which no rule sets, or on the tree's other routes.
    """

    receiver: str
    means: tuple[str, ...]
    place: Location
    certain: bool = True
