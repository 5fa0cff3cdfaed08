"""How the spending of a budget calls somebody: from OpenSLO's alert policies to our pairs of windows.

A policy has one condition, and a condition one window. Ours have two, of which the long one decides when it fires and the
short one when it ends. The short one is read from an annotation, else it is a twelfth of the long one, as "The Site
Reliability Workbook" recommends (chapter 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.documents.values import parse_number, parse_positive
from mkdocs_sre.slo.burn import usual_alerts
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import MINUTE, whole_seconds
from mkdocs_sre.slo.openslo import kept
from mkdocs_sre.slo.openslo.durations import duration_text, our_duration, seconds_of
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.objects import policy_name
from mkdocs_sre.slo.openslo.shapes import number_of, truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.slo.imports.draft import Draft
    from mkdocs_sre.slo.openslo.objects import Objects

_PAGING = frozenset(("page", "paging", "critical", "error", "high", "sev1", "sev2", "p1", "p2"))
_TICKETS = frozenset(("ticket", "warning", "medium", "low", "sev3", "sev4", "p3", "p4"))
_SHORT_PART = 12  # of the long window
_DIGITS = 12  # significant ones of a share that is no exact decimal


class Policy(NamedTuple):
    """An alert policy and its one condition: the metadata and the spec of each."""

    metadata: Node
    spec: Node
    condition_metadata: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of windows: what it calls, its lengths in seconds, and the share of the budget that it lets be spent."""

    calls: str
    short: str
    long: str
    percent: Decimal
    hold: str
    condition: Node

    def is_like(self, calls: str, short: int, long: int, share: Fraction) -> bool:
        """Whether it is this pair of windows, and fires as soon as it can."""
        lengths = whole_seconds(parse_positive(self.short)), whole_seconds(parse_positive(self.long))
        return (self.calls, *lengths, Fraction(self.percent) / 100, self.hold) == (calls, short, long, share, "")


def policies_of(spec: Node, objects: Objects) -> Iterator[Policy]:
    """Yield the alert policies of an objective. Raises UnreadableError when one names what cannot be read."""
    for item in spec.child("alertPolicies").items():
        name = policy_name(item)
        policy = objects.named("AlertPolicy", name) if name else item
        for condition in policy.child("spec", "conditions").items():
            reference = condition.child("conditionRef")
            found = objects.named("AlertCondition", reference) if reference.text else condition
            yield Policy(policy.child("metadata"), policy.child("spec"), found.child("metadata"), found.child("spec"))


def put_alerting(draft: Draft, metadata: Node, policies: Sequence[Policy], period: int) -> None:
    """Write how an objective alerts; `metadata` is its own, `period` the length of its window in seconds."""
    prefix = ("alerting",)
    pairs = [pair for policy in policies if (pair := _pair(draft, policy, period)) is not None]
    disabled = [one for one in kept.kept(metadata, kept.DISABLED).text.split(",") if one in CALLS]
    usual = kept.kept(metadata, kept.WINDOWS)
    as_usual = usual.text == "usual" and _are_usual(pairs, disabled, period)
    if not pairs and not as_usual:
        return
    draft.put(prefix, {}, metadata.place)
    for name, key in ((kept.ALERT_NAME, "name"), (kept.RUNBOOK, "runbook")):
        if kept.kept(metadata, name).text:
            draft.put((*prefix, key), kept.kept(metadata, name).text, kept.kept(metadata, name).place)
    for index, pair in enumerate(() if as_usual else pairs):
        for key, value in _keys(pair).items():
            draft.put((*prefix, "windows", index, key), value, pair.condition.place)
    for policy in policies:
        own = kept.kept(policy.metadata, kept.RUNBOOK)
        call = policy.condition.child("severity").text
        if own.text and call in CALLS:
            draft.put((*prefix, call, "runbook"), own.text, own.place)
    for call in disabled:
        draft.put((*prefix, call, "disabled"), value=True, place=kept.kept(metadata, kept.DISABLED).place)


def _are_usual(pairs: Sequence[Pair], disabled: Sequence[str], period: int) -> bool:
    usual = [one for one in usual_alerts(period, Fraction(0)) if one.calls not in disabled]
    return len(usual) == len(pairs) and all(
        pair.is_like(one.calls, one.short, one.long, one.share) for pair, one in zip(pairs, usual, strict=True)
    )


def _keys(pair: Pair) -> dict[str, Any]:
    keys = {"alert": pair.calls, "short": pair.short, "long": pair.long, "budget_percent": pair.percent}
    return {**keys, "for": pair.hold} if pair.hold else keys


