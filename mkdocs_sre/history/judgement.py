"""Whether each final review is as it was, by the evidence that counts; a finding is made here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.history.absence import SPARSE, absence
from mkdocs_sre.history.attachments import NOT_FETCHED
from mkdocs_sre.history.remembered import Record, Redaction
from mkdocs_sre.history.seals import exempted, format_exemption
from mkdocs_sre.history.wording import lines_changed, quoted, restore, short_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.history.evidence import Evidence, GitEvidence
    from mkdocs_sre.history.records import Remembered
    from mkdocs_sre.history.remembered import Commit, RecordState
    from mkdocs_sre.history.seals import Exemption, Seal
    from mkdocs_sre.history.shown import Shown

CHANGED, REOPENED, MISSING = "final-review-changed", "final-review-reopened", "final-review-missing"
CONFLICT, ATTACHMENT, DUPLICATED = "final-reviews-conflict", "attachment-changed", "final-review-duplicated"
UNSEALED, RESTORED, REDACTED = "final-review-unsealed", "review-restored", "review-redacted"
_ONE_HOLDS = (
    "let the page have the text that holds, then answer for the other: "
    '`mkdocs-sre seal --except {} --reason "…" --by "…"`'
)
MAX_SAID = 40  # characters of a status that are told
_SEAL = "if the review is right as it is, seal it: `mkdocs-sre seal`"


@dataclass
class Judgement:
    """What is wrong with the reviews, and what is remembered of each that is final."""

    defects: list[Defect] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)


def judge(evidence: Evidence, further: Sequence[str] = ()) -> Judgement:
    """Return the judgement on every review that is final, or was.

    `further` are files of git's store that somebody else wants to see, read in the same go.
    """
    _look_closer(evidence, further)
    judgement = Judgement()
    records = evidence.history.records if evidence.history is not None else {}
    sealed = evidence.seals.seals if evidence.sealing else {}
    shown = [key for key, ones in evidence.shown.items() if any(one.final for one in ones)]
    for key in sorted({*shown, *records, *sealed, *evidence.hidden}):
        found = [*_Case(evidence, key).defects()]
        judgement.defects += found
        one = next((one for one in evidence.shown.get(key, ()) if one.final), None)
        if one is not None or key in records or key in sealed:
            judgement.records[key] = _record(evidence, key, one, bad=any(one.name in _BREACHES for one in found))
    return judgement


_BREACHES = frozenset((CHANGED, CONFLICT, ATTACHMENT, DUPLICATED, MISSING, REOPENED))


def _look_closer(evidence: Evidence, further: Sequence[str]) -> None:
    """Have git tell more of the reviews that do not look as they were: nobody is blamed for a first glance."""
    history = evidence.history
    if history is None:
        if evidence.git is not None:
            evidence.git.past.ask(further)
        return
    doubtful, blobs = [], [*further]
    for key, record in history.records.items():
        ones = evidence.shown.get(key, ())
        if len(ones) != 1 or not ones[0].final or ones[0].digest != record.version.digest or record.rivals:
            doubtful.append(key)
        blobs += [blob for one in ones for blob in _others(history, record, one)]
    if doubtful or blobs:
        history.look_closer(doubtful, blobs)


def _others(history: GitEvidence, record: Remembered, one: Shown) -> Iterator[str]:
    for attachment in one.attachments:
        blob = history.attachment_then(record, attachment)
        if blob and not history.has_id(blob, attachment):
            yield blob


def _record(evidence: Evidence, key: str, one: Shown | None, *, bad: bool) -> Record:
    """Return the record of a review; `one` is the final one that is there, None when there is none."""
    git, seal = evidence.git, evidence.seal(key)
    record = git.records.get(key) if git is not None else None
    whole = git is not None and git.past.lacks is None
    state: RecordState = "changed" if bad else "unchanged"
    if not bad and one is None:
        state = "unverified"
    elif not bad and one is not None and seal is None and (record is None or not whole or evidence.history is None):
        state = (
            "new"
            if whole and evidence.history is not None and one.document.path not in evidence.nested
            else "unverified"
        )
    known = record is not None and git is not None and whole
    return Record(
        state,
        git.commit(record.finalised.commit) if known and record and git else None,
        git.commit(record.start) if known and record and git and record.start != record.finalised.commit else None,
        record.version.digest if record is not None else (seal.digest if seal is not None else ""),
        key in evidence.seals.seals,
        tuple(_redaction(evidence, one) for one in evidence.seals.applied.get(key, ())),
        tuple(one.digest for one in record.rivals) if record is not None else (),
    )


def _redaction(evidence: Evidence, exemption: Exemption) -> Redaction:
    commit = evidence.git.lines.get(format_exemption(exemption)) if evidence.git is not None else None
    return Redaction(
        exemption.reason, exemption.by, evidence.git.commit(commit) if evidence.git is not None and commit else None
    )


class _Case:
    """One review before the evidence."""

    def __init__(self, evidence: Evidence, key: str) -> None:
        self.evidence = evidence
        self.key = key
        self.record = evidence.record(key)
        self.seal = evidence.seal(key)
        self.shown = evidence.shown.get(key, ())

    def defects(self) -> Iterator[Defect]:
        """Yield everything that is wrong with it, and what is worth a notice."""
        if not self.shown:
            yield from absence(self.evidence, self.key, self.record, self.seal)
            return
        digests = self.digests()
        one = next((one for one in self.shown if one.digest in digests), self.shown[0])
        yield from self.duplicates(one)
        found = [*self.differences(one), *self.conflicts(one), *self.attachments(one)]
        yield from found
        if not found:
            yield from self.notices(one)
        if self.evidence.sealing and self.seal is None and one.final and not self.evidence.seals.unread:
            yield self.defect(UNSEALED, one, f"{one.document.id} is final and has no seal", _SEAL)

    def digests(self) -> list[str]:
        history = [self.record.version.digest] if self.record is not None else []
        return [*history, self.seal.digest] if self.seal is not None else history

    def defect(self, rule: str, one: Shown, message: str, hint: str) -> Defect:
        return Defect(rule, Fault(one.place, message, hint))

    def duplicates(self, own: Shown) -> Iterator[Defect]:
        if self.record is None and self.seal is None and not any(one.final for one in self.shown):
            return
        for one in self.shown:
            if one is not own:
                message = (
                    f"{one.document.id} stands here and in {own.document.path}, and it is the id of a final review"
                )
                fault = Fault(one.place, message, "give this one an id of its own", (own.place,))
                yield Defect(DUPLICATED, fault)

    def differences(self, one: Shown) -> Iterator[Defect]:
        """Yield how the review differs from its record: no longer final, or with other bytes."""
        if self.record is None and self.seal is None:
            return
        name = one.document.id
        if not one.final:
            status = one.document.origin.values.get("status")
            said = f"its status is now `{str(status)[:MAX_SAID]}`" if status else "now it has no status"
            yield self.defect(REOPENED, one, f"{name} {self.since()}, and {said}", self.cure(one))
        elif self.record is not None and not self.is_any(self.record, one.digest):
            lines = lines_changed(self.bytes_then(self.record), one.data)
            yield self.defect(
                CHANGED,
                one,
                f"{name} {self.since()}, and differs from it{f': {lines}' if lines else ''}",
                self.cure(one),
            )
        elif self.seal is not None and one.digest not in (
            self.seal.digest,
            *(rival.digest for rival in self.unsettled()),
        ):
            told = f"sealed as {short_digest(self.seal.digest)} and is now {short_digest(one.digest)}"
            # The commits that are here hold another text than the seal: git would only bring back what is there already.
            cure = restore(None, "", one.document.path, name)
            yield self.defect(CHANGED, one, f"{name} was {told}", cure)

    def is_any(self, record: Remembered, now: str) -> bool:
        """Whether a digest is that of the record, of one that became final beside it, or answered for."""
        return now in [one.digest for one in record.rivals] or self.is_allowed(record.version.digest, now)

    def is_allowed(self, then: str, now: str) -> bool:
        """Whether the seals answer for a change from one digest to another."""
        if then == now:
            return True
        chain = exempted(self.evidence.seals, self.key, then)
        return chain is not None and any(one.new == now for one in chain)

    def bytes_then(self, record: Remembered) -> bytes | None:
        history = self.evidence.history
        return history.past.data.get(record.version.blob) if history is not None else None

    def commit(self) -> Commit | None:
        history = self.evidence.history
        return history.commit(self.record.start) if history is not None and self.record is not None else None

    def since(self) -> str:
        commit = self.commit()
        return f"has been final since {commit}" if commit is not None else "was final when it was sealed"

    def cure(self, one: Shown) -> str:
        history, standing = self.evidence.history, self.evidence.standing(self.key)
        if history is None or standing is None:
            return restore(None, "", "", one.document.id)
        now = f"{history.past.repository.docs}{one.document.path}"
        commit, below = history.commit(standing.commit), self.evidence.is_below
        return restore(commit, standing.path, now, one.document.id, below=below)

    def conflicts(self, one: Shown) -> Iterator[Defect]:
        """Yield that two branches made two records of it, unless the seals answer for the text that does not hold."""
        history, record, cure = self.evidence.history, self.record, _ONE_HOLDS.format(quoted(one.document.id))
        versions = (record.version, *record.rivals) if record is not None and record.rivals else ()
        rivals = self.unsettled()
        if history is not None and not all(self.is_allowed(version.digest, one.digest) for version in versions):
            first, other = (history.commit(version.commit) for version in versions[:2])
            message = f"{one.document.id} became final twice, with different text: in {first} and in {other}"
            yield self.defect(CONFLICT, one, message, cure)
        elif rivals:
            lines = sorted((self.evidence.seals.seals[self.key].line, rivals[0].line))
            said = f"{one.document.id} is sealed twice, for different text: in lines {lines[0]} and {lines[1]}"
            yield self.defect(CONFLICT, one, f"{said} of {self.evidence.lock}", cure)

    def unsettled(self) -> list[Seal]:
        """Return further seals for other texts, for which no exception answers."""
        seals = self.evidence.seals
        rivals = seals.rivals.get(self.key, ()) if self.evidence.sealing else ()
        return [rival for rival in rivals if exempted(seals, self.key, rival.digest) is None]

    def attachments(self, one: Shown) -> Iterator[Defect]:
        """Yield which images and snippets are not what they were, each once."""
        if not one.final:
            return
        told = set()
        problems = {attachment.reference: attachment.problem for attachment in one.attachments}
        for reference, message in (*self.attached_in_history(one), *self.attached_by_seal(one)):
            if reference not in told:
                told.add(reference)
                problem = problems.get(reference, "")
                said = f"shows {quoted(reference)}: {NOT_FETCHED}" if problem == NOT_FETCHED else message
                yield self.defect(ATTACHMENT, one, f"{one.document.id} {said}", self.attachment_cure(problem))

    def attachment_cure(self, problem: str) -> str:
        """Return how an attachment comes back; `problem` is what keeps it from being read."""
        if problem == NOT_FETCHED:
            return "fetch it: `git lfs pull`"
        if problem and self.evidence.git is not None and self.evidence.git.past.repository.sparse:
            return SPARSE.cure
        return f"restore the file as it was {f'in {self.commit()}' if self.commit() else 'when it was sealed'}"

    def attached_in_history(self, one: Shown) -> Iterator[tuple[str, str]]:
        history, record = self.evidence.history, self.record
        if history is None or record is None or self.evidence.seals.applied.get(self.key):
            return  # an exception says the whole state, attachments too, and its seal is asked
        for attachment in one.attachments:
            blob = history.attachment_then(record, attachment)
            if blob and not history.has_id(blob, attachment) and not history.was_so(blob, attachment):
                how = "has changed" if attachment.digest else "is gone"
                said = f"shows {quoted(attachment.reference)}, which {how} since {self.commit()}"
                yield attachment.reference, said

    def attached_by_seal(self, one: Shown) -> Iterator[tuple[str, str]]:
        if self.seal is None or one.digest != self.seal.digest:
            return
        now = {attachment.reference: attachment.digest for attachment in one.attachments}
        then = {attached.reference: attached.digest for attached in self.seal.attached}
        for reference in sorted({*now, *then}):
            if now.get(reference, "") != then.get(reference, ""):
                word = (
                    "has changed since it was sealed"
                    if now.get(reference) and reference in then
                    else "is gone"
                    if reference in then
                    else "was not there when it was sealed"
                )
                yield reference, f"shows {quoted(reference)}, which {word}"

    def notices(self, one: Shown) -> Iterator[Defect]:
        history, record = self.evidence.history, self.record
        redactions = self.evidence.seals.applied.get(self.key, ())
        for exemption in redactions:
            message = f"{one.document.id} was changed on purpose by {exemption.by}: {exemption.reason}"
            yield self.defect(REDACTED, one, message, "nothing is to be done; its page says so")
        if history is not None and record is not None and record.detours and not redactions:
            commits = [history.commit(detour) for detour in record.detours]
            more = f" and {len(commits) - 1} more" if len(commits) > 1 else ""
            message = f"{one.document.id} was something else in {commits[0]}{more}, and is again as in {self.commit()}"
            yield self.defect(RESTORED, one, message, "nothing is to be done; the record is whole")
