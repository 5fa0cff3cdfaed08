"""Measure every bound, print the table, write `benchmarks/RESULTS.md`; exit 1 when a bound does not hold."""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.repository import make
from benchmarks.synthetic import write

PAGES = 1_000  # of the Material build
DOCUMENTS = 10_000  # of the check
REPOSITORIES = (2_000, 10_000)  # pages of the repositories with a past
COMMITS = 1_000  # of each of them
ROUNDS = 3  # each measurement is repeated this often, in turns, since the machine is shared
RESULTS = Path(__file__).parent / "RESULTS.md"

_CONFIGURATION = """\
site_name: Benchmark
docs_dir: {docs}
site_dir: {site}
theme:
  name: material
  font: false
  features: [navigation.prune, navigation.tabs]
markdown_extensions: [admonition, attr_list, md_in_html, tables, pymdownx.details, pymdownx.highlight, pymdownx.superfences]
plugins:
  - search
{plugin}
"""


@dataclass(frozen=True)
class Row:
    """One measured value and the bound that it must keep, from below when `least`; None when it is only told."""

    what: str
    value: float
    unit: str
    bound: float | None
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.least else self.value <= self.bound


def _run(module: str, *arguments: str) -> dict[str, Any]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise SystemExit(f"{module} failed:\n{done.stdout}\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _builds(folder: Path, *, spread: bool) -> tuple[float, float, float]:
    """Return the plugin's share in percent, the ratio per page built, and the CPU milliseconds of a page without it."""
    docs = folder / "docs"
    write(docs, PAGES, spread=spread)
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    files = {}
    for name, plugin in (("with", "  - sre:\n      as_of: 2026-03-09"), ("without", "")):
        files[name] = folder / f"{name}.yml"
        text = _CONFIGURATION.format(docs=docs, site=folder / f"site-{name}", plugin=plugin)
        files[name].write_text(text, encoding="utf-8")
    runs: dict[str, list[dict[str, Any]]] = {"with": [], "without": []}
    for _ in range(ROUNDS):
        for name, done in runs.items():
            done.append(_run("benchmarks.build", str(files[name])))
    on, off = (min(done, key=lambda one: one["build_seconds"]) for done in runs.values())
    share = 100 * on["plugin_seconds"] / on["build_seconds"]
    plain = off["build_seconds"] / off["pages"]
    return share, on["build_seconds"] / on["pages"] / plain, 1000 * plain


def build_rows(folder: Path) -> list[Row]:
    """Measure whole Material builds with and without the plugin, in turns.

    The bounds are for documents that stand where `mkdocs-sre new` puts them. Spread over many small folders, Material
    draws far less of a sidebar on each page, so the same work of ours is a larger share: that is told beside it.
    """
    share, ratio, _ = _builds(folder / "kinds", spread=False)
    small_share, small_ratio, small_page = _builds(folder / "spread", spread=True)
    pages = f"{PAGES:,} pages"
    return [
        Row(f"plugin's own CPU in a Material build of {pages}", share, "% of the build", 3.0),
        Row("whole build with the plugin against without it, per page built", ratio, "times", 1.10),
        Row("the same own CPU, pages in folders of 100", small_share, "% of the build", None),
        Row("the same whole build, pages in folders of 100", small_ratio, "times", None),
        Row("a page of that build without the plugin", small_page, "ms of CPU", None),
    ]


def check_rows(folder: Path) -> list[Row]:
    """Measure `check` against its floor, its growth and its memory."""
    large, small = folder / "large", folder / "small"
    write(large, DOCUMENTS)
    write(small, DOCUMENTS // 10)
    many, few = (_run("benchmarks.check", str(docs), str(ROUNDS)) for docs in (large, small))
    growth = math.log10(many["check_seconds"] / few["check_seconds"])
    return [
        Row(
            f"check of {DOCUMENTS:,} documents against its floor",
            many["check_seconds"] / many["floor_seconds"],
            "times",
            2.0,
        ),
        Row(f"growth of check from {DOCUMENTS // 10:,} to {DOCUMENTS:,} documents", growth, "exponent", 1.1),
        Row(f"peak memory of check of {DOCUMENTS:,} documents", many["peak_megabytes"], "MB", None),
        Row(f"check of {DOCUMENTS:,} documents", many["check_seconds"], "s of CPU", None),
    ]


def graph_rows() -> list[Row]:
    """Measure the dependency arithmetic against `networkx.ancestors`, against recomputing, its growth and its memory."""
    speed, pairs, growth, memory = (_run("benchmarks.graph", what) for what in ("speed", "pairs", "growth", "memory"))
    exponent = math.log(growth["many_seconds"] / growth["small_seconds"])
    exponent /= math.log(growth["many_elements"] / growth["small_elements"])
    both = "single points and blast radii of 5,000 services"
    return [
        Row(
            f"{both}: `networkx.ancestors` of each ({speed['ancestors']:,.0f} on the average) against them",
            speed["ancestors_seconds"] / speed["down_seconds"],
            "times",
            100,
            least=True,
        ),
        Row(
            "the same, with what degrades told as well",
            speed["ancestors_seconds"] / speed["degraded_seconds"],
            "times",
            None,
        ),
        Row(
            f"the same without it, in a flat system ({speed['flat_ancestors']:,.0f} ancestors on the average)",
            speed["flat_ancestors_seconds"] / speed["flat_down_seconds"],
            "times",
            None,
        ),
        Row(both, 1000 * speed["down_seconds"], "ms of CPU", None),
        Row(
            f"double points in a cone of {pairs['cone']:,} elements: recomputing for each candidate against them",
            pairs["recomputed_seconds"] / pairs["pairs_seconds"],
            "times",
            20,
            least=True,
        ),
        Row(
            f"growth of the single pass from {growth['small_elements']:,} to {growth['many_elements']:,} elements",
            exponent,
            "exponent",
            None,
        ),
        Row(f"peak memory of all of {memory['elements']:,} elements", memory["peak_megabytes"], "MB", 200),
    ]


def history_rows(folder: Path) -> list[Row]:
    """Measure the immutability check of whole repositories against git alone, `git log --follow`, and itself warm."""
    rows = []
    for files in REPOSITORIES:
        make(folder / str(files), files, COMMITS)
        told = _run("benchmarks.history", str(folder / str(files)), str(ROUNDS))
        cold, what = told["check_seconds"], f"{files:,} pages, {COMMITS:,} commits"
        rows += [
            Row(
                f"immutability check of {what}, against the bare `git log` and `git cat-file` that it needs",
                cold / told["bare_seconds"],
                "times",
                2.0,
            ),
            Row(
                f"`git log --follow` of each of its {told['reviews']:,} reviews (estimated from {told['sample']}) against it",
                told["follow_seconds"] / cold,
                "times",
                100,
                least=True,
            ),
            Row("the same after one more commit, with what was kept", told["warm_seconds"] / cold, "of cold", 0.25),
            Row(f"immutability check of {what}", cold, "s of CPU", None),
        ]
    return rows


def slo_rows() -> list[Row]:
    """Measure the export of objectives as rules of Prometheus against libyaml's emitter with the same text."""
    told, rows = _run("benchmarks.slo"), []
    for form, name in (("sloth", "in Sloth's form"), ("own", "with runbooks and windows told")):
        found = told[form]
        what = f"export of 1,000 objectives ({found['rules']:,} rules) {name}"
        rows += [
            Row(
                f"{what}, against libyaml's emitter alone, given events of the same text",
                found["export_seconds"] / found["bare_seconds"],
                "times",
                3.0,
            ),
            Row(
                "the same against PyYAML's `dump` with libyaml's emitter",
                found["export_seconds"] / found["dump_seconds"],
                "times",
                None,
            ),
        ]
    return rows


def table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | measured | bound | holds |", "| --- | --- | --- | --- |"]
    for row in rows:
        bound = "" if row.bound is None else f"{'>=' if row.least else '<='} {row.bound:g}"
        lines.append(
            f"| {row.what} | {row.value:.2f} {row.unit} | {bound} | {'' if row.bound is None else 'yes' if row.holds else 'NO'} |"
        )
    return "\n".join(lines)


def machine() -> str:
    """Return the machine and the versions that the numbers were measured with."""
    names = ("mkdocs", "mkdocs-material", "pydantic", "PyYAML", "Markdown", "networkx")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}"


def main() -> int:
    """Measure, print, write; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            *check_rows(folder / "check"),
            *build_rows(folder / "build"),
            *graph_rows(),
            *history_rows(folder / "history"),
            *slo_rows(),
        ]
    text = f"# Benchmarks\n\nWritten by `make bench`: ratios within one run; CPU time, the least of {ROUNDS} rounds in turns, since load from outside only adds. Documents have 2 KB of text and 15 lines of front matter and stand in the folders of their kinds, as `mkdocs-sre new` puts them; spread over small folders, Material draws far less of a sidebar on each page, and the same work of ours is a larger share. Systems of services are drawn from a seed (`benchmarks/graph.py`): each needs three to seven of lower layers; four of five dependencies are plain, except for double points, where half are met by either of two; one service of twenty has three copies. Repositories with a past (`benchmarks/repository.py`) are written by `git fast-import`: half of their pages are reviews, each a draft first and final twenty commits later, and each commit corrects two runbooks; loading the pages is not counted, reading the files of the reviews is, and so is git's own CPU.\n\n{table(rows)}\n\n{machine()}\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
