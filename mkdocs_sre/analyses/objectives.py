"""What a service promises beside what it cannot do without promises."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.graph.faults import running
from mkdocs_sre.graph.model import EXTERNAL
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.knowledge import KnowledgeBase

NINE = 10  # a dependency may fail so many times less often than what needs it: one more nine
FEWEST_DECIMALS = 2  # of a percentage that is computed
MOST_DECIMALS = 12

_objectives: WeakKeyDictionary[KnowledgeBase, dict[str, list[ServiceLevelObjective]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Promise:
    """What a direct hard dependency promises, `ratio` from 0 to 1: its highest objective, else its own availability.

    `element` is its index in the graph, `slo` the objective's document, None for an availability; `place` is where the
    number stands. `domain`: the service stands in it, it is no dependency.
    """

    element: int
    ratio: Fraction
    slo: ServiceLevelObjective | None
    place: Location
    domain: bool = False


@dataclass(frozen=True, slots=True)
class ObjectiveSum:
    """One objective of a service beside the promises of its direct hard dependencies, the lowest first.

    Groups of which a member may be lost are left out. `unstated` are the dependencies that promise nothing. `least` is
    the lowest promise of a dependency, which the objective cannot exceed whatever fails together; `product` that of
    all, which assumes independent failures. Both are ratios from 0 to 1, None without a promise. `sentence` writes it
    out; empty without a promise.
    """

    slo: ServiceLevelObjective
    objective: Fraction
    promises: tuple[Promise, ...]
    unstated: tuple[int, ...]
    least: Fraction | None
    product: Fraction | None
    sentence: str

    @property
    def above_least(self) -> bool:
        """Whether it promises more than one of the dependencies does: it is missed even when all keep theirs."""
        return self.least is not None and self.objective > self.least

    @property
    def above_product(self) -> bool:
        """Whether it promises more than all dependencies leave together, if they fail independently."""
        return self.product is not None and self.objective > self.product

    @property
    def decimals(self) -> int:
        """As many decimals of percent as the finest of the numbers has, at least two."""
        return _decimals([self.objective, *(one.ratio for one in self.promises)])

    @property
    def asked(self) -> Fraction:
        """What each dependency would promise by the rule of the extra nine: 1 - (1 - objective) / 10.

        Source: Treynor, Dahlin, Rau, Beyer, "The Calculus of Service Availability", ACM Queue 15(2), 2017.
        """
        return 1 - (1 - self.objective) / NINE


def objective_sums(base: KnowledgeBase, graph: Graph, service: Service) -> tuple[ObjectiveSum, ...]:
    """Return a sum for each objective of a service that is not deprecated, in order of paths.

    Empty when it has no objective, or no direct hard dependency.
    """
    slos = objectives_by_service(base).get(service.id.lower(), ())
    index = graph.system.find(service.id)
    if not slos or index is None:
        return ()
    promises, unstated = _promises(base, graph, index)
    return tuple(_sum(graph, service, slo, promises, unstated) for slo in slos) if promises or unstated else ()


def objectives_by_service(base: KnowledgeBase) -> Mapping[str, Sequence[ServiceLevelObjective]]:
    """Return the objectives that are not deprecated, by the id of their service (lower case), in order of paths."""
    if base not in _objectives:
        found: dict[str, list[ServiceLevelObjective]] = defaultdict(list)
        for slo in base.of_kind(ServiceLevelObjective):
            if slo.status != "deprecated":
                found[id_key(base, slo.service)].append(slo)
        _objectives[base] = found
    return _objectives[base]


def _promises(base: KnowledgeBase, graph: Graph, index: int) -> tuple[tuple[Promise, ...], tuple[int, ...]]:
    promises: dict[int, Promise] = {}
    unstated: set[int] = set()
    for group in graph.system.groups_of[index]:
        if not group.hard or not running(group) or group.redundant or group.origin == "replicas":
            continue
        for member in group.members:
            domain = group.origin == "placement"
            promise = _own(base, graph, member, domain=True) if domain else _promise(base, graph, member)
            if promise is not None:
                promises[member] = promise
            elif not domain:
                unstated.add(member)
    return tuple(sorted(promises.values(), key=lambda one: (one.ratio, one.element))), tuple(sorted(unstated))


def _promise(base: KnowledgeBase, graph: Graph, element: int) -> Promise | None:
    slos = objectives_by_service(base).get(graph[element].id.lower(), ())
    if slos:
        highest = max(slos, key=lambda slo: slo.objective)
        return Promise(element, _ratio(highest.objective), highest, highest.value_at("objective"))
    leaf = not any(group.hard and group.origin == "dependency" for group in graph.system.groups_of[element])
    return _own(base, graph, element) if leaf or graph[element].kind == EXTERNAL else None


def _own(base: KnowledgeBase, graph: Graph, element: int, *, domain: bool = False) -> Promise | None:
    ratio = graph[element].availability
    document = base.document(graph[element].id, Service)
    if ratio is None or document is None:
        return None
    return Promise(element, ratio, None, document.value_at("availability"), domain)


def _ratio(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100


def _sum(
    graph: Graph,
    service: Service,
    slo: ServiceLevelObjective,
    promises: tuple[Promise, ...],
    unstated: tuple[int, ...],
) -> ObjectiveSum:
    objective = _ratio(slo.objective)
    ratios = [one.ratio for one in promises]
    least = min((one.ratio for one in promises if not one.domain), default=None)
    if not ratios:
        return ObjectiveSum(slo, objective, promises, unstated, None, None, "")
    product = Fraction(prod(ratios))
    decimals = _decimals([objective, *ratios])
    sentence = f"{service.id} promises {cut_percent(objective, decimals)}; "
    sentence += ", ".join(f"{graph[one.element].id} {cut_percent(one.ratio, decimals)}" for one in promises)
    sentence += f": at most {cut_percent(product, decimals)}"
    if len(ratios) > 1:
        sentence += " (assumes independent failures)"
    return ObjectiveSum(slo, objective, promises, unstated, least, product, sentence)


def _decimals(ratios: Sequence[Fraction]) -> int:
    for decimals in range(FEWEST_DECIMALS, MOST_DECIMALS):
        if all((ratio * 100 * 10**decimals).denominator == 1 for ratio in ratios):
            return decimals
    return MOST_DECIMALS
