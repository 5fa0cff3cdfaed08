"""Prometheus rule files and PrometheusRule objects: bytes to alert rules with their places."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import KEY, AlertRule, Monitoring
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.written import Notes, Written
from mkdocs_sre.reading.yaml_documents import Sort, bounded, yaml_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.reading.yaml_documents import YamlDocument

UNREAD, MALFORMED = "unreadable-rule-file", "malformed-rule"  # the rules that tell
SORT = Sort("rule file", UNREAD)
MAX_NAME = 1_000  # characters of an alert's name; Prometheus takes any, but no page or message holds more
RULE_KEYS = ("alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations")
_DIRECTIVE = r"\{\{-?\s*(?:if|else|end|range|with|include|template|define|block|tpl|toYaml|/\*)\b"
_CHART = re.compile(r"\{\{[^}\n]*(?:\.(?:Values|Release|Chart|Capabilities|Files)\b|\binclude \")")
_DIRECTIVE_LINE = re.compile(rf"\s*{_DIRECTIVE}")
_UNQUOTED = re.compile(r"(?:[:-]\s+|^\s*)\{\{")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class _Group(NamedTuple):
    """What the rules of one group share."""

    name: str
    file: str
    labels: dict[str, Written]


def read_rules(path: str, data: bytes, file: str = "") -> Monitoring:
    """Return the alert rules of a file with these bytes; what is wrong with it stands in `defects`.

    Rule files as Prometheus reads them, PrometheusRule objects, lists of objects, and several of them in one file;
    other objects are passed over. `path` is that of the places; `file` is what people call the file, the path by
    default. A document or rule that cannot be read does not keep the others from being read.
    """
    rules: list[AlertRule] = []
    defects: list[Defect] = []
    templates: list[Location] = []
    with paused_collection():
        for document in yaml_documents(path, data, file or path, SORT, defects):
            noted = document.made.defects
            if noted and not document.made:
                defects[-len(noted) :] = [_cured(one, document) for one in defects[-len(noted) :]]
                if _is_template(document):
                    del defects[-len(noted) :]
                    templates.append(noted[0].fault.location)
            root = Written.of(document.made, Notes(partial(Location, path), MALFORMED, defects))
            for groups in _groups(root):
                rules += _rules(groups, document.extent.file)
    if templates:
        message = "this is a template of Helm, which is not YAML until it is rendered"
        hint = "let `alerts.rules` match what `helm template` prints"
        defects.insert(0, Defect(UNREAD, Fault(templates[0], message, hint, tuple(templates[1:]))))
    return Monitoring(tuple(rules), defects=bounded(defects, path, SORT))


def unread(path: str, message: str, hint: str) -> Monitoring:
    """Return what stands for a file that is not read, with the one defect that says why."""
    return Monitoring(defects=(Defect(UNREAD, Fault(Location(path), message, hint)),))


def _line(document: YamlDocument, defect: Defect) -> str:
    """Return the line of a fault and the one before it: the parser often sees what is wrong a line late."""
    position = defect.fault.location.line - document.extent.start.line
    return "\n".join(document.text.split("\n")[max(position - 1, 0) : position + 1])


def _is_template(document: YamlDocument) -> bool:
    """Whether a document that is no YAML holds what only Helm understands."""
    lines = _line(document, document.made.defects[0]).split("\n")
    return _CHART.search(document.text) is not None or any(_DIRECTIVE_LINE.match(line) for line in lines)


def _cured(defect: Defect, document: YamlDocument) -> Defect:
    """Return a fault of YAML with the cure that fits a value of Prometheus' own templates."""
    if not any(_UNQUOTED.search(line) for line in _line(document, defect).split("\n")):
        return defect
    return Defect(defect.name, replace(defect.fault, hint='quote a value that begins with `{{`: "{{ … }}"'))


