"""Days of reviews and addenda from the names and titles of their files, by `date_from` of a folder."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mkdocs_sre.documents.kinds.addendum import Addendum
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.knowledge import load
from mkdocs_sre.settings import Settings, SettingsError
from tests.tree import Tree

DEFAULTS = {"status": "final", "severity": "SEV2", "service": "payments"}


def reviews(path: str, text: str, **folder: Any) -> list[Pir]:
    pattern = {"match": "*.md", "type": "pir", "defaults": DEFAULTS, **folder}
    return list(Tree({path: text}, {"folders": [pattern]}).base().of_kind(Pir))


@pytest.mark.parametrize(
    ("source", "path", "text", "day"),
    [
        ("stem", "2026-02-24-relays.md", "# Relays\n", date(2026, 2, 24)),
        ("stem", "incident-20260224.md", "# Relays\n", date(2026, 2, 24)),
        ("stem", "incident_2026_02_24_relays.md", "# Relays\n", date(2026, 2, 24)),
        ("stem", "relays-24-february-2026.md", "# Relays\n", date(2026, 2, 24)),
        ("stem", "2026-02-24/index.md", "# Relays\n", date(2026, 2, 24)),
        ("title", "relays.md", "---\ntitle: Incident on 2026-02-24 - relays\n---\n# Relays\n", date(2026, 2, 24)),
        ("title", "2026-02-25.md", "# Relays, February 24th, 2026\n", date(2026, 2, 24)),
        ("title", "relays.md", "---\nincident_date: 2026-02-23\n---\n# Relays on 2026-02-24\n", date(2026, 2, 23)),
    ],
)
def test_the_day_is_found(source: str, path: str, text: str, day: date) -> None:
    (found,) = reviews(path, text, date_from=source)
    assert found.incident_date == day


@pytest.mark.parametrize(
    ("source", "path", "text"),
    [
        ("stem", "relays.md", "# Relays on 2026-02-24\n"),
        ("stem", "2026-02-30-relays.md", "# Relays\n"),
        ("stem", "12-january.md", "# Relays\n"),
        ("title", "2026-02-24.md", "# Relays\n"),
        ("title", "relays.md", "# Relays on 04/05/2026\n"),
    ],
)
def test_without_a_day_the_key_is_missing(source: str, path: str, text: str) -> None:
    assert reviews(path, text, date_from=source) == []
    pattern = {"match": "*.md", "type": "pir", "defaults": DEFAULTS, "date_from": source}
    tree = Tree({path: text}, {"folders": [pattern]})
    assert [one.message for one in tree.findings() if one.name == "missing-key"] == [
        "post-incident review without `incident_date`"
    ]


def test_a_default_is_the_day_of_files_without_one() -> None:
    (found,) = reviews("relays.md", "", date_from="stem", defaults={**DEFAULTS, "incident_date": "2026-02-01"})
    assert found.incident_date == date(2026, 2, 1)


def test_an_addendum_has_a_day_too() -> None:
    pattern = {"match": "*.md", "type": "addendum", "defaults": {"amends": "PIR-1"}, "date_from": "stem"}
    base = Tree({"2026-03-05-relays.md": "# More\n"}, {"folders": [pattern]}).base()
    assert [one.date for one in base.documents if isinstance(one, Addendum)] == [date(2026, 3, 5)]


def test_kinds_without_a_day_refuse_it(tmp_path: Any) -> None:
    options = Settings.load({"folders": [{"match": "*.md", "type": "runbook", "date_from": "stem"}]})
    with pytest.raises(SettingsError) as error:
        load(options, tmp_path)
    assert error.value.problems == [(("folders", 0, "date_from"), "is of no use: a runbook has no day of its own")]
    with pytest.raises(SettingsError, match="must be one of `stem` or `title`"):
        Settings.load({"folders": [{"match": "*.md", "type": "pir", "date_from": "name"}]})
