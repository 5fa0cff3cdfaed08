"""The action ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_sre.documents.base import Document, Entry, Part
from mkdocs_sre.documents.values import Day, Identifier, PastDay, Reference, Team, Text, is_id

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = "TODO"  # a template's id that is not filled in yet
ACTION = "action"  # what an action is called among the things that have an id


class Action(Part):
    """One thing to do."""

    # Owner and due date may be missing, which a rule reports, so that one gap does not hide the whole ledger.
    model_config = ConfigDict(json_schema_extra={"required": ["id", "title", "owner", "due", "state"]})

    id: Annotated[Identifier, Field(description="The action's id, such as `AI-031`.")]
    title: Annotated[Text, Field(description="What to do, beginning with a verb.")]
    owner: Annotated[Team | None, Field(description="The team or person that does it.")] = None
    due: Annotated[Day | None, Field(description="The day on which it must be done.")] = None
    state: Annotated[Literal["open", "in-progress", "done", "dropped"], Field(description="How far it is.")]
    origin_id: Annotated[
        Annotated[Identifier, Reference(("pir", "chaos-experiment"))] | None,
        Field(alias="from", description="The review or experiment that it comes from."),
    ] = None
    kind: Annotated[
        Literal["detect", "mitigate", "prevent", "process"] | None,
        Field(description="Whether it helps to detect, mitigate or prevent, or changes how people work."),
    ] = None
    priority: Annotated[
        int | None, Field(ge=1, le=4, description="1 for what comes first, to 4 for what can wait.")
    ] = None
    opened: Annotated[PastDay | None, Field(description="The day on which it was agreed.")] = None
    tracker: Annotated[Text | None, Field(description="Its address or key in the tracking system.")] = None
    done_on: Annotated[PastDay | None, Field(description="The day on which it was done.")] = None
    decision: Annotated[
        Annotated[Text, Reference(or_text=True)] | None,
        Field(description="Why it is dropped or takes longer, and who said so; or the id of the decision."),
    ] = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in ("open", "in-progress")


class ActionItems(Document):
    """All actions that come from reviews and experiments, each with an owner, a due date and a state.

    Reviews never change once they are final, so what is to be done stands here and nowhere else. An action begins with
    a verb and says exactly what will be different when it is done.
    """

    kind: ClassVar[str] = "action-items"
    label: ClassVar[str] = "Action ledger"
    plural: ClassVar[str] = "Action ledgers"
    folder: ClassVar[str] = "reliability/actions"
    area: ClassVar[str] = "Reviews"
    rank: ClassVar[int] = 41
    reviewed: ClassVar[bool] = False

    actions: Annotated[list[Action], Field(description="The actions.")]

    def entries(self) -> Iterator[Entry]:
        """Yield the ledger and its actions, also those of a ledger that is not intact."""
        yield from super().entries()
        items = self.origin.values.get("actions")
        for index, item in enumerate(items if isinstance(items, list) else ()):
            name = item.get("id") if isinstance(item, dict) else None
            if isinstance(name, str) and is_id(name) and name != BLANK:
                title = item.get("title")
                place = self.value_at("actions", index, "id")
                yield Entry(name, ACTION, title if isinstance(title, str) else name, self, place, name.lower())
