"""What the text says of the objective, beside its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.slo.amounts import length
from mkdocs_sre.checks.slo.judged import judged
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.documents.location import Location
from mkdocs_sre.graph.words import listed
from mkdocs_sre.slo.budgets import budget_seconds
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.periods import nominal_seconds
from mkdocs_sre.slo.prose import BudgetClaim, PercentClaim, budgets_in, objectives_in, percents

if TYPE_CHECKING:
    from mkdocs_sre.slo.targets import Target

# Days of the shortest and the longest calendar month and quarter.
_CALENDAR_DAYS = {"month": (28, 31), "quarter": (90, 92)}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]")


@rule("SLO209", "prose-against-numbers", level=Level.WARNING, since="0.1")
def prose_against_numbers(slo: ServiceLevelObjective, context: Context) -> Iterator[Fault]:
    """Title, behaviour and text give the numbers that the keys give.

    Looked at are percentages of 90 and more in the title and the behaviour; in the text those that it calls the objective,
    the target, the SLO or what we promise, and lengths of time that it calls the budget. Sentences on what was or would be,
    or with the name of another service or objective, are left alone.

    ## Why
    People read the sentence, alerts follow the key. Where they differ, one of both was forgotten in a change, and the
    next reader cannot know which.

    ## Example
    ```markdown
    ---
    type: slo
    id: payments-authorise
    service: payments
    behaviour: 99.95 % of card payments are answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    ---
    # Card payments are answered

    ## Rationale

    Over 30 days the budget is 21.6 minutes.
    ```

    ## Use instead
    ```markdown
    ---
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    ---
    # Card payments are answered

    ## Rationale

    Over 30 days the budget is 43.2 minutes.
    ```

    ## Source
    Requirements: prose that disagrees with the numbers is found.
    """
    targets = judged(slo)
    if targets:
        yield from _other_percents(slo, targets, context)
        yield from _other_budgets(slo, targets, context)


def _other_percents(slo: ServiceLevelObjective, targets: tuple[Target, ...], context: Context) -> Iterator[Fault]:
    known = _known(slo, targets)
    given = [f"{target.objective:f} %" for target in targets]
    told = f"`objective` is {listed(given)}"
    cure = f"write {given[0] if len(given) == 1 else 'one of these'}, or correct `objective`"
    for key, path, text in _short_texts(slo):
        for claim in percents(text):
            if claim.percent not in known:
                said = f"`{key}` of {slo.id} says {claim.text} %, and {told}"
                yield fault(slo.value_at(*path), said, cure, slo.value_at("objective"))
    for claim in objectives_in(slo.body.text):
        if claim.percent not in known and not _is_of_another(slo, claim, context):
            said = f"the text of {slo.id} says {claim.text} %, and {told}"
            yield fault(_place(slo, claim), said, cure, slo.value_at("objective"))


def _other_budgets(slo: ServiceLevelObjective, targets: tuple[Target, ...], context: Context) -> Iterator[Fault]:
    for claim in budgets_in(slo.body.text, Fraction(nominal_seconds(slo.window), DAY)):
        if not any(_agrees(claim, target) for target in targets) and not _is_of_another(slo, claim, context):
            yield fault(
                _place(slo, claim),
                f"the text of {slo.id} says that the budget is {claim.text}, and {_budgets(targets)}",
                "correct it, or leave the number to the page, which computes it",
                slo.value_at("objective"),
            )


def _short_texts(slo: ServiceLevelObjective) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    if slo.title:
        yield "title", ("title",), slo.title
    yield "behaviour", ("behaviour",), slo.behaviour
    for index, one in enumerate(slo.objectives):
        if one.behaviour:
            yield f"objectives.{index}.behaviour", ("objectives", index, "behaviour"), one.behaviour


def _known(slo: ServiceLevelObjective, targets: tuple[Target, ...]) -> set[Fraction]:
    """Return the numbers of percent that the keys give: a text may repeat each."""
    slices = [target.sli.slices.good_percent for target in targets if target.sli.slices]
    given = [slo.sla.objective if slo.sla else None, slo.evidence.measured if slo.evidence else None, *slices]
    return {Fraction(one) for one in (*given, *(target.objective for target in targets)) if one is not None}


def _agrees(claim: BudgetClaim, target: Target) -> bool:
    days = _CALENDAR_DAYS.get(target.window.calendar)
    least, most = (days[0] * DAY, days[1] * DAY) if days else (nominal_seconds(target.window),) * 2
    return claim.agrees(budget_seconds(target.allowed, least), budget_seconds(target.allowed, most))


def _budgets(targets: tuple[Target, ...]) -> str:
    period = nominal_seconds(targets[0].window)
    budgets = (f"{target.objective:f} % leaves {length(budget_seconds(target.allowed, period))}" for target in targets)
    return f"over {targets[0].window} {listed(budgets)}"


def _is_of_another(slo: ServiceLevelObjective, claim: PercentClaim | BudgetClaim, context: Context) -> bool:
    """Whether the sentence names another service or objective."""
    names = {match[0].lower() for match in _NAME.finditer(claim.sentence)} - {slo.id.lower(), slo.service.lower()}
    entries = (context.base.find(name) for name in names)
    return any(entry is not None and entry.document is not slo for entry in entries)


def _place(slo: ServiceLevelObjective, claim: PercentClaim | BudgetClaim) -> Location:
    return Location(slo.path, slo.body.first_line + slo.body.text.count("\n", 0, claim.start))
