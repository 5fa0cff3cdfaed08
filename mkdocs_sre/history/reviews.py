"""Which file, as it once was, is a post-incident review, of which id, and whether it was final."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.standing import FINAL, status_of
from mkdocs_sre.reading.documents import Typing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.history.outline import Outline
    from mkdocs_sre.settings import FolderPattern, Settings

_OWN = ("type", "id", "status")


class Review(NamedTuple):
    """A review: its id as written and in lower case, and whether it is final."""

    id: str
    key: str
    final: bool


class ReviewReader:
    """Tells reviews by their front matter and by the folders of the settings, as the knowledge base does.

    `keys` are all that need to be known of a front matter.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._typing = Typing(settings)
        self._final: dict[str, bool] = {}

    @cached_property
    def by_folder(self) -> bool:
        """Whether a folder of the settings makes reviews of files that do not say so."""
        return any(pattern.type == Pir.kind for pattern in self._settings.folders)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of front matter that tell: our own, and those that folders map to them."""
        mapped = {
            foreign
            for pattern in self._settings.folders
            for foreign, native in pattern.keys.items()
            if native in _OWN and self.by_folder
        }
        return frozenset((*_OWN, *mapped))

    @property
    def knows_folders(self) -> bool:
        """Whether it matters where a file stands."""
        return bool(self._settings.folders)

    @property
    def word(self) -> str:
        """What must stand in the front matter of every review, `""` when nothing need stand there."""
        return "" if self.by_folder else Pir.kind

    def may_be_review(self, outline: Outline) -> bool:
        """Whether a file is a review at some path at least."""
        kind = outline.values.get("type")
        return kind == Pir.kind or (kind is None and self.by_folder)

    def review(self, path: str | None, values: Mapping[str, str]) -> Review | None:
        """Return which review a front matter is; None for any other. `path` is relative to the docs folder, None outside."""
        kind = values.get("type")
        pattern = self._typing.pattern(path) if path is not None and self.knows_folders else None
        if (kind or (pattern.type if pattern is not None else None)) != Pir.kind:
            return None
        told = self._typing.told(values, pattern, path or "") if pattern is not None else values
        identifier, status = told.get("id"), told.get("status")
        if not identifier:
            return None
        return Review(identifier, identifier.lower(), self._says_final(status))

    def pattern(self, path: str) -> FolderPattern | None:
        """Return the folder pattern of the settings that a path of the docs folder falls under."""
        return self._typing.pattern(path)

    def is_final(self, values: Mapping[str, object]) -> bool:
        """Whether the front matter of a review, as the knowledge base read it, says that it is final."""
        return self._says_final(values.get("status"))

    def _says_final(self, status: object) -> bool:
        if not isinstance(status, str):
            return False
        if status not in self._final:
            self._final[status] = status_of(status, self._settings) == FINAL
        return self._final[status]
