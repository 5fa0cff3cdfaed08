"""`explain` knows rules, families, kinds, keys and options, and what was meant when it knows nothing."""

from __future__ import annotations

import pytest

from mkdocs_sre.checks.registry import FAMILIES, rules
from mkdocs_sre.documents.keys import keys_of, parts_of
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.explain import UnknownNameError, explained
from mkdocs_sre.pages.reference import kind_keys
from mkdocs_sre.settings import Settings


@pytest.mark.parametrize("name", kinds())
def test_a_kind_is_told_with_all_its_keys_and_sections(name: str) -> None:
    text = explained(name)
    assert [key.name for key in kind_keys(kinds()[name]) if f"- `{key.name}` (" not in text] == []
    for section in next(iter(kinds()[name].schemes.values()), ()):
        assert f"- {section}: " in text


@pytest.mark.parametrize("name", kinds())
def test_every_key_of_a_kind_is_told(name: str) -> None:
    keys = kind_keys(kinds()[name])
    paths = [key.name for key in keys] + [f"{part.path}.{key.name}" for part in parts_of(keys) for key in part.keys]
    for path in paths:
        assert explained(f"{name}.{path}").startswith(f"# {path.rpartition('.')[2]}\n\nTakes ")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_lists_its_rules(family: str) -> None:
    text = explained(family)
    members = [rule for rule in rules().values() if rule.family == family]
    assert members
    assert all(f"`{rule.code}` {rule.name} ({rule.level})" in text for rule in members)


@pytest.mark.parametrize("option", Settings.model_fields)
def test_an_option_is_told_with_an_example(option: str) -> None:
    text = explained(option)
    assert "Option of `sre` in `mkdocs.yml`." in text
    assert f"```yaml\n{option}:" in text


def test_what_a_key_takes() -> None:
    assert "Takes the id of a service. " in explained("runbook.service")
    assert "a list of ids of services, or one alone" in explained("risk-assessment.services")
    assert "a whole number, 1 to 4" in explained("action-items.actions.priority")
    assert "a number, 0 or more" in explained("slo.events_per_day")
    assert "Default: `hard`" not in explained("service.dependencies.criticality")
    assert "Default: `1`." in explained("service.dependencies.need")
    assert "A value alone is its `service`." in explained("service.dependencies")
    assert "It must be there." in explained("action-items.actions.owner")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("runbok", "runbook"),
        ("doc22", "DOC202"),
        ("missing-kee", "missing-key"),
        ("level", "levels"),
        ("folders.mtach", "folders.match"),
        ("runbook.drils", "runbook.drills"),
        ("runbook.drills.onn", "runbook.drills.on"),
    ],
)
def test_a_slip_is_seen(asked: str, meant: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        explained(asked)
    assert str(error.value) == f"nothing is called `{asked}`; did you mean `{meant}`?"


def test_capitals_mean_the_family_where_a_kind_is_called_the_same() -> None:
    assert explained("PIR").startswith("# PIR: ")
    assert explained("pir").startswith("# Post-incident review")
    assert explained("act").startswith("# ACT: ")


@pytest.mark.parametrize("asked", ["", ".", "zzzzzz", ".."])
def test_what_is_nothing_at_all(asked: str) -> None:
    with pytest.raises(UnknownNameError, match="name a rule, a family of rules, a kind, or an option"):
        explained(asked)


def test_keys_that_must_be_there_come_first() -> None:
    required = [key.required for key in kind_keys(kinds()["pir"])]
    assert required == sorted(required, reverse=True)
    assert [key.name for key in kind_keys(kinds()["pir"])][:2] == ["type", "id"]
    assert next(iter(keys_of(Settings))).name == "as_of"
