"""Post-incident reviews."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from mkdocs_sre.documents.base import Document, Part, ShortPart
from mkdocs_sre.documents.body import section_key
from mkdocs_sre.documents.timeline.durations import stated_durations
from mkdocs_sre.documents.timeline.events import EventList, EventLists, StatedDuration, TimelineEvent
from mkdocs_sre.documents.timeline.read import event_lists
from mkdocs_sre.documents.timing import MILESTONES, Timing, instants, timing, zone_named
from mkdocs_sre.documents.values import (
    AnyIds,
    Identifier,
    Length,
    PastDay,
    Percent,
    Reference,
    ServiceId,
    Text,
    Texts,
    Time,
)
from mkdocs_sre.documents.zones import ZoneName

TIMELINE = "Timeline"


class Event(Part):
    """Something that happened in the incident."""

    kind: Annotated[
        Text,
        Field(
            description="What sort of event it is: impact_started, detected, acknowledged, mitigated, resolved, or a word of your own such as tried or found.",
            examples=list(MILESTONES),
        ),
    ]
    time: Annotated[Time, Field(description="When it was, with an offset unless the review says `timezone`.")]
    text: Annotated[Text | None, Field(description="What happened, in one sentence.")] = None

    @property
    def key(self) -> str:
        """The kind in the form of `MILESTONES`: `Impact started` is `impact_started`."""
        return "_".join(self.kind.casefold().replace("-", " ").replace("_", " ").split())


class ImpactFact(Part):
    """One number that says how bad it was."""

    label: Annotated[Text, Field(description="What is counted, such as `Orders lost`.")]
    value: Annotated[Text, Field(description="How many or how much, such as `590` or `50 %`; `none` counts too.")]
    unit: Annotated[Text | None, Field(description="The unit, when it does not stand in the value.")] = None
    note: Annotated[Text | None, Field(description="What the number is to be compared with, or where it is from.")] = (
        None
    )


class Factor(ShortPart):
    """Something that made the system vulnerable, delayed detection or complicated mitigation; the short form is its text."""

    short: ClassVar[str] = "text"

    factor: Annotated[
        Text | None, Field(description="A short name that other reviews share, such as `expired-certificate`.")
    ] = None
    text: Annotated[Text, Field(description="The factor, in one sentence.")]


class RunbookUse(ShortPart):
    """A runbook that was followed, and whether it led anywhere; the text of the short form is its id."""

    short: ClassVar[str] = "runbook"

    runbook: Annotated[Annotated[Identifier, Reference(("runbook",))], Field(description="The runbook's id.")]
    helped: Annotated[
        Literal["yes", "partly", "no"] | None, Field(description="Whether it helped: yes, partly or no.")
    ] = None
    note: Annotated[Text | None, Field(description="What helped, what was missing, what misled.")] = None


class SloImpact(Part):
    """What the incident cost one service level objective."""

    slo: Annotated[Annotated[Identifier, Reference(("slo",))], Field(description="The objective's id.")]
    failing_percent: Annotated[Percent, Field(description="The share of events that failed meanwhile, in percent.")]
    start: Annotated[
        Time | None, Field(alias="from", description="When the failing began; the start of impact when left out.")
    ] = None
    end: Annotated[
        Time | None, Field(alias="to", description="When the failing ended; the mitigation when left out.")
    ] = None


class StatedDurations(Part):
    """Durations that the text states, so that they can be compared with the events."""

    detect: Annotated[Length | None, Field(description="From the start of impact to detection.")] = None
    acknowledge: Annotated[Length | None, Field(description="From detection to acknowledgement.")] = None
    mitigate: Annotated[Length | None, Field(description="From the start of impact to mitigation.")] = None
    resolve: Annotated[Length | None, Field(description="From the start of impact to resolution.")] = None


class Pir(Document):
    """What an incident did, why it could, how it ended and what is learned from it, without blame.

    A review is written for every SEV1 and SEV2. Its times come from logs, its impact is a number, its contributing
    factors go beyond the last thing that broke. Once final it never changes: corrections are addenda, and what is to
    be done stands in the action ledger.
    """

    kind: ClassVar[str] = "pir"
    label: ClassVar[str] = "Post-incident review"
    plural: ClassVar[str] = "Post-incident reviews"
    folder: ClassVar[str] = "reliability/pirs"
    area: ClassVar[str] = "Reviews"
    rank: ClassVar[int] = 40
    reviewed: ClassVar[bool] = False
    date_key: ClassVar[str] = "incident_date"
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {
        "review": ("Summary", "Impact", TIMELINE, "Contributing Factors", "Lessons"),
    }

    status: Annotated[
        Text,
        Field(description="Where the review is: draft, review or final, or your word for one.", examples=["draft"]),
    ]
    severity: Annotated[
        Text,
        Field(description="How bad the incident was: SEV1 to SEV4, or your word for one.", examples=["SEV1", "SEV2"]),
    ]
    service: Annotated[ServiceId, Field(description="The service that users missed.")]
    incident_date: Annotated[PastDay, Field(description="The day on which the incident began.")]
    timezone: Annotated[
        ZoneName | None,
        Field(description="The time zone (IANA name) of times without an offset.", examples=["Europe/London"]),
    ] = None
    events: Annotated[list[Event], Field(description="What happened when, from first to last.")] = []
    durations: Annotated[
        StatedDurations | None, Field(description="Durations as the text states them; computed when left out.")
    ] = None
    detected_by: Annotated[
        Literal["alert", "users", "staff", "partner", "other"] | None,
        Field(description="Who or what noticed it first."),
    ] = None
    alerts: Annotated[Texts, Field(description="The names of the alerts that fired.")] = []
    impact: Annotated[list[ImpactFact], Field(description="The impact in numbers, each with what it counts.")] = []
    slo_impact: Annotated[list[SloImpact], Field(description="What it cost the service level objectives.")] = []
    no_slo_impact: Annotated[Text | None, Field(description="Why no service level objective lost anything.")] = None
    contributing_factors: Annotated[
        list[Factor], Field(description="What made it possible, delayed its detection or its end.")
    ] = []
    runbooks_used: Annotated[
        list[RunbookUse], Field(description="The runbooks followed, and whether they helped.")
    ] = []
    no_runbook: Annotated[Text | None, Field(description="Why no runbook was followed.")] = None
    considered: Annotated[AnyIds, Field(description="Documents that were looked at and need no change.")] = []
    supersedes: Annotated[
        Annotated[Identifier, Reference(("pir",))] | None, Field(description="The review that this one replaces.")
    ] = None
    authors: Annotated[Texts, Field(description="Who wrote it.")] = []
    reviewers: Annotated[Texts, Field(description="Who read it before it became final.")] = []

    def required_sections(self) -> tuple[str, ...]:
        """Return the sections that the body must have; events that stand elsewhere stand for the timeline."""
        names = super().required_sections()
        if isinstance(self.origin.sections, tuple) or not self._told_elsewhere():
            return names
        return tuple(name for name in names if section_key(name) != section_key(TIMELINE))

    def _told_elsewhere(self) -> bool:
        """Whether the events stand in the front matter, or under another heading than `Timeline`."""
        if self.origin.values.get("events"):
            return True
        return self.origin.intact and self.body.section(TIMELINE) is None and bool(self.timeline)

    @cached_property
    def event_lists(self) -> EventLists:
        """Each list of events: that of the front matter, else those of the body."""
        if not self.events:
            return event_lists(self.body, self.path, self.incident_date)
        events = (
            TimelineEvent(
                event.kind,
                event.key,
                event.time,
                event.text or "",
                self.value_at("events", index, "time"),
                event.time.at.date(),
            )
            for index, event in enumerate(self.events)
        )
        return EventLists((EventList(self.at("events"), tuple(events)),))

    @cached_property
    def timeline(self) -> tuple[TimelineEvent, ...]:
        """The events, wherever they stand: in the front matter, else in the body's timeline; each with its place."""
        return self.event_lists.merged()

    @cached_property
    def stated_durations(self) -> tuple[StatedDuration, ...]:
        """The durations that the front matter and the text state, each with its place."""
        given = [(name, getattr(self.durations, name, None)) for name in StatedDurations.model_fields]
        stated = [
            StatedDuration(name, length, self.value_at("durations", name))
            for name, length in given
            if length is not None
        ]
        return (*stated, *stated_durations(self.body, self.path))

    def timing(self, default_zone: str | None = None) -> Timing:
        """Return how long detection, acknowledgement, mitigation and resolution took.

        `default_zone` is the IANA name for times without an offset when the review has no `timezone`.
        """
        name = self.timezone or default_zone
        moments = [event.time for event in self.timeline]
        return timing([event.key for event in self.timeline], instants(moments, zone_named(name) if name else None))
