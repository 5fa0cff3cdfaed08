"""Seals for final reviews, and the changes to sealed ones that somebody answers for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.finding import Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.history.lock import write_lock
from mkdocs_sre.history.seals import (
    LOCK,
    Exemption,
    Seal,
    SealedState,
    exempted,
    expected,
    format_exemption,
    format_seal,
    with_lines,
)
from mkdocs_sre.reports import Run
from mkdocs_sre.reports.text import plural
from mkdocs_sre.sites.finals import finals_of, is_final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.history.seals import Seals
    from mkdocs_sre.reading.configuration import Configuration
    from mkdocs_sre.sites.finals import FinalReview, Finals


UNSEALED = "final-review-unsealed"
_OF_THE_FILE = ("damaged-seal", "seal-removed")


class SealError(Exception):
    """A change that cannot be excepted: cause and cure."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """New lines for the file of seals, what is said of each, what cannot be sealed, and what to know besides."""

    lines: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Answerable(NamedTuple):
    """Why a final review was changed all the same, and who answers for it."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, in lines for people; `good` when nothing is wrong and nothing is left to seal.

    `run` holds the findings that kept anything from being sealed, None when there are none.
    """

    said: tuple[str, ...]
    good: bool
    notes: tuple[str, ...] = ()
    run: Run | None = None


def seal_site(site: Configuration, excepted: tuple[str, Answerable] | None = None, *, check: bool = False) -> Done:
    """Seal the final reviews of a site that have no seal, or except the change of one; with `check` write nothing.

    Raises SettingsError for options that cannot be used, SealError for a change that cannot be excepted, and LockError
    when the file of seals cannot be written.
    """
    finals = finals_of(site)
    seals = finals.seals
    blocking = in_the_way(finals.findings, excepted[0] if excepted else None)
    if blocking:
        paths = [one.path for one in finals.base.documents]
        run = Run(blocking, [], paths, finals.as_of, site.docs_dir, site.folder)
        return Done(("nothing is sealed as long as this stands",), good=False, run=run)
    if seals.defects:
        raise SealError(f"{LOCK}: {seals.defects[0].fault.message}; {seals.defects[0].fault.hint}")
    made = exempt(finals, *excepted) if excepted is not None else seal(finals)
    if made.lines and not check:
        write_lock(site.folder, with_lines(seals, made.lines))
    return _done(made, seals, check=check)


def _done(made: Sealing, seals: Seals, *, check: bool) -> Done:
    count = plural(len(made.said), "review")
    if not made.said:
        last = f"nothing to seal: {plural(len(seals.seals), 'review')} sealed in {LOCK}"
    elif check:
        last = f"{count} would be sealed; run `mkdocs-sre seal`"
    else:
        last = f"{plural(len(made.lines), 'line')} written to {LOCK}; commit it with the {'review' if len(made.said) == 1 else 'reviews'}"
    good = not made.problems and not (check and made.said)
    return Done((*made.problems, *made.said, last), good=good, notes=made.notes)


def seal(finals: Finals) -> Sealing:
    """Return the seals of the final reviews that have none yet."""
    lines, said, problems = [], [], []
    notes: list[str] = []
    for one in finals.reviews:
        if one.key in finals.seals.seals:
            continue
        if one.problem:
            problems.append(f"{one.pir.path}: {one.pir.id} cannot be sealed: {one.problem}")
            continue
        made = _seal(one, one.state, finals.site)
        lines.append(format_seal(made))
        said.append(f"{one.pir.id}{_with_attached(one.state)}: {made.path}")
        notes += _unread(one)
    return Sealing(tuple(lines), tuple(said), tuple(problems), tuple(notes))


def exempt(finals: Finals, identifier: str, answer: Answerable) -> Sealing:
    """Return the lines that except the change of one final review from its record to what it is now.

    A review that is not sealed gets the seal of its record in history too. Other texts that became final, or were sealed,
    under its id on another branch are excepted as well, there and back, so that the one that is there holds. Raises SealError when the
    review is not final, has no record, or is as it must be, or when the answer is empty.
    """
    for name, text in (("--reason", answer.reason), ("--by", answer.by)):
        if not text.strip() or not text.isprintable():
            raise SealError(f"{name} must be text on one line that can be printed")
    review = _changed(finals, identifier)
    before = expected(finals.seals, review.key)
    record = finals.history.record(review.key)
    lines = []
    if before is None:
        if record is None or not record.digest or record.state == "new":
            raise SealError(f"{review.pir.id} has no record that it could differ from; seal it with `mkdocs-sre seal`")
        before = SealedState(record.digest, review.state.attached)
        lines.append(format_seal(_seal(review, before, finals.site)))
    said = []
    for old, new in _steps(finals, review, before):
        exemption = Exemption(review.pir.id, old, new, review.state.attached, answer.reason.strip(), answer.by.strip())
        lines.append(format_exemption(exemption))
        said.append(f"{review.pir.id}: {old} -> {new}{_with_attached(review.state)}")
    if not said:
        raise SealError(f"{review.pir.id} is as its record holds it, so there is nothing to except")
    if lines[-1] in finals.seals.lines:
        raise SealError(f"this exception for {review.pir.id} is written already; say in --reason why it is made again")
    return Sealing(tuple(lines), tuple(said), notes=tuple(_unread(review)))


def _steps(finals: Finals, review: FinalReview, before: SealedState) -> Iterator[tuple[str, str]]:
    """Yield the digests before and after each exception that makes a review what it is now."""
    now = review.state.digest
    if before != review.state:
        yield before.digest, now
    record = finals.history.record(review.key)
    sealed = (one.digest for one in finals.seals.rivals.get(review.key, ()))
    for rival in dict.fromkeys((*(record.rivals if record is not None else ()), *sealed)):
        if rival not in (before.digest, now) and exempted(finals.seals, review.key, rival) is None:
            yield now, rival
            yield rival, now


def in_the_way(findings: Iterable[Finding], identifier: str | None = None) -> list[Finding]:
    """Return the findings that keep a review from being sealed: every error but that it is not sealed yet.

    With the id of a review whose change is excepted, only what is wrong with the file of seals itself.
    """
    errors = [one for one in findings if one.level is Level.ERROR and one.name != UNSEALED]
    return errors if identifier is None else [one for one in errors if one.name in _OF_THE_FILE]


def _changed(finals: Finals, identifier: str) -> FinalReview:
    found = [one for one in finals.reviews if one.key == identifier.lower()]
    if found:
        if found[0].problem:
            raise SealError(f"{found[0].pir.path}: {found[0].problem}")
        return found[0]
    entry = finals.base.find(identifier)
    if entry is None:
        near = finals.base.nearest(identifier, (Pir.kind,))
        raise SealError(f"nothing has the id `{identifier}`" + (f"; did you mean `{near}`?" if near else ""))
    if not isinstance(entry.document, Pir):
        raise SealError(f"{entry.id} is no post-incident review; only those are sealed")
    if is_final(finals.base, entry.document):
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
