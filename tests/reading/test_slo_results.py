"""Measured values, from CSV and JSON: every good row is read, every bad one told of at its place."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from itertools import pairwise
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
from mkdocs_sre.reading.slo_results import MALFORMED, read_slo_results
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, MAX_DEFECTS
from mkdocs_sre.settings import SettingsError

Write = Callable[[Mapping[str, str | bytes]], Path]
HEADER = "slo,from,to,measured,good,total\n"
SPAN = "2026-02-01T00:00:00Z,2026-02-02T00:00:00Z"


def read(text: str, name: str = "r.csv") -> Monitoring:
    return read_slo_results(name, text.encode())


def told(found: Monitoring) -> list[str]:
    assert {one.name for one in found.defects} <= {MALFORMED}
    return [f"{one.fault.location} {one.fault.message}; {one.fault.hint}" for one in found.defects]


def rows(found: Monitoring) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None, str]]:
    return [(one.slo, one.good_percent, one.good, one.total, str(one.place)) for one in found.measurements]


def test_columns_in_any_order_and_further_ones() -> None:
    found = read(
        "note,total,good,to,from,slo\n"
        "x,10,9,2026-02-02T00:00:00+01:00,2026-02-01T00:00:00+01:00,cart\n"
        '"",1e3,"1000",2026-02-02T01:00:00Z,2026-02-01T23:00:00Z,cart\n'
    )
    assert told(found) == []
    assert rows(found) == [
        ("cart", None, Decimal(9), Decimal(10), "r.csv:2:60"),
        ("cart", None, Decimal(1000), Decimal(1000), "r.csv:3:57"),
    ]
    first = found.measurements[0]
    assert (first.start, first.end) == (datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 2, 1, 23, tzinfo=UTC))


def test_json_numbers_stay_exact() -> None:
    found = read(
        '[{"slo": "a", "from": "2026-02-01T00:00:00Z", "to": "2026-02-02T00:00:00Z", "measured": 99.81999999999999999},\n'
        ' {"slo": "b", "from": "2026-02-01T00:00:00Z", "to": "2026-02-02T00:00:00Z", "good": 9, "total": "10"}]',
        "r.json",
    )
    assert told(found) == []
    assert rows(found) == [
        ("a", Decimal("99.81999999999999999"), None, None, "r.json:1:10"),
        ("b", None, Decimal(9), Decimal(10), "r.json:2:10"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"a,{SPAN},99.9 %", "r.csv:2:45 `measured` is `99.9 %`, which is no number; write `99.9`"),
        (f'a,{SPAN},"99,9"', "r.csv:2:45 `measured` is `99,9`, which is no number; write `99.9`"),
        (f"a,{SPAN},nan", "r.csv:2:45 `measured` is `nan`, which is no number; write how much was good, in percent, such as `99.82`"),
        (f"a,{SPAN},100.01", "r.csv:2:45 `measured` is 100.01, above 100; write how much was good, in percent, such as `99.82`"),
        (f"a,{SPAN},-1", "r.csv:2:45 `measured` is -1, below 0; write how much was good, in percent, such as `99.82`"),
        (f"a,{SPAN},,-1,5", "r.csv:2:46 `good` is -1, below 0; write how many events were good"),
        (f"a,{SPAN},,11,10", "r.csv:2:46 11 were good of 10; check which of them counts all events"),
        (f"a,{SPAN},,9", "r.csv:2:46 `good` stands without `total`; write how many events there were"),
        (f"a,{SPAN},,,9", "r.csv:2:47 `total` stands without `good`; write how many events were good"),
        (f"a,{SPAN}", "r.csv:2:1 a measurement lacks a value; write `measured`, or `good` and `total`"),
        (f"a,{SPAN},95,9,10", "r.csv:2:45 `measured` is 95, and 9 of 10 are 90.000000 %; keep the counts and leave `measured` out"),
        (f",{SPAN},99", "r.csv:2:1 a measurement lacks `slo`; write the id of the objective"),
        ("a,,2026-02-02T00:00:00Z,99", "r.csv:2:3 a measurement lacks `from`; write when the span begins, `2026-02-07T00:00:00Z`"),
        ("a,2026-02-01T00:00:00,2026-02-02T00:00:00Z,99", "r.csv:2:3 `from` has no offset; put an offset behind the time, `Z` or `+01:00`"),
        ("a,2026-02-30T00:00:00Z,2026-03-02T00:00:00Z,99", "r.csv:2:3 `from` is a time that does not exist; write when the span begins, `2026-02-07T00:00:00Z`"),
        ("a,2026-02-02T00:00:00Z,2026-02-02T00:00:00Z,99", "r.csv:2:24 `to` is not after `from`; write the first moment after the span, `2026-03-09T00:00:00Z`"),
        ("a,0001-01-01T00:00:00+14:00,2026-02-02T00:00:00Z,99", "r.csv:2:3 `from` is outside of the calendar; write when the span begins, `2026-02-07T00:00:00Z`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place_with_its_cure(row: str, said: str) -> None:
    found = read(HEADER + row + f"\nb,{SPAN},99\n")
    assert told(found) == [said]
    assert [one.slo for one in found.measurements] == ["b"]


@pytest.mark.parametrize(
    ("measured", "fits"), [("66.7", True), ("66.66", True), ("67", True), ("66", True), ("66.5", False), ("70", False)]
)
def test_a_percentage_beside_counts_may_be_rounded(measured: str, fits: bool) -> None:  # noqa: FBT001 a case
    assert bool(told(read(f"{HEADER}a,{SPAN},{measured},2,3\n"))) is not fits


def test_gaps_and_overlaps_are_told_and_the_rows_kept() -> None:
    days = [(1, 2), (3, 5), (4, 6), (4, 5), (6, 7)]
    text = "".join(
        f"{'A' if begin == 4 else 'a'},2026-02-0{begin}T00:00:00Z,2026-02-0{end}T00:00:00Z,99\n" for begin, end in days
    )
    found = read(HEADER + text + f"b,{SPAN},99\n")
    assert len(found.measurements) == 6
    assert told(found) == [
        "r.csv:3:1 nothing is known of `a` from 2026-02-02T00:00:00Z to 2026-02-03T00:00:00Z; add what was measured in between",
        "r.csv:4:1 two spans of `A` overlap, 2026-02-04T00:00:00Z to 2026-02-05T00:00:00Z; keep one measurement of each span of time",
        "r.csv:5:1 two spans of `A` overlap, 2026-02-04T00:00:00Z to 2026-02-05T00:00:00Z; keep one measurement of each span of time",
    ]
    assert [str(place) for place in found.defects[0].fault.related] == ["r.csv:2:1"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("r.csv", "", "r.csv:1:1 the file of measured values is empty; write its first line, `slo,from,to,measured,good,total`"),
        ("r.json", "", "r.json:1:1 the file of measured values is empty; write `[]`"),
        ("r.csv", "slo;from;to;measured\n", "r.csv:1:1 the first line names no `slo`, `from`, `to`; separate values by commas"),
        ("r.json", "{}", "r.json:1:1 the file of measured values holds no list; write a list of objects, one for each measurement"),
        ("r.json", "[1]", "r.json:1:2 a measurement must hold keys with values; write `slo`, `from`, `to`"),
        ("r.csv", f"slo,from,to,mesured\na,{SPAN},9\n", "r.csv:1:13 `mesured` is no key that is read; did you mean `measured`?"),
    ],
)  # fmt: skip
def test_files_that_are_none(name: str, text: str, said: str) -> None:
    assert told(read(text, name))[0] == said


def test_a_header_alone_and_an_empty_list_are_a_beginning() -> None:
    for name, text in (("r.csv", HEADER), ("r.json", "[]")):
        assert (told(read(text, name)), rows(read(text, name))) == ([], [])


VALUE = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["99.9", "1e9", "-0", "2026-02-01T00:00:00Z", "2026-02-09T00:00:00+01:00", "9", "10"]),
)


@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("slo", "from", "to", "measured", "good", "total"), VALUE)), max_size=4
    )
)
def test_whatever_stands_there_is_read_or_told_of(given_rows: list[dict[str, str]]) -> None:
    out = StringIO()
    writer = csv.DictWriter(out, HEADER.strip().split(","))
    writer.writeheader()
    writer.writerows(given_rows)
    for name, text in (("r.csv", out.getvalue()), ("r.json", json.dumps(given_rows))):
        found = read(text, name)
        told(found)
        assert len(found.measurements) + len(found.defects) >= (len(given_rows) if name.endswith("json") else 0)
        for one in found.measurements:
            assert one.start < one.end
            assert one.good_percent is None or 0 <= one.good_percent <= 100
            assert (one.good is None) == (one.total is None)


@given(st.binary(max_size=200), st.sampled_from(["r.csv", "r.json"]))
def test_any_bytes_end_in_findings_and_never_in_a_traceback(data: bytes, name: str) -> None:
    told(read_slo_results(name, data))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["slo", "from", "measured", "x"]), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_any_json_ends_in_findings(value: Any) -> None:
    told(read(json.dumps(value), "r.json"))


def test_many_rows_are_no_long_work_and_findings_are_bounded() -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    times = [(start + timedelta(hours=hour)).isoformat() for hour in range(50_001)]
    text = HEADER + "".join(f"a,{begin},{end},,9,10\n" for begin, end in pairwise(times))
    began = process_time()
    assert len(read(text).measurements) == 50_000
    found = read(text.replace(",9,10", ",11,10"))
    assert process_time() - began < 20
    assert len(found.defects) <= MAX_DEFECTS + 1
    assert "so it is not read" in told(read_slo_results("r.csv", b" " * (MAX_BYTES + 1)))[0]


def site(path: str) -> dict[str, str | bytes]:
    return {
        "mkdocs.yml": f"site_name: x\nplugins:\n  - sre:\n      slos: {{results: {path}}}\n",
        "docs/index.md": "# x\n",
    }


def test_the_option_names_the_file(write: Write) -> None:
    folder = write({**site("r.csv"), "r.csv": f"{HEADER}a,{SPAN},99\n"})
    found = load_configuration(folder / "mkdocs.yml")
    base = load(found.settings, found.docs_dir, config_file=found.file)
    assert rows(base.monitoring) == [("a", Decimal(99), None, None, "../r.csv:2:1")]
    assert monitoring_files(found.settings, folder) == [folder / "r.csv"]
    assert base.monitoring.files == {"../r.csv": "r.csv"}


def test_a_file_that_is_not_there_is_told_where_it_is_named(write: Write) -> None:
    found = load_configuration(write(site("r.csv")) / "mkdocs.yml")
    base = load(found.settings, found.docs_dir, config_file=found.file)
    assert told(base.monitoring) == [
        "../mkdocs.yml:4:14 `r.csv` is not there; correct the path, or let the job that writes it begin with an empty list"
    ]


@pytest.mark.parametrize("path", ["../r.csv", "/r.csv", "r.yaml", "''"])
def test_paths_that_cannot_be_used_are_refused(path: str, write: Write) -> None:
    found = load_configuration(write(site(path)) / "mkdocs.yml")
    with pytest.raises(SettingsError, match=r"slos"):
        load(found.settings, found.docs_dir, config_file=found.file)


def test_a_folder_in_place_of_the_file_is_told(write: Write) -> None:
    folder = write(site("r.csv"))
    (folder / "r.csv").mkdir()
    found = load_configuration(folder / "mkdocs.yml")
    base = load(found.settings, found.docs_dir, config_file=found.file)
    assert told(base.monitoring) == ["../r.csv:1:1 the file of measured values is no regular file; restore it"]
