"""An addendum to a final review, written beside it from the template."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import yaml

from mkdocs_sre.documents.kinds.addendum import Addendum
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.standing import FINAL, status_of
from mkdocs_sre.documents.values import is_id
from mkdocs_sre.reading.folder import leaves

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mkdocs_sre.knowledge import KnowledgeBase

_NUMBERED = re.compile(r"PIR-(\d{4}-\d+)", re.IGNORECASE)
_ONE_LINE = 2**31 - 1  # YAML folds longer ones


class AmendError(Exception):
    """An addendum that cannot be begun: cause and cure."""


def amend(base: KnowledgeBase, docs_dir: Path, identifier: str, day: date, corrects: str = "") -> Path:
    """Write the addendum to the final review with this id and return its file.

    It gets the next number of the review's addenda, the day, and the sentence on what it corrects; everything else is
    left to fill in. Raises AmendError when there is no such review, it is not final, or the file cannot be written.
    """
    pir = _final_review(base, identifier)
    said = " ".join(corrects.split())
    if not said.isprintable():
        raise AmendError("--corrects holds characters that cannot be printed; write it without them")
    folder = docs_dir / posixpath.dirname(pir.path)
    if leaves(docs_dir, folder):
        raise AmendError(f"{folder}: a symbolic link leads out of the docs folder, so nothing is written there")
    name = _free_id(base, pir.id)
    if not is_id(name):
        raise AmendError(
            f"`{name}` would be the id of the addendum, and is too long; write it by hand under a shorter one"
        )
    file = folder / f"{name.lower()}.md"
    try:
        taken = next((one for one in folder.iterdir() if one.name.lower() == file.name), None)
        if taken is not None:
            raise AmendError(f"{taken} exists already, and nothing is overwritten; move it away or finish it")
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(_filled(name, pir.id, day, said))
    except OSError as error:
        raise AmendError(f"{file}: {error.strerror}") from None
    return file


def _final_review(base: KnowledgeBase, identifier: str) -> Pir:
    entry = base.find(identifier)
    if entry is None:
        near = base.nearest(identifier, (Pir.kind,))
        raise AmendError(f"nothing has the id `{identifier}`" + (f"; did you mean `{near}`?" if near else ""))
    document = entry.document
    if isinstance(document, Addendum):
        review = f": amend `{document.amends}`" if document.origin.intact else ""
        raise AmendError(f"{document.id} is an addendum itself; addenda are written to the review{review}")
    if not isinstance(document, Pir):
        raise AmendError(f"{entry.id} is no post-incident review; change it in {document.path} itself")
    if not document.origin.intact:
        raise AmendError(f"{document.path} has keys that cannot be read; run `mkdocs-sre check` and mend them first")
    if status_of(document.status, base.settings) != FINAL:
        cure = f"it may still be changed: do so in {document.path} itself"
        raise AmendError(f"{document.id} is not final (status `{document.status}`), so {cure}")
    return document


def _free_id(base: KnowledgeBase, review: str) -> str:
    """Return the id behind the last of the review's addenda, whether those that are gone were the first or not."""
    numbered = _NUMBERED.fullmatch(review)
    stem = f"ADD-{numbered[1]}-" if numbered else f"{review}-addendum-"
    rests = [key.removeprefix(stem.lower()) for key in base.entries if key.startswith(stem.lower())]
    return f"{stem}{max((int(rest) for rest in rests if rest.isascii() and rest.isdecimal()), default=0) + 1}"


def _filled(identifier: str, review: str, day: date, corrects: str) -> str:
    values = {"amends": review, "date": day.isoformat()}
    if corrects:
        dumped = yaml.safe_dump({"corrects": corrects}, allow_unicode=True, width=_ONE_LINE)
        values["corrects"] = dumped.partition(":")[2].strip()
    text = Addendum.template().replace("{id}", identifier)
    for key, value in values.items():
        text = text.replace(f"\n{key}: TODO\n", f"\n{key}: {value}\n", 1)
    return text
