"""Which catalogue files a site has: by patterns, and never outside the folder of the configuration."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.reading import patterns as searching
from mkdocs_sre.reading.catalogue_files import catalogue_patterns, load_catalogues
from mkdocs_sre.settings import Settings, SettingsError

Write = Callable[[Mapping[str, str | bytes]], Path]
ENTITY = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: %s}\n"
FILES = (
    "catalog-info.yaml",
    "services/cart/catalog-info.yaml",
    "services/cart/deep/catalog-info.yml",
    "services/cart/values.yaml",
    "services/node_modules/x/catalog-info.yaml",
    "services/.hidden/catalog-info.yaml",
    ".github/catalog-info.yaml",
    "docs/a.md",
)


def site(write: Write, *patterns: str, files: Mapping[str, str | bytes] | None = None) -> tuple[Settings, Path]:
    given_files = {name: ENTITY % f"e{index}" for index, name in enumerate(FILES)} if files is None else files
    listed = "".join(f"        - '{one}'\n" for one in patterns)
    configuration = f"site_name: T\nplugins:\n  - sre:\n      catalogues:\n{listed}"
    folder = write({"mkdocs.yml": configuration, "docs/index.md": "# x\n", **given_files})
    return Settings.load({"catalogues": list(patterns)}), folder


def read(settings: Settings, folder: Path) -> tuple[list[str], list[tuple[str, str, int]]]:
    found = load_catalogues(settings, folder / "mkdocs.yml", folder / "docs")
    defects = [(one.name, one.fault.location.path, one.fault.location.line) for one in found.defects]
    return [path.removeprefix("../") for path in found.files], defects


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["catalog-info.yaml"], [FILES[0]]),
        (["./catalog-info.yaml"], [FILES[0]]),
        (["**/catalog-info.yaml"], [FILES[0], FILES[1]]),
        (["**/catalog-info.y*ml"], [FILES[0], FILES[1], FILES[2]]),
        (["services/*/catalog-info.yaml"], [FILES[1]]),
        (["services/**"], [FILES[1], FILES[2], FILES[3]]),
        (["services/cart"], [FILES[1], FILES[2], FILES[3]]),
        (["services/**", "!**/values.yaml", "!services/cart/deep/**"], [FILES[1]]),
        (["service[s]/ca?t/catalog-info.yaml"], [FILES[1]]),
        (["services/cart/values.yaml", "catalog-info.yaml", "services/cart/*.yaml"], [FILES[0], FILES[1], FILES[3]]),
    ],
)
def test_patterns_start_in_the_folder_of_the_configuration(
    write: Write, patterns: list[str], expected: list[str]
) -> None:
    assert read(*site(write, *patterns)) == (expected, [])


def test_without_the_option_nothing_is_read(write: Write) -> None:
    settings, folder = site(write)
    assert read(settings, folder) == ([], [])


@pytest.mark.parametrize("pattern", ["/etc/*.yaml", "../*.yaml", "a/../../b.yaml", "!../x", "", "a\0b", "\udcff.yaml"])
def test_a_pattern_that_leads_elsewhere_is_refused(write: Write, pattern: str) -> None:
    _, folder = site(write)
    with pytest.raises(SettingsError, match=r"catalogues\.1"):
        load_catalogues(Settings.load({"catalogues": ["**/*.yaml", pattern]}), folder / "mkdocs.yml", folder / "docs")


def test_a_pattern_without_a_file_is_told_where_it_stands(write: Write) -> None:
    found = read(*site(write, "catalog-info.yaml", "services/gone/*.yaml", "docs/*.yaml", "services/cart/deep"))
    assert found[1] == [
        ("pattern-without-catalogue", "../mkdocs.yml", 6),
        ("pattern-without-catalogue", "../mkdocs.yml", 7),
    ]


def test_no_link_is_followed_out_of_the_folder(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text(ENTITY % "secret", encoding="utf-8")
    settings, folder = site(write, "*.yaml", "linked/*.yaml", files={"good.yaml": ENTITY % "good"})
    (folder / "secret.yaml").symlink_to(outside / "secret.yaml")
    (folder / "linked").symlink_to(outside)
    (folder / "gone.yaml").symlink_to(folder / "nothing")
    (folder / "same.yaml").symlink_to(folder / "good.yaml")
    found = load_catalogues(settings, folder / "mkdocs.yml", folder / "docs")
    assert [one.name.name for one in found.entities] == ["good", "good"]
    assert [(one.name, one.fault.location.path) for one in found.defects] == [
        ("malformed-catalogue", "../gone.yaml"),
        ("malformed-catalogue", "../secret.yaml"),
        ("pattern-without-catalogue", "../mkdocs.yml"),
    ]


def test_a_pipe_a_folder_and_a_bad_name_are_told(write: Write) -> None:
    settings, folder = site(
        write, "in/*.yaml", files={"in/a.yaml": ENTITY % "a", "in/folder.yaml/b.yaml": ENTITY % "b"}
    )
    os.mkfifo(folder / "in/pipe.yaml")
    Path(os.fsdecode(os.fsencode(folder / "in") + b"/bad\xff.yaml")).write_text(ENTITY % "bad", encoding="utf-8")
    files, defects = read(settings, folder)
    assert files == ["in/a.yaml", "in/bad\\udcff.yaml", "in/folder.yaml/b.yaml", "in/pipe.yaml"]
    assert [path for _, path, _ in defects] == ["../in/bad\\udcff.yaml", "../in/pipe.yaml"]


def test_odd_file_names_are_read(write: Write) -> None:
    names = ["a b.yaml", "<b>.yaml", "[x].yaml", "ä.yaml", "a\nb.yaml", "'.yaml"]
    files, defects = read(*site(write, "in/*.yaml", files={f"in/{name}": ENTITY % "e" for name in names}))
    assert (files, defects) == (sorted(f"in/{name}" for name in names), [])


def test_files_past_the_limit_are_told(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MAX_FILES", 1)
    assert read(*site(write, "**/catalog-info.yaml")) == ([FILES[0]], [("malformed-catalogue", "../mkdocs.yml", 4)])


def test_places_are_seen_from_a_docs_folder_further_down(write: Write) -> None:
    settings, folder = site(
        write, "catalog-info.yaml", files={"catalog-info.yaml": ENTITY % "a", "x/docs/b.md": "# b\n"}
    )
    found = load_catalogues(settings, folder / "mkdocs.yml", folder / "x/docs")
    assert [(one.place.path, one.file) for one in found.entities] == [("../../catalog-info.yaml", "catalog-info.yaml")]


@given(st.lists(st.sampled_from(["**", "*", "a", "b", "*.yaml", "a.yaml", "?.yaml"]), min_size=1, max_size=4))
def test_what_is_walked_holds_all_that_matches(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    folder = tmp_path_factory.getbasetemp() / "walked"
    paths = ["a.yaml", "b.yaml", "a/a.yaml", "a/b/c.yaml", "b/a/a.yaml", "b/b/b.yaml"]
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    patterns = catalogue_patterns(Settings.load({"catalogues": ["/".join(steps)]}))
    assert set(patterns.files(folder)) == patterns.matching(paths)
