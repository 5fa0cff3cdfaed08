"""Values taken out of JSON as a shape wants them; what is otherwise is noted with the path to it, all of it."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mkdocs_sre.reading.json_text import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.reading.json_places import Path

MAX_TEXT = 1_000  # characters of an id or title
MAX_DECIMALS = 30  # of a ratio; an exponent would else make a number of a billion digits
_SHOWN = 80  # characters of a value that a message quotes
_RATIO = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?")
_PERCENT = re.compile(r"([0-9]{1,3})[.,]?([0-9]{0,20}) ?%?")


class Shape:
    """Takes values and notes in `wrong` what is not as it should be; `unread` counts the keys that nothing reads."""

    def __init__(self) -> None:
        self.wrong: list[Wrong] = []
        self.unread: Counter[str] = Counter()

    def told(
        self, path: Path, message: str, hint: str = "", *, at_key: bool = False, other: Path | None = None
    ) -> Wrong:
        """Return a fault at a path."""
        return Wrong(path, message, hint, at_key, other)

    def note(
        self, path: Path, message: str, hint: str = "", *, at_key: bool = False, other: Path | None = None
    ) -> None:
        """Note a fault at a path."""
        self.wrong.append(self.told(path, message, hint, at_key=at_key, other=other))

    def keys(self, value: dict[str, Any], path: Path, known: Sequence[str]) -> None:
        """Note keys that are almost a known one; count others that are not known."""
        for key in value:
            if key in known:
                continue
            near = get_close_matches(key[:_SHOWN], known, 1, 0.75) if len(value) <= len(known) * 4 else []
            if near:
                message = f"`{key[:_SHOWN]}` is no key that is read"
                self.note((*path, key), message, f"did you mean `{near[0]}`?", at_key=True)
            else:
                self.unread[key] += 1

    def object(self, value: dict[str, Any], key: str, path: Path = ()) -> dict[str, Any] | None:
        """Return the object under a key; None when there is none."""
        found = value.get(key)
        if found is None or isinstance(found, dict):
            return found
        self.note((*path, key), f"`{key}` must be an object", "write `{…}` with keys")
        return None

    def objects(self, value: dict[str, Any], key: str, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the objects of a list under a key, each with its path."""
        for position, one in enumerate(self._list(value, key, path)):
            at = (*path, key, position)
            if isinstance(one, dict):
                yield at, one
            else:
                self.note(at, f"an item of `{key}` must be an object", "write `{…}` with keys")

    def texts(self, value: dict[str, Any], key: str, path: Path = ()) -> tuple[str, ...]:
        """Return the texts of a list under a key; none without it."""
        found = []
        for position, one in enumerate(self._list(value, key, path)):
            if isinstance(one, str) and 0 < len(one) <= MAX_TEXT:
                found.append(one)
            else:
                self.note((*path, key, position), f"an item of `{key}` must be an id", "write the id of a node")
        return tuple(found)

    def _list(self, value: dict[str, Any], key: str, path: Path) -> list[Any]:
        found = value.get(key)
        if isinstance(found, list):
            return found
        if found is not None:
            self.note((*path, key), f"`{key}` must be a list", "write `[…]`")
        return []

    def text(self, value: dict[str, Any], key: str, path: Path, *, required: bool = False) -> str:
        """Return the text under a key; empty without one."""
        found = value.get(key)
        if found is None or found == "":
            if required:
                self.note(path, f"`{key}` is missing", "add it")
            return ""
        if not isinstance(found, str) or len(found) > MAX_TEXT:
            self.note((*path, key), f"`{key}` must be text of at most {MAX_TEXT:,} characters", "put it in quotes")
            return ""
        return found

    def choice(self, value: dict[str, Any], key: str, path: Path, known: Sequence[str]) -> str:
        """Return which of the known words stands under a key; the first without one."""
        found = value.get(key, known[0])
        if isinstance(found, str) and found in known:
            return found
        near = get_close_matches(found[:_SHOWN], known, 1) if isinstance(found, str) else []
        hint = f"did you mean `{near[0]}`?" if near else f"write {', '.join(f'`{one}`' for one in known if one)}"
        self.note((*path, key), f"{quoted(found)} is no `{key}`", hint)
        return known[0]

    def whole(self, value: dict[str, Any], key: str, path: Path, least: int, most: int) -> int | None:
        """Return the whole number under a key, from `least` to `most`; None without one."""
        found = value.get(key)
        if found is None or (_is_whole(found) and least <= found <= most):
            return found
        self.note((*path, key), f"`{key}` is {quoted(found)}", f"write a whole number from {least} to {most}")
        return None

    def need(self, value: dict[str, Any], path: Path, count: int, what: str) -> int:
        """Return `k`, how many of the listed things must work; 1 without it."""
        found = value.get("k", 1)
        if not count:
            at = (*path, what)
            if not any(one.path[: len(at)] == at for one in self.wrong[-1:]):  # else an item of it is told of
                self.note(at if what in value else path, f"`{what}` lists nothing", "name at least one")
        elif not _is_whole(found):
            self.note((*path, "k"), f"`k` is {quoted(found)}", f"write a whole number from 1 to {count}")
        elif found < 1:
            self.note((*path, "k"), f"`k` is {found}, so nothing of it is needed", f"write 1 to {count}")
        elif found > count:
            self.note(
                (*path, "k") if "k" in value else path,
                f"{found} of {count} `{what}` can never work",
                f"write 1 to {count}",
            )
        else:
            return int(found)
        return 1

    def ratio(self, value: dict[str, Any], path: Path) -> Fraction | None:
        """Return the availability under `availability`, a ratio from 0 to 1, as a number or as text; None without one."""
        found = value.get("availability")
        if found is None:
            return None
        number = _decimal(found)
        if number is None or not 0 <= number <= 1:
            self.note((*path, "availability"), f"`availability` is {quoted(found)}", _cure(found))
            return None
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent > MAX_DECIMALS:
            self.note((*path, "availability"), f"`availability` has more than {MAX_DECIMALS} decimals", "shorten it")
            return None
        return Fraction(number)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, str):
        return Decimal(value) if _RATIO.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() else None


def _cure(value: Any) -> str:
    """Return what to write for an availability that is none; a percent is turned into its ratio."""
    match = _PERCENT.fullmatch(str(value)) if isinstance(value, str | int | Decimal) else None
    if match:
        percent = Decimal(f"{match[1]}.{match[2] or 0}")
        if 1 < percent <= 100:  # noqa: PLR2004 a whole
            return f"write a ratio from 0 to 1, such as {(percent / 100).normalize():f}"
    return "write a ratio from 0 to 1, such as 0.999"


def quoted(value: Any) -> str:
    """Return a value as a message quotes it: shortened, and what is in a list or an object left out."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return "`null`" if value is None else f"`{str(value).lower()}`"
    text = str(value)
    return f"`{text[:_SHOWN]}…`" if len(text) > _SHOWN else f"`{text}`"
