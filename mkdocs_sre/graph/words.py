"""Groups, ways and failures as sentences. `say` gives the name of an element, so that pages can make links of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mkdocs_sre.graph.analysis import Reach
    from mkdocs_sre.graph.model import Group
    from mkdocs_sre.graph.ways import Step

    Say = Callable[[int], str]

LISTED = 4  # names of a list that are written out; of more, the first three and a count
TWO = 2  # of two people say both


def listed(names: Iterable[str], most: int = LISTED) -> str:
    """Return names as a list in a sentence; of more than `most`, the first ones and how many more there are.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed("abcdefg")
    ('a', 'a and b', 'a, b and c', 'a, b, c and 4 more')
    """
    given = list(names)
    if len(given) > most:
        return f"{', '.join(given[: most - 1])} and {len(given) - most + 1:,} more"
    return " and ".join([*([", ".join(given[:-1])] if given[:-1] else []), *given[-1:]])


def needs(group: Group, say: Say) -> str:
    """Return what a group asks for, behind the name of its owner: `needs 2 of its 3 copies`, `stands in zone-a`."""
    members = list(dict.fromkeys(group.members))
    if group.origin == "placement":
        return f"stands in {listed(map(say, members))}"
    if group.origin == "replicas":
        return _copies(group, members, say)
    if len(members) == 1:
        return f"needs {say(members[0])}"
    stand_ins = [one for one in members if group.members.count(one) > 1]
    others = [one for one in members if one not in stand_ins]
    if group.need == len(others) and not stand_ins:
        return f"needs {'both' if len(others) == TWO else 'all'} of {listed(map(say, others))}"
    instead = f", or {listed(map(say, stand_ins))} instead" if stand_ins else ""
    return f"needs {group.need} of {listed(map(say, others))}{instead}"


def _copies(group: Group, members: Sequence[int], say: Say) -> str:
    if len(members) == 1:
        return f"runs as one copy, {say(members[0])}"
    if group.need == len(members):
        return f"needs all of its {len(members)} copies"
    return f"needs {group.need} of its {len(members)} copies"


def way_in_words(steps: Sequence[Step], fault: int, say: Say) -> str:
    """Return why a fault takes the first element of a way down, as a sentence without its full stop; empty without steps.

    `Buy a basket needs checkout, which needs payments-db, which needs 2 of its 3 copies, and payments-db-1 and
    payments-db-2 are lost with zone-a`
    """
    if not steps:
        return ""
    said = say(steps[0].element)
    for position, step in enumerate(steps):
        said += f"{', which' if position else ''} {needs(step.group, say)}"
        if step.group.redundant:
            return said + _lost(step, steps[position + 1 :], fault, say)
        if len(set(step.group.members)) > 1 and position + 1 < len(steps):
            rest = way_in_words(steps[position + 1 :], fault, say)
            return f"{said}, and {rest}"
    return said


def _lost(step: Step, rest: Sequence[Step], fault: int, say: Say) -> str:
    gone = len(step.lost)
    every = gone == len(set(step.group.members))
    which = ("both" if gone == TWO else f"all {gone}") if every else listed(map(say, step.lost))
    said = f", and {which} {'is' if gone == 1 else 'are'} lost with {say(fault)}"
    if len(rest) == 1 and rest[0].group.origin == "placement":
        return said  # that it stands there is what "lost with" says
    return f"{said} ({way_in_words(rest, fault, say)})" if rest else said


def why_down(group: Group, lost: Sequence[int], say: Say) -> str:
    """Return why the owner of a group is down when these members are: `1 of 3 copies left, 2 needed (…)`."""
    members = list(dict.fromkeys(group.members))
    gone = listed(map(say, lost))
    if group.origin == "placement":
        return f"stands in {gone}"
    if len(members) == 1:
        return f"its one copy, {gone}, is gone" if group.origin == "replicas" else f"needs {gone}"
    if group.need > 1 and len(members) < len(group.members):  # what stands in counts for as many as are needed
        return f"{needs(group, say)}; {gone} {'is' if len(lost) == 1 else 'are'} gone"
    left = len(members) - len(lost)
    what = " copies" if group.origin == "replicas" else ""
    return f"{left} of {len(members)}{what} left, {group.need} needed ({gone} {'is' if len(lost) == 1 else 'are'} gone)"


def why_degraded(group: Group, lost: Sequence[int], say: Say, quote: Callable[[str], str] = str) -> str:
    """Return what the owner of a group lacks when these members do not work, and what it uses instead.

    What is used instead stands in the words of its author; `quote` makes them fit for where they are shown.
    """
    gone = listed(map(say, lost))
    if group.hard:
        return f"needs {gone}, which {'is' if len(lost) == 1 else 'are'} degraded"
    return f"lacks {gone}; instead: {quote(group.fallback)}" if group.fallback else f"lacks {gone}"


def proof_in_words(group: Group) -> str:
    """Return whether what a group claims was ever seen to hold, empty when it claims nothing that can fail."""
    if group.validated is not None:
        by = f", {group.validated.by}" if group.validated.by else ""
        return f"seen to hold on {group.validated.on.isoformat()}{by}"
    return "never validated" if not group.hard or group.redundant else ""


def reach_in_words(reach: Reach, degraded: int = 0) -> str:
    """Return how much goes down with an element, and how many more only degrade.

    `4 journeys and 22 services (13 of tier 0 or 1) of 9 owners; 2 more only degraded`
    """
    parts = [counted(reach.journeys, "journey")] if reach.journeys else []
    if reach.services:
        critical = f" ({reach.critical:,} of tier 0 or 1)" if reach.critical else ""
        parts.append(f"{counted(reach.services, 'service')}{critical}")
    owners = f" of {counted(reach.owners, 'owner')}" if reach.owners else ""
    more = (
        f"; {degraded:,} more only degraded"
        if degraded and parts
        else f"{degraded:,} only degraded"
        if degraded
        else ""
    )
    return f"{listed(parts)}{owners}{more}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 journey`, `2 journeys`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
