"""Pages that went out, from CSV and JSON: every good line is read, every bad one told of at its place."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration
from mkdocs_sre.reading.monitoring_files import monitoring_files
from mkdocs_sre.reading.page_results import MALFORMED, read_page_results
from mkdocs_sre.reading.rows import MAX_TEXT
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, MAX_DEFECTS
from mkdocs_sre.settings import SettingsError

Write = Callable[[Mapping[str, str | bytes]], Path]
HEADER = "alert,at,led_to_action,rotation\n"
AT = "2026-03-03T02:10:00+01:00"


def read(text: str, name: str = "p.csv") -> Monitoring:
    return read_page_results(name, text.encode())


def told(found: Monitoring) -> list[str]:
    assert {one.name for one in found.defects} <= {MALFORMED}
    return [f"{one.fault.location} {one.fault.message}" for one in found.defects]


def pages(found: Monitoring) -> list[tuple[str, bool, str, str]]:
    return [(one.alert, one.led_to_action, one.rotation, str(one.place)) for one in found.pages]


def test_columns_in_any_order_quotes_a_mark_and_both_ends_of_lines() -> None:
    found = read(f'\ufeffid,rotation,led_to_action,at,alert\r\n1,a-on-call,YES,{AT},"A, ""B"""\r\n\r\n2,,no,{AT}, C \n')
    assert pages(found) == [
        ('A, "B"', True, "a-on-call", f"p.csv:2:{len('1,a-on-call,YES,') + len(AT) + 2}"),
        ("C", False, "", f"p.csv:4:{len('2,,no,') + len(AT) + 3}"),
    ]
    assert str(found.pages[0].rotation_place) == "p.csv:2:3"
    assert found.pages[0].at.at.astimezone(UTC) == datetime(2026, 3, 3, 1, 10, tzinfo=UTC)
    assert told(found) == []


def test_json_knows_true_and_false_and_where_each_value_stands() -> None:
    found = read(
        f'[\n {{"at": "{AT}", "alert": "A", "led_to_action": true}},\n'
        f' {{"alert": "B", "at": "{AT}", "led_to_action": "no", "rotation": null, "id": [1]}}\n]',
        "p.json",
    )
    assert pages(found) == [
        ("A", True, "", f"p.json:2:{22 + len(AT)}"),
        ("B", False, "", "p.json:3:12"),
    ]
    assert told(found) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "p.csv:1:1 the file of pages is empty"),
        (" \n", "p.csv:1:1 the file of pages is empty"),
        ("\n\nA\n", "p.csv:3:1 the first line names no `alert`, `at`, `led_to_action`"),
        ("alert;at;led_to_action\n", "p.csv:1:1 the first line names no `alert`, `at`, `led_to_action`"),
        ("alert,alert,at,led_to_action\n", "p.csv:1:7 `alert` stands twice"),
        ("alert,at,led_to_action,rotatoin\n", "p.csv:1:24 `rotatoin` is no key that is read"),
        (f"{HEADER}A,{AT}\n", "p.csv:2:1 a page lacks `led_to_action`"),
        (f"{HEADER} ,{AT},no\n", "p.csv:2:1 a page lacks `alert`"),
        (f"{HEADER}A,yesterday,no\n", "p.csv:2:3 `at` must be a time"),
        (f"{HEADER}A,2026-02-29 10:00,no\n", "p.csv:2:3 `at` is a time that does not exist"),
        (f"{HEADER}A,{AT},maybe\n", f"p.csv:2:{4 + len(AT)} `led_to_action` is `maybe`"),
        (f"{HEADER}A,{AT},no,x,y\n", f"p.csv:2:{9 + len(AT)} the line has 5 values, and the first line 4 names"),
        (f'{HEADER}A,"{AT},no\n', "p.csv:2:3 a double quote stands alone in this value"),
        (f'{HEADER}A"B,{AT},no\n', "p.csv:2:1 a double quote stands alone in this value"),
        (f"{HEADER}A\x1bB,{AT},no\n", "p.csv:2:1 `alert` holds U+001B, which is no printable character"),
        (f"{HEADER}{'A' * (MAX_TEXT + 1)},{AT},no\n", f"p.csv:2:1 `alert` must be text of at most {MAX_TEXT:,}"),
    ],
)
def test_what_is_wrong_with_csv_is_told_at_its_place(text: str, expected: str) -> None:
    found = read(text)
    assert found.pages == ()
    assert len(found.defects) == 1
    assert told(found)[0].startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "p.json:1:1 the file of pages holds no list"),
        ("[1]", "p.json:1:2 a page must hold keys with values"),
        ("[{]", "p.json:1:3 the file is not JSON"),
        ("[" * 100_000, "p.json:1:65 the file is nested deeper"),
        (f'[{{"alert": 7, "at": "{AT}", "led_to_action": true}}]', "p.json:1:12 `alert` must be text"),
        (f'[{{"alert": "\\ud800", "at": "{AT}", "led_to_action": true}}]', "p.json:1:12 `alert` holds U+D800"),
        (f'[{{"alert": "A", "at": "{AT}", "led_to_action": 1}}]', f"p.json:1:{44 + len(AT)} `led_to_action` must be"),
        ('[\n{"alert": "A", "led_to_action": true}]', "p.json:2:1 a page lacks `at`"),
    ],
)
def test_what_is_wrong_with_json_is_told_at_its_place(text: str, expected: str) -> None:
    found = read(text, "p.json")
    assert found.pages == ()
    assert len(found.defects) == 1
    assert told(found)[0].startswith(expected)


