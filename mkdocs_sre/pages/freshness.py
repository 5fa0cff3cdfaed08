"""The page of freshness: what is to be looked at again, since when and why, by owner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.graph.words import listed
from mkdocs_sre.history.freshness import GRACE_DAYS
from mkdocs_sre.pages.drawing.due_days import WORDS, DueDay, due_days_figure
from mkdocs_sre.pages.due import PRESSING, clause, first_day, is_pressing, pressing_day
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.gathering import owner_of
from mkdocs_sre.pages.heads import Chip, Fact
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page, Site
from mkdocs_sre.pages.tables import section
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs_sre.history.remembered import Restamp
    from mkdocs_sre.history.staleness import Freshness
    from mkdocs_sre.pages.drawing.due_days import Standing
    from mkdocs_sre.pages.heads import State

FRESHNESS_PATH = "sre/freshness.md"
TITLE = "Freshness"
SAY = "What is to be looked at again, since when, and why."
NOBODY = "no owner"
MAX_LISTED = 200  # rows of the table, the most pressing first; the command `freshness` prints more
MAX_REASONS = 3  # of one row; the page of the document tells all
MAX_NAMED = 20  # documents without a day that are named
MAX_RESTAMPS, MAX_PAGES = 5, 8  # commits that are named, and pages of each
_FORMS: Mapping[Standing, State] = MappingProxyType(
    {"expired": "bad", "overdue": "due", "due-soon": "plain", "snoozed": "none", "ok": "plain"}
)
_SMALL: Mapping[Standing, str] = MappingProxyType(
    {
        "expired": f"more than {GRACE_DAYS} days past",
        "overdue": "within the grace",
        "due-soon": "the day comes up",
        "snoozed": "put off, with a reason",
        "ok": "nothing to do",
    }
)
_ORDER = tuple(WORDS)


@dataclass(frozen=True)
class _Watched:
    """A document, how it stands, its first due day, and who keeps it."""

    document: ReviewedDocument
    fresh: Freshness
    standing: Standing
    day: date | None
    owner: str

    @property
    def is_known(self) -> bool:
        """Whether anything tells when it is to be looked at."""
        return self.day is not None or bool(self.fresh.reasons)

    @property
    def rank(self) -> tuple[int, str, str]:
        """The place among others: the worst first, then the earliest."""
        return _ORDER.index(self.standing), self.day.isoformat() if self.day else "9", self.document.id.lower()


def freshness_page(site: Site) -> Page | None:
    """Return the page; None when nothing is ever reviewed."""
    found = watched(site)
    if not found:
        return None
    known = [one for one in found if one.is_known]
    markdown = render(
        "freshness.md.jinja",
        title=TITLE,
        say=SAY,
        numbers=render("numbers.md.jinja", facts=_numbers(known, len(found) - len(known))),
        timeline=section("By day", "due-days", due_days_figure(_dated(site, known), site.as_of)),
        groups=_groups(site, known),
        more=len(known) - MAX_LISTED,
        restamps=section("Only the day changed", "restamps", _restamps(site)),
        undated=section("Without a day", "undated", _undated(site, [one for one in found if not one.is_known])),
        as_of=site.as_of.isoformat(),
        escape=escape,
    )
    return Page(FRESHNESS_PATH, TITLE, markdown, SAY)


def watched(site: Site) -> list[_Watched]:
    """Return every intact document that is reviewed again, the most pressing first; deprecated ones are left alone."""
    found = []
    for one in site.base.documents:
        if isinstance(one, ReviewedDocument) and one.origin.intact and getattr(one, "status", "") != "deprecated":
            fresh = site.freshness(one)
            owner = owner_of(site, one) or NOBODY
            day = pressing_day(fresh) if is_pressing(fresh) else first_day(fresh)
            found.append(_Watched(one, fresh, _standing(fresh), day, owner))
    return sorted(found, key=lambda one: one.rank)


def pressing_words(site: Site) -> str:
    """Return how many documents are to be looked at now, in words; empty when there is none that is ever reviewed."""
    found = watched(site)
    if not found:
        return ""
    number = sum(one.standing in PRESSING for one in found)
    return f"{counted(number, 'page')} to look at again" if number else "nothing to look at again"


def _standing(fresh: Freshness) -> Standing:
    return "snoozed" if fresh.snoozed_until is not None and fresh.reasons else fresh.state


def _numbers(known: Sequence[_Watched], undated: int) -> list[Fact]:
    counts = Counter(one.standing for one in known)
    facts = [
        Fact(words[:1].upper() + words[1:], f"{counts[one]:,}", _SMALL[one] if counts[one] else "")
        for one, words in WORDS.items()
    ]
    return [*facts, *([Fact("Without a day", f"{undated:,}", "nobody said when it was true")] if undated else [])]


def _dated(site: Site, known: Sequence[_Watched]) -> list[DueDay]:
    return [DueDay(one.document.name, _address(site, one.document), one.day, one.standing) for one in known]


def _address(site: Site, document: ReviewedDocument) -> str:
    path, anchor = site.place_of(next(iter(document.entries())))
    return site.address(FRESHNESS_PATH, path, anchor)


def _groups(site: Site, known: Sequence[_Watched]) -> list[dict[str, object]]:
    """Return the rows of the table by owner: who has the most pressing first."""
    shown: dict[str, list[_Watched]] = {}
    for one in known[:MAX_LISTED]:
        shown.setdefault(one.owner, []).append(one)
    totals = Counter(one.owner for one in known)
    pressing = Counter(one.owner for one in known if one.standing in PRESSING)
    states = Counter((one.owner, one.standing) for one in known)
    owners = sorted(shown, key=lambda owner: ([-states[owner, one] for one in WORDS], owner.casefold()))
    return [
        {
            "owner": escape(owner),
            "said": f"{pressing[owner]} of {totals[owner]} to look at"
            if pressing[owner]
            else f"{totals[owner]} in order",
            "rows": [_row(site, one) for one in shown[owner]],
        }
        for owner in owners
    ]


def _row(site: Site, one: _Watched) -> dict[str, str]:
    small = " · ".join(escape(text) for text in dict.fromkeys((one.document.label, one.document.id)))
    return {
        "link": site.link_document(FRESHNESS_PATH, one.document),
        "small": small,
        "state": _state(one),
        "due": one.day.isoformat() if one.day else "now",
        "why": _why(site, one),
    }


def _state(one: _Watched) -> str:
    """Return how a document stands, as a chip; in plain words when all is well, since a wall of green says nothing."""
    words, until = WORDS[one.standing], one.fresh.snoozed_until
    if one.standing == "ok":
        return words
    said = f"{words} until {until.isoformat()}" if one.standing == "snoozed" and until is not None else words
    return Chip(said, _FORMS[one.standing]).markdown()


def _why(site: Site, one: _Watched) -> str:
    snooze = getattr(one.document, "snooze", None)
    said = [prose(snooze.reason)] if one.standing == "snoozed" and snooze is not None and snooze.reason else []
    said += [clause(site, FRESHNESS_PATH, reason.text, reason.related) for reason in one.fresh.reasons[:MAX_REASONS]]
    more = len(one.fresh.reasons) - MAX_REASONS
    return "<br>".join([*said, *([f"and {counted(more, 'more reason')}"] if more > 0 else [])])


def _undated(site: Site, found: Sequence[_Watched]) -> str:
    """Return how many documents say no day of review, and the runbooks among them by name."""
    if not found:
        return ""
    counts = Counter((one.document.label, one.document.plural) for one in found)
    kinds = [counted(number, *(_lower(text) for text in names)) for names, number in sorted(counts.items())]
    runbooks = [one.document for one in found if isinstance(one.document, Runbook)]
    named = [site.link_document(FRESHNESS_PATH, one) for one in runbooks]
    names = f"Runbooks among them: {listed(named, MAX_NAMED)}." if named else ""
    text = f"{escape(listed(kinds, len(kinds)))}: no `last_reviewed_on`, so nobody can tell when they were last true. {names}"
    return text.strip() + "\n{: .sre-more }\n"


def _lower(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _restamps(site: Site) -> str:
    """Return the commits in which many pages changed nothing but the day of their review."""
    found = site.history.restamps
    lines = [f"- {_restamp(site, one)}" for one in found[:MAX_RESTAMPS]]
    lines += [f"- and {counted(len(found) - MAX_RESTAMPS, 'more commit')}"] if len(found) > MAX_RESTAMPS else []
    return "\n".join(lines)


def _restamp(site: Site, one: Restamp) -> str:
    links = [
        site.link_document(FRESHNESS_PATH, site.base.by_path[path][0]) if path in site.base.by_path else escape(path)
        for path in one.paths
    ]
    return f"{escape(one.commit)}: {counted(len(links), 'page')} got a new day of review and nothing else: {listed(links, MAX_PAGES)}"
