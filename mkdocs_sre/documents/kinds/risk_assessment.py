"""Reliability risk assessments."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from mkdocs_sre.documents.base import Part, ReviewedDocument, ShortPart
from mkdocs_sre.documents.parts import Signature
from mkdocs_sre.documents.values import (
    AnyId,
    Day,
    Identifier,
    PastDay,
    Reference,
    ServiceIds,
    Team,
    Text,
    list_of_text,
)

LOWEST, HIGHEST = 1, 5  # of the scale of severity and likelihood


class Mitigation(ShortPart):
    """What is done against a risk; the text of the short form says what."""

    short: ClassVar[str] = "text"

    text: Annotated[Text | None, Field(description="What is done, in words.")] = None
    runbook: Annotated[
        Annotated[Identifier, Reference(("runbook",))] | None, Field(description="The runbook that does it.")
    ] = None
    action: Annotated[AnyId | None, Field(description="The action that will do it.")] = None

    @property
    def says_something(self) -> bool:
        """Whether anything of it is filled in."""
        return any((self.text, self.runbook, self.action))


class Risk(Part):
    """One thing that can fail, how bad and how likely that is, and what is done about it."""

    subject: Annotated[AnyId, Field(description="What can fail: the id of a service, datastore, provider or domain.")]
    title: Annotated[Text, Field(description="What would happen, in a few words.")]
    single_point: Annotated[
        bool, Field(description="false where the subject is rated on purpose though it takes nothing down alone.")
    ] = True
    severity: Annotated[
        int, Field(description="How bad, 1 (hardly felt) to 5 (all users stop).", ge=LOWEST, le=HIGHEST)
    ]
    likelihood: Annotated[int, Field(description="How likely, 1 (rare) to 5 (expected).", ge=LOWEST, le=HIGHEST)]
    score: Annotated[int | None, Field(description="Severity times likelihood; computed when left out.")] = None
    basis: Annotated[
        Annotated[
            list[Literal["incidents", "load-test", "dependency-sla", "chaos", "judgement"]],
            BeforeValidator(list_of_text),
        ],
        Field(description="The data that the rating rests on."),
    ] = []
    treatment: Annotated[
        Literal["mitigate", "accept", "transfer", "avoid"] | None, Field(description="What is done about it.")
    ] = None
    mitigations: Annotated[list[Mitigation], Field(description="What makes it less likely or less bad.")] = []
    effort: Annotated[Text | None, Field(description="What the mitigation costs in work.")] = None
    owner: Annotated[Team | None, Field(description="The team that does something about it.")] = None
    approver: Annotated[Team | None, Field(description="Who accepted it.")] = None
    accepted_on: Annotated[PastDay | None, Field(description="The day on which it was accepted.")] = None
    expires: Annotated[Day | None, Field(description="The last day of the acceptance, at most 12 months on.")] = None

    @property
    def product(self) -> int:
        """Severity times likelihood, 1 to 25."""
        return self.severity * self.likelihood


class RiskAssessment(ReviewedDocument):
    """Where the services of a system can fail, how that spreads, and which of it is worth doing something about.

    Each risk names its subject, is rated by data and not by feeling, and says whether it is mitigated or accepted, by
    whom and until when. The sections tell the story around the list; what the graph knows is shown beside it.
    """

    kind: ClassVar[str] = "risk-assessment"
    label: ClassVar[str] = "Risk assessment"
    plural: ClassVar[str] = "Risk assessments"
    folder: ClassVar[str] = "reliability/risks"
    area: ClassVar[str] = "Planning"
    rank: ClassVar[int] = 50
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {
        "risk-assessment": (
            "System Overview",
            "Single Points of Failure",
            "Failure Domain Analysis",
            "Recovery Capabilities",
            "Observability Gaps",
            "Risk Prioritization",
        )
    }

    services: Annotated[ServiceIds, Field(description="The services that are assessed.", min_length=1)]
    owner: Annotated[Team | None, Field(description="The team that keeps it.")] = None
    risks: Annotated[list[Risk], Field(description="What can fail, rated.")] = []
    reviewed_by: Annotated[list[Signature], Field(description="Who reviewed it: architect, service owners.")] = []
    considered: Annotated[
        list[Annotated[Identifier, Reference(("pir",))]],
        Field(description="Incident reviews that were looked at and change nothing here."),
    ] = []
    status: Annotated[Literal["draft", "active", "deprecated"], Field(description="Where it is in its life.")] = (
        "active"
    )
