"""Jinja templates, loaded once. They make Markdown, so nothing is escaped by itself: templates call `escape`."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def _template(name: str) -> Template:
    environment = Environment(  # noqa: S701 Markdown needs another escaping than HTML; `escape` does both
        loader=PackageLoader("mkdocs_sre.pages"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def render(template: str, /, **values: object) -> str:
    """Return what a template makes of the values."""
    return _template(template).render(**values)
