"""A chaos experiment as an item of a list, as pages for readers show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.blocks import small
from mkdocs_sre.pages.escape import prose
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.runs import verdict

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
    from mkdocs_sre.pages.site import Site


def experiment_item(one: ChaosExperiment, site: Site, page: str, beside: str = "") -> Item:
    """Return link, verdict, and service with what was seen, or expected while it has not run; `beside` is Markdown."""
    said = small(site.link_id(page, one.service), beside, prose(one.result or one.hypothesis))
    return Item(site.link_document(page, one), said, verdict(one).markdown())
