"""What every document has: its kind, its id, the place of each key, and its body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.body import Body, section_keys
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import KeyPath, Marks, find_mark
from mkdocs_sre.documents.values import Day, Identifier, Length, PastDay, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic.fields import FieldInfo
    from pydantic_core import CoreSchema

# Keys that MkDocs, Material and the plugins that people run beside this one read; never unknown.
SITE_KEYS = frozenset(
    [
        "title",
        "description",
        "tags",
        "hide",
        "icon",
        "template",
        "search",
        "weight",
        "date",
        "authors",
        "author",
        "status_icon",
        "subtitle",
        "social",
        "comments",
        "categories",
        "slug",
        "draft",
        "readtime",
        "links_extra",
        "pin",
        "exclude_from_search",
        "boost",
        "hero",
        "og_title",
        "og_description",
        "image",
    ],
)


class Part(BaseModel):
    """A piece of front matter: frozen, and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class ShortPart(Part):
    """A piece that may be written as one text, which then stands for its key `short`."""

    short: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {cls.short: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


@cache
def fields_by_key(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """Return the fields of a model by the names that authors write, which for a field with an alias is the alias."""
    return MappingProxyType({field.alias or name: field for name, field in model.model_fields.items()})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with an id: a document, or one item of a document that keeps a list."""

    id: str
    kind: str
    title: str
    document: Document
    location: Location
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document's content came from: file, front matter as read, marks, the path of its own mapping, body.

    `sections` is what the folder pattern demands; `blanks` says that a value may be empty or still `TODO`; `intact`
    that every key was valid.
    """

    path: str
    values: dict[str, Any]
    marks: Marks
    prefix: KeyPath = ()
    body: Body = Body()  # noqa: RUF009 an empty body is never changed
    sections: str | tuple[str, ...] | None = None
    blanks: bool = False
    intact: bool = True


class Document(Part):
    """The typed content of one file, or of one item of a file that lists several.

    A kind is a subclass in its own module under `documents/kinds/`, with its template in a Markdown file of the same
    name. Its docstring explains it to authors.
    """

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""  # the kind's name in a sentence and above a page's title
    plural: ClassVar[str] = ""
    folder: ClassVar[str] = ""  # where `new` writes and where the index of the kind stands
    index_folder: ClassVar[str] = ""  # where the index stands when another kind shares the folder
    area: ClassVar[str] = ""  # what the navigation gathers it under, with other kinds of the same area; else its plural
    rank: ClassVar[int] = 90  # its place among the kinds in the navigation and on home, the lowest first
    schemes: ClassVar[dict[str, tuple[str, ...]]] = {}  # accepted lists of required sections; the first is the default
    list_key: ClassVar[str] = ""  # a key whose items are documents of this kind that have no page of their own
    date_key: ClassVar[str] = ""  # the key with the day that the document tells of
    reviewed: ClassVar[bool] = True  # whether `last_reviewed_on` and `review_in` are kept

    type: Annotated[Text | None, Field(description="The kind of the document.")] = None
    id: Annotated[
        Identifier, Field(description="The id that other documents name; unique over all, whatever its case.")
    ]
    title: Annotated[Text | None, Field(description="The title; the first heading when left out.")] = None
    aliases: Annotated[Texts, Field(description="Former ids and other names that still lead here.")] = []

    # A slot of its own: pydantic's private attributes are ten times slower to read, and rules ask for places a lot.
    __slots__ = ("_origin",)
    if TYPE_CHECKING:
        _origin: Origin

    def placed(self, origin: Origin) -> Self:
        """Return the document itself, told where it came from."""
        object.__setattr__(self, "_origin", origin)
        return self

    @property
    def path(self) -> str:
        """The file, POSIX, relative to the docs folder."""
        return self._origin.path

    @property
    def body(self) -> Body:
        """The Markdown below the front matter; empty for an item of a list."""
        return self._origin.body

    @property
    def origin(self) -> Origin:
        """Where the content came from."""
        return self._origin

    @property
    def name(self) -> str:
        """The title that people see: `title`, else the first heading, else the id."""
        return self.title or self.body.title or self.id

    @property
    def listed(self) -> bool:
        """Whether the document is an item of a list and so has no page of its own."""
        return bool(self._origin.prefix)

    def at(self, *path: str | int) -> Location:
        """Return the place of the key at `path`; where it is not written, of the nearest key above it."""
        mark = find_mark(self._origin.marks, (*self._origin.prefix, *path))
        return Location(self.path, mark.line, mark.column) if mark else Location(self.path)

    def value_at(self, *path: str | int) -> Location:
        """Return the place of the value at `path`; where it is not written, as `at`."""
        mark = find_mark(self._origin.marks, (*self._origin.prefix, *path))
        return Location(self.path, mark.value_line, mark.value_column) if mark else Location(self.path)

    def entries(self) -> Iterator[Entry]:
        """Yield what can be referred to: the document, and after it its items that have ids."""
        yield Entry(self.id, self.kind, self.name, self, self.value_at("id"), self.id.lower() if self.listed else "")

    def required_sections(self) -> tuple[str, ...]:
        """Return the sections that the body must have: by the folder pattern, else the scheme that fits best."""
        chosen = self._origin.sections
        if isinstance(chosen, tuple):
            return chosen
        if chosen is not None:
            return self.schemes.get(chosen, ())
        return _best_scheme(type(self), self.body.section_keys)

    @classmethod
    def template(cls) -> str:
        """Return the Markdown that `new` starts from, `{id}` standing for the id."""
        module = cls.__module__.rpartition(".")[2]
        return files("mkdocs_sre.documents.kinds").joinpath(f"{module}.md").read_text(encoding="utf-8")

    @classmethod
    @cache
    def key_names(cls) -> frozenset[str]:
        """Return the names of all keys of the kind."""
        return frozenset(fields_by_key(cls))


@lru_cache(maxsize=1024)  # pages of one collection have few different outlines, and several rules ask for each
def _best_scheme(kind: type[Document], present: frozenset[str]) -> tuple[str, ...]:
    """Return the scheme of required sections that shares most with those present; the first of equals."""
    return max(kind.schemes.values(), key=lambda names: len(section_keys(names) & present), default=())


def _said(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("sre_value", "must say something")
    return text


class Snooze(Part):
    """A while in which nobody is reminded to look at a document again."""

    until: Annotated[Day, Field(description="The last day of it, at most 90 days ahead.")]
    reason: Annotated[Text, AfterValidator(_said), Field(description="Why it can wait.")]


class ReviewedDocument(Document):
    """A document that is looked at again after a while."""

    last_reviewed_on: Annotated[PastDay | None, Field(description="The day somebody last checked that it is true.")] = (
        None
    )
    review_in: Annotated[Length | None, Field(description="How long after that day it must be checked again.")] = None
    snooze: Annotated[
        Snooze | None, Field(description="Until when nobody is reminded of that, and why it can wait.")
    ] = None
