"""Waivers as people write them, and as `--write-waivers` does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.checks.registry import rules
from mkdocs_sre.checks.waivers import UNREAD
from mkdocs_sre.checks.write_waivers import Terms, add_waivers
from mkdocs_sre.cli import main
from mkdocs_sre.documents.finding import Finding, Level
from mkdocs_sre.documents.location import Location
from mkdocs_sre.knowledge import assemble
from mkdocs_sre.reading.source import read
from mkdocs_sre.reading.waivers import MAX_CHARACTERS, WaiverFile, parse_waivers
from mkdocs_sre.settings import Settings

Write = Callable[[Mapping[str, str | bytes]], Path]
CONFIGURATION = "plugins:\n  - sre:\n      as_of: 2026-03-09\n"
LEDGER = """\
---
type: action-items
id: actions-2026
actions:
  - {id: AI-001, title: Add a replica, due: 2026-06-01, state: open}
  - {id: AI-002, title: Add a zone, due: 2026-06-01, state: open}
---

# Actions

[Nobody](sre:nobody)
"""
FILES = {"mkdocs.yml": CONFIGURATION, "docs/actions.md": LEDGER, "docs/note.md": "# Note\n\n[x](sre:nobody)\n"}
WAIVER = '- rule: {}\n  document: {}\n  reason: Owners meet on Monday.\n  by: "@team"\n  until: 2026-03-31\n'
TERMS = ("--reason", 'Old pages: "REL-12"', "--by", "@team-docs", "--until", "2026-06-30")
WRITTEN = """\
# Findings that may stay for a while. What each key means: mkdocs-sre explain WVR101
waivers:
  - rule: ACT101  # action-without-owner
    document: actions-2026
    reason: "Old pages: \\"REL-12\\""
    by: "@team-docs"
    until: 2026-06-30
    count: 2
  - rule: REF106  # unknown-link
    document: actions-2026
    reason: "Old pages: \\"REL-12\\""
    by: "@team-docs"
    until: 2026-06-30
    count: 1
  - rule: REF106  # unknown-link
    document: note.md
    reason: "Old pages: \\"REL-12\\""
    by: "@team-docs"
    until: 2026-06-30
    count: 1
