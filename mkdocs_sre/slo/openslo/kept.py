"""What OpenSLO has no place for and annotations keep, so that our own files come back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.slo.openslo.nodes import Node

PREFIX = "mkdocs-sre/"
ID = (
    f"{PREFIX}id"  # of the document or, on the indicator of an objective of a composite, of the objective it stands for
)
FURTHER = f"{PREFIX}further-objective-of"  # the id of the document whose further objective this is
OBJECTIVE = f"{PREFIX}objective"  # of a composite, in percent
METHOD = f"{PREFIX}composite-method"
ALERT_NAME, RUNBOOK = f"{PREFIX}alert-name", f"{PREFIX}runbook"
WINDOWS = f"{PREFIX}windows"  # `usual` where the author gives none
DISABLED = f"{PREFIX}disabled"  # the alerts that are, with a comma between
NAME = f"{PREFIX}name"  # of a further objective
SHORT, SHARE = f"{PREFIX}short-window", f"{PREFIX}budget-percent"  # of one pair of windows
RUNBOOK_URL, PAGE_URL = f"{PREFIX}runbook-url", f"{PREFIX}page-url"  # for people; not read back
NAMES = (
    ID,
    FURTHER,
    NAME,
    OBJECTIVE,
    METHOD,
    ALERT_NAME,
    RUNBOOK,
    WINDOWS,
    DISABLED,
    SHORT,
    SHARE,
    RUNBOOK_URL,
    PAGE_URL,
)


def kept(metadata: Node, name: str) -> Node:
    """Return what an annotation of ours keeps; its text is empty where it is not there."""
    return metadata.child("annotations", name)
