"""What the keys of a kind, of its parts and of the options take, in words for authors."""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from mkdocs_sre.documents.base import ShortPart, fields_by_key
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.values import Reference, Words, list_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

_PLAIN: Mapping[Any, Words] = types.MappingProxyType(
    {
        bool: Words("`true` or `false`", "`true` or `false`"),
        int: Words("a whole number", "whole numbers"),
        str: Words("text", "texts"),
        date: Words("a day, `YYYY-MM-DD`", "days"),
        Any: Words("anything", "any values"),
    }
)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, whether it must be there, what it takes and means, and the part whose keys it holds.

    `default` is what counts when it is left out, as YAML; empty when that is nothing. `examples` are values.
    """

    name: str
    required: bool
    takes: str
    means: str
    default: str
    examples: tuple[str, ...]
    part: type[BaseModel] | None

    @property
    def short(self) -> str:
        """The key of the part that a text alone stands for; empty when a text cannot."""
        return self.part.short if self.part is not None and issubclass(self.part, ShortPart) else ""


class PartKeys(NamedTuple):
    """The keys of a part of front matter: where it stands (`events`, `events.note`), what it is, and its keys."""

    path: str
    says: str
    keys: tuple[Key, ...]


def keys_of(model: type[BaseModel]) -> tuple[Key, ...]:
    """Return the keys of a model: those that must be there first, the others in the order of the model."""
    hints = get_type_hints(model, include_extras=True)
    named = [
        (alias, field, hints[name])
        for (alias, field), name in zip(fields_by_key(model).items(), model.model_fields, strict=True)
    ]
    needed = _needed(model)
    made = [_key(name, field, hint, required=name in needed) for name, field, hint in named]
    return tuple(sorted(made, key=lambda key: not key.required))


def parts_of(keys: tuple[Key, ...], above: str = "") -> Iterator[PartKeys]:
    """Yield the keys of all parts below these keys, each part where it stands, parts of parts after it."""
    for key in keys:
        if key.part is not None:
            path = f"{above}{key.name}"
            inner = keys_of(key.part)
            yield PartKeys(path, cleandoc(key.part.__doc__ or "").split("\n\n")[0].replace("\n", " "), inner)
            yield from parts_of(inner, f"{path}.")


def _needed(model: type[BaseModel]) -> frozenset[str]:
    """Return the keys that authors must write; a model may ask for more than it needs to be made."""
    extra = model.model_config.get("json_schema_extra")
    asked = extra.get("required") if isinstance(extra, dict) else None
    own = [key for key, field in fields_by_key(model).items() if field.is_required()]
    return frozenset(asked if isinstance(asked, list) else own)  # type: ignore[arg-type]  # the schema's own list of names


def _key(name: str, field: FieldInfo, hint: Any, *, required: bool) -> Key:
    return Key(
        name,
        required,
        _words(hint).one,
        field.description or "",
        _default(field),
        tuple(map(str, field.examples or ())),
        _part(hint),
    )


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.is_required() or value is None or value in ([], {}) or isinstance(value, BaseModel):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(hint: Any) -> Words:
    """Return what a type takes."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(hint)
    if origin in (Union, types.UnionType):
        kept = [_words(one) for one in arguments if one is not type(None)]
        words = Words(" or ".join(one.one for one in kept), " or ".join(one.several for one in kept))
    elif origin is Literal:
        words = Words(_choice(arguments), f"any of {_choice(arguments)}")
    elif origin is list:
        words = Words(f"a list of {_words(arguments[0]).several}", "lists")
    elif origin is dict:
        words = Words(f"names, each with {_words(arguments[1]).one}", "names with values")
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        words = Words("keys of its own", "items with keys of their own")
    else:
        words = _PLAIN[hint]
    return words


def _annotated(hint: Any) -> Words:
    base, *metadata = get_args(hint)
    said = next((index for index in reversed(range(len(metadata))) if isinstance(metadata[index], Words)), None)
    refers = next((one for one in reversed(metadata) if isinstance(one, Reference)), None)
    if refers is not None:
        return _reference(refers)
    words = _words(base) if said is None else metadata[said]
    further = _bounds(metadata[0 if said is None else said + 1 :])
    if any(getattr(one, "func", None) is list_of_text for one in metadata):
        further += ", or one alone"
    return Words(words.one + further, words.several + further)


def _reference(refers: Reference) -> Words:
    labels = [(_in_words(kinds()[kind].label), _in_words(kinds()[kind].plural)) for kind in refers.kinds]
    one = f"the id of {' or '.join(f'{_article(label)} {label}' for label, _ in labels)}" if labels else "an id"
    several = f"ids of {' or '.join(plural for _, plural in labels)}" if labels else "ids"
    return Words(f"{one}, or text", f"{several}, or texts") if refers.or_text else Words(one, several)


def _in_words(label: str) -> str:
    return label if label[:2].isupper() else label.lower()


def _article(label: str) -> str:
    return "an" if label[0] in "aeioS" else "a"


def _bounds(metadata: list[Any]) -> str:
    limits = [limit for one in metadata for limit in (one, *getattr(one, "metadata", ()))]
    low = next((one.ge for one in limits if getattr(one, "ge", None) is not None), None)
    high = next((one.le for one in limits if getattr(one, "le", None) is not None), None)
    if low is None:
        return ""
    return f", {low} to {high}" if high is not None else f", {low} or more"


def _choice(values: tuple[Any, ...]) -> str:
    *others, last = [f"`{value}`" for value in values]
    return f"{', '.join(others)} or {last}" if others else last


def _part(hint: Any) -> type[BaseModel] | None:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((found for one in get_args(hint) if (found := _part(one)) is not None), None)
