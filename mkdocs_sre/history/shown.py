"""The reviews of a site as it is now: those that it shows, and those that it hides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.history.attachments import Attachment


@dataclass(frozen=True, slots=True)
class Shown:
    """A review that the site shows: whether it is final, the bytes of its file with their digest, and its attachments."""

    document: Pir
    final: bool
    data: bytes
    digest: str
    attachments: tuple[Attachment, ...] = ()

    @property
    def key(self) -> str:
        """The id in lower case."""
        return self.document.id.lower()

    @property
    def place(self) -> Location:
        """Where its status stands, or else its id."""
        place = self.document.value_at("status")
        return place if place.line > 1 else self.document.value_at("id")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A final review whose file lies in the docs folder, but which the site does not show."""

    id: str
    path: str
