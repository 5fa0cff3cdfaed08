"""The anchors of a page are those that Python-Markdown gives."""

from __future__ import annotations

import re

import markdown  # type: ignore[import-untyped]  # it is MkDocs' and has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.alerts.anchors import anchors
from mkdocs_sre.reading.source import read


def ours(text: str) -> frozenset[str]:
    return anchors(read("a.md", text.encode()).body)


def theirs(text: str) -> set[str]:
    html = markdown.markdown(text, extensions=["toc", "attr_list", "fenced_code", "md_in_html"])
    return set(re.findall(r'<(?:h[1-6]|p|a|div|span)[^>]*? id="([^"]*)"', html))


@pytest.mark.parametrize(
    "text",
    [
        "# Disk is full\n\n## Disk is full\n\n### Disk is full_1\n",
        "## `kubectl get pods` fails\n\n## The *cart* is __full__\n\n## snake_case_name and _word_\n",
        "## See [the other](other.md) page\n\n## ![Bild](a.png) mit Bild\n",
        "## Größe & Übermut\n\n## C++ / C#\n\n## 1. Schritt\n\n## ???\n\n## 日本\n",
        '## Alert Name: "ThanosCompactHalted"\n\n## Don\'t -- panic...\n',
        "## Own {: #mine }\n\n## Own {#yours .wide}\n\n## Mine\n\n## Other {: id=third }\n",
        "## Twice {: #twice }\n\n## Twice\n\n## Once_7\n\n## Once_7\n",
        "Title\n=====\n\nSecond one\n----------\n",
        "## A &amp; B\n\n## <b>Bold</b> move\n\n## back\\*slash\n",
        'A paragraph.\n{: #here }\n\n```\n## Not a heading {: #no }\n```\n\n<a id="raw"></a>\n\n## Last ##\n',
    ],
)
def test_anchors_are_those_of_python_markdown(text: str) -> None:
    assert ours(text) == theirs(text)


WORDS = st.text(alphabet="abzAZ019_-.:,!?'()/&+ äé", min_size=1, max_size=20).filter(
    lambda text: text.strip(" -_") != ""
)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_plain_headings_get_their_anchors(headings: list[str]) -> None:
    text = "\n\n".join(f"## x{heading.strip()}" for heading in headings)
    assert ours(text) == theirs(text)


def test_an_old_anchor_by_name_counts() -> None:
    assert "old" in ours('<a name="old"></a>\n')
