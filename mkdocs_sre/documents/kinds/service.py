"""Services, and what else can fail: datastores, external providers, journeys, failure domains."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.base import Part, ReviewedDocument, ShortPart
from mkdocs_sre.documents.parts import Proof, WebLink
from mkdocs_sre.documents.values import (
    Identifier,
    Length,
    Number,
    Percent,
    Reference,
    ServiceId,
    ServiceIds,
    Team,
    Text,
    Texts,
)

MAX_REPLICAS = 1000  # each becomes an element of the dependency graph
MOST_CRITICAL, LEAST_CRITICAL = 0, 3  # tiers


class Dependency(ShortPart):
    """Another service that this one needs; the text of the short form is its id."""

    short: ClassVar[str] = "service"

    service: Annotated[ServiceId | None, Field(description="The service that is needed.")] = None
    any_of: Annotated[ServiceIds, Field(description="Services that can stand in for each other.")] = []
    need: Annotated[int, Field(description="How many of `any_of` must work.", ge=1)] = 1
    criticality: Annotated[
        Literal["hard", "soft"] | None,
        Field(description="hard: this service is down without it; soft: it only loses something."),
    ] = None
    fallback: Annotated[
        Annotated[Text, Reference(or_text=True)] | None,
        Field(description="What is used instead: a service's id, or what is served from memory, in words."),
    ] = None
    needed: Annotated[
        Literal["start", "run", "both"], Field(description="Whether it is needed to start, to run, or for both.")
    ] = "both"
    validated: Annotated[
        Proof | None, Field(description="When the redundancy or the softness was last seen to hold.")
    ] = None

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if (self.service is None) is not bool(self.any_of):
            raise PydanticCustomError("sre_value", "must name one `service`, or several under `any_of`")
        if self.need > max(len(self.any_of), 1):
            raise PydanticCustomError("sre_value", "needs more services than it names")
        return self

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of the services of which `need` must work, the fallback left out."""
        return (self.service,) if self.service is not None else tuple(self.any_of)

    @property
    def hard(self) -> bool:
        """Whether the service is down without it; so when nothing is said."""
        return self.criticality != "soft"


class Instance(Part):
    """One replica."""

    id: Annotated[Identifier, Field(description="Its name, unique among the replicas.")]
    placed_in: Annotated[ServiceIds, Field(description="The failure domains in which it stands.")] = []


class Replicas(Part):
    """How many copies run, and how many of them must."""

    need: Annotated[int, Field(description="How many must work.", ge=1)]
    instances: Annotated[list[Instance], Field(description="The copies by name.", max_length=MAX_REPLICAS)] = []
    count: Annotated[int | None, Field(description="How many copies, when not named.", ge=1, le=MAX_REPLICAS)] = None
    spread: Annotated[ServiceIds, Field(description="The failure domains over which they are spread evenly.")] = []

    @model_validator(mode="after")
    def _has_copies(self) -> Self:
        if (self.count is None) is not bool(self.instances):
            raise PydanticCustomError("sre_value", "must list `instances`, or give their `count`")
        if self.need > self.total:
            raise PydanticCustomError("sre_value", "needs more copies than there are")
        return self

    @property
    def total(self) -> int:
        """How many copies there are."""
        return self.count or len(self.instances)


class Recovery(Part):
    """How soon, and with what loss, the service is back after one sort of disaster."""

    scenario: Annotated[Text, Field(description="What happened: loss of a zone, a corrupt database.")]
    rto: Annotated[Length | None, Field(description="Recovery time objective: the longest outage.")] = None
    rpo: Annotated[Length | None, Field(description="Recovery point objective: the most data lost, as time.")] = None
    proven: Annotated[Proof | None, Field(description="When a recovery within these was last seen.")] = None


class Degradation(Part):
    """What the service does when it cannot do everything."""

    still_works: Annotated[Texts, Field(description="What users can still do.")] = []
    lost: Annotated[Texts, Field(description="What they cannot.")] = []
    load_shedding: Annotated[Text | None, Field(description="Which load is refused first, and from when on.")] = None


class Rollback(ShortPart):
    """How to undo a deployment; the text of the short form is the command."""

    short: ClassVar[str] = "command"

    command: Annotated[Text, Field(description="The exact command.")]
    minutes: Annotated[Number | None, Field(description="How many minutes it takes.", ge=0)] = None


class Deployment(Part):
    """How the service is changed."""

    strategy: Annotated[Text | None, Field(description="rolling, blue-green, canary, or your word.")] = None
    environments: Annotated[Texts, Field(description="The environments, in the order in which a change passes.")] = []
    rollback: Annotated[Rollback | None, Field(description="How to undo a change, and how long that takes.")] = None


class Service(ReviewedDocument):
    """Something that others depend on: who keeps it, how much hangs on it, what it needs, how it recovers.

    The dependency graph is made of these pages. A dependency says whether it is hard or soft and what stands in when
    it fails; a datastore, a queue, an external provider, a failure domain and a user's journey are pages of the same
    type with their own `kind`. Several that need no page of their own may stand in one file under `services:`.
    """

    kind: ClassVar[str] = "service"
    label: ClassVar[str] = "Service"
    plural: ClassVar[str] = "Services"
    folder: ClassVar[str] = "sre/services"
    rank: ClassVar[int] = 20
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {"service": ("Overview",)}
    list_key: ClassVar[str] = "services"

    owner: Annotated[Team, Field(description="The team that runs it.")]
    tier: Annotated[
        int,
        Field(
            description="0: everything stands on it; 1: users stop; 2: users notice; 3: internal, can wait.",
            ge=MOST_CRITICAL,
            le=LEAST_CRITICAL,
        ),
    ]
    service_kind: Annotated[
        Literal["service", "datastore", "queue", "cache", "external", "journey", "domain"],
        Field(alias="kind", description="What it is; a domain is what fails together, a journey what a user does."),
    ] = "service"
    level: Annotated[
        Literal["zone", "region", "provider"] | None, Field(description="How large a failure domain is.")
    ] = None
    description: Annotated[Text | None, Field(description="What it does, in one sentence.")] = None
    version: Annotated[Text | None, Field(description="The version that runs now.")] = None
    dependencies: Annotated[list[Dependency], Field(description="What it needs.")] = []
    replicas: Annotated[Replicas | None, Field(description="How many copies run, and how many must.")] = None
    placed_in: Annotated[ServiceIds, Field(description="The failure domains in which it stands.")] = []
    availability: Annotated[Percent | None, Field(description="Its own availability, in percent.")] = None
    recovery: Annotated[list[Recovery], Field(description="Recovery targets by scenario.")] = []
    degradation: Annotated[Degradation | None, Field(description="What still works when not everything does.")] = None
    deployment: Annotated[Deployment | None, Field(description="How it is changed, and how a change is undone.")] = None
    on_call: Annotated[
        Annotated[Text, Reference(or_text=True)] | None,
        Field(description="Who is called: a rotation's or policy's id, a team or a channel."),
    ] = None
    escalation: Annotated[
        Annotated[Text, Reference(or_text=True)] | None,
        Field(description="Whom to call next: a policy's id, a team or a channel."),
    ] = None
    links: Annotated[list[WebLink], Field(description="Pages elsewhere: dashboards, code, the platform.")] = []
    status: Annotated[Literal["draft", "active", "deprecated"], Field(description="Where it is in its life.")] = (
        "active"
    )

    def required_sections(self) -> tuple[str, ...]:
        """Return the sections that the page must have; none for an item of a list, which has no page."""
        return () if self.listed else super().required_sections()
