"""The quick look at a front matter says what a reading of all of it says, however hostile the text is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.history.outline import exact_outline, outline

KEYS = frozenset(("type", "id", "status"))
PLAIN = ("type: pir", "id: X", "status: final")
ODD = (
    *("status: draft", '"status": final', "'id': Y", "? status", ": draft", "&a status: draft", "!!str id: Y"),
    *('note: "', '"', "note: '", "'", "note: it's", "note: {", "}", "note: [", "]", '- "', 'a b: "', 'note:\t"'),
    *(" type: pir", " id: Y", " status: draft", " draft", "", "text: |", '  "quoted', "text: >", "  more", '# "'),
    *('note: "x"', "note: [a, b]", 'status: "dra', "status : draft", '"status"\t: draft', "...", "<<: *a", 'x: a, "'),
)


def page(lines: list[str]) -> bytes:
    return "\n".join(["---", *lines, "---", "", "text", ""]).encode()


@given(st.lists(st.sampled_from(ODD), max_size=5).flatmap(lambda odd: st.permutations([*PLAIN, *odd])))
@settings(max_examples=2000, deadline=None)
def test_what_is_believed_is_true(lines: list[str]) -> None:
    quick, exact = outline(page(lines), KEYS), exact_outline(page(lines), KEYS)
    assert quick.values == exact.values or not exact.values  # what cannot be read is no review of the site


@pytest.mark.parametrize(
    "lines",
    [
        ["type: pir", "id: X", '"status": final', 'note: "', "status: draft", '"'],
        ["type: pir", '"id": X', "status: final", "note: '", "id: Y", "'"],
        [" type: pir", " id: X", " status: final", ' note: "', "type: pir", "id: X", "status: draft", '"'],
        ["type: pir", "id: X", "? status", ": final", "note: {", "status: draft", "}"],
    ],
)
def test_quoted_text_that_reads_like_keys_is_not_believed(lines: list[str]) -> None:
    assert outline(page(lines), KEYS, "pir").values == {"type": "pir", "id": "X", "status": "final"}


@pytest.mark.parametrize("title", ["Orders waited", "The shop's queue stopped", "[a, b]", '"Quoted"', "a #1 # b"])
def test_a_usual_front_matter_is_not_read_as_a_whole(title: str) -> None:
    assert not outline(page([f"title: {title}", *PLAIN]), KEYS, "pir").exact
