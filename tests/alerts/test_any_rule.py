"""Whatever rules and routes say, they are judged, and what is told of them is one line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.checks.registry import rules
from mkdocs_sre.checks.run import examine
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import AlertRule, Matcher, Monitoring, Receiver, Route, Routing
from mkdocs_sre.knowledge import assemble
from mkdocs_sre.reading.source import read
from mkdocs_sre.reports.text import line
from mkdocs_sre.settings import Settings
from tests.tree import AS_OF

TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["{{ $labels.t }}", "https://h/a/#b", "https://h/A", "/../x", "a" * 400, "<b>`x`</b>", "\n---\n", "("]
    ),
)
MAPPINGS = st.dictionaries(
    st.one_of(TEXT, st.sampled_from(["severity", "team", "service", "runbook_url"])), TEXT, max_size=4
)
RULES = st.builds(
    AlertRule,
    st.one_of(TEXT.filter(bool), st.sampled_from(["Cart", "cart", "CartFull"])),
    TEXT,
    TEXT,
    st.builds(Location, st.just("r.yaml"), st.integers(1, 9)),
    TEXT,
    TEXT,
    MAPPINGS,
    MAPPINGS,
)
MATCHERS = st.builds(Matcher, TEXT, st.sampled_from(["=", "!=", "=~", "!~"]), TEXT)
ROUTES = st.builds(Route, TEXT, st.just(Location("a.yml")), st.lists(MATCHERS, max_size=2).map(tuple), st.booleans())
RUNBOOK = read("a.md", b"---\ntype: runbook\nid: a\nowner: '@team'\nalerts: [CartFull]\nseverity: P1\n---\n\n# A\n")
OPTIONS = {
    "alerts": {
        "rules": ["*.yaml"],
        "url_prefix": ["https://h/"],
        "aliases": ["{group}/{alert}", "a"],
        "label_values": {"t": ["a", "../b"]},
    },
    "levels": {"ALT401": "info"},
}


@settings(max_examples=150)
@given(st.lists(RULES, max_size=5), st.lists(ROUTES, max_size=3))
def test_any_rule_is_judged(written: list[AlertRule], routes: list[Route]) -> None:
    receiver = Receiver("x", Location("a.yml"), ("slack",))
    routing = Routing("a.yml", Route("x", Location("a.yml"), routes=tuple(routes)), (receiver,))
    base = assemble(Settings.load(OPTIONS), [RUNBOOK], monitoring=Monitoring(tuple(written), (routing,)))
    alerts = alerts_of(base)
    assert {one.key for one in alerts} == {"cartfull", *(one.key for one in written if one.name)}
    assert len({one.path for one in alerts}) == len(alerts)
    for alert in alerts:
        assert len(alert.links) >= len([rule for rule in alert.rules if alerts.links_of(rule)])
        assert not {one.name for one in alerts.silenced_by(alert)}
        alerts.called(alert)
    codes = [code for code in rules() if code.startswith("ALT")]
    for finding in examine(base, AS_OF, only=codes).findings:
        assert "\n" not in line(finding).partition("\n    see ")[0]
