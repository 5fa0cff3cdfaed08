"""What an incident did: in numbers, and to the service level objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_sre.checks.pir.incident import key_or_id
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.standing import severity_of

IMPACT = "Impact"
WITHOUT_USERS = "SEV4"  # no user noticed, so there is nothing to count

_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
# Figures that measure nothing: addresses, dates, clock times, tickets, names with digits, status codes, list numbers.
_NO_QUANTITY = re.compile(
    rf"""\]\([^)]*\) | https?://\S+
    | \d{{4}}-\d{{2}}-\d{{2}} | \b\d{{1,2}}:\d{{2}}(?::\d{{2}})?\b
    | \b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\b(?:\s+\d{{4}})? | \b(?:{_MONTHS})\s+\d{{1,2}}\b(?:,?\s+\d{{4}})?
    | \#\d+ | \b[A-Za-z]\w*(?:-\w+)*-\d[\w.-]* | \b[A-Za-z]\w*\d[\w.]* | \bSEV\s\d\b
    | \bHTTP\s+(?:status\s+)?[1-5]\d\d\b | ^\s*\d+[.)]\s""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_COUNTED = re.compile(
    r"""\d | \b(?:half|none|nobody|zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b
    | \bno\s+(?:user|customer|client|order|payment|request|data|money|revenue)s?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BUDGET = re.compile(r"\bSLOs?\b|\berror\s+budget|\bservice\s+level\s+objective", re.IGNORECASE)


@rule("PIR110", "impact-without-numbers", level=Level.WARNING, since="0.1")
def impact_without_numbers(pir: Pir, context: Context) -> Iterator[Fault]:
    """The impact of an incident is a number: users, requests, orders, money.

    Numbers under `impact` count, and numbers in the section Impact, but not dates and clock times. An incident that no
    user noticed (SEV4) needs none.

    ## Why
    "Some users noticed" cannot be compared with what the cure would cost.

    ## Example
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    ---
    ## Impact

    Some customers could not pay between 14:02 and 14:41.
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    impact:
      - {label: Payments failing, value: 50 %, note: "of 2,360 attempts"}
      - {label: Orders lost, value: 590}
    ```

    ## Source
    Requirements: post-incident review, "impact is quantified: duration, number of affected users, error rates, and
    financial impact where measurable".
    """
    if severity_of(pir.severity, context.settings) == WITHOUT_USERS:
        return
    section = pir.body.section(IMPACT)
    facts = [f"{fact.value} {fact.unit or ''}" for fact in pir.impact]
    if any(is_counted(text) for text in [*facts, section.text if section else ""]):
        return
    yield fault(
        key_or_id(pir, "impact"),
        "the impact has no number",
        "add users, requests, orders or money under `impact`, each with `label` and `value`",
    )


def is_counted(text: str) -> bool:
    """Whether a text says how many or how much.

    >>> is_counted("Half of 2,360 attempts"), is_counted("SEV1 on 2026-02-24 from 14:02")
    (True, False)
    """
    return _COUNTED.search(_NO_QUANTITY.sub(" ", text)) is not None


@rule("PIR111", "no-slo-cost", level=Level.WARNING, since="0.1")
def no_slo_cost(pir: Pir, context: Context) -> Iterator[Fault]:
    """A review says what the incident cost the service level objectives, or why it cost nothing.

    `slo_impact`, `no_slo_impact`, or a word about the objective or its error budget in the section Impact will do. An
    incident that no user noticed (SEV4) needs none.

    ## Why
    Budgets are drawn from these numbers. An incident that is missing there makes the service look better than it was.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    slo_impact:
      - {slo: payments-authorise, failing_percent: 50}
    ```

    ## Source
    Requirements: post-incident review, "impact is quantified"; SLO definition, the error budget and its policy.
    """
    if pir.slo_impact or pir.no_slo_impact or severity_of(pir.severity, context.settings) == WITHOUT_USERS:
        return
    section = pir.body.section(IMPACT)
    if section is None or not _BUDGET.search(section.text):
        yield fault(
            key_or_id(pir, "slo_impact"),
            "nothing says what the incident cost a service level objective",
            "add `slo_impact:` with `slo` and `failing_percent`, or the reason under `no_slo_impact:`",
        )
