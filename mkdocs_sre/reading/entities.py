"""One document of a catalogue file made an entity; what is wrong with it is noted, not raised."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.catalogue import (
    API,
    COMPONENT,
    DEFAULT_NAMESPACE,
    ID_ANNOTATION,
    RESOURCE,
    Entity,
    EntityName,
    EntityReference,
)
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import dotted, find_mark
from mkdocs_sre.documents.values import is_id

if TYPE_CHECKING:
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.reading.nodes import Marked
    from mkdocs_sre.reading.yaml_documents import Extent

MALFORMED, UNKNOWN_KIND = "malformed-entity", "unknown-entity-kind"  # the rules that tell
GROUP, SYSTEM = "group", "system"
# The kinds of Backstage's own model, as they are written; only the first three can fail.
KINDS = ("Component", "Resource", "API", "System", "Domain", "Group", "User", "Location", "Template")
BACKSTAGE = "backstage.io/"  # in the `apiVersion` of everything that Backstage reads
MAX_SHOWN = 80  # characters of a wrong value in a message
MAX_TEXT = 200  # characters of a title, a type, a reference: what stands in one line; the rest is cut off, and told
MAX_DESCRIPTION = 20_000  # characters of a description, as of any text of a document
_REFERENCE = re.compile(r"(?:([^\s:/]+):)?(?:([^\s:/]+)/)?([^\s:/]+)")
_NO_NAME = "use 1 to 80 letters, digits, `.`, `_` or `-`, beginning with a letter or digit"


def entity_of(made: Marked, extent: Extent, defects: list[Defect]) -> Entity | None:
    """Return the entity of a document of YAML; None for one that is none, or that has no usable name.

    What is wrong is added to the defects.
    """
    keys = _Keys(made, extent.start, defects)
    kind = _kind(keys)
    if kind is None:
        return None
    name = _name(keys, kind)
    if name is None:
        return None
    title = keys.text("metadata", "title")
    description = keys.text("metadata", "description", most=MAX_DESCRIPTION)
    links = _links(keys)
    if kind not in (COMPONENT, RESOURCE, API):
        return Entity(name, keys.place("metadata", "name"), *extent, title, description, links=links)
    return Entity(
        name,
        keys.place("metadata", "name"),
        *extent,
        title,
        description,
        type=keys.text("spec", "type"),
        lifecycle=keys.text("spec", "lifecycle"),
        owner=_one(keys, "owner", GROUP, name),
        system=_one(keys, "system", SYSTEM, name),
        links=links,
        id=_annotated(keys),
        needs=(*_references(keys, "dependsOn", "", name), *_references(keys, "consumesApis", API, name)),
        needed_by=_references(keys, "dependencyOf", "", name),
        provides=_references(keys, "providesApis", API, name),
    )


class _Keys:
    """The keys of one document, each with its place."""

    def __init__(self, made: Marked, start: Location, defects: list[Defect]) -> None:
        self._made, self._start, self._defects = made, start, defects

    def place(self, *path: str | int) -> Location:
        """Return the place of a value, or of the nearest key above it that is written."""
        mark = find_mark(self._made.marks, path)
        return Location(self._start.path, mark.value_line, mark.value_column) if mark else self._start

    def tell(self, path: KeyPath, message: str, hint: str, name: str = MALFORMED) -> None:
        """Note a fault at a key."""
        self.tell_at(self.place(*path), message, hint, name)

    def tell_at(self, place: Location, message: str, hint: str, name: str = MALFORMED) -> None:
        """Note a fault at a place."""
        self._defects.append(Defect(name, Fault(place, message, hint)))

    def value(self, *path: str | int) -> Any:
        """Return what stands at a path; None where nothing does. What should hold keys and does not is told once."""
        value: Any = self._made
        for depth, step in enumerate(path):
            if not isinstance(value, dict):
                if value is not None:
                    self._without_keys(path[:depth])
                return None
            value = value.get(str(step))
        return value

    def _without_keys(self, path: KeyPath) -> None:
        defect = Defect(
            MALFORMED,
            Fault(self.place(*path), f"`{dotted(path)}` must hold keys with values", "write `key: value` lines"),
        )
        if defect not in self._defects:
            self._defects.append(defect)

    def text(self, *path: str | int, most: int | None = MAX_TEXT) -> str:
        """Return a text, cut off after so many characters unless that is None; empty where there is none."""
        value = self.value(*path)
        if isinstance(value, dict | list):
            self.tell(path, f"`{dotted(path)}` must be text", "write one value")
            return ""
        if value and most is not None and len(value) > most:
            self.tell(path, f"`{dotted(path)}` has {len(value):,} characters; at most {most:,} are kept", "shorten it")
            return str(value[:most])
        return value or ""

    def texts(self, *path: str | int) -> list[tuple[str, Location]]:
        """Return a list of texts, each with its place; a text alone is a list of one."""
        value = self.value(*path)
        if isinstance(value, str):
            return [(value, self.place(*path))]
        if isinstance(value, dict):
            self.tell(path, f"`{dotted(path)}` must be a list", "begin each item with `- `")
            return []
        found = []
        for index, item in enumerate(value or ()):
            if isinstance(item, str):
                found.append((item, self.place(*path, index)))
            else:
                self.tell(
                    (*path, index), f"`{dotted((*path, index))}` must be text", "name an entity: `component:orders`"
                )
        return found


def _kind(keys: _Keys) -> str | None:
    """Return the kind of an entity in lower case; None for what is no entity of Backstage's own kinds."""
    version, kind = keys.text("apiVersion", most=None), keys.text("kind", most=None)
    for key, value in (("apiVersion", version), ("kind", kind)):
        if not value and not isinstance(keys.value(key), dict | list):
            example = f"{BACKSTAGE}v1alpha1" if key == "apiVersion" else "Component"
            keys.tell((key,), f"an entity lacks `{key}`", f"write `{key}: {example}`")
    if not version or not kind:
        return None
    if BACKSTAGE not in version:
        message = f"`{version[:MAX_SHOWN]}` is no version of Backstage, so this document is left out"
        keys.tell(("apiVersion",), message, "let `catalogues` match files of Backstage only", UNKNOWN_KIND)
        return None
    known = {one.lower(): one for one in KINDS}
    if kind.lower() in known:
        return kind.lower()
    near = get_close_matches(kind[:MAX_SHOWN].lower(), known, 1)
    hint = f"did you mean `{known[near[0]]}`?" if near else f"what is read is {', '.join(KINDS)}"
    keys.tell(
        ("kind",), f"`{kind[:MAX_SHOWN]}` is no kind that is read, so this entity is left out", hint, UNKNOWN_KIND
    )
    return None


