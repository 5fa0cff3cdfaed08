"""The values that keys take: ids, dates, times, durations, percentages, and references to other documents.

Scalars reach the models as the text that stands in the file, so that `version: 1.10` stays "1.10"; each type
here turns that text into its value or says what it should look like.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_ID_LENGTH = 80
MAX_EXPONENT = 40  # of a number; past that arithmetic would overflow
MAX_DURATION_YEARS = 200  # so that a due date always fits the calendar
MAX_DURATION_LENGTH = 200  # characters; looking for parts takes the square of a run of digits
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
_ID = re.compile(ID_PATTERN)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|z|[+-]\d{2}:?\d{2})?")
_DURATION = re.compile(r"(\d+)\s*([a-z]+)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_MONTHS = {"month": 1, "months": 1, "year": 12, "years": 12}
_LONG_UNITS = {
    "second": "s",
    "seconds": "s",
    "min": "m",
    "minute": "m",
    "minutes": "m",
    "hour": "h",
    "hours": "h",
    "day": "d",
    "days": "d",
    "week": "w",
    "weeks": "w",
}


def is_id(text: str) -> bool:
    """Whether the text is a well-formed id."""
    return _ID.fullmatch(text) is not None


def safe_id(text: str) -> str:
    """Return an id made from any text: what an id may not hold becomes `-`; at most 80 characters."""
    made = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")
    return made[:MAX_ID_LENGTH] or "unnamed"


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise PydanticCustomError(
            "sre_id",
            "is no id: 1 to 80 letters, digits, `.`, `_` or `-`, beginning with a letter or digit",
        )
    return value


def parse_date(value: Any) -> date:
    """Return the day that `YYYY-MM-DD` names. Raises PydanticCustomError (`sre_date`) for anything else."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("sre_value", "must be a date, `YYYY-MM-DD`")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise PydanticCustomError("sre_date", "is a day that does not exist") from None


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as it is written. `at` has an offset only when `has_offset`; otherwise its document has a zone."""

    text: str
    at: datetime
    has_offset: bool


def parse_moment(value: Any) -> Moment:
    """Return the time that RFC 3339 text names, seconds and offset optional.

    Raises PydanticCustomError: `sre_date` for an impossible one, `sre_value` for any other text.
    """
    if isinstance(value, Moment):
        return value
    match = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("sre_value", "must be a time, `2026-02-24T14:02:00+01:00`")
    try:
        at = datetime.fromisoformat(f"{match[1]}T{match[2]}{(match[3] or '').upper()}")
    except ValueError:
        raise PydanticCustomError("sre_date", "is a time that does not exist") from None
    return Moment(value, at, match[3] is not None)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. Months and years are calendar ones, so they are kept apart from seconds."""

    text: str
    months: int = 0
    seconds: int = 0

    def after(self, day: date) -> date:
        """Return the day this long after `day`, clipped to the month's end, and to the end of the calendar."""
        try:
            return add_months(day, self.months) + timedelta(seconds=self.seconds)
        except (ValueError, OverflowError):
            return date.max

    @property
    def days(self) -> Decimal:
        """The length in days; a month counts 30.4375 days (365.25 / 12)."""
        return Decimal(self.months) * Decimal("30.4375") + Decimal(self.seconds) / 86400

    @property
    def minutes(self) -> Decimal:
        """The length in minutes."""
        return self.days * 1440

    def __str__(self) -> str:
        return self.text