"""


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "-f", str(folder / "mkdocs.yml"), *arguments])


def waivers(*pairs: tuple[str, str]) -> str:
    return "waivers:\n" + "".join(WAIVER.format(*pair) for pair in pairs)


def test_what_is_waived_does_not_count_and_is_not_lost(write: Write) -> None:
    folder = write({**FILES, "sre-waivers.yml": waivers(("unknown-link", "note.md"), ("ACT101", "AI-001"))})
    result = run(folder, "--select", "ACT101,REF106,WVR")
    assert result.exit_code == 1
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        ["docs/actions.md:6:5", "ACT101"],
        ["docs/actions.md:11:1", "REF106"],
        ["1", "document:"],
    ]
    assert result.stdout.endswith("1 document: 2 errors, 2 waived\n")
    report = json.loads(run(folder, "--format", "json", "--select", "REF106").stdout)
    assert [one["path"] for one in report["findings"]] == ["actions.md"]
    assert [(one["path"], one["waiver"]) for one in report["waived"]] == [
        (
            "note.md",
            {
                "path": "../sre-waivers.yml",
                "line": 2,
                "column": 3,
                "reason": "Owners meet on Monday.",
                "by": "@team",
                "until": "2026-03-31",
            },
        )
    ]
    shown = run(folder, "--select", "REF106", "--show-waived").stdout
    assert (
        "docs/note.md:3:1 REF106 unknown-link waived a link leads to sre:nobody, and nothing has that id;"
        " until 2026-03-31 by @team: Owners meet on Monday.\n" in shown
    )


def test_more_than_the_count_shows_all_and_the_waiver(write: Write) -> None:
    text = waivers(("ACT101", "actions-2026")) + "  count: 1\n"
    folder = write({**FILES, "sre-waivers.yml": text})
    assert run(folder, "--select", "ACT101").stdout.splitlines() == [
        "docs/actions.md:5:5 ACT101 action-without-owner error AI-001 has no owner; add `owner:`; its waiver covers 1 finding and 2 are there, so all are shown",
        "    see sre-waivers.yml:2:3",
        "docs/actions.md:6:5 ACT101 action-without-owner error AI-002 has no owner; add `owner:`; its waiver covers 1 finding and 2 are there, so all are shown",
        "    see sre-waivers.yml:2:3",
        "1 document: 2 errors",
    ]


def test_an_expired_waiver_is_an_error_and_waives_nothing(write: Write) -> None:
    folder = write({**FILES, "sre-waivers.yml": waivers(("REF106", "note.md"))})
    arguments = ("--select", "REF106,WVR", "--as-of")
    assert "WVR106" not in run(folder, *arguments, "2026-03-31").stdout
    late = run(folder, *arguments, "2026-04-01").stdout
    assert "sre-waivers.yml:6:10 WVR106 expired-waiver error the waiver ended on 2026-03-31" in late
    assert "docs/note.md:3:1 REF106" in late
    assert "its waiver ended on 2026-03-31\n    see sre-waivers.yml:2:3" in late


def test_written_waivers_make_the_gate_pass_and_hide_nothing_new(write: Write) -> None:
    folder = write(FILES)
    assert run(folder, "--strict").exit_code == 1
    result = run(folder, "--write-waivers", *TERMS)
    assert (result.exit_code, result.stdout) == (
        0,
        (
            "sre-waivers.yml: 3 waivers for 4 findings\n"
            "  ACT101 action-without-owner in actions-2026: 2 findings\n"
            "  REF106 unknown-link in actions-2026: 1 finding\n"
            "  REF106 unknown-link in note.md: 1 finding\n"
        ),
    )
    assert (folder / "sre-waivers.yml").read_text() == WRITTEN
    strict = run(folder, "--strict")
    assert (strict.exit_code, strict.stdout) == (0, "1 document: no findings, 4 waived\n")
    again = run(folder, "--write-waivers", *TERMS)
    assert (again.exit_code, again.stdout) == (0, "sre-waivers.yml: nothing to waive\n")
    (folder / "docs/note.md").write_text("# Note\n\n[x](sre:nobody) [y](sre:nobody)\n")
    assert run(folder, "--strict").exit_code == 1
    left = run(folder, "--write-waivers", *TERMS)
    assert left.exit_code == 1
    assert "2 findings left, to be mended or waived by hand:\ndocs/note.md:3:1 REF106" in left.stdout
    assert (folder / "sre-waivers.yml").read_text() == WRITTEN


@pytest.mark.parametrize(
    "old",
    [
        "",
        "# ours\n",
        "waivers:\n",
        "# ours\nwaivers: []  # none yet",
        waivers(("FRS103", "AI-001")) + "# the end",
        waivers(("FRS103", "AI-001")).replace("\n", "\n      ").rstrip(" "),
        ("---\n" + waivers(("FRS103", "AI-001"))).replace("\n", "\r\n"),
    ],
)
def test_what_stands_in_the_file_stays(write: Write, old: str) -> None:
    folder = write({**FILES, "sre-waivers.yml": old})
    assert run(folder, "--write-waivers", *TERMS, "--select", "REF106").exit_code == 0
    text = (folder / "sre-waivers.yml").read_bytes().decode()
    assert text.startswith(old.replace(" []  # none yet", ""))
    assert ("\r\n" in text) is ("\r\n" in old)
    assert text.count("\n") == text.count("\r\n") or "\r\n" not in old
    assert [one.rule for one in parse_waivers(text, "w").waivers if one.rule != "FRS103"] == ["REF106", "REF106"]
    assert run(folder, "--select", "REF106,WVR", "--ignore", "WVR108", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("waivers: [{rule: FRS103, document: x, reason: y, by: z, until: 2026-03-31}]\n", "nothing can be added"),
        ("waivers:\n  - rule: FRS103\n", "a waiver lacks `document`; mend the waivers file first"),
        ("waivers: [\n", "mend the waivers file first"),
    ],
)
def test_a_file_that_cannot_be_extended_is_left_alone(write: Write, old: str, said: str) -> None:
    folder = write({**FILES, "sre-waivers.yml": old})
    result = run(folder, "--write-waivers", *TERMS)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert result.stderr.startswith("sre-waivers.yml:")
    assert (folder / "sre-waivers.yml").read_text() == old


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--write-waivers",), "go together"),
        (("--reason", "x"), "go together"),
        (("--write-waivers", "--until", "soon"), "`soon` is no day, YYYY-MM-DD, and no duration"),
        (("--write-waivers", "--reason", "x", "--by", "y", "--until", "13 months"), "within 12 months"),
        (("--write-waivers", "--until", "2026-06-30"), "--reason says nothing"),
        (("--write-waivers", "--until", "2026-06-30", "--reason", "x", "--by", " todo "), "--by says nothing"),
        (("--write-waivers", "--reason", "x", "--by", "y", "--until", "2026-03-08"), "2026-03-09 to 2027-03-09"),
        (("--write-waivers", "--reason", "x", "--by", "y", "--until", "2027-03-10"), "within 12 months"),
    ],
)
def test_terms_are_asked_for(write: Write, arguments: tuple[str, ...], said: str) -> None:
    folder = write(FILES)
    result = run(folder, *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert not (folder / "sre-waivers.yml").exists()


@pytest.mark.parametrize(
    ("length", "last"), [("6 months", "2026-09-09"), ("12 months", "2027-03-09"), ("30d", "2026-04-08")]
)
def test_the_end_may_be_a_duration_from_the_day_of_the_run(write: Write, length: str, last: str) -> None:
    folder = write(FILES)
    assert run(folder, "--write-waivers", "--reason", "x", "--by", "@y", "--until", length).exit_code == 0
    assert set(re.findall(r"until: (\S+)", (folder / "sre-waivers.yml").read_text())) == {last}


def test_what_cannot_be_read_is_never_waived(write: Write) -> None:
    folder = write({**FILES, "docs/broken.md": "---\nowner: @team\n---\n"})
    result = run(folder, "--write-waivers", *TERMS)
    assert result.exit_code == 1
    assert "1 finding left, to be mended or waived by hand:\ndocs/broken.md:2:8 DOC101" in result.stdout
    assert "DOC101" not in (folder / "sre-waivers.yml").read_text()


def test_the_rules_of_files_that_cannot_be_read_exist() -> None:
    names = {rule.name for rule in rules().values() if rule.code.startswith("DOC1")}
    assert {"duplicate-key", "names-that-differ-in-case"} == names - UNREAD
    beside = {"malformed-catalogue", "unreadable-rule-file"}
    assert names | beside >= UNREAD
    assert beside <= {rule.name for rule in rules().values()}


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_any_text_can_be_written_and_read(reason: str, by: str, path: str) -> None:
    terms = Terms(f"x{reason}x", f"@{by}x", date(2026, 6, 30))
    base = assemble(Settings(), [read(f"{path}.md", b"# Note\n")])
    finding = Finding(Location(f"{path}.md"), "REF106", "unknown-link", Level.ERROR, "x")
    text = add_waivers(base, [finding], WaiverFile(), terms, date(2026, 3, 9)).text
    made = parse_waivers(text, "w")
    assert made.defects == []
    assert [(one.document, one.reason, one.by) for one in made.waivers] == [(f"{path}.md", terms.reason, terms.by)]


def test_a_large_old_collection_can_be_waived_whatever_the_reason_holds() -> None:
    notes = [read(f"note-{number}.md", b"# Note\n") for number in range(3_000)]
    found = [Finding(Location(one.path), "REF106", "unknown-link", Level.ERROR, "x") for one in notes]
    terms = Terms("[REL-12] {old}", "@team", date(2026, 6, 30))
    addition = add_waivers(assemble(Settings(), notes), found, WaiverFile(), terms, date(2026, 3, 9))
    assert len(parse_waivers(addition.text, "w").waivers) == 3_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("waivers: &a [*a]\n", "sre-waivers.yml:1:10 WVR101"),
        (
            "waivers:\n  - " + "[" * 100_000,
            "WVR101 malformed-waiver",
        ),  # PyYAML 6.0.4 knows the place, earlier ones do not
        ("a: &a [1,1]\nb: &b [*a,*a]\n" + "waivers: [" + "*b," * 2_000 + "]\n", "aliases repeat"),
        (b"\xff\xfe", "the waivers file is not UTF-8"),
        ("\x00", "control character U+0000"),
        ("waivers: !!python/object/apply:os.system [touch ran]\n", "a waiver must hold keys with values"),
        ("#" * (MAX_CHARACTERS + 1), "the waivers file has more than 4,194,304 bytes"),
        ("text", "the waivers file is a single value"),
    ],
)
def test_hostile_files_are_findings(write: Write, content: str | bytes, said: str) -> None:
    folder = write({**FILES, "sre-waivers.yml": content})
    result = run(folder, "--select", "WVR")
    assert (result.exit_code, said in result.stdout) == (1, True), result.output
    assert not (folder / "ran").exists()


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("gone.yml", 2, "mkdocs.yml:4:7 waivers `gone.yml` does not exist"),
        ("../outside.yml", 2, "mkdocs.yml:4:7 waivers `../outside.yml` leads out of the folder"),
        ("/etc/passwd", 2, "leads out of the folder"),
        ("link.yml", 2, "`link.yml` leads out of the folder"),
        ("nowhere.yml", 2, "`nowhere.yml` does not exist"),
        ('"a\\0b"', 2, "leads out of the folder"),
        ("docs/waivers.yml", 2, "is in the docs folder"),
        ("[a]", 2, "mkdocs.yml:4:7 waivers must be text"),
        ("folder.yml", 1, "the waivers file is no regular file"),
        ("inside.yml", 0, ""),
    ],
)
def test_files_elsewhere_are_refused(write: Write, name: str, code: int, said: str) -> None:
    folder = (
        write({"site/mkdocs.yml": f"{CONFIGURATION}      waivers: {name}\n", "outside.yml": "waivers: []\n"}) / "site"
    )
    write(
        {"site/docs/index.md": "# Home\n", "site/real.yml": "waivers: []\n", "site/docs/waivers.yml": "waivers: []\n"}
    )
    (folder / "link.yml").symlink_to(folder.parent / "outside.yml")
    (folder / "inside.yml").symlink_to("real.yml")
    (folder / "nowhere.yml").symlink_to("no.yml")
    (folder / "folder.yml").mkdir()
    result = run(folder)
    assert (result.exit_code, said in result.output) == (code, True), result.output
    assert "Traceback" not in result.output


def test_the_default_file_may_be_missing_but_not_lead_out(write: Write) -> None:
    folder = (
        write({"site/mkdocs.yml": CONFIGURATION, "site/docs/index.md": "# Home\n", "outside.yml": "waivers: []\n"})
        / "site"
    )
    assert run(folder).exit_code == 0
    (folder / "sre-waivers.yml").symlink_to(folder.parent / "outside.yml")
    assert run(folder).exit_code == 2
    (folder / "sre-waivers.yml").unlink()
    (folder / "sre-waivers.yml").symlink_to("no.yml")
    assert run(folder).exit_code == 2


def test_render_knows_what_is_waived(write: Write) -> None:
    waived = waivers(("REF106", "note.md"))
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/note.md": FILES["docs/note.md"], "sre-waivers.yml": waived})
    arguments = ["render", "-f", str(folder / "mkdocs.yml"), "--out", str(folder / "out"), "--strict"]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stderr) == (0, "0 documents: no findings, 1 waived\n")
    assert not (folder / "out/sre-waivers.yml").exists()
