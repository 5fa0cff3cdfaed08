"""How long a waiver holds, and whether it still has something to waive."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.waivers import LONGEST_MONTHS, Waiving, last_day
from mkdocs_sre.documents.finding import Fault, Level


@rule("WVR106", "expired-waiver", level=Level.ERROR, since="0.1")
def expired_waiver(waiving: Waiving) -> Iterator[Fault]:
    """A waiver holds up to and including its day `until`; after that, what it waived counts again.

    "Today" is `as_of`: by default the day of the last commit. A scheduled job with `--as-of today` tells in time.

    ## Why
    The end was part of the promise. If the reason is still there, somebody decides so again and says until when.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: FRS103
        |     document: cart-sessions-lost
        |     reason: It is drilled on 12 February.
        |     by: "@team-checkout"
        |     until: 2026-02-15
    docs/sre/runbooks/cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/runbooks/cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | last_reviewed_on: 2026-02-12
        | review_in: 6 months
        | ---
    ```

    ## Source
    Requirements: an expired waiver is an error.
    """
    for effect in waiving.effects:
        if effect.matches and effect.expired:
            message = f"the waiver ended on {effect.waiver.until}"
            yield fault(effect.waiver.value_at("until"), message, "mend what it waived and remove it, or decide again")


@rule("WVR107", "waiver-too-long", level=Level.WARNING, since="0.1")
def waiver_too_long(waiving: Waiving) -> Iterator[Fault]:
    """A waiver ends within 12 months.

    ## Why
    Within a year the system and its people change, and nobody remembers what was waived. A fault that may stay for ever
    is a rule that does not suit you: set its level in the configuration.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: FRS103
        |     document: cart-sessions-lost
        |     reason: Nobody has time.
        |     by: "@team-checkout"
        |     until: 2036-12-31
    docs/sre/runbooks/cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
    ```

    ## Use instead
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: FRS103
        |     document: cart-sessions-lost
        |     reason: It is drilled on 14 April.
        |     by: "@team-checkout"
        |     until: 2026-04-30
    docs/sre/runbooks/cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: an acceptance lasts at most 12 months; so does a waiver.
    """
    last = last_day(waiving.as_of)
    for effect in waiving.effects:
        if effect.matches and effect.waiver.until > last:
            message = f"the waiver ends in more than {LONGEST_MONTHS} months"
            yield fault(effect.waiver.value_at("until"), message, f"end it by {last}, and decide again then")


@rule("WVR108", "unused-waiver", level=Level.WARNING, since="0.1")
def unused_waiver(waiving: Waiving) -> Iterator[Fault]:
    """A waiver covers findings that are there, and its `count` is no more than their number.

    ## Why
    What it waived has been mended. A waiver that is left behind lets the next fault of that kind through.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: FRS103
        |     document: cart-sessions-lost
        |     reason: It is drilled on 14 April.
        |     by: "@team-checkout"
        |     until: 2026-04-30
    docs/sre/runbooks/cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | last_reviewed_on: 2026-02-20
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/runbooks/cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | last_reviewed_on: 2026-02-20
        | ---
    ```

    ## Source
    Requirements: a waiver is for a fault that is there.
    """
    for effect in waiving.effects:
        if not effect.matches or effect.expired or effect.rule is None or effect.rule.code not in waiving.ran:
            continue
        waiver, found = effect.waiver, len(effect.covered)
        if not found:
            message = f"{effect.rule.code} finds nothing in {waiver.document} that is not waived already"
            yield fault(waiver.location, message, "remove the waiver")
        elif waiver.count is not None and found < waiver.count:
            message = f"the waiver covers {waiver.count} findings, {'1 is' if found == 1 else f'{found} are'} there"
            yield fault(waiver.value_at("count"), message, f"write `count: {found}`")
