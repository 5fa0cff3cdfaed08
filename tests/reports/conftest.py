"""Findings that nobody expects, and what a run of them is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from mkdocs_sre.checks.registry import rules
from mkdocs_sre.documents.finding import Finding, Level
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.waiver import Waived, Waiver
from mkdocs_sre.reports import Run

AS_OF = date(2026, 3, 9)
ODD = ["\n", "\r\n", "::", "%", "%0A", ",", ":", "]]>", "<b>&amp;", '"', "'", "\x00", "\x1b[2J", "\x85", "\u2028", "\ud800", "\ufffe", "\uffff", "\U0001f600", "\u202e", "##[error]", "é"]  # fmt: skip
CODES = ("ACT105", "DOC202", "FRS101", "REF105")
texts = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=8)), min_size=1, max_size=6).map("".join)
names = texts.map(lambda text: re.sub("[/\0\ud800-\udfff]", "\udcff", text)).filter(lambda text: text.strip(".") != "")
locations = st.builds(Location, names, st.integers(1, 10**6), st.integers(1, 10**4))


def _finding(
    location: Location, code: str, level: Level, texts: tuple[str, str], related: tuple[Location, ...]
) -> Finding:
    return Finding(location, code, rules()[code].name, level, *texts, related)


findings = st.builds(
    _finding,
    locations,
    st.sampled_from(CODES),
    st.sampled_from([Level.ERROR, Level.WARNING, Level.INFO]),
    st.tuples(texts, texts | st.just("")),
    st.lists(locations, max_size=2).map(tuple),
)
waivers = st.builds(
    Waiver, st.just("DOC202"), names, texts, texts, st.dates(), st.builds(Location, st.just("../sre-waivers.yml"))
)
waived = st.builds(Waived, findings, waivers)


def run_of(found: list[Finding], covered: list[Waived] | None = None, *, strict: bool = False) -> Run:
    """A run of a few rules in a folder that is in no repository and not below the working directory."""
    documents = ["sre/clean.md", *(one.location.path for one in found)]
    folder = Path("/nowhere")
    return Run(
        sorted(found),
        covered or [],
        documents,
        AS_OF,
        folder / "docs",
        folder,
        strict,
        [rules()[code] for code in CODES],
    )


runs = st.builds(
    run_of, st.lists(findings, max_size=4, unique=True), st.lists(waived, max_size=2), strict=st.booleans()
)
