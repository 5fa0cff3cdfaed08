"""The words of an action: a verb first, and what exactly will be different."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import phrase_pattern, quoted
from mkdocs_sre.documents.body import plain
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.action_items import ActionItems

# First words that tell nobody what to do. Words that are also verbs ("test", "review", "document") are not listed.
NON_VERBS = frozenset(files("mkdocs_sre.checks.act").joinpath("non_verbs.txt").read_text(encoding="utf-8").split())
VAGUE_PHRASES = (
    *(
        f"{verb} {thing}"
        for verb in ("improve", "better", "more", "enhance", "strengthen", "increase")
        for thing in (
            "monitoring",
            "alerting",
            "observability",
            "visibility",
            "documentation",
            "communication",
            "awareness",
            "testing",
            "resilience",
            "reliability",
        )
    ),
    "improve process",
    "improve processes",
    "as appropriate",
    "as needed",
    "as soon as possible",
    "be careful",
    "be more careful",
    "if possible",
    "keep an eye on",
    "look into",
    "pay attention",
    "pay more attention",
    "raise awareness",
    "think about",
    "where appropriate",
    "where possible",
)
_FIRST_WORD = re.compile(r"[\W_]*([^\W\d_]+(?:-[^\W\d_]+)*)")


@rule("ACT103", "action-without-verb", level=Level.INFO, since="0.1")
def action_without_verb(ledger: ActionItems) -> Iterator[Fault]:
    """The title of an action begins with a verb.

    Found are titles that begin with one of a list of words that are none, such as "better" and "the".

    ## Why
    "Monitoring of certificates" is a topic. "Alert on every certificate 14 days before it expires" can be done.

    ## Example
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Monitoring of certificates, owner: "@team-platform", due: 2026-03-20, state: open}
    ```

    ## Use instead
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Alert on every certificate 14 days before it expires, owner: "@team-platform", due: 2026-03-20, state: open}
    ```

    ## Source
    Requirements: post-incident review, "action items are concrete".
    """
    for index, action in enumerate(ledger.actions):
        match = _FIRST_WORD.match(action.title)
        if match and match[1].casefold() in NON_VERBS:
            place = ledger.value_at("actions", index, "title")
            yield fault(place, f"{action.id} begins with {quoted(match[1])}, which is no verb", "begin with what to do")


@rule("ACT104", "vague-action", level=Level.INFO, since="0.1")
def vague_action(ledger: ActionItems, context: Context) -> Iterator[Fault]:
    """An action says what exactly will be different when it is done.

    Found are listed phrases, such as "improve monitoring" and "look into", and those of the option `vague_phrases`.

    ## Why
    Nobody can tell when "improve monitoring" is done, so it is never done, or always.

    ## Example
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Improve monitoring, owner: "@team-platform", due: 2026-03-20, state: open}
    ```

    ## Use instead
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: "Add a latency alert for payments, p99 over 2 s", owner: "@team-platform", due: 2026-03-20, state: open}
    ```

    ## Source
    Requirements: post-incident review, "'Improve monitoring' is not an action item".
    """
    listed = phrase_pattern((*VAGUE_PHRASES, *context.settings.vague_phrases), articles=True)
    for index, action in enumerate(ledger.actions):
        match = listed.search(plain(action.title))
        if match:
            yield fault(
                ledger.value_at("actions", index, "title"),
                f"{quoted(match[0])} leaves open when {action.id} is done",
                "say what will be different, with a number",
            )
