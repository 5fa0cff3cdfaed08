"""One Material build in this process, and its CPU time as JSON: `python -m benchmarks.build MKDOCS_YML`.

With the plugin in the configuration, the process time spent inside its event handlers is told too, git included.
"""

from __future__ import annotations

import functools
import json
import logging
import resource
import sys
import time
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import CombinedEvent

from mkdocs_sre.plugin import SrePlugin

EVENTS = tuple(name for name in vars(SrePlugin) if name.startswith("on_"))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _timed(event: Any, spent: list[float]) -> Any:
    """Return the event handler, or each of several under one event's name, with its time added to `spent`."""
    if isinstance(event, CombinedEvent):
        return CombinedEvent(*(_timed(method, spent) for method in event.methods))
    return _timed_function(event, spent)


def _timed_function(function: Any, spent: list[float]) -> Any:
    @functools.wraps(function)
    def wrapper(*arguments: Any, **options: Any) -> Any:
        start, children = time.process_time(), _children()
        try:
            return function(*arguments, **options)
        finally:
            spent.append(time.process_time() - start + _children() - children)

    return wrapper


def main(configuration: str) -> None:
    """Build once and print `{build_seconds, plugin_seconds, pages}`."""
    logging.disable(logging.WARNING)
    spent: list[float] = []
    for event in EVENTS:
        setattr(SrePlugin, event, _timed(vars(SrePlugin)[event], spent))
    config = load_config(configuration)
    config.plugins.on_startup(command="build", dirty=False)
    start, children = time.process_time(), _children()
    build(config)
    seconds = time.process_time() - start + _children() - children
    pages = sum(1 for _ in Path(config.site_dir).rglob("index.html"))
    print(json.dumps({"build_seconds": seconds, "plugin_seconds": sum(spent), "pages": pages}))


if __name__ == "__main__":
    main(sys.argv[1])
