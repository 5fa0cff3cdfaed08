"""Alerts in a build and in a rendered folder: every address opens, nothing is written over, nothing else is changed."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from mkdocs_sre.cli import main
from tests.plugin.conftest import CONFIGURATION

Site = Callable[..., Path]
CONFIGURED = f"""{CONFIGURATION}      levels: {{ALT: "off", RUN: "off", DOC: "off", REF: "off"}}
      alerts:
        rules: [rules/*.yml]
        aliases: ["runbooks/{{group}}/{{alert}}", "Old/{{alert}}"]
        url_prefix: ["https://sre.example.com/"]
        retired: {{CartOld: CartEmpty}}
"""
RULES = r"""
groups:
  - name: General
    rules:
      - alert: CartEmpty
        expr: up{job="cart"} == 0
        labels: {severity: page}
        annotations: {runbook_url: "https://sre.example.com/Cart/"}
      - alert: CartSlow
        expr: latency > 1
        annotations: {runbook_url: "https://sre.example.com/nowhere/cart/"}
      - alert: "Disk full: /var <script>alert(1)</script> & \"quotes\""
        expr: free == 0
      - alert: "two\nlines, ☂ and Straße"
        expr: free == 0
      - alert: "../../../etc/passwd"
        expr: free == 0
      - alert: XXXX
        expr: free == 0
""".replace("XXXX", "x" * 300)
RUNBOOK = (
    '---\ntype: runbook\nid: cart\nowner: "@team"\nalerts: [CartEmpty]\n---\n\n# Cart is empty\n\n## Meaning\n\nText.\n'
)
FILES = {"cart.md": RUNBOOK, "../rules/all.yml": RULES}
FURTHER = {
    "alerts/cartempty",
    "alerts/cartold",
    "nowhere/cart",
    "Old/cartempty",
    "Old/cartold",
    "runbooks/general/cartempty",
    "runbooks/general/cartslow",
}
_REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')


def _configuration(*, directory_urls: bool) -> str:
    return f"{CONFIGURED}use_directory_urls: {str(directory_urls).lower()}\n"


def _opened(built: Path, address: str) -> str:
    """Return the page at an address, as a plain file server and a browser without script find it."""
    for _ in range(3):
        file = built / address
        text = (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")
        found = _REFRESH.search(text)
        if found is None:
            return text
        base = f"{address}/" if file.is_dir() else address
        address = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(unescape(found[1]))))
    pytest.fail(f"{address} leads in a circle")


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_address_of_an_alert_opens(site: Site, *, directory_urls: bool) -> None:
    built = site(FILES, configuration=_configuration(directory_urls=directory_urls))
    addresses = [one if (built / one).is_dir() else f"{one}.html" for one in FURTHER]
    addresses += [] if directory_urls else [f"{one}.html" for one in FURTHER]
    for address in addresses:
        name = "CartOld" if "cartold" in address else "CartSlow"
        name = "CartEmpty" if "empty" in address else name
        assert f"<title>{name} - Test</title>" in _opened(built, address), address
    done = CliRunner().invoke(main, ["verify-site", str(built), "-f", str(built.parent / "mkdocs.yml")])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "1 document: nothing is missing")


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_link_of_these_pages_leads_to_a_file(site: Site, *, directory_urls: bool) -> None:
    built = site(FILES, configuration=_configuration(directory_urls=directory_urls))
    pages = [*(built / "alerts").rglob("*.html"), *(built / "runbooks").rglob("*.html"), built / "index.html"]
    assert len(pages) > 10
    for page in pages:
        for link in re.findall(r'(?:href|src|data-to)="([^"]*)"', page.read_text(encoding="utf-8")):
            target = urlsplit(unescape(link))
            if not target.scheme and not target.netloc and target.path:
                file = page.parent / unquote(target.path)
                assert file.is_file() or (file / "index.html").is_file(), (page, link)


def test_further_addresses_leave_search_sitemap_and_navigation_alone(site: Site) -> None:
    built = site(FILES, configuration=f"{CONFIGURED}site_url: https://sre.example.com/\n")
    index = json.loads((built / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert "alerts/cartempty/" in found
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")
    assert "alerts/cartempty/" in sitemap
    home = (built / "index.html").read_text(encoding="utf-8")
    navigation = re.findall(r"md-sidebar--primary.*?md-sidebar--secondary", home, re.DOTALL)[0]
    assert re.findall(r'href="([^"#]+)" class="md-nav__link', navigation)[:3] == [".", "alerts/", "sre/runbooks/"]
    for address in FURTHER - {"alerts/cartempty", "alerts/cartold"}:
        assert address not in sitemap
        assert not any(one.startswith(address) for one in found)
        assert address not in home
    assert "alerts/cartempty" not in navigation


def test_names_have_no_power_on_pages_and_in_paths(site: Site) -> None:
    built = site(FILES, configuration=CONFIGURED)
    for page in built.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert(1)" not in text, page
    assert sorted(one.name for one in built.parent.iterdir()) == ["docs", "mkdocs.yml", "rules", "site"]
    titles = {
        unescape(found[1])
        for page in (built / "alerts").glob("*/index.html")
        if (found := re.search(r"<title>(.*?) - Test</title>", page.read_text(encoding="utf-8"), re.DOTALL))
    }
    assert {'Disk full: /var <script>alert(1)</script> & "quotes"', "../../../etc/passwd", "x" * 300} <= titles


