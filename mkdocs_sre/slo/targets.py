"""The objectives of a document, each whole: what is promised, what is measured, how it calls somebody."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from mkdocs_sre.documents.burn_alerting import Alerting
    from mkdocs_sre.documents.indicators import Indicator
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.documents.windows import Window


@dataclass(frozen=True, slots=True)
class Target:
    """One objective. A document has one, and one more for each item under its `objectives`.

    `id` is that of the document, for a further objective with `-` and its name behind. `name` is the id without the
    service before it (`payments-authorise` of `payments` is `authorise`), which is how exported rules call it. `objective`
    is in percent. `path` leads to the keys that are its own: empty for the document, else `("objectives", 0)`.
    """

    slo: ServiceLevelObjective
    id: str
    name: str
    behaviour: str
    objective: Decimal
    sli: Indicator
    alerting: Alerting | None
    path: KeyPath = ()

    @property
    def service(self) -> str:
        """The id of the service."""
        return self.slo.service

    @property
    def window(self) -> Window:
        """The time over which it holds."""
        return self.slo.window

    @property
    def ratio(self) -> Fraction:
        """The objective as a ratio, exactly."""
        return Fraction(self.objective) / 100

    @property
    def allowed(self) -> Fraction:
        """The share of events that may be bad, from 0 to 1, exactly: the error budget as a ratio."""
        return 1 - self.ratio

    def key(self, *keys: str | int) -> KeyPath:
        """Return the path of a key that counts for it: its own where a further objective has it, else the document's."""
        own = self.slo.objectives[int(self.path[1])] if self.path else None
        return (*self.path, *keys) if own is None or getattr(own, str(keys[0]), None) is not None else keys


def targets_of(slo: ServiceLevelObjective) -> tuple[Target, ...]:
    """Return the objectives of a document, its own first, then the further ones as written."""
    main = Target(slo, slo.id, _short(slo.id, slo.service), slo.behaviour, slo.objective, slo.sli, slo.alerting)
    further = (
        Target(
            slo,
            f"{slo.id}-{one.name}",
            _short(f"{slo.id}-{one.name}", slo.service),
            one.behaviour or slo.behaviour,
            one.objective,
            one.sli or slo.sli,
            one.alerting or slo.alerting,
            ("objectives", index),
        )
        for index, one in enumerate(slo.objectives)
    )
    return main, *further


def _short(id_: str, service: str) -> str:
    rest = id_[len(service) + 1 :]
    return rest if rest and id_.lower().startswith(f"{service.lower()}-") else id_
