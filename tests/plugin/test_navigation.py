"""The navigation of real sites: tabs by what people do, what stands beside a page, what comes before and after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.plugin.conftest import CONFIGURATION, runbook

Site = Callable[..., Path]

TABS = CONFIGURATION.replace("  font: false\n", "  font: false\n  features: [navigation.tabs, navigation.footer]\n")
PLAIN = CONFIGURATION.replace("name: material\n  font: false", "name: mkdocs")
SERVICE = '---\ntype: service\nid: stock\nowner: "@team"\ntier: 3\n---\n# Stock\n\n## Overview\n\nIt counts what lies on the shelves, and where: see [the runbook](sre:a) when it is wrong.\n'
FILES = {
    "sre/runbooks/a.md": runbook("a", title="Ant", other="b"),
    "ops/b.md": runbook("b", title="Bee", other="a"),
    "sre/services/stock.md": SERVICE,
    "guide/start.md": "# Start here\n\nThe [stock](sre:stock) comes first.\n",
    "guide/index.md": "# All about it\n",
}


def _tabs(page: Path) -> list[str]:
    found = re.findall(r'<a href="[^"]*" class="md-tabs__link">\s*(.*?)\s*</a>', page.read_text(), re.DOTALL)
    return [one.strip() for one in found]


def _beside(page: Path) -> bool:
    """Whether the list of pages stands beside the page on a wide screen."""
    sidebar = re.search(r'<div class="md-sidebar md-sidebar--primary"[^>]*>', page.read_text())
    assert sidebar is not None
    return "hidden" not in sidebar[0]


def _follows(page: Path) -> dict[str, str]:
    text = page.read_text()
    return dict(
        re.findall(
            r'<a href="[^"]*" class="md-footer__link md-footer__link--(prev|next)" aria-label="\w+: (.*?)">', text
        )
    )


def test_tabs_go_by_what_people_do_wherever_a_document_stands(site: Site) -> None:
    built = site(FILES, configuration=TABS, strict=True)
    assert _tabs(built / "index.html") == ["On call", "Runbooks", "Services", "Freshness", "Readers", "Rules", "Guide"]
    assert _tabs(built / "ops/b/index.html") == _tabs(built / "index.html")
    active = re.search(r"md-tabs__item--active.*?</li>", (built / "ops/b/index.html").read_text(), re.DOTALL)
    assert active is not None
    assert "Runbooks" in active[0]


def test_the_page_before_and_after_follow_the_tabs(site: Site) -> None:
    built = site(FILES, configuration=TABS, strict=True)
    assert _follows(built / "index.html") == {"next": "Runbooks"}
    assert _follows(built / "sre/runbooks/index.html") == {"prev": "On call", "next": "Bee"}
    assert _follows(built / "sre/runbooks/a/index.html") == {"prev": "Bee", "next": "Services"}
    assert _follows(built / "guide/start/index.html") == {"prev": "All about it"}


def test_the_list_beside_a_page_gives_way_only_where_tabs_are(site: Site) -> None:
    own = {**FILES, "sre/runbooks/c.md": runbook("c").replace("id: c\n", "id: c\nhide: [toc]\n")}
    built = site(own, configuration=TABS)
    hidden = {name: not _beside(built / name / "index.html") for name in ("", "ops/b", "sre/services", "readers")}
    assert hidden == dict.fromkeys(hidden, True)
    assert _beside(built / "sre/runbooks/c/index.html")
    assert _beside(built / "guide/start/index.html")
    without = site(FILES)
    assert _beside(without / "ops/b/index.html")
    assert _beside(without / "index.html")


def test_the_option_leaves_the_folders_as_they_are(site: Site) -> None:
    built = site(FILES, configuration=TABS + "      navigation: false\n", strict=True)
    assert sorted(_tabs(built / "index.html")) == ["Guide", "On call", "Ops", "Readers", "SRE"]
    assert _beside(built / "ops/b/index.html")


def test_a_navigation_that_the_author_chose_stays(site: Site) -> None:
    chosen = TABS + "nav:\n  - First: ops/b.md\n  - Slos:\n      - sre/runbooks/a.md\n"
    built = site(FILES, configuration=chosen)
    assert _tabs(built / "index.html") == ["First", "Slos"]
    assert not _beside(built / "ops/b/index.html")  # the tabs lead everywhere here too


def test_a_navigation_that_another_plugin_made_stays(site: Site) -> None:
    own = {**FILES, ".nav.yml": "nav:\n  - Ours: guide\n  - index.md\n  - ops\n"}
    built = site(own, configuration=TABS.replace("  - search\n", "  - search\n  - awesome-nav\n"))
    assert _tabs(built / "index.html") == ["Ours", "On call", "Ops"]
    assert _follows(built / "ops/b/index.html") == {"prev": "On call"}


def test_the_plain_theme_has_the_same_headings(site: Site) -> None:
    home = (site(FILES, configuration=PLAIN, strict=True) / "index.html").read_text()
    headings = re.findall(r'data-bs-toggle="dropdown"[^>]*>([^<]+)<', home)
    assert [one.strip() for one in headings][:4] == ["Runbooks", "Services", "Readers", "Guide"]


def test_a_site_without_documents_is_left_alone(site: Site) -> None:
    built = site({"guide/start.md": "# Start\n", "sre/slos/x.md": "# X\n"}, configuration=TABS)
    assert _tabs(built / "guide/start/index.html") == ["Guide", "SRE"]


def test_folders_below_that_of_a_kind_stay(site: Site) -> None:
    built = site({**FILES, "sre/runbooks/on-disk/c.md": runbook("c", title="Cow", other="a")}, configuration=TABS)
    assert "On disk" in (built / "sre/runbooks/on-disk/c/index.html").read_text()
