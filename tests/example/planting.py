r"""Faults, and how they are planted in the example.

`faults/<family>.md` holds one fault for each rule, as a heading with its code and what is wrong, and below it, indented,
the files that it touches. A line of a file begins with a sign:

    |  stands in the file and is kept
    -  stands in the file and is taken away
    +  is put in; with nothing but such lines the file is a new one
    x  is put in as bytes, of which `\xe9` is one
    *  is put in as often as the number says that it begins with
    >  the file is a symbolic link to this
    …  other lines of the same file come between

The lines that are kept or taken away must stand in the file exactly once. `# CODE` or `<!-- CODE -->` at a line's end
is no part of it: a finding with this code is expected there. A file named `options` holds options of the plugin, where
mappings and lists are added to those of the example, and a code is expected at the value of its line; the file
`../sre-waivers.yml` holds the line `waivers:` already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.reading.alertmanager import read_alertmanager
from mkdocs_sre.reading.monitoring_files import (
    alertmanager_patterns,
    results_path,
    rule_patterns,
    slo_results_path,
    together,
)
from mkdocs_sre.reading.page_results import read_page_results
from mkdocs_sre.reading.rule_files import read_rules
from mkdocs_sre.reading.slo_results import read_slo_results
from mkdocs_sre.settings import Settings
from tests.tree import NOTE, OPTIONS

WAIVERS = "../sre-waivers.yml"
SEALS = "../pir-seals.lock"
BESIDE = (WAIVERS, SEALS)  # files that are no pages
ABOVE = "../"  # of files beside the docs folder
MONITORING = "../monitoring/"  # the folder of rule files and of Alertmanager's configuration
CONFIGURATION = "../mkdocs.yml"
Place = tuple[str, int, str]  # path, line, code

_HEADING = re.compile(r"(?m)^# ([A-Z]{3}\d{3}) (.+)$")
_MARK = re.compile(rb"\x1e([A-Z0-9 ]+)\x1e(?=\n)")


@dataclass
class Edit:
    """One place of one file: what stands there, and what is to stand there instead."""

    path: str
    old: bytes = b""
    new: bytes = b""
    target: str = ""  # of a link


@dataclass(frozen=True)
class Fault:
    """What is wrong, and the edits that make it so."""

    code: str
    title: str
    edits: tuple[Edit, ...]
    options: dict[str, Any]
    expected_options: tuple[tuple[str, str], ...] = ()  # the text of an option's line, and the codes expected there


@dataclass
class Copy:
    """A copy of a docs folder in memory, into which faults are planted; `options` are those of the plugin.

    `searched` says that a fault changes which files beside the folder are looked for, which takes files on a disk.
    """

    files: dict[str, bytes]
    options: dict[str, Any]
    links: dict[str, str] = field(default_factory=dict)
    expected_options: list[tuple[str, str]] = field(default_factory=list)
    searched: bool = False

    def plant(self, fault: Fault) -> None:
        """Make the fault's edits; the codes that they expect stay in the text, marked, until `lift`."""
        for edit in fault.edits:
            if edit.target:
                self.links[edit.path] = edit.target
            elif edit.old:
                text = b"\n" + self.files[edit.path]
                times = text.count(b"\n" + edit.old)
                assert times == 1, f"{fault.code}: stands {times} times in {edit.path}:\n{edit.old.decode()}"
                self.files[edit.path] = text.replace(b"\n" + edit.old, b"\n" + edit.new)[1:]
            else:
                assert edit.path not in self.files, f"{fault.code}: {edit.path} is there already"
                self.files[edit.path] = edit.new
        for name, value in fault.options.items():
            self.searched |= name in ("catalogues", "alerts")
            known = self.options.get(name)
            if isinstance(known, list):
                self.options[name] = [*known, *(one for one in value if one not in known)]
            else:
                self.options[name] = {**known, **value} if isinstance(known, dict) else value
        self.expected_options += fault.expected_options

    @property
    def configuration(self) -> str:
        """The text of `mkdocs.yml` with the options."""
        return yaml.safe_dump({"site_name": "Example", "plugins": [{"sre": self.options}]})

    def pages(self) -> dict[str, bytes]:
        """Return the files of the docs folder."""
        return {path: text for path, text in self.files.items() if not path.startswith(ABOVE)}

    def monitoring(self, settings: Settings) -> Monitoring:
        """Return what the rule files, configurations of Alertmanager and pages say that the options name."""
        beside = {path.removeprefix(ABOVE) for path in self.files if path.startswith(MONITORING)}
        results = results_path(settings)
        pages = [_read(read_page_results, ABOVE + results, self.files[ABOVE + results], results)] if results else []
        measured = slo_results_path(settings)
        if measured:
            pages.append(_read(read_slo_results, ABOVE + measured, self.files[ABOVE + measured], measured))
        found = [
            _read(reader, ABOVE + path, self.files[ABOVE + path], path)
            for patterns, reader in (
                (rule_patterns(settings), read_rules),
                (alertmanager_patterns(settings), read_alertmanager),
            )
            for path in sorted(patterns.matching(beside))
        ]
        return together([*found, *pages])

    def lift(self) -> list[Place]:
        """Take the marks off and return where they stood."""
        found = []
        for path, text in self.files.items():
            for match in _MARK.finditer(text):
                line = text.count(b"\n", 0, match.start()) + 1
                found += [(path, line, code) for code in match[1].decode().split()]
            self.files[path] = _MARK.sub(b"", text)
        for path, target in self.links.items():
            self.links[path], _, codes = target.partition("\x1e")
            found += [(path, 1, code) for code in codes.strip("\x1e").split()]
        for value, codes in self.expected_options:
            lines = [number for number, line in enumerate(self.configuration.splitlines(), 1) if value in line]
            assert len(lines) == 1, f"{value} stands {len(lines)} times in the configuration"
            found += [(CONFIGURATION, lines[0], code) for code in codes.split()]
        return sorted(found)

    def write(self, folder: Path) -> None:
        """Write the files and links into a docs folder, and the configuration beside it."""
        (folder / CONFIGURATION).parent.mkdir(parents=True, exist_ok=True)
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text)
        for path, target in self.links.items():
            (folder / path).symlink_to(target)
        (folder / CONFIGURATION).write_text(self.configuration, encoding="utf-8")


