"""Sloth's example specs, imported and exported again: in Sloth's form the rules are Sloth's, and promtool takes them all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.reading.documents import Typing
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings
from mkdocs_sre.sites.slo_import import completion_of, imported
from mkdocs_sre.slo.document_text import document_text
from mkdocs_sre.slo.exports import Context, Export, exporters
from mkdocs_sre.slo.targets import Target, targets_of

CASES = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere"))
SLOTH = CASES / "slo/sloth"
SPECS = sorted(one.name for one in (SLOTH / "in").glob("*.yml"))
WINDOWS = sorted(one.name for one in (SLOTH / "windows").glob("*.yaml"))
RUN = MappingProxyType({"cmd": "examplesgen.sh"})  # the label that Sloth was told to put on every rule
NUMBER = re.compile(r"(?<![\w:.])\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])")
PROMTOOL = shutil.which("promtool") or "promtool"
CLOSE = 1e-9  # relative


@pytest.fixture(autouse=True)
def _cases() -> None:
    if not SPECS:
        pytest.fail("set MKDOCS_SRE_CASES to the folder of the cases")


def targets_in(spec: Path, windows: Path | None = None) -> list[Target]:
    """Return the objectives of a spec, as they are read from the documents that the import writes."""
    made = imported([spec], completion_of([windows] if windows else [], None, ""))
    found = []
    for one in made.documents:
        source = read(f"sre/slos/{one.id}.md", document_text(one).encode())
        documents = Typing(Settings()).documents(source)
        assert source.defects == []
        found += [slo for slo in documents if isinstance(slo, ServiceLevelObjective)]
    return [target for slo in found for target in targets_of(slo)]


def export(targets: list[Target], form: str = "prometheus", **options: Any) -> Export:
    known = {one.id.lower(): one for one in targets}
    return exporters()[form](targets, Context(find=lambda name: known.get(name.lower()), labels=RUN, **options))


def rules(text: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return all rules by their group, their name, and what tells apart the two alerts of a name."""
    found = {}
    for document in yaml.safe_load_all(text):
        for group in (document or {}).get("groups", []):
            for rule in group["rules"]:
                name = rule.get("record") or rule["alert"]
                key = group["name"], name, rule["labels"].get("sloth_severity", "")
                assert key not in found
                found[key] = rule
    return found


def same(ours: str, theirs: str) -> bool:
    """Whether two expressions are the same but for white space, and numbers but for the last digits."""
    one, other = ("".join(text.split()) for text in (ours, theirs))
    numbers = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return NUMBER.sub("0", one) == NUMBER.sub("0", other) and all(
        abs(float(mine) - float(their)) <= CLOSE * abs(float(their)) for mine, their in numbers
    )


@pytest.mark.parametrize("spec", SPECS)
def test_rules_in_sloths_form_are_those_of_sloth(spec: str) -> None:
    made = export(targets_in(SLOTH / "in" / spec), sloth_form=True)
    ours: dict[tuple[str, str, str], dict[str, Any]] = {}
    for file in made.files:
        ours |= rules(file.text)
    theirs = rules((SLOTH / "out" / spec).read_text(encoding="utf-8"))
    assert ours.keys() == theirs.keys()
    for key, rule in theirs.items():
        mine = ours[key]
        assert same(mine["expr"], rule["expr"]), key
        assert mine.get("annotations") == rule.get("annotations"), key
        # What the rules were made from is told by Sloth, and is not known of a document.
        told = {"sloth_mode", "sloth_spec"} if spec.startswith("openslo") and key[1] == "sloth_slo_info" else set()
        labels = ({name: text for name, text in one["labels"].items() if name not in told} for one in (mine, rule))
        assert next(labels) == next(labels), key


def test_a_comparison_sees_what_differs() -> None:
    """The comparison itself can fail: by a number, by a label, by a name."""
    assert same("max(a{x='1'} > (14.4 * 0.001))", "max(a{x='1'}\n> (14.4 * 0.0010000000000000001))")
    assert not same("a > (14.4 * 0.001)", "a > (14.4 * 0.00100001)")
    assert not same('a_rate5m{x="1"}', 'a_rate30m{x="1"}')


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("form", ["ours", "sloth", "object"])
def test_promtool_takes_all_rules_and_their_tests_pass(spec: str, form: str, tmp_path: Path) -> None:
    targets = targets_in(SLOTH / "in" / spec)
    if form == "object":
        made = export(targets, "prometheusrule")
    else:
        made = export(targets, sloth_form=form == "sloth", with_tests=form == "ours")
    assert made.files
    tests = []
    for file in made.files:
        place = tmp_path / file.name
        place.parent.mkdir(exist_ok=True)
        text = yaml.safe_dump(yaml.safe_load(file.text)["spec"]) if form == "object" else file.text
        place.write_text(text, encoding="utf-8")
        if file.name.startswith("tests/"):
            tests.append(file.name)
        else:
            promtool("check", "rules", place.name, folder=tmp_path)
    if tests:
        promtool("test", "rules", *tests, folder=tmp_path)


