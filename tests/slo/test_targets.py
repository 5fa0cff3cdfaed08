"""The objectives of a document: what is its own, what is the document's."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mkdocs_sre.documents.objective import parse_objective
from mkdocs_sre.slo.targets import targets_of
from tests.slo.objectives import slo


def test_a_document_and_its_further_objectives() -> None:
    document = slo(
        alerting={"name": "Main"},
        objectives=[
            {"name": "fast", "objective": "99", "behaviour": "It answers within 1 s."},
            {"name": "own", "objective": "95.5", "sli": {"raw": "x", "source": "datadog"}, "alerting": {"name": "Own"}},
        ],
    )
    main, fast, own = targets_of(document)
    assert [(one.id, one.name, one.path) for one in (main, fast, own)] == [
        ("payments-authorise", "authorise", ()),
        ("payments-authorise-fast", "authorise-fast", ("objectives", 0)),
        ("payments-authorise-own", "authorise-own", ("objectives", 1)),
    ]
    assert [one.behaviour for one in (main, fast, own)] == ["It answers.", "It answers within 1 s.", "It answers."]
    assert [one.sli.form for one in (main, fast, own)] == ["events", "events", "raw"]
    assert [one.alerting.name for one in (main, fast, own) if one.alerting] == ["Main", "Main", "Own"]
    assert [one.allowed for one in (main, fast, own)] == [Fraction(1, 1000), Fraction(1, 100), Fraction(45, 1000)]
    assert fast.key("objective") == ("objectives", 0, "objective")
    assert fast.key("sli", "good") == ("sli", "good")
    assert own.key("sli", "raw") == ("objectives", 1, "sli", "raw")


@pytest.mark.parametrize(
    ("id_", "service", "name"),
    [
        ("payments-authorise", "payments", "authorise"),
        ("Payments-authorise", "payments", "authorise"),
        ("payments", "payments", "payments"),
        ("payments-", "payments", "payments-"),
        ("paymentsx", "payments", "paymentsx"),
        ("other", "payments", "other"),
    ],
)
def test_names_without_the_service(id_: str, service: str, name: str) -> None:
    assert targets_of(slo(id=id_, service=service))[0].name == name


@given(st.decimals(min_value="1.000001", max_value="99.999999", places=6))
def test_the_objective_is_the_number_that_is_written(value: object) -> None:
    (target,) = targets_of(slo(objective=str(value)))
    assert target.ratio + target.allowed == 1
    assert target.ratio * 100 == Fraction(str(value)) == Fraction(parse_objective(str(value)))


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        ("100", "promise less, such as 99.9"),
        ("100.000", "promise less, such as 99.9"),
        ("0", "say how much must be good, such as 99.9"),
        ("-1", "say how much must be good, such as 99.9"),
        ("99.9%", "did you mean 99.9?"),
        ("99.9 %", "did you mean 99.9?"),
        ("99,95", "did you mean 99.95?"),
        ("0.999", "did you mean 99.9?"),
        ("0.001", "did you mean 99.9?"),
        ("1", "promise less than 100, such as 99.9"),
        ("999", "did you mean 99.9?"),
        ("9995", "did you mean 99.95?"),
        ("150", "promise less than 100, such as 99.9"),
        ("100%", "promise less than 100, such as 99.9"),
    ],
)
def test_what_was_probably_meant(value: str, cure: str) -> None:
    with pytest.raises(ValidationError) as raised:
        slo(objective=value)
    (error,) = raised.value.errors()
    assert error["ctx"]["rule"] == "objective-out-of-range"
    assert error["ctx"]["cure"] == cure
