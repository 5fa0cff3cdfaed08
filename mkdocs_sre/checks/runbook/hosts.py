"""Machines that are written into commands."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.commands import DATABASES, typed_in
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.machines import machines_in

_PLACEHOLDERS = {"the pod": "POD", "the address": "ADDRESS", "the machine": "HOST", "the host": "HOST"}


@rule("RUN204", "literal-host-in-command", level=Level.WARNING, since="0.1")
def literal_host_in_command(runbook: Runbook) -> Iterator[Fault]:
    """A command names no single machine, address or pod; a placeholder stands there.

    Found are IP addresses, names of pods with their hash, names that a cloud gives (`ip-10-0-3-17`, `i-…`,
    `….rds.amazonaws.com`), and hosts behind `ssh`, `ping`, `--host` and the like. Networks (`10.0.0.0/8`), `localhost`,
    `127.0.0.1`, services of the cluster (`….svc`), names and addresses for documentation (`….example`, `192.0.2.1`) and
    well-known resolvers may stand. In a transcript with prompts, output is not looked at.

    ## Why
    The pod of last March is gone. A command that names it fails at best; at worst it reaches another machine that has
    the address now.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```sh
    kubectl logs cart-7d9c5b8f64-x2x7k
    ```
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    placeholders:
      - name: POD
        description: The pod, in the alert's label `pod`.
    ---

    ```sh
    kubectl logs ${POD}
    ```
    ````

    ## Source
    Requirements: a host, address or pod hash written into a command where a placeholder belongs. Addresses for
    documentation: RFC 5737 and RFC 3849, names: RFC 2606.
    """
    for block in runbook.body.code_blocks:
        if block.language.lower() not in DATABASES:
            for command in typed_in(block):
                for machine in machines_in(command.written):
                    yield fault(
                        Location(runbook.path, command.line_at(machine.position)),
                        f"{machine.what} {quoted(machine.text)} stands in a command",
                        f"put a placeholder there, such as `${{{_PLACEHOLDERS[machine.what]}}}`, and declare it",
                    )
