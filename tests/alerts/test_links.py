"""Links of alerts are taken apart, filled, and followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.alerts.alert import Link
from mkdocs_sre.alerts.links import MAX_FILLED, addresses_of, filled, written
from mkdocs_sre.alerts.resolve import Pages, is_template, link_to, links_of
from mkdocs_sre.documents.body import Body
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import AlertRule
from mkdocs_sre.knowledge import assemble
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings

PREFIXES = ["https://sre.example.com/", "https://docs.example.com/team/sre"]
PLACE = Location("rules.yaml", 3, 7)


def runbook(path: str, body: str = "") -> Runbook:
    text = f"---\ntype: runbook\nid: {path.rpartition('/')[2].removesuffix('.md')}\nowner: '@team'\n---\n{body}"
    made = assemble(Settings(), [read(path, text.encode())]).documents[0]
    assert isinstance(made, Runbook)
    return made


def pages(*runbooks: str, others: Sequence[str] = (), directory_urls: bool | None = True) -> Pages:
    made = {path: runbook(path, "# Cart\n\n## It is full\n") for path in runbooks}
    return Pages({path: one.body for path, one in made.items()}, made, others, directory_urls)


def follow(text: str, where: Pages, **options: object) -> Link:
    settings = Settings.load({"alerts": {"url_prefix": PREFIXES, **options}})
    return link_to(text, PLACE, where, settings.alerts)


@pytest.mark.parametrize(
    ("text", "address", "anchor", "scheme"),
    [
        ("https://sre.example.com/a/b/", "a/b/", "", True),
        ("http://sre.example.com/a/b/#c%20d", "a/b/", "c d", True),
        ("https://SRE.Example.com/a%20b?x={{ $value }}#c", "a b", "c", True),
        ("https://docs.example.com/team/sre", "", "", True),
        ("https://docs.example.com/team/sre/a", "a", "", True),
        ("sre.example.com/a/", "a/", "", False),
        ("//sre.example.com/a/", "a/", "", False),
        ("/a/b/", "a/b/", "", True),
        ("./a.md#b", "a.md", "b", True),
        ("a/b.html", "a/b.html", "", True),
        ("cart-full", "cart-full", "", True),
    ],
)
def test_links_to_the_site(text: str, address: str, anchor: str, scheme: bool) -> None:  # noqa: FBT001 a table
    found = written(text, PREFIXES)
    assert (found.ours, found.address, found.anchor, found.scheme) == (True, address, anchor, scheme)


@pytest.mark.parametrize(
    "text",
    [
        "https://sre.example.com.evil.example/a/",
        "https://sre.example.com:8443/a/",
        "https://docs.example.com/team/srebook/",
        "https://docs.example.com/a/",
        "https://wiki.example.com/a",
        "wiki.example.com/a",
        "mailto:team@example.com",
        "javascript:alert(1)",
        "#top",
        "",
    ],
)
def test_links_elsewhere(text: str) -> None:
    assert not written(text, PREFIXES).ours


@given(st.text(max_size=60))
def test_any_text_is_taken_apart(text: str) -> None:
    found = written(text, PREFIXES)
    assert found.ours or not found.address
    filled(text, {"type": ["a"]})
    assert pages("a.md").at(found.address) is not None


def test_a_prefix_may_be_a_path() -> None:
    assert written("/kb/a/", ["/kb/"]).address == "a/"
    assert written("/kb", ["/kb/"]).address == ""


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("https://a/b/", {}, ["https://a/b/"]),
        ("{{ $labels.x }}/{{$labels.y}}", {"x": ["1", "2"], "y": ["3"]}, ["1/3", "2/3"]),
        ("{{ $labels.x }}{{ .Labels.x }}", {"x": ["1", "2"]}, ["11", "22"]),
        ("{{- $labels.x | toLower -}}/{{ $labels.x | toUpper }}", {"x": ["Ab"]}, ["ab/AB"]),
        ("a?x={{ $labels.unknown }}#{{ $labels.x }}", {"x": ["1"]}, ["a?x={{ $labels.unknown }}#1"]),
        ("a#b?{{ $labels.unknown }}", {}, None),
        ("{{ $labels.unknown }}", {"x": ["1"]}, None),
        ("{{ $value }}", {"x": ["1"]}, None),
        ("{{ $labels.x | title }}", {"x": ["1"]}, None),
        ("a/{{ $labels.x", {"x": ["1"]}, None),
        ("{{ $labels.x }}", {"x": []}, []),
    ],
)
def test_labels_are_filled(text: str, values: Mapping[str, Sequence[str]], expected: list[str] | None) -> None:
    assert filled(text, values) == expected


def test_values_are_not_filled_again_and_not_without_end() -> None:
    assert filled("{{ $labels.x }}/{{ $labels.y }}", {"x": ["{{ $labels.y }}"], "y": ["1"]}) == ["{{ $labels.y }}/1"]
    many = [str(number) for number in range(MAX_FILLED)]
    assert len(filled("{{ $labels.x }}", {"x": many}) or ()) == MAX_FILLED
    assert filled("{{ $labels.x }}{{ $labels.y }}", {"x": many, "y": ["1", "2"]}) is None


@pytest.mark.parametrize(
    ("address", "outcome", "target", "slip"),
    [
        ("sre/cart/", "runbook", "sre/cart.md", ""),
        ("sre/cart/index.html", "runbook", "sre/cart.md", ""),
        ("sre/cart.md", "runbook", "sre/cart.md", ""),
        ("sre/cart", "runbook", "sre/cart.md", "slash"),
        ("sre/cart.md/", "runbook", "sre/cart.md", "slash"),
        ("SRE/Cart/", "runbook", "sre/cart.md", "case"),
        ("SRE/Cart", "runbook", "sre/cart.md", "case"),
        ("sre/cart.html", "nothing", "", ""),
        ("sre/", "page", "sre/index.md", ""),
        ("sre", "page", "sre/index.md", "slash"),
        ("team/", "runbook", "team/README.md", ""),
        ("", "page", "index.md", ""),
        ("gone/", "nothing", "", ""),
        ("../sre/cart/", "nothing", "", ""),
    ],
)
def test_addresses_with_folders(address: str, outcome: str, target: str, slip: str) -> None:
    where = pages("sre/cart.md", "team/README.md", others=["index.md", "sre/index.md"])
    found = follow(f"https://sre.example.com/{address}", where)
    assert (found.outcome, found.target, found.slip, found.address) == (outcome, target, slip, address)
    assert (found.runbook is not None) == (outcome == "runbook")
    assert found.place == PLACE


@pytest.mark.parametrize(
    ("address", "outcome", "slip"),
    [
        ("sre/cart.html", "runbook", ""),
        ("sre/cart", "runbook", "slash"),
        ("sre/Cart", "runbook", "case"),
        ("sre/cart/", "nothing", ""),
        ("sre/", "page", ""),
    ],
)
def test_addresses_with_files(address: str, outcome: str, slip: str) -> None:
    found = follow(f"/{address}", pages("sre/cart.md", others=["sre/index.md"], directory_urls=False))
    assert (found.outcome, found.slip) == (outcome, slip)


def test_both_forms_count_when_nobody_says_which() -> None:
    where = pages("a.md", directory_urls=None)
    assert [follow(text, where).outcome for text in ("/a/", "/a.html")] == ["runbook", "runbook"]
    assert list(addresses_of("README.md", directory_urls=None)) == ["", "index.html"]


def test_the_right_case_comes_first_where_two_pages_differ_in_it() -> None:
    where = pages("Cart.md", "cart.md")
    assert [follow(text, where).target for text in ("/Cart/", "/cart/")] == ["Cart.md", "cart.md"]


def test_anchors_are_looked_up_on_pages_that_have_a_file() -> None:
    where = pages("cart.md", others=["index.md"])
    assert follow("/cart/#it-is-full", where).outcome == "runbook"
    broken = follow("/Cart/#it-is-empty", where)
    assert (broken.outcome, broken.anchor, broken.slip) == ("no-anchor", "it-is-empty", "case")
    assert broken.runbook is not None
    assert follow("/#anything", where).outcome == "page"


def rule(**annotations: str) -> AlertRule:
    return AlertRule("Cart", "shop", "rules.yaml", PLACE, annotations=annotations)


def test_the_first_key_that_says_something_counts() -> None:
    options = Settings.load(
        {"alerts": {"link_keys": ["runbook_url", "wiki"], "label_values": {"t": ["a", "b"]}}}
    ).alerts
    where = pages("a.md")
    assert [one.outcome for one in links_of(rule(), where, options)] == ["none"]
    assert [one.text for one in links_of(rule(wiki="/a/", runbook_url=" "), where, options)] == ["/a/"]
    both = [*links_of(rule(runbook_url="/{{ $labels.t }}/"), where, options)]
    assert [(one.text, one.outcome) for one in both] == [("/a/", "runbook"), ("/b/", "nothing")]
    (unknown,) = links_of(rule(runbook_url="/{{ $labels.u }}/"), where, options)
    assert is_template(unknown)
    assert not is_template(follow("https://wiki.example.com/", where))


def test_a_body_without_headings_has_no_anchors() -> None:
    assert not Pages({"a.md": Body()}, {}).has_anchor("a.md", "x")
