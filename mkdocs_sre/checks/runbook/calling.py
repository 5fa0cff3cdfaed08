"""Whom a runbook calls, and which alert it names itself after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_sre.analyses.alerts import alerts_of, is_paging
from mkdocs_sre.analyses.escalation import owner_of, policy_of
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location

_SECTION = "Escalation"
_ALERT_NAME = re.compile(r"[A-Za-z]*[a-z0-9][A-Z][A-Za-z0-9]*")  # words in one, each but the first with a capital


def _paging(runbook: Runbook, context: Context) -> str:
    """Return why the runbook's alerts wake somebody: the severity that says so; empty when they do not."""
    own = runbook.severity or ""
    if is_paging(context.base, own):
        return own
    return next((one.severity for one in alerts_of(context.base).of_runbook(runbook) if one.paging), "")


@rule("RUN205", "runbook-without-escalation", level=Level.WARNING, since="0.1")
def runbook_without_escalation(runbook: Runbook, context: Context) -> Iterator[Fault]:
    """A runbook whose alert wakes somebody says whom to call when its steps do not help.

    The key `escalation`, a section Escalation that says something, the policy that answers for its service or its owner,
    or the `escalation` of its owner among the known owners count. An alert wakes somebody when the runbook's `severity`,
    or the label `severity` of a rule that leads to it or that it names under `alerts`, is one of `alerts.paging`.

    ## Why
    Who is alone with it at three in the morning tries the fourth step again, when a call would have ended it.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    severity: P1
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    severity: P1
    escalation: "@duty-lead"
    ```

    ## Source
    Requirements: a runbook without owner or escalation is a finding.
    """
    section = runbook.body.section(_SECTION)
    owner = owner_of(context.base, runbook.owner)
    policy = policy_of(context.base, runbook.service, runbook.owner)
    if runbook.escalation or (section and section.text.strip()) or policy or (owner and owner.escalation):
        return
    severity = _paging(runbook, context)
    if severity:
        yield fault(
            runbook.at("id"),
            f"runbook {runbook.id} is for `{severity}` and names nobody to call next",
            "add `escalation:`, a policy's id, a team or a channel",
        )


@rule("RUN206", "heading-is-not-the-alert", level=Level.INFO, since="0.1")
def heading_is_not_the_alert(runbook: Runbook) -> Iterator[Fault]:
    """A runbook whose heading is the name of an alert is for that alert.

    Looked at is a first heading of one word with capitals inside, such as `CartSessionsLost`. It is one of `alerts`;
    without that key it is the id. A heading in plain words is never a finding.

    ## Why
    People check by the heading that they are on the right page, and an alert that was renamed leaves its old name
    there.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    alerts: [CartSessionsLost]
    ---

    # CartCacheEmpty
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    alerts: [CartSessionsLost]
    ---

    # CartSessionsLost
    ```

    ## Source
    Requirements: a first heading, or a named alert, that is not the alert's name.
    """
    title = runbook.body.title
    if not _ALERT_NAME.fullmatch(title):
        return
    heading = next(heading for heading in runbook.body.headings if heading.level == 1)
    named = runbook.alerts or ([runbook.id] if _ALERT_NAME.fullmatch(runbook.id) else [])
    if named and title not in named:
        yield fault(
            Location(runbook.path, heading.line),
            f"the heading is `{title}`, the alert `{named[0]}`",
            "give both the name that the rule file has",
            runbook.value_at("alerts", 0) if runbook.alerts else runbook.value_at("id"),
        )
