"""What is promised: a number that can be computed with, that people can keep, and over a time that is clear."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mkdocs_sre.checks.doc.defects import defects
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.slo.amounts import at_most, length
from mkdocs_sre.checks.slo.judged import judged
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.documents.objective import RULE
from mkdocs_sre.reading.source import Source
from mkdocs_sre.slo.budgets import budget_seconds
from mkdocs_sre.slo.periods import nominal_seconds

# From the page to the first thing done: to wake up, to log in, to read what the page says. The SRE book asks for minutes
# where users see the failure, and nobody does better than this for long.
SECONDS_TO_ANSWER = 300


@rule("SLO102", RULE, level=Level.ERROR, since="0.1")
def objective_out_of_range(source: Source) -> Iterator[Fault]:
    """An objective is a plain number of percent, above 1 and below 100.

    ## Why
    100 % leaves no budget: no change can go out, and every burn rate is without end. `0.999` is a ratio; read as percent it
    lets 99.001 % fail, and no alert ever fires. What is meant is not guessed.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 0.999
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
    ```

    ## Source
    Beyer, Jones, Petoff, Murphy (eds.), "Site Reliability Engineering", chapter 3: 100 % is the wrong target for basically
    everything.
    """
    yield from defects(source, RULE)


@rule("SLO211", "indefensible-objective", level=Level.WARNING, since="0.1")
def indefensible_objective(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """A budget is at least the five minutes that it takes to answer a page.

    ## Why
    99.99 % over 30 days leaves 4.32 minutes. One failure that a person must end spends all of it before that person has
    logged in, however good they are. Such a promise is kept by machines alone, or by luck. Where machines keep it, say so
    in a waiver.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.99
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.95
    window: 30d
    ```

    ## Source
    Requirements: an objective that a person cannot defend; answering a page takes five minutes.
    """
    for target in judged(slo):
        period = nominal_seconds(target.window)
        budget = budget_seconds(target.allowed, period)
        if budget < SECONDS_TO_ANSWER:
            yield fault(
                slo.value_at(*target.key("objective")),
                f"{target.objective:f} % over {target.window} leaves {target.id} {length(budget)} of full outage, "
                f"and answering a page takes {length(SECONDS_TO_ANSWER)}",
                f"promise at most {at_most(1 - Fraction(SECONDS_TO_ANSWER, period))} %, over a longer window, "
                "or say in a waiver what keeps it without a person",
            )


@rule("SLO302", "calendar-window-without-time-zone", level=Level.INFO, since="0.1")
def calendar_window_without_time_zone(slo: ServiceLevelObjective, context: Context) -> Iterator[Fault]:
    """A calendar month or quarter says in which time zone it begins, by its `timezone` or the option of that name.

    ## Why
    Without one it begins at midnight in UTC. An outage in the night of the last day then counts for another month than
    the contract says, and the two reports disagree.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: calendar month
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: calendar month
    timezone: Europe/Amsterdam
    ```

    ## Source
    OpenSLO v1: a calendar-aligned time window has a time zone.
    """
    if judged(slo) and slo.window.calendar and slo.timezone is None and context.settings.timezone is None:
        yield fault(
            slo.value_at("window"),
            f"the {slo.window} of {slo.id} has no time zone, and begins at midnight in UTC",
            "add `timezone:`, such as `Europe/Amsterdam`, or set the option `timezone`",
        )
