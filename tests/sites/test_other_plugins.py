"""Beside the plugins that people run: a strict build each, with what both have to do."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

from tests.sites.conftest import need

Built = Callable[..., Callable[[str], str]]

RUNBOOK = "sre/runbooks/shop-errors/index.html"


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_awesome_nav(starter: Path, built: Built) -> None:
    need("mkdocs_awesome_nav", "mkdocs-awesome-nav")
    navigation = "nav:\n  - index.md\n  - At night: sre/runbooks\n  - '*'\n"
    (starter / "docs/.nav.yml").write_text(navigation, encoding="utf-8")
    home = built("  - awesome-nav\n")("index.html")
    titles = re.findall(r'md-tabs__link">\s*(.*?)\s*</a>', home)
    assert titles[:2] == ["On call", "At night"]


def test_tags_of_material(starter: Path, built: Built) -> None:
    _edit(starter / "docs/sre/runbooks/shop-errors.md", "type: runbook", "type: runbook\ntags: [night, orders]")
    (starter / "docs/tags.md").write_text("# Tags\n\n<!-- material/tags -->\n", encoding="utf-8")
    page = built("  - tags\n")
    assert re.search(r'href="(\.\./)*sre/runbooks/shop-errors/"', page("tags/index.html"))
    assert 'class="md-tag"' in page(RUNBOOK)


def test_meta_of_material(starter: Path, built: Built) -> None:
    (starter / "docs/sre/runbooks/.meta.yml").write_text("hide: [toc]\ntags: [night]\n", encoding="utf-8")
    page = built("  - meta\n  - tags\n")
    assert ">night</span>" in re.sub(r"\s+<", "<", page(RUNBOOK))
    assert ">night<" not in page("sre/services/shop/index.html")


def test_macros_reach_what_authors_write_and_nothing_in_front_matter(starter: Path, built: Built) -> None:
    need("mkdocs_macros", "mkdocs-macros-plugin")
    hostile = "{{ 7*191 }} {% set x = 1 %}{% include 'x' %}{# gone #} ${{ 7*191 }}"
    for name in ("sre/runbooks/shop-errors", "sre/services/shop"):
        file = starter / "docs" / f"{name}.md"
        text = re.sub(r"(?m)^title: .*$", f'title: "{hostile}"', file.read_text(encoding="utf-8"), count=1)
        file.write_text(re.sub(r"(?m)^# .*$", "", text, count=1), encoding="utf-8")
    _edit(starter / "docs/sre/services/shop.md", "description: Shows", f'description: "{hostile}" #')
    _edit(
        starter / "docs/reliability/pirs/add-2026-001-1.md", "The review counts", "{{ 7 * 193 }}\n\nThe review counts"
    )
    page = built("  - macros: {on_error_fail: true}\n")
    assert "<p>1351</p>" in page("reliability/pirs/add-2026-001-1/index.html")
    for path in (RUNBOOK, "sre/services/shop/index.html", "index.html", "sre/runbooks/index.html"):
        assert "1337" not in page(path), path
    assert hostile in html.unescape(page(RUNBOOK))
    assert hostile in html.unescape(page("index.html"))


def test_offline_and_blog_of_material(starter: Path, built: Built) -> None:
    (starter / "docs/blog/posts").mkdir(parents=True)
    (starter / "docs/blog/index.md").write_text("# Notes\n", encoding="utf-8")
    post = "---\ndate: 2026-11-01\n---\n\n# A note\n\n[The runbook](sre:shop-errors) was used.\n"
    (starter / "docs/blog/posts/note.md").write_text(post, encoding="utf-8")
    page = built("  - blog\n  - offline\n")
    assert 'href="../../../../sre/runbooks/shop-errors.html"' in page("blog/2026/11/01/a-note.html")


def test_addresses_that_end_in_html(built: Built) -> None:
    page = built(lines="use_directory_urls: false\n")
    assert 'href="shop-errors.html"' in page("sre/runbooks/index.html")
