"""Runs of chaos experiments: how each ended, and which asked the same question again."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.knowledge.actions import id_key
from mkdocs_sre.pages.heads import Chip, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.pages.site import Site

UNSEEN: Mapping[bool, str] = MappingProxyType({True: "Nothing is written down.", False: "It has not run yet."})
_STATES: Mapping[str, State] = MappingProxyType({"passed": "ok", "failed": "bad", "aborted": "due", "planned": "none"})


def verdict(experiment: ChaosExperiment) -> Chip:
    """Return how an experiment ended."""
    return Chip(experiment.status, _STATES[experiment.status])


def runs_of(experiment: ChaosExperiment, site: Site) -> list[ChaosExperiment]:
    """Return the experiments that ask the same question by `retest_of`, directly or through others, oldest first."""
    start, found = experiment, {experiment.id.lower(): experiment}
    while (before := site.base.document(start.retest_of, ChaosExperiment)) and before.id.lower() not in found:
        found[before.id.lower()] = start = before
    waiting = list(found)
    while waiting:
        for later in repeats_of(waiting.pop(), site):
            if later.id.lower() not in found:
                found[later.id.lower()] = later
                waiting.append(later.id.lower())
    return sorted(found.values(), key=lambda one: (one.run_on or date.max, one.id.lower()))


def repeats_of(identifier: str, site: Site) -> list[ChaosExperiment]:
    """Return the experiments that say that they run this one (its id) again."""
    named = site.base.mentions_of.get(identifier.lower(), ())
    found = {one.document.id.lower(): one.document for one in named if one.key == "retest_of" and one.document}
    return [one for one in found.values() if isinstance(one, ChaosExperiment) and one.origin.intact]


def awaits_repeat(experiment: ChaosExperiment, site: Site) -> bool:
    """Whether the hypothesis failed, or was never answered, and no later run that was made says more."""
    if experiment.status not in ("failed", "aborted"):
        return False
    key = experiment.id.lower()
    return not any(one.executed and id_key(site.base, one.id) != key for one in repeats_of(key, site))
