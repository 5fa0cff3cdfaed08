"""What the search of the site finds a page by, in the keys that Material's search reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.pages.alerts.names import names_for, spellings
from mkdocs_sre.pages.escape import for_theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.pages.site import Site

MAX_WORDS = 60  # of one page; every section of it carries them in the index of the search
BOOST = 4  # of a service's own page, so that its name leads there and not to all that is about it


def search_keys(site: Site, page: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return keys of front matter: the ids of a page and its alerts as `tags`, which count most, and its `search`.

    `given` is what the page has; its own tags stay, and so does its own `search`.
    """
    documents = site.base.by_path.get(page, [])
    words = search_words(site, page)
    tags = given.get("tags")
    keys: dict[str, Any] = {"tags": [*(tags if isinstance(tags, list) else ()), *words]} if words else {}
    if documents and isinstance(documents[0], Service) and not documents[0].listed and given.get("search") is None:
        keys["search"] = {"boost": BOOST}
    return keys


def search_words(site: Site, page: str) -> list[str]:
    """Return the ids that stand on a page, their other names, and the alerts that it shows or that lead to it.

    The page of an alert has its name in all spellings of one word, since each of several words would count for as much
    as a name; those stand in its text. Nothing for a page with more than `MAX_WORDS`, whose text is found anyway.
    """
    found: list[str] = []
    for document in site.base.by_path.get(page, ()):
        found += [entry.id for entry in document.entries()]
        if document.origin.intact:
            found += document.aliases
            found += names_for(document, site) if isinstance(document, Runbook) else ()
    found += [way for alert in site.alerts_at.get(page, ()) for way in spellings(alert.name) if way.split() == [way]]
    words: list[str] = for_theme(list(dict.fromkeys(found)))
    return words if len(found) <= MAX_WORDS else []