def test_a_bad_line_hides_no_other_and_is_told_of_with_all_that_is_wrong() -> None:
    found = read(f"{HEADER}A,{AT},no\n,then,why\nB,{AT},yes\n")
    assert [page.alert for page in found.pages] == ["A", "B"]
    assert [one.split()[0] for one in told(found)] == ["p.csv:3:1", "p.csv:3:2", "p.csv:3:7"]


def test_what_is_told_of_one_file_has_an_end() -> None:
    found = read(HEADER + "A,,no\n" * 1_000)
    assert len(found.defects) == MAX_DEFECTS + 1
    assert "800 more faults" in told(found)[-1]


@pytest.mark.parametrize("name", ["p.csv", "p.json"])
def test_bytes_that_are_no_text_and_too_many_are_told_of(name: str) -> None:
    assert "byte 0xff is not UTF-8" in told(read_page_results(name, b"alert\n\xff"))[0]
    assert told(read_page_results(name, b"alert\n\xff"))[0].startswith(f"{name}:2:")
    assert "so it is not read" in told(read_page_results(name, b" " * (MAX_BYTES + 1)))[0]


@pytest.mark.untraced  # tracing would be most of what is timed
def test_many_unknown_names_are_no_long_work() -> None:
    began = process_time()
    wide = ",".join(f"rotatio{number}" for number in range(100_000))
    assert len(read(f"alert,at,led_to_action,{wide}\nA,{AT},no\n").pages) == 1
    odd = ",".join(f'{{"rotatio{number}": 1}}' for number in range(30_000))
    assert len(read(f"[{odd}]", "p.json").defects) == MAX_DEFECTS + 1
    assert process_time() - began < 30  # some 4 seconds; minutes if each name were compared with all before it


@given(st.binary(max_size=300), st.sampled_from(["p.csv", "p.json"]), st.booleans())
def test_any_bytes_are_read_or_told_of(data: bytes, name: str, below: bool) -> None:  # noqa: FBT001 drawn
    lines = (HEADER.encode() if name == "p.csv" else b"") if below else b""
    found = read_page_results(name, lines + data)
    text = (lines + data).decode("utf-8", "replace")
    for place in (one.fault.location for one in found.defects):
        assert 1 <= place.line <= text.count("\n") + 1
        assert place.column >= 1


