"""Unit tests of generated rules for `promtool test rules`: no errors, a full outage, and a budget spent just in time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import HOUR, MINUTE, promql_duration
from mkdocs_sre.slo.exports import names
from mkdocs_sre.slo.exports.series import Traffic, traffic_of
from mkdocs_sre.slo.losses import loss_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.slo.burn import BurnAlert
    from mkdocs_sre.slo.losses import Loss
    from mkdocs_sre.slo.targets import Target

    Test = dict[str, Any]

STEPS = (
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
)  # seconds from one sample to the next; the first is taken with which a test is short
SHORT_STEPS = (30, 15, 5, 1)  # for windows that need them
SAMPLES_OF_WINDOW = 4  # at least, in the shortest window: a rate needs two
FEW_STEPS, MAX_STEPS = (
    1_000,
    10_000,
)  # in the longest window: of a short test, which takes promtool some seconds; of any
NOISE = Fraction(1, 10**6)  # of a step: by so much a threshold may be off in the binary fractions of Prometheus
EVENTS = 1_000_000  # in one step, so that the smallest budgets are whole numbers of them


def unit_tests(targets: Sequence[Target], rule_file: str, groups: Sequence[str]) -> tuple[dict[str, Any], list[Loss]]:
    """Return the tests of the rules of some objectives, empty without any, and for whom there are none.

    `groups` are the names of the groups in the order in which they are to be run; of itself promtool takes any. Tests need series that the queries count: they are made where each query is the sum of a rate of one counter.
    """
    tests: list[Test] = []
    losses, step = [], STEPS[0]
    for target in targets:
        traffic = traffic_of(target.sli)
        if traffic is None:
            what = "no tests are written for it: its queries are no sums of the rate of one counter"
            losses.append(loss_of(target, what, "sli"))
            continue
        trial = _Trial.of(target, traffic)
        if trial is None:
            what = "no tests are written for it: its windows are too far apart to try them all"
            losses.append(loss_of(target, what, "alerting", "windows"))
            continue
        step = min(step, trial.step)
        tests += trial.tests()
    if not tests:
        return {}, losses
    interval = promql_duration(step)
    made = {"rule_files": [rule_file], "evaluation_interval": interval, "group_eval_order": [*groups], "tests": tests}
    return made, losses


@dataclass(frozen=True, slots=True)
class _Trial:
    """An objective with its series, tried in steps of `step` seconds after `history` steps without errors."""

    target: Target
    traffic: Traffic
    calls: str
    pairs: tuple[BurnAlert, ...]
    step: int
    history: int

    @classmethod
    def of(cls, target: Target, traffic: Traffic) -> _Trial | None:
        """Return how the alerts that page are tried, without such those that open a ticket; None when it takes too long."""
        alerts = burn_alerts(target)
        calls = next((one for one in CALLS if any(pair.calls == one for pair in alerts)), "")
        pairs = tuple(one for one in alerts if one.calls == calls)
        windows = [one.short for one in pairs] or [names.windows_of(target)[0]]
        longest = max((one.long for one in pairs), default=windows[0])
        step = _step(min(windows), longest)
        if step is None:
            return None
        return cls(target, traffic, calls, pairs, step, ceil(longest / step) + 1)

    def tests(self) -> Iterator[Test]:
        """Yield the tests, each with its series."""
        window = min((one.short for one in self.pairs), default=names.windows_of(self.target)[0])
        short = names.error_ratio_metric(window) + names.selector(self.target)
        few = 2 * window // self.step
        nothing = self._series([(0, few)], with_errors=False)
        yield self._test("no error series gives 0", nothing, [(few, f"max({short})", 0)])
        if not self.pairs:
            return
        yield self._outage()
        if all(pair.factor > 1 for pair in self.pairs):
            steady = self._series([(self.target.allowed, self.history)])
            name = f"a budget that is spent in just {self.target.window} calls nobody ({self.calls})"
            yield self._test(name, steady, [(self.history, self._firing(), None)])

    def _outage(self) -> Test:
        after = [one for one in (self._steps(pair) for pair in self.pairs if pair.can_fire) if one is not None]
        if not after:
            failing = self._series([(Fraction(0), self.history), (Fraction(1), self.history)])
            return self._test(
                "a full outage cannot be told from these windows", failing, [(2 * self.history, self._firing(), None)]
            )
        last, first = min(before for before, _ in after), min(fires for _, fires in after)
        failing = self._series([(Fraction(0), self.history), (Fraction(1), first)])
        name = f"a full outage calls somebody ({self.calls}) after {promql_duration(first * self.step)}, and not before"
        looked = [(self.history + last, self._firing(), None), (self.history + first, self._firing(), 1)]
        return self._test(name, failing, [one for one in looked if one[0] >= self.history or one[2]])

    def _steps(self, pair: BurnAlert) -> tuple[int, int] | None:
        """Return after how many bad steps a pair does not fire yet, and after how many it does.

        It fires once the bad share of the long window is above the threshold. A window holds n steps, of which
        Prometheus compares n or, from release 3 on, n - 1; what differs between the two, and a share of exactly the
        threshold, is left open.
        """
        size = pair.long // self.step
        hold = ceil(pair.hold / self.step)
        before = ceil(pair.threshold * (size - 1) - NOISE) - 1
        fires = floor(pair.threshold * size + NOISE) + 1
        return before + hold, fires + hold

    def _firing(self) -> str:
        name = names.alert_name(self.target).replace("\\", "\\\\").replace('"', '\\"')
        found = f'alertname="{name}", alertstate="firing", sloth_id="{names.sloth_id(self.target)}", sloth_severity="{self.calls}"'
        return f"max(ALERTS{{{found}}})"

    def _series(self, spans: Sequence[tuple[Fraction | int, int]], *, with_errors: bool = True) -> list[dict[str, str]]:
        """Return the two series over spans of so many steps, in each of which a share of all events is bad."""
        bad = _counter([(Fraction(share) * EVENTS, steps) for share, steps in spans])
        good = _counter([((1 - Fraction(share)) * EVENTS, steps) for share, steps in spans])
        total = _counter([(Fraction(EVENTS), steps) for _, steps in spans])
        traffic = self.traffic
        first = {"series": traffic.first, "values": bad if traffic.first_is_bad else good}
        rest = {"series": traffic.rest, "values": total if traffic.apart else good if traffic.first_is_bad else bad}
        if with_errors:
            return [first, rest]
        if traffic.first_is_bad:
            return [rest]
        return [first, rest] if traffic.apart else [first]

    def _test(self, name: str, series: list[dict[str, str]], looked: Sequence[tuple[int, str, int | None]]) -> Test:
        return {
            "name": f"{self.target.id}: {name}",
            "interval": promql_duration(self.step),
            "input_series": series,
            "promql_expr_test": [
                {
                    "expr": expression,
                    "eval_time": promql_duration(at * self.step),
                    "exp_samples": [] if value is None else [{"labels": "{}", "value": value}],
                }
                for at, expression, value in looked
            ],
        }


def _step(shortest: int, longest: int) -> int | None:
    """Return how many seconds a step takes, for windows of so many; None when it takes too many steps."""
    fine = [one for one in (*STEPS, *SHORT_STEPS) if shortest >= SAMPLES_OF_WINDOW * one]
    return next((one for most in (FEW_STEPS, MAX_STEPS) for one in fine if longest <= most * one), None)


def _counter(spans: Sequence[tuple[Fraction, int]]) -> str:
    """Return a counter in promtool's notation: from 0, in each span so much more for so many steps."""
    value = Fraction(0)
    parts: list[str] = []
    for rate, steps in spans:
        # `a+bxn` has a itself and n more, so that the first span begins with 0, and each other one step further.
        start, more = (value, steps) if not parts else (value + rate, steps - 1)
        parts.append(f"{decimal_text(start, 40)}+{decimal_text(rate, 40)}x{more}")
        value = start + rate * more
    return " ".join(parts)
