"""Why one failure takes something down: the way along which it spreads."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.graph.faults import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_sre.graph.model import Group, System

    Taken = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from what goes down to why: `element` is down, since its `group` has lost the members `lost`.

    The way goes on with `towards`, one of them. All are indexes of elements.
    """

    element: int
    group: Group
    lost: tuple[int, ...]
    towards: int


def way(system: System, taken: Taken, root: int, fault: int) -> tuple[Step, ...]:
    """Return a shortest way from a root to the fault that takes it down; of equals one whose last step is declared.

    `taken` says which elements the fault takes down. Empty when the fault does not take the root down, or is the root itself.
    """
    before: dict[int, Step] = {}
    queue, seen = deque([root]), {root}
    last: Step | None = None
    while queue:
        element = queue.popleft()
        if last is not None and element != last.element and _depth(before, element) > _depth(before, last.element):
            break
        for step in spreading(system, taken, element):
            if step.towards == fault:
                if last is None or (step.group.declared and not last.group.declared):
                    last = step
            elif step.towards not in seen:
                seen.add(step.towards)
                before[step.towards] = step
                queue.append(step.towards)
    found: list[Step] = []
    while last is not None:
        found.append(last)
        last = before.get(last.element)
    return tuple(reversed(found))


def _depth(before: dict[int, Step], element: int) -> int:
    depth = 0
    while element in before:
        element = before[element].element
        depth += 1
    return depth


def spreading(system: System, taken: Taken, element: int) -> Iterator[Step]:
    """Yield the steps from an element to the members of its hard groups that are taken below what is needed."""
    for group in system.groups_of[element]:
        if not group.hard or not running(group):
            continue
        gone = [member for member in group.members if taken(member)]
        if len(gone) > group.slack:
            lost = tuple(dict.fromkeys(gone))
            for member in lost:
                yield Step(element, group, lost, member)


def declared(system: System, taken: Taken, root: int, fault: int) -> bool:
    """Whether a criticality, a redundancy or a placement is written down anywhere on the ways from a root to a fault."""
    seen, stack = {root}, [root]
    while stack:
        for step in spreading(system, taken, stack.pop()):
            if step.group.declared:
                return True
            if step.towards != fault and step.towards not in seen:
                seen.add(step.towards)
                stack.append(step.towards)
    return False
