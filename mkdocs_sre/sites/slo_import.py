"""Objectives from files of other programs, as documents of the site: all of them, or none."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.base import Origin
from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import Mark
from mkdocs_sre.reading.validation import make
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, Sort, bounded, yaml_documents
from mkdocs_sre.slo.imports import Import, SourceDocument, Verdict, importer_of, importers
from mkdocs_sre.slo.imports.completion import USUAL_PERIOD, Completion
from mkdocs_sre.slo.imports.sloth_windows import is_windows, read_windows
from mkdocs_sre.slo.imports.soundness import unsound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mkdocs_sre.documents.finding import Defect
    from mkdocs_sre.documents.marks import KeyPath, Marks
    from mkdocs_sre.slo.imports import Imported
    from mkdocs_sre.slo.imports.sloth_windows import GivenWindows

SORT = Sort("file", "unreadable-file", lists=True)


class ImportFailedError(Exception):
    """An import of which nothing was written: what is wrong, in order of places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = sorted(set(faults), key=lambda one: (one.location, one.message))


class ReadFiles(NamedTuple):
    """The YAML documents of files in order, and what keeps others from being read."""

    sources: tuple[SourceDocument, ...]
    faults: tuple[Fault, ...]


def read_files(files: Sequence[Path]) -> ReadFiles:
    """Return the YAML documents of all files; a list of Kubernetes objects gives each of its items."""
    sources: list[SourceDocument] = []
    faults: list[Fault] = []
    for file in files:
        defects: list[Defect] = []
        path = file.as_posix()
        data = _bytes_of(file)
        if isinstance(data, Fault):
            faults.append(data)
            continue
        for document in yaml_documents(path, data, path, SORT, defects):
            if document.made:
                sources += _items(SourceDocument(document.made, document.made.marks, document.extent.start))
        faults += (one.fault for one in bounded(defects, path, SORT))
        if not defects and not any(one.start.path == path for one in sources):
            faults.append(Fault(Location(path), "the file holds nothing", "give a file with objectives"))
    return ReadFiles(tuple(sources), tuple(faults))


def _bytes_of(file: Path) -> bytes | Fault:
    path = file.as_posix()
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            return Fault(Location(path), "it is no regular file", "give the file itself")
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "cannot be read"
        return Fault(Location(path), f"the file cannot be read: {why}", "give a file that is there")


def _items(source: SourceDocument) -> list[SourceDocument]:
    """Return the objects of a list, bare or of Kubernetes as `kubectl get` prints it, else the document itself."""
    kind, items = source.values.get("kind", "List"), source.values.get("items")
    if not (isinstance(kind, str) and kind.endswith("List") and isinstance(items, list)):
        return [source]
    marks = source.marks["items"].children if isinstance(source.marks, dict) else None
    found = []
    for index, item in enumerate(items):
        place = source.at("items", index)
        values = item if isinstance(item, dict) else {}  # what is no object has no form, which is told
        found.append(SourceDocument(values, marks[index].children if isinstance(marks, list) else None, place))
    return found


def forms_of(sources: Sequence[SourceDocument]) -> tuple[dict[str, list[SourceDocument]], list[Fault]]:
    """Return the documents by the name of their form, and a fault for each that no form knows."""
    found: dict[str, list[SourceDocument]] = {}
    faults: list[Fault] = []
    for source in sources:
        form = importer_of(source.values)
        if form is None:
            known = ", ".join(importers())
            faults.append(
                Fault(source.start, f"the document has none of the forms that can be read ({known})", _cure(source))
            )
        else:
            found.setdefault(form.name, []).append(source)
    return found, faults


def _cure(source: SourceDocument) -> str:
    if source.values.get("kind") == "AlertWindows":
        return "windows of alerts are given by `--windows`"
    return "its `apiVersion` and `kind`, or its `version`, say which it is"


