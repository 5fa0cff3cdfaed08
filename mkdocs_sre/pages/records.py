"""What is remembered of a final review, and what newer documents say of it: the record, its banners."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.standing import FINAL, status_of
from mkdocs_sre.history.remembered import SHORT
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Banner, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.history.remembered import Commit, Record, RecordState
    from mkdocs_sre.pages.site import Site

# The word of each state, and its form, which has a shape of its own.
STATES: Mapping[RecordState, tuple[str, str]] = MappingProxyType(
    {
        "unchanged": ("unchanged", "is-ok"),
        "changed": ("changed", "is-bad"),
        "unverified": ("not verified", "is-none"),
        "new": ("new", "is-info"),
    }
)
REDACTED = ("redacted", "is-info")
AS_FINALISED = "The text below is as finalised and stays so."
AS_PROTECTED = "The text below is as it was when it came under protection, and stays so."
CHANGED = (
    "<b>This page differs from its record.</b> A final review does not change; what stands here is not what was agreed.",
    (
        "What to do: <code>mkdocs-sre check --select IMM</code> says what changed and how to restore it. What became known "
        "later is an addendum: <code>mkdocs-sre amend {id}</code>."
    ),
)


def record_of(site: Site, pir: Pir) -> Record | None:
    """Return what is remembered of a review; None of one that is not final, and where nobody has looked."""
    return site.history.record(pir.id) if _is_final(site, pir) else None


def record_mark(record: Record | None) -> str:
    """Return the state of a record as HTML, a shape and a word; empty without a record.

    A text that was changed on purpose is not called unchanged, though nothing is wrong with it.
    """
    if record is None:
        return ""
    word, form = REDACTED if record.state == "unchanged" and record.redactions else STATES[record.state]
    return f'<span class="sre-seal {form}">{word}</span>'


def record_facts(site: Site, pir: Pir) -> tuple[Fact, ...]:
    """Return the state of a review's record, and what it stands on: the finalising commit and the seal."""
    record = record_of(site, pir)
    return () if record is None else (Fact("Record", record_mark(record), _stands_on(record)),)


def record_banners(site: Site, page: str, pir: Pir) -> Iterator[Banner]:
    """Yield what a reader must know before the text: that it was changed, and what newer documents and redactions say."""
    record = record_of(site, pir)
    if record is not None and record.state == "changed":
        yield Banner(tuple(line.format(id=escape(pir.id)) for line in CHANGED), "bad")
    lines = [*_superseded(site, page, pir), *_redacted(record), *_amended(site, page, pir)]
    if lines:
        yield Banner((*lines, *_stays(site, pir, record)), "info")


def _is_final(site: Site, pir: Pir) -> bool:
    return status_of(pir.status, site.base.settings) == FINAL


def _stays(site: Site, pir: Pir, record: Record | None) -> tuple[str, ...]:
    """Return what can be said of the text below: nothing where it was changed, or where nobody could tell."""
    if not _is_final(site, pir):
        return ()
    if record is None:
        return (AS_FINALISED,)
    if record.state in ("changed", "unverified") or record.redactions:
        return ()
    return (AS_PROTECTED,) if _protected_later(record) else (AS_FINALISED,)


def _protected_later(record: Record) -> Commit | None:
    """Return the commit from which a review is protected, where that is not the one that made it final."""
    return record.protected if record.protected != record.finalised else None


def _stands_on(record: Record) -> str:
    """Return the commits and the digest that a record stands on, escaped."""
    sealed = f"sealed {_code(_digits(record.digest))}" if record.sealed and record.digest else ""
    later = _protected_later(record)
    parts = (
        f"finalised in {_commit(record.finalised)}" if record.finalised else "",
        f"protected since {_commit(later)}" if later else "",
        sealed or ("sealed" if record.sealed else ""),
    )
    return "; ".join(part for part in parts if part) or _NOTHING.get(record.state, "")


_NOTHING: Mapping[RecordState, str] = MappingProxyType(
    {"unverified": "neither git nor a seal could tell", "new": "in no commit and not sealed yet"}
)


def _commit(commit: Commit) -> str:
    return f"{_code(commit.short)}, {commit.day.isoformat()}, {escape(commit.author)}"


def _code(text: str) -> str:
    return f'<span class="sre-mono">{escape(text)}</span>'


def _digits(digest: str) -> str:
    """Return the first digits of a digest, without the names of its version and its function."""
    return digest.rpartition(":")[2][:SHORT]


def _amended(site: Site, page: str, pir: Pir) -> Iterator[str]:
    for addendum in site.addenda_of.get(pir.id.lower(), []):
        said = f": {prose(addendum.corrects)}" if addendum.corrects else ""
        link = site.link_document(page, addendum, addendum.id)
        yield f"<b>Amended by</b> {link} on {addendum.date.isoformat()}{said}"


def _superseded(site: Site, page: str, pir: Pir) -> Iterator[str]:
    for newer in site.superseding.get(pir.id.lower(), []):
        link = site.link_document(page, newer, newer.id)
        title = f": {escape(newer.name)}" if newer.name != newer.id else ""
        yield f"<b>Superseded by</b> {link}{title}"


def _redacted(record: Record | None) -> Iterator[str]:
    for one in record.redactions if record is not None else ():
        when = (
            f"<b>Redacted</b> on {one.commit.day.isoformat()}" if one.commit else "<b>Redacted, not committed yet</b>,"
        )
        yield f"{when} because {prose(one.reason.rstrip('.'))}, by {escape(one.by)}"
