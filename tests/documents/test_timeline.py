"""The timeline of a review as people write it: notations, traps, words of milestones, and laws of the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.timeline.clock import date_in, when_at, zone_in
from mkdocs_sre.documents.timeline.durations import stated_durations
from mkdocs_sre.documents.timeline.events import EventLists, TimelineEvent
from mkdocs_sre.documents.timeline.groups import MAX_EVENTS, Role, role_of
from mkdocs_sre.documents.timeline.read import event_lists
from mkdocs_sre.documents.timeline.words import told_by
from mkdocs_sre.reading.scanner import scan
from tests.tree import Tree

DAY = date(2024, 1, 5)


def read(text: str, day: date = DAY) -> EventLists:
    return event_lists(scan(text.split("\n")), "pir.md", day)


def events(text: str) -> list[TimelineEvent]:
    return [event for one in read(text).lists for event in one.events]


def clocks(text: str) -> list[str]:
    """The day and clock of each event, `?` where it is not known."""
    return [event.time.at.strftime("%d %H:%M") if event.time else "?" for event in events(text)]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("- 14:05 the alert fired", "05 14:05"),
        ("* **14:05** the alert fired", "05 14:05"),
        ("1. `14:05` the alert fired", "05 14:05"),
        ("– 14:05 – the alert fired", "05 14:05"),  # noqa: RUF001
        ("— 14:05: the alert fired", "05 14:05"),
        ("• 14:05 the alert fired", "05 14:05"),
        ("14:05 the alert fired", "05 14:05"),
        ("- [14:05] the alert fired", "05 14:05"),
        ("- (14:05) the alert fired", "05 14:05"),
        ("- 14.05 the alert fired", "05 14:05"),
        ("- 14h05 the alert fired", "05 14:05"),
        ("- 2:05 pm the alert fired", "05 14:05"),
        ("- 2.05pm the alert fired", "05 14:05"),
        ("- 2 p.m. the alert fired", "05 14:00"),
        ("- 12:05 am the alert fired", "05 00:05"),
        ("- 14:05:31.25 the alert fired", "05 14:05"),
        ("- 24:00 the alert fired", "06 00:00"),
        ("- ca. 14:05 the alert fired", "05 14:05"),
        ("- ~14:05 the alert fired", "05 14:05"),
        ("- 14:05 - 14:20 the alert fired", "05 14:05"),
        ("- 14:05–14:20 the alert fired", "05 14:05"),  # noqa: RUF001
        ("- 09:05-09:30 the alert fired", "05 09:05"),
        ("- 2024-01-06 14:05 the alert fired", "06 14:05"),
        ("- 2024-01-06T14:05:00Z the alert fired", "06 14:05"),
        ("- 2024-01-06T14:05:00-05:00 the alert fired", "06 14:05"),
        ("- 2024-01-06, 14:05: the alert fired", "06 14:05"),
        ("- 2024/01/06 at 14:05 the alert fired", "06 14:05"),
        ("- 2024-01-06 - 14:05 - the alert fired", "06 14:05"),
        ("- 06.01.2024 14:05 the alert fired", "06 14:05"),
        ("- 06/01/2024 14:05 the alert fired", "06 14:05"),
        ("- 01/06/2024 14:05 the alert fired", "06 14:05"),
        ("- 1/6/24 14:05 the alert fired", "06 14:05"),
        ("- 6 January 2024 14:05 the alert fired", "06 14:05"),
        ("- Sat 6th Jan, 14:05 the alert fired", "06 14:05"),
        ("- January 6, 2024 at 14:05 the alert fired", "06 14:05"),
        ("- Jan 6 14:05 the alert fired", "06 14:05"),
        ("- 14:05 on 6 January the alert fired", "06 14:05"),
        ("- Time TBC: the alert fired", "?"),
        ("- TBC the alert fired", "?"),
        ("- 2024-01-06 (Time TBC) the alert fired", "?"),
        ("- 2024-01-06 ??:?? the alert fired", "?"),
        ("- 2024-01-06 25:05 the alert fired", "?"),
        ("- 2024-02-30 14:05 the alert fired", "?"),
        ("- 2024-01-06: the alert fired", "?"),
    ],
)
def test_notations(line: str, at: str) -> None:
    text = f"## Timeline\n\n{line}"
    assert clocks(text) == [at]
    (event,) = events(text)
    assert event.text == "the alert fired"
    assert (event.location.path, event.location.line) == ("pir.md", 3)
    assert line[event.location.column - 1] in "0123456789JSTca~"


@pytest.mark.parametrize(
    "line",
    [
        "- nobody noticed at 14:05",
        "- 10.25 GB were freed",
        "- 99.95 % of requests",
        "- 2 may have failed",
        "- 3 pods were restarted",
        "- see 14:05",
        "> 14:05 a quoted message",
        "    14:05 indented code",
        "```\n14:05 a log\n```",
        "<!-- 14:05 a comment -->",
        "Released at 10:02, seen at 10:14.",
        "- 1.2.14 was released",
        "- 14:99 is no time",
    ],
)
def test_what_is_no_event(line: str) -> None:
    assert events(f"## Timeline\n\n{line}") == []


def test_dates_are_inherited_from_the_line_or_heading_above_and_past_midnight() -> None:
    text = """## Timeline of 2024-01-05

