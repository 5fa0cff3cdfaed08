"""What belongs to a review beside its own text: the local images that it shows and the snippets that it includes."""

from __future__ import annotations

import posixpath
import re
import stat
from collections import deque
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from mkdocs_sre.history.canonical import RAW, digest
from mkdocs_sre.reading.folder import leaves
from mkdocs_sre.reading.inline import mask_code
from mkdocs_sre.reading.markup import TAG
from mkdocs_sre.reading.page import decoded, take_apart
from mkdocs_sre.reading.scanner import scan
from mkdocs_sre.reading.snippets import MARK, included

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.body import Body

MAX_ATTACHMENTS = 1_000  # of one review; what is beyond is told, and not read
MAX_BYTES = 64 * 1024 * 1024  # of one file; a larger one is told, and not read
POINTER = b"version https://git-lfs.github.com/spec/"  # what a file of Git LFS begins with as long as it is not fetched
NOT_FETCHED = "Git LFS keeps the file, and it was not fetched"
MAX_TEXT_BYTES = 16 * 1024 * 1024  # of a snippet, which is searched for more
_CHUNK = 1024 * 1024
_TEXT_ENDINGS = (".svg",)  # of images that git takes for text, so that their line ends differ from checkout to checkout
_FRONT_PAGES = ("index", "readme")  # their address is that of their folder
_REFERENCE = re.compile(r"!\[([^\[\]]*+)\](?!\()(?:\[([^\[\]]*+)\])?+")
_TAG = re.compile(TAG)
_SHOWING = re.compile(r"<(?:img|source|embed|object|video|audio)[ \t\n]", re.IGNORECASE)
_SOURCE = re.compile(
    r"[ \t\n](?:src|data|poster)[ \t\n]*+=[ \t\n]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++))", re.IGNORECASE
)
_MAY_SHOW = re.compile(rb"!\[|<[a-zA-Z]|8<-")  # without any of them a text shows and includes nothing
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True, order=True)
class Attached:
    """A file that belongs to a sealed review: how the review names it, and the digest of its bytes."""

    reference: str
    digest: str


@dataclass(frozen=True, slots=True)
class AttachmentFolders:
    """Where attachments are looked for: the docs folder, the folders of snippets, and whether pages have folders of their own."""

    docs_dir: Path
    snippets: tuple[Path, ...] = ()
    directory_urls: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a review as it is now.

    `reference` is how the review names it: for an image the path from the review's own folder (from the docs folder when
    it begins with `/`), for a snippet the path as written. `digest` is that of its canonical bytes when it is `text`,
    else of its bytes as they are; empty when it was not read, and then `problem` says why. `file` is where it is on
    disk, None when it is not there, outside the folders, or cannot be read.
    """

    reference: str
    text: bool
    file: Path | None = None
    digest: str = ""
    problem: str = ""


def attached(attachments: Iterable[Attachment]) -> tuple[Attached, ...]:
    """Return what a seal holds of the attachments: those that could be read."""
    return tuple(Attached(one.reference, one.digest) for one in attachments if one.digest)


def attached_to(pir: Document, data: bytes, folders: AttachmentFolders) -> tuple[Attachment, ...]:
    """Return the attachments of a review whose file holds these bytes, sorted by reference, each once.

    Images are those of its text and of the snippets that it includes, in Markdown or as HTML; snippets are followed
    into each other. Nothing is read outside the folders, whatever links lead there.
    """
    if _MAY_SHOW.search(data) is None:
        return ()
    markdown = _markdown(data) if folders.snippets and MARK.encode() in data else ""
    return _Search(pir.path, folders).run(pir.body, markdown)


def _markdown(data: bytes) -> str:
    try:
        return take_apart(decoded(data)).markdown
    except UnicodeDecodeError:
        return ""


class _Search:
    """The search of one review, from text to text."""

    def __init__(self, path: str, folders: AttachmentFolders) -> None:
        self.folders = folders
        self.folder = posixpath.dirname(path)
        name = posixpath.basename(path).rpartition(".")[0]
        own_folder = folders.directory_urls and name.lower() not in _FRONT_PAGES
        self.address = posixpath.join(self.folder, name) if own_folder else self.folder
        self.found: dict[str, Attachment] = {}
        self.texts: deque[str] = deque()

    def run(self, body: Body, markdown: str) -> tuple[Attachment, ...]:
        self.look(body, markdown)
        while self.texts:
            text = self.texts.popleft()
            self.look(scan(text.split("\n")), text)
        return tuple(sorted(self.found.values(), key=lambda one: one.reference))

    def look(self, body: Body, markdown: str) -> None:
        for target in _images(body):
            self.image(target, self.folder)
        for target in _shown_by_tags(body):
            self.image(target, self.address)
        for name in included(markdown) if self.folders.snippets else ():
            self.snippet(name)

    def image(self, target: str, base: str) -> None:
        path = _local(target)
        if not path:
            return
        inside = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(base, path))
        if inside.startswith("../") or inside in ("..", "."):
            return  # no page of the site can show what lies outside the docs folder
        reference = f"/{inside}" if path.startswith("/") else posixpath.relpath(inside, self.folder or ".")
        text = inside.lower().endswith(_TEXT_ENDINGS)
        if self.has_room(reference, text=text):
            self.found[reference] = _read(reference, _within(self.folders.docs_dir, inside), text=text)

    def snippet(self, name: str) -> None:
        if not self.has_room(name, text=True):
            return
        places = (_snippet(base, name) for base in self.folders.snippets)
        one = self.found[name] = _read(name, next(filter(None, places), None), text=True)
        if one.digest and one.file is not None:
            self.texts.append(_decoded(one.file))

    def has_room(self, reference: str, *, text: bool) -> bool:
        """Whether an attachment is new and may still be read; one that is too many is noted."""
        if reference in self.found or len(self.found) > MAX_ATTACHMENTS:
            return False
        if len(self.found) == MAX_ATTACHMENTS:
            problem = f"more than {MAX_ATTACHMENTS:,} files are attached"
            self.found[reference] = Attachment(reference, text, problem=problem)
            return False
        return True


def _images(body: Body) -> Iterator[str]:
    """Yield the targets of images, also of those whose target stands elsewhere in the text under a label."""
    yield from (link.target for link in body.links if link.image)
    if "![" not in body.text:
        return
    labels = {_label(match[2] or match[1]) for match in _REFERENCE.finditer(_without_code(body))}
    for link in body.links if labels else ():
        line = body.lines[link.line - body.first_line]
        if _label(link.text) in labels and line[link.column - 1 :].startswith(f"[{link.text}]:"):
            yield link.target


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _without_code(body: Body) -> str:
    lines = list(body.lines)
    for block in body.code_blocks:
        first, last = block.line - body.first_line, block.end_line - body.first_line
        lines[first : last + 1] = [""] * (last + 1 - first)
    return mask_code("\n".join(lines))


def _shown_by_tags(body: Body) -> Iterator[str]:
    if _SHOWING.search(body.text) is None:
        return
    for tag in _TAG.finditer(_without_code(body)):
        if _SHOWING.match(tag[0]):
            yield from (unescape(found[1] or found[2] or found[3] or "") for found in _SOURCE.finditer(tag[0]))


def _local(target: str) -> str:
    """Return the path that a target names, without query and fragment; empty when it leads out of the site."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else unquote(_ESCAPE.sub(r"\1", parts.path))


