"""The time over which an objective holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.values import Duration, Words, parse_duration

CALENDAR_WINDOWS = ("calendar month", "calendar quarter")
SHORTEST_WINDOW_SECONDS = 3600
LONGEST_WINDOW_SECONDS = 366 * 86400


@dataclass(frozen=True, slots=True)
class Window:
    """The time over which an objective holds: the last so many days, or (`rolling` is None) a calendar period."""

    text: str
    rolling: Duration | None = None

    @property
    def calendar(self) -> str:
        """`month` or `quarter`; empty for a rolling window."""
        return "" if self.rolling else self.text.removeprefix("calendar ")

    def __str__(self) -> str:
        return self.text


def parse_window(value: Any) -> Window:
    """Return the window that `30d` or `calendar month` names.

    Raises PydanticCustomError (`sre_value`) for other text, and for a rolling window outside 1 h to 366 d.
    """
    if isinstance(value, Window):
        return value
    text = " ".join(value.lower().split()) if isinstance(value, str) else ""
    if text in CALENDAR_WINDOWS:
        return Window(text)
    try:
        length = parse_duration(value)
    except PydanticCustomError:
        length = Duration("")
    if length.months or not SHORTEST_WINDOW_SECONDS <= length.seconds <= LONGEST_WINDOW_SECONDS:
        raise PydanticCustomError(
            "sre_value", "must be a rolling window of `1h` to `366d`, `calendar month` or `calendar quarter`"
        )
    return Window(length.text, length)


WindowOfTime = Annotated[
    Window,
    BeforeValidator(parse_window),
    WithJsonSchema({"type": "string", "examples": ["30d", *CALENDAR_WINDOWS]}),
    Words("a duration of `1h` to `366d`, `calendar month` or `calendar quarter`", "windows"),
]