- 23:50 a
- 00:10 b
- 00:05 c
- **2024-01-08**
  - 10:00 d

### 9 January

- 11:00 e

### 12:00 f

### Afterwards, on 2024-01-10

| Time | Event |
|---|---|
| 08:00 | g |
"""
    assert clocks(text) == ["05 23:50", "06 00:10", "06 00:05", "08 10:00", "09 11:00", "09 12:00", "10 08:00"]


def test_a_summary_may_list_an_evening_in_any_order() -> None:
    text = "## Key events\n- Detected: 23:50\n- Resolved: 00:40\n- Declared at 23:55\n- Comms sent 00:10"
    assert clocks(text) == ["05 23:50", "06 00:40", "05 23:55", "06 00:10"]
    assert [event.key for event in events(text)] == ["detected", "resolved", "declared", "comms_sent"]


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("14:05 UTC", timezone.utc),  # noqa: UP017
        ("14:05Z", timezone.utc),  # noqa: UP017
        ("14:05 (GMT)", timezone.utc),  # noqa: UP017
        ("14:05 GMT+2", timezone(timedelta(hours=2))),
        ("14:05+01:00", timezone(timedelta(hours=1))),
        ("14:05 -0330", timezone(timedelta(hours=-3, minutes=-30))),
        ("2024-01-05T14:05-05:00", timezone(timedelta(hours=-5))),
        ("14:05-15:00", None),
        ("14:05-14:20 UTC", timezone.utc),  # noqa: UP017
        ("14:05 BST", "BST"),
        ("14:05 AWS", None),
        ("14:05 Zone", None),
    ],
)
def test_zones(written: str, zone: timezone | str | None) -> None:
    when = when_at(written)
    assert when is not None
    assert when.zone == zone
    assert when.clock == (14, 5, 0)


@pytest.mark.parametrize(
    "text",
    [
        "## Timeline (UTC)\n- 14:05 a",
        "## Timeline\nAll times are in UTC.\n- 14:05 a",
        "Timestamps: UTC\n## Timeline\n- 14:05 a",
        "## Timeline\n| Time (UTC) | Event |\n|---|---|\n| 14:05 | a |",
        "## Timeline\n- 14:05Z a",
        "**Timeline**, all in UTC\n\n**Timeline (UTC)**\n\n- 14:05 a",
    ],
)
def test_a_zone_for_all_times(text: str) -> None:
    (event,) = events(text)
    assert event.time is not None
    assert event.time.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Incident resolved", ("resolved",)),
        ("Incident declared as resolved", ("resolved",)),
        ("Incident repaired and resolved.", ("mitigated", "resolved")),
        ("Incident is declared.", ("declared",)),
        ("INCIDENT BEGINS: search melts", ("impact_started",)),
        ("The outage has ended", ("mitigated",)),
        ("Incident ended", ("resolved",)),
        ("Impact ended, all orders are back", ("mitigated",)),
        ("Start of impact", ("impact_started",)),
        ("Fault occurs", ("impact_started",)),
        ("First detected", ("detected",)),
        ("Detected by the alert", ("detected",)),
        ("Resolved: the relay is out", ("resolved",)),
        ("Services restored", ("mitigated",)),
        ("Alert acknowledged by on call", ("acknowledged",)),
        ("Time of detection", ("detected",)),
        ("The third alert in a row. Incident declared", ("declared",)),
        ("Resolved names slowly", ()),
        ("Detected high load on two nodes", ()),
        ("Started by looking at the log", ()),
        ("Service started", ()),
        ("Alert fired", ()),
        ("Alert resolved", ()),
        ("All clearance was given", ()),
        ("Incident-response channel opened", ()),
        ("The issue of disk space is resolved", ()),
        ("Over 300 users called", ()),
    ],
)
def test_words(text: str, keys: tuple[str, ...]) -> None:
    told = told_by(text)
    assert (told.keys if told else ()) == keys


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Timeline", Role.TIMELINE),
        ("3. Detailed timeline:", Role.TIMELINE),
        ("Timeline (all times in UTC)", Role.TIMELINE),
        ("**Chronology**", Role.TIMELINE),
        ("Sequence of events", Role.TIMELINE),
        ("Key events", Role.SUMMARY),
        ("Key timestamps (UTC)", Role.SUMMARY),
        ("Timeline for the actions", None),
        ("Release timeline", None),
        ("Context", None),
        ("Timelines", None),
    ],
)
def test_names_of_sections(name: str, role: Role | None) -> None:
    assert role_of(name) == role


def test_a_list_without_a_name_is_read_where_it_is_the_only_one() -> None:
    dated = "- 2024-01-05 14:05 a\n- 2024-01-05 14:06: b"
    assert clocks(f"## Details\n\n{dated}") == ["05 14:05", "05 14:06"]
    assert clocks(f"- **Context**\n  {dated.replace(chr(10), chr(10) + '  ')}") == ["05 14:05", "05 14:06"]
    assert clocks("## Details\n\n- 2024-01-05 14:05 a\n- nothing") == []
    assert clocks(f"## Timeline\n\n- 14:00 c\n\n## Messages\n\n{dated}") == ["05 14:00"]


def test_tables() -> None:
    text = r"""## Timeline

