"""What stands above a page of each kind: its state as chips, its facts as pairs.

One module a kind, found by looking; a kind without one gets a head of its name and id alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.pages.escape import escape

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

State = Literal["ok", "due", "bad", "none", "plain", "info", "page", "ticket"]
SEVERITY: tuple[State, ...] = ("page", "ticket")  # drawn near-square, as they are no states
MAX_CHIP = 40  # characters; a chip never breaks, and a phone's line is not longer


@dataclass(frozen=True)
class Chip:
    """A state in words, on a ground that agrees with it."""

    text: str
    state: State = "plain"

    def markdown(self) -> str:
        """Return the chip as inline HTML."""
        text = self.text if len(self.text) <= MAX_CHIP else self.text[: MAX_CHIP - 1] + "…"
        if self.state in SEVERITY:
            return f'<span class="sre-sev {self.state}">{escape(text)}</span>'
        form = "plain" if self.state == "plain" else f"is-{self.state}"
        return f'<span class="sre-chip {form}">{escape(text)}</span>'


@dataclass(frozen=True)
class Fact:
    """A label in plain text, a value in Markdown (already escaped), and a smaller second line, escaped too."""

    label: str
    value: str
    small: str = ""

    @property
    def linked(self) -> bool:
        """Whether it holds a link, so that Markdown must read it."""
        return "](" in self.value or "](" in self.small

    def html(self) -> str:
        """Return a fact without links as an item of a list of facts."""
        return f"<div><dt>{escape(self.label)}</dt> <dd>{self.value}{self._beside()}</dd></div>"

    def markdown(self) -> str:
        """Return the fact as words in a line."""
        return f"{escape(self.label)} {self.value}{self._beside()}"

    def _beside(self) -> str:
        return f" <small>{self.small}</small>" if self.small else ""


def fact(label: str, value: str | None, small: str | None = None) -> tuple[Fact, ...]:
    """Return a fact from Markdown; nothing without a value."""
    return (Fact(label, value, small or ""),) if value else ()


def stated(label: str, text: object, small: str = "") -> tuple[Fact, ...]:
    """Return a fact from the text of a key, escaped here; nothing without a text."""
    return () if text is None or text == "" else (Fact(label, escape(text), small),)


@dataclass(frozen=True)
class Banner:
    """What must be known before the text: paragraphs in Markdown (already escaped), the first of them in strong ink.

    `form` is a further style class.
    """

    lines: tuple[str, ...]
    state: Literal["info", "due", "bad"] = "info"
    form: str = ""

    @property
    def linked(self) -> bool:
        """Whether it holds a link, so that Markdown must read it."""
        return any("](" in line for line in self.lines)


@dataclass(frozen=True)
class Head:
    """What stands above one page.

    `say` is one sentence and `where` a word or two beside the kind, both plain text; `then` goes on behind `say`, and
    `figure` stands below it, both as HTML. `columns` are facts for the index alone, because the page shows them elsewhere;
    `listed` the chips there, where they are not those of the page.
    """

    chips: tuple[Chip, ...] = ()
    facts: tuple[Fact, ...] = ()
    say: str = ""
    banners: tuple[Banner, ...] = ()
    columns: tuple[Fact, ...] = ()
    where: str = ""
    then: str = ""
    figure: str = ""
    listed: tuple[Chip, ...] | None = None

    def value(self, label: str) -> str:
        """Return the value of the fact with this label, in Markdown; empty when there is none."""
        return next((one.value for one in (*self.columns, *self.facts) if one.label == label), "")


HeadFunction = Callable[..., Head]


@dataclass(frozen=True)
class _Maker:
    make: HeadFunction
    columns: tuple[str, ...] = ()
    newest_by: str = ""


_heads: dict[str, _Maker] = {}


def head(kind: str, *, columns: tuple[str, ...], newest_by: str = "") -> Callable[[HeadFunction], HeadFunction]:
    """Register the function below as what makes the head of a kind.

    `columns` are the facts that its index shows. The index goes by title, or from the newest to the oldest by the fact
    with the label `newest_by`.
    """

    def register(function: HeadFunction) -> HeadFunction:
        _heads[kind] = _Maker(function, columns, newest_by)
        return function

    return register


@cache
def _registered() -> dict[str, _Maker]:
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return _heads


def head_of(document: Document, site: Site, page: str) -> Head:
    """Return the head of a document as it stands on a page (a path); a damaged document says so and nothing more.

    A kind that has no sentence of its own says what MkDocs' key `description` says.
    """
    if not document.origin.intact:
        return Head((Chip("has errors", "bad"),))
    made = _registered().get(document.kind)
    found = made.make(document, site, page) if made else Head()
    said = "" if found.say else document.origin.values.get("description")
    return replace(found, say=said) if said and isinstance(said, str) and not document.listed else found


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the labels of the facts that the index of a kind shows."""
    made = _registered().get(kind)
    return made.columns if made else ()


def newest_by(kind: str) -> str:
    """Return the label of the fact by which the index of a kind is sorted, newest first; empty for the title."""
    made = _registered().get(kind)
    return made.newest_by if made else ""
