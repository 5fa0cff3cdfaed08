"""Material's `offline` plugin, without the script that it loads from another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.generated import WORKER

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

NAMES = ("material/offline", "offline")
ELSEWHERE = "https://unpkg.com/iframe-worker/shim"  # what the plugin adds where nobody else gives such a script


def keep_local(config: MkDocsConfig) -> None:
    """Give a site that is built to be read from files our own script in place of the one from another host.

    It does not matter which plugin comes first: one that is there already is replaced, and one that is ours keeps the
    plugin from adding any. A script that the author has chosen stays.
    """
    found = next((config.plugins[name] for name in NAMES if name in config.plugins), None)
    if found is None or not found.config.get("enabled", True):
        return
    given = [one for one in config.extra.get("polyfills", []) if str(one) != ELSEWHERE]
    ours = [] if any("iframe-worker" in str(one) for one in given) else [WORKER]
    config.extra["polyfills"] = [*given, *ours]
