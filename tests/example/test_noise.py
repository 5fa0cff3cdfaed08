"""The pages that the example tells of are those that its rotations counted and its reviews tell."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from mkdocs_sre.analyses.noise import noise_of
from mkdocs_sre.documents.kinds.on_call import OnCall
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration

ROOT = Path(__file__).parent.parent.parent
SITE = load_configuration(ROOT / "mkdocs.yml")
BASE = load(SITE.settings, SITE.docs_dir, SITE.exclude, SITE.file)
BEGINS = date(2026, 2, 9)


def test_each_week_of_a_rotation_has_the_pages_of_the_file() -> None:
    compared = 0
    for policy in BASE.of_kind(OnCall):
        before = 0, 0
        for week in range(4):
            begins = BEGINS + timedelta(weeks=week)
            volume = noise_of(BASE, begins + timedelta(weeks=1)).of_rotation(policy)
            assert volume is not None
            assert volume.weeks == week + 1
            now = volume.pages, volume.led_to_action
            stated = next((one for one in policy.weeks if one.begins == begins), None)
            if stated is not None:
                compared += 1
                assert (now[0] - before[0], now[1] - before[1]) == (stated.pages, stated.acted_on), (policy.id, begins)
            before = now
    assert compared == 22


def test_the_alerts_of_each_review_went_out_on_its_day() -> None:
    sent = {(page.alert, page.at.at.date()) for page in BASE.monitoring.pages}
    reviews = [one for one in BASE.of_kind(Pir) if one.incident_date >= BEGINS and one.alerts]
    assert len(reviews) == 3
    for review in reviews:
        assert {(alert, review.incident_date) for alert in review.alerts} <= sent


def test_no_rotation_is_above_its_target() -> None:
    noise = noise_of(BASE, date(2026, 3, 9))
    assert noise.weeks == 4
    assert len(noise.pages) == len(BASE.monitoring.pages) == 19
    assert not any(
        volume.exceeds(policy.page_target)
        for policy in BASE.of_kind(OnCall)
        if (volume := noise.of_rotation(policy)) is not None
    )
