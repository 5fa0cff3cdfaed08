"""`check` of N documents against its floor, as JSON: `python -m benchmarks.check DOCS_DIR ROUNDS`.

The floor is what any checker must do: read each file, split it into lines once, let libyaml compose its front matter
with marks, and validate it by its pydantic model.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mkdocs_sre import knowledge
from mkdocs_sre.checks.registry import rules
from mkdocs_sre.checks.run import check
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = date(2026, 3, 9)


def _plain(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else None


def prepared(docs: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return the files with the values of their front matter, so that the floor need not build them."""
    found = []
    for file in sorted(docs.rglob("*.md")):
        node = yaml.compose(file.read_text(encoding="utf-8").split("---\n", 2)[1], yaml.CSafeLoader)
        found.append((file, _plain(node)))
    return found


def floor(files: list[tuple[Path, dict[str, Any]]]) -> None:
    """Do what cannot be left out, and nothing else, garbage collection paused as the engine does."""
    models = kinds()
    kept = []
    with paused_collection():
        for file, values in files:
            text = file.read_bytes().decode("utf-8")
            lines = text.split("\n")
            node = yaml.compose(text.split("---\n", 2)[1], yaml.CSafeLoader)
            kept.append((lines, node, models[values["type"]].model_validate(values)))


def whole(docs: Path) -> None:
    """Do what `mkdocs-sre check` does after its imports."""
    settings = Settings()
    found = check(knowledge.load(settings, docs), AS_OF)
    if found:
        raise SystemExit(f"the synthetic base has findings: {found[0]}")


def seconds(work: Callable[[], None]) -> float:
    """Return the process time of one call, garbage of earlier ones collected before."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def main(folder: str, rounds: str) -> None:
    """Print `{check_seconds, floor_seconds, peak_megabytes}`, the least of the rounds; the peak is that of `check`."""
    docs = Path(folder)
    rules()
    whole_seconds = [seconds(lambda: whole(docs))]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    files = prepared(docs)
    floor_seconds = []
    for _ in range(int(rounds)):
        floor_seconds.append(seconds(lambda: floor(files)))
        whole_seconds.append(seconds(lambda: whole(docs)))
    print(
        json.dumps({"check_seconds": min(whole_seconds), "floor_seconds": min(floor_seconds), "peak_megabytes": peak})
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
