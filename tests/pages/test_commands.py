"""The words of a command stay whole where a line of it has to wrap, and its text stays what it was."""

from __future__ import annotations

import re
from html import unescape

from mkdocs_sre.pages.commands import with_whole_words
from tests.pages.conftest import site_of

TREE = """sre/runbooks/r.md
    | ---
    | type: runbook
    | id: r
    | ---
"""
PAGE = "sre/runbooks/r.md"
LINE = (
    'kubectl<span class="w"> </span>-n<span class="w"> </span><span class="si">${</span><span class="nv">N</span>'
    '<span class="si">}</span><span class="w"> </span><span class="nb">wait</span><span class="w"> </span>--for'
    '<span class="o">=</span><span class="nv">condition</span><span class="o">=</span>Ready &amp;&amp; true\n'
    'psql<span class="w"> </span>-c<span class="w"> </span><span class="s2">&quot;UPDATE a-b&quot;</span>\n'
)


def _code(text: str) -> str:
    return f'<div class="highlight"><pre><span></span><code>{text}</code></pre></div>'


def _words(html: str) -> list[str]:
    return [_text(one) for one in re.findall(r'<span class="sre-w">((?:<span[^>]*>[^<]*</span>|[^<])*)</span>', html)]


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_a_word_that_a_browser_would_break_is_kept_whole() -> None:
    made = with_whole_words(site_of(TREE), PAGE, _code(LINE))
    assert _words(made) == ["-n", "--for=condition=Ready", "-c"]


def test_what_is_copied_stays_the_same() -> None:
    made = with_whole_words(site_of(TREE), PAGE, _code(LINE))
    assert _text(made) == _text(_code(LINE))
    assert made.count("<span") == made.count("</span>")


def test_code_with_numbered_lines_and_pages_of_others_are_left_alone() -> None:
    numbered = _code('<span id="1-1"><a name="1-1"></a>kubectl get -o wide\n</span>')
    assert with_whole_words(site_of(TREE), PAGE, numbered) == numbered
    assert with_whole_words(site_of(TREE), "index.md", _code(LINE)) == _code(LINE)


VALUES = """sre/runbooks/r.md
    | ---
    | type: runbook
    | id: r
    | owner: x
    | placeholders: [{name: N}, {name: POD_NAME}]
    | ---
"""
MARK = '<var class="sre-ph" data-ph="N">${N}</var>'


def _made(html: str) -> str:
    return with_whole_words(site_of(VALUES), PAGE, html)


def test_values_are_marked_whatever_highlighting_made_of_them() -> None:
    assert _made(_code(LINE)).count(MARK) == 1
    assert _text(_made(_code(LINE))) == _text(_code(LINE))
    quoted = _code(
        '<span class="s2">&quot;a </span><span class="si">${</span>N<span class="si">}</span><span class="s2"> b&quot;</span>'
    )
    assert _made(quoted) == _code(f'<span class="s2">&quot;a </span>{MARK}<span class="s2"> b&quot;</span>')
    within = _code('<span class="s2">&quot;a-${N}-b&quot;</span>')
    assert MARK in _made(within)
    assert _made(within).count("<span") == _made(within).count("</span>")


def test_values_are_marked_in_texts_and_never_in_tags_scripts_or_twice() -> None:
    assert _made("<p>Since ${N} and &#36;&#123;N&#125;</p>") == f"<p>Since {MARK} and {MARK}</p>"
    for kept in (
        '<a href="https://x/?n=${N}" title="a > ${N}">x</a>',
        "<script>`${N}`</script>",
        "<!-- ${N} -->",
        MARK,
        "${OTHER} ${n} $N {N}",
        "$${N} \\${N}",
    ):
        assert _made(kept) == kept


def test_only_declared_names_of_runbooks_are_values() -> None:
    assert with_whole_words(site_of(TREE), PAGE, _code("${N}")) == _code("${N}")


def test_code_below_a_step_knows_its_risk_down_to_the_next_heading() -> None:
    step = '<h3>a <span class="sre-risk back">reversible</span></h3>'
    made = _made(f"<header>x</header>{_code('a')}{step}{_code('b')}<h4>c</h4>{_code('d')}<h3>e</h3>{_code('f')}")
    assert [bool(risk) for risk in re.findall(r'<pre( data-risk="back")?>', made)] == [False, True, True, False]


def test_parts_of_a_step_can_be_told_apart_and_keep_their_words() -> None:
    step = '<h3><span class="sre-at" id="s2">2.</span> A <span class="sre-risk back">(reversible)</span></h3><p><b>Undo:</b> x</p>'
    made = _made(step)
    assert _text(made) == _text(step)
    assert '<span class="sre-at" id="s2">2<i>.</i></span>' in made
    assert '<span class="sre-risk back"><i>(</i>reversible<i>)</i></span>' in made
    assert '<p class="sre-then undo"><b>Undo:</b> x</p>' in made
