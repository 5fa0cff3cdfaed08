"""The objective as its key holds it: percent, above 1 and below 100, and what was probably meant by anything else."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.values import Words, parse_number

RULE = "objective-out-of-range"  # the name of the rule that reports what is refused here


def parse_objective(value: Any) -> Decimal:
    """Return an objective in percent, exactly as written.

    Raises PydanticCustomError (`sre_value`) for what is no number, and for what leaves no budget (100 and more) or asks for
    nothing (0 and less); up to 1 it is a ratio. Its context holds the name of the rule that reports it, and the cure.
    """
    meant = _without_signs(value)
    if meant is not None:
        raise _refusal("must be a plain number of percent: no `%`, and a point where it has decimals", _meant(meant))
    number = parse_number(value)
    if number <= 0:
        raise _refusal(f"is {number:f} %, which asks for nothing", "say how much must be good, such as 99.9")
    if number == 100:  # noqa: PLR2004 percent
        raise _refusal("is 100 %, which leaves no error budget", "promise less, such as 99.9")
    if number > 100:  # noqa: PLR2004 percent
        raise _refusal(f"is {number:f} %, more than all", _meant(_with_point(number)))
    if number <= 1:
        good = number if number >= Decimal("0.5") else 1 - number  # a small one is the share that may be bad
        raise _refusal(f"is {number:f}, a ratio where a number of percent belongs", _meant(good * 100))
    return number


def _without_signs(value: Any) -> Decimal | None:
    """Return the number in a text such as `99.9%` or `99,9`; None in any other."""
    if not isinstance(value, str):
        return None
    text = value.strip().removesuffix("%").strip().replace(",", ".", 1)
    try:
        return parse_number(text) if text != value.strip() else None
    except PydanticCustomError:
        return None


def _with_point(number: Decimal) -> Decimal:
    """Return a number of which the point was left out, 999 for 99.9; 0 where it was not that."""
    digits = f"{number:f}"
    return Decimal(f"{digits[:2]}.{digits[2:]}") if digits.isdigit() and digits.startswith("9") else Decimal(0)


def _meant(number: Decimal) -> str:
    sensible = 1 < number < 100  # noqa: PLR2004 percent
    return f"did you mean {number.normalize():f}?" if sensible else "promise less than 100, such as 99.9"


def _refusal(message: str, cure: str) -> PydanticCustomError:
    return PydanticCustomError("sre_value", "{message}", {"message": message, "rule": RULE, "cure": cure})


Objective = Annotated[
    Decimal,
    BeforeValidator(parse_objective),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 100}),
    Words("a number of percent, above 1 and below 100", "numbers of percent, above 1 and below 100"),
]
