"""Runbooks: those for alerts that wake somebody first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.pages.overviews import Group, Overview, grouped, overview
from mkdocs_sre.pages.standing import alert_state

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

GROUPS = (
    ("Pages: someone is woken", "page"),
    ("Tickets: within a working day", "ticket"),
    ("Procedures and the rest", "plain"),
)


@overview("runbook")
def runbook_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:  # noqa: ARG001 every overview takes them
    """Return the runbooks by what their alerts do; when all are alike they need no title."""
    groups = grouped(documents, [(title, _does(state)) for title, state in GROUPS])
    return Overview(groups=groups if len(groups) > 1 else tuple(Group("", one.documents) for one in groups))


def _does(state: str) -> Callable[[Document], bool]:
    return lambda one: isinstance(one, Runbook) and alert_state(one.severity) == state