def add_months(day: date, months: int) -> date:
    """Return `day` moved by calendar months, clipped to the month's last day.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse_duration(value: Any) -> Duration:
    """Return the duration that text such as `90s`, `5m`, `4h`, `30d`, `2w`, `6 months`, `1h 20m` names.

    Raises PydanticCustomError (`sre_value`) for any other text.
    """
    if isinstance(value, Duration):
        return value
    text = value.strip().lower() if isinstance(value, str) and len(value) <= MAX_DURATION_LENGTH else ""
    months = seconds = 0
    parts = _DURATION.findall(text)
    if not parts or _DURATION.sub("", text).strip(" ,") or any(len(number) > 6 for number, _ in parts):  # noqa: PLR2004 six digits hold any honest number
        raise PydanticCustomError("sre_value", "must be a duration, such as `15m`, `4h`, `30d`, `2w` or `6 months`")
    for number, unit in parts:
        short = _LONG_UNITS.get(unit, unit)
        if short in _SECONDS:
            seconds += int(number) * _SECONDS[short]
        elif unit in _MONTHS:
            months += int(number) * _MONTHS[unit]
        else:
            raise PydanticCustomError("sre_value", "must be a duration, such as `15m`, `4h`, `30d`, `2w` or `6 months`")
    if months > MAX_DURATION_YEARS * 12 or seconds > MAX_DURATION_YEARS * 366 * 86400:
        raise PydanticCustomError("sre_value", "must be a duration of at most 200 years")
    return Duration(value.strip(), months, seconds)


def parse_positive(value: Any) -> Duration:
    """Return the duration that the text names. Raises PydanticCustomError (`sre_value`) also when it is zero."""
    duration = parse_duration(value)
    if not (duration.months or duration.seconds):
        raise PydanticCustomError("sre_value", "must be longer than zero")
    return duration


def parse_number(value: Any) -> Decimal:
    """Return the number exactly as written. Raises PydanticCustomError (`sre_value`) when the text is none."""
    if isinstance(value, Decimal):
        return value
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or len(str(value)) > 40 or abs(number.adjusted()) > MAX_EXPONENT:  # noqa: PLR2004 beyond any quantity that people write
        raise PydanticCustomError("sre_value", "must be a number, such as `99.9`")
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("sre_value", "must be text")
    return value


def list_of_text(value: Any) -> Any:
    """A single text stands for a list of one."""
    return [value] if isinstance(value, str) else value


class Marker:
    """What an annotation says of a key beside its type."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reference(Marker):
    """Marks a key whose text is the id of another document or entry.

    `kinds` are the kinds that it may name, any when empty. With `or_text` the key may hold free text too: then it
    is a reference only when such an id exists.
    """

    kinds: tuple[str, ...] = ()
    or_text: bool = False


@dataclass(frozen=True, slots=True)
class Words(Marker):
    """Says in words, for authors, what a type takes; the outermost counts. `several` is the same in the plural."""

    one: str
    several: str


Text = Annotated[str, BeforeValidator(_text), Field(max_length=20_000), Words("text", "texts")]
Identifier = Annotated[
    str,
    BeforeValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$"}),
    Words("an id", "ids"),
]
Day = Annotated[
    date,
    BeforeValidator(parse_date),
    WithJsonSchema({"type": "string", "format": "date"}),
    Words("a day, `YYYY-MM-DD`", "days, `YYYY-MM-DD`"),
]
Time = Annotated[
    Moment,
    BeforeValidator(parse_moment),
    WithJsonSchema({"type": "string", "examples": ["2026-02-24T14:02:00+01:00"]}),
    Words("a time, `2026-02-24T14:02:00+01:00` or, with the document's zone, `2026-02-24 14:02`", "times"),
]
Length = Annotated[
    Duration,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "examples": ["15m", "6 months"]}),
    Words("a duration, such as `15m`, `4h`, `30d` or `6 months`", "durations"),
]
Number = Annotated[
    Decimal, BeforeValidator(parse_number), WithJsonSchema({"type": "number"}), Words("a number", "numbers")
]
Percent = Annotated[
    Decimal,
    BeforeValidator(parse_number),
    Field(ge=0, le=100),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100}),
    Words("a number of percent, 0 to 100", "numbers of percent"),
]
Texts = Annotated[list[Text], BeforeValidator(list_of_text)]


@dataclass(frozen=True, slots=True)
class Handle(Marker):
    """Marks a key that names a team or person, checked against the configured `owners`.

    With `or_role` only what begins with `@` is a name; any other text is a role in words.
    """

    or_role: bool = False


@dataclass(frozen=True, slots=True)
class Past(Marker):
    """Marks a date that tells of the past, so that a later one than `as_of` is a slip."""


Team = Annotated[Text, Handle(), Words("a team or person, such as `@team-payments`", "teams or persons")]
PastDay = Annotated[Day, Past(), Words("a day, `YYYY-MM-DD`, not in the future", "days, not in the future")]
ServiceId = Annotated[Identifier, Reference(("service",))]
ServiceIds = Annotated[list[ServiceId], BeforeValidator(list_of_text)]
AnyId = Annotated[Identifier, Reference()]
AnyIds = Annotated[list[AnyId], BeforeValidator(list_of_text)]
Positive = Annotated[
    Duration,
    BeforeValidator(parse_positive),
    WithJsonSchema({"type": "string", "examples": ["30d"]}),
    Words("a duration longer than zero, such as `30d`", "durations"),
]