| Date | Time | What | Who |
|------|------|------|-----|
| 5 Jan 2024 | 14:05 | **Detected** by \| alert | on call |
| 5 Jan 2024 | TBC | something | |
|  | ~15:10 | Incident resolved | lead |
| no time | | here | |
"""
    found = events(text)
    assert clocks(text) == ["05 14:05", "?", "05 15:10"]
    assert [event.key for event in found] == ["detected", "noted", "resolved"]
    assert [(event.location.line, event.location.column) for event in found] == [(5, 3), (6, 3), (7, 6)]
    assert found[0].text == r"**Detected** by \| alert – on call"  # noqa: RUF001
    assert found[2].rough


def test_further_incidents_are_told_and_not_read() -> None:
    found = read("# On 2024-01-05\n## Timeline\n- 14:05 a\n# On 2024-01-09\n## Timeline\n- 14:06 b")
    assert [len(one.events) for one in found.lists] == [1]
    assert [place.line for place in found.further] == [5]


def test_a_milestone_of_the_summary_counts_and_the_list_fills_in() -> None:
    text = (
        "## Key events\n- Detected: 14:05\n- Resolved: TBC\n## Timeline\n- 14:03 a\n- 14:07 Detected\n- 15:00 Resolved"
    )
    merged = read(text).merged()
    assert [(one.key, one.time.text[-5:] if one.time else "?") for one in merged] == [
        ("resolved", "?"),
        ("noted", "14:03"),
        ("detected", "14:05"),
        ("resolved", "15:00"),
    ]


@pytest.mark.parametrize(
    ("line", "name", "seconds"),
    [
        ("- **Time to repair**: 1h 28m", "mitigate", 5280),
        ("Time to resolve: 35h36m", "resolve", 128160),
        ("| Time to detect | 5 minutes |", "detect", 300),
        ("| **Time to acknowledge (TTA)** | 1 hr and 2 mins (by hand) |", "acknowledge", 3720),
        ("  - Time to recovery - 2 days, 3 hours", "mitigate", 183600),
    ],
)
def test_stated_durations(line: str, name: str, seconds: int) -> None:
    (found,) = stated_durations(scan(["# Review", "", line], 5), "pir.md")
    assert (found.name, found.length.seconds, found.location.line) == (name, seconds, 7)
    assert line[found.location.column - 1].isdigit()


@pytest.mark.parametrize(
    "line",
    ["The time to repair: 1h", "Time to repair: long", "Time to repair: 5", "Time to think: 1h", "Time to repair"],
)
def test_what_states_no_duration(line: str) -> None:
    assert stated_durations(scan([line]), "pir.md") == []


def test_dates_in_names() -> None:
    found = date_in("Incident on 2024-01-05 - in eu-west-2")
    assert found is not None
    assert found.only_day == DAY
    ambiguous = date_in("Incident of 04/05/2024")
    assert ambiguous is not None
    assert ambiguous.only_day is None
    assert date_in("Incident 12") is None
    assert zone_in("All in one Go") is None


PIECES = st.sampled_from(
    [
        *(
            "## Timeline",
            "### Key events",
            "# 2024-01-05",
            "- ",
            "  - ",
            "\u2013 ",
            "| ",
            " | ",
            "|--|--|",
            "> ",
            "```",
            "**",
            "`",
        ),
        *("14:05", "14.43", "ca. ", "~", "2024-01-05", "9999-12-31", "0001-01-01", "31/12/9999", "5 January ", "24:00"),
        *(
            "TBC",
            "(Time TBC)",
            " UTC",
            "+14:00",
            "-12:00",
            " BST",
            "T",
            "Z",
            ": ",
            " - ",
            "\n",
            "\n",
            "\n\n",
            "    ",
            "\t",
        ),
        *(
            "Detected",
            "Incident ",
            "declared as ",
            "resolved",
            " and ",
            "Time to repair: ",
            "1h 2m",
            "é",
            "\u2028",
            "a.m.",
        ),
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES | st.text(max_size=3), max_size=60), st.dates())
def test_no_text_makes_the_reader_fail(pieces: list[str], day: date) -> None:
    text = "".join(pieces)
    lines = text.split("\n")
    found = read(text, day)
    assert found == read(text, day)
    for event in found.merged():
        assert 1 <= event.location.line <= len(lines)
        assert 1 <= event.location.column <= len(lines[event.location.line - 1])
        assert not (event.unknown and event.time)
    stated_durations(scan(lines), "pir.md")


def test_the_number_of_events_is_bounded() -> None:
    assert len(events("## Timeline\n" + "- 14:05 a\n" * (3 * MAX_EVENTS))) == MAX_EVENTS
    assert len(events("## Timeline\n- 14:05 " + "a" * 10_000)[0].text) <= 1000


WORDS = st.text("abcdefgh ", min_size=1, max_size=20).map(str.strip).filter(lambda text: text not in ("", "a", "b"))
TOLD = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.one_of(
            WORDS.map(lambda text: (f"x {text}", "noted")),
            st.sampled_from(
                [("Detected by the alert", "detected"), ("Incident declared", "declared"), ("Resolved", "resolved")]
            ),
        ),
    ),
    min_size=1,
    max_size=12,
)


def _dated_headings(rows: list[tuple[datetime, str]]) -> str:
    lines: list[str] = []
    for index, (at, text) in enumerate(rows):
        if not index or at.date() != rows[index - 1][0].date():
            lines += [f"### {at:%-d %B %Y}", ""]
        lines += [f"{at:%H.%M} – {text}", ""]  # noqa: RUF001
    return "## Timeline\n\n" + "\n".join(lines)


NOTATIONS: dict[str, Callable[[list[tuple[datetime, str]]], str]] = {
    "bullets": lambda rows: "## Timeline\n" + "\n".join(f"- {at:%Y-%m-%d %H:%M} {text}" for at, text in rows),
    "dashes": lambda rows: "**Timeline**\n\n" + "\n".join(f"– {at:%d.%m.%Y, %H:%M}: {text}" for at, text in rows),  # noqa: RUF001
    "table": lambda rows: (
        "## Timeline\n| When | What |\n|--|--|\n"
        + "\n".join(f"| {at:%b %-d, %Y %-I:%M %p} | {text} |" for at, text in rows)
    ),
    "two columns": lambda rows: (
        "## Timeline\n| Date | Time | What |\n|--|--|--|\n"
        + "\n".join(f"| {at:%Y-%m-%d} | {at:%H:%M} | {text} |" for at, text in rows)
    ),
    "headings": lambda rows: (
        "# Timeline\n" + "\n".join(f"## {at:%Y-%m-%d %H:%M} {text}\n\nMore.\n" for at, text in rows)
    ),
    "dated headings": _dated_headings,
    "context": lambda rows: "- **Context**\n" + "\n".join(f"  - {at:%Y-%m-%d %H:%M} - {text}" for at, text in rows),
    "times only": lambda rows: "## Timeline\n" + "\n".join(f"* {at:%H:%M} {text}" for at, text in rows),
}


@pytest.mark.parametrize("name", NOTATIONS)
@settings(deadline=None)
@given(told=TOLD)
def test_a_timeline_is_read_back(name: str, told: list[tuple[int, tuple[str, str]]]) -> None:
    at = datetime(2024, 1, 5, 9, 0)  # noqa: DTZ001 as written, without a zone
    rows: list[tuple[datetime, str, str]] = []
    for minutes, (text, key) in told if name != "context" or len(told) > 1 else told * 2:
        at += timedelta(minutes=minutes)
        rows.append((at, text, key))
    found = events(NOTATIONS[name]([(when, text) for when, text, _ in rows]))
    assert [(one.time.at if one.time else None, one.text, one.key) for one in found] == rows


REVIEW = """---
type: pir
id: PIR-1
status: draft
severity: SEV2
service: payments
incident_date: 2024-01-05
{keys}---
{body}
"""


def review(keys: str = "", body: str = "") -> Pir:
    (found,) = Tree({"pir.md": REVIEW.format(keys=keys, body=body)}).base().of_kind(Pir)
    return found


def test_events_of_the_front_matter_come_before_those_of_the_body() -> None:
    keys = "events:\n  - {kind: Impact started, time: 2024-01-05T14:02:00Z, text: x}\ndurations: {resolve: 2h}\n"
    pir = review(keys, "## Timeline\n- 14:05 Detected\n\nTime to detect: 3m")
    (event,) = pir.timeline
    assert (event.kind, event.key, event.text, event.location.line) == ("Impact started", "impact_started", "x", 9)
    assert [(one.name, one.in_body, one.location.line) for one in pir.stated_durations] == [
        ("resolve", False, 10),
        ("detect", True, 15),
    ]
    assert pir.timeline is pir.timeline


def test_timing_counts_from_detection_where_nothing_earlier_is_known() -> None:
    timing = review(body="## Timeline\n- 14:05 Detected\n- 14:41 Incident mitigated\n- 15:05 Resolved").timing("UTC")
    assert timing.mitigate is timing.resolve is None
    assert timing.mitigate_from_detection == timedelta(minutes=36)
    assert timing.resolve_from_detection == timedelta(hours=1)
    timing = review(body="## Timeline\n- 14:00 Impact started\n- 14:05 Detected\n- 14:41 Incident mitigated").timing(
        "UTC"
    )
    assert (timing.mitigate, timing.mitigate_from_detection) == (timedelta(minutes=41), None)


def test_a_timeline_stands_for_its_section_under_whatever_name() -> None:
    assert "Timeline" in review().required_sections()
    assert "Timeline" not in review(body="## Chronology\n- 14:05 Detected").required_sections()
    assert "Timeline" in review(body="## Timeline\n- 14:05 Detected").required_sections()
    assert "Timeline" in review(body="## Chronology\nnothing").required_sections()
