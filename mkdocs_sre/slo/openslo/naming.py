"""Names as OpenSLO has them: labels of RFC 1123, made of ids."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from mkdocs_sre.documents.values import is_id, safe_id

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NAME = 63
_NUMBERED = 70  # characters of an id that a number follows
_DIGEST = 8  # characters that tell names apart whose ids differ only in what a name may not hold


def object_name(id_: str) -> str:
    """Return the name of an id; different ids have different names, whatever their case.

    >>> object_name("payments-authorise"), object_name("Payments.v2")
    ('payments-authorise', 'payments-v2-1be53540')
    """
    lower = id_.lower()
    made = re.sub(r"[^a-z0-9]+", "-", lower).strip("-")
    if made == lower and len(made) <= MAX_NAME:
        return made
    digest = sha256(lower.encode()).hexdigest()[:_DIGEST]
    return f"{made[: MAX_NAME - _DIGEST - 1].rstrip('-')}-{digest}"


def with_ending(name: str, ending: str) -> str:
    """Return a name with an ending, cut so that it stays one."""
    return f"{name[: MAX_NAME - len(ending) - 1].rstrip('-')}-{ending}"


def read_back_id(service: str, name: str) -> str:
    """Return the id that an SLO has as a document: its service, `-` and its name, unless the name begins with it.

    >>> read_back_id("payments", "latency"), read_back_id("payments", "payments-latency")
    ('payments-latency', 'payments-latency')
    """
    return id_of(name if name.lower().startswith(f"{service.lower()}-") else f"{service}-{name}")


def id_of(text: str) -> str:
    """Return a text as an id: itself where it is one."""
    return text if is_id(text) else safe_id(text)


def distinct(names: Iterable[str]) -> list[str]:
    """Return ids made of names in their order; one that is there already, whatever its case, gets a number.

    >>> distinct(["Good", "very good", "good"])
    ['Good', 'very-good', 'good-2']
    """
    taken: set[str] = set()
    following: dict[str, int] = {}
    found = []
    for id_ in map(id_of, names):
        made, number = id_, following.get(id_.lower(), 2)
        while made.lower() in taken:
            made, number = f"{id_[:_NUMBERED]}-{number}", number + 1
        following[id_.lower()] = number
        taken.add(made.lower())
        found.append(made)
    return found
