"""A new document from its kind's template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.schema import UnknownKindError
from mkdocs_sre.documents.values import is_id
from mkdocs_sre.reading.folder import leaves

if TYPE_CHECKING:
    from pathlib import Path

FRONT_PAGES = frozenset(("index", "readme"))


class StartError(Exception):
    """A document that cannot be started, and why."""


def start(name: str, identifier: str, docs_dir: Path, text: str | None = None) -> Path:
    """Write the template of a kind under an id into the kind's folder, or another text, and return the file.

    Raises StartError for an unknown kind, a malformed id, a file that exists already, or a folder outside.
    """
    kind = kinds().get(name)
    if kind is None:
        raise StartError(str(UnknownKindError(name)))
    if not is_id(identifier):
        raise StartError(
            f"`{identifier}` is no id; use 1 to 80 letters, digits, `.`, `_` or `-`, beginning with a letter or digit"
        )
    if identifier.lower() in FRONT_PAGES:
        raise StartError(f"`{identifier}` would be the front page of its folder; choose another id")
    folder = docs_dir / kind.folder
    if leaves(docs_dir, folder):
        raise StartError(f"{folder}: a symbolic link leads out of the docs folder, so nothing is written there")
    file = folder / f"{identifier.lower()}.md"
    taken = next((one for one in folder.glob("*") if one.name.lower() == file.name), None)
    if taken is not None:
        raise StartError(f"{taken} exists already; choose another id")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(kind.template().replace("{id}", identifier) if text is None else text)
    except OSError as error:
        raise StartError(f"{file}: {error.strerror}") from None
    return file
