"""The objects of all files that are given, by kind and name, and what they name of each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.slo.openslo.nodes import Node, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class UnreadableError(Exception):
    """An object that another names is not there or is broken, which has been told."""


class Reference(NamedTuple):
    """A place where an object names another that must be known to read it."""

    kind: str
    node: Node


@dataclass(slots=True)
class Objects:
    """The objects by kind and name. `broken` are the roots that cannot be converted."""

    roots: Sequence[Node]
    broken: set[int] = field(default_factory=set)
    used: set[tuple[str, str]] = field(default_factory=set)
    _by_name: dict[tuple[str, str], Node] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for root in self.roots:
            self._by_name.setdefault(key_of(root), root)

    def named(self, kind: str, reference: Node) -> Node:
        """Return the object that is named. Raises UnreadableError when it is not there or is broken."""
        found = self._by_name.get((kind, reference.text))
        if found is None or id(found.value) in self.broken:
            raise UnreadableError
        self.mention(kind, reference)
        return found

    def mention(self, kind: str, reference: Node) -> None:
        """Note that an object is named, whether or not it is there."""
        self.used.add((kind, reference.text))

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for each object whose name another of its kind has, and each reference that leads nowhere."""
        for root in self.roots:
            first = self._by_name[key_of(root)]
            if first is not root and all(key_of(root)):
                kind, name = key_of(root)
                message = f"there are two objects `{shown(kind)}` called `{shown(name)}`"
                place = root.child("metadata", "name").value_place
                yield Fault(place, message, "rename one of them", (first.child("metadata", "name").value_place,))
        for root in self.roots:
            for kind, node in references(root):
                if (kind, node.text) not in self._by_name:
                    message = f"{node.name} names the {kind} `{shown(node.text)}`, which is in none of the files"
                    yield Fault(node.value_place, message, "give the file that holds it too, or correct the name")

    def unused(self) -> Iterator[Node]:
        """Yield the objects that no objective uses, in their order."""
        for root in self.roots:
            kind, name = key_of(root)
            if kind != "SLO" and (kind, name) not in self.used:
                yield root


def key_of(root: Node) -> tuple[str, str]:
    """Return kind and name of an object."""
    return root.child("kind").text, root.child("metadata", "name").text


def references(root: Node) -> Iterator[Reference]:
    """Yield where an object names others without which it cannot be read.

    Services and those who are told are not among them: documents of objectives need neither.
    """
    spec, kind = root.child("spec"), root.child("kind").text
    if kind == "SLO":
        for whole in (spec, *spec.child("objectives").items()):
            if whole.child("indicatorRef").text:
                yield Reference("SLI", whole.child("indicatorRef"))
            yield from _sources(whole.child("indicator", "spec"))
        for policy in spec.child("alertPolicies").items():
            if name := policy_name(policy):
                yield Reference("AlertPolicy", name)
            yield from _conditions(policy.child("spec"))
    elif kind == "AlertPolicy":
        yield from _conditions(spec)
    elif kind == "SLI":
        yield from _sources(spec)


def policy_name(policy: Node) -> Node | None:
    """Return where an item of `alertPolicies` names a policy, as OpenSLO has it or as plain text; None for a whole one."""
    reference = policy if isinstance(policy.value, str) else policy.child("alertPolicyRef")
    return reference if reference.text else None


def metrics(indicator_spec: Node) -> Iterator[Node]:
    """Yield the metrics of an indicator."""
    ratio = indicator_spec.child("ratioMetric")
    for metric in (indicator_spec.child("thresholdMetric"), *map(ratio.child, ("good", "bad", "total", "raw"))):
        if metric.given:
            yield metric


def _sources(indicator_spec: Node) -> Iterator[Reference]:
    for metric in metrics(indicator_spec):
        source = metric.child("metricSource")
        if source.child("metricSourceRef").text and not source.child("type").text:
            yield Reference("DataSource", source.child("metricSourceRef"))


def _conditions(policy_spec: Node) -> Iterator[Reference]:
    for condition in policy_spec.child("conditions").items():
        if condition.child("conditionRef").text:
            yield Reference("AlertCondition", condition.child("conditionRef"))