@pytest.mark.parametrize("windows", WINDOWS)
def test_promtool_takes_rules_with_every_file_of_windows(windows: str, tmp_path: Path) -> None:
    targets = targets_in(SLOTH / "in/getting-started.yml", SLOTH / "windows" / windows)
    for file in export(targets, with_tests=True).files:
        place = tmp_path / file.name
        place.parent.mkdir(exist_ok=True)
        place.write_text(file.text, encoding="utf-8")
        promtool(*(("test", "rules") if "tests/" in file.name else ("check", "rules")), file.name, folder=tmp_path)


def promtool(*arguments: str, folder: Path) -> None:
    done = subprocess.run([PROMTOOL, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def recorded_tests(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((CASES / "slo/promtool").glob("*.test.yml")):
        yield file.name, yaml.safe_load(file.read_text(encoding="utf-8"))
    (folder / "r90.yml").write_bytes((CASES / "slo/promtool/r90.yml").read_bytes())


def run_recorded(test: Mapping[str, Any], folder: Path) -> None:
    groups = [group["name"] for group in yaml.safe_load((folder / "rules.yml").read_text(encoding="utf-8"))["groups"]]
    # Of itself promtool takes groups in any order, and an alert would see the ratio of a minute ago.
    ordered = {**test, "group_eval_order": groups} if test["rule_files"] == ["rules.yml"] else test
    (folder / "recorded.test.yml").write_text(yaml.safe_dump(ordered, width=10_000), encoding="utf-8")
    promtool("test", "rules", "recorded.test.yml", folder=folder)


def test_recorded_tests_pass_on_sloths_form(tmp_path: Path) -> None:
    (made,) = export(targets_in(SLOTH / "in/getting-started.yml"), sloth_form=True).files
    (tmp_path / "rules.yml").write_text(made.text, encoding="utf-8")
    recorded = [*recorded_tests(tmp_path)]
    assert len(recorded) == 3
    for _, test in recorded:
        run_recorded(test, tmp_path)


def test_recorded_tests_pass_on_our_form_but_for_annotations_and_the_0_where_there_was_nothing(tmp_path: Path) -> None:
    """Beside them one number differs: 20 is 20 in exact numbers, and 20.000000000002203 by Sloth's binary fractions."""
    (made,) = export(targets_in(SLOTH / "in/getting-started.yml")).files
    (tmp_path / "rules.yml").write_text(made.text, encoding="utf-8")
    recorded = dict(recorded_tests(tmp_path))
    fires = recorded["getting-started-fires.test.yml"]["tests"][0]
    for alert in fires["alert_rule_test"][0]["exp_alerts"]:
        alert["exp_annotations"] |= described(alert["exp_labels"]["sloth_severity"])
    (burn,) = fires["promql_expr_test"]
    assert burn["exp_samples"][0]["value"] == pytest.approx(20, abs=1e-9)
    burn["exp_samples"][0]["value"] = 20
    (nothing,) = recorded["getting-started-no-error-series.test.yml"]["tests"][0]["promql_expr_test"]
    assert nothing["exp_samples"] == []
    nothing["expr"] = "max(slo:sli_error:ratio_rate5m)"
    nothing["exp_samples"] = [{"labels": "{}", "value": 0}]
    for test in recorded.values():
        run_recorded(test, tmp_path)


def described(calls: str) -> dict[str, str]:
    pairs = {
        "page": (("5m", "1h", "1.44", "14.4"), ("30m", "6h", "0.6", "6")),
        "ticket": (("2h", "1d", "0.3", "3"), ("6h", "3d", "0.1", "1")),
    }
    # At 2 % of errors the budget of 0.1 % over 30 days lasts 30 days / 20.
    lines = [
        f"Fired by the last {short} and the last {long}, both above {percent} % (burn rate {factor}). As in the last {long}, a whole budget of 30d lasts 1d 12h 0m 0s."
        for short, long, percent, factor in pairs[calls]
    ]
    promise = "Promised: Common SLO based on availability for HTTP request responses (99.9 % over 30d). 2% are bad now."
    return {"description": "\n".join((promise, *lines))}
