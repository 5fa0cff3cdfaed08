"""A new document from its kind's template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.schema import UnknownKindError
from mkdocs_sre.documents.values import is_id

if TYPE_CHECKING:
    from pathlib import Path


class StartError(Exception):
    """A document that cannot be started, and why."""


def start(name: str, identifier: str, docs_dir: Path) -> Path:
    """Write the template of a kind under an id into the kind's folder and return the file.

    Raises StartError for an unknown kind, a malformed id, or a file that exists already.
    """
    kind = kinds().get(name)
    if kind is None:
        raise StartError(str(UnknownKindError(name)))
    if not is_id(identifier):
        raise StartError(
            f"`{identifier}` is no id; use 1 to 80 letters, digits, `.`, `_` or `-`, beginning with a letter or digit"
        )
    folder = docs_dir / kind.folder
    file = folder / f"{identifier.lower()}.md"
    taken = next((one for one in folder.glob("*") if one.name.lower() == file.name), None)
    if taken is not None:
        raise StartError(f"{taken} exists already; choose another id")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(kind.template().replace("{id}", identifier))
    except OSError as error:
        raise StartError(f"{file}: {error.strerror}") from None
    return file
