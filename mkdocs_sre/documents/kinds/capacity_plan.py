"""Capacity plans."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.base import Part, ReviewedDocument
from mkdocs_sre.documents.growth import days_until_compound, days_until_linear, threshold
from mkdocs_sre.documents.values import (
    Day,
    Length,
    Number,
    PastDay,
    Percent,
    Positive,
    Reference,
    ServiceId,
    Team,
    Text,
)


class Growth(Part):
    """How fast a quantity grows: by a fixed amount (linear) or by a share of itself (compound)."""

    amount: Annotated[Number | None, Field(description="How much is added each time, in the resource's unit.")] = None
    percent: Annotated[Number | None, Field(description="How much is added each time, in percent of what is.")] = None
    per: Annotated[Positive, Field(description="How often: `1 month`, `1w`.")]

    @model_validator(mode="after")
    def _has_one_rate(self) -> Self:
        if (self.amount is None) is (self.percent is None):
            raise PydanticCustomError("sre_value", "must give either `amount` or `percent`")
        return self


class Resource(Part):
    """Something that can run out, as measured: how much is used, how much there is, how fast it grows."""

    name: Annotated[Text, Field(description="What it is: CPU, memory, connections, queue depth.")]
    unit: Annotated[Text | None, Field(description="The unit of the numbers.")] = None
    current: Annotated[Number, Field(description="How much is used at the peak, as measured.", ge=0)]
    limit: Annotated[Number, Field(description="How much there is.", ge=0)]
    growth: Annotated[Growth | None, Field(description="How fast the use grows.")] = None
    headroom_percent: Annotated[
        Percent | None, Field(description="The share of the limit that must stay free, in percent.")
    ] = None
    lead_time: Annotated[Length | None, Field(description="How long it takes to get more of it.")] = None
    source: Annotated[Text | None, Field(description="Where the measurement stands.")] = None

    @property
    def threshold(self) -> Decimal:
        """The use above which less than the headroom is free, in the resource's unit; the limit without headroom."""
        return threshold(self.limit, self.headroom_percent or Decimal(0))

    @property
    def used_percent(self) -> Decimal | None:
        """How much of the limit is used, in percent; None for a limit of zero."""
        return self.current / self.limit * 100 if self.limit else None

    def days_until(self, level: Decimal) -> Decimal | None:
        """Return the days from the measurement until the use is at `level`; None when it never is."""
        if self.growth is None:
            return Decimal(0) if self.current >= level else None
        per_days = self.growth.per.days
        if self.growth.amount is not None:
            return days_until_linear(self.current, level, self.growth.amount, per_days)
        return days_until_compound(self.current, level, self.growth.percent or Decimal(0), per_days)

    @property
    def days_until_threshold(self) -> Decimal | None:
        """The days from the measurement until less than the headroom is free; None when that never comes."""
        return self.days_until(self.threshold)

    @property
    def days_until_limit(self) -> Decimal | None:
        """The days from the measurement until nothing is left; None when that never comes."""
        return self.days_until(self.limit)


class Peak(Part):
    """The highest load that is expected."""

    value: Annotated[Number, Field(description="How much, in its unit.", ge=0)]
    unit: Annotated[Text | None, Field(description="The unit, such as requests/s.")] = None
    on: Annotated[Day | None, Field(description="The day on which it is expected.")] = None
    reason: Annotated[Text | None, Field(description="Why: a launch, a season, a campaign.")] = None


class LoadTest(Part):
    """The highest load under which the service was seen to do well."""

    on: Annotated[PastDay, Field(description="The day of the test.")]
    peak: Annotated[Number, Field(description="The load that it stood, in the unit of the projected peak.", ge=0)]
    unit: Annotated[Text | None, Field(description="The unit, that of the projected peak when left out.")] = None
    result: Annotated[Text | None, Field(description="What was seen: latency, errors, what gave way first.")] = None
    evidence: Annotated[
        Annotated[Text, Reference(or_text=True)] | None, Field(description="Where the test is told of.")
    ] = None


class LossCase(Part):
    """What is left when machines or zones are lost at the peak."""

    survives: Annotated[
        Text, Field(description="How many losses the peak is carried with: N+1, N+2.", pattern=r"^N\+[0-9]{1,2}$")
    ]
    headroom_percent: Annotated[Percent | None, Field(description="What is still free after the loss, in percent.")] = (
        None
    )
    evidence: Annotated[Annotated[Text, Reference(or_text=True)] | None, Field(description="Where that was seen.")] = (
        None
    )

    @property
    def losses(self) -> int:
        """How many losses are survived."""
        return int(self.survives.removeprefix("N+"))


class ScalingOption(Part):
    """One way to get more."""

    option: Annotated[Text, Field(description="What is scaled, and how.")]
    form: Annotated[
        Literal["vertical", "horizontal", "architectural"] | None, Field(description="Which way of scaling it is.")
    ] = None
    trigger: Annotated[Text | None, Field(description="What starts it.")] = None
    cost: Annotated[Text | None, Field(description="What it costs, with its currency and period.")] = None
    by: Annotated[Day | None, Field(description="The day by which it is in place.")] = None


class Quota(Part):
    """A limit that a provider sets."""

    name: Annotated[Text, Field(description="What is limited.")]
    limit: Annotated[Number, Field(description="How much is allowed.", ge=0)]
    used: Annotated[Number | None, Field(description="How much is used.", ge=0)] = None
    unit: Annotated[Text | None, Field(description="The unit of the numbers.")] = None


class CapacityPlan(ReviewedDocument):
    """When a service runs out of what, and what is done before that.

    Use is measured, with the day of the measurement; growth and the next peak come from history and from what is
    planned. Each resource says how much must stay free and how long it takes to get more, so that the day on which
    somebody must act follows. The page tells where the numbers come from and which way of scaling is meant.
    """

    kind: ClassVar[str] = "capacity-plan"
    label: ClassVar[str] = "Capacity plan"
    plural: ClassVar[str] = "Capacity plans"
    folder: ClassVar[str] = "sre/capacity"
    area: ClassVar[str] = "Planning"
    rank: ClassVar[int] = 51
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {"capacity-plan": ("Demand", "Headroom", "Scaling")}

    service: Annotated[ServiceId, Field(description="The service that it is about.")]
    measured_on: Annotated[PastDay, Field(description="The day of the measurements.")]
    resources: Annotated[list[Resource], Field(description="What can run out, as measured.", min_length=1)]
    owner: Annotated[Team | None, Field(description="The team that keeps it.")] = None
    horizon: Annotated[Length | None, Field(description="How far ahead it looks from the measurement.")] = None
    projected_peak: Annotated[Peak | None, Field(description="The highest load that is expected.")] = None
    load_test: Annotated[LoadTest | None, Field(description="The highest load that was seen to work.")] = None
    loss_case: Annotated[LossCase | None, Field(description="What is left when machines or zones are lost.")] = None
    scaling: Annotated[list[ScalingOption], Field(description="The ways to get more, with cost and day.")] = []
    quotas: Annotated[list[Quota], Field(description="The limits that providers set.")] = []
    emergency_capacity: Annotated[Text | None, Field(description="What can be had within the hour, and how.")] = None
    cost: Annotated[Text | None, Field(description="What the capacity costs now, with its currency and period.")] = None
    status: Annotated[Literal["draft", "active", "deprecated"], Field(description="Where it is in its life.")] = (
        "active"
    )
