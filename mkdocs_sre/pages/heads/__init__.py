"""What stands above a page of each kind: its state as chips, its facts as pairs.

One module a kind, found by looking; a kind without one gets the facts that every document has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.pages.escape import escape

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

State = Literal["ok", "due", "bad", "none", "plain", "info"]


@dataclass(frozen=True)
class Chip:
    """A state in words, on a ground that agrees with it."""

    text: str
    state: State = "plain"

    def markdown(self) -> str:
        """Return the chip as inline HTML."""
        form = "plain" if self.state == "plain" else f"is-{self.state}"
        return f'<span class="sre-chip {form}">{escape(self.text)}</span>'


@dataclass(frozen=True)
class Fact:
    """A label, a value in Markdown (already escaped), and a smaller second line, escaped too."""

    label: str
    value: str
    small: str = ""


@dataclass(frozen=True)
class Head:
    """What stands above one page. `say` is one sentence, plain text."""

    chips: tuple[Chip, ...] = ()
    facts: tuple[Fact, ...] = ()
    say: str = ""


HeadFunction = Callable[..., Head]
_heads: dict[str, tuple[HeadFunction, tuple[str, ...]]] = {}


def head(kind: str, *, columns: tuple[str, ...]) -> Callable[[HeadFunction], HeadFunction]:
    """Register the function below as what makes the head of a kind; `columns` are the facts that its index shows."""

    def register(function: HeadFunction) -> HeadFunction:
        _heads[kind] = (function, columns)
        return function

    return register


@cache
def _registered() -> dict[str, tuple[HeadFunction, tuple[str, ...]]]:
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return _heads


def head_of(document: Document, site: Site, page: str) -> Head:
    """Return the head of a document as it stands on a page (a path); a damaged document says so and nothing more."""
    if not document.origin.intact:
        return Head((Chip("has errors", "bad"),))
    made = _registered().get(document.kind)
    return made[0](document, site, page) if made else Head()


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the labels of the facts that the index of a kind shows."""
    made = _registered().get(kind)
    return made[1] if made else ()