class _Place(NamedTuple):
    """A file that is there, and the folder that it must not leave."""

    file: Path
    top: Path


def _within(folder: Path, path: str) -> _Place | None:
    """Return the file at a path below a folder; None when nothing is there."""
    file = folder / path
    try:
        return _Place(file, folder) if file.exists() else None
    except (OSError, ValueError):  # a path that no system has
        return None


def _snippet(base: Path, name: str) -> _Place | None:
    """Return the file that a base path holds under this name; a base path may be a file itself."""
    folder = base.parent if base.is_file() else base
    inside = posixpath.normpath(name)
    place = None if inside.startswith(("/", "../")) or inside == ".." else _within(folder, inside)
    return place if place is None or folder == base or place.file.samefile(base) else None


def _read(reference: str, place: _Place | None, *, text: bool) -> Attachment:
    """Return an attachment with the digest of its file, or with what keeps it from being read."""
    if place is None:
        return Attachment(reference, text, problem="the file does not exist")
    if leaves(place.top, place.file):
        return Attachment(reference, text, problem="a symbolic link leads out of its folder, so it is not followed")
    try:
        problem = _problem(place.file, text=text)
        if problem:
            return Attachment(reference, text, place.file if problem == NOT_FETCHED else None, problem=problem)
        made = digest(place.file.read_bytes()) if text else _raw(place.file)
    except OSError as error:
        return Attachment(reference, text, problem=f"the file cannot be read: {error.strerror}")
    return Attachment(reference, text, place.file, made)


def _problem(file: Path, *, text: bool) -> str:
    """Return what keeps a file from being digested; empty when nothing does."""
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    if status.st_size > (MAX_TEXT_BYTES if text else MAX_BYTES):
        return f"the file has {status.st_size:,} bytes, too many to be sealed"
    return NOT_FETCHED if _is_pointer(file) else ""


def _is_pointer(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(POINTER)) == POINTER


def _raw(file: Path) -> str:
    """Return what `raw_digest` does, without holding the whole file."""
    hashed = sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            hashed.update(chunk)
    return f"{RAW}:sha256:{hashed.hexdigest()}"


def _decoded(file: Path) -> str:
    try:
        return decoded(file.read_bytes())
    except (OSError, UnicodeDecodeError):
        return ""
