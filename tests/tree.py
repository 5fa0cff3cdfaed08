"""Docs folders as text: a path on a line, its content below behind `|`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from mkdocs_sre.analyses.history import remember
from mkdocs_sre.checks.run import examine
from mkdocs_sre.documents.catalogue import Catalogue
from mkdocs_sre.documents.finding import Defect, Finding
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import find_mark
from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.history.recall import Ground
from mkdocs_sre.history.remembered import History
from mkdocs_sre.history.seals import LOCK
from mkdocs_sre.knowledge import KnowledgeBase, assemble
from mkdocs_sre.reading.alertmanager import read_alertmanager
from mkdocs_sre.reading.catalogue import read_catalogue, together
from mkdocs_sre.reading.catalogue_files import catalogue_patterns
from mkdocs_sre.reading.monitoring_files import (
    alertmanager_patterns,
    results_path,
    rule_patterns,
    slo_results_path,
)
from mkdocs_sre.reading.monitoring_files import together as monitoring_together
from mkdocs_sre.reading.nodes import construct
from mkdocs_sre.reading.page_results import read_page_results
from mkdocs_sre.reading.patterns import Patterns
from mkdocs_sre.reading.rule_files import read_rules
from mkdocs_sre.reading.slo_results import read_slo_results
from mkdocs_sre.reading.source import read
from mkdocs_sre.reading.waivers import WaiverFile, parse_waivers
from mkdocs_sre.settings import Settings

AS_OF = date(2026, 3, 9)
OPTIONS = "options"  # the path under which a tree gives the plugin's options
YAML_ENDINGS = (".yaml", ".yml")  # of catalogues, rule files and such, which an option must match
OTHER_ENDINGS = (*YAML_ENDINGS, ".svg", ".lock", ".csv", ".json")  # of files that are no pages
WAIVERS = "sre-waivers.yml"  # the path under which it gives the waivers file, which is no document
NOTE = re.compile(r"\s+(?:#|<!--) ((?:[A-Z]{3}\d{3} ?)+)(?:-->)?$")  # the codes expected at a line


@dataclass
class Tree:
    """Files by path, the plugin's options, and the codes that are expected at places."""

    files: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    expected: set[tuple[str, int, str]] = field(default_factory=set)
    option_lines: list[str] = field(default_factory=list)

    def base(self) -> KnowledgeBase:
        settings = Settings.load(self.options)
        documents = [read(path, text.encode()) for path, text in self.files.items() if not path.endswith(OTHER_ENDINGS)]
        return assemble(settings, documents, self.catalogue(settings), self.monitoring(settings))

    def catalogue(self, settings: Settings) -> Catalogue:
        found, defects = self.matching(catalogue_patterns(settings))
        catalogues = [read_catalogue(path, self.files[path].encode()) for path in found]
        return together([*catalogues, Catalogue(defects=(*defects,))])

    def monitoring(self, settings: Settings) -> Monitoring:
        found: list[Monitoring] = []
        for patterns, reader in (
            (rule_patterns(settings), read_rules),
            (alertmanager_patterns(settings), read_alertmanager),
        ):
            paths, defects = self.matching(patterns)
            found += [*(reader(path, self.files[path].encode()) for path in paths), Monitoring(defects=(*defects,))]
        results = results_path(settings)
        if results in self.files:
            found.append(read_page_results(results, self.files[results].encode()))
        measured = slo_results_path(settings)
        if measured in self.files:
            found.append(read_slo_results(measured, self.files[measured].encode()))
        return monitoring_together(found)

    def matching(self, patterns: Patterns) -> tuple[list[str], list[Defect]]:
        """Return the files that an option's patterns match, and what is wrong with the patterns."""
        kept = sorted(patterns.matching(self.files.keys() - {WAIVERS}))
        marks = construct("\n".join(self.option_lines), OPTIONS, 1).marks

        def place(position: int) -> Location:
            mark = find_mark(marks, (*patterns.option, position))
            return Location(OPTIONS, mark.line, mark.column) if mark else Location(OPTIONS)

        return kept, [*patterns.without_file(kept, place)]

    def findings(self) -> list[Finding]:
        base = self.base()
        as_of = base.settings.as_of
        day = as_of if isinstance(as_of, date) else AS_OF
        return examine(base, day, self.waivers(), history=self.history(base)).findings

    def history(self, base: KnowledgeBase) -> History:
        """Return what the seals say, if the tree holds them; it is written to a folder outside of any repository."""
        if LOCK not in self.files:
            return History()
        with TemporaryDirectory() as name:
            docs = Path(name)
            for path, text in self.files.items():
                (docs / path).parent.mkdir(parents=True, exist_ok=True)
                (docs / path).write_text(text, encoding="utf-8")
            return remember(base, Ground(docs, docs, lambda path: self.files[path].encode()))

    def waivers(self) -> WaiverFile:
        return parse_waivers(self.files.get(WAIVERS, ""), WAIVERS)


def parse_tree(text: str) -> Tree:
    """Return the tree that the text draws. `# CODE` or `<!-- CODE -->` at a line's end is taken off and expected there."""
    tree = Tree()
    lines: dict[str, list[str]] = {}
    path = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("|"):
            content = line[1:].removeprefix(" ")
            note = NOTE.search(content)
            if note:
                content = content[: note.start()]
                tree.expected |= {(path, len(lines[path]) + 1, code) for code in note[1].split()}
            lines[path].append(content)
        elif line:
            path = line.removeprefix("docs/")
            lines[path] = []
    options = lines.pop(OPTIONS, None)
    tree.options = yaml.safe_load("\n".join(options)) if options else {}
    tree.option_lines = options or []
    tree.files = {name: "\n".join([*content, ""]) for name, content in lines.items()}
    return tree


def example_tree(text: str) -> Tree:
    """Return the tree of a rule's example: a `tree` block, a whole `markdown` file, or the `yaml` of one's head."""
    match = re.search(r"(`{3,4})(\w+)\n(.*?)\n\1", text, re.DOTALL)
    assert match, f"no fenced block in {text!r}"
    language, content = match[2], match[3]
    if language == "tree":
        return parse_tree(content)
    if language == "markdown":
        return Tree({"example.md": content + "\n"})
    assert language == "yaml", f"an example is yaml, markdown or tree, not {language}"
    return Tree({"example.md": f"---\n{content}\n---\n"})
