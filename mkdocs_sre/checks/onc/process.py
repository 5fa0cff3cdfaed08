"""Severities and words of an incident process."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.incident_process import IncidentProcess
from mkdocs_sre.documents.standing import severity_of


@rule("ONC106", "severity-twice", level=Level.ERROR, since="0.1")
def severity_twice(process: IncidentProcess) -> Iterator[Fault]:
    """A process says what a severity means once, and at which one the incidents of an alert begin.

    ## Why
    With two meanings of one name, one person calls nobody where another wakes the head of technology. The same holds for
    the severity of an alert that two of them claim.

    ## Example
    ```yaml
    type: incident-process
    id: incidents
    owner: "@duty-lead"
    severities:
      - {name: SEV1, means: Nobody can buy.}
      - {name: sev1, means: Some cannot buy.}
    roles:
      - {name: Commander, duties: Decides.}
    ```

    ## Use instead
    ```yaml
    type: incident-process
    id: incidents
    owner: "@duty-lead"
    severities:
      - {name: SEV1, means: Nobody can buy.}
      - {name: SEV2, means: Some cannot buy.}
    roles:
      - {name: Commander, duties: Decides.}
    ```

    ## Source
    Requirements: severity levels with clear criteria for each.
    """
    names: dict[str, int] = {}
    alerts: dict[str, tuple[int, int]] = {}
    for index, one in enumerate(process.severities):
        first = names.setdefault(one.name.strip().casefold(), index)
        if first != index:
            yield fault(
                process.value_at("severities", index, "name"),
                f"{process.id} says twice what {one.name} means",
                "give each severity one entry",
                process.value_at("severities", first, "name"),
            )
        for position, alert in enumerate(one.alerts):
            before = alerts.setdefault(alert.strip().casefold(), (index, position))
            if before != (index, position):
                yield fault(
                    process.value_at("severities", index, "alerts", position),
                    f"alerts of {alert} begin at {process.severities[before[0]].name} and at {one.name}",
                    "name each severity of an alert once",
                    process.value_at("severities", before[0], "alerts", before[1]),
                )


@rule("ONC107", "words-for-no-severity", level=Level.ERROR, since="0.1")
def words_for_no_severity(process: IncidentProcess, context: Context) -> Iterator[Fault]:
    """A communication template is for severities that the process has.

    ## Why
    Words for a severity that does not exist are shown on no runbook, so somebody writes to customers from scratch, in a
    hurry.

    ## Example
    ```yaml
    type: incident-process
    id: incidents
    owner: "@duty-lead"
    severities:
      - {name: SEV1, means: Nobody can buy.}
    roles:
      - {name: Commander, duties: Decides.}
    templates:
      - {title: First notice, audience: status page, severities: [SEV0], text: The shop is down.}
    ```

    ## Use instead
    ```yaml
    type: incident-process
    id: incidents
    owner: "@duty-lead"
    severities:
      - {name: SEV1, means: Nobody can buy.}
    roles:
      - {name: Commander, duties: Decides.}
    templates:
      - {title: First notice, audience: status page, severities: [SEV1], text: The shop is down.}
    ```

    ## Source
    Requirements: communication templates, who to notify, when, and what to say at each stage.
    """
    known = {_canonical(one.name, context) for one in process.severities}
    for index, template in enumerate(process.templates):
        for position, name in enumerate(template.severities):
            if _canonical(name, context) not in known:
                yield fault(
                    process.value_at("templates", index, "severities", position),
                    f"“{template.title}” is for {name}, which is no severity of {process.id}",
                    f"name one of {', '.join(one.name for one in process.severities)}",
                )


def _canonical(name: str, context: Context) -> str:
    return severity_of(name, context.settings) or name.strip().casefold()
