"""A small shop whose objectives take every form, and promtool run on what is exported of it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.slo.exports import Context, Export, exporters
from mkdocs_sre.slo.targets import Target, targets_of
from tests.tree import parse_tree

EVENTS = """\
sli:
  bad: sum(rate(requests_total{code=~"5.."}[{{.window}}]))
  total: sum(rate(requests_total[{{.window}}]))
"""


def document(front: str, identifier: str = "cart-answers", window: str = "30d", objective: str = "99.9") -> str:
    """Return the text of a document with these further lines of front matter."""
    return f"---\ntype: slo\nid: {identifier}\nservice: cart\nbehaviour: The basket opens.\nobjective: {objective}\nwindow: {window}\n{front}---\n\n# The basket opens\n"


def targets(*documents: str) -> list[Target]:
    """Return the objectives of documents, each of which must be without defect."""
    tree = "".join(
        f"sre/slos/{number:03}.md\n{indent(text, '    | ', lambda _: True)}\n" for number, text in enumerate(documents)
    )
    base = parse_tree(tree).base()
    found = base.of_kind(ServiceLevelObjective)
    assert len(found) == len(documents), [defect for source in base.sources for defect in source.defects]
    return [target for slo in found for target in targets_of(slo)]


def export(found: Sequence[Target], form: str = "prometheus", **options: Any) -> Export:
    """Return an export of a site at an address, whose runbooks and owner are known."""
    known = {one.id.lower(): one for one in found}
    given = {
        "page_url": lambda target: f"https://sre.example/slos/{target.slo.id}/",
        "runbook_url": lambda _, calls: f"https://sre.example/runbooks/{calls}/",
        "owner": lambda _: "@team-cart",
        "find": lambda identifier: known.get(identifier.lower()),
    }
    return exporters()[form](found, Context(**(given | options)))


def rules_of(text: str) -> list[dict[str, Any]]:
    """Return the rules of a rule file."""
    return [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


def write(made: Export, folder: Path) -> list[str]:
    """Write an export, and return the names of its files."""
    for file in made.files:
        place = folder / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(file.text, encoding="utf-8")
    return [file.name for file in made.files]


def run(promtool: str, folder: Path, *arguments: str) -> str:
    """Run promtool in a folder; what it says, empty where it is content."""
    done = subprocess.run([promtool, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr) if done.returncode else ""


def evaluate(
    promtool: str, folder: Path, series: Mapping[str, str], expected: Mapping[str, float | None], at: str = "2h"
) -> str:
    """Look at expressions over series, in promtool's notation, each a minute; None expects no sample. Return what is wrong."""
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {
                "expr": expression,
                "eval_time": at,
                "exp_samples": [] if value is None else [{"labels": "{}", "value": value}],
            }
            for expression, value in expected.items()
        ],
    }
    whole = {"rule_files": [], "evaluation_interval": "1m", "tests": [test]}
    (folder / "expressions.test.yml").write_text(yaml.safe_dump(whole, width=100_000), encoding="utf-8")
    return run(promtool, folder, "test", "rules", "expressions.test.yml")
