"""Pieces of front matter that several kinds share."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from mkdocs_sre.documents.base import Part, ShortPart
from mkdocs_sre.documents.values import AnyId, PastDay, Team, Text


class Proof(Part):
    """When a claim was last put to the test, and where that is told."""

    on: Annotated[PastDay, Field(description="The day on which it was seen to hold.")]
    by: Annotated[AnyId | None, Field(description="The experiment or review that tells of it.")] = None


class WebLink(Part):
    """A page elsewhere."""

    title: Annotated[Text, Field(description="What is found there.")]
    url: Annotated[Text, Field(description="Its address.")]


class Signature(ShortPart):
    """Somebody who agreed to a document or reviewed it; the text of the short form says who."""

    short: ClassVar[str] = "who"

    who: Annotated[Team, Field(description="The team or person.")]
    role: Annotated[Text | None, Field(description="For whom they speak: owner, platform, stakeholder, architect.")] = (
        None
    )
    on: Annotated[PastDay | None, Field(description="The day on which they did.")] = None
