"""The head of an addendum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.heads import Fact, Head, head, stated

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.addendum import Addendum
    from mkdocs_sre.pages.site import Site


@head("addendum", columns=("Amends", "Written"), newest_by="Written")
def addendum_head(addendum: Addendum, site: Site, page: str) -> Head:
    """Return the review that it amends, and what it changes."""
    entry = site.base.find(addendum.amends)
    small = site.link(page, entry) if entry and entry.title != entry.id else ""
    facts = (
        Fact("Amends", site.link_id(page, addendum.amends), small),
        Fact("Written", addendum.date.isoformat()),
        *stated("By", ", ".join(addendum.authors)),
    )
    return Head(facts=facts, say=addendum.corrects or "")
