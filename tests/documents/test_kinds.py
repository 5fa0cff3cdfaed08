"""What the kinds of documents take, and how they say what they do not take."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge.references import named_in
from tests.tree import Tree

SERVICE = "type: service\nid: cart\nowner: '@team'\ntier: 1\n"
SLO = "type: slo\nid: cart-answers\nservice: cart\nbehaviour: Pages load.\nobjective: 99.9\n"
PLAN = "type: capacity-plan\nid: plan\nservice: cart\nmeasured_on: 2026-03-01\n"
EXPERIMENT = (
    "type: chaos-experiment\nid: CHAOS-001\nservice: cart\nhypothesis: No write fails.\n"
    "injection: Stop the primary\nblast_radius: cart\nabort_when: [errors]\n"
)


def made(text: str) -> Document:
    return Tree({"a.md": f"---\n{text}\n---\n"}).base().documents[0]


def faults(text: str) -> list[str]:
    tree = Tree({"a.md": f"---\n{text}\n---\n"})
    return [
        f"{one.location.line}: {one.message}; {one.hint}" for one in tree.findings() if one.code.startswith("DOC20")
    ]


def service(text: str) -> Service:
    document = made(SERVICE + text)
    assert isinstance(document, Service)
    assert document.origin.intact
    return document


def test_kind_of_service_is_written_kind() -> None:
    assert service("kind: datastore").service_kind == "datastore"
    assert service("").service_kind == "service"
    assert faults(f"{SERVICE}kind: shop") == [
        "6: `kind` must be one of `service`, `datastore`, `queue`, `cache`, `external`, `journey` or `domain`; correct it"
    ]


def test_an_alias_is_suggested_and_the_attribute_is_no_key() -> None:
    assert "did you mean `kind`?" in faults(f"{SERVICE}Kind: datastore")[0]
    assert "is no key of a service" in faults(f"{SERVICE}service_kind: datastore")[0]


def test_text_stands_for_the_short_key() -> None:
    dependency = service("dependencies: [stock]").dependencies[0]
    assert dependency.members == ("stock",)
    assert dependency.hard
    assert (dependency.criticality, dependency.need) == (None, 1)


def test_only_the_short_key_of_a_text_refers() -> None:
    assert [(one.path, one.target) for one in named_in(service("dependencies: [stock]"))] == [
        (("dependencies", 0), "stock")
    ]
    risk = "{subject: cart, title: Lost, severity: 1, likelihood: 1, mitigations: [In words]}"
    document = made(f"type: risk-assessment\nid: RA-001\nservices: cart\nrisks: [{risk}]")
    assert isinstance(document, RiskAssessment)
    assert document.services == ["cart"]
    assert [one.target for one in named_in(document)] == ["cart", "cart"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dependencies: [{criticality: hard}]", "`dependencies[1]` must name one `service`, or several under `any_of`"),
        ("dependencies: [{service: a, any_of: [b]}]", "`dependencies[1]` must name one `service`, or several"),
        ("dependencies: [{any_of: [a, b], need: 3}]", "`dependencies[1]` needs more services than it names"),
        ("dependencies: [[a]]", "`dependencies[1]` must hold keys with values"),
        ("replicas: {need: 1}", "`replicas` must list `instances`, or give their `count`"),
        ("replicas: {need: 3, count: 2}", "`replicas` needs more copies than there are"),
        ("replicas: {need: 1, count: 100000}", "`replicas.count` must be less than or equal to 1000"),
        ("tier: 4", "`tier` must be less than or equal to 3"),
    ],
)
def test_services_that_cannot_be(text: str, message: str) -> None:
    base = SERVICE.replace("tier: 1\n", "") if text.startswith("tier") else SERVICE
    assert any(message in one for one in faults(base + text)), faults(base + text)


def test_replicas_are_counted_or_named() -> None:
    assert service("replicas: {need: 2, count: 3, spread: zone-a}").replicas is not None
    named = service("replicas: {need: 1, instances: [{id: a, placed_in: [zone-a, rack-1]}, {id: b}]}").replicas
    assert named is not None
    assert (named.total, named.instances[0].placed_in) == (2, ["zone-a", "rack-1"])


def test_an_item_of_a_list_has_no_sections_and_a_page_has() -> None:
    listed = made("type: service\nservices: [{id: cart, owner: '@team', tier: 1}]")
    assert (listed.listed, listed.required_sections()) == (True, ())
    assert service("").required_sections() == ("Overview",)


@pytest.mark.parametrize("sli", ["{good: a, total: b}", "{bad: a, total: b}", "{raw: a, source: prometheus}"])
@pytest.mark.parametrize("window", ["30d", "1h", "366d", "calendar month", "Calendar  quarter"])
def test_indicators_and_windows(sli: str, window: str) -> None:
    slo = made(f"{SLO}sli: {sli}\nwindow: {window}")
    assert isinstance(slo, ServiceLevelObjective)
    assert slo.origin.intact
    assert bool(slo.window.calendar) is ("calendar" in window.lower())


def test_a_threshold_is_an_indicator() -> None:
    slo = made(f"{SLO}sli: {{threshold: {{metric: latency, op: lt, value: 0.3}}}}\nwindow: 30d\nsla: 99.5")
    assert isinstance(slo, ServiceLevelObjective)
    assert slo.sla is not None
    assert slo.sla.objective == Decimal("99.5")


@pytest.mark.parametrize(
    "sli", ["{good: a}", "{total: b}", "{good: a, bad: b, total: c}", "{raw: a}", "{raw: a, source: b, total: c}"]
)
def test_incomplete_and_mixed_indicators(sli: str) -> None:
    assert any("7: `sli` must have `good` and `total`" in one for one in faults(f"{SLO}sli: {sli}\nwindow: 30d"))


@pytest.mark.parametrize("window", ["59m", "367d", "1 month", "month", "soon", "[30d]"])
def test_windows_that_cannot_be(window: str) -> None:
    told = faults(f"{SLO}sli: {{good: a, total: b}}\nwindow: {window}")
    assert any("`window` must be a rolling window of `1h` to `366d`" in one for one in told)


def plan(resource: str) -> CapacityPlan:
    document = made(f"{PLAN}resources: [{resource}]")
    assert isinstance(document, CapacityPlan)
    assert document.origin.intact
    return document


def test_days_of_a_resource() -> None:
    resource = plan("{name: a, current: 60, limit: 100, headroom_percent: 20, growth: {amount: 5, per: 1w}}").resources[
        0
    ]
    assert resource.threshold == 80
    assert resource.days_until_threshold == 28
    assert resource.days_until_limit == 56
    assert resource.used_percent == 60


def test_a_resource_without_growth_or_limit() -> None:
    resource = plan("{name: a, current: 0, limit: 0}").resources[0]
    assert resource.days_until_limit == 0
    assert resource.used_percent is None
    assert plan("{name: a, current: 1, limit: 2}").resources[0].days_until_limit is None


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        ("growth: {per: 1d}", "`resources[1].growth` must give either `amount` or `percent`"),
        ("growth: {amount: 1, percent: 1, per: 1d}", "`resources[1].growth` must give either `amount` or `percent`"),
        ("growth: {amount: 1, per: 0d}", "`resources[1].growth.per` must be longer than zero"),
        ("growth: {amount: 1e999, per: 1d}", "`resources[1].growth.amount` must be a number"),
    ],
)
def test_growth_that_cannot_be(resource: str, message: str) -> None:
    told = faults(f"{PLAN}resources: [{{name: a, current: 1, limit: 2, {resource}}}]")
    assert any(message in one for one in told), told


def test_a_plan_has_resources() -> None:
    assert faults(f"{PLAN}resources: []") == ["6: `resources` must hold at least one; correct it"]


def experiment(text: str) -> ChaosExperiment:
    document = made(EXPERIMENT + text)
    assert isinstance(document, ChaosExperiment)
    assert document.origin.intact
    return document


def test_results_are_required_once_it_has_run() -> None:
    assert experiment("").required_sections() == ("Method",)
    assert experiment("run_on: 2026-02-01").required_sections() == ("Method", "Results")
    assert experiment("status: aborted").required_sections() == ("Method", "Results")


def test_the_sections_of_a_folder_count_even_before() -> None:
    tree = Tree(
        {"a.md": f"---\n{EXPERIMENT}---\n"},
        {"folders": [{"match": "*.md", "type": "chaos-experiment", "sections": ["Results"]}]},
    )
    assert tree.base().documents[0].required_sections() == ("Results",)


def test_what_a_rotation_does_not_take() -> None:
    wrong = (
        "type: on-call\nid: x\nowner: '@a'\nescalation: [{who: primary, after: soon}]\n"
        "rotation: {members: [a], handover: {day: monday, time: '25:00'}}\nweeks: [{begins: 2062-01-01, pages: -1}]"
    )
    assert faults(wrong) == [
        "5: `escalation[1].after` must be a duration, such as `15m`, `4h`, `30d`, `2w` or `6 months`; correct it",
        '6: `rotation.handover.time` must be a time of day in quotes, such as `"10:00"`; correct it',
        "7: `weeks[1].begins` is 2062-01-01, later than 2026-03-09; correct the date",
        "7: `weeks[1].pages` must be greater than or equal to 0; correct it",
    ]


def test_roles_in_words_are_no_owners_and_handles_are() -> None:
    text = "type: on-call\nid: x\nowner: '@a'\nrotation: {members: [one, '@two', '@a']}\nescalation: [{who: '@three', after: 0m}]"
    tree = Tree({"a.md": f"---\n{text}\n---\n"}, {"owners": [{"id": "@a"}]})
    found = [one.message for one in tree.findings() if one.code == "DOC209"]
    assert found == [
        "`rotation.members[2]` names @two, and no owner is called so",
        "`escalation[1].who` names @three, and no owner is called so",
    ]
