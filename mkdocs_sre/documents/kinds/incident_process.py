"""How incidents are led: severities, roles, steps, and what is said to whom."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from mkdocs_sre.documents.base import Part, ReviewedDocument
from mkdocs_sre.documents.parts import WebLink
from mkdocs_sre.documents.values import (
    Handle,
    Length,
    Reference,
    ServiceIds,
    Team,
    Text,
    Texts,
    list_of_text,
)

Callee = Annotated[Text, Reference(("on-call",), or_text=True), Handle(or_role=True)]


class SeverityLevel(Part):
    """How bad an incident is, and what follows from that."""

    name: Annotated[Text, Field(description="The name, such as `SEV1`.")]
    means: Annotated[Text, Field(description="What users lose, with a number that decides.")]
    alerts: Annotated[
        Texts, Field(description="The severities of alerts whose incidents begin at this one, such as `P1`.")
    ] = []
    paged: Annotated[
        Annotated[list[Callee], BeforeValidator(list_of_text)],
        Field(description="Who is called: policies by id, handles, or roles in words."),
    ] = []
    within: Annotated[Length | None, Field(description="How soon somebody works on it.")] = None
    update_every: Annotated[Length | None, Field(description="How often there is news, also when nothing is new.")] = (
        None
    )
    review: Annotated[Text | None, Field(description="Whether a review is written, and by when.")] = None


class IncidentRole(Part):
    """One role in an incident; one person may have several while it is small."""

    name: Annotated[Text, Field(description="What it is called.")]
    taken_by: Annotated[Text | None, Field(description="Who takes it when nothing else is said.")] = None
    duties: Annotated[Texts, Field(description="What whoever has it does.")]


class ProcessStep(Part):
    """One step from the page to the review."""

    title: Annotated[Text, Field(description="What is done.")]
    text: Annotated[Text | None, Field(description="How, in a sentence or two.")] = None
    role: Annotated[Text | None, Field(description="The role that does it.")] = None


class CommunicationTemplate(Part):
    """Words that are ready: to whom, when, and what. Runbooks show them with their own values filled in."""

    title: Annotated[Text, Field(description="When it is said: first notice, update, resolved.")]
    audience: Annotated[Text, Field(description="Who hears it, and where.")]
    severities: Annotated[Texts, Field(description="The severities that it is for; all when left out.")] = []
    role: Annotated[Text | None, Field(description="The role that says it.")] = None
    text: Annotated[Text, Field(description="The words; `${NAME}` stands for a value of the runbook.")]


class IncidentProcess(ReviewedDocument):
    """What happens from the page to the review: how bad it is, who does what, who is told, when it is over.

    It is read in calm and used in a hurry. Severities are told apart by what users lose; each says who is called, how
    soon, and how often there is news. Runbooks show its words with their own values.
    """

    kind: ClassVar[str] = "incident-process"
    label: ClassVar[str] = "Incident process"
    plural: ClassVar[str] = "Incident processes"
    folder: ClassVar[str] = "sre/incident-process"
    area: ClassVar[str] = "Incidents"
    rank: ClassVar[int] = 16
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {"incident-process": ("Declaring", "Afterwards")}

    owner: Annotated[Team, Field(description="Who keeps it.")]
    severities: Annotated[list[SeverityLevel], Field(description="The severities, the worst first.", min_length=1)]
    roles: Annotated[list[IncidentRole], Field(description="Who does what.", min_length=1)]
    steps: Annotated[list[ProcessStep], Field(description="What is done, in order.")] = []
    templates: Annotated[list[CommunicationTemplate], Field(description="What is said to whom, ready to send.")] = []
    services: Annotated[
        ServiceIds, Field(description="The services that it is for; all that no other process names when left out.")
    ] = []
    links: Annotated[list[WebLink], Field(description="Pages elsewhere: the status page, the room.")] = []
    status: Annotated[Literal["draft", "active", "deprecated"], Field(description="Where it is in its life.")] = (
        "active"
    )
