"""Objectives that are made of others: not of themselves, and not of others that are made of more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.spending import targets_in
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.slo.judged import first_with
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.graph.words import listed
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.targets import Target

SHOWN = 3  # objectives that a hint names


@rule("SLO105", "composite-cycle", level=Level.ERROR, since="0.1")
def composite_cycle(base: KnowledgeBase) -> Iterator[Fault]:
    """A composite is not made of itself, not over other composites either.

    ## Why
    Its value would follow from its value. Nothing can compute that.

    ## Example
    ```tree
    docs/sre/services/shop.md
        | ---
        | type: service
        | id: shop
        | owner: "@shop"
        | tier: 1
        | ---
    docs/sre/slos/buying.md
        | ---
        | type: slo
        | id: buying
        | service: shop
        | behaviour: Who wants to buy can.
        | sli: {composite: {of: [{slo: browsing}]}}
        | objective: 99
        | window: 30d
        | ---
    docs/sre/slos/browsing.md
        | ---
        | type: slo
        | id: browsing
        | service: shop
        | behaviour: Who looks for something finds it.
        | sli: {composite: {of: [{slo: buying}]}}
        | objective: 99
        | window: 30d
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/shop.md
        | ---
        | type: service
        | id: shop
        | owner: "@shop"
        | tier: 1
        | ---
    docs/sre/slos/buying.md
        | ---
        | type: slo
        | id: buying
        | service: shop
        | behaviour: Who wants to buy can.
        | sli: {composite: {of: [{slo: browsing}]}}
        | objective: 99
        | window: 30d
        | ---
    docs/sre/slos/browsing.md
        | ---
        | type: slo
        | id: browsing
        | service: shop
        | behaviour: Who looks for something finds it.
        | sli: {good: "search_total{result='ok'}", total: search_total}
        | objective: 99
        | window: 30d
        | ---
    ```

    ## Source
    Requirements: composite objectives are computed from their components.
    """
    targets = targets_in(base)
    for cycle in _cycles(_parts(base)):
        first, named = targets[cycle[0]], cycle[1] if len(cycle) > 1 else cycle[0]
        chain = " → ".join(targets[id_].id for id_ in (*cycle, cycle[0]))
        yield fault(
            _place(first, _components(base, first).index(named)),
            f"{first.id} is made of itself: {chain}",
            "take one of them out",
            *(targets[id_].slo.at(*targets[id_].key("sli")) for id_ in cycle[1:]),
        )


@rule("SLO218", "composite-of-composites", level=Level.WARNING, since="0.1")
def composite_of_composites(base: KnowledgeBase) -> Iterator[Fault]:
    """A composite is made of objectives that measure something, and not of other composites.

    One that is made of itself is told by SLO105 alone.

    ## Why
    One step can be written as a query. Two cannot in any form that is exported: the objective is then left out of the
    rules, and no alert watches it. Weights of weights are hard to read besides.

    ## Example
    ```tree
    docs/sre/services/shop.md
        | ---
        | type: service
        | id: shop
        | owner: "@shop"
        | tier: 1
        | ---
    docs/sre/slos/searching.md
        | ---
        | type: slo
        | id: searching
        | service: shop
        | behaviour: Who looks for something finds it.
        | sli: {good: "search_total{result='ok'}", total: search_total}
        | objective: 99
        | window: 30d
        | ---
    docs/sre/slos/browsing.md
        | ---
        | type: slo
        | id: browsing
        | service: shop
        | behaviour: Who looks around sees something.
        | sli: {composite: {of: [{slo: searching}]}}
        | objective: 99
        | window: 30d
        | ---
    docs/sre/slos/buying.md
        | ---
        | type: slo
        | id: buying
        | service: shop
        | behaviour: Who wants to buy can.
        | sli: {composite: {of: [{slo: browsing}]}}
        | objective: 99
        | window: 30d
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/shop.md
        | ---
        | type: service
        | id: shop
        | owner: "@shop"
        | tier: 1
        | ---
    docs/sre/slos/searching.md
        | ---
        | type: slo
        | id: searching
        | service: shop
        | behaviour: Who looks for something finds it.
        | sli: {good: "search_total{result='ok'}", total: search_total}
        | objective: 99
        | window: 30d
        | ---
    docs/sre/slos/browsing.md
        | ---
        | type: slo
        | id: browsing
        | service: shop
        | behaviour: Who looks around sees something.
        | sli: {composite: {of: [{slo: searching}]}}
        | objective: 99
        | window: 30d
        | ---
    docs/sre/slos/buying.md
        | ---
        | type: slo
        | id: buying
        | service: shop
        | behaviour: Who wants to buy can.
        | sli: {composite: {of: [{slo: searching}]}}
        | objective: 99
        | window: 30d
        | ---
    ```

    ## Source
    OpenSLO v1, "SLO": the objectives of a composite each have an indicator.
    """
    targets = targets_in(base)
    circular = {id_ for cycle in _cycles(_parts(base)) for id_ in cycle}
    for slo in base.of_kind(ServiceLevelObjective):
        for target in first_with(slo, "sli"):
            if target.id.lower() in circular:
                continue
            for index, named in enumerate(_components(base, target)):
                part = targets.get(named)
                if part is not None and part.sli.composite is not None:
                    inner = listed([quoted(one.slo) for one in part.sli.composite.of[:SHOWN]])
                    yield fault(
                        _place(target, index),
                        f"{target.id} is made of {part.id}, which is a composite too, so no export can write it",
                        f"name what {part.id} is made of, such as {inner}",
                        part.slo.at(*part.key("sli")),
                    )


def _place(target: Target, index: int) -> Location:
    return target.slo.value_at(*target.key("sli", "composite", "of", index))


def _parts(base: KnowledgeBase) -> dict[str, list[str]]:
    """Return what each objective is made of, all by id in lower case."""
    return {id_: _components(base, target) for id_, target in targets_in(base).items()}


def _components(base: KnowledgeBase, target: Target) -> list[str]:
    """Return the ids of what an objective is made of, in lower case and in order; an empty text for what is not there."""
    named = target.sli.composite.of if target.sli.composite else ()
    keys = (id_key(base, one.slo) for one in named)
    return [key if key in targets_in(base) else "" for key in keys]


def _cycles(parts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the chains of ids that lead back to their first, each step to a part of the one before.

    One for each way back that a search in depth meets, so not all there are, but none when there is none; in linear time.
    """
    done: set[str] = set()
    for start in parts:
        chain: dict[str, int] = {}  # each id with how many come before it
        steps = [iter((start,))]
        while steps:
            one = next(steps[-1], None)
            if one is None:
                steps.pop()
                if chain:
                    done.add(chain.popitem()[0])
            elif one in chain:
                yield tuple(chain)[chain[one] :]
            elif one in parts and one not in done:
                chain[one] = len(chain)
                steps.append(iter(parts[one]))
