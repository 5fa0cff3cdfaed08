"""How the spending of an error budget calls somebody: names, labels, and the pairs of windows."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from mkdocs_sre.documents.base import Part
from mkdocs_sre.documents.values import Identifier, Length, Percent, Positive, Reference, Text

Calls = Literal["page", "ticket"]
CALLS: tuple[Calls, ...] = get_args(Calls)
RunbookId = Annotated[Identifier, Reference(("runbook",))]
Labels = dict[str, Text]


class BurnWindow(Part):
    """One pair of windows over which the spending of the budget is watched."""

    alert: Annotated[Calls, Field(description="Whether it pages or opens a ticket.")]
    short: Annotated[Positive, Field(description="The short window, which ends the alert soon.")]
    long: Annotated[Positive, Field(description="The long window, which keeps it from crying wolf.")]
    budget_percent: Annotated[
        Percent, Field(description="It fires when this share of the budget is spent in the long window.", gt=0)
    ]
    hold: Annotated[
        Length | None,
        Field(alias="for", description="How long it must hold before it fires; not at all when left out."),
    ] = None


class CallAlerting(Part):
    """What is special to the alert that pages, or to the one that opens a ticket."""

    runbook: Annotated[RunbookId | None, Field(description="What to do when it fires, when not the same as above.")] = (
        None
    )
    labels: Annotated[Labels, Field(description="Labels of this alert alone.")] = {}
    annotations: Annotated[Labels, Field(description="Annotations of this alert alone.")] = {}
    disabled: Annotated[bool, Field(description="Whether there is no such alert.")] = False


class Alerting(Part):
    """How the spending of the budget calls somebody."""

    name: Annotated[Text | None, Field(description="The name of the alert.")] = None
    runbook: Annotated[RunbookId | None, Field(description="What to do when it fires.")] = None
    windows: Annotated[list[BurnWindow], Field(description="The pairs of windows, when not the usual four.")] = []
    labels: Annotated[Labels, Field(description="Labels of both alerts, such as a team.")] = {}
    annotations: Annotated[Labels, Field(description="Annotations of both alerts.")] = {}
    page: Annotated[CallAlerting | None, Field(description="What is special to the alert that pages.")] = None
    ticket: Annotated[CallAlerting | None, Field(description="What is special to the alert that opens a ticket.")] = (
        None
    )

    def call(self, calls: Calls) -> CallAlerting:
        """Return what is special to one of the two alerts."""
        return (self.page if calls == "page" else self.ticket) or _NOTHING_SPECIAL

    def runbook_of(self, calls: Calls) -> str | None:
        """Return the id of the runbook of one of the two alerts: its own, else that of both."""
        return self.call(calls).runbook or self.runbook

    def labels_of(self, calls: Calls) -> Labels:
        """Return the labels of one of the two alerts: its own before those of both."""
        return {**self.labels, **self.call(calls).labels}

    def annotations_of(self, calls: Calls) -> Labels:
        """Return the annotations of one of the two alerts: its own before those of both."""
        return {**self.annotations, **self.call(calls).annotations}


_NOTHING_SPECIAL = CallAlerting()
