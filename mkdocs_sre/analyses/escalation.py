"""Who is called next: the levels that a policy, a team or a channel stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.on_call import OnCall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.values import Duration
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.settings.groups import KnownOwner

MAX_LEVELS = 20  # of one escalation, policies that it hands over to included; what comes after is left out


@dataclass(frozen=True, slots=True)
class CalledLevel:
    """One level: who is called, how long after the page (None where nobody says), and how (empty likewise).

    `policy` is the policy that it hands over to, None when it calls somebody itself.
    """

    who: str
    after: Duration | None = None
    reach: str = ""
    policy: OnCall | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """The levels of an escalation, the first to be called first; `policy` is the document that they stand in, if any."""

    levels: tuple[CalledLevel, ...] = ()
    policy: OnCall | None = None


def escalation_named(base: KnowledgeBase, reference: str | None) -> Escalation:
    """Return what `escalation:` or `on_call:` stands for: the id of a policy, the handle of an owner, or any other text.

    An owner is followed by whom the configuration names after them, each once. Other text is one level of that name.
    Nothing gives no levels.
    """
    if not reference:
        return Escalation()
    policy = base.document(reference, OnCall)
    if policy is not None:
        return Escalation(tuple(_level(base, *one) for one in _written(policy)), policy)
    return Escalation(tuple(_by_owners(base, reference)))


def policy_of(base: KnowledgeBase, service: str | None, owner: str | None = None) -> OnCall | None:
    """Return the active policy that answers for a service, else one of its owner; None without one.

    Of several the first in order of paths counts.
    """
    policies = [one for one in base.of_kind(OnCall) if one.status == "active"]
    entry = base.find(service) if service else None
    wanted = entry.id.lower() if entry else ""
    for one in policies:
        if wanted and any((found := base.find(name)) and found.id.lower() == wanted for name in one.services):
            return one
    return next((one for one in policies if owner and _same(one.owner, owner)), None)


def calls_somebody(base: KnowledgeBase, policy: OnCall) -> bool:
    """Whether the last level of a policy, those that it hands over to included, calls somebody.

    A level of a rotation's position needs members, one that hands over a policy that calls somebody without handing
    back.
    """
    return _ends_in_somebody(base, policy, frozenset())


def _ends_in_somebody(base: KnowledgeBase, policy: OnCall, before: frozenset[str]) -> bool:
    if not policy.escalation or policy.id.lower() in before:
        return False
    last = policy.escalation[-1].who
    handed = base.document(last, OnCall)
    if handed is not None:
        return _ends_in_somebody(base, handed, before | {policy.id.lower()})
    return not is_position(policy, last) or bool(policy.rotation and policy.rotation.members)


def is_position(policy: OnCall, who: str) -> bool:
    """Whether a level calls a position of the policy's own rotation."""
    return policy.rotation is not None and any(_same(who, one) for one in policy.rotation.positions)


def owner_of(base: KnowledgeBase, handle: str) -> KnownOwner | None:
    """Return what the configuration knows of an owner; None when it does not know the handle."""
    return next((one for one in base.settings.owners if _same(one.id, handle)), None)


def _written(policy: OnCall) -> Iterator[tuple[str, Duration, str]]:
    for level in policy.escalation:
        yield level.who, level.after, level.reach or ""


def _level(base: KnowledgeBase, who: str, after: Duration, reach: str) -> CalledLevel:
    known = owner_of(base, who)
    return CalledLevel(who, after, reach or (known.contact or "" if known else ""), base.document(who, OnCall))


def _by_owners(base: KnowledgeBase, handle: str) -> Iterator[CalledLevel]:
    seen: set[str] = set()
    following: str | None = handle
    while following and following.casefold() not in seen and len(seen) < MAX_LEVELS:
        seen.add(following.casefold())
        known = owner_of(base, following)
        yield CalledLevel(following, None, known.contact or "" if known else "")
        following = known.escalation if known else None


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
