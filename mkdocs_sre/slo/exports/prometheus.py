"""Rule files of Prometheus: one for each document, with a group each for ratios, budget and alerts of every objective.

Names of metrics, labels and groups are Sloth's. What differs: no errors are 0 and not nothing; numbers are exact; over
the period each event counts once; alerts bring along runbook, page, the windows that fired and the time that is left.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from mkdocs_sre.slo.error_ratio import ComponentError, components_of
from mkdocs_sre.slo.exports import Export, ExportedFile, Loss, exporter, header
from mkdocs_sre.slo.exports.alerting import alert_losses, alert_rules
from mkdocs_sre.slo.exports.names import file_stem, sloth_id
from mkdocs_sre.slo.exports.recordings import budget_recordings, indicator_recordings
from mkdocs_sre.slo.exports.sloth_form import sloth_alerts, sloth_budget, sloth_losses, sloth_recordings
from mkdocs_sre.slo.exports.unit_tests import unit_tests
from mkdocs_sre.slo.exports.yaml_text import yaml_text
from mkdocs_sre.slo.losses import left_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.slo.exports import Context
    from mkdocs_sre.slo.targets import Target

    Group = dict[str, Any]

FORM, TESTS = "prometheus", "prometheus --with-tests"
TEST_FOLDER = "tests"  # a folder of their own, since Prometheus reads every file beside the rules as rules


@exporter(FORM)
def prometheus(targets: Sequence[Target], context: Context) -> Export:
    """Return a rule file for each document, and with tests one of them for each below `tests/`."""
    files, losses = [], []
    for slo, own in by_document(targets):
        groups, lost = groups_of(own, context)
        losses += lost
        if not groups:
            continue
        name = f"{file_stem(slo)}.yaml"
        files.append(ExportedFile(name, header(FORM, slo.path) + yaml_text({"groups": groups})))
        if context.with_tests:
            tests, lost = unit_tests(own, f"../{name}", [group["name"] for group in groups])
            losses += lost
            if tests:
                text = header(TESTS, slo.path) + yaml_text(tests)
                files.append(ExportedFile(f"{TEST_FOLDER}/{file_stem(slo)}.test.yml", text))
    return Export(tuple(files), tuple(losses))


def by_document(targets: Sequence[Target]) -> Iterator[tuple[ServiceLevelObjective, list[Target]]]:
    """Yield each document with its objectives, which stand together."""
    for _, own in groupby(targets, lambda target: id(target.slo)):
        found = list(own)
        yield found[0].slo, found


def groups_of(targets: Sequence[Target], context: Context) -> tuple[list[Group], list[Loss]]:
    """Return the groups of rules of some objectives, and what is lost; without what cannot be written at all."""
    groups: list[Group] = []
    losses: list[Loss] = []
    for target in targets:
        try:
            groups += _groups(target, context)
        except ComponentError as error:
            losses.append(left_out(target, error.slo))
            continue
        losses += sloth_losses(target, context) if context.sloth_form else alert_losses(target)
        losses += _component_losses(target, context)
    return groups, losses


def _component_losses(target: Target, context: Context) -> Iterator[Loss]:
    """Yield what an objective is made of that has no rules, although the ratio over the period is made of theirs."""
    composite = target.sli.composite
    if composite is None or composite.method == "time-slices" or context.sloth_form:
        return
    for index, (one, _) in enumerate(components_of(target, context.find)):
        if not one.slo.in_force:
            state = "deprecated" if one.slo.status == "deprecated" else "a draft"
            what = f"`{one.id}` is {state} and has no rules, so nothing is known of it over the period; take it out"
            yield Loss(target.id, what, target.slo.at(*target.path, "sli", "composite", "of", index, "slo"))


def _groups(target: Target, context: Context) -> Iterator[Group]:
    name = sloth_id(target)
    if context.sloth_form:
        ratios, budget, alerts = sloth_recordings(target, context), sloth_budget(target, context), sloth_alerts(target)
    else:
        ratios, budget = indicator_recordings(target, context), budget_recordings(target, context)
        alerts = alert_rules(target, context)
    yield {"name": f"sloth-slo-sli-recordings-{name}", "rules": ratios}
    yield {"name": f"sloth-slo-meta-recordings-{name}", "rules": budget}
    if alerts:
        yield {"name": f"sloth-slo-alerts-{name}", "rules": alerts}