def completion_of(windows: Sequence[Path], period: str | None, owner: str) -> Completion:
    """Return what is written into documents whose form does not say it.

    `windows` are files of Sloth's alert windows. Without a period it is theirs, when they have but one, else 30 days.
    Raises ImportFailedError for files that hold something else, and for several of one period.
    """
    read = read_files(windows)
    faults = list(read.faults)
    given = []
    for source in read.sources:
        if is_windows(source.values):
            found = read_windows(source, faults)
            given += [found] if found else []
        else:
            faults.append(
                Fault(source.start, "the document is no `kind: AlertWindows`", "objectives are given as FILES")
            )
    first: dict[int, GivenWindows] = {}
    for one in given:
        before = first.setdefault(one.seconds, one)
        if before is not one:
            message = f"windows for a period of {one.period} are given a second time"
            faults.append(Fault(one.place, message, "give one file for each period", (before.place,)))
    if faults:
        raise ImportFailedError(faults)
    return Completion(period or (given[0].period if len(given) == 1 else USUAL_PERIOD), owner, given)


def judged(files: Sequence[Path], completion: Completion) -> list[Verdict]:
    """Return what each form says of the documents of the files; those that have no form come first, under no name.

    A form without rules of its own is valid when it can be imported.
    """
    read = read_files(files)
    found, unknown = forms_of(read.sources)
    verdicts = [Verdict("", len(unknown), (*read.faults, *unknown))] if read.faults or unknown else []
    for name, sources in found.items():
        form = importers()[name]
        faults = form.check(sources) if form.check else _faults(form.read(sources), completion)
        verdicts.append(Verdict(name, len(sources), tuple(ImportFailedError(faults).faults)))
    return verdicts


def _faults(made: Import, completion: Completion) -> Sequence[Fault]:
    return made.faults or [fault for one in made.documents for fault in invalid(completion.completed(one))]


def imported(files: Sequence[Path], completion: Completion) -> Import:
    """Return the documents of all objectives in the files, each valid as a document of the site.

    Raises ImportFailedError with everything that is wrong, at its place in the files.
    """
    read = read_files(files)
    found, unknown = forms_of(read.sources)
    parts = [importers()[name].read(sources) for name, sources in found.items()]
    faults = [*read.faults, *unknown, *(fault for part in parts for fault in part.faults)]
    documents = [] if faults else [completion.completed(one) for part in parts for one in part.documents]
    faults += [fault for one in documents for fault in invalid(one)]
    faults += _twice(documents)
    if faults:
        raise ImportFailedError(faults)
    return Import(
        tuple(documents),
        losses=tuple(loss for part in parts for loss in part.losses),
        warnings=tuple(warning for part in parts for warning in part.warnings),
    )


def invalid(one: Imported) -> list[Fault]:
    """Return what keeps an imported objective from being a document, at the places that its values came from."""
    # The model tells faults by the marks of one file, but values may come from several: lines here number the places.
    places = [one.place, *one.places.values()]
    numbers = {path: number for number, path in enumerate(one.places, 2)}
    made = make(ServiceLevelObjective, one.values, Origin("", one.values, _marks(one.values, (), numbers, 1)))
    if made.defects or not isinstance(made.document, ServiceLevelObjective):
        told = (defect.fault for defect in made.defects)
        return [Fault(places[fault.location.line - 1], fault.message, fault.hint) for fault in told]
    return list(unsound(one, made.document))


def _marks(value: object, path: KeyPath, numbers: Mapping[KeyPath, int], above: int) -> Marks:
    """Return marks whose lines are the numbers of the places; a value without a place has that of the value above."""

    def mark(step: str | int, inner: object) -> Mark:
        line = numbers.get((*path, step), above)
        return Mark(line, 1, line, 1, _marks(inner, (*path, step), numbers, line))

    if isinstance(value, dict):
        return {key: mark(key, inner) for key, inner in value.items()}
    return [mark(index, inner) for index, inner in enumerate(value)] if isinstance(value, list) else None


def _twice(documents: Sequence[Imported]) -> list[Fault]:
    first: dict[str, Imported] = {}
    faults = []
    for one in documents:
        before = first.setdefault(one.id.lower(), one)
        if before is not one:
            message = f"this gives the id `{one.id}` a second time"
            faults.append(Fault(one.place, message, "rename one of them, or import one of them", (before.place,)))
    return faults
