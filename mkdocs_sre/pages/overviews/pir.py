"""Reviews: how long incidents took, what came of the actions, and which services they hit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.spread import ENOUGH, spread
from mkdocs_sre.documents.standing import DRAFT, SEVERITIES, severity_of, status_of
from mkdocs_sre.pages.heads import Fact
from mkdocs_sre.pages.incident import incident_of
from mkdocs_sre.pages.overviews import MOST, Overview, intact, overview, rest
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.standing import late_days
from mkdocs_sre.pages.strip import Line, quartiles, strip_figure
from mkdocs_sre.pages.tables import Column, section, table
from mkdocs_sre.pages.words import counted, minutes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.documents.spread import Spread
    from mkdocs_sre.documents.timing import Timing
    from mkdocs_sre.pages.site import Site

MEASURES = (
    ("detect", "To detect"),
    ("acknowledge", "To acknowledge"),
    ("mitigate", "To mitigate"),
    ("resolve", "To resolve"),
)
FEW = 3  # reviews of a severity or service below which a median says nothing
_DOTS = "Each dot is one review; the line is the median, the box from the first to the third quartile."
_TIMING = (Column("Severity", "fit"), Column("Reviews", "n"), *(Column(label) for _, label in MEASURES))
_FOLLOWED = (
    Column("Review", "fit"),
    Column("Done in time", "n"),
    Column("Done late", "n"),
    Column("Open", "n"),
    Column("Late", "n"),
    Column("Dropped", "n"),
)
_SERVICES = (
    Column("Service", "fit"),
    Column("Reviews", "n"),
    Column("SEV1 and SEV2", "n"),
    Column("Last", "sre-num"),
    Column("Median to mitigate", "n"),
)


@dataclass(frozen=True)
class _Measured:
    """A review with its durations and the name of its severity; `counts` is false for a draft."""

    pir: Pir
    timing: Timing
    severity: str
    counts: bool

    def lasted(self, measure: str) -> timedelta | None:
        """Return how long one measure took."""
        return cast("timedelta | None", getattr(self.timing, measure))


@overview("pir")
def pir_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:
    """Return timings, follow-through and services above the list of reviews."""
    measured = [_measured(one, site) for one in intact(documents) if isinstance(one, Pir)]
    counted_ones = [one for one in measured if one.counts]
    parts = (
        _numbers(measured, site),
        section("How long it took", "timing", _figure(measured), _timings(counted_ones)),
        section("What came of it", "follow-through", _followed(measured, site, page)),
        section("By service", "by-service", _services(counted_ones, site, page)),
        "## All reviews {: #sre-reviews }\n",
    )
    return Overview("\n".join(part for part in parts if part))


def _measured(pir: Pir, site: Site) -> _Measured:
    settings = site.base.settings
    severity = severity_of(pir.severity, settings) or pir.severity
    return _Measured(pir, incident_of(pir, site).timing, severity, status_of(pir.status, settings) != DRAFT)


def _numbers(measured: Sequence[_Measured], site: Site) -> str:
    actions = [action for one in measured for action in site.actions_from.get(one.pir.id.lower(), [])]
    drafts = sum(not one.counts for one in measured)
    found = [one.pir.detected_by for one in measured if one.counts and one.pir.detected_by]
    closed = sum(not action.is_open for action in actions)
    late = sum(late_days(action, site) > 0 for action in actions)
    facts = [
        Fact(
            "Reviews",
            str(len(measured) - drafts),
            f"and {counted(drafts, 'draft')}, not counted below" if drafts else "",
        )
    ]
    if found:
        facts.append(
            Fact("Found by an alert", f"{found.count('alert')} of {len(found)}", f"{found.count('users')} by users")
        )
    if actions:
        facts.append(Fact("Actions closed", f"{closed} of {len(actions)}", "done or dropped, drafts included"))
        facts.append(Fact("Actions late", str(late), f"as of {site.as_of.isoformat()}"))
    return render("numbers.md.jinja", facts=facts)


def _lengths(measured: Sequence[_Measured], measure: str) -> list[timedelta]:
    return [length for one in measured if (length := one.lasted(measure)) is not None]


def _figure(measured: Sequence[_Measured]) -> str:
    """Return the strips of all measures on one scale; nothing when no review that counts has a duration."""
    lines = []
    for measure, label in MEASURES:
        found = spread(_lengths([one for one in measured if one.counts], measure))
        if found is not None:
            lines.append(Line(label, found, _lengths([one for one in measured if not one.counts], measure)))
    if not lines:
        return ""
    drafts = " Hollow dots are drafts and do not count." if any(line.apart for line in lines) else ""
    return strip_figure(lines, _DOTS + drafts)


def _timings(measured: Sequence[_Measured]) -> str:
    """Return the numbers of the figure, of all reviews and of each severity that has enough."""
    groups = [("All", list(measured)), *((name, _of(measured, name)) for name in _severities(measured))]
    rows = [
        [
            name,
            str(len(reviews)),
            *(_usual(spread(_lengths(reviews, measure)), len(reviews)) for measure, _ in MEASURES),
        ]
        for name, reviews in groups
        if name == "All" or FEW <= len(reviews) < len(measured)
    ]
    caption = (
        f"Median, and below it the middle half of the reviews (first to third quartile, from {ENOUGH} on, interpolated: "
        f"Hyndman and Fan 1996, type 7); a severity from {FEW} reviews on"
    )
    return table(caption, _TIMING, rows) if any(rows[0][2:]) else ""


def _usual(found: Spread | None, reviews: int) -> str:
    """Return the median with the quartiles; with how many it is of when some of the reviews do not say it."""
    if found is None:
        return ""
    notes = (quartiles(found), f"of {found.count}" if found.count < reviews else "")
    small = ", ".join(note for note in notes if note)
    return f"<b>{minutes(found.median)}</b>" + (f" <small>{small}</small>" if small else "")


def _severities(measured: Sequence[_Measured]) -> list[str]:
    """Return the known severities of some reviews, the worst first."""
    names = {one.severity for one in measured}
    return [name for name in SEVERITIES if name in names]


def _of(measured: Sequence[_Measured], severity: str) -> list[_Measured]:
    return [one for one in measured if one.severity == severity]


def _followed(measured: Sequence[_Measured], site: Site, page: str) -> str:
    with_actions = [one for one in measured if one.pir.id.lower() in site.actions_from]
    with_actions.sort(key=lambda one: (one.pir.incident_date, one.pir.id), reverse=True)
    rows = [
        [
            f"{site.link_document(page, one.pir, one.pir.id)} <small>{one.pir.incident_date.isoformat()}</small>",
            *_states(site.actions_from[one.pir.id.lower()], site),
        ]
        for one in with_actions[:MOST]
    ]
    caption = f"Actions in the ledger, the newest review first, as of {site.as_of.isoformat()}"
    return table(caption, _FOLLOWED, rows) + rest(len(with_actions), "reviews with actions") if rows else ""


def _states(actions: Sequence[Action], site: Site) -> list[str]:
    done = [action for action in actions if action.state == "done"]
    slow = sum(bool(action.done_on and action.due and action.done_on > action.due) for action in done)
    late = sum(late_days(action, site) > 0 for action in actions)
    still = sum(action.is_open for action in actions) - late
    dropped = sum(action.state == "dropped" for action in actions)
    return [str(number) if number else "" for number in (len(done) - slow, slow, still, late, dropped)]


def _services(measured: Sequence[_Measured], site: Site, page: str) -> str:
    found: dict[str, list[_Measured]] = defaultdict(list)
    for one in measured:
        entry = site.base.find(one.pir.service)
        found[entry.id if entry else one.pir.service].append(one)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    rows = []
    for name, reviews in ranked[:MOST]:
        lengths = _lengths(reviews, "mitigate")
        usual = spread(lengths)
        rows.append(
            [
                site.link_id(page, name),
                str(len(reviews)),
                str(sum(one.severity in SEVERITIES[:2] for one in reviews)),
                max(one.pir.incident_date for one in reviews).isoformat(),
                minutes(usual.median) if usual and len(lengths) >= FEW else "",
            ]
        )
    caption = f"Most reviews first; drafts left out; a median from {FEW} reviews on"
    return table(caption, _SERVICES, rows) + rest(len(ranked), "services") if rows else ""
