"""Where the links of alerts lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_sre.alerts.alert import Link
from mkdocs_sre.alerts.anchors import anchors
from mkdocs_sre.alerts.links import addresses_of, filled, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_sre.alerts.alert import Outcome
    from mkdocs_sre.documents.body import Body
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.monitoring import AlertRule
    from mkdocs_sre.settings import AlertOptions

_FILES = (".md", ".markdown")  # a link may name the file itself, where a code host shows it


@dataclass
class Pages:
    """The pages of a site and their addresses.

    `bodies` are those of the pages that have a file, by path; `runbooks` the runbooks among them. `others` are the paths
    of pages that are made: of alerts, and fronts of folders.
    """

    bodies: Mapping[str, Body]
    runbooks: Mapping[str, Runbook]
    others: Iterable[str] = ()
    directory_urls: bool | None = None
    _anchors: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for path in (*self.bodies, *self.others):
            for address in (*addresses_of(path, directory_urls=self.directory_urls), path):
                self._paths.setdefault(address, path)
        for address, path in self._paths.items():
            self._folded.setdefault(address.casefold(), path)

    def at(self, address: str) -> tuple[str, str]:
        """Return the path of the page at an address, and what is not right about the address: `case`, `slash` or nothing.

        Both are empty when no page is near.
        """
        if address in self._paths:
            return self._paths[address], ""
        slashed = _other_endings(address)
        for one in slashed:
            if one in self._paths:
                return self._paths[one], "slash"
        for one in (address, *slashed):
            if one.casefold() in self._folded:
                return self._folded[one.casefold()], "case"
        return "", ""

    def has_anchor(self, path: str, anchor: str) -> bool:
        """Whether a page has a place of this name; one that has no file has those that it is made with."""
        body = self.bodies.get(path)
        if body is None or not anchor:
            return True
        if path not in self._anchors:
            self._anchors[path] = anchors(body)
        return anchor in self._anchors[path]


def _other_endings(address: str) -> list[str]:
    """Return an address as hosts look for it when nothing is there: `/` or `.html` behind it, or no `/`."""
    if address.endswith((*_FILES, ".html")) or not address:
        return []
    if address.endswith("/"):
        return [address[:-1]] if address[:-1].endswith((*_FILES, ".html")) else []
    return [f"{address}/", f"{address}.html"]


def links_of(rule: AlertRule, pages: Pages, options: AlertOptions) -> Iterator[Link]:
    """Yield the link of a rule, once for each value of the labels in it; one without text when it has none."""
    key = next((key for key in options.link_keys if rule.annotations.get(key, "").strip()), None)
    if key is None:
        yield Link("", rule.place, "none")
        return
    text, place = rule.annotations[key].strip(), rule.at("annotations", key)
    texts = filled(text, options.label_values)
    if texts is None:
        yield Link(text, place, "elsewhere")
        return
    for one in texts:
        yield link_to(one, place, pages, options)


def link_to(text: str, place: Location, pages: Pages, options: AlertOptions) -> Link:
    """Return where a link without templates leads."""
    said = written(text, options.url_prefix)
    if not said.ours:
        return Link(text, place, "elsewhere")
    path, slip = pages.at(said.address)
    runbook = pages.runbooks.get(path)
    outcome: Outcome = "nothing"
    if path:
        outcome = "page" if runbook is None else "runbook"
        outcome = outcome if pages.has_anchor(path, said.anchor) else "no-anchor"
    return Link(text, place, outcome, path, said.anchor, slip if said.scheme else "scheme", runbook, said.address)


def is_template(link: Link) -> bool:
    """Whether a link holds labels whose values are not known, so that nothing can be said of it."""
    return link.outcome == "elsewhere" and "{{" in link.text
