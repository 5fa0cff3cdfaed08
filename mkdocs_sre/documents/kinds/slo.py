"""Service level objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from mkdocs_sre.documents.base import Entry, Part, ReviewedDocument, ShortPart
from mkdocs_sre.documents.burn_alerting import Alerting
from mkdocs_sre.documents.indicators import Indicator
from mkdocs_sre.documents.objective import Objective
from mkdocs_sre.documents.parts import Signature, WebLink
from mkdocs_sre.documents.values import Identifier, Number, Percent, ServiceId, Team, Text, is_id
from mkdocs_sre.documents.windows import WindowOfTime
from mkdocs_sre.documents.zones import ZoneName

if TYPE_CHECKING:
    from collections.abc import Iterator


class PolicyStep(Part):
    """What is done once so much of the error budget is spent."""

    at_percent: Annotated[Number, Field(description="The share of the budget that is spent, in percent.", ge=0)]
    action: Annotated[Text, Field(description="What happens then.")]
    decides: Annotated[Text | None, Field(description="Who decides it.")] = None
    freezes_changes: Annotated[
        bool, Field(description="Whether changes stop then; a pipeline that asks is told to wait.")
    ] = False


class Evidence(Part):
    """A measurement which shows that the objective can be met."""

    period: Annotated[Text, Field(description="The time that was measured: `90d`, `2025-Q4`.")]
    measured: Annotated[Percent, Field(description="The measured value, in percent.")]
    source: Annotated[Text | None, Field(description="Where the measurement stands.")] = None


class Agreement(ShortPart):
    """What a contract promises; the number of the short form is its objective."""

    short: ClassVar[str] = "objective"

    objective: Annotated[Percent, Field(description="What is promised, in percent.")]
    window: Annotated[Text | None, Field(description="The time over which it is counted.")] = None
    source: Annotated[Text | None, Field(description="The contract, or where it stands.")] = None
    penalty: Annotated[Text | None, Field(description="What a breach costs.")] = None


class FurtherObjective(Part):
    """One more objective of the same service: what is left out is that of the document."""

    name: Annotated[Identifier, Field(description="Its name; with the document's id before it, it is an id.")]
    objective: Annotated[Objective, Field(description="How much must be good, in percent.")]
    behaviour: Annotated[Text | None, Field(description="What users can count on.")] = None
    sli: Annotated[Indicator | None, Field(description="What is measured.")] = None
    alerting: Annotated[Alerting | None, Field(description="How the spending of its budget calls somebody.")] = None


class ServiceLevelObjective(ReviewedDocument):
    """What reliable enough means for one behaviour of a service: an indicator, a target, and what follows when missed.

    The behaviour is one that users feel. The indicator says exactly what is counted, the objective how much of it
    must be good over the window, the policy what happens as the error budget is spent. The page says why this target
    is right; the numbers follow from the keys.
    """

    kind: ClassVar[str] = "slo"
    label: ClassVar[str] = "SLO"
    plural: ClassVar[str] = "SLOs"
    folder: ClassVar[str] = "sre/slos"
    rank: ClassVar[int] = 30
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {"slo": ("Rationale",)}

    service: Annotated[ServiceId, Field(description="The service that it is about.")]
    behaviour: Annotated[Text, Field(description="What users can count on, in one sentence.")]
    sli: Annotated[Indicator, Field(description="What is measured.")]
    objective: Annotated[Objective, Field(description="How much must be good, in percent, such as 99.9.")]
    window: Annotated[
        WindowOfTime, Field(description="The time over which it holds: `30d`, `calendar month`, `calendar quarter`.")
    ]
    objectives: Annotated[
        list[FurtherObjective],
        Field(description="Further objectives of the same service and window, each with a name."),
    ] = []
    timezone: Annotated[ZoneName | None, Field(description="The time zone (IANA name) of a calendar window.")] = None
    owner: Annotated[Team | None, Field(description="The team that keeps it.")] = None
    error_budget_policy: Annotated[
        list[PolicyStep], Field(description="What happens as the error budget is spent.")
    ] = []
    alerting: Annotated[Alerting | None, Field(description="How the spending of the budget calls somebody.")] = None
    evidence: Annotated[Evidence | None, Field(description="The measurement that shows it can be met.")] = None
    events_per_day: Annotated[
        Number | None, Field(description="How many events the indicator counts on a usual day.", ge=0)
    ] = None
    labels: Annotated[dict[str, Text], Field(description="Labels of all its exported rules, by name.")] = {}
    dashboards: Annotated[list[WebLink], Field(description="Where the live numbers are.")] = []
    agreed_by: Annotated[list[Signature], Field(description="Who agreed: owner, platform, stakeholders.")] = []
    sla: Annotated[Agreement | None, Field(description="What a contract promises about the same behaviour.")] = None
    status: Annotated[
        Literal["draft", "agreed", "active", "deprecated"], Field(description="Where it is in its life.")
    ] = "active"

    @property
    def in_force(self) -> bool:
        """Whether it is kept, neither a draft nor deprecated: then its policy binds."""
        return self.status in ("agreed", "active")

    def entries(self) -> Iterator[Entry]:
        """Yield the document and its further objectives, also those of a document that is not intact."""
        yield from super().entries()
        items = self.origin.values.get("objectives")
        for index, item in enumerate(items if isinstance(items, list) else ()):
            name = item.get("name") if isinstance(item, dict) else None
            if isinstance(name, str) and is_id(name):
                place = self.value_at("objectives", index, "name")
                yield Entry(f"{self.id}-{name}", self.kind, f"{self.name}, {name}", self, place)
