"""Builds of real sites: what is added, what is checked, what is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort, ConfigurationError

from mkdocs_sre.plugin.config import SreConfig
from mkdocs_sre.settings import Settings
from tests.plugin.conftest import CONFIGURATION, runbook

Site = Callable[..., Path]


def _digests(folder: Path) -> dict[str, str]:
    """The digest of every file but the sitemap, into which MkDocs itself writes today's date."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith("sitemap")]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_typed_page_gets_a_head_links_and_what_points_at_it(site: Site) -> None:
    built = site(
        {"a/cart.md": runbook("cart", other="stock"), "b/stock.md": runbook("stock", title="Stock")}, strict=True
    )
    cart = (built / "a/cart/index.html").read_text()
    stock = (built / "b/stock/index.html").read_text()
    assert 'class="sre-head"' in cart
    assert '<a href="../../b/stock/">the other</a>' in cart
    assert "<title>Cart is empty - Test</title>" in cart
    assert 'id="what-points-here"' in stock
    assert '<a href="../../a/cart/">Cart is empty</a>' in stock
    assert cart.count("<h1") == 1


def test_generated_pages_are_there_and_linked(site: Site) -> None:
    built = site({"a/cart.md": runbook()}, strict=True)
    home = (built / "index.html").read_text()
    assert 'href="a/cart/"' in home
    assert 'href="sre/runbooks/"' in home
    assert 'href="../../a/cart/"' in (built / "sre/runbooks/index.html").read_text()
    assert "DOC202" in (built / "sre/rules/index.html").read_text()
    assert (built / "assets/stylesheets/mkdocs-sre.css").is_file()
    assert (built / "assets/javascripts/mkdocs-sre.js").is_file()
    assert home.count("assets/javascripts/mkdocs-sre.js") == 1


def test_a_page_of_the_users_own_wins(site: Site) -> None:
    built = site({"index.md": "# Our own home", "cart.md": runbook(), "sre/runbooks/index.md": "# Our own list"})
    assert "Our own home" in (built / "index.html").read_text()
    assert "Our own list" in (built / "sre/runbooks/index.html").read_text()


def test_generated_pages_can_be_left_out(site: Site) -> None:
    built = site({"cart.md": runbook()}, configuration=CONFIGURATION + "      pages: false\n")
    assert not (built / "sre").exists()


def test_the_users_theme_folder_wins(site: Site) -> None:
    configuration = CONFIGURATION.replace("  font: false", "  font: false\n  custom_dir: overrides")
    own = {"../overrides/assets/stylesheets/mkdocs-sre.css": "/* ours */"}
    built = site({"cart.md": runbook(), **own}, configuration=configuration)
    assert (built / "assets/stylesheets/mkdocs-sre.css").read_text() == "/* ours */"


def test_a_script_that_the_user_names_too_is_loaded_once(site: Site) -> None:
    named = f"{CONFIGURATION}extra_javascript:\n  - {{path: assets/javascripts/mkdocs-sre.js, defer: true}}\n"
    home = (site({"cart.md": runbook()}, configuration=named) / "index.html").read_text()
    assert home.count("assets/javascripts/mkdocs-sre.js") == 1


def test_the_plain_theme_works_too(site: Site) -> None:
    built = site(
        {"cart.md": runbook()},
        configuration=CONFIGURATION.replace("name: material\n  font: false", "name: mkdocs"),
        strict=True,
    )
    assert 'class="sre-head"' in (built / "cart/index.html").read_text()


def test_untyped_pages_are_left_alone_but_their_links_are_known(site: Site) -> None:
    built = site({"cart.md": runbook(), "note.md": "# Note\n\n[Cart](sre:cart), `[no](sre:cart)`\n"}, strict=True)
    note = (built / "note/index.html").read_text()
    assert "sre-head" not in note
    assert '<a href="../cart/">Cart</a>' in note
    assert "<code>[no](sre:cart)</code>" in note
    assert '<a href="../note/">Note</a>' in (built / "cart/index.html").read_text()


def test_pages_of_other_plugins_count(site: Site) -> None:
    hook = """
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "made.md", content="---\\ntype: runbook\\nid: made\\n---\\n"))
    return files
"""
    with pytest.raises(Abort, match="strict build fails"):
        site(
            {"../hook.py": hook, "cart.md": runbook()}, configuration=CONFIGURATION + "hooks: [hook.py]\n", strict=True
        )


