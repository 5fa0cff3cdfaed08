"""Placeholders: each that is used is declared, and each that is declared is used."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.incident_process import IncidentProcess
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.placeholders import PLACEHOLDER, uses_in


def _uses(runbook: Runbook) -> Iterator[tuple[str, Location]]:
    """Yield every placeholder that the runbook uses, with its place: in dashboards and decisions, then in the text."""
    written = [(("dashboards", index, "url"), one.url) for index, one in enumerate(runbook.dashboards)]
    for index, one in enumerate(runbook.decide):
        texts = {"see": one.see, "is": one.means, "do": one.do}
        written += [(("decide", index, key), text) for key, text in texts.items() if text]
    for path, text in written:
        for name in PLACEHOLDER.findall(text):
            yield name, runbook.value_at(*path)
    for use in uses_in(runbook.body):
        yield use.name, Location(runbook.path, use.line, use.column)


@rule("RUN101", "undeclared-placeholder", level=Level.ERROR, since="0.1")
def undeclared_placeholder(runbook: Runbook) -> Iterator[Fault]:
    """A placeholder that commands, text, decisions or dashboards use is declared under `placeholders`.

    `${NAME}` is a placeholder where NAME is in capitals. It is none when a block of commands on the page sets it
    (`NAME=…`, `export`, `for NAME in`, `read NAME`), when every shell has it (`HOME`, `PATH`, `USER` and the like), when
    it is escaped (`\\${NAME}`), has a default (`${NAME:-…}`), or stands in a block of a language with this form of its
    own, such as `hcl` or `js`.

    ## Why
    The form on the page asks for declared values only. One that is not declared stays in the command, and a shell makes
    nothing of it: `rm -r /backup/${OLD}` then removes all of `/backup/`.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```sh
    kubectl -n ${NAMESPACE} get pods -l app=cart
    ```
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    placeholders:
      - name: NAMESPACE
        description: The namespace of cart, in the alert's label `namespace`.
        pattern: "[a-z0-9-]{1,63}"
    ---

    ```sh
    kubectl -n ${NAMESPACE} get pods -l app=cart
    ```
    ````

    ## Source
    Requirements: a placeholder that is used and not declared is an error.
    """
    declared = [placeholder.name for placeholder in runbook.placeholders]
    told = set(declared)
    for name, place in _uses(runbook):
        if name not in told:
            told.add(name)
            near = get_close_matches(name, declared, 1)
            cure = f"write `${{{near[0]}}}`, or declare it" if near else f"add `name: {name}`"
            yield fault(place, f"`${{{name}}}` is used and not declared", f"{cure} under `placeholders`")


@rule("RUN303", "unused-placeholder", level=Level.INFO, since="0.1")
def unused_placeholder(runbook: Runbook, context: Context) -> Iterator[Fault]:
    """A placeholder that is declared stands in a command, in the text, in a decision or in a dashboard's address.

    The words of an incident process, which are filled from the same form, count too.

    ## Why
    Each is a field of the form that a tired reader fills in. One that changes nothing costs a minute, and makes them
    doubt the others.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    placeholders:
      - name: POD
    ---

    Restart it: `kubectl rollout restart deployment/cart`.
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    placeholders:
      - name: POD
    ---

    Restart it: `kubectl delete pod ${POD}`.
    ```

    ## Source
    Requirements: a placeholder that is declared and unused is a finding.
    """
    if not runbook.placeholders:
        return
    used = {name for name, _ in _uses(runbook)} | set(PLACEHOLDER.findall(runbook.body.text))
    for process in context.base.of_kind(IncidentProcess):
        used.update(name for template in process.templates for name in PLACEHOLDER.findall(template.text))
    for index, placeholder in enumerate(runbook.placeholders):
        if placeholder.name not in used:
            yield fault(
                runbook.value_at("placeholders", index, "name"),
                f"the placeholder `{placeholder.name}` is not used",
                f"write `${{{placeholder.name}}}` where its value belongs, or take it out",
            )
