"""The file with measured values of objectives, CSV or JSON: bytes to measurements with their places."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.decimals import decimals_of
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import Measurement, Monitoring
from mkdocs_sre.documents.values import parse_number
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.rows import Columns, moment_of, read_rows, shown, text_of
from mkdocs_sre.reading.yaml_documents import Sort, bounded

if TYPE_CHECKING:
    from mkdocs_sre.documents.values import Moment
    from mkdocs_sre.reading.rows import Cell, Row

MALFORMED = "malformed-slo-results"  # the rule that tells
SORT = Sort("file of measured values", MALFORMED)
COLUMNS = Columns(
    SORT,
    required=("slo", "from", "to"),
    keys=("slo", "from", "to", "measured", "good", "total"),
    one="measurement",
    fewer="keep the newest months",
    hints={
        "slo": "write the id of the objective",
        "from": "write when the span begins, `2026-02-07T00:00:00Z`",
        "to": "write the first moment after the span, `2026-03-09T00:00:00Z`",
        "measured": "write how much was good, in percent, such as `99.82`",
        "good": "write how many events were good",
        "total": "write how many events there were",
    },
)
_OFFSET = "put an offset behind the time, `Z` or `+01:00`"


def read_slo_results(path: str, data: bytes, file: str = "") -> Monitoring:
    """Return the measurements that a file with these bytes tells of; what is wrong with it stands in `defects`.

    A file whose name ends in `.json` holds a list of objects, any other is CSV with a line of names above. Each row says
    `slo`, `from`, `to`, and `measured` (percent of good), or `good` and `total` (counts). `path` is that of the places;
    `file` is what people call the file, the path by default. A row that cannot be read is left out and told of. Spans of
    one objective that overlap or leave a gap are told of, and kept.
    """
    faults: list[Fault] = []
    with paused_collection():
        rows = read_rows(path, data, COLUMNS, faults)
        found = [one for row in rows if (one := _measurement(row, file or path, faults)) is not None]
    faults += _between(found)
    faults.sort(key=lambda fault: fault.location)
    defects = [Defect(MALFORMED, fault) for fault in faults]
    return Monitoring(defects=bounded(defects, path, SORT), measurements=tuple(found))


def unread(path: str, message: str, hint: str) -> Monitoring:
    """Return what stands for a file that is not read, with the one defect that says why."""
    return Monitoring(defects=(Defect(MALFORMED, Fault(Location(path), message, hint)),))


def _measurement(row: Row, file: str, faults: list[Fault]) -> Measurement | None:
    """Return what a row tells; None, with all reasons noted, where it tells nothing."""
    before = len(faults)
    slo = text_of(row, "slo", COLUMNS, faults)
    start, end = (_time(row, key, faults) for key in ("from", "to"))
    measured, good, total = (_number(row, key, faults) for key in ("measured", "good", "total"))
    if len(faults) > before:
        return None
    faults += _wrong(row, measured, good, total)
    if start is not None and end is not None and end <= start:
        message = "`to` is not after `from`"
        faults.append(Fault(row.cells["to"].place, message, COLUMNS.hints["to"], (row.cells["from"].place,)))
    if len(faults) > before or start is None or end is None:
        return None
    return Measurement(slo, start, end, measured, good, total, file, row.cells["slo"].place)


def _time(row: Row, key: str, faults: list[Fault]) -> datetime | None:
    moment: Moment | None = moment_of(row, key, text_of(row, key, COLUMNS, faults), COLUMNS, faults)
    if moment is None:
        return None
    if not moment.has_offset:
        faults.append(Fault(row.cells[key].place, f"`{key}` has no offset", _OFFSET))
        return None
    try:
        return moment.at.astimezone(UTC)
    except OverflowError:  # in the first or last hours of the calendar
        faults.append(Fault(row.cells[key].place, f"`{key}` is outside of the calendar", COLUMNS.hints[key]))
        return None


def _number(row: Row, key: str, faults: list[Fault]) -> Decimal | None:
    cell = row.cells.get(key)
    if cell is None or cell.value is None:
        return None
    value = str(cell.value) if isinstance(cell.value, (int, Decimal)) and not isinstance(cell.value, bool) else None
    text = value if value is not None else text_of(row, key, COLUMNS, faults)
    if not text:
        return None
    try:
        return parse_number(text)
    except PydanticCustomError:
        near = text.rstrip(" %").replace(",", ".", 1)
        hint = f"write `{shown(near)}`" if _is_number(near) else COLUMNS.hints[key]
        faults.append(Fault(cell.place, f"`{key}` is `{shown(text)}`, which is no number", hint))
        return None


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except PydanticCustomError:
        return False
    return True


def _wrong(row: Row, measured: Decimal | None, good: Decimal | None, total: Decimal | None) -> list[Fault]:
    """Return what is wrong with the numbers of a row, each of which is one."""
    if (good is None) != (total is None):
        there, lacks = ("good", "total") if total is None else ("total", "good")
        place = row.cells[there].place
        return [Fault(place, f"`{there}` stands without `{lacks}`", COLUMNS.hints[lacks])]
    if measured is None and good is None:
        return [Fault(row.place, "a measurement lacks a value", "write `measured`, or `good` and `total`")]
    found = [
        Fault(row.cells[key].place, f"`{key}` is {number}, below 0", COLUMNS.hints[key])
        for key, number in (("measured", measured), ("good", good), ("total", total))
        if number is not None and number < 0
    ]
    if measured is not None and measured > 100:  # noqa: PLR2004 percent
        message = f"`measured` is {measured}, above 100"
        found.append(Fault(row.cells["measured"].place, message, COLUMNS.hints["measured"]))
    if found or good is None or total is None:
        return found
    if good > total:
        cells = row.cells["good"], row.cells["total"]
        return [_disagreement(*cells, f"{good} were good of {total}", "check which of them counts all events")]
    return _against_counts(row, measured, good, total)


def _against_counts(row: Row, measured: Decimal | None, good: Decimal, total: Decimal) -> list[Fault]:
    """Return that a percentage is not what the counts give, by more than one of its last digit."""
    if measured is None or not total:
        return []
    if abs(Fraction(measured) - 100 * Fraction(good) / Fraction(total)) <= Fraction(1, 10 ** decimals_of(measured)):
        return []
    given = (100 * good / total).normalize()
    message = f"`measured` is {measured}, and {good} of {total} are {given:.6f} %"
    return [
        _disagreement(row.cells["measured"], row.cells["good"], message, "keep the counts and leave `measured` out")
    ]


def _disagreement(cell: Cell, other: Cell, message: str, hint: str) -> Fault:
    return Fault(cell.place, message, hint, (other.place,))


def _between(measurements: list[Measurement]) -> list[Fault]:
    """Return where spans of one objective overlap, or leave a gap, which the mean over a window would hide."""
    spans: dict[str, list[Measurement]] = defaultdict(list)
    for one in measurements:
        spans[one.slo.lower()].append(one)
    found = []
    for several in spans.values():
        ordered = sorted(several, key=lambda one: (one.start, one.end, one.place))
        last = ordered[0]
        for one in ordered[1:]:
            if one.start != last.end:
                found.append(_seam(last, one))
            last = max(last, one, key=lambda each: each.end)
    return found


def _seam(before: Measurement, after: Measurement) -> Fault:
    name = f"`{shown(after.slo)}`"
    if after.start < before.end:
        message = f"two spans of {name} overlap, {_told(after.start)} to {_told(min(before.end, after.end))}"
        return Fault(after.place, message, "keep one measurement of each span of time", (before.place,))
    message = f"nothing is known of {name} from {_told(before.end)} to {_told(after.start)}"
    return Fault(after.place, message, "add what was measured in between", (before.place,))


def _told(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
