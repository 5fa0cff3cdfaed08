"""Pictures of graphs: places, words, links, and hostile names."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.graph.analysis import Graph
from mkdocs_sre.graph.model import Builder, Element, Group
from mkdocs_sre.graph.outline import Outline
from mkdocs_sre.graph.views import ego, whole
from mkdocs_sre.pages.drawing.between import between_svg
from mkdocs_sre.pages.drawing.columns import placed
from mkdocs_sre.pages.drawing.key import key
from mkdocs_sre.pages.drawing.labels import Labels
from mkdocs_sre.pages.drawing.rail import rail
from mkdocs_sre.pages.drawing.shapes import SHAPES, outline, shape_of
from mkdocs_sre.pages.drawing.text import fitted, width
from mkdocs_sre.pages.drawing.wide import MAX_COLUMNS, fits, wide
from mkdocs_sre.pages.graphs import figure, said, system_svg

NODE, GAP, BEND = 40.0, 20.0, 4.0
HOSTILE = '<script>alert(1)</script>" onload="x" {{ bad }} &amp; ](x) `a`'


def graph(names: list[str], pairs: list[tuple[int, int]], kind: str = "service") -> Graph:
    builder = Builder()
    for at, name in enumerate(names):
        builder.add(Element(f"n{at}", kind, title=name))
    for source, target in pairs:
        builder.group(Group(source, (target,)))
    return Graph(builder.system())


def labels(of: Graph) -> Labels:
    return Labels(of, "A title", "A sentence.", lambda node: f"../{node.key}/")


drawn = st.integers(1, 9).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 4), min_size=size, max_size=size),
        st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=25),
    )
)


@given(drawn)
def test_nothing_stands_on_anything_else(given_: tuple[list[int], list[tuple[int, int]]]) -> None:
    layers, pairs = given_
    names = {f"n{at}": layer for at, layer in enumerate(layers)}
    edges = sorted({(f"n{a}", f"n{b}") for a, b in pairs if layers[a] != layers[b]})
    places = placed(names, edges, NODE, GAP, BEND)
    assert places == placed(names, edges, NODE, GAP, BEND)
    assert {key for column in places.columns for key, _ in column if "\n" not in key} == set(names)
    for column in places.columns:
        tops = [(places.y[item], BEND if "\n" in item[0] else NODE) for item in column]
        for (upper, high), (lower, low) in pairwise(tops):
            assert lower - upper >= (high + low) / 2 + GAP - 1e-6
    assert min(places.y[item] for column in places.columns for item in column) >= 0
    for source, target in edges:
        passed = abs(sorted(set(layers)).index(names[source]) - sorted(set(layers)).index(names[target])) - 1
        assert len(places.bends[source, target]) == passed


def test_straight_lines_where_nothing_is_in_the_way() -> None:
    places = placed({"a": 0, "b": 1, "c": 2}, [("a", "b"), ("b", "c"), ("a", "c")], NODE, GAP, BEND)
    assert places.y["a", 0] != places.y["a\nc", 1]
    line = placed({"a": 0, "b": 1}, [("a", "b")], NODE, GAP, BEND)
    assert line.y["a", 0] == line.y["b", 1]


@pytest.mark.parametrize("draw", [wide, rail])
def test_a_picture_is_sound_svg_with_a_title_and_real_links(draw: object) -> None:
    of = graph(["front", "back", "store"], [(0, 1), (1, 2)])
    text = draw(ego(Outline(of), 1), labels(of), "sre-x")  # type: ignore[operator]
    tree = ET.fromstring(text)  # noqa: S314 our own output
    assert tree.attrib["role"] == "group"
    titles = [one.text for one in tree.iter("title")]
    assert titles[0] == "A title"
    assert {one.attrib["href"] for one in tree.iter("a")} == {"../n0/", "../n1/", "../n2/"}
    ids = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
    assert set(tree.attrib["aria-labelledby"].split()) == set(ids)
    assert {"front", "back", "store"} <= {one.text for one in tree.iter("text")}


@given(st.lists(st.text(min_size=1, max_size=60) | st.just(HOSTILE), min_size=2, max_size=5))
def test_names_are_text_and_nothing_else(names: list[str]) -> None:
    of = graph(names, [(0, at) for at in range(1, len(names))])
    view = ego(Outline(of), 0)
    text = figure(view, labels(of), "sre-x")
    assert "<script" not in text
    assert set(re.findall(r"<(\w+)", text)) <= {
        "figure",
        "svg",
        "title",
        "desc",
        "a",
        "g",
        "path",
        "rect",
        "text",
        "p",
        "span",
    }
    assert not re.search(r"\son\w+\s*=", re.sub(r"&#\d+;", "", text))
    assert "{{" not in text


def test_many_columns_are_shown_as_a_rail_at_every_width() -> None:
    size = MAX_COLUMNS + 3
    of = graph([f"s{at}" for at in range(size)], [(at, at + 1) for at in range(size - 1)])
    view = whole(Outline(of))
    assert not fits(view)
    text = figure(view, labels(of), "sre-x")
    assert "sre-svg wide" not in text
    assert "deep" in text


def test_the_key_lists_what_is_drawn_and_nothing_else() -> None:
    of = graph(["a", "b"], [(0, 1)], "datastore")
    text = key(whole(Outline(of)), labels(of))
    assert "datastore" in text
    assert "hard: down without it" in text
    assert "failure domain" not in text
    assert "soft" not in text


def test_a_cycle_runs_back() -> None:
    of = graph(["a", "b"], [(0, 1), (1, 0)])
    text = wide(ego(Outline(of), 0), labels(of), "sre-x")
    tips = dict(re.findall(r'class="tip (\w+)" d="[^"]+?l(-?8) -4', text))
    assert tips == {"crit": "-8", "hard": "8"}


def test_what_is_read_out_names_the_single_points() -> None:
    of = graph(["a", "b", "c"], [(0, 1), (1, 2)])
    assert (
        said(of, ego(Outline(of), 0))
        == "3 elements. Single points of failure: b and c. Tables beside it hold the same."
    )


def test_a_picture_for_a_file_stands_alone_and_refuses_what_is_too_large() -> None:
    of = graph(["a", "b"], [(0, 1)])
    text = system_svg(of, None)
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 our own output
    assert "<style>" in text
    large = graph([f"s{at}" for at in range(70)], [(0, at) for at in range(1, 70)])
    assert system_svg(large, 0)
    with pytest.raises(ValueError, match="70 elements"):
        system_svg(large, None)


def test_a_square_of_teams_says_who_needs_whom_how_often() -> None:
    text = between_svg(
        ["@a", "@b", HOSTILE], {("@a", "@b"): 3, ("@b", HOSTILE): 1}, lambda name: f"#{name[1:]}", "Teams"
    )
    numbers = re.findall(r'class="letter"[^>]*>(\d+)<', text)
    assert numbers == ["3", "1"]
    assert text.count("<rect") == 9
    assert "<script" not in text


@given(st.text(max_size=40), st.floats(5, 200))
def test_what_is_fitted_fits(text: str, room: float) -> None:
    cut = fitted(text, room, 12)
    assert cut == text or cut.endswith("…")
    assert cut == "…" or width(cut, 12) <= room


@pytest.mark.parametrize("kind", ["service", *SHAPES, "anything"])
def test_every_kind_has_a_shape(kind: str) -> None:
    tree = ET.fromstring(f"<svg>{outline(shape_of(kind), 0, 0, 100, 40)}</svg>")  # noqa: S314 our own output
    assert 1 <= len(tree) <= 2
