"""`mkdocs-sre explain`: what a rule wants and why."""

from __future__ import annotations

import click

from mkdocs_sre.cli.group import EXIT_CODES, in_colour, main, stop, write


@main.command(epilog=EXIT_CODES)
@click.argument("code")
def explain(*, code: str) -> None:
    """Tell what a rule wants and why, with an example and what to write instead.

    \b
    mkdocs-sre explain DOC202
    mkdocs-sre explain missing-key
    """
    from mkdocs_sre.checks.registry import find_rule, nearest  # noqa: PLC0415
    from mkdocs_sre.pages.rules import rule_markdown  # noqa: PLC0415

    rule = find_rule(code)
    if rule is None:
        near = nearest(code)
        stop(f"`{code}` is no rule" + (f"; did you mean `{near}`?" if near else "; the page of rules lists all"))
    text = rule_markdown(rule)
    if not in_colour():
        write(text + "\n")
        return
    from rich.console import Console  # noqa: PLC0415 only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    Console().print(Markdown(text))
