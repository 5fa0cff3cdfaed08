"""From a file's keys to a document of a kind, and from pydantic's errors to faults in our words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from mkdocs_sre.documents.base import SITE_KEYS, Document, Origin, fields_by_key
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import KeyPath, dotted, find_mark
from mkdocs_sre.settings import expected

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_FAULTS = 100  # invalid keys told of one document; past that the rest would only hide the first
BLANK = "TODO"

_EXPECTED = {
    "too_short": "must hold at least one",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a whole number of fewer digits",
}

# The rule that reports an error, by its type, where its context does not name one.
_RULES = {"sre_date": "impossible-date", "sre_id": "malformed-id"}


class Made(NamedTuple):
    """A document, or None when it cannot be made, and what was wrong with its keys."""

    document: Document | None
    defects: list[Defect]


def make(kind: type[Document], values: dict[str, Any], origin: Origin) -> Made:
    """Return the document of this kind that the values make.

    Unknown keys are told and left out. Invalid or missing ones are told, and the document is made without them
    (`origin.intact` is then false) as long as it has an id.
    """
    values = {key: value for key, value in values.items() if key not in SITE_KEYS or key in kind.key_names()}
    blanks: set[KeyPath] = set()
    if origin.blanks:
        values = _without_blanks(values, (), blanks)
    defects = [_blank(origin, path, kind) for path in sorted(blanks, key=str)]
    try:
        return Made(kind.model_validate(values).placed(origin), defects)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    told = [one for one in errors if not (one["type"] == "missing" and tuple(one["loc"]) in blanks)]
    defects += [_defect(kind, origin, one) for one in told[:MAX_FAULTS]]
    pruned = _without(values, [tuple(one["loc"]) for one in errors if one["type"] == "extra_forbidden"])
    try:
        return Made(kind.model_validate(pruned).placed(origin), defects)
    except ValidationError:
        return Made(_damaged(kind, pruned, origin), defects)


def _damaged(kind: type[Document], values: dict[str, Any], origin: Origin) -> Document | None:
    """Return a document of which only id, title and aliases are sure; None without a well-formed id."""
    kept = {key: values[key] for key in ("id", "title", "aliases") if key in values}
    try:
        sure = Document.model_validate(kept)
    except ValidationError:
        return None
    document = kind.model_construct(id=sure.id, title=sure.title, aliases=sure.aliases)
    return document.placed(
        Origin(origin.path, origin.values, origin.marks, origin.prefix, origin.body, origin.sections, intact=False)
    )


def is_blank(value: Any) -> bool:
    """Whether nothing has been written yet: empty, or the `TODO` of a template."""
    return value is None or (isinstance(value, str) and value.startswith(BLANK))


def _without_blanks(value: Any, path: KeyPath, blanks: set[KeyPath]) -> Any:
    """Return the value without keys and items that are blank, and note their paths."""
    if isinstance(value, dict):
        kept = {}
        for key, item in value.items():
            if is_blank(item):
                blanks.add((*path, key))
            else:
                kept[key] = _without_blanks(item, (*path, key), blanks)
        return kept
    if isinstance(value, list):
        blanks.update((*path, index) for index, item in enumerate(value) if is_blank(item))
        return [_without_blanks(item, (*path, index), blanks) for index, item in enumerate(value) if not is_blank(item)]
    return value


def _state(origin: Origin, path: KeyPath) -> str:
    """Return what an author sees at a blank: nothing, or the sign of the template."""
    value: Any = origin.values
    for step in (*origin.prefix, *path):
        value = value[step]
    return "is empty" if value is None else f"still says {BLANK}"


def _blank(origin: Origin, path: KeyPath, kind: type[Document]) -> Defect:
    field = fields_by_key(kind).get(str(path[0])) if len(path) == 1 else None
    name = "missing-key" if field is not None and field.is_required() else "blank-value"
    return Defect(
        name,
        Fault(
            _place(origin, path),
            f"`{dotted(path)}` {_state(origin, path)}",
            "fill it in" if name == "missing-key" else "fill it in, or remove the key",
        ),
    )


def _without(values: Any, paths: list[tuple[Any, ...]]) -> Any:
    """Return a copy of nested values without the keys at these paths."""
    heads: dict[Any, list[tuple[Any, ...]]] = {}
    for path in paths:
        heads.setdefault(path[0], []).append(path[1:])
    if isinstance(values, dict):
        return {
            key: _without(item, heads[key]) if key in heads else item
            for key, item in values.items()
            if () not in heads.get(key, ())
        }
    if isinstance(values, list):
        return [_without(item, heads[index]) if index in heads else item for index, item in enumerate(values)]
    return values


def _place(origin: Origin, path: KeyPath, *, value: bool = False) -> Location:
    mark = find_mark(origin.marks, (*origin.prefix, *path))
    if mark is None:
        return Location(origin.path)
    return (
        Location(origin.path, mark.value_line, mark.value_column)
        if value
        else Location(origin.path, mark.line, mark.column)
    )


def _defect(kind: type[Document], origin: Origin, error: ErrorDetails) -> Defect:
    path = tuple(step for step in error["loc"] if isinstance(step, int) or not step.startswith("function-"))
    key = dotted(path)
    if error["type"] == "missing":
        place = _place(origin, path[:-1])
        return Defect(
            "missing-key",
            Fault(place, f"{kind.label.lower()} without `{key}`", f"add `{path[-1]}:`{_purpose(kind, path)}"),
        )
    if error["type"] == "extra_forbidden":
        return Defect(
            "unknown-key",
            Fault(_place(origin, path), f"`{key}` is no key of a {kind.label.lower()}", _nearest(kind, path)),
        )
    place = _place(origin, path, value=True)
    context = error.get("ctx", {})
    name = context.get("rule") or _RULES.get(error["type"], "invalid-value")
    return Defect(name, Fault(place, f"`{key}` {_reason(error)}", context.get("cure", "correct it")))


def _reason(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    said = _EXPECTED.get(kind) or expected(kind, context)
    if said is not None:
        return said
    if kind.startswith(("greater_than", "less_than")):
        return error["msg"].replace("Input should be", "must be")
    if kind == "string_too_long":
        return f"is longer than {context['max_length']:,} characters"
    if kind == "string_pattern_mismatch":
        return f"must match `{context['pattern']}`"
    return error["msg"] if kind.startswith("sre_") else f"cannot be read: {error['msg'].lower()}"


def _purpose(kind: type[Document], path: tuple[Any, ...]) -> str:
    field = fields_by_key(_model_at(kind, path[:-1])).get(str(path[-1]))
    text = field.description if field else None
    return f" ({text[0].lower()}{text[1:].rstrip('.')})" if text else ""


def _nearest(kind: type[Document], path: tuple[Any, ...]) -> str:
    known = list(fields_by_key(_model_at(kind, path[:-1])))
    folded = {name.replace("_", "").casefold(): name for name in known}
    wanted = str(path[-1])
    near = folded.get(wanted.replace("_", "").replace("-", "").casefold()) or next(
        iter(get_close_matches(wanted, known, 1)), None
    )
    return f"did you mean `{near}`?" if near else "remove it, or name it under `ignore_keys`"


def _model_at(kind: type[BaseModel], path: tuple[Any, ...]) -> type[BaseModel]:
    """Return the model of the mapping at this path, the nearest one above it when there is none."""
    model = kind
    for step in path:
        field = fields_by_key(model).get(str(step)) if isinstance(step, str) else None
        if field is not None:
            model = part_of(field.annotation) or model
    return model


def part_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a key's type is, or is a list or mapping of; None when there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := part_of(one)) is not None), None)
