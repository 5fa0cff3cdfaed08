"""How exported rules, their labels and their files are called; names and labels are those of Sloth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.slo.burn import usual_alerts
from mkdocs_sre.slo.durations import promql_duration, whole_seconds
from mkdocs_sre.slo.periods import nominal_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.slo.targets import Target

OBJECTIVE, BUDGET, DAYS = "slo:objective:ratio", "slo:error_budget:ratio", "slo:time_period:days"
CURRENT_BURN, PERIOD_BURN = "slo:current_burn_rate:ratio", "slo:period_burn_rate:ratio"
REMAINING, INFO = "slo:period_error_budget_remaining:ratio", "sloth_slo_info"
_LABEL = re.compile(r"(?!__)[A-Za-z_][A-Za-z0-9_]{0,999}")  # a key of YAML has 1,024 characters at most
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|.*\.$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9]+")


def error_ratio_metric(length: int) -> str:
    """Return the name under which the ratio of bad events over so many seconds is recorded."""
    return f"slo:sli_error:ratio_rate{promql_duration(length)}"


def bad_metric(length: int) -> str:
    """Return the name under which the bad events of so many seconds are recorded."""
    return f"slo:sli_bad:rate{promql_duration(length)}"


def total_metric(length: int) -> str:
    """Return the name under which all events of so many seconds are recorded."""
    return f"slo:sli_total:rate{promql_duration(length)}"


def sloth_id(target: Target) -> str:
    """Return what Sloth calls an objective: its service and its name."""
    return f"{target.service}-{target.name}"


def selector(target: Target) -> str:
    """Return the matchers, with their braces, that find the series of one objective; ids need no escape."""
    return f'{{sloth_id="{sloth_id(target)}", sloth_service="{target.service}", sloth_slo="{target.name}"}}'


def rule_labels(target: Target, further: Mapping[str, str]) -> dict[str, str]:
    """Return the labels of every recorded series of an objective, sorted by name.

    Those of the run (`further`) and of the document come first; the three by which an objective is found always hold.
    What Prometheus takes for no name of a label is left out.
    """
    own = {"sloth_id": sloth_id(target), "sloth_service": target.service, "sloth_slo": target.name}
    return dict(sorted({**known_labels(further), **known_labels(target.slo.labels), **own}.items()))


def known_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the labels whose names Prometheus takes; those that begin with two underscores are its own."""
    return {name: text for name, text in labels.items() if _LABEL.fullmatch(name)}


def unknown_labels(labels: Iterable[str]) -> list[str]:
    """Return the names that are none of a label."""
    return [name for name in labels if not _LABEL.fullmatch(name)]


def windows_of(target: Target) -> Sequence[int]:
    """Return the lengths in seconds of all windows that are recorded, ascending: of alerts that are disabled too."""
    alerting, period = target.alerting, nominal_seconds(target.window)
    if alerting is not None and alerting.windows:
        pairs = [(whole_seconds(one.short), whole_seconds(one.long)) for one in alerting.windows]
    else:
        pairs = [(one.short, one.long) for one in usual_alerts(period, target.allowed)]
    return sorted({length for pair in pairs for length in pair})


def alert_name(target: Target) -> str:
    """Return what its alerts are called: as the author says, else after its id."""
    given = target.alerting.name if target.alerting is not None else None
    if given and given.strip():
        return " ".join(given.split())
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(target.id)) + "ErrorBudgetBurn"


def file_stem(slo: ServiceLevelObjective) -> str:
    """Return what the file of a document is called, without its ending."""
    return safe_stem(slo.id)


def safe_stem(identifier: str) -> str:
    """Return an id as the name of a file, without its ending: the id, but for names that systems keep for themselves."""
    return f"{identifier}-slo" if _DEVICE.match(identifier) else identifier


def clashes(targets: Iterable[Target]) -> Iterator[tuple[Target, Target, str]]:
    """Yield each objective that would be taken for an earlier one, that one, and what they share: `sloth_id` or a file."""
    ids: dict[str, Target] = {}
    files: dict[str, Target] = {}
    for target in targets:
        before = ids.setdefault(sloth_id(target).lower(), target)
        if before is not target:
            yield target, before, f"the sloth_id `{sloth_id(target)}`"
        before = files.setdefault(file_stem(target.slo).lower(), target)
        if before.slo is not target.slo:
            yield target, before, f"the file `{file_stem(target.slo)}`"
