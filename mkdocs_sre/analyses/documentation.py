"""Which risk assessment documents a single point of failure, and whether that still holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.history.freshness import is_expired, review_due
from mkdocs_sre.knowledge.actions import id_key
from mkdocs_sre.knowledge.tiers import tier_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs_sre.documents.kinds.risk_assessment import Risk
    from mkdocs_sre.knowledge import KnowledgeBase

State = Literal["accepted", "mitigated", "expired", "incomplete", "undocumented"]
_BEST_FIRST: tuple[State, ...] = ("accepted", "mitigated", "expired", "incomplete", "undocumented")
_risks: WeakKeyDictionary[KnowledgeBase, dict[str, list[tuple[RiskAssessment, int]]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Documentation:
    """What the risk assessments say of one subject.

    `risk` stands in `assessment` at this `position`; all are None when nothing names the subject. `until` is the last
    day of an acceptance. `lacks` says in words what is missing or over.
    """

    state: State
    assessment: RiskAssessment | None = None
    position: int | None = None
    risk: Risk | None = None
    until: date | None = None
    lacks: str = ""

    @property
    def documented(self) -> bool:
        """Whether the subject counts as documented: mitigated, or accepted, in an assessment that is not out of date."""
        return self.state in ("accepted", "mitigated")


def documentation(base: KnowledgeBase, subject: str, as_of: date) -> Documentation:
    """Return the best of what the assessments say of a subject (an id or alias); of equals the first by path."""
    found = [
        _judged(assessment, position, base, as_of)
        for assessment, position in risks_by_subject(base).get(id_key(base, subject), ())
    ]
    return min(found, key=lambda one: _BEST_FIRST.index(one.state), default=Documentation("undocumented"))


def risks_by_subject(base: KnowledgeBase) -> Mapping[str, Sequence[tuple[RiskAssessment, int]]]:
    """Return the risks of the assessments that are not deprecated, by the id of their subject (lower case), in order.

    Each is its assessment and its position there.
    """
    if base not in _risks:
        found: dict[str, list[tuple[RiskAssessment, int]]] = defaultdict(list)
        for assessment in base.of_kind(RiskAssessment):
            if assessment.status != "deprecated":
                for position, risk in enumerate(assessment.risks):
                    found[id_key(base, risk.subject)].append((assessment, position))
        _risks[base] = found
    return _risks[base]


def _judged(assessment: RiskAssessment, position: int, base: KnowledgeBase, as_of: date) -> Documentation:
    risk = assessment.risks[position]
    state, lacks = _state(assessment, risk, base, as_of)
    return Documentation(state, assessment, position, risk, risk.expires, lacks)


def _state(assessment: RiskAssessment, risk: Risk, base: KnowledgeBase, as_of: date) -> tuple[State, str]:
    if risk.treatment == "accept":
        if risk.approver is None or risk.expires is None:
            return "incomplete", "no approver" if risk.approver is None else "no day on which the acceptance ends"
        if risk.expires < as_of:
            return "expired", f"accepted until {risk.expires.isoformat()}"
    elif not any(one.says_something for one in risk.mitigations):
        return "incomplete", "no mitigation"
    due = review_due(assessment, tier_of(assessment, base))
    if is_expired(due, as_of) and due is not None:
        return "expired", f"review of {assessment.id} due {due.isoformat()}"
    return ("accepted" if risk.treatment == "accept" else "mitigated"), ""
