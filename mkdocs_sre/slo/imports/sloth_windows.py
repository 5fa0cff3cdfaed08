"""Sloth's files of alert windows (`kind: AlertWindows`): the pairs of windows for all objectives of one period.

Source: Sloth, https://sloth.dev/usage/slo-period-windows/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.documents.values import parse_duration, parse_positive
from mkdocs_sre.documents.windows import parse_window
from mkdocs_sre.slo.burn import USUAL
from mkdocs_sre.slo.imports.node import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.imports import SourceDocument

API_VERSION = "sloth.slok.dev/v1"
KIND = "AlertWindows"
_KEYS = {"short": "shortWindow", "long": "longWindow", "budget_percent": "errorBudgetPercent"}


@dataclass(frozen=True, slots=True)
class GivenWindows:
    """The pairs of windows of one period, as a document has them under `alerting.windows`.

    `places` has the place of each value by the number of its pair and its key. `usual` says that they are the usual four.
    """

    period: str
    place: Location
    windows: tuple[Mapping[str, Any], ...]
    places: Mapping[tuple[int, str], Location]

    @property
    def seconds(self) -> int:
        """The length of the period."""
        return parse_duration(self.period).seconds

    @property
    def usual(self) -> bool:
        """Whether they are the usual four, which a document need not name."""
        read = tuple(
            (
                one["alert"],
                parse_duration(one["short"]).seconds,
                parse_duration(one["long"]).seconds,
                one["budget_percent"],
            )
            for one in self.windows
        )
        return read == USUAL


def is_windows(values: Mapping[str, Any]) -> bool:
    """Whether a document is a file of alert windows."""
    return values.get("kind") == KIND and str(values.get("apiVersion")).startswith("sloth.slok.dev/")


def read_windows(source: SourceDocument, faults: list[Fault]) -> GivenWindows | None:
    """Return the windows of a document; None, and what is wrong among the faults, when they cannot be used."""
    before = len(faults)
    root = Node.root(source, faults).keys("apiVersion", "kind", "metadata", "spec").needs("apiVersion", "spec")
    if root["apiVersion"].written and root["apiVersion"].value != API_VERSION:
        root["apiVersion"].fault(
            f"`apiVersion: {root['apiVersion'].text()[:80]}` is not known", f"convert it to `{API_VERSION}`"
        )
    spec = root["spec"].keys("sloPeriod", "page", "ticket").needs("sloPeriod", "page", "ticket")
    period = spec["sloPeriod"]
    if period.written:
        _judge(period, parse_window)
    windows: list[dict[str, Any]] = []
    places: dict[tuple[int, str], Location] = {}
    for call in CALLS:
        spec[call].keys("quick", "slow").needs("quick", "slow")
        for pace in ("quick", "slow"):
            pair = spec[call][pace].keys(*_KEYS.values()).needs(*_KEYS.values())
            places |= {(len(windows), ours): pair[theirs].place for ours, theirs in _KEYS.items()}
            windows.append({"alert": call, **_pair(pair)})
    return GivenWindows(period.text(), period.place, tuple(windows), places) if len(faults) == before else None


def _pair(pair: Node) -> dict[str, Any]:
    percent = pair["errorBudgetPercent"]
    number = percent.number()
    if percent.written and (isinstance(number, (str, list, dict)) or not 0 < number <= 100):  # noqa: PLR2004 percent
        percent.fault(
            f"`{percent.name}` must be a number above 0 and at most 100",
            "write how much of the budget is spent then, in percent",
        )
    for key in ("shortWindow", "longWindow"):
        if pair[key].written:
            _judge(pair[key], parse_positive)
    return {"short": pair["shortWindow"].value, "long": pair["longWindow"].value, "budget_percent": number}


def _judge(node: Node, parse: Callable[[Any], object]) -> None:
    """Note what a parser of values says against a value."""
    try:
        parse(node.value)
    except PydanticCustomError as error:
        node.fault(f"`{node.name}` {error.message()}", "correct it")
