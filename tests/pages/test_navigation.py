"""The navigation by what people do, and what pages hide of the theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mkdocs_sre.documents.kinds import kinds, ranked
from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.navigation import TABS, Group, arranged, hidden_parts
from mkdocs_sre.pages.site import Site
from tests.pages.conftest import site_of
from tests.pages.test_documents import ALL

RUNBOOK = "    | ---\n    | type: runbook\n    | id: {0}\n    | owner: x\n    | ---\n"
NOTE = "    | # Note\n"


def _every(site: Site) -> list[str]:
    """The paths of all pages, as MkDocs sorts them: those of a folder before the folders in it, its index first."""
    paths = {source.path for source in site.base.sources} | {page.path for page in pages(site)}
    return sorted(paths, key=lambda path: (path.split("/")[:-1], "index" not in path, path))


def _drawn(items: list[str | Group], depth: int = 0) -> Iterator[str]:
    for one in items:
        yield "  " * depth + (one.title + ":" if isinstance(one, Group) else one)
        if isinstance(one, Group):
            yield from _drawn(one.items, depth + 1)


def _leaves(items: list[str | Group]) -> Iterator[str]:
    for one in items:
        if isinstance(one, Group):
            yield from _leaves(one.items)
        else:
            yield one


def test_tabs_go_by_what_people_do() -> None:
    site = site_of(ALL + "guide/start.md\n" + NOTE + "guide/more/deep.md\n" + NOTE + "about.md\n" + NOTE)
    drawn = [*_drawn(arranged(site, _every(site)))]
    assert [line for line in drawn if not line.startswith(" ")] == [
        "index.md",
        "Runbooks:",
        "Incidents:",
        "Services:",
        "sre/map.md",
        "SLOs:",
        "sre/single-points.md",
        "Reviews:",
        "Planning:",
        "sre/freshness.md",
        "Readers:",
        "sre/rules.md",
        "about.md",
        "Guide:",
    ]
    assert drawn[-4:] == ["Guide:", "  guide/start.md", "  More:", "    guide/more/deep.md"]
    reviews = drawn[drawn.index("Reviews:") : drawn.index("Planning:")]
    assert reviews[:3] == ["Reviews:", "  Post-incident reviews:", "    reliability/pirs/index.md"]
    assert "  Addenda:" in reviews
    assert reviews.index("  Action ledgers:") < reviews.index("  Addenda:")


def test_an_addendum_stands_among_addenda_though_its_file_is_among_reviews() -> None:
    drawn = [*_drawn(arranged(site_of(ALL), _every(site_of(ALL))))]
    assert drawn.index("  Addenda:") < next(at for at, line in enumerate(drawn) if "add-1.md" in line)


def test_no_page_is_lost_or_doubled() -> None:
    tree = ALL + "x.md\n" + NOTE + "sre/odd/y.md\n" + NOTE + "sre/runbooks/deep/z.md\n" + NOTE + "sre/w.md\n" + NOTE
    site = site_of(tree)
    assert sorted(_leaves(arranged(site, _every(site)))) == sorted(_every(site))


def test_folders_of_a_kind_keep_their_own_folders() -> None:
    site = site_of(
        "sre/runbooks/a.md\n"
        + RUNBOOK.format("a")
        + "sre/runbooks/on-disk/b.md\n"
        + RUNBOOK.format("b")
        + "sre/runbooks/how-to-write.md\n"
        + NOTE
    )
    drawn = [
        *_drawn(arranged(site, ["sre/runbooks/a.md", "sre/runbooks/how-to-write.md", "sre/runbooks/on-disk/b.md"]))
    ]
    assert drawn == [
        "Runbooks:",
        "  sre/runbooks/a.md",
        "  sre/runbooks/how-to-write.md",
        "  On disk:",
        "    sre/runbooks/on-disk/b.md",
    ]


def test_a_collection_in_folders_of_its_own_keeps_what_tells_them_apart() -> None:
    paths = ["ops/books/cache/a.md", "ops/books/disk/b.md"]
    site = site_of("".join(f"{path}\n{RUNBOOK.format(path[-4])}" for path in paths))
    assert [*_drawn(arranged(site, paths))] == [
        "Runbooks:",
        "  Cache:",
        "    ops/books/cache/a.md",
        "  Disk:",
        "    ops/books/disk/b.md",
    ]


def test_folders_that_nothing_is_known_of_stay_where_they_are() -> None:
    site = site_of("sre/odd/y.md\n" + NOTE)
    assert [*_drawn(arranged(site, ["sre/odd/y.md", "zebra/iOS.md"]))] == [
        "SRE:",
        "  Odd:",
        "    sre/odd/y.md",
        "Zebra:",
        "  zebra/iOS.md",
    ]


def test_kinds_of_one_area_follow_each_other() -> None:
    areas = [kind.area or kind.plural for kind in ranked()]
    assert [area for at, area in enumerate(areas) if area not in areas[:at]] == [
        area for at, area in enumerate(areas) if at == 0 or areas[at - 1] != area
    ]
    assert set(ranked()) == set(kinds().values())


@pytest.mark.parametrize(
    ("page", "hide", "features", "expected"),
    [
        ("sre/runbooks/pay-errors.md", None, [TABS], ["navigation"]),
        ("sre/runbooks/pay-errors.md", ["toc"], [TABS], ["toc"]),
        ("sre/runbooks/pay-errors.md", [], [TABS], []),
        ("sre/runbooks/pay-errors.md", None, [], None),
        ("sre/runbooks/index.md", ["toc"], [TABS], ["toc", "navigation"]),
        ("sre/runbooks/index.md", ["toc"], [], ["toc"]),
        ("note.md", None, [TABS], None),
    ],
)
def test_the_list_beside_a_page_gives_way_to_the_tabs(
    page: str, hide: object, features: list[str], expected: object
) -> None:
    assert hidden_parts(site_of(ALL + "note.md\n" + NOTE), page, hide, features) == expected


def test_with_the_option_off_nothing_is_hidden() -> None:
    site = site_of(ALL + "options\n    | navigation: false\n")
    assert hidden_parts(site, "sre/runbooks/pay-errors.md", None, [TABS]) is None