VALUES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and "\ufeff" not in text
)
PAGES = st.lists(
    st.tuples(VALUES, st.datetimes(), st.booleans(), st.just("") | VALUES),
    max_size=8,
)


@given(PAGES)
def test_what_the_libraries_of_csv_and_json_write_is_read(given_: list[tuple[str, datetime, bool, str]]) -> None:
    rows = [(alert, at.isoformat(timespec="seconds"), led, rotation) for alert, at, led, rotation in given_]
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["alert", "at", "led_to_action", "rotation"])
    writer.writerows([alert, at, "yes" if led else "no", rotation] for alert, at, led, rotation in rows)
    keys = "alert", "at", "led_to_action", "rotation"
    for found in (
        read(written.getvalue()),
        read(json.dumps([dict(zip(keys, row, strict=True)) for row in rows]), "p.json"),
    ):
        assert told(found) == []
        assert [(one.alert, one.at.at.isoformat(), one.led_to_action, one.rotation) for one in found.pages] == rows


@given(PAGES.filter(bool), st.data())
def test_a_line_that_is_spoilt_costs_itself_alone(given_: list[Any], data: st.DataObject) -> None:
    lines = [f'"{alert.replace(chr(34), chr(34) * 2)}",{at.isoformat()[:19]},no' for alert, at, _, _ in given_]
    spoilt = data.draw(st.integers(0, len(lines) - 1))
    lines[spoilt] = data.draw(st.sampled_from(['"', "x", ",,", "x,y,z", f"x,{AT},"]))
    found = read(HEADER + "\n".join(lines))
    assert len(found.pages) == len(lines) - 1
    assert {one.fault.location.line for one in found.defects} == {spoilt + 2}


CONFIGURATION = "site_name: T\nplugins:\n  - sre:\n      alerts:\n        results: %s\n"


def loaded(write: Write, path: str, files: Mapping[str, str | bytes]) -> Monitoring:
    folder = write({"mkdocs.yml": CONFIGURATION % json.dumps(path), "docs/index.md": "# T\n", **files})
    site = load_configuration(folder / "mkdocs.yml")
    assert monitoring_files(site.settings, folder) == [folder / path]
    return load(site.settings, site.docs_dir, site.exclude, site.file).monitoring


def test_the_file_of_the_option_is_read_and_may_be_named(write: Write) -> None:
    found = loaded(write, "m/p.csv", {"m/p.csv": f"{HEADER}A,{AT},no\nB,x,no\n"})
    assert pages(found) == [("A", False, "", "../m/p.csv:2:1")]
    assert told(found) == ["../m/p.csv:3:3 `at` must be a time"]
    assert found.files == {"../m/p.csv": "m/p.csv"}


def test_a_file_that_is_missing_is_told_of_at_the_option(write: Write) -> None:
    assert told(loaded(write, "gone.json", {})) == ["../mkdocs.yml:5:9 `gone.json` is not there"]


@pytest.mark.parametrize("through_folder", [False, True])
def test_no_link_leaves_the_folder(
    write: Write,
    tmp_path_factory: pytest.TempPathFactory,
    through_folder: bool,  # noqa: FBT001 drawn
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "p.csv").write_text(f"{HEADER}Secret,{AT},no\n", encoding="utf-8")
    folder = write({"docs/index.md": "# T\n"})
    if through_folder:
        (folder / "m").symlink_to(outside)
    else:
        (folder / "m").mkdir()
        (folder / "m/p.csv").symlink_to(outside / "p.csv")
    found = loaded(write, "m/p.csv", {})
    assert found.pages == ()
    assert ["a symbolic link leads out" in one for one in told(found)] == [True]


@pytest.mark.parametrize("path", ["../p.csv", "/etc/p.csv", "a/../../p.csv", " ", "p.yaml", "p\0.csv"])
def test_a_path_that_cannot_be_used_is_refused(write: Write, path: str) -> None:
    with pytest.raises(SettingsError, match=r"alerts\.results"):
        loaded(write, path, {})
