"""Which rule files and configurations of Alertmanager a site has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration
from mkdocs_sre.reading.monitoring_files import monitoring_files
from mkdocs_sre.settings import SettingsError

Write = Callable[[Mapping[str, str | bytes]], Path]
RULES = "groups:\n- name: g\n  rules:\n  - {alert: %s, expr: 1}\n"
ROUTES = "route: {receiver: a}\nreceivers: [{name: a}]\n"
CONFIGURATION = """\
site_name: T
plugins:
  - sre:
      alerts:
        rules: %s
        alertmanager: %s
"""


def loaded(write: Write, rules: str, alertmanager: str, files: Mapping[str, str | bytes]) -> Monitoring:
    folder = write({"mkdocs.yml": CONFIGURATION % (rules, alertmanager), "docs/index.md": "# T\n", **files})
    site = load_configuration(folder / "mkdocs.yml")
    found = load(site.settings, site.docs_dir, site.exclude, site.file).monitoring
    assert {one.name for one in monitoring_files(site.settings, folder)} == {Path(name).name for name in files}
    return found


def test_both_options_are_read_in_order_of_files(write: Write) -> None:
    files = {"r/b.yaml": RULES % "B", "r/x/a.yml": RULES % "A", "am.yml": ROUTES}
    found = loaded(write, "['r/**']", "am.yml", files)
    assert [(rule.name, rule.file, rule.place.path) for rule in found.rules] == [
        ("B", "r/b.yaml", "../r/b.yaml"),
        ("A", "r/x/a.yml", "../r/x/a.yml"),
    ]
    assert [routing.file for routing in found.routings] == ["am.yml"]
    assert found.defects == ()


def test_without_the_options_nothing_is_read(write: Write) -> None:
    assert loaded(write, "[]", "[]", {}) == Monitoring()


def test_patterns_that_match_nothing_are_told_where_they_stand(write: Write) -> None:
    found = loaded(write, "[a.yaml, gone/*.yaml]", "none.yml", {"a.yaml": RULES % "A"})
    told = [(one.name, str(one.fault.location)) for one in found.defects]
    assert told == [("pattern-without-rules", "../mkdocs.yml:5:25"), ("pattern-without-rules", "../mkdocs.yml:6:9")]
    assert "rule file" in found.defects[0].fault.message
    assert "Alertmanager" in found.defects[1].fault.message


def test_no_link_leaves_the_folder(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text(RULES % "Secret", encoding="utf-8")
    folder = write({"r/a.yaml": RULES % "A"})
    (folder / "r/b.yaml").symlink_to(outside)
    files = {"r/a.yaml": RULES % "A"}
    folder = write({"mkdocs.yml": CONFIGURATION % ("['r/*']", "[]"), "docs/index.md": "# T\n", **files})
    site = load_configuration(folder / "mkdocs.yml")
    found = load(site.settings, site.docs_dir, site.exclude, site.file).monitoring
    assert [rule.name for rule in found.rules] == ["A"]
    assert [(one.name, one.fault.location.path) for one in found.defects] == [("unreadable-rule-file", "../r/b.yaml")]


@pytest.mark.parametrize(
    ("rules", "alertmanager", "path"), [("['../x']", "[]", "alerts.rules.0"), ("[]", "/etc/*", "alerts.alertmanager.0")]
)
def test_a_pattern_that_leads_out_is_refused(write: Write, rules: str, alertmanager: str, path: str) -> None:
    with pytest.raises(SettingsError, match=path):
        loaded(write, rules, alertmanager, {})