def _name(keys: _Keys, kind: str) -> EntityName | None:
    name = keys.text("metadata", "name", most=None)
    namespace = keys.text("metadata", "namespace", most=None) or DEFAULT_NAMESPACE
    if not name:
        if not isinstance(keys.value("metadata", "name"), dict | list):
            keys.tell(
                ("metadata", "name"), "an entity lacks `metadata.name`", "give it a name that is unique among its kind"
            )
        return None
    for key, text in (("name", name), ("namespace", namespace)):
        if not is_id(text):
            keys.tell(("metadata", key), f"`{text[:MAX_SHOWN]}` is no {key} of an entity", _NO_NAME)
            return None
    return EntityName(kind, namespace.lower(), name)


def _annotated(keys: _Keys) -> str:
    """Return the id that an annotation gives; empty without one."""
    path = ("metadata", "annotations", ID_ANNOTATION)
    found = keys.text(*path, most=None)
    if found and not is_id(found):
        keys.tell(path, f"`{found[:MAX_SHOWN]}` is no id", _NO_NAME)
        return ""
    return found


def _one(keys: _Keys, key: str, kind: str, owner: EntityName) -> EntityName | None:
    text = keys.text("spec", key, most=None)
    found = _reference(text, kind, owner.namespace) if text else None
    if text and found is None:
        keys.tell(("spec", key), *_no_reference(text, kind))
    return found


def _references(keys: _Keys, key: str, kind: str, owner: EntityName) -> tuple[EntityReference, ...]:
    found = []
    for text, place in keys.texts("spec", key):
        target = _reference(text, kind, owner.namespace)
        if target is None:
            keys.tell_at(place, *_no_reference(text, kind or COMPONENT))
            continue
        found.append(EntityReference(key, target, place))
    return tuple(found)


def _no_reference(text: str, kind: str) -> tuple[str, str]:
    """Return cause and cure of a text that names nothing."""
    return f"`{text[:MAX_SHOWN]}` names no entity", f"write `[kind:][namespace/]name`, such as `{kind}:orders`"


def _reference(text: str, kind: str, namespace: str) -> EntityName | None:
    """Return what `[kind:][namespace/]name` names, with the defaults of its key; None for any other text."""
    match = _REFERENCE.fullmatch(text.strip()) if len(text) <= MAX_TEXT else None
    if match is None:
        return None
    return EntityName((match[1] or kind).lower(), (match[2] or namespace).lower(), match[3])


def _links(keys: _Keys) -> tuple[tuple[str, str], ...]:
    """Return title and address of each link."""
    path, links = ("metadata", "links"), keys.value("metadata", "links")
    if not isinstance(links, list):
        links = [] if links is None else [links]
    found = []
    for index, item in enumerate(links):
        url, title = (item.get("url"), item.get("title")) if isinstance(item, dict) else (None, None)
        if isinstance(url, str) and url:
            found.append((title if isinstance(title, str) and title else url, url))
        else:
            keys.tell((*path, index), "a link lacks `url`", "write `url:` and `title:`")
    return tuple(found)
