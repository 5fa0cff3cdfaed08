"""Elements by the names that people type."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.graph.model import System

_SHOWN = 80  # characters of a name that a message quotes


class UnknownElementsError(Exception):
    """Names that no element has; `problems` holds a line for each, with the nearest id."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def named(system: System, names: Iterable[str]) -> tuple[int, ...]:
    """Return the elements of names, each an id or alias, or several with commas between; each element once, as given.

    Raises UnknownElementsError for names that no element has, all of them.
    """
    found: list[int] = []
    problems = []
    for given in names:
        whole = system.find(given)
        if whole is not None:
            found.append(whole)
            continue
        for name in filter(None, (one.strip() for one in given.split(","))):
            index = system.find(name)
            if index is None:
                problems.append(_unknown(system, name))
            else:
                found.append(index)
    if problems:
        raise UnknownElementsError(list(dict.fromkeys(problems)))
    return tuple(dict.fromkeys(found))


def _unknown(system: System, name: str) -> str:
    near = get_close_matches(name.lower()[:_SHOWN], system.names, 1, 0.6)
    cure = (
        f"did you mean `{system.elements[system.names[near[0]]].id}`?"
        if near
        else "ids are those of the documents or the file"
    )
    return f"nothing in the graph has the id `{name[:_SHOWN]}`; {cure}"
