"""The plugin's options as MkDocs sees them; `mkdocs_sre.settings` says what they mean and checks them."""

from __future__ import annotations

from typing import Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config


class SreConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves `__init_subclass__` untyped
    """One option for each field of `Settings`."""

    as_of = c.Optional(c.Type(object))
    folders = c.Type(list, default=[])
    section_schemes = c.Type(dict, default={})
    levels = c.Type(dict, default={})
    waivers = c.Optional(c.Type(str))
    catalogues = c.Type((list, str), default=[])
    owners = c.Type(list, default=[])
    severities = c.Type(dict, default={})
    statuses = c.Type(dict, default={})
    timezone = c.Optional(c.Type(str))
    history = c.Type(dict, default={})
    freshness = c.Type(dict, default={})
    alerts = c.Type(dict, default={})
    slos = c.Type(dict, default={})
    vague_phrases = c.Type(list, default=[])
    blame_phrases = c.Type(list, default=[])
    pages = c.Type(bool, default=True)
    navigation = c.Type(bool, default=True)

    def options(self) -> dict[str, Any]:
        """Return the options that are given."""
        return {key: value for key, value in self.items() if value is not None}
