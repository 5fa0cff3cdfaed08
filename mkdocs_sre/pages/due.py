"""When a page is to be looked at again, and why: its banner, and what the script in the page counts with.

The pages say nothing that a clock could make wrong: days, never "overdue by so many days". The script adds what has
come to be since the build.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Banner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.history.staleness import Freshness, Reason
    from mkdocs_sre.pages.site import Site

MAX_REASONS = 4  # lines of one banner, so that on a phone what is below it is still on the first screen
MAX_LINKED = 12  # ids of one reason that become links
PRESSING = ("overdue", "expired")


def is_pressing(fresh: Freshness) -> bool:
    """Whether a document is to be looked at again now."""
    return fresh.state in PRESSING


def pressing_day(fresh: Freshness) -> date | None:
    """Return the first day since which a document is to be looked at; None when it need not, or nobody knows the day."""
    return min((one.due for one in fresh.reasons if one.state in PRESSING and one.due is not None), default=None)


def first_day(fresh: Freshness) -> date | None:
    """Return the first day on which something is due, past or ahead; None when nothing has a day."""
    days = [one.due for one in fresh.reasons if one.due is not None]
    return min([*days, *((fresh.due,) if fresh.due is not None else ())], default=None)


def due_words(fresh: Freshness) -> str:
    """Return what is true of a document whatever the day: `Review due 2026-07-01`; empty when nothing has a day."""
    day = first_day(fresh)
    drill = any(one.due == day and one.signal == "drill" for one in fresh.reasons)
    event = day is not None and day != fresh.due and not drill
    return (
        ""
        if day is None
        else f"{'Drill' if drill else 'To review since' if event else 'Review'} {_due(day, event=event)}"
    )


def _due(day: date, *, event: bool) -> str:
    return day.isoformat() if event else f"due {day.isoformat()}"


def due_marks(site: Site, fresh: Freshness) -> str:
    """Return the attributes by which the script in the page tells, on the reader's day, what has come due."""
    day = first_day(fresh)
    if day is None:
        return ""
    marks = {"due": day, "expires": fresh.expires, "snoozed": fresh.snoozed_until, "as-of": site.as_of}
    return "".join(f' data-sre-{name}="{one.isoformat()}"' for name, one in marks.items() if one is not None)


def due_banners(site: Site, page: str, document: Document, fresh: Freshness) -> Iterator[Banner]:
    """Yield why a document is to be looked at again, each reason in a line with what clears it, or until when that waits."""
    # While it waits, all that waits is told.
    told = [one for one in fresh.reasons if fresh.snoozed_until is not None or one.state in PRESSING]
    lines = tuple(reason_line(site, page, one) for one in told[:MAX_REASONS])
    more = len(told) - MAX_REASONS
    lines += (f"And {more} more.",) if more > 0 else ()
    if fresh.snoozed_until is not None:
        snooze = getattr(document, "snooze", None)
        said = f": {prose(snooze.reason)}" if snooze is not None and snooze.reason else ""
        yield Banner((f"<b>Snoozed until {fresh.snoozed_until.isoformat()}</b>{said}", *lines), "info")
    elif is_pressing(fresh):
        title = f"<b>{_title(fresh)}</b>"
        yield Banner((title, *lines), "bad" if fresh.state == "expired" else "due", "sre-stale")


def reason_line(site: Site, page: str, reason: Reason) -> str:
    """Return a reason and what clears it as a sentence in Markdown, with links to what it names."""
    text = "" if reason.signal == "review" and reason.due is not None else f"{reason.text}: "
    return f"{clause(site, page, text + reason.cure, reason.related)}."


def clause(site: Site, page: str, text: str, ids: Iterable[str]) -> str:
    """Return a text as the beginning of a sentence in Markdown, with links to the ids; an id keeps its small letter."""
    begun = text if text.startswith(tuple(ids)) else text[:1].upper() + text[1:]
    return linked(site, page, begun, ids)


def linked(site: Site, page: str, text: str, ids: Iterable[str]) -> str:
    """Return a text in Markdown, escaped, in which the ids are links."""
    links = {escape(name): site.link_id(page, name) for name in sorted({*ids})[:MAX_LINKED]}
    if not links:
        return prose(text)
    names = "|".join(re.escape(name) for name in sorted(links, key=lambda name: (-len(name), name)))
    return re.sub(rf"(?<![\w.&#-])(?:{names})(?![\w&#-])", lambda found: links[found[0]], prose(text))


def freshness(site: Site, document: Document) -> Freshness | None:
    """Return how fresh a document is; None for a kind that is not reviewed again, and for a damaged document."""
    if not isinstance(document, ReviewedDocument) or not document.origin.intact:
        return None
    return site.freshness(document)


def _title(fresh: Freshness) -> str:
    """Return the first line of the banner, in the words that the script uses too."""
    day = pressing_day(fresh)
    if day is None:
        return "To be reviewed"
    when = f"was due on {day.isoformat()}"
    return f"Review expired: it {when}" if fresh.state == "expired" else f"Review {when}"
