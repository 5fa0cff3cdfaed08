"""The navigation by what people do: on call, runbooks, services, and so on; then what else the docs folder holds."""

from __future__ import annotations

import os.path
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import ranked
from mkdocs_sre.pages.alerts.register import INDEX_PATH as ALERTS_PATH
from mkdocs_sre.pages.folders import folder_titles
from mkdocs_sre.pages.freshness import FRESHNESS_PATH
from mkdocs_sre.pages.indexes import index_path
from mkdocs_sre.pages.map import MAP_PATH
from mkdocs_sre.pages.readers import READERS
from mkdocs_sre.pages.rules import RULES_PATH
from mkdocs_sre.pages.single_points import REGISTER_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

READERS_TITLE = "Readers"
# Ranks among the kinds: before runbooks, behind services, behind their objectives, and behind what happened.
ALONE = {ALERTS_PATH: 5, MAP_PATH: 25, REGISTER_PATH: 35, FRESHNESS_PATH: 55}
TABS = "navigation.tabs"  # Material's feature that shows the top of the navigation above every page


@dataclass
class Group:
    """A heading of the navigation, and below it the paths of pages and further headings."""

    title: str
    items: list[str | Group] = field(default_factory=list)

    def below(self, title: str) -> Group:
        """Return the group with this title in this one, made when there is none."""
        for one in self.items:
            if isinstance(one, Group) and one.title == title:
                return one
        self.items.append(Group(title))
        return self.items[-1]  # type: ignore[return-value]  # it was made one line above


def arranged(site: Site, paths: Iterable[str]) -> list[str | Group]:
    """Return pages, given by path in the order of their folders, as the navigation shows them.

    First the home page, then one group an area of kinds, then the pages for readers, then the rules. What is left keeps
    its folders and its order.
    """
    home, rest = site.folder_page(""), Group("")
    by_kind: dict[type[Document], list[str]] = defaultdict(list)
    first, readers, rules = [], Group(READERS_TITLE), []
    alone: list[str] = []
    for path in paths:
        kind = _kind_of(site, path)
        if path == home:
            first.append(path)
        elif kind is not None:
            by_kind[kind].append(path)
        elif path.startswith(f"{READERS}/"):
            readers.items.append(path)
        elif path == RULES_PATH:
            rules.append(path)
        elif path in ALONE and path not in site.base.by_path:
            alone.append(path)
        else:
            _placed(rest, path.split("/")[:-1]).items.append(path)
    return [*first, *_areas(site, by_kind, alone), *([readers] if readers.items else ()), *rules, *rest.items]


def hidden_parts(site: Site, page: str, hide: object, features: Iterable[str]) -> object:
    """Return what a page hides of the theme around it: what its author says, else the list of pages beside it.

    The tabs above the page lead everywhere, so that list is given up for the text; without them it stays. `hide` is
    what the front matter says, None when it says nothing; `features` are those of the theme.
    """
    ours = page not in site.base.source_by_path
    typed = page in site.base.by_path
    if TABS not in features or not site.base.settings.navigation or not (ours or (typed and hide is None)):
        return hide
    given = [hide] if isinstance(hide, str) else hide if isinstance(hide, list) else []
    return [*given, *({"navigation"} - {*given})]


def _kind_of(site: Site, path: str) -> type[Document] | None:
    """Return the kind that a page belongs to: its document's, else the one whose folder it stands in."""
    documents = site.base.by_path.get(path)
    if documents:
        return type(documents[0])
    folders = _folders()
    folder = path.rpartition("/")[0]
    while folder and folder not in folders:
        folder = folder.rpartition("/")[0]
    return folders.get(folder)


@cache
def _folders() -> dict[str, type[Document]]:
    found: dict[str, type[Document]] = {}
    for kind in ranked():
        for folder in (kind.folder, kind.index_folder):
            if folder:
                found.setdefault(folder, kind)
    return found


def _areas(site: Site, by_kind: dict[type[Document], list[str]], alone: Iterable[str]) -> list[Group | str]:
    """Return one group an area; in it one a kind, when the area has several. Pages that stand alone come where they rank."""
    areas: dict[str, list[type[Document]]] = defaultdict(list)
    for kind in ranked():
        if kind in by_kind:
            areas[kind.area or kind.plural].append(kind)
    made: list[tuple[int, Group | str]] = [(ALONE[path], path) for path in alone]
    for title, members in areas.items():
        rank = members[0].rank
        groups = [_of_kind(site, kind, by_kind[kind]) for kind in members]
        if len(groups) > 1:
            made.append((rank, Group(title, list(groups))))
        else:
            groups[0].title = title
            made.append((rank, groups[0]))
    return [one for _, one in sorted(made, key=lambda one: one[0])]


def _of_kind(site: Site, kind: type[Document], paths: Sequence[str]) -> Group:
    """Return the pages of a kind, its index first; folders below its own, or below the one that they share, stay."""
    group, index = Group(kind.plural), index_path(site, kind)
    if index in paths:
        group.items.append(index)
    others = [path for path in paths if path != index]
    outside = [path.rpartition("/")[0] for path in others if not path.startswith(f"{kind.folder}/")]
    shared = os.path.commonpath(outside) if outside and all(outside) else ""
    for path in others:
        base = kind.folder if path.startswith(f"{kind.folder}/") else shared
        _placed(group, path.removeprefix(f"{base}/").split("/")[:-1], known=False).items.append(path)
    return group


def _placed(group: Group, folders: Sequence[str], *, known: bool = True) -> Group:
    """Return the group for a folder below a group; `known` folders are called as their kinds are."""
    titles = folder_titles() if known else {}
    for depth, name in enumerate(folders, 1):
        group = group.below(titles.get("/".join(folders[:depth])) or folder_title(name))
    return group


def folder_title(name: str) -> str:
    """Return the title of a folder by its name: words apart, the first letter large unless somebody chose others.

    >>> folder_title("game-days"), folder_title("iOS_app")
    ('Game days', 'iOS app')
    """
    title = name.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title
