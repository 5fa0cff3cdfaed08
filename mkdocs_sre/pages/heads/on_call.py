"""The head of a rotation with its escalation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.escalation import escalation_named
from mkdocs_sre.analyses.page_load import page_load
from mkdocs_sre.pages.escalation import called
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, fact, head, stated
from mkdocs_sre.pages.noise import a_week, volume_of
from mkdocs_sre.pages.standing import life_chips, link_all, owner_facts, review_chips, review_facts
from mkdocs_sre.pages.words import counted, length, number

if TYPE_CHECKING:
    from mkdocs_sre.analyses.noise import Volume
    from mkdocs_sre.documents.kinds.on_call import Handover, OnCall
    from mkdocs_sre.pages.site import Site


@head("on-call", columns=("Owner", "Services", "Hours", "Pages a week"))
def on_call_head(policy: OnCall, site: Site, page: str) -> Head:
    """Return who is called first, when somebody is on call, how a shift changes, and how loud it is."""
    volume = volume_of(policy, site)
    above = page_load(policy).above_target if volume is None else volume.exceeds(policy.page_target)
    chips = [Chip("pages above target", "bad")] if above else []
    chips += [*life_chips(policy.status), *review_chips(policy, site)]
    levels = escalation_named(site.base, policy.id).levels
    first = called(site, page, levels[0]) if levels else ""
    facts = (
        *owner_facts(policy.owner, site),
        *fact("First called", first, f"then {counted(len(levels) - 1, 'further level')}" if len(levels) > 1 else ""),
        *stated("Hours", policy.hours),
        *_shift(policy, site),
        *_pages(policy, volume),
        *fact("Services", link_all(site, page, policy.services)),
        *review_facts(policy, site),
    )
    return Head(tuple(chips[:3]), facts)


def _shift(policy: OnCall, site: Site) -> tuple[Fact, ...]:
    if policy.rotation is None:
        return ()
    shift = escape(length(policy.rotation.shift)) if policy.rotation.shift else "&#8211;"
    return fact("Shift", shift, _handover(policy.rotation.handover, site))


def _handover(handover: Handover | None, site: Site) -> str:
    if handover is None:
        return ""
    zone = handover.timezone or site.base.settings.timezone
    return escape(f"handed over on {handover.day.capitalize()} at {handover.time}{f', {zone}' if zone else ''}")


def _pages(policy: OnCall, volume: Volume | None) -> tuple[Fact, ...]:
    """Return what the file of pages counts; without it, what the rotation wrote down itself."""
    load = page_load(policy)
    target = f"target: at most {number(policy.page_target)}" if policy.page_target is not None else ""
    if volume is not None:
        counted_in = f"mean of {counted(volume.weeks, 'week')}"
        return (Fact("Pages a week", a_week(volume), ", ".join(one for one in (counted_in, target) if one)),)
    if load.a_week is None:
        return fact("Pages a week", "not counted", target) if target else ()
    weeks = f"median of {counted(load.weeks, 'week')}"
    return (Fact("Pages a week", number(load.a_week), ", ".join(one for one in (weeks, target) if one)),)
