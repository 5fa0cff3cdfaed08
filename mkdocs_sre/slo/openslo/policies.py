"""What is valid of alert policies, their conditions, and whom they tell."""

from __future__ import annotations

from mkdocs_sre.slo.openslo.durations import duration
from mkdocs_sre.slo.openslo.metadata import described, reference_or_inline
from mkdocs_sre.slo.openslo.shapes import Key, boolean, mapping, number, one_of, sequence, text, tolerated

OPERATORS = ("gt", "lt", "gte", "lte")
TARGET_SPEC = mapping({"description": described(), "target": Key(text(), required=True)})
_CONDITION = mapping(
    {
        "kind": Key(one_of("burnrate"), required=True),
        "op": Key(one_of(*OPERATORS), required=True, bars=False),
        "threshold": Key(number(), required=True),
        "lookbackWindow": Key(duration, required=True),
        "alertAfter": Key(duration),
    }
)
CONDITION_SPEC = mapping(
    {
        "description": described(),
        "severity": Key(text(), required=True, bars=False),
        "condition": Key(_CONDITION, required=True),
    }
)
POLICY = mapping(
    {
        "description": described(),
        "alertWhenNoData": Key(boolean),
        "alertWhenBreaching": Key(boolean),
        "alertWhenResolved": Key(boolean),
        "conditions": Key(
            sequence(
                reference_or_inline("conditionRef", "AlertCondition", CONDITION_SPEC, ignored=("operator",)),
                1,
                1,
                "write one policy for each condition",
            ),
            required=True,
        ),
        "notificationTargets": Key(
            tolerated(sequence(reference_or_inline("targetRef", "AlertNotificationTarget", TARGET_SPEC), 1)),
            required=True,
            bars=False,
        ),
    },
)
