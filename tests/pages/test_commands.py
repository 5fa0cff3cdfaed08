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