@cache  # most copies have most files in common
def _read(reader: Callable[[str, bytes, str], Monitoring], path: str, data: bytes, named: str) -> Monitoring:
    return reader(path, data, named)


def read_faults(folder: Path) -> list[Fault]:
    """Return the faults of all files of a folder."""
    faults = []
    for file in sorted(folder.glob("*.md")):
        parts = _HEADING.split(file.read_text(encoding="utf-8"))
        faults += [_fault(*three) for three in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)]
    return faults


def _fault(code: str, title: str, text: str) -> Fault:
    edits: list[Edit] = []
    options: list[str] = []
    expected: list[tuple[str, str]] = []
    for raw in text.splitlines():
        line = raw.removeprefix(" " * 8)
        if not raw.startswith("    "):
            continue  # the words between heading and files
        if line == raw:
            edits.append(Edit(raw.strip()))
        elif edits[-1].path == OPTIONS:
            note = NOTE.search(line)
            options.append(line[2 : note.start() if note else None])
            expected += [(options[-1].strip(" -"), note[1].strip())] if note else []
        elif line == "…":
            edits.append(Edit(edits[-1].path))
        else:
            _add(edits[-1], line[0], line[2:])
    return Fault(
        code,
        title,
        tuple(edit for edit in edits if edit.path != OPTIONS),
        yaml.safe_load("\n".join(options)) or {},
        tuple(expected),
    )


def _add(edit: Edit, sign: str, content: str) -> None:
    note = NOTE.search(content)
    plain = content[: note.start()] if note else content
    mark = f"\x1e{note[1].strip()}\x1e" if note else ""
    assert sign in "|-+x*>", f"{edit.path}: no line begins with `{sign}`"
    if sign in "|-":
        edit.old += f"{plain}\n".encode()
    if sign in "|+":
        edit.new += f"{plain}{mark}\n".encode()
    elif sign == "x":
        edit.new += plain.encode("latin-1").decode("unicode_escape").encode("latin-1") + f"{mark}\n".encode()
    elif sign == "*":
        times, _, repeated = plain.partition(" ")
        edit.new += f"{repeated}\n".encode() * int(times)
    elif sign == ">":
        edit.target = plain + mark


def example(docs: Path, options: dict[str, Any]) -> Copy:
    """Return a copy of the Markdown files of a docs folder, and of waivers, seals and monitoring beside it."""
    files = {file.relative_to(docs).as_posix(): file.read_bytes() for file in _markdown(docs)}
    folder = (docs / MONITORING).resolve()
    monitoring = sorted(file for file in folder.rglob("*") if file.is_file())
    files |= {MONITORING + file.relative_to(folder).as_posix(): file.read_bytes() for file in monitoring}
    return Copy({**files, **{path: (docs / path).read_bytes() for path in BESIDE}}, dict(options))


def _markdown(docs: Path) -> Iterable[Path]:
    return sorted(docs.rglob("*.md"))
