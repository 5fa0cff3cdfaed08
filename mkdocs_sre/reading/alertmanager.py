"""Configurations of Alertmanager: bytes to routes, receivers and inhibitions with their places."""

from __future__ import annotations

from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import Inhibition, Matcher, Monitoring, Receiver, Route, Routing
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.embedded import embedded
from mkdocs_sre.reading.matchers import parse_matchers
from mkdocs_sre.reading.rule_files import MALFORMED, UNREAD
from mkdocs_sre.reading.written import Notes, Written
from mkdocs_sre.reading.yaml_documents import Sort, bounded, yaml_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_sre.documents.finding import Defect
    from mkdocs_sre.reading.yaml_documents import YamlDocument

SORT = Sort("configuration of Alertmanager", UNREAD)
HOLDERS = ("Secret", "ConfigMap")  # objects of Kubernetes that hold a configuration as text
_NAMES = ("alertmanager.yaml", "alertmanager.yml")  # of the text in them
_CONFIGS = "_configs"  # behind a receiver's means
_TRUE = frozenset(("true", "yes", "on", "y"))


class _Above(NamedTuple):
    """What a route takes from the configuration and the route above it."""

    receivers: Mapping[str, Receiver]
    receiver: str


def read_alertmanager(path: str, data: bytes, file: str = "") -> Monitoring:
    """Return what a configuration of Alertmanager with these bytes says; what is wrong with it stands in `defects`.

    The configuration itself, or a Secret or ConfigMap of Kubernetes that holds it; other objects are passed over.
    `path` is that of the places; `file` is what people call the file, the path by default.
    """
    defects: list[Defect] = []
    routings: list[Routing] = []
    with paused_collection():
        for document in yaml_documents(path, data, file or path, SORT, defects):
            root = Written.of(document.made, Notes(partial(Location, path), MALFORMED, defects))
            routings += (_routing(one, document.extent.file) for one in _configurations(root, document))
    return Monitoring(routings=tuple(routings), defects=bounded(defects, path, SORT))


def _configurations(root: Written, document: YamlDocument) -> Iterator[Written]:
    """Yield each configuration of a document: itself, what it holds as text, what the objects of its list hold."""
    kind, items = root.child_text("kind"), root.child("items")
    if kind.endswith("List") and items is not None:
        for item in items.items():
            yield from _configurations(item, document)
    elif kind in HOLDERS:
        for key in ("stringData", "data"):
            held = root.child(key)
            for name, text in held.entries() if held is not None else ():
                if name in _NAMES:
                    encoded = kind == "Secret" and key == "data"
                    found = embedded(text, document, SORT, encoded=encoded)
                    if found is not None:
                        yield found
                elif name.removesuffix(".gz") in _NAMES:
                    text.tell(f"`{name}` is compressed, so it is not read", "let `alerts.alertmanager` match its text")
    elif not kind and root.value:
        yield root


def _routing(root: Written, file: str) -> Routing:
    receivers = _receivers(root)
    by_name = {one.name: one for one in receivers}
    route, rules = root.child("route"), root.child("inhibit_rules")
    inhibitions = tuple(_inhibition(one) for one in rules.items()) if rules is not None else ()
    if route is None:
        return Routing(file, None, receivers, inhibitions)
    if route.child("receiver") is None and isinstance(route.value, dict):
        route.tell("the root route names no `receiver`", "name the one that gets what no other route takes")
    return Routing(file, _route(route, _Above(by_name, "")), receivers, inhibitions)


def _receivers(root: Written) -> tuple[Receiver, ...]:
    """Return the receivers; of several with one name the first counts."""
    found: dict[str, Receiver] = {}
    listed = root.child("receivers")
    for one in listed.items() if listed is not None else ():
        name = one.child("name")
        text = name.text() if name is not None else ""
        if name is None or not text:
            one.tell("a receiver lacks `name`, so it is left out", "name it; routes call it by its name")
        elif text in found:
            name.tell(f"two receivers are called `{text[:80]}`", "rename one of them", found[text].place)
        else:
            found[text] = Receiver(text, name.place, tuple(_means(one)))
    return tuple(found.values())


def _means(receiver: Written) -> Iterator[str]:
    """Yield by what a receiver calls: the keys that end in `_configs` and hold something."""
    for key, value in receiver.entries():
        if key.endswith(_CONFIGS) and any(True for _ in value.items()):
            yield key.removesuffix(_CONFIGS)


def _route(route: Written, above: _Above) -> Route:
    named, below = route.child("receiver"), route.child("routes")
    receiver = named.text() if named is not None else ""
    if named is not None and receiver and receiver not in above.receivers:
        near = get_close_matches(receiver[:200], above.receivers, 1)
        hint = f"did you mean `{near[0][:80]}`?" if near else "define it under `receivers`"
        named.tell(f"no receiver is called `{receiver[:80]}`", hint)
    if not isinstance(route.value, dict):
        route.tell(f"{route.name} must hold keys with values", "write `receiver:` and `matchers:`")
    inherited = _Above(above.receivers, receiver or above.receiver)
    return Route(
        inherited.receiver,
        route.place,
        (*_pairs(route, "match", "="), *_pairs(route, "match_re", "=~"), *_matchers(route, "matchers")),
        route.child_text("continue").lower() in _TRUE,
        _texts(route, "group_by"),
        route.child_text("group_wait"),
        route.child_text("repeat_interval"),
        tuple(_route(one, inherited) for one in below.items()) if below is not None else (),
    )


def _inhibition(rule: Written) -> Inhibition:
    if not isinstance(rule.value, dict):
        rule.tell(f"{rule.name} must hold keys with values", "write `source_matchers:` and `target_matchers:`")
    return Inhibition(_side(rule, "source"), _side(rule, "target"), _texts(rule, "equal"), rule.place)


def _side(rule: Written, side: str) -> tuple[Matcher, ...]:
    older = (*_pairs(rule, f"{side}_match", "="), *_pairs(rule, f"{side}_match_re", "=~"))
    return (*older, *_matchers(rule, f"{side}_matchers"))


def _pairs(written: Written, key: str, operator: str) -> Iterator[Matcher]:
    """Yield the conditions of the older form: a label and its value on a line."""
    given = written.child(key)
    for label, value in given.entries() if given is not None else ():
        yield Matcher(label, operator, value.text())


def _matchers(written: Written, key: str) -> Iterator[Matcher]:
    given = written.child(key)
    if given is None:
        return
    for one in [given] if isinstance(given.value, str) else given.items():
        text = one.text()
        try:
            yield from parse_matchers(text)
        except ValueError:
            one.tell(
                f"`{text[:80]}` is no matcher, so it is left out",
                'write a label, `=`, `!=`, `=~` or `!~`, and a value: severity="critical"',
            )


def _texts(written: Written, key: str) -> tuple[str, ...]:
    given = written.child(key)
    if given is None:
        return ()
    return tuple(one.text() for one in ([given] if isinstance(given.value, str) else given.items()))
