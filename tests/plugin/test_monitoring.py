"""Rule files and configurations of Alertmanager in the plugin: watched, read again when they change, and told of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files

from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.plugin import SrePlugin
from mkdocs_sre.reading.cache import FileCache
from mkdocs_sre.reading.monitoring_files import Readers
from mkdocs_sre.reading.rule_files import read_rules

Write = Callable[[Mapping[str, str | bytes]], Path]
RULES = "groups:\n- name: g\n  rules:\n  - {alert: %s, expr: 1, for: 5m, labels: {severity: info}, annotations: {summary: a, description: b}}\n"
CONFIGURATION = """\
site_name: T
plugins:
  - sre:
      as_of: 2026-03-09
      alerts: {rules: "r/*.yaml", alertmanager: am.yml}
"""
FILES = {"mkdocs.yml": CONFIGURATION, "docs/index.md": "# T\n", "r/a.yaml": RULES % "A", "r/b.yaml": RULES % "B"}
ROUTES = "route: {receiver: a}\nreceivers: [{name: a}]\n"


def test_the_files_are_watched_and_what_changes_is_read_again(write: Write) -> None:
    folder = write({**FILES, "am.yml": ROUTES})
    config = load_config(str(folder / "mkdocs.yml"))
    plugin = config.plugins["sre"]
    assert isinstance(plugin, SrePlugin)
    seen: list[str] = []

    def counted(path: str, data: bytes, file: str) -> Monitoring:
        seen.append(path)
        return read_rules(path, data, file)

    plugin.monitoring = Readers(FileCache(counted).read, plugin.monitoring.alertmanager)
    for name in ("B", "B", "C"):
        write({"r/b.yaml": RULES % name})
        config.plugins.on_config(config)
        config.plugins.on_files(Files([]), config=config)
    assert seen == ["../r/a.yaml", "../r/b.yaml", "../r/b.yaml"]
    assert plugin.site is not None
    assert [rule.name for rule in plugin.site.base.monitoring.rules] == ["A", "C"]
    assert [routing.file for routing in plugin.site.base.monitoring.routings] == ["am.yml"]
    for path in ("r/a.yaml", "r/b.yaml", "am.yml"):
        assert config.watch.count(str(folder / path)) == 1


def test_what_cannot_be_read_is_a_finding_of_the_build(write: Write) -> None:
    folder = write({**FILES, "am.yml": "route: [", "r/b.yaml": "groups:\n- rules: []\n"})
    config = load_config(str(folder / "mkdocs.yml"))
    plugin = config.plugins["sre"]
    assert isinstance(plugin, SrePlugin)
    config.plugins.on_config(config)
    config.plugins.on_files(Files([]), config=config)
    told = [(one.name, one.location.path, one.location.line) for one in plugin.findings if one.code.startswith("ALT")]
    assert told == [("unreadable-rule-file", "../am.yml", 2), ("malformed-rule", "../r/b.yaml", 2)]


def test_the_file_of_pages_is_watched_and_read_again_when_it_changes(write: Write) -> None:
    options = CONFIGURATION.replace("alertmanager: am.yml", "results: pages.csv")
    folder = write({**FILES, "mkdocs.yml": options, "pages.csv": "alert,at,led_to_action\n"})
    config = load_config(str(folder / "mkdocs.yml"))
    plugin = config.plugins["sre"]
    assert isinstance(plugin, SrePlugin)
    counts = []
    for line in ("", "A,2026-03-03 10:00,no\n", "A,2026-03-03 10:00,no\nA,then,no\n"):
        write({"pages.csv": f"alert,at,led_to_action\n{line}"})
        config.plugins.on_config(config)
        config.plugins.on_files(Files([]), config=config)
        assert plugin.site is not None
        counts.append((len(plugin.site.base.monitoring.pages), [str(one.location) for one in plugin.findings]))
    assert counts == [(0, []), (1, []), (1, ["../pages.csv:3:3"])]
    assert config.watch.count(str(folder / "pages.csv")) == 1
