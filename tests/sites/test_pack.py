"""Packed runbooks: what comes along, where links lead, and the zip."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.cli import main
from mkdocs_sre.sites import packed_markdown
from mkdocs_sre.sites.packed_links import Surroundings, relinked
from mkdocs_sre.sites.zip_file import MARK, refuse_foreign, write_zip

ROOT = Path(__file__).parents[2]
CONFIGURATION = """
site_name: "Shop <b>"
site_url: {url}
plugins:
  - sre:
      as_of: 2026-03-09
      alerts: {{rules: [rules.yaml]}}
"""
RULES = """
groups:
  - name: shop
    rules:
      - alert: CartEmpty
        expr: cart_errors > 1
        for: 5m
        labels: {severity: page}
      - alert: NobodyKnows
        expr: up == 0
"""
PIXEL = b"GIF89a\x01\x00\x01\x00\x00\xff\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;"
FILES = {
    "sre/runbooks/cart-empty.md": """---
type: runbook
id: cart-empty
title: Carts are <script>alert(1)</script> empty
owner: "@a"
service: cart
severity: P1
alerts: [CartEmpty]
escalation: cart-on-call
placeholders: [{name: POD, description: The pod.}]
---

# Carts are empty

## Mitigation

See [the other](other.md#last), [it](sre:other), [cart](../services/cart.md#needs), [out](https://example.org/?a=1&b=2),
[below](#verification), [Odd](javascript:alert(1)) and ![graph](../images/graph.gif) ![away](https://example.org/a.png).

1. Look:

    ```sh
    kubectl get pod ${POD} -o "wide & <all>"
    ```

| You see | Go to |
| --- | --- |
| nothing | [other](sre:other) |

## Verification

Carts are full.
""",
    "sre/runbooks/other.md": '---\ntype: runbook\nid: other\nowner: "@a"\nservice: cart\n---\n\n# Other\n\n## Last\n\nText.\n',
    "sre/runbooks/OTHER.md": '---\ntype: runbook\nid: another\nowner: "@a"\n---\n\n# Another\n',
    "sre/on-call/cart.md": (
        '---\ntype: on-call\nid: cart-on-call\nowner: "@a"\n'
        'escalation: [{who: "@a", after: 0m}, {who: "@b", after: 5m}]\n---\n\n# Cart on call\n'
    ),
    "sre/services/cart.md": '---\ntype: service\nid: cart\nowner: "@a"\ntier: 2\n---\n\n# cart\n\n## Needs\n',
    "sre/broken.md": "---\ntype: runbook\nid: damaged\nowner: [\n---\n",
    "sre/wrong.md": "---\ntype: runbook\nid: wrong\nowner: '@a'\nseverity: [1]\n---\n\n# Wrong\n",
}


def write(folder: Path, url: str = '""') -> Path:
    """Write the site into a folder and return its configuration."""
    for path, text in FILES.items():
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_text(text, encoding="utf-8")
    (folder / "docs/sre/images").mkdir()
    (folder / "docs/sre/images/graph.gif").write_bytes(PIXEL)
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    file = folder / "mkdocs.yml"
    file.write_text(CONFIGURATION.format(url=url), encoding="utf-8")
    return file


def pack(configuration: Path, file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["pack", "-f", str(configuration), "--runbooks", str(file), *options])


def packed(folder: Path, url: str = '""') -> dict[str, str]:
    file = folder / "runbooks.zip"
    result = pack(write(folder, url), file)
    assert result.exit_code == 0, result.output
    with ZipFile(file) as made:
        return {name: made.read(name).decode("latin-1") for name in made.namelist()}


def test_runbooks_alerts_and_rotations_come_along_each_at_a_place_of_its_own(tmp_path: Path) -> None:
    files = packed(tmp_path)
    assert [name for name in files if name.endswith(".html")] == [
        "index.html",
        "pages/alerts/cartempty.html",
        "pages/alerts/nobodyknows.html",
        "pages/sre/on-call/cart.html",
        "pages/sre/runbooks/cart-empty.html",
        "pages/sre/runbooks/other-2.html",
        "pages/sre/runbooks/other.html",
        "pages/sre/wrong.html",
    ]
    assert "<title>Another</title>" in files["pages/sre/runbooks/other.html"]  # `OTHER.md` comes before `other.md`
    assert "has errors" in files["pages/sre/wrong.html"]


def test_links_between_packed_pages_work_and_others_become_their_address(tmp_path: Path) -> None:
    page = packed(tmp_path)["pages/sre/runbooks/cart-empty.html"]
    assert '<a href="other-2.html#last">the other</a>' in page
    assert '<a href="other-2.html">it</a>' in page
    assert "<span>cart <small>(sre/services/cart/#needs)</small></span>" in page
    assert '<a href="https://example.org/?a=1&amp;b=2">out</a>' in page
    assert '<a href="#verification">below</a>' in page
    assert 'id="verification"' in page
    assert re.search(r'<a href="\.\./on-call/cart\.html">', page)
    assert 'href="javascript' not in page


def test_with_the_address_of_the_site_the_whole_address_is_told(tmp_path: Path) -> None:
    page = packed(tmp_path, "https://sre.example/docs/")["pages/sre/runbooks/cart-empty.html"]
    assert "(https://sre.example/docs/sre/services/cart/#needs)" in page


def test_every_link_and_file_that_a_page_names_is_in_the_zip(tmp_path: Path) -> None:
    files = packed(tmp_path)
    for name, text in files.items():
        for target in re.findall(r'(?:href|src)="([^"#]+)', text) if name.endswith(".html") else ():
            if not re.match(r"[a-z]+:", target):
                place = (Path("/x") / name).parent / target
                assert str(place.resolve().relative_to("/x")) in files, (name, target)


def test_images_of_the_site_come_along_and_no_other(tmp_path: Path) -> None:
    files = packed(tmp_path)
    page = files["pages/sre/runbooks/cart-empty.html"]
    image = re.search(r'<img alt="graph" src="\.\./\.\./\.\./(images/[0-9a-f]{16}\.gif)">', page)
    assert image
    assert files[image[1]].encode("latin-1") == PIXEL
    assert "<span>away <small>(https://example.org/a.png)</small></span>" in page
    assert page.count("<img") == 1


def test_the_index_lists_alerts_and_then_what_has_none(tmp_path: Path) -> None:
    index = packed(tmp_path)["index.html"]
    assert re.findall(r"<h2>(.*?)</h2>", index) == [
        "Runbooks by alert",
        "Alerts without a runbook",
        "Runbooks without an alert",
        "Whom to call, and how an incident is led",
    ]
    assert '<a href="pages/sre/runbooks/cart-empty.html">CartEmpty</a>' in index
    assert '<a href="pages/alerts/nobodyknows.html">NobodyKnows</a>' in index
    assert "Shop &lt;b&gt;" in index
    assert "Carts are &lt;script&gt;" in index


def test_front_matter_stays_text_and_values_can_be_filled(tmp_path: Path) -> None:
    page = packed(tmp_path)["pages/sre/runbooks/cart-empty.html"]
    assert "<script>alert" not in page
    assert page.count('<var class="sre-ph" data-ph="POD">') >= 1
    assert "wide &amp; &lt;all&gt;" in re.sub(r"</?span[^>]*>", "", page)
    assert page.count('class="pack-scroll"') == 1


def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    configuration = write(tmp_path)
    for name in ("a.zip", "b.zip"):
        assert pack(configuration, tmp_path / name).exit_code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with ZipFile(tmp_path / "a.zip") as made:
        assert {one.date_time for one in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert made.namelist() == sorted(made.namelist())


def test_its_own_file_is_replaced_and_no_other(tmp_path: Path) -> None:
    configuration, file = write(tmp_path), tmp_path / "a.zip"
    file.write_bytes(b"mine")
    refused = pack(configuration, file)
    assert refused.exit_code == 2
    assert refused.output == f"{file}: was not written by `mkdocs-sre pack`; choose another name, or give `--force`\n"
    assert file.read_bytes() == b"mine"
    assert pack(configuration, file, "--force").exit_code == 0
    assert pack(configuration, file).exit_code == 0
    with ZipFile(tmp_path / "b.zip", "w") as foreign:
        foreign.writestr("a", "b")
    assert pack(configuration, tmp_path / "b.zip").exit_code == 2


@pytest.mark.parametrize("options", [(), ("--force",)])
def test_a_folder_is_never_replaced(tmp_path: Path, options: tuple[str, ...]) -> None:
    result = pack(write(tmp_path), tmp_path, *options)
    assert result.exit_code == 2
    assert "is no file; choose another name" in result.output


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    result = pack(write(tmp_path), tmp_path / "missing" / "a.zip")
    assert result.exit_code == 2
    assert result.output == f"{tmp_path / 'missing' / 'a.zip'}: No such file or directory\n"
    assert not list(tmp_path.glob("**/*.part"))


def test_a_site_without_runbooks_has_nothing_to_pack(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    result = pack(tmp_path / "mkdocs.yml", tmp_path / "a.zip")
    assert result.exit_code == 2
    assert "holds no runbook; `mkdocs-sre new runbook ID` begins one" in result.output
    assert not (tmp_path / "a.zip").exists()


def test_where_no_terminal_is_nothing_but_the_result_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    assert pack(write(tmp_path), file).output == f"{file}: 4 runbooks, 12 files written\n"


def test_an_image_that_a_link_leads_out_of_the_folder_stays(tmp_path: Path) -> None:
    configuration = write(tmp_path)
    (tmp_path / "secret.gif").write_bytes(b"secret")
    (tmp_path / "docs/sre/images/graph.gif").unlink()
    (tmp_path / "docs/sre/images/graph.gif").symlink_to(tmp_path / "secret.gif")
    assert pack(configuration, tmp_path / "a.zip").exit_code == 0
    with ZipFile(tmp_path / "a.zip") as made:
        assert not [name for name in made.namelist() if name.startswith("images/")]
        assert b"(../images/graph.gif)" in made.read("pages/sre/runbooks/cart-empty.html")


@pytest.mark.parametrize("with_pymdown", [True, False])
def test_fenced_code_is_read_with_and_without_the_extensions_of_pymdown(with_pymdown: bool) -> None:  # noqa: FBT001 both
    html = packed_markdown.parser(with_pymdown=with_pymdown).reset().convert("```sh\nls & cd\n```\n\n```\nplain\n```\n")
    assert "&amp;" in html
    assert html.count("<pre") == 2


NOWHERE = Surroundings({}, lambda _: "", lambda path: path)
LINKLESS = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b class='x'>", "&amp;", "&#60;", "a < b", "<br/>", '<i a="&lt;">', "é", "\n", "<svg>"]
    )
)


@given(LINKLESS)
def test_html_without_links_stays_as_it_is(parts: list[str]) -> None:
    assert relinked("".join(parts), "a.md", "pages/a.html", NOWHERE) == "".join(parts)


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_address_gets_out_of_its_quotes(target: str, label: str) -> None:
    import html  # noqa: PLC0415 its name is that of a fixture elsewhere

    given = f'<a href="{html.escape(target)}">{html.escape(label)}</a>'
    made = relinked(given, "a.md", "pages/a.html", NOWHERE)
    assert set(re.findall(r"<(/?\w+)", made)) <= {"a", "/a", "span", "/span", "small", "/small"}
    assert 'href="javascript' not in made.lower().replace("&#", "")


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?", fullmatch=True), st.binary(max_size=50), max_size=5))
def test_a_zip_holds_what_it_was_given_in_order(files: dict[str, bytes]) -> None:
    from tempfile import TemporaryDirectory  # noqa: PLC0415 a fixture would be shared by all examples

    with TemporaryDirectory() as name:
        file = Path(name) / "a.zip"
        assert write_zip(files.items(), file) == len(files)
        refuse_foreign(file)
        with ZipFile(file) as made:
            assert made.comment == MARK
            assert {one: made.read(one) for one in made.namelist()} == files
