"""What was read of commits and files in git's store, kept between runs: neither ever changes under its id.

The working files are never kept: they are read each time. In CI nothing is kept at all.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_sre.history.commits import Change, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = (".cache", "mkdocs-sre")  # below the folder of the configuration
NAME = "history.json"
MAX_BYTES = 256 * 1024 * 1024  # of the file; a longer one is left alone
_OFF = ("", "0", "false")


class BlobFacts(NamedTuple):
    """What is known of a file in git's store: what its front matter says, whether exactly, and its canonical digest.

    The digest is empty for a file that is no review, wherever it stands.
    """

    values: Mapping[str, str]
    exact: bool
    digest: str = ""


NO_REVIEW = BlobFacts({}, exact=True)


@dataclass
class Kept:
    """What is kept: the commits that lead to `head`, and the facts of files by their id."""

    head: str = ""
    steps: dict[str, Step] = field(default_factory=dict)
    blobs: dict[str, BlobFacts] = field(default_factory=dict)


def cache_file(folder: Path) -> Path | None:
    """Return the file that a site's history is kept in; None in CI, or where a link would lead somewhere else."""
    if os.environ.get("CI", "").lower() not in _OFF:
        return None
    place = folder
    for name in FOLDER:
        place /= name
        if place.is_symlink():
            return None
    return None if (place / NAME).is_symlink() else place / NAME


def load_kept(file: Path | None, fingerprint: str) -> Kept:
    """Return what a file keeps for this fingerprint; nothing when it is not there, damaged, or made for another."""
    if file is None:
        return Kept()
    try:
        with file.open("rb") as opened:
            head = opened.readline(200).split()
            if len(head) != 2 or head[0].decode() != fingerprint or file.stat().st_size > MAX_BYTES:  # noqa: PLR2004
                return Kept()
            text = opened.read(MAX_BYTES)
        return _kept(json.loads(text)) if sha256(text).hexdigest().encode() == head[1] else Kept()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return Kept()


def save_kept(file: Path | None, fingerprint: str, kept: Kept) -> None:
    """Write what is to be kept; a folder that cannot be written is no fault."""
    if file is None:
        return
    text = json.dumps(_plain(kept), separators=(",", ":")).encode()
    if len(text) > MAX_BYTES:
        return
    temporary = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        ignore = file.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=NAME)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(f"{fingerprint} {sha256(text).hexdigest()}\n".encode() + text)
        Path(temporary).replace(file)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _plain(kept: Kept) -> dict[str, Any]:
    """Return what JSON takes. Changes stand one after another in a list, files that are no review in one text."""
    told = {one: facts for one, facts in kept.blobs.items() if facts != NO_REVIEW}
    return {
        "head": kept.head,
        "steps": {
            one: [
                " ".join(step.parents),
                step.seconds,
                step.author,
                [text for change in step.changes for text in change],
            ]
            for one, step in kept.steps.items()
        },
        "others": " ".join(one for one in kept.blobs if one not in told),
        "blobs": {one: [dict(facts.values), facts.exact, facts.digest] for one, facts in told.items()},
    }


def _kept(plain: Any) -> Kept:
    steps = {}
    for one, (parents, seconds, author, flat) in plain["steps"].items():
        changes = [Change(*flat[at : at + 3]) for at in range(0, len(flat), 3)]
        steps[one] = step = Step(tuple(parents.split()), int(seconds), str(author), changes)
        _ = step.day  # a date that no calendar has is told here
    blobs = dict.fromkeys(plain["others"].split(), NO_REVIEW)
    for one, (values, exact, digest) in plain["blobs"].items():
        blobs[one] = BlobFacts({str(key): str(value) for key, value in values.items()}, bool(exact), str(digest))
    return Kept(str(plain["head"]), steps, blobs)
