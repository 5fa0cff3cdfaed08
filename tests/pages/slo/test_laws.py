"""Whatever an objective promises and however it is alerted, its page is whole, and its pictures stay in their frames."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from mkdocs_sre.history.remembered import History
from mkdocs_sre.pages.document import decorate
from mkdocs_sre.pages.site import Site
from tests.pages.conftest import page_of
from tests.pages.slo.shop import SHOP
from tests.pages.slo.test_page import PAY, section
from tests.pages.test_figures import balanced, placed
from tests.tree import AS_OF, parse_tree

TREE = """
slo.md
    | ---
    | type: slo
    | id: slo
    | service: x
    | behaviour: It works.
    | sli: {{good: g, total: t}}
    | objective: {objective}
    | window: {window}
    | events_per_day: {events}
    | error_budget_policy: [{{at_percent: {step}, action: Stop.}}]
    | alerting:
    |   windows: [{{alert: page, short: 1m, long: {long}, budget_percent: {share}, for: {hold}}}]
    | ---
pir.md
    | ---
    | type: pir
    | id: PIR-1
    | status: {status}
    | severity: SEV1
    | service: x
    | incident_date: 2026-03-08
    | timezone: UTC
    | slo_impact: [{{slo: slo, failing_percent: {failing}, from: 2026-03-08T22:30Z, to: 2026-03-09T{hour:02d}:10Z}}]
    | ---
"""
PERCENT = st.decimals("0.001", 100, places=3)


@settings(max_examples=40)
@given(
    objective=st.one_of(st.decimals("1.001", "99.999", places=3), st.decimals("99.99", "99.999999", places=6)),
    window=st.sampled_from(["1h", "36h", "7d", "30d", "366d", "calendar month", "calendar quarter"]),
    events=st.sampled_from([0, 1, 50, 10**9]),
    step=st.one_of(st.just(Decimal(0)), PERCENT, st.just(Decimal(250))),
    long=st.sampled_from(["2m", "1h", "3d"]),
    share=PERCENT,
    hold=st.sampled_from(["0m", "2m", "1d"]),
    status=st.sampled_from(["final", "draft"]),
    failing=PERCENT,
    hour=st.integers(0, 23),
)
def test_any_objective_has_a_whole_page(**values: object) -> None:
    page = page_of(TREE.format(**values), "slo.md")
    balanced(page)
    assert "has errors" not in page
    places = placed(page, "at") + placed(page, "w") + placed(page, "x")
    assert all(-0.01 <= one <= 100.01 for one in places), places
    for path in re.findall(r'<path class="(?:left|area|drafts|page|ticket)" d="([^"]*)"', page):
        assert all(-0.01 <= float(one) <= 100.01 for one in re.findall(r"-?[\d.]+(?:e-?\d+)?", path)), path


def _with_change(day: date) -> str:
    tree = parse_tree(SHOP)
    body, _ = meta.get_data(tree.files[PAY])
    history = History(changed_on={PAY: day}, known=True)
    return section(decorate(Site(tree.base(), AS_OF, "Shop", history=history), PAY, body), "agreed")


def test_a_change_is_told_with_whether_anybody_agreed_to_it() -> None:
    assert "2026-02-20 The page changed, after it was last agreed to" in _with_change(date(2026, 2, 20))
    assert "2026-01-10 The page changed no day" in _with_change(date(2026, 1, 10))
    assert "changed" not in _with_change(AS_OF + timedelta(days=1)), "what comes after the day is not known on it"
