"""The MkDocs plugin `sre`: events in, engine called, files out; no logic of its own."""

from mkdocs_sre.plugin.adapter import SrePlugin

__all__ = ["SrePlugin"]
