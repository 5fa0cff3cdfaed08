"""Text for terminals: headings, and labels with wrapped text beside them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from mkdocs_sre.reports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST, MOST = 60, 140  # columns: narrower nothing fits, wider lines are hard to follow
_TIE = "\xa0"  # a space at which no line is broken, while lines are made
LABEL = 26  # columns that labels may take; behind a longer one the text begins on the next line


@dataclass(frozen=True)
class Look:
    """How the text looks: in colour, and how many columns wide (`LEAST` to `MOST`)."""

    colour: bool = False
    width: int = 100

    @property
    def columns(self) -> int:
        """The width that is used."""
        return min(max(self.width, LEAST), MOST)


class Sheet:
    """Lines that are written one after the other. What it is given is made printable here, and only here."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._lines: list[str] = []

    def heading(self, text: str) -> None:
        """Write a heading, with a blank line above it unless it is the first."""
        if self._lines:
            self._lines.append("")
        self._lines += [self._painted("1", one) for one in self._wrapped(text, "", "")]

    def text(self, text: str, indent: int = 2) -> None:
        """Write a paragraph."""
        self._lines += self._wrapped(text, " " * indent, " " * indent)

    def items(self, rows: Iterable[tuple[str, str]], indent: int = 4) -> None:
        """Write rows of a label and a text; the texts of all begin in one column."""
        given = [(printable(label), text) for label, text in rows]
        column = indent + 2 + min(max((len(label) for label, _ in given), default=0), LABEL)
        for label, text in given:
            fits = indent + 2 + len(label) <= column
            lines = self._wrapped(text, " " * column, " " * column) or [""]
            first = " " * indent + self._painted("1", label)
            if fits:
                pad = " " * (column - indent - len(label)) if lines[0].strip() else ""
                self._lines += [f"{first}{pad}{lines[0].strip()}", *lines[1:]]
            else:
                self._lines += [first, *lines]

    def _wrapped(self, text: str, first: str, rest: str) -> list[str]:
        lines = wrap(
            printable(text),
            self._look.columns,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace(_TIE, " ") for line in lines]

    def _painted(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._look.colour and text else text

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self._lines)


def tied(text: str) -> str:
    """Return text that no line break will part."""
    return text.replace(" ", _TIE)


def first_of(rows: Sequence[tuple[str, str]], most: int, cure: str) -> list[tuple[str, str]]:
    """Return the first rows, and when there are more than `most`, how many and how to see them."""
    return [*rows[:most], *more(len(rows) - most, cure)]


def more(number: int, cure: str) -> list[tuple[str, str]]:
    """Return the row that tells of further ones, and how to see them; none when there are none."""
    return [("…", f"and {number:,} more; {cure}")] if number > 0 else []
