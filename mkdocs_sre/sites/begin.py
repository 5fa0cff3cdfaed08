"""A new site: configuration and a first document of each kind, which pass every check on the day they are written."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from importlib.resources import files
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs_sre import __version__
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.history.canonical import digest
from mkdocs_sre.history.seals import LOCK, Seal, Seals, format_seal, with_lines

if TYPE_CHECKING:
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

CI = {"github": ".github/workflows/reliability.yml", "gitlab": ".gitlab-ci.yml"}
DOCS = "docs"
CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml", "zensical.toml")
MARGIN = timedelta(days=14)  # between the newest past day in the documents and the day they are written for
_BLANK = re.compile(r"<<(\w+)([+-]\d+)?>>")
_ID = re.compile(r"(?m)^id: (\S+)$")
_TYPE = re.compile(r"(?m)^type: (\S+)$")
_FINAL = re.compile(r"(?m)^status: final$")


class BeginError(Exception):
    """A site that cannot be begun; `problems` holds a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def begin(folder: Path, day: date, ci: str | None = None) -> list[str]:
    """Write a new site into a folder and return its files, by their paths below it.

    `day` counts as today in the documents; `ci` adds the file of a service in `CI`. The site passes `check --strict`
    from `MARGIN` before that day to six weeks after it. Raises BeginError, and has written nothing, when a file is there
    already, or when the calendar ends within the documents' days.
    """
    try:
        made = _files(day, ci)
    except OverflowError:
        raise BeginError([f"{day} is too near the end of the calendar; choose another day"]) from None
    taken = [place for place in sorted({*made, *CONFIGURATIONS}) if os.path.lexists(folder / place)]
    if _in_use(folder / DOCS) and not any(place.startswith(f"{DOCS}/") for place in taken):
        taken.append(DOCS)
    ways = {parent.as_posix() for path in made for parent in PurePosixPath(path).parents[:-1]}
    taken += [way for way in sorted(ways - {DOCS}) if (folder / way).is_symlink()]
    if taken:
        listed = [f"{folder / place} exists already" for place in taken]
        raise BeginError([*listed, "nothing is written; choose an empty folder"])
    try:
        for path, text in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise BeginError([f"{error.filename or folder}: {error.strerror}"]) from None
    return sorted(made)


def _in_use(folder: Path) -> bool:
    try:
        return folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
    except OSError:
        return True


def _files(day: date, ci: str | None) -> dict[str, str]:
    starter = files("mkdocs_sre.sites") / "starter"
    theme = "material" if find_spec("material") else "plain"
    blanks = {
        "theme": _text(starter, f"{theme}.yml").rstrip(),
        "extensions": _text(starter, f"{theme}-extensions.yml").rstrip(),
        "version": __version__,
    }
    made = {
        "mkdocs.yml": _filled(_text(starter, "mkdocs.yml"), day, blanks),
        "requirements.txt": _filled(_text(starter, "requirements.txt"), day, blanks),
        ".gitignore": _text(starter, "gitignore"),
    }
    if ci is not None:
        made[CI[ci]] = _text(starter, f"{ci}.yml")
    for document in (starter / "documents").iterdir():
        text = _filled(document.read_text(encoding="utf-8"), day, {})
        made[_place(document.name, text)] = text
    made[LOCK] = with_lines(Seals(), [_sealed(path, text) for path, text in made.items() if _FINAL.search(text)])
    return made


def _sealed(path: str, text: str) -> str:
    """Return the seal of a final review, so that it is protected from the first day on, also outside of git."""
    identifier = _ID.search(text)
    assert identifier  # noqa: S101 the starter's own files
    return format_seal(Seal(identifier[1], digest(text.encode()), path))


def _place(name: str, text: str) -> str:
    """Return where a document stands: in its kind's folder under its id, or its file's name when it lists several."""
    kind, identifier = _TYPE.search(text), _ID.search(text)
    assert kind  # noqa: S101 the starter's own files
    stem = identifier[1].lower() if identifier else name.removesuffix(".md")
    return f"{DOCS}/{kinds()[kind[1]].folder}/{stem}.md"


def _text(starter: Traversable, name: str) -> str:
    return (starter / name).read_text(encoding="utf-8")


def _filled(text: str, day: date, blanks: dict[str, str]) -> str:
    """Return the text with its blanks filled: a name, or `day` and `year` so many days before or after the day."""

    def fill(blank: re.Match[str]) -> str:
        if blank[1] in blanks:
            return blanks[blank[1]]
        then = day + timedelta(days=int(blank[2]))
        return str(then.year) if blank[1] == "year" else then.isoformat()

    return _BLANK.sub(fill, text)