def _pair(draft: Draft, policy: Policy, period: int) -> Pair | None:
    """Return the windows of a policy; None, and the loss is told, where ours cannot say it."""
    condition = policy.condition.child("condition")
    found = _share(draft, policy, period)
    long = condition.child("lookbackWindow")
    length = seconds_of(long.text)
    if found is None or not length:
        return None
    _lose_rest(draft, policy)
    after = condition.child("alertAfter")
    hold = our_duration(after.text) if seconds_of(after.text) else ""
    return Pair(_calls(draft, policy), _short(draft, policy, length), our_duration(long.text), found, hold, condition)


def _share(draft: Draft, policy: Policy, period: int) -> Decimal | None:
    """Return which share of the budget, in percent, is spent when a condition holds: threshold * long window / period."""
    condition = policy.condition.child("condition")
    op, threshold, name = condition.child("op"), number_of(condition.child("threshold")), _name(policy)
    length = seconds_of(condition.child("lookbackWindow").text) or 0
    if truth(policy.spec.child("alertWhenBreaching")) is False:
        draft.lose(f"{name}: a policy that does not alert when its condition holds", policy.spec.place)
        return None
    if op.text in ("lt", "lte"):
        draft.lose(f"{name}: an alert when the burn rate is low (`{op.text}`)", op.place)
        return None
    share = Fraction(threshold or 0) * length / period * 100
    kept_share = _kept_share(policy, share)
    if kept_share is None and not 0 < share <= 100:  # noqa: PLR2004 percent
        message = f"{name}: a burn rate of {shown(condition.child('threshold').text)} over {length // MINUTE} minutes"
        draft.lose(f"{message}, which is no share of the budget from 0 to 100 %", condition.place)
        return None
    if op.text in ("gte", ""):
        draft.lose(f"{name}: that it fires at exactly its burn rate too, and not only above", condition.place)
    return _told_share(draft, name, share, condition) if kept_share is None else kept_share


def _kept_share(policy: Policy, share: Fraction) -> Decimal | None:
    """Return the share that an annotation keeps, if that is what the threshold still says."""
    try:
        found = parse_number(kept.kept(policy.metadata, kept.SHARE).value)
    except PydanticCustomError:
        return None
    return found if abs(Fraction(found) - share) <= share / 10 ** (_DIGITS - 2) else None


def _told_share(draft: Draft, name: str, share: Fraction, condition: Node) -> Decimal:
    text = decimal_text(share, _DIGITS)
    if Fraction(text) != share:
        draft.lose(f"{name}: the last digits of its share of the budget, which becomes {text} %", condition.place)
    return Decimal(text)


def _short(draft: Draft, policy: Policy, long: int) -> str:
    written = kept.kept(policy.metadata, kept.SHORT)
    try:
        return parse_positive(written.value).text
    except PydanticCustomError:
        pass
    short = max(long // _SHORT_PART // MINUTE, 1) * MINUTE
    text = duration_text(short) or "1m"
    place = policy.condition.child("condition", "lookbackWindow").place
    draft.lose(f"{_name(policy)}: it has no short window, so a twelfth of the long one is taken, {text}", place)
    return text


def _calls(draft: Draft, policy: Policy) -> str:
    severity = policy.condition.child("severity")
    said = severity.text.strip().casefold()
    calls = "page" if said in _PAGING else "ticket"
    if said not in CALLS:
        known = "" if said in _PAGING | _TICKETS else ", which is not known"
        draft.lose(
            f"{_name(policy)}: the severity `{shown(severity.text)}`{known}; it becomes a {calls}", severity.place
        )
    return calls


def _lose_rest(draft: Draft, policy: Policy) -> None:
    for node in (
        policy.metadata.child("labels"),
        policy.spec.child("description"),
        policy.condition.child("description"),
    ):
        if node.value:
            draft.lose(f"{_name(policy)}: {node.name}", node.place)
    for key in ("alertWhenNoData", "alertWhenResolved"):
        if truth(policy.spec.child(key)):
            draft.lose(f"{_name(policy)}: `{key}`", policy.spec.child(key).place)
    severity = policy.condition.child("severity").text
    for target in policy.spec.child("notificationTargets").items():
        told = target.child("targetRef").text or target.child("spec", "target").text
        if told != severity:
            draft.lose(f"{_name(policy)}: that it tells `{shown(told)}`", target.place)


def _name(policy: Policy) -> str:
    return f"alert policy `{shown(policy.metadata.child('name').text)}`"
