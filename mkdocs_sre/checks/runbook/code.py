"""Code blocks of runbooks: they say their language, and hold commands as they are typed."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.commands import TRANSCRIPTS, lines_with_prompt, may_be_commands
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location


@rule("RUN301", "code-without-language", level=Level.INFO, since="0.1")
def code_without_language(runbook: Runbook) -> Iterator[Fault]:
    """A code block says its language, such as `sh`, `promql`, `sql` or `text`.

    ## Why
    The language tells what is to be run from what is seen. Only what is to be run gets a button that copies it, and
    only what has a language is coloured.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```
    kubectl get pods -l app=cart
    ```
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```sh
    kubectl get pods -l app=cart
    ```
    ````

    ## Source
    Requirements: code without a language is a finding.
    """
    for block in runbook.body.code_blocks:
        if not block.language:
            yield fault(
                Location(runbook.path, block.line),
                "the code block does not say its language",
                "add it behind the fence: `sh` for commands, `text` for what is only shown",
            )


@rule("RUN302", "prompt-in-command", level=Level.INFO, since="0.1")
def prompt_in_command(runbook: Runbook) -> Iterator[Fault]:
    """Commands stand without the shell's prompt.

    A block of the language `console` is a transcript: there a prompt tells commands from output, and the button copies
    the commands alone.

    ## Why
    What is selected and pasted with `$ ` in front does not run.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```sh
    $ kubectl get pods -l app=cart
    ```
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```sh
    kubectl get pods -l app=cart
    ```
    ````

    ## Source
    Requirements: prompts in commands are a finding.
    """
    for block in runbook.body.code_blocks:
        if may_be_commands(block) and block.language.lower() not in TRANSCRIPTS:
            for line in lines_with_prompt(block):
                yield fault(
                    Location(runbook.path, line),
                    "the command begins with a prompt",
                    "take it off, or call the block `console` when it shows output too",
                )
                break
