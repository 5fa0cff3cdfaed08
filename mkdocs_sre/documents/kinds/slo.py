"""Service level objectives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.base import Part, ReviewedDocument, ShortPart
from mkdocs_sre.documents.parts import Signature
from mkdocs_sre.documents.values import (
    Duration,
    Identifier,
    Number,
    Percent,
    Positive,
    Reference,
    ServiceId,
    Team,
    Text,
    Words,
    parse_duration,
)

CALENDAR_WINDOWS = ("calendar month", "calendar quarter")
SHORTEST_WINDOW_SECONDS = 3600
LONGEST_WINDOW_SECONDS = 366 * 86400
FORMS = (
    "must have `good` and `total`, or `bad` and `total`, or `threshold`, or `raw` with `source`, and no more of them"
)


@dataclass(frozen=True, slots=True)
class Window:
    """The time over which an objective holds: the last so many days, or (`rolling` is None) a calendar period."""

    text: str
    rolling: Duration | None = None

    @property
    def calendar(self) -> str:
        """`month` or `quarter`; empty for a rolling window."""
        return "" if self.rolling else self.text.removeprefix("calendar ")

    def __str__(self) -> str:
        return self.text


def parse_window(value: Any) -> Window:
    """Return the window that `30d` or `calendar month` names.

    Raises PydanticCustomError (`sre_value`) for other text, and for a rolling window outside 1 h to 366 d.
    """
    if isinstance(value, Window):
        return value
    text = " ".join(value.lower().split()) if isinstance(value, str) else ""
    if text in CALENDAR_WINDOWS:
        return Window(text)
    try:
        length = parse_duration(value)
    except PydanticCustomError:
        length = Duration("")
    if length.months or not SHORTEST_WINDOW_SECONDS <= length.seconds <= LONGEST_WINDOW_SECONDS:
        raise PydanticCustomError(
            "sre_value", "must be a rolling window of `1h` to `366d`, `calendar month` or `calendar quarter`"
        )
    return Window(length.text, length)


class Threshold(Part):
    """A measurement that is good on one side of a value."""

    metric: Annotated[Text, Field(description="The query that gives the measurement.")]
    op: Annotated[
        Literal["lt", "lte", "gt", "gte"],
        Field(description="Good when below (lt), at most (lte), above (gt) or at least (gte) the value."),
    ]
    value: Annotated[Number, Field(description="The value, in the unit of the metric.")]


class Indicator(Part):
    """What is measured: good or bad events of all, a measurement against a threshold, or a ratio as it comes."""

    good: Annotated[Text | None, Field(description="The query that counts good events (numerator).")] = None
    bad: Annotated[Text | None, Field(description="The query that counts bad events (numerator).")] = None
    total: Annotated[Text | None, Field(description="The query that counts all events (denominator).")] = None
    threshold: Annotated[Threshold | None, Field(description="A measurement, and where it is good.")] = None
    raw: Annotated[Text | None, Field(description="The query that gives the ratio itself.")] = None
    raw_type: Annotated[
        Literal["failure", "success"], Field(description="Whether `raw` is the ratio of bad or of good events.")
    ] = "failure"
    source: Annotated[Text | None, Field(description="The system that answers the queries, such as prometheus.")] = None

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        given = {name for name in ("good", "bad", "total", "threshold", "raw") if getattr(self, name) is not None}
        events = given in ({"good", "total"}, {"bad", "total"})
        if not (events or given == {"threshold"} or (given == {"raw"} and self.source)):
            raise PydanticCustomError("sre_value", FORMS)
        return self


class PolicyStep(Part):
    """What is done once so much of the error budget is spent."""

    at_percent: Annotated[Number, Field(description="The share of the budget that is spent, in percent.", ge=0)]
    action: Annotated[Text, Field(description="What happens then.")]
    decides: Annotated[Text | None, Field(description="Who decides it.")] = None


class BurnWindow(Part):
    """One pair of windows over which the spending of the budget is watched."""

    alert: Annotated[Literal["page", "ticket"], Field(description="Whether it pages or opens a ticket.")]
    short: Annotated[Positive, Field(description="The short window, which ends the alert soon.")]
    long: Annotated[Positive, Field(description="The long window, which keeps it from crying wolf.")]
    budget_percent: Annotated[
        Percent, Field(description="It fires when this share of the budget is spent in the long window.", gt=0)
    ]


class Alerting(Part):
    """How the spending of the budget calls somebody."""

    name: Annotated[Text | None, Field(description="The name of the alert.")] = None
    runbook: Annotated[
        Annotated[Identifier, Reference(("runbook",))] | None, Field(description="What to do when it fires.")
    ] = None
    windows: Annotated[list[BurnWindow], Field(description="The pairs of windows, when not the usual four.")] = []


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
    objective: Annotated[Percent, Field(description="How much must be good, in percent, such as 99.9.")]
    window: Annotated[
        Annotated[
            Window,
            BeforeValidator(parse_window),
            WithJsonSchema({"type": "string", "examples": ["30d", *CALENDAR_WINDOWS]}),
            Words("a duration of `1h` to `366d`, `calendar month` or `calendar quarter`", "windows"),
        ],
        Field(description="The time over which it holds: `30d`, `calendar month`, `calendar quarter`."),
    ]
    timezone: Annotated[Text | None, Field(description="The time zone (IANA name) of a calendar window.")] = None
    owner: Annotated[Team | None, Field(description="The team that keeps it.")] = None
    error_budget_policy: Annotated[
        list[PolicyStep], Field(description="What happens as the error budget is spent.")
    ] = []
    alerting: Annotated[Alerting | None, Field(description="How the spending of the budget calls somebody.")] = None
    evidence: Annotated[Evidence | None, Field(description="The measurement that shows it can be met.")] = None
    events_per_day: Annotated[
        Number | None, Field(description="How many events the indicator counts on a usual day.", ge=0)
    ] = None
    agreed_by: Annotated[list[Signature], Field(description="Who agreed: owner, platform, stakeholders.")] = []
    sla: Annotated[Agreement | None, Field(description="What a contract promises about the same behaviour.")] = None
    status: Annotated[
        Literal["draft", "agreed", "active", "deprecated"], Field(description="Where it is in its life.")
    ] = "active"
