"""Links by id become relative links; everything else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.pages.links import rewrite_links
from tests.tree import parse_tree

TREE = """
sre/runbooks/cart.md
    | ---
    | type: runbook
    | id: Cart-Lost
    | title: Baskets * lost
    | owner: "@team"
    | aliases: [old-cart]
    | ---
reliability/actions/all files.md
    | ---
    | type: action-items
    | id: ledger
    | actions:
    |   - {id: AI-031, title: Alert, owner: "@team", due: 2026-03-20, state: open}
    | ---
sre/slos/cart.md
    | ---
    | type: slo
    | id: cart-answers
    | title: The cart answers
    | service: cart
    | behaviour: It answers.
    | sli: {good: a_good_total, total: a_total}
    | objective: 99.9
    | window: 30d
    | objectives: [{name: fast, objective: 95}]
    | ---
"""
BASE = parse_tree(TREE).base()
PAGE = "sre/services/cart.md"
UNKNOWN = '<span class="sre-chip is-bad">unknown id</span>'


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[the cart](sre:Cart-Lost)", "[the cart](../runbooks/cart.md)"),
        ("[the cart](sre:cart-lost)", "[the cart](../runbooks/cart.md)"),
        ("[the cart](sre:OLD-CART)", "[the cart](../runbooks/cart.md)"),
        ("[the cart](<sre:cart-lost>)", "[the cart](<../runbooks/cart.md>)"),
        ('[the cart](sre:cart-lost "a title")', '[the cart](../runbooks/cart.md "a title")'),
        ("[it](sre:cart-lost#triage)", "[it](../runbooks/cart.md#triage)"),
        ("[it](sre:AI-031)", "[it](../../reliability/actions/all%20files.md#ai-031)"),
        ("[it](sre:Cart-answers-FAST)", "[it](../slos/cart.md)"),
        ("[](sre:cart-answers-fast)", "[The cart answers, fast](../slos/cart.md)"),
        ("[](sre:cart-lost)", "[Baskets &#42; lost](../runbooks/cart.md)"),
        ("[ ](sre:cart-lost)", "[Baskets &#42; lost](../runbooks/cart.md)"),
        ("[a][b]\n\n[b]: sre:cart-lost", "[a][b]\n\n[b]: ../runbooks/cart.md"),
        ('[a][b]\n\n[b]: <sre:cart-lost> "t"', '[a][b]\n\n[b]: <../runbooks/cart.md> "t"'),
        ("> - [a](sre:cart-lost) [b](sre:cart-lost)", "> - [a](../runbooks/cart.md) [b](../runbooks/cart.md)"),
        ("[a `](sre:x)` b](sre:cart-lost)", "[a `](sre:x)` b](../runbooks/cart.md)"),
        ("[![i](a.png)](sre:cart-lost)", "[![i](a.png)](../runbooks/cart.md)"),
        ("[over\ntwo lines](sre:cart-lost)", "[over\ntwo lines](../runbooks/cart.md)"),
    ],
)
def test_known_ids(written: str, made: str) -> None:
    assert rewrite_links(BASE, PAGE, written) == made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[it](sre:nope), too", f"it {UNKNOWN}, too"),
        ("[](sre:nope)", f"nope {UNKNOWN}"),
        ('[it](sre:nope "a (title)") b', f"it {UNKNOWN} b"),
        ("[a](sre:no) [b](sre:cart-lost)", f"a {UNKNOWN} [b](../runbooks/cart.md)"),
        ('[a][b]\n\n[b]: sre:nope "t"\n', '[a][b]\n\n[b]: # "unknown id nope"\n'),
    ],
)
def test_unknown_ids_are_marked(written: str, made: str) -> None:
    assert rewrite_links(BASE, PAGE, written) == made


@pytest.mark.parametrize(
    "text",
    [
        "`[a](sre:cart-lost)`",
        "```\n[a](sre:cart-lost)\n```",
        "~~~ text\n[a](sre:nope)\n~~~",
        "para\n\n    [a](sre:cart-lost)",
        "<!-- [a](sre:nope) -->",
        "\\[a](sre:cart-lost)",
        "sre:cart-lost in a sentence",
        "<pre>\n[a](sre:cart-lost)\n</pre>",
    ],
)
def test_code_and_comments_stay(text: str) -> None:
    assert rewrite_links(BASE, PAGE, text) == text


PIECES = st.sampled_from(
    [
        "`",
        "``",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "> ",
        "- ",
        "[a](sre:cart-lost)",
        "[](sre:nope)",
        "word ",
        "<!-- ",
        "-->",
    ]
)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_no_link_stays(text: str) -> None:
    made = rewrite_links(BASE, PAGE, text)
    back = made.replace("../runbooks/cart.md", "sre:cart-lost").replace(f"nope {UNKNOWN}", "[](sre:nope)")
    assert back == text


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(PIECES, max_size=12).map("".join))
def test_rewriting_twice_is_rewriting_once_outside_code(text: str) -> None:
    once = rewrite_links(BASE, PAGE, text)
    assert rewrite_links(BASE, PAGE, once) == once


def test_text_without_the_scheme_is_not_read() -> None:
    text = "[a](b.md)"
    assert rewrite_links(BASE, PAGE, text) is text
