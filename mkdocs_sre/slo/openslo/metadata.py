"""What all objects of OpenSLO have in common: version, kind, metadata, and how one names another or holds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.shapes import Breach, Key, Shape, breach, label, mapping, one_of, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "openslo/v1"
KIND_NAMES = ("SLO", "SLI", "DataSource", "Service", "AlertPolicy", "AlertCondition", "AlertNotificationTarget")
MAX_DESCRIPTION, MAX_DISPLAY_NAME = 1050, 63  # characters
LABEL_NAME = re.compile(r"[a-zA-Z0-9](?:[-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?")
_DOMAIN_PART = r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?"
ANNOTATION_NAME = re.compile(rf"(?:(?=.{{1,254}}/){_DOMAIN_PART}(?:\.{_DOMAIN_PART})*/)?{LABEL_NAME.pattern}")


def described() -> Key:
    """Return what `description` may hold."""
    return Key(text(required=False, most=MAX_DESCRIPTION))


def _names(pattern: re.Pattern[str], example: str) -> Shape:
    def check(node: Node) -> Iterator[Breach]:
        for name in node.keys:
            if not pattern.fullmatch(name):
                message = f"`{shown(name)}` is no name that {node.name} may hold"
                yield Breach(Fault(node.child(name).place, message, f"such as `{example}`"), bars=False)

    return check


def _label_values(node: Node) -> Iterator[Breach]:
    for name in node.keys:
        value = node.child(name)
        if isinstance(value.value, list):
            yield from sequence(text(required=False))(value)
        elif value.given:
            yield from text(required=False)(value)


def _annotation_values(node: Node) -> Iterator[Breach]:
    for name in node.keys:
        if node.child(name).given:
            yield from text(required=False)(node.child(name))


def free(*rules: Shape) -> Shape:
    """Return the shape of a mapping whose keys are not OpenSLO's."""

    def check(node: Node) -> Iterator[Breach]:
        if not isinstance(node.value, dict):
            yield breach(node, f"{node.name} must hold keys with values", "write `key: value` lines below it")
            return
        for rule in rules:
            yield from rule(node)

    return check


def filled(node: Node) -> Iterator[Breach]:
    """The shape of a mapping that holds anything."""
    if not node.value:
        yield breach(node, f"{node.name} is empty", "say what to ask the source, such as `query: …`")


METADATA = mapping(
    {
        "name": Key(label, required=True),
        "displayName": Key(text(required=False, most=MAX_DISPLAY_NAME)),
        "labels": Key(free(_names(LABEL_NAME, "team"), _label_values)),
        "annotations": Key(free(_names(ANNOTATION_NAME, "example.com/team"), _annotation_values)),
    }
)


def object_of(spec: Shape, *, version: str = VERSION, required: bool = True) -> Shape:
    """Return the shape of a whole object of a version whose `spec` has this shape."""
    head = {"apiVersion": Key(one_of(version), required=True), "kind": Key(one_of(*KIND_NAMES), required=True)}
    return mapping({**head, "metadata": Key(METADATA, required=True), "spec": Key(spec, required=required)})


def _inline(kind: str, spec: Shape) -> Shape:
    return mapping(
        {
            "kind": Key(one_of(kind), required=True),
            "metadata": Key(METADATA, required=True),
            "spec": Key(spec, required=True),
        }
    )


def reference_or_inline(reference: str, kind: str, spec: Shape, ignored: tuple[str, ...] = ()) -> Shape:
    """Return the shape of an item that names an object of this kind, or is one itself."""
    inline = _inline(kind, spec)
    by_name = mapping({reference: Key(label, required=True)}, ignored=ignored)

    def check(node: Node) -> Iterator[Breach]:
        said = [name for name in (reference, "spec", "kind", "metadata") if node.child(name).given]
        if said and said[0] == reference and len(said) > 1:
            message = f"{node.name} has both `{reference}` and `{said[1]}`"
            yield breach(node, message, f"name the {kind} or write it here, not both")
        elif said:
            yield from (by_name if said[0] == reference else inline)(node)
        elif isinstance(node.value, str):
            hint = f"write `- {reference}: {shown(node.value)}`"
            yield breach(node, f"{node.name} is a text, not a reference or an object", hint, bars=False)
        else:
            hint = f"add `{reference}:` with the name of one, or `kind`, `metadata` and `spec`"
            yield breach(node, f"{node.name} neither names an {kind} nor is one", hint)

    return check
