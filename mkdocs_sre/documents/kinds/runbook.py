"""Runbooks."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from mkdocs_sre.documents.base import Part, ReviewedDocument
from mkdocs_sre.documents.values import AnyId, Identifier, PastDay, Reference, ServiceId, Team, Text, Texts


class Placeholder(Part):
    """A value that the reader puts into commands in place of `${NAME}`."""

    name: Annotated[Text, Field(description="The name between `${` and `}`.", pattern=r"^[A-Z][A-Z0-9_]*$")]
    description: Annotated[Text | None, Field(description="What to put there and where to find it.")] = None
    pattern: Annotated[Text | None, Field(description="A regular expression that the whole value must match.")] = None
    example: Annotated[Text | None, Field(description="A value that would be right.")] = None
    default: Annotated[Text | None, Field(description="The value when nothing is given.")] = None


class Drill(Part):
    """One exercise of the runbook, or one incident that it was used in."""

    on: Annotated[PastDay, Field(description="The day.")]
    by: Annotated[Team | None, Field(description="Who followed it.")] = None
    result: Annotated[Literal["passed", "failed"], Field(description="Whether it led where it should.")] = "passed"
    evidence: Annotated[AnyId | None, Field(description="The review or experiment that tells of it.")] = None
    notes: Annotated[Text | None, Field(description="What was learned.")] = None


class Dashboard(Part):
    """A page with live data to look at."""

    title: Annotated[Text, Field(description="What it shows.")]
    url: Annotated[Text, Field(description="Its address; may hold `${PLACEHOLDER}`.")]


class Decision(Part):
    """One way to go on: what is seen, what that means, and what to do then."""

    see: Annotated[Text, Field(description="What is seen.")]
    means: Annotated[Text | None, Field(alias="is", description="What it is.")] = None
    do: Annotated[Text | None, Field(description="What to do; `step 3` becomes a link to it.")] = None
    risk: Annotated[
        Literal["read-only", "reversible", "destructive"] | None,
        Field(description="The risk of that; that of the step when left out."),
    ] = None
    runbook: Annotated[
        Annotated[Identifier, Reference(("runbook",))] | None, Field(description="The runbook to go on with instead.")
    ] = None
    evidence: Annotated[AnyId | None, Field(description="The review or experiment in which it was so.")] = None


class Runbook(ReviewedDocument):
    """What to do when an alert fires or a procedure is due: detection, triage, mitigation, verification.

    A runbook is written for somebody who has never seen the service and was asleep a minute ago. It says how to
    tell a true alert from a false one, which command is safe to run first, what normal looks like again, and whom to
    call when its steps do not help.
    """

    kind: ClassVar[str] = "runbook"
    label: ClassVar[str] = "Runbook"
    plural: ClassVar[str] = "Runbooks"
    folder: ClassVar[str] = "sre/runbooks"
    rank: ClassVar[int] = 10
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {
        "detection": ("Detection", "Triage", "Mitigation", "Verification", "Communication", "Escalation"),
        "meaning": ("Meaning", "Impact", "Diagnosis", "Mitigation"),
        "symptoms": ("Symptoms", "Impact", "Quick Diagnosis", "Resolution Steps", "Escalation"),
    }

    owner: Annotated[Team, Field(description="The team that keeps it true.")]
    service: Annotated[ServiceId | None, Field(description="The service that it is about.")] = None
    alerts: Annotated[Texts, Field(description="The names of the alerts that lead here.")] = []
    form: Annotated[
        Literal["alert-response", "procedure", "troubleshooting", "emergency"] | None,
        Field(description="What sort of runbook it is."),
    ] = None
    severity: Annotated[Text | None, Field(description="The severity of its alerts: P1 to P4, or your label.")] = None
    impact: Annotated[Text | None, Field(description="What users feel, in one sentence.")] = None
    escalation: Annotated[
        Annotated[Text, Reference(or_text=True)] | None,
        Field(description="Whom to call when the steps do not help: a policy's id, a team or a channel."),
    ] = None
    placeholders: Annotated[list[Placeholder], Field(description="The values that commands need.")] = []
    decide: Annotated[list[Decision], Field(description="What is seen, what it is, and what to do, in order.")] = []
    drills: Annotated[list[Drill], Field(description="When it was exercised, and how that went.")] = []
    verified_for: Annotated[
        Text | None, Field(description="The version of the service that it was last proven with.")
    ] = None
    dashboards: Annotated[list[Dashboard], Field(description="Where to look first.")] = []
    considered: Annotated[
        list[Annotated[Identifier, Reference(("pir",))]],
        Field(description="Reviews that were looked at and need no change here."),
    ] = []
    status: Annotated[Literal["draft", "active", "deprecated"], Field(description="Where it is in its life.")] = (
        "active"
    )