def test_pages_that_another_plugin_keeps_in_a_folder_of_its_own_are_read(site: Site, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/made.md").write_text(runbook("made", title="Made", other="made"), encoding="utf-8")
    hook = """
from mkdocs.structure.files import File

def on_files(files, config):
    folder = config.config_file_path.replace("mkdocs.yml", "elsewhere")
    files.append(File("made.md", folder, config.site_dir, config.use_directory_urls))
    return files
"""
    built = site({"../hook.py": hook}, configuration=CONFIGURATION + "hooks: [hook.py]\n", strict=True)
    assert 'class="sre-head"' in (built / "made/index.html").read_text()


def test_strict_fails_on_each_build_and_names_findings_without_a_log(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"cart.md": runbook(other="crat")}
    for _ in range(2):
        with pytest.raises(Abort, match="1 error"):
            site(broken, strict=True)
    assert "cart.md:11:34 REF106 unknown-link error" in caplog.text
    assert "did you mean `cart`?" in caplog.text


def test_without_strict_a_build_prints_and_goes_on(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    built = site({"cart.md": runbook(other="crat")})
    assert (built / "cart/index.html").is_file()
    assert "REF106" in caplog.text


def test_a_page_that_is_not_utf_8_becomes_a_notice(site: Site) -> None:
    built = site({"bad.md": b"# Caf\xe9\n", "nul.md": b"# a\0b", "cart.md": runbook()})
    assert "could not be read" in (built / "bad/index.html").read_text()
    assert "could not be read" in (built / "nul/index.html").read_text()


def test_a_page_whose_front_matter_is_broken_says_so(site: Site) -> None:
    built = site({"bad.md": "---\ntype: runbook\nid: [\n---\n# Bad\n"})
    assert "front matter of this page could not be read" in (built / "bad/index.html").read_text()


def test_a_link_out_of_the_docs_folder_is_not_followed(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret words\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "page.md").write_text("# Secret words\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/link.md").symlink_to(secret)
    (tmp_path / "docs/folder").symlink_to(outside)
    built = site({"cart.md": runbook()})
    for page in ("link", "folder/page"):
        assert "Secret words" not in (built / page / "index.html").read_text()
    assert caplog.text.count("DOC110") == 2


def test_an_empty_docs_folder_builds(site: Site) -> None:
    assert site({}, strict=True)


def test_two_builds_are_byte_identical(site: Site) -> None:
    files = {"a/cart.md": runbook("cart", other="stock"), "b/stock.md": runbook("stock")}
    first = _digests(site(files, strict=True))
    assert _digests(site(files, strict=True)) == first


def test_a_build_writes_nothing_into_the_docs_folder(site: Site, tmp_path: Path) -> None:
    site({"cart.md": runbook()})
    before = _digests(tmp_path / "docs")
    site({"cart.md": runbook()})
    assert _digests(tmp_path / "docs") == before


def test_options_are_those_of_the_settings() -> None:
    assert set(SreConfig()) == set(Settings.model_fields)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("      as_off: 2026-01-01\n", "as_off"),
        ("      levels: {DOC999: error}\n", "`DOC999` is no rule"),
        ("      levels: {DOC101: fatal}\n", "plugins.sre.levels.DOC101"),
        ("      folders: [{match: '*.md', typ: runbook}]\n", "did you mean `type`"),
    ],
)
def test_unusable_options_are_told(site: Site, options: str, message: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises((ConfigurationError, Abort)) as raised:
        site({"cart.md": runbook()}, configuration=CONFIGURATION + options, strict=True)
    assert message in caplog.text + str(raised.value)


def test_sections_of_a_derived_navigation_are_called_as_the_kinds(site: Site) -> None:
    files = {"sre/slos/x.md": "# X\n", "sre/runbooks/cart.md": runbook(), "sre/odd/y.md": "# Y\n"}
    home = (
        site(files, configuration=CONFIGURATION.replace("name: material\n  font: false", "name: mkdocs")) / "index.html"
    ).read_text()
    assert "SLOs" in home
    assert "SRE" in home
    assert "Odd" in home
    chosen = CONFIGURATION + "nav: [{Slos: [sre/slos/x.md]}]\n"
    assert "Slos" in (site(files, configuration=chosen) / "sre/slos/x/index.html").read_text()


def test_drafts_and_excluded_pages_are_not_checked(site: Site) -> None:
    files = {"cart.md": runbook(), "drafts/x.md": "---\n[\n---\n", "old/y.md": "---\n[\n---\n"}
    hidden = CONFIGURATION + "draft_docs: drafts/\nexclude_docs: old/\n"
    assert site(files, configuration=hidden, strict=True)


def test_front_matter_that_never_ends_is_shown_as_it_is_written(site: Site) -> None:
    built = site({"bad.md": "---\ntype: runbook\n\nid: <script>alert(1)</script>\n"})
    page = (built / "bad/index.html").read_text()
    assert "front matter of this page could not be read" in page
    assert "<script>alert" not in page
    assert "&#60;script&#62;alert&#40;1&#41;&#60;&#47;script&#62;" in page


def test_a_block_that_does_not_parse_costs_linear_time(site: Site) -> None:
    assert site({"bad.md": "---\na: [\n---\n" + " " * 400_000 + "\n", "nul.md": "---\na: b\n" + " " * 400_000})
