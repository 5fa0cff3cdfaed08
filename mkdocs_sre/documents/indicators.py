"""What an objective measures: events, a measurement against a value, a ratio, or other objectives together."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.base import Part
from mkdocs_sre.documents.values import Identifier, Number, Percent, Positive, Reference, Text

FORMS = "must have `good` and `total`, or `bad` and `total`, or `threshold`, or `raw` with `source`, or `composite`, and no more of them"


class Threshold(Part):
    """A measurement that is good on one side of a value."""

    metric: Annotated[Text, Field(description="The query that gives the measurement.")]
    op: Annotated[
        Literal["lt", "lte", "gt", "gte"],
        Field(description="Good when below (lt), at most (lte), above (gt) or at least (gte) the value."),
    ]
    value: Annotated[Number, Field(description="The value, in the unit of the metric.")]


class Component(Part):
    """One of the objectives that a composite is made of."""

    slo: Annotated[Annotated[Identifier, Reference(("slo",))], Field(description="The objective's id.")]
    weight: Annotated[
        Number, Field(description="How much it counts beside the others, in any unit; only the ratio matters.", gt=0)
    ] = Decimal(1)


class Composite(Part):
    """Several objectives seen as one."""

    method: Annotated[
        Literal["weighted", "worst", "time-slices"],
        Field(
            description="`weighted`: the mean of their ratios by weight; `worst`: the lowest ratio; `time-slices`: a slice is good when it is good for every one of them."
        ),
    ] = "weighted"
    of: Annotated[list[Component], Field(description="The objectives that it is made of.", min_length=1)]


class Slices(Part):
    """Time counted in slices of one length, each of which is good or bad as a whole."""

    length: Annotated[Positive, Field(description="How long a slice is: `1m`, `5m`.")]
    good_percent: Annotated[
        Percent | None,
        Field(
            description="A slice is good when at least so many percent of its events are; left out, the ratios of the slices are averaged.",
            gt=0,
        ),
    ] = None


class Indicator(Part):
    """What is measured: good or bad events of all, a measurement against a threshold, a ratio, or other objectives."""

    good: Annotated[Text | None, Field(description="The query that counts good events (numerator).")] = None
    bad: Annotated[Text | None, Field(description="The query that counts bad events (numerator).")] = None
    total: Annotated[Text | None, Field(description="The query that counts all events (denominator).")] = None
    threshold: Annotated[Threshold | None, Field(description="A measurement, and where it is good.")] = None
    raw: Annotated[
        Text | None,
        Field(
            description="The query that gives the ratio itself; of a bare selector the mean over the window is taken."
        ),
    ] = None
    raw_type: Annotated[
        Literal["failure", "success"], Field(description="Whether `raw` is the ratio of bad or of good events.")
    ] = "failure"
    composite: Annotated[Composite | None, Field(description="Other objectives that count together.")] = None
    slices: Annotated[
        Slices | None,
        Field(description="When slices of time are counted and not events; a threshold has slices of 1m."),
    ] = None
    source: Annotated[Text | None, Field(description="The system that answers the queries, such as prometheus.")] = None

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        names = ("good", "bad", "total", "threshold", "raw", "composite")
        given = {name for name in names if getattr(self, name) is not None}
        events = given in ({"good", "total"}, {"bad", "total"})
        if not (events or given in ({"threshold"}, {"composite"}) or (given == {"raw"} and self.source)):
            raise PydanticCustomError("sre_value", FORMS)
        return self

    @property
    def form(self) -> Literal["events", "threshold", "raw", "composite"]:
        """Which of the forms it has."""
        if self.composite is not None:
            return "composite"
        if self.threshold is not None:
            return "threshold"
        return "raw" if self.raw is not None else "events"
