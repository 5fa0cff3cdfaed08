"""Shapes of values: what a key may hold, put together from few parts. A shape tells each fault at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.slo.openslo.nodes import Node, shown

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location

MAX_DIGITS = 40  # of a number; more than any quantity that people write
MAX_EXPONENT = 40  # of a number; past that arithmetic would overflow
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))


@dataclass(frozen=True, slots=True)
class Breach:
    """A fault by the rules of OpenSLO. `bars` says that the object cannot be converted as long as it is there."""

    fault: Fault
    bars: bool = True


Shape = Callable[[Node], Iterator[Breach]]


def breach(node: Node, message: str, hint: str, *, bars: bool = True) -> Breach:
    """Return a breach at the value of a node."""
    place: Location = node.value_place if node.given else node.place
    return Breach(Fault(place, message, hint), bars)


def tolerated(shape: Shape) -> Shape:
    """Return a shape whose faults do not keep an object from being converted."""

    def check(node: Node) -> Iterator[Breach]:
        yield from (replace(one, bars=False) for one in shape(node))

    return check


@dataclass(frozen=True, slots=True)
class Key:
    """What a mapping may hold under a key. An optional key may be left empty."""

    shape: Shape
    required: bool = False
    bars: bool = True


def mapping(keys: Mapping[str, Key], *rules: Shape, ignored: tuple[str, ...] = ()) -> Shape:
    """Return the shape of a mapping with these keys and no others but the ignored; `rules` look at the whole of it."""

    def check(node: Node) -> Iterator[Breach]:
        if not isinstance(node.value, dict):
            yield breach(node, f"{node.name} must hold keys with values", f"write {_listed(keys)} below it")
            return
        for name in node.keys:
            if name not in keys and name not in ignored:
                yield _unknown(node, name, keys)
        for name, key in keys.items():
            child = node.child(name)
            if child.given:
                yield from key.shape(child)
            elif key.required:
                yield breach(child, f"{node.name} lacks `{name}`", f"add `{name}:`", bars=key.bars)
        for rule in rules:
            yield from rule(node)

    return check


def _unknown(node: Node, name: str, keys: Mapping[str, Key]) -> Breach:
    folded = {one.casefold(): one for one in keys}
    near = folded.get(name.casefold()) or next(iter(get_close_matches(name, keys, 1)), None)
    hint = f"did you mean `{near}`?" if near else f"remove it; known are {_listed(keys)}"
    return Breach(Fault(node.child(name).place, f"`{shown(name)}` is no key of {node.name}", hint))


def _listed(keys: Mapping[str, Key]) -> str:
    return ", ".join(f"`{name}`" for name in keys)


def sequence(item: Shape, least: int = 0, most: int | None = None, cure: str = "") -> Shape:
    """Return the shape of a list of at least and at most so many items."""

    def check(node: Node) -> Iterator[Breach]:
        if node.given and not isinstance(node.value, list):
            yield breach(node, f"{node.name} must be a list", "begin each item with `- `")
            return
        yield from length(node)
        for one in node.items():
            yield from item(one)

    def length(node: Node) -> Iterator[Breach]:
        count = len(node.value or ())
        if count < least or (most is not None and count > most):
            wanted = f"exactly {least}" if least == most else f"at least {least}" if most is None else f"at most {most}"
            yield breach(node, f"{node.name} holds {count} items, not {wanted}", cure or "correct the list")

    return check


def text(*, required: bool = True, most: int | None = None) -> Shape:
    """Return the shape of a text of at most so many characters."""

    def check(node: Node) -> Iterator[Breach]:
        if not isinstance(node.value, str):
            yield breach(node, f"{node.name} must be text", "write one value")
        elif required and not node.value:
            yield breach(node, f"{node.name} is empty", "fill it in")
        elif most is not None and len(node.value) > most:
            message = f"{node.name} has {len(node.value):,} characters; OpenSLO allows {most:,}"
            yield breach(node, message, "shorten it", bars=False)

    return check


def one_of(*allowed: str) -> Shape:
    """Return the shape of a text that is one of these."""
    listed = ", ".join(f"`{one}`" for one in allowed)

    def check(node: Node) -> Iterator[Breach]:
        if node.text not in allowed:
            near = next((one for one in allowed if one.casefold() == node.text.casefold()), None)
            hint = f"did you mean `{near}`?" if near else "correct it"
            said = f" and not `{shown(node.text)}`" if node.text else ""
            yield breach(node, f"{node.name} must be {'one of ' * (len(allowed) > 1)}{listed}{said}", hint)

    return check


def label(node: Node) -> Iterator[Breach]:
    """The shape of a name: a label of RFC 1123. Other names can be converted."""
    if not isinstance(node.value, str):
        yield breach(node, f"{node.name} must be text", "write one value")
    elif not LABEL.fullmatch(node.value):
        made = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", node.value).lower()).strip("-")[:63]
        hint = f"such as `{made.rstrip('-')}`" if made.rstrip("-") else "write a name, such as `requests-availability`"
        message = f"{node.name} `{shown(node.value)}` is no name: 1 to 63 lower-case letters, digits and `-`"
        yield breach(node, message, hint, bars=not node.value)


def boolean(node: Node) -> Iterator[Breach]:
    """The shape of `true` and `false`."""
    if truth(node) is None:
        yield breach(node, f"{node.name} must be `true` or `false`", "write one of them")


def truth(node: Node) -> bool | None:
    """Return what a node says; None where it says neither `true` nor `false`."""
    return True if node.text in _TRUE else False if node.text in _FALSE else None


def number(wanted: str = "a number", fits: Callable[[Decimal], bool] = lambda _: True) -> Shape:
    """Return the shape of a number that fits; `wanted` says which one does."""

    def check(node: Node) -> Iterator[Breach]:
        found = number_of(node)
        if found is None or not fits(found):
            said = f" and not `{shown(node.text)}`" if node.text else ""
            yield breach(node, f"{node.name} must be {wanted}{said}", "correct it")

    return check


def number_of(node: Node) -> Decimal | None:
    """Return the number that a node holds, exactly as written; None where it holds none."""
    written = node.text
    try:
        found = Decimal(written) if written and len(written) <= MAX_DIGITS else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and abs(found.adjusted()) <= MAX_EXPONENT else None


def exactly_one(*names: str) -> Shape:
    """Return the rule that exactly one of these keys is given."""
    listed = " and ".join((", ".join(f"`{name}`" for name in names[:-1]), f"`{names[-1]}`"))

    def check(node: Node) -> Iterator[Breach]:
        given = [name for name in names if node.child(name).given]
        if not given:
            yield breach(node, f"{node.name} must have one of {listed}", "add one of them")
        elif len(given) > 1:
            first, *others = (node.child(name).place for name in given)
            message = f"{node.name} has {' and '.join(f'`{name}`' for name in given)}; only one of them may stand there"
            yield Breach(Fault(others[0], message, "keep one of them", (first,)))

    return check