def _groups(root: Written) -> Iterator[Written]:
    """Yield each `groups` of a document: of a rule file, of PrometheusRule objects, of those in a list of objects."""
    kind = root.child_text("kind")
    items, spec = root.child("items"), root.child("spec")
    if kind.endswith("List") and items is not None:
        for item in items.items():
            yield from _groups(item)
    elif kind == "PrometheusRule" and spec is not None:
        if (groups := spec.child("groups")) is not None:
            yield groups
        else:
            _tell_near(spec, ("groups",))
    elif not kind:
        if (groups := root.child("groups")) is not None:
            yield groups
        else:
            _tell_near(root, ("groups",))


def _rules(groups: Written, file: str) -> Iterator[AlertRule]:
    for group in groups.items():
        name = group.child_text("name")
        rules, labels = group.child("rules"), group.child("labels")
        if not isinstance(group.value, dict):
            group.tell(f"{group.name} must hold `name` and `rules`", "write `- name: …`, and `rules:` below it")
        elif not name:
            group.tell("a rule group lacks `name`", "give it a name that is unique in its file")
        if rules is None:
            _tell_near(group, ("rules",))
            continue
        shared = _Group(name, file, dict(labels.entries()) if labels is not None else {})
        for rule in rules.items():
            if (found := _rule(rule, shared)) is not None:
                yield found


def _rule(rule: Written, group: _Group) -> AlertRule | None:
    """Return an alert rule; None for a recording rule, and for what is none."""
    if not isinstance(rule.value, dict):
        rule.tell(f"{rule.name} must hold keys with values", "write `alert:` and `expr:`")
        return None
    _tell_near(rule, RULE_KEYS)
    alert, record = rule.child("alert"), rule.child("record")
    if alert is None and record is not None:
        return None
    name = alert.text(MAX_NAME) if alert is not None else ""
    if alert is not None and (odd := _CONTROL.search(name)) is not None:
        message = f"the name of an alert holds the control character U+{ord(odd[0]):04X}, so the rule is left out"
        alert.tell(message, "write the name in one line")
        return None
    if alert is None or not name:
        rule.tell("a rule lacks `alert`, so it is left out", "name the alert, or write `record:`")
        return None
    if record is not None:
        record.tell(f"{name[:80]} has both `alert` and `record`", "keep one of them")
    expression = rule.child_text("expr")
    if not expression:
        alert.tell(f"{name[:80]} lacks `expr`", "write the condition on which it fires")
    places = _places(rule)
    labels, annotations = _texts(rule, "labels", places, group.labels), _texts(rule, "annotations", places, {})
    duration = rule.child_text("for")
    return AlertRule(name, group.name, group.file, alert.place, expression, duration, labels, annotations, places)


def _places(rule: Written) -> dict[tuple[str, ...], Location]:
    found: dict[tuple[str, ...], Location] = {}
    for key, value in rule.entries():
        found[key,], found[key, KEY] = value.place, value.key_place
    return found


def _texts(
    rule: Written, key: str, places: dict[tuple[str, ...], Location], shared: dict[str, Written]
) -> dict[str, str]:
    """Return labels or annotations, those that the group gives among them; their places are added."""
    own = rule.child(key)
    given = {**shared, **(dict(own.entries()) if own is not None else {})}
    found = {}
    for name, value in given.items():
        if isinstance(value.value, dict | list):
            value.tell(f"`{name[:80]}` under `{key}` must be text, so it is left out", "write one value, and quote it")
            continue
        found[name] = value.text()
        places[key, name], places[key, name, KEY] = value.place, value.key_place
    return found


def _tell_near(written: Written, known: tuple[str, ...]) -> None:
    """Note each key that is a letter or two off a known one that is not there."""
    if not isinstance(written.value, dict):
        return
    for key, value in written.entries():
        if key in known:
            continue
        near = get_close_matches(key[:40].lower(), [one for one in known if one not in written.value], 1, 0.8)
        if near:
            place = value.key_place
            message = f"`{key[:80]}` is no key that Prometheus knows here"
            written.notes.defects.append(Defect(MALFORMED, Fault(place, message, f"did you mean `{near[0]}`?")))
