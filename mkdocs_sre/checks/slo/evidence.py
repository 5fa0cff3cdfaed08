"""Objectives beside what was measured, and beside what a contract promises."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.slo.judged import judged
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.slo.budgets import spent_share
from mkdocs_sre.slo.decimals import ratio_percent


@rule("SLO206", "slo-without-evidence", level=Level.WARNING, since="0.1")
def slo_without_evidence(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """An objective that is kept has a measurement that shows that it can be.

    A draft need not have one yet.

    ## Why
    A target that nobody measured first is a wish. When it is missed in the first month, nobody believes the second one.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    evidence: {period: 90 days to 2026-01-10, measured: 99.93, source: monthly report}
    ```

    ## Source
    Requirements: evidence that the objective is achievable, with period, measured value and source.
    """
    if slo.in_force and slo.evidence is None:
        yield fault(
            slo.at("id"),
            f"nothing shows that {slo.id} can keep {slo.objective:f} %",
            "add `evidence:` with `period`, `measured` and `source`",
        )


@rule("SLO207", "evidence-below-objective", level=Level.WARNING, since="0.1")
def evidence_below_objective(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """What was measured is at least what is promised.

    ## Why
    The budget is spent before the objective begins. Either the promise is too high, or work is needed that the policy would
    have to ask for from the first day.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    evidence: {period: 30d, measured: 99.82}
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    evidence: {period: 30d, measured: 99.93}
    ```

    ## Source
    Requirements: evidence that the objective is achievable.
    """
    if not judged(slo) or slo.evidence is None or slo.evidence.measured >= slo.objective:
        return
    if slo.evidence.measured <= 1:
        yield fault(
            slo.value_at("evidence", "measured"),
            f"{slo.evidence.measured:f} % measured for {slo.id} is a ratio where a number of percent belongs",
            f"did you mean {(slo.evidence.measured * 100).normalize():f}?",
        )
    else:
        yield fault(
            slo.value_at("evidence", "measured"),
            f"{slo.id} promises {slo.objective:f} %, and {slo.evidence.measured:f} % were measured over {slo.evidence.period}: "
            f"{ratio_percent(spent_share(slo.objective, slo.evidence.measured))} of such a budget",
            f"promise at most {slo.evidence.measured:f} %, or make it a draft until that is reached",
            slo.value_at("objective"),
        )


@rule("SLO208", "slo-looser-than-sla", level=Level.WARNING, since="0.1")
def slo_looser_than_sla(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """An objective promises at least what the contract about the same behaviour does.

    With several objectives in a document, the strictest counts.

    ## Why
    Teams act by the objective. Below the contract, everything is in order in their eyes while a breach is being paid for.
    Better the objective is stricter, so that it is missed first.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    sla: {objective: 99.95, penalty: 10 % of the monthly fee}
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    sla: {objective: 99.5, penalty: 10 % of the monthly fee}
    ```

    ## Source
    "Site Reliability Engineering", chapter 4: keep a safety margin, a tighter internal objective than the one advertised.
    """
    strictest = max((target.objective for target in judged(slo)), default=None)
    if slo.sla is not None and strictest is not None and strictest < slo.sla.objective:
        yield fault(
            slo.value_at("objective"),
            f"{slo.id} promises {strictest:f} %, less than the {slo.sla.objective:f} % of its SLA",
            f"promise more than {slo.sla.objective:f} %, so that the objective is missed before the contract",
            slo.at("sla"),
        )
