"""One line of the file of seals: a record, written and read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from mkdocs_sre.documents.values import is_id
from mkdocs_sre.history.attachments import Attached

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
FORMS = {
    "seal": re.compile(r"seal (?P<id>[^ ]+) (?P<digest>[^ ]+) (?P<path>[^ ]+)(?P<attached>(?: attached=[^ ]+)*+)"),
    "except": re.compile(
        r"except (?P<id>[^ ]+) (?P<digest>[^ ]+) -> (?P<new>[^ ]+)(?P<attached>(?: attached=[^ ]+)*+)"
        r' reason=(?P<reason>"(?:[^"\\]|\\.)*+") by=(?P<by>[^ ]+)'
    ),
}
_DIGEST = re.compile(r"v1:sha256:[0-9a-f]{64}")
_ATTACHED_DIGEST = re.compile(r"(?:v1|raw):sha256:[0-9a-f]{64}")
_ESCAPED = frozenset(' %="')


@dataclass(frozen=True, slots=True)
class Seal:
    """What a review was when it became final. `path` is relative to the folder of `mkdocs.yml`, and for people only."""

    id: str
    digest: str
    path: str
    attached: tuple[Attached, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A change to a sealed review that somebody answers for. `new` and `attached` are the whole state behind it."""

    id: str
    old: str
    new: str
    attached: tuple[Attached, ...] = ()
    reason: str = ""
    by: str = ""
    line: int = field(default=0, compare=False)


def format_seal(seal: Seal) -> str:
    """Return the line of a seal, without a line end."""
    return " ".join(["seal", seal.id, seal.digest, _encoded(seal.path), *map(_attached, seal.attached)])


def format_exemption(exemption: Exemption) -> str:
    """Return the line of an exception, without a line end."""
    one = exemption
    said = [f"reason={_quoted(one.reason)}", f"by={_encoded(one.by)}"]
    return " ".join(["except", one.id, one.old, "->", one.new, *map(_attached, one.attached), *said])


def _attached(one: Attached) -> str:
    return f"attached={_encoded(one.reference)}={one.digest}"


def _encoded(text: str) -> str:
    """Return the text without spaces and signs that mean something in a line, percent-encoded."""
    return "".join([sign if _is_plain(sign) else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in text])


def _is_plain(sign: str) -> bool:
    return sign.isprintable() and sign not in _ESCAPED


def _quoted(text: str) -> str:
    """Return the text as a string of JSON, on one line whatever it holds."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join([sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in shown])


class LineError(Exception):
    """A line that cannot be read, and the column (from 1) of what is wrong with it."""

    def __init__(self, column: int, problem: str) -> None:
        super().__init__(problem)
        self.column = column


def parse_line(text: str, number: int) -> Seal | Exemption:
    """Return what a line says. Raises LineError when it cannot be read."""
    form = FORMS.get(text.partition(" ")[0])
    if form is None:
        conflict = "a merge left its marks here; keep the lines of both sides and remove the marks"
        raise LineError(1, conflict if _CONFLICT.match(text) else "the line is neither `seal` nor `except`")
    match = form.fullmatch(text)
    if match is None:
        raise LineError(1, f"the line is not as `{text.partition(' ')[0]}` lines are written")
    identifier, digest = match["id"], match["digest"]
    if not is_id(identifier):
        raise LineError(match.start("id") + 1, "what stands here is no id")
    _check_digest(match, "digest")
    attached = tuple(_read_attached(match))
    if any(one.reference >= next_one.reference for one, next_one in pairwise(attached)):
        raise LineError(match.start("attached") + 2, "the attached files are not in order")
    if form is FORMS["seal"]:
        return Seal(identifier, digest, _decoded(match, "path"), attached, number)
    _check_digest(match, "new")
    reason, by = _reason(match), _decoded(match, "by")
    for group, said in (("reason", reason), ("by", by)):
        if not said.strip():
            raise LineError(
                match.start(group) + 1, f"`{group}` says nothing: an exception says why, and who answers for it"
            )
    return Exemption(identifier, digest, match["new"], attached, reason, by, number)


def record_in(text: str) -> Seal | Exemption | None:
    """Return the record that a line holds; None when it holds none."""
    try:
        return parse_line(text, 0)
    except LineError:
        return None


def split_lines(text: str) -> list[str]:
    """Return the lines of a file of seals, whichever line ends it has."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _check_digest(match: re.Match[str], group: str) -> None:
    if not _DIGEST.fullmatch(match[group]):
        raise LineError(match.start(group) + 1, "what stands here is no digest (`v1:sha256:` and 64 digits)")


def _read_attached(match: re.Match[str]) -> Iterator[Attached]:
    position = match.start("attached")
    for one in match["attached"].split(" ")[1:]:
        reference, _, digest = one.removeprefix("attached=").partition("=")
        if not _ATTACHED_DIGEST.fullmatch(digest):
            raise LineError(position + 2, "the digest of the attached file cannot be read")
        yield Attached(_text(reference, position + 2), digest)
        position += len(one) + 1


def _decoded(match: re.Match[str], group: str) -> str:
    return _text(match[group], match.start(group) + 1)


def _text(token: str, column: int) -> str:
    try:
        return unquote_to_bytes(token).decode()
    except UnicodeDecodeError:
        raise LineError(column, "what is percent-encoded here is not UTF-8") from None


def _reason(match: re.Match[str]) -> str:
    try:
        reason = str(json.loads(match["reason"]))
        reason.encode()
    except ValueError:
        raise LineError(match.start("reason") + 1, "the reason is no text in quotes as JSON has it") from None
    return reason
