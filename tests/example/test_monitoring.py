"""The example's rule files say what its objectives and its runbooks say, to the digit."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal

import pytest
from click.testing import CliRunner

from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.cli import main
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration
from tests.example.test_example import ROOT

CONFIGURATION = ROOT / "mkdocs.yml"
BASE = load(load_configuration(CONFIGURATION).settings, ROOT / "docs", config_file=CONFIGURATION)
# platform.yaml is an object of the cluster, which promtool does not read
RULES_OF_CAUSES = [str(file) for file in sorted((ROOT / "monitoring/rules").glob("[!p]*.yaml"))]
SLOS = BASE.of_kind(ServiceLevelObjective)
# A month's budget of 30 days: the factor, the short window and the long one, of pages and of tickets.
PAGES = (("14.4", "5m", "1h"), ("6", "30m", "6h"))
TICKETS = (("3", "2h", "1d"), ("1", "6h", "3d"))

by_objective = pytest.mark.parametrize("slo", SLOS, ids=[slo.id for slo in SLOS])


def pairs(slo: ServiceLevelObjective) -> tuple[tuple[str, str, str], ...]:
    return TICKETS if slo.alerting and slo.alerting.windows else PAGES


def budget(slo: ServiceLevelObjective) -> Decimal:
    return (100 - Decimal(str(slo.objective))) / 100


def test_rules_of_objectives_are_those_that_their_pages_give() -> None:
    options = ["--to", "prometheus", "--out", str(ROOT / "monitoring/slos"), "--with-tests", "--check"]
    done = CliRunner().invoke(main, ["slo", "export", "-f", str(CONFIGURATION), *options])
    assert (done.exit_code, done.stderr) == (0, "")


def test_rules_and_their_tests_hold_for_prometheus(promtool: str) -> None:
    rules = [str(file) for file in sorted((ROOT / "monitoring/slos").glob("*.yaml"))]
    tests = [str(file) for file in sorted((ROOT / "monitoring/slos/tests").glob("*.yml"))]
    assert len(rules) == len(tests) == len(SLOS)
    # One of them, for its time: the acceptance runs try all of them.
    for asked in (["check", "rules", *rules, *RULES_OF_CAUSES], ["test", "rules", tests[0]]):
        done = subprocess.run([promtool, *asked], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


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
