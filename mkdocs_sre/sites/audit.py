"""An evidence bundle: what final reviews are, what proves it, and what was done since, as files that need no tools."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from mkdocs_sre.documents.finding import Level
from mkdocs_sre.history.git import git
from mkdocs_sre.history.recorded import recorded_bytes
from mkdocs_sre.history.repository import Repository, repository
from mkdocs_sre.history.seals import LOCK
from mkdocs_sre.knowledge.actions import actions_by_origin
from mkdocs_sre.reports.text import plural
from mkdocs_sre.sites.audit_readme import readme
from mkdocs_sre.sites.audit_review import VIOLATIONS, AuditedReview, to_json
from mkdocs_sre.sites.finals import finals_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.reading.configuration import Configuration
    from mkdocs_sre.sites.finals import FinalReview, Finals

SCHEMA = 1  # of `manifest.json`; a new number when a key changes its meaning or goes
MANIFEST, README, SUMS = "manifest.json", "README.md", "SHA256SUMS"


@dataclass
class Bundle:
    """The files of a bundle by path, and what its manifest says."""

    files: dict[str, bytes | Path] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def violated(self) -> bool:
        """Whether a final review is not what was written, or cannot be found."""
        return bool(self.manifest["verdict"] == "violated")

    @property
    def summary(self) -> str:
        """How many reviews have which verdict, in one line."""
        counted = Counter(one["verdict"] for one in self.manifest["reviews"])
        listed = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(counted.items()))
        return f"{plural(counted.total(), 'final review')}: {listed or 'nothing to prove'}"


def audit_site(site: Configuration) -> Bundle:
    """Return the evidence bundle of a site. Raises SettingsError for options that cannot be used."""
    found = repository(site.docs_dir)
    return audit(finals_of(site), found if isinstance(found, Repository) else None)


def audit(audited: Finals, git_store: Repository | None) -> Bundle:
    """Return the evidence bundle of a site: the same for the same commit, to the byte, wherever it is made.

    `git_store` is the repository that the site lies in, None where git cannot be asked.
    """
    bundle = Bundle()
    actions = actions_by_origin(audited.base)
    now = _now(audited)
    recorded = _recorded(audited, now, git_store)
    keys = sorted({*now, *audited.history.records, *audited.seals.seals})
    reviews = [
        AuditedReview(audited, key, now.get(key), recorded, actions.get(key, ())).into(bundle.files) for key in keys
    ]
    bundle.manifest = _manifest(audited, reviews, git_store)
    lock = audited.site.folder / LOCK
    if audited.seals.exists and lock.is_file() and not lock.is_symlink():
        bundle.files[LOCK] = lock.read_bytes()
    bundle.files[MANIFEST] = to_json(bundle.manifest)
    bundle.files[README] = readme(bundle.manifest).encode()
    bundle.files[SUMS] = _sums(bundle.files)
    return bundle


def _now(audited: Finals) -> Mapping[str, FinalReview]:
    """Return the final reviews that are there, by id in lower case; of several with one id the one that is the record."""
    found: dict[str, FinalReview] = {}
    for one in audited.reviews:
        record = audited.history.record(one.key)
        if one.key not in found or (record is not None and one.state.digest == record.digest):
            found[one.key] = one
    return found


def _recorded(audited: Finals, now: Mapping[str, FinalReview], git_store: Repository | None) -> Mapping[str, bytes]:
    """Return the bytes of the records that are not there as they were; those of redacted ones are left alone."""
    if git_store is None:
        return {}
    sealed = {key: seal.digest for key, seal in audited.seals.seals.items()}
    records = sealed | {key: record.digest for key, record in audited.history.records.items() if record.digest}
    redacted = {key for key, applied in audited.seals.applied.items() if applied}
    there = {key: one.state.digest for key, one in now.items()}
    wanted = {made for key, made in records.items() if key not in redacted and there.get(key) != made}
    return recorded_bytes(git_store.top, wanted)


def _manifest(audited: Finals, reviews: list[dict[str, Any]], git_store: Repository | None) -> dict[str, Any]:
    options = audited.site.settings.history
    return {
        "schema": SCHEMA,
        "site": audited.site.site_name,
        "as_of": audited.as_of.isoformat(),
        "commit": git_store.head if git_store is not None else None,
        "uncommitted": _uncommitted(audited, git_store),
        "evidence": options.evidence,
        "finality": options.finality,
        "since": options.since,
        "verdict": _whole(audited, reviews),
        "findings": [_finding(one) for one in audited.findings],
        "reviews": reviews,
    }


def _whole(audited: Finals, reviews: list[dict[str, Any]]) -> Literal["clean", "unverified", "violated"]:
    if any(one.level is Level.ERROR for one in audited.findings) or any(
        one["verdict"] in VIOLATIONS for one in reviews
    ):
        return "violated"
    unsure = any(one.level is Level.WARNING for one in audited.findings)
    return "unverified" if unsure or any(one["verdict"] == "unverified" for one in reviews) else "clean"


def _uncommitted(audited: Finals, git_store: Repository | None) -> bool | None:
    """Whether documents, seals or configuration differ from the commit; None without git."""
    if git_store is None:
        return None
    looked = [audited.site.docs_dir, audited.site.folder / LOCK, audited.site.file]
    places = [f":(literal){place}" for one in looked if (place := git_store.path_of(one)) is not None]
    told = git(git_store.top, "status", "--porcelain", "-z", "--", *places)
    return None if told is None else bool(told)


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "place": str(one.location),
        "code": one.code,
        "name": one.name,
        "level": str(one.level),
        "message": one.message,
        "hint": one.hint,
    }


def _sums(files: Mapping[str, bytes | Path]) -> bytes:
    """Return the list that `sha256sum -c` takes."""
    lines = []
    for path, content in sorted(files.items()):
        data = content if isinstance(content, bytes) else content.read_bytes()
        lines.append(f"{sha256(data).hexdigest()}  {path}\n")
    return "".join(lines).encode()
