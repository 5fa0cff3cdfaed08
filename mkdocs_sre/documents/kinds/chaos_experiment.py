"""Chaos experiments."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from mkdocs_sre.documents.base import Part, ReviewedDocument, ShortPart
from mkdocs_sre.documents.parts import WebLink
from mkdocs_sre.documents.values import (
    AnyIds,
    Identifier,
    Length,
    PastDay,
    Reference,
    ServiceId,
    Team,
    Text,
    Texts,
)

RESULTS = "Results"  # the section that is required once the experiment has run


class Injection(ShortPart):
    """The failure that is brought about; the text of the short form names it."""

    short: ClassVar[str] = "failure"

    failure: Annotated[Text, Field(description="What is made to fail, and how.")]
    tool: Annotated[Text | None, Field(description="With which tool.")] = None
    parameters: Annotated[dict[str, Text], Field(description="The exact parameters, by name.")] = {}


class BlastRadius(ShortPart):
    """What the experiment may touch; the text of the short form is its scope."""

    short: ClassVar[str] = "scope"

    scope: Annotated[Text, Field(description="What it touches: one service, one zone, a share of the traffic.")]
    limit: Annotated[Text | None, Field(description="How far it goes at most: 5 % of requests, 10 minutes.")] = None


class AbortCriterion(ShortPart):
    """What ends the experiment at once; the text of the short form is the metric."""

    short: ClassVar[str] = "metric"

    metric: Annotated[Text | None, Field(description="What is watched.")] = None
    threshold: Annotated[Text | None, Field(description="The value past which it is too much: `> 1 %`.")] = None
    lasting: Annotated[Length | None, Field(alias="for", description="How long it may be past it: `2m`.")] = None


class Tested(Part):
    """What exactly was tested, so that the result belongs to a known state."""

    version: Annotated[Text | None, Field(description="The version of the service.")] = None
    configuration: Annotated[
        Text | None, Field(description="The configuration: a commit, a release, the settings.")
    ] = None


class Observability(Part):
    """Where the experiment is watched."""

    dashboards: Annotated[list[WebLink], Field(description="The dashboards to look at.")] = []
    alerts: Annotated[Texts, Field(description="The names of the alerts that should, or should not, fire.")] = []


class ChaosExperiment(ReviewedDocument):
    """A controlled failure that puts a claim of resilience to the test.

    The hypothesis says what will be seen, in numbers that can turn out wrong. The plan bounds what can be hurt, says
    what ends the experiment at once and how everything is put back. Once run, it says what was seen, with which
    version, and what has to be done about it; the actions stand in the ledger, with this id under `from`.
    """

    kind: ClassVar[str] = "chaos-experiment"
    label: ClassVar[str] = "Chaos experiment"
    plural: ClassVar[str] = "Chaos experiments"
    folder: ClassVar[str] = "sre/chaos"
    area: ClassVar[str] = "Planning"
    rank: ClassVar[int] = 52
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {"chaos-experiment": ("Method", RESULTS)}

    service: Annotated[ServiceId, Field(description="The service that is put to the test.")]
    hypothesis: Annotated[Text, Field(description="What will be seen, in numbers that can turn out wrong.")]
    injection: Annotated[Injection, Field(description="The failure: tool, failure, parameters.")]
    blast_radius: Annotated[BlastRadius, Field(description="What it may touch, and how far.")]
    abort_when: Annotated[list[AbortCriterion], Field(description="What ends it at once.", min_length=1)]
    owner: Annotated[Team | None, Field(description="The team that runs it.")] = None
    steady_state: Annotated[Text | None, Field(description="What normal is, before and after.")] = None
    rollback: Annotated[Text | None, Field(description="How everything is put back, with the exact command.")] = None
    observability: Annotated[Observability | None, Field(description="Dashboards and alerts to watch.")] = None
    tested: Annotated[Tested | None, Field(description="The version and configuration that are tested.")] = None
    status: Annotated[
        Literal["planned", "passed", "failed", "aborted"],
        Field(description="Whether it has run, and whether the hypothesis held."),
    ] = "planned"
    run_on: Annotated[PastDay | None, Field(description="The day on which it ran.")] = None
    result: Annotated[Text | None, Field(description="What was seen, in one sentence with numbers.")] = None
    validates: Annotated[
        AnyIds, Field(description="The services whose redundancy or soft dependency a passed experiment proves.")
    ] = []
    retest_of: Annotated[
        Annotated[Identifier, Reference(("chaos-experiment",))] | None,
        Field(description="The earlier experiment that is run again after the fix."),
    ] = None

    @property
    def executed(self) -> bool:
        """Whether it has run."""
        return self.run_on is not None or self.status != "planned"

    def required_sections(self) -> tuple[str, ...]:
        """Return the sections that the page must have; the results only once it has run."""
        names = super().required_sections()
        if self.executed or isinstance(self.origin.sections, tuple):
            return names
        return tuple(name for name in names if name != RESULTS)
