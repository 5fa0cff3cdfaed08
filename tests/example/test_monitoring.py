"""The example's rule files say what its objectives and its runbooks say, to the digit."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration
from tests.example.test_example import ROOT

CONFIGURATION = ROOT / "mkdocs.yml"
BASE = load(load_configuration(CONFIGURATION).settings, ROOT / "docs", config_file=CONFIGURATION)
RULES = {rule.name: rule for rule in BASE.monitoring.rules}
SLOS = BASE.of_kind(ServiceLevelObjective)
# A month's budget of 30 days: the factor, the short window and the long one, of pages and of tickets.
PAGES = (("14.4", "5m", "1h"), ("6", "30m", "6h"))
TICKETS = (("3", "2h", "1d"), ("1", "6h", "3d"))

by_objective = pytest.mark.parametrize("slo", SLOS, ids=[slo.id for slo in SLOS])


def plain(expression: str) -> str:
    return " ".join(expression.split())


def pairs(slo: ServiceLevelObjective) -> tuple[tuple[str, str, str], ...]:
    return TICKETS if slo.alerting and slo.alerting.windows else PAGES


def budget(slo: ServiceLevelObjective) -> Decimal:
    return (100 - Decimal(str(slo.objective))) / 100


@by_objective
def test_alerts_compare_the_budget_of_their_objective(slo: ServiceLevelObjective) -> None:
    assert slo.alerting
    assert slo.alerting.name
    rate = f'slo:sli_error:ratio_rate{{}}{{{{slo="{slo.id}"}}}} > {{}} * {budget(slo).normalize()}'
    parts = [f"({rate.format(short, factor)} and {rate.format(long, factor)})" for factor, short, long in pairs(slo)]
    assert plain(RULES[slo.alerting.name].expression) == " or ".join(parts)


@by_objective
def test_recorded_shares_are_those_of_the_objective(slo: ServiceLevelObjective) -> None:
    text = (ROOT / "monitoring/rules/objectives.yaml").read_text(encoding="utf-8")
    assert slo.sli
    for _, *windows in pairs(slo):
        for window in windows:
            good, total = (str(one).replace("{{.window}}", window) for one in (slo.sli.good, slo.sli.total))
            assert f"1 - {good} / {total} labels: {{slo: {slo.id}, service: {slo.service}}}" in plain(text)


@by_objective
def test_runbooks_tell_the_shares_at_which_the_alert_fires(slo: ServiceLevelObjective) -> None:
    assert slo.alerting
    (runbook,) = (one for one in BASE.of_kind(Runbook) if one.id == slo.alerting.runbook)
    section = runbook.body.section("Detection")
    text = section.text if section else runbook.body.text
    (told,) = (line for line in text.splitlines() if line.startswith(f"`{slo.alerting.name}`"))
    shares = [f"{(Decimal(factor) * budget(slo) * 100).normalize():f} %" for factor, _, _ in pairs(slo)]
    assert [share for share in shares if not re.search(rf"(?<![\d.]){re.escape(share)}", told)] == []


def test_all_alerts_resolve_and_call_their_owner() -> None:
    catalogue = alerts_of(BASE)
    owners = {one.id: one.receiver for one in BASE.settings.owners}
    assert {alert.name for alert in catalogue} == {name for one in BASE.of_kind(Runbook) for name in one.alerts}
    for alert in catalogue:
        assert alert.runbook is not None
        assert alert.rules
        assert {link.outcome for link in alert.links} == {"runbook"}
        if alert.paging:
            assert owners[alert.owner] in [called.receiver for called in catalogue.called(alert)]
