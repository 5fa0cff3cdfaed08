"""`mkdocs-sre slo`: objectives to and from other forms, and what is left of their budgets."""

from __future__ import annotations

from mkdocs_sre.cli.group import main


@main.group(short_help="Write objectives for other programs, read theirs, tell what is left of budgets.")
def slo() -> None:
    """Write service level objectives for other programs, read theirs, and tell what is left of error budgets."""
