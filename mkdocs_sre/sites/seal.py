"""Seals for final reviews, and the changes to sealed ones that somebody answers for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.history.seals import (
    Exemption,
    Seal,
    SealedState,
    expected,
    format_exemption,
    format_seal,
)
from mkdocs_sre.reports.text import plural
from mkdocs_sre.sites.finals import is_final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.history.seals import Seals
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration
    from mkdocs_sre.sites.finals import FinalReview


class SealError(Exception):
    """A change that cannot be excepted: cause and cure."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """New lines for the file of seals, what is said of each, what cannot be sealed, and what to know besides."""

    lines: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Answer(NamedTuple):
    """Why a final review was changed all the same, and who answers for it."""

    reason: str
    by: str


def seal(reviews: Iterable[FinalReview], seals: Seals, site: Configuration) -> Sealing:
    """Return the seals of the final reviews that have none yet."""
    lines, said, problems = [], [], []
    notes: list[str] = []
    for one in reviews:
        if one.key in seals.seals:
            continue
        if one.problem:
            problems.append(f"{one.pir.path}: {one.pir.id} cannot be sealed: {one.problem}")
            continue
        lines.append(format_seal(_seal(one, one.state, site)))
        said.append(f"{one.pir.id}{_with_attached(one.state)}: {one.pir.path}")
        notes += _unread(one)
    return Sealing(tuple(lines), tuple(said), tuple(problems), tuple(notes))


def exempt(  # noqa: PLR0913 what an exception stands on
    base: KnowledgeBase,
    reviews: Iterable[FinalReview],
    seals: Seals,
    history: History,
    site: Configuration,
    *,
    identifier: str,
    answer: Answer,
) -> Sealing:
    """Return the line that excepts the change of one final review from its record to what it is now.

    A review that is not sealed gets the seal of its record in history too. Raises SealError when the review is not
    final, has no record, or is as it must be, or when the answer is empty.
    """
    for name, text in (("--reason", answer.reason), ("--by", answer.by)):
        if not text.strip() or not text.isprintable():
            raise SealError(f"{name} must be text on one line that can be printed")
    review = _changed(base, reviews, identifier)
    before = expected(seals, review.key)
    record = history.record(review.key)
    lines = []
    if before is None:
        if record is None or not record.digest or record.state == "new":
            raise SealError(f"{review.pir.id} has no record that it could differ from; seal it with `mkdocs-sre seal`")
        before = SealedState(record.digest, review.state.attached)
        lines.append(format_seal(_seal(review, before, site)))
    if before == review.state:
        raise SealError(f"{review.pir.id} is as its record holds it, so there is nothing to except")
    exemption = Exemption(review.pir.id, before.digest, *review.state, answer.reason.strip(), answer.by.strip())
    line = format_exemption(exemption)
    if line in seals.lines:
        raise SealError(f"this exception for {review.pir.id} is written already; say in --reason why it is made again")
    said = f"{review.pir.id}: {before.digest} -> {review.state.digest}{_with_attached(review.state)}"
    return Sealing((*lines, line), (said,), notes=tuple(_unread(review)))


def _changed(base: KnowledgeBase, reviews: Iterable[FinalReview], identifier: str) -> FinalReview:
    found = [one for one in reviews if one.key == identifier.lower()]
    if found:
        if found[0].problem:
            raise SealError(f"{found[0].pir.path}: {found[0].problem}")
        return found[0]
    entry = base.find(identifier)
    if entry is None:
        near = base.nearest(identifier, (Pir.kind,))
        raise SealError(f"nothing has the id `{identifier}`" + (f"; did you mean `{near}`?" if near else ""))
    if not isinstance(entry.document, Pir):
        raise SealError(f"{entry.id} is no post-incident review; only those are sealed")
    if is_final(base, entry.document):
        raise SealError(f"`{identifier}` is another name of {entry.id}; name it by its id")
    raise SealError(f"{entry.id} is not final, so it has no record; if it was final once, restore it first")


def _seal(review: FinalReview, state: SealedState, site: Configuration) -> Seal:
    path = os.path.relpath(site.docs_dir / review.pir.path, site.folder).replace(os.sep, "/")
    return Seal(review.pir.id, state.digest, path, state.attached)


def _with_attached(state: SealedState) -> str:
    return f" with {plural(len(state.attached), 'attached file')}" if state.attached else ""


def _unread(review: FinalReview) -> Iterator[str]:
    for one in review.attachments:
        if one.problem:
            yield f"{review.pir.path}: `{one.reference}` is not sealed: {one.problem}"
