"""Rotations and the escalation policies that begin with them."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.base import Part, ReviewedDocument
from mkdocs_sre.documents.parts import WebLink
from mkdocs_sre.documents.values import (
    Handle,
    Length,
    Number,
    PastDay,
    Positive,
    Reference,
    ServiceIds,
    Team,
    Text,
    Texts,
    Words,
)

CLOCK_PATTERN = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_CLOCK = re.compile(CLOCK_PATTERN)

Person = Annotated[
    Text,
    Handle(or_role=True),
    Words("a handle, such as `@team-payments`, or a role in words", "handles, or roles in words"),
]


def parse_clock(value: Any) -> str:
    """Return a time of day, `10:00`, as it is written. Raises PydanticCustomError (`sre_value`) for anything else."""
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise PydanticCustomError("sre_value", 'must be a time of day in quotes, such as `"10:00"`')
    return value


ClockTime = Annotated[
    str,
    BeforeValidator(parse_clock),
    WithJsonSchema({"type": "string", "pattern": f"^{CLOCK_PATTERN}$"}),
    Words("a time of day, such as `10:00`", "times of day"),
]


class EscalationLevel(Part):
    """One step of the escalation: who is called, after how long without an answer, and how they are reached."""

    who: Annotated[
        Annotated[Text, Reference(("on-call",), or_text=True), Handle(or_role=True)],
        Field(
            description="A position of the rotation, a handle, or the id of another policy, which goes on from there."
        ),
    ]
    after: Annotated[Length, Field(description="How long after the page they are called; `0m` at once.")]
    reach: Annotated[Text | None, Field(description="How they are reached: the pager, a telephone, a channel.")] = None


class Handover(Part):
    """When one shift ends and the next begins."""

    day: Annotated[
        Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        Field(description="The day of the week."),
    ]
    time: Annotated[ClockTime, Field(description="The time of that day.")]
    timezone: Annotated[
        Text | None, Field(description="The time zone (IANA name); that of the site when left out.")
    ] = None


class Rotation(Part):
    """Who takes turns, for how long, and when they hand over."""

    members: Annotated[
        list[Person],
        Field(description="Who takes turns, in order; roles will do where names are kept by the paging tool."),
    ]
    positions: Annotated[
        Texts, Field(description="Who is on call at once, such as `primary` and `secondary`; one when left out.")
    ] = []
    shift: Annotated[Positive | None, Field(description="How long one shift lasts.")] = None
    handover: Annotated[Handover | None, Field(description="When the next one takes over.")] = None


class PagedWeek(Part):
    """One week of the rotation, counted."""

    begins: Annotated[PastDay, Field(description="The first day of the week.")]
    pages: Annotated[int, Field(description="How often somebody was paged.", ge=0)]
    acted_on: Annotated[
        int | None, Field(description="How many of those pages led to something that had to be done.", ge=0)
    ] = None


class OnCall(ReviewedDocument):
    """Who is called when something breaks, in which order, and how often that may happen.

    Runbooks, alerts and services name it by its id, and show its levels. What it does not hold is who has the shift
    today: the paging tool knows that.
    """

    kind: ClassVar[str] = "on-call"
    label: ClassVar[str] = "On-call rotation"
    plural: ClassVar[str] = "On-call rotations"
    folder: ClassVar[str] = "sre/on-call"
    area: ClassVar[str] = "Incidents"
    rank: ClassVar[int] = 15
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {"on-call": ("Handover",)}

    owner: Annotated[Team, Field(description="The team that takes turns.")]
    escalation: Annotated[list[EscalationLevel], Field(description="Who is called, the first level first.")]
    rotation: Annotated[Rotation | None, Field(description="Who takes turns; left out where a policy has none.")] = None
    hours: Annotated[Text | None, Field(description="When somebody is on call: `around the clock`.")] = None
    services: Annotated[ServiceIds, Field(description="The services whose pages it answers.")] = []
    page_target: Annotated[
        Number | None, Field(description="How many pages a week the rotation can bear at most.", ge=0)
    ] = None
    weeks: Annotated[list[PagedWeek], Field(description="How many pages there were, week by week.")] = []
    links: Annotated[list[WebLink], Field(description="Pages elsewhere: the schedule in the paging tool.")] = []
    status: Annotated[Literal["draft", "active", "deprecated"], Field(description="Where it is in its life.")] = (
        "active"
    )
