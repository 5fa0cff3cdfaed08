"""What a waiver says: its form, its rule, its document."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.registry import FAMILIES, nearest
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.waivers import IMMUTABILITY, Waiving, unwaivable
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.reading.waivers import DEFECT


@rule("WVR101", "malformed-waiver", level=Level.ERROR, since="0.1")
def malformed_waiver(waiving: Waiving) -> Iterator[Fault]:
    """The waivers file can be read, and each waiver says which rule, which document, why, who and until when.

    A waiver that lacks one of them waives nothing. `count` may be added: at most so many findings.

    ## Why
    A waiver without a reason or an end is a fault that everybody forgets. A file that is half read would let through
    what nobody meant to let through.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: ACT103
        |     document: actions-2026
        |     reason: The vendor words the ticket.
        |     by: "@team-data"
    ```

    ## Use instead
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: ACT103
        |     document: actions-2026
        |     reason: The vendor words the ticket.
        |     by: "@team-data"
        |     until: 2026-03-31
    ```

    ## Source
    Requirements: waivers live in one file: rule, document, reason, who, until.
    """
    return (defect.fault for defect in waiving.file.defects if defect.name == DEFECT)


@rule("WVR102", "waiver-of-unknown-rule", level=Level.ERROR, since="0.1")
def waiver_of_unknown_rule(waiving: Waiving) -> Iterator[Fault]:
    """A waiver names a rule, by its code or its name.

    ## Why
    A mistyped rule waives nothing. A whole family would waive rules that nobody has thought of; `levels` in the
    configuration is for that.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: isolated-documents
        |     document: cart.md
        |     reason: The service gets its page next week.
        |     by: "@team-checkout"
        |     until: 2026-03-31
    cart.md
        | # Cart
    ```

    ## Use instead
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: isolated-document
        |     document: cart.md
        |     reason: The service gets its page next week.
        |     by: "@team-checkout"
        |     until: 2026-03-31
    cart.md
        | # Cart
    ```

    ## Source
    Requirements: waivers live in one file: rule, document, reason, who, until.
    """
    for effect in waiving.effects:
        text = effect.waiver.rule
        if effect.rule is None and not text.upper().startswith(IMMUTABILITY):
            near = nearest(text)
            hint = f"did you mean `{near}`?" if near and near not in FAMILIES else "name the code of one rule"
            what = f"`{text}` is a family of rules" if text.strip().upper() in FAMILIES else f"`{text}` is no rule"
            yield fault(effect.waiver.value_at("rule"), what, hint)


@rule("WVR103", "waiver-of-unknown-document", level=Level.ERROR, since="0.1")
def waiver_of_unknown_document(waiving: Waiving) -> Iterator[Fault]:
    """A waiver names a document that exists, by its id or by its path below the docs folder.

    ## Why
    The waiver of a document that was renamed or removed waives nothing, and would come back to life with the next
    document of that name.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: FRS101
        |     document: cart-session-lost
        |     reason: Its owner is back on 9 March.
        |     by: "@team-checkout"
        |     until: 2026-03-31
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
        |   - rule: FRS101
        |     document: cart-sessions-lost
        |     reason: Its owner is back on 9 March.
        |     by: "@team-checkout"
        |     until: 2026-03-31
    docs/sre/runbooks/cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: waivers live in one file: rule, document, reason, who, until.
    """
    for effect in waiving.effects:
        if effect.target is None:
            text = effect.waiver.document
            near = waiving.base.nearest(text)
            hint = (
                f"did you mean `{near}`?"
                if near
                else "name an id or a path below the docs folder, or remove the waiver"
            )
            yield fault(effect.waiver.value_at("document"), f"`{text}` is no document", hint)


@rule("WVR104", "rule-that-cannot-be-waived", level=Level.ERROR, since="0.1")
def rule_that_cannot_be_waived(waiving: Waiving) -> Iterator[Fault]:
    """No waiver is for a rule about final reviews, about waivers, or about files that cannot be read.

    ## Why
    A final review is evidence, and nobody can allow it to be changed. A file that cannot be read is not checked, so a
    waiver for it would hide every other fault in it.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - rule: malformed-front-matter
        |     document: cart.md
        |     reason: The tool that writes it is broken.
        |     by: "@team-checkout"
        |     until: 2026-03-31
    cart.md
        | ---
        | type: runbook
        | owner: @team-checkout
        | ---
    ```

    ## Use instead
    ```tree
    cart.md
        | ---
        | type: runbook
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: IMM findings cannot be waived.
    """
    for effect in waiving.effects:
        immutable = effect.rule is None and effect.waiver.rule.upper().startswith(IMMUTABILITY)
        if immutable or (effect.rule is not None and not effect.waivable):
            why = unwaivable(effect.rule.family, effect.rule.name) if effect.rule else unwaivable(IMMUTABILITY, "")
            message = f"`{effect.waiver.rule}` cannot be waived: {why}"
            yield fault(effect.waiver.value_at("rule"), message, "remove the waiver, and mend what the rule finds")


@rule("WVR105", "duplicate-waiver", level=Level.ERROR, since="0.1")
def duplicate_waiver(waiving: Waiving) -> Iterator[Fault]:
    """No two waivers are for the same rule in the same document.

    ## Why
    Only the first of them counts. Whoever renews the other one believes that it was renewed.

    ## Example
    ```tree
    sre-waivers.yml
        | waivers:
        |   - {rule: FRS102, document: cart.md, reason: Its owner is ill., by: "@team-checkout", until: 2026-03-31}
        |   - {rule: review-expired, document: cart.md, reason: The service moves., by: "@team-data", until: 2026-06-30}
    cart.md
        | # Cart
    ```

    ## Use instead
    ```tree
    sre-waivers.yml
        | waivers:
        |   - {rule: FRS102, document: cart.md, reason: The service moves., by: "@team-data", until: 2026-06-30}
    cart.md
        | # Cart
    ```

    ## Source
    Requirements: a waiver has one reason and one end.
    """
    for effect in waiving.effects:
        if effect.earlier is not None and effect.rule is not None:
            message = f"{effect.rule.code} in {effect.waiver.document} is waived a second time"
            yield fault(effect.waiver.location, message, "keep one of the two", effect.earlier.location)
