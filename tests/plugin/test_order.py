"""A navigation without `nav` goes by `weight`; one with `nav` is the author's."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Write = Callable[[Mapping[str, str | bytes]], Path]
CONFIGURATION = "site_name: x\ntheme: {name: mkdocs}\nplugins: [sre]\n"


def page(title: str, weight: str = "") -> str:
    return f"---\ntitle: {title}\n{f'weight: {weight}' if weight else ''}\n---\n\n# {title}\n"


FILES = {
    "docs/index.md": page("Home"),
    "docs/a.md": page("A"),
    "docs/b.md": page("B", "20"),
    "docs/c.md": page("C", "-3"),
    "docs/d.md": page("D", "much"),
    "docs/folder/index.md": page("Front", "10"),
    "docs/folder/x.md": page("X"),
    "docs/folder/y.md": page("Y", "1"),
}


def order(folder: Path) -> list[str]:
    """The titles from the home page on, as the links to the next page lead."""
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, capture_output=True)
    found: list[str] = []
    here = folder / "site/index.html"
    while here not in (seen := [folder / one for one in found]):
        assert len(seen) < 20
        text = here.read_text(encoding="utf-8")
        found.append(here.relative_to(folder).as_posix())
        link = re.search(r'<a rel="next" href="([^"]+)"', text)
        if link is None:
            break
        here = (here.parent / link[1] / "index.html").resolve()
    return [Path(one).parent.name for one in found]


def test_the_lightest_comes_first_and_front_pages_stay_in_front(write: Write) -> None:
    folder = write({**FILES, "mkdocs.yml": CONFIGURATION})
    assert order(folder) == ["site", "c", "folder", "y", "x", "b", "a", "d"]


def test_without_weights_the_order_is_that_of_the_names(write: Write) -> None:
    plain = {name: re.sub(r"weight: .*", "", text) for name, text in FILES.items()}
    assert order(write({**plain, "mkdocs.yml": CONFIGURATION})) == ["site", "a", "b", "c", "d", "folder", "x", "y"]


def test_a_nav_of_ones_own_stays(write: Write) -> None:
    nav = "nav: [index.md, b.md, a.md, c.md, d.md, folder/x.md, folder/y.md, folder/index.md]\n"
    assert order(write({**FILES, "mkdocs.yml": CONFIGURATION + nav})) == [
        "site", "b", "a", "c", "d", "x", "y", "folder"
    ]  # fmt: skip
