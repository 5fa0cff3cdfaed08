"""The option `--as-of`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import click


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | Literal["today"] | None:
    if value is None or value == "today":
        return "today" if value else None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        raise click.BadParameter("must be a day, YYYY-MM-DD, or `today`") from None


as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    callback=_day,
    help="The day that due dates are compared with, or `today`. Default: that of the configuration, else of the last commit.",
)
