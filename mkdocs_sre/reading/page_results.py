"""The file of pages that went out, CSV or JSON: bytes to pages with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import Monitoring, SentPage
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.rows import Columns, moment_of, read_rows, shown, text_of
from mkdocs_sre.reading.yaml_documents import Sort, bounded

if TYPE_CHECKING:
    from mkdocs_sre.reading.rows import Row

MALFORMED = "malformed-page-results"  # the rule that tells
SORT = Sort("file of pages", MALFORMED)
COLUMNS = Columns(
    SORT,
    required=("alert", "at", "led_to_action"),
    keys=("alert", "at", "led_to_action", "rotation"),
    one="page",
    fewer="keep the newest weeks",
    hints={
        "alert": "write the name of the alert",
        "at": "write when it went out, `2026-02-24T14:09:00+01:00`",
        "led_to_action": "write `yes` or `no`",
        "rotation": "write the id of the rotation, or leave it out",
    },
)
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}


def read_page_results(path: str, data: bytes, file: str = "") -> Monitoring:
    """Return the pages that a file with these bytes tells of; what is wrong with it stands in `defects`.

    A file whose name ends in `.json` holds a list of objects, any other is CSV with a line of names above. `path` is that
    of the places; `file` is what people call the file, the path by default. A page that cannot be read is left out and
    told of, and does not keep the others from being read.
    """
    faults: list[Fault] = []
    with paused_collection():
        rows = read_rows(path, data, COLUMNS, faults)
        pages = [page for row in rows if (page := _page(row, file or path, faults)) is not None]
    faults.sort(key=lambda fault: fault.location)
    defects = [Defect(MALFORMED, fault) for fault in faults]
    return Monitoring(defects=bounded(defects, path, SORT), pages=tuple(pages))


def unread(path: str, message: str, hint: str) -> Monitoring:
    """Return what stands for a file that is not read, with the one defect that says why."""
    return Monitoring(defects=(Defect(MALFORMED, Fault(Location(path), message, hint)),))


def _page(row: Row, file: str, faults: list[Fault]) -> SentPage | None:
    """Return the page that a row tells of; None, with all reasons noted, where it tells of none."""
    before = len(faults)
    texts = {key: text_of(row, key, COLUMNS, faults) for key in COLUMNS.keys if key != "led_to_action"}
    at = moment_of(row, "at", texts["at"], COLUMNS, faults)
    led = _answer(row, faults)
    if len(faults) > before or at is None or led is None:
        return None
    rotation = row.cells["rotation"].place if texts["rotation"] else None
    return SentPage(texts["alert"], at, led, file, row.cells["alert"].place, texts["rotation"], rotation)


def _answer(row: Row, faults: list[Fault]) -> bool | None:
    cell = row.cells.get("led_to_action")
    if cell is not None and isinstance(cell.value, bool):
        return cell.value
    text = text_of(row, "led_to_action", COLUMNS, faults)
    if text and text.lower() not in _ANSWERS:
        message = f"`led_to_action` is `{shown(text)}`"
        faults.append(Fault(row.cells["led_to_action"].place, message, COLUMNS.hints["led_to_action"]))
    return _ANSWERS.get(text.lower())
