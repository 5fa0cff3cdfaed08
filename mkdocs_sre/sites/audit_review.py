"""One final review in an evidence bundle: its files, and what the manifest says of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from mkdocs_sre.documents.kinds.addendum import Addendum
from mkdocs_sre.history.canonical import canonical, digest
from mkdocs_sre.history.seals import format_exemption, format_seal
from mkdocs_sre.knowledge.actions import id_key
from mkdocs_sre.reading.folder import Found, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mkdocs_sre.history.remembered import Commit, Record
    from mkdocs_sre.knowledge.actions import PlacedAction
    from mkdocs_sre.sites.finals import FinalReview, Finals

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

Verdict = Literal["unchanged", "redacted", "changed", "missing", "unverified", "new"]
VIOLATIONS: frozenset[Verdict] = frozenset(("changed", "missing"))


@dataclass
class AuditedReview:
    """One review on its way into the bundle."""

    audited: Finals
    key: str
    now: FinalReview | None
    recorded: Mapping[str, bytes]
    actions: Sequence[PlacedAction]

    def into(self, files: dict[str, bytes | Path]) -> dict[str, Any]:
        """Add the files of the review, and return what the manifest says of it."""
        seal = self.audited.seals.seals.get(self.key)
        identifier = self.now.pir.id if self.now is not None else seal.id if seal is not None else self._former_id()
        folder = f"reviews/{identifier}"
        record = self.audited.history.record(self.key)
        verdict = _verdict(self.now, record)
        said: dict[str, Any] = {
            "id": identifier,
            "title": self.now.pir.name if self.now is not None else None,
            "path": self.now.pir.path if self.now is not None else None,
            "verdict": verdict,
            "digest": (record.digest if record is not None else "") or (seal.digest if seal is not None else None),
            "digest_now": self.now.state.digest if self.now is not None else None,
            "finalised": _commit(record.finalised if record is not None else None),
            "protected_since": _commit(record.protected if record is not None else None),
            "seal": format_seal(seal) if seal is not None else None,
            "exceptions": [format_exemption(one) for one in self.audited.seals.exemptions.get(self.key, ())],
            "redactions": _redactions(record),
        }
        said |= self._texts(folder, verdict, said["digest"], files)
        said["attachments"] = [*self._attachments(folder, files)]
        said["addenda"] = [*self._addenda(folder, files)]
        said["actions"] = [_action(one) for one in self.actions]
        files[f"{folder}/actions.json"] = to_json(said["actions"])
        return said

    def _former_id(self) -> str:
        """Return the id of a review that is no longer final as it is written; in lower case when it is gone."""
        entry = self.audited.base.find(self.key)
        return entry.id if entry is not None else self.key

    def _texts(
        self, folder: str, verdict: Verdict, recorded: str | None, files: dict[str, bytes | Path]
    ) -> dict[str, str | None]:
        """Add the record, and the review as it is where that is another; return where they are."""
        now = canonical(self.now.data) if self.now is not None else None
        is_record = self.now is not None and self.now.state.digest == recorded
        record = now if is_record or verdict in ("new", "unverified") else self.recorded.get(recorded or "")
        places: dict[str, str | None] = {"record": None, "now": None}
        for name, data in (("record", record), ("now", None if record is now else now)):
            if data is not None:
                places[name] = f"{folder}/{name}.md"
                files[f"{folder}/{name}.md"] = data
        return places

    def _attachments(self, folder: str, files: dict[str, bytes | Path]) -> Iterator[dict[str, Any]]:
        for number, one in enumerate(self.now.attachments if self.now is not None else (), 1):
            place = None
            if one.file is not None and one.digest:
                name = _UNSAFE.sub("-", PurePosixPath(one.reference).name)[-100:]
                place = f"{folder}/attachments/{number}-{name}"
                files[place] = canonical(one.file.read_bytes()) if one.text else one.file
            yield {
                "reference": one.reference,
                "digest": one.digest or None,
                "file": place,
                "problem": one.problem or None,
            }

    def _addenda(self, folder: str, files: dict[str, bytes | Path]) -> Iterator[dict[str, Any]]:
        base, docs_dir = self.audited.base, self.audited.site.docs_dir
        found = [one for one in base.of_kind(Addendum) if id_key(base, one.amends) == self.key]
        for one in sorted(found, key=lambda addendum: (addendum.date, addendum.id.lower(), addendum.path)):
            data = read_bytes(docs_dir, Found(one.path, docs_dir / one.path))
            place = f"{folder}/addenda/{one.id}.md"
            if isinstance(data, bytes) and place not in files:
                files[place] = canonical(data)
                yield {"id": one.id, "date": one.date.isoformat(), "digest": digest(data), "file": place}


def _verdict(now: FinalReview | None, record: Record | None) -> Verdict:
    if now is None:
        return "missing"
    if record is None:
        return "unverified"
    return "redacted" if record.state == "unchanged" and record.redactions else record.state


def _commit(commit: Commit | None) -> dict[str, str] | None:
    return None if commit is None else {"id": commit.id, "day": commit.day.isoformat(), "author": commit.author}


def _redactions(record: Record | None) -> list[dict[str, Any]]:
    made = record.redactions if record is not None else ()
    return [{"reason": one.reason, "by": one.by, "commit": _commit(one.commit)} for one in made]


def _action(placed: PlacedAction) -> dict[str, Any]:
    told = placed.action.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {**told, "ledger": placed.ledger.id}


def to_json(value: Any) -> bytes:
    """Return a value as JSON that people can read too."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
