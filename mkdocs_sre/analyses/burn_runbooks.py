"""What to do when the spending of an error budget calls somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.slo.exports.names import alert_name

if TYPE_CHECKING:
    from mkdocs_sre.documents.burn_alerting import Calls
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.slo.targets import Target

_naming: WeakKeyDictionary[KnowledgeBase, dict[str, str]] = WeakKeyDictionary()


def burn_runbook(base: KnowledgeBase, target: Target, calls: Calls) -> str | None:
    """Return the id of the runbook of one of an objective's alerts; None without one.

    It is that of the alert, else that of both, else the first one, in order of paths, that names the alert itself.
    """
    named = target.alerting.runbook_of(calls) if target.alerting is not None else None
    return named or _runbooks_by_alert(base).get(_key(alert_name(target)))


def _runbooks_by_alert(base: KnowledgeBase) -> dict[str, str]:
    if base not in _naming:
        runbooks = reversed(base.of_kind(Runbook))
        _naming[base] = {_key(name): one.id for one in runbooks for name in one.alerts}
    return _naming[base]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