def test_what_the_author_put_at_an_address_stays(site: Site) -> None:
    own = {
        "runbooks/general/cartempty.md": "# Mine\n",
        "runbooks/general/cartslow/index.html": "<p>My file</p>",
        "alerts/index.md": "# My alerts\n",
        "alerts/cartslow.md": "# My page\n",
    }
    built = site({**FILES, **own}, configuration=CONFIGURED)
    assert "Mine" in (built / "runbooks/general/cartempty/index.html").read_text(encoding="utf-8")
    assert (built / "runbooks/general/cartslow/index.html").read_text(encoding="utf-8") == "<p>My file</p>"
    assert "My alerts" in (built / "alerts/index.html").read_text(encoding="utf-8")
    assert "My page" in _opened(built, "alerts/cartslow")
    assert "My page" in _opened(built, "Old/cartslow")
    for file, text in own.items():
        assert (built.parent / "docs" / file).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_rendered_folder_holds_the_same(site: Site, *, directory_urls: bool) -> None:
    built = site(FILES, configuration=_configuration(directory_urls=directory_urls))
    folder = built.parent
    done = CliRunner().invoke(main, ["render", "-f", str(folder / "mkdocs.yml"), "--out", str(folder / "out")])
    assert done.exit_code == 0, done.output
    rendered = {file.relative_to(folder / "out").as_posix(): file for file in (folder / "out").rglob("*.html")}
    assert {f"{one}/index.html" for one in FURTHER - {"alerts/cartempty", "alerts/cartold"}} <= rendered.keys()
    for path, file in rendered.items():
        assert (built / path).read_bytes() == file.read_bytes(), path
    assert "[Cart is empty](../cart.md){: .sre-carry }" in (folder / "out/alerts/cartempty.md").read_text("utf-8")


def test_an_address_that_is_gone_from_a_built_site_is_missed(site: Site) -> None:
    built = site(FILES, configuration=CONFIGURED)
    (built / "Old/cartempty/index.html").unlink()
    done = CliRunner().invoke(main, ["verify-site", str(built), "-f", str(built.parent / "mkdocs.yml")])
    assert done.exit_code == 1
    assert "Old/cartempty/index.html: a further address of an alert leads nowhere" in done.output


def test_without_pages_there_are_no_addresses(site: Site) -> None:
    built = site(FILES, configuration=CONFIGURED.replace("      alerts:\n", "      pages: false\n      alerts:\n"))
    assert not (built / "alerts").exists()
    assert not (built / "old").exists()
