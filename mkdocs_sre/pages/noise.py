"""How often somebody was paged, in words: for a rotation beside its target, and for an alert."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.noise import noise_of
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.words import brief_percent, counted, number

if TYPE_CHECKING:
    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.analyses.noise import Volume
    from mkdocs_sre.documents.kinds.on_call import OnCall
    from mkdocs_sre.pages.site import Site


def volume_of(policy: OnCall, site: Site) -> Volume | None:
    """Return the pages of a rotation; None where nothing is known, or it had none and has no target for them."""
    volume = noise_of(site.base, site.as_of).of_rotation(policy)
    told = volume is not None and (volume.pages or policy.page_target is not None)
    return volume if told else None


def a_week(volume: Volume) -> str:
    """Return the pages a week with at most two digits behind the point."""
    return number(Decimal(f"{volume.a_week:.2f}"))


def rotation_line(policy: OnCall, site: Site) -> str:
    """Return the pages of a rotation beside its target as a line of Markdown, its state in front; empty if not known."""
    volume = volume_of(policy, site)
    if volume is None:
        return ""
    target, state = "", ""
    if policy.page_target is not None:
        target = f" of at most {number(policy.page_target)}"
        above = volume.exceeds(policy.page_target)
        state = Chip("above target", "bad").markdown() if above else Chip("within target", "ok").markdown()
    many = "page" if volume.a_week == 1 and not target else "pages"
    counted_in = f"counted over the last {_weeks(volume)}"
    return f"{state} {a_week(volume)} {many} a week{target}{_led(volume)} ({counted_in}).\n".lstrip()


def alert_line(alert: Alert, site: Site) -> str:
    """Return how often an alert went out as a line of Markdown; empty if not known, or if it never did and need not."""
    volume = noise_of(site.base, site.as_of).of_alert(alert.name)
    if volume is None or not (volume.pages or alert.paging):
        return ""
    often = {0: "not once", 1: "once"}.get(volume.pages) or counted(volume.pages, "time")
    return f"Went out {often} in the last {_weeks(volume)}{_led(volume)}.\n"


def _weeks(volume: Volume) -> str:
    return "whole week" if volume.weeks == 1 else f"{volume.weeks} whole weeks"


def _led(volume: Volume) -> str:
    share = volume.action_percent
    return "" if share is None else f"; {brief_percent(share)} led to action"
