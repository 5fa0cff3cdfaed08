"""Addenda to post-incident reviews."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.kinds.pir import ImpactFact
from mkdocs_sre.documents.values import Identifier, PastDay, Reference, Text, Texts


class Addendum(Document):
    """What became known after a review was final: the review stays as it was, the addendum says what is different.

    One addendum tells of one correction or one thing learned later. The review's page shows by itself that it was
    amended.
    """

    kind: ClassVar[str] = "addendum"
    label: ClassVar[str] = "Addendum"
    plural: ClassVar[str] = "Addenda"
    folder: ClassVar[str] = "reliability/pirs"
    index_folder: ClassVar[str] = "reliability/addenda"
    area: ClassVar[str] = "Reviews"
    rank: ClassVar[int] = 42
    reviewed: ClassVar[bool] = False
    date_key: ClassVar[str] = "date"

    amends: Annotated[Annotated[Identifier, Reference(("pir",))], Field(description="The review that it amends.")]
    date: Annotated[PastDay, Field(description="The day on which it was written.")]
    corrects: Annotated[Text | None, Field(description="What it changes, in one sentence: the old and the new.")] = None
    impact: Annotated[
        list[ImpactFact],
        Field(
            description="The numbers of the impact that are different now, each under the label that the review has."
        ),
    ] = []
    authors: Annotated[Texts, Field(description="Who wrote it.")] = []
