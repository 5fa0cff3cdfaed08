"""`audit`: evidence that an auditor verifies with nothing but a shell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.history.canonical import canonical, digest, raw_digest
from mkdocs_sre.sites.begin import begin

DAY = date(2026, 11, 21)
PIRS = "docs/reliability/pirs"
REVIEW = f"{PIRS}/pir-2026-001.md"
LOCK = "pir-seals.lock"
IN_BUNDLE = "reviews/PIR-2026-001"
WHEN = {"GIT_COMMITTER_DATE": "2026-11-20T12:00:00Z", "GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z"}
TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
COMMIT = {
    "type": ["object", "null"],
    "properties": {"id": TEXT, "day": {"type": "string", "format": "date"}, "author": TEXT},
    "required": ["id", "day", "author"],
    "additionalProperties": False,
}


@pytest.fixture
def site(tmp_path: Path, git: Callable[..., str]) -> Path:
    """A committed site with one final review, sealed, with an image, an addendum and actions."""
    begin(tmp_path, DAY)
    file = tmp_path / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("# as_of: today", f"as_of: {DAY}"), "utf-8")
    change(tmp_path, "## Lessons", "![A graph](img/a.png) ![A drawing](/b.svg)\n\n## Lessons")
    (tmp_path / PIRS / "img").mkdir()
    (tmp_path / PIRS / "img/a.png").write_bytes(b"png\r\n")
    (tmp_path / "docs/b.svg").write_bytes(b"<svg>\r\n</svg>")
    (tmp_path / LOCK).unlink()
    run(tmp_path, "seal")
    git("init", "-q")
    commit(git)
    return tmp_path


def commit(git: Callable[..., str]) -> None:
    git("add", "-A", "docs", "mkdocs.yml", LOCK)
    git("commit", "-qm", "Write", **WHEN)


def change(folder: Path, old: str = "64 orders", new: str = "71 orders") -> None:
    text = (folder / REVIEW).read_text("utf-8")
    assert old in text
    (folder / REVIEW).write_text(text.replace(old, new), "utf-8")


def run(folder: Path, name: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [name, "-f", str(folder / "mkdocs.yml"), *arguments])


def audit(folder: Path, out: str = "evidence", code: int = 0) -> dict[str, bytes]:
    """Write the bundle; return its files by path."""
    result = run(folder, "audit", "--out", str(folder / out))
    assert result.exit_code == code, result.output
    return {
        one.relative_to(folder / out).as_posix(): one.read_bytes() for one in (folder / out).rglob("*") if one.is_file()
    }


def manifest(files: dict[str, bytes]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(files["manifest.json"])
    return told


def only(files: dict[str, bytes]) -> dict[str, Any]:
    (review,) = manifest(files)["reviews"]
    return dict(review)


def shell(folder: Path, line: str) -> str:
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_it_holds_everything_about_a_review(site: Path, git: Callable[..., str]) -> None:
    files = audit(site)
    assert set(files) == {
        ".mkdocs-sre-audit",
        "README.md",
        "SHA256SUMS",
        "manifest.json",
        LOCK,
        *(f"{IN_BUNDLE}/{name}" for name in ("record.md", "actions.json", "addenda/ADD-2026-001-1.md")),
        f"{IN_BUNDLE}/attachments/1-b.svg",
        f"{IN_BUNDLE}/attachments/2-a.png",
    }
    assert files[f"{IN_BUNDLE}/record.md"] == (site / REVIEW).read_bytes()
    assert files[f"{IN_BUNDLE}/attachments/2-a.png"] == b"png\r\n"
    assert files[f"{IN_BUNDLE}/attachments/1-b.svg"] == b"<svg>\n</svg>\n"
    assert files[LOCK] == (site / LOCK).read_bytes()
    review = only(files)
    head = git("rev-parse", "HEAD").strip()
    assert review["finalised"] == {"id": head, "day": "2026-11-20", "author": "Test"}
    assert (review["id"], review["verdict"], review["record"]) == (
        "PIR-2026-001",
        "unchanged",
        f"{IN_BUNDLE}/record.md",
    )
    assert review["digest"] == review["digest_now"] == digest((site / REVIEW).read_bytes())
    assert review["seal"] in files[LOCK].decode().splitlines()
    assert [one["id"] for one in review["addenda"]] == ["ADD-2026-001-1"]
    assert [(one["reference"], one["digest"]) for one in review["attachments"]] == [
        ("/b.svg", digest(b"<svg>\n</svg>")),
        ("img/a.png", raw_digest(b"png\r\n")),
    ]
    assert json.loads(files[f"{IN_BUNDLE}/actions.json"]) == review["actions"]
    assert {one["from"] for one in review["actions"]} == {"PIR-2026-001"}
    assert len(review["actions"]) == 3
    whole = manifest(files)
    assert (whole["verdict"], whole["commit"], whole["uncommitted"], whole["as_of"]) == (
        "clean",
        head,
        False,
        "2026-11-21",
    )


def test_the_manifest_keeps_its_schema(site: Path) -> None:
    commits = dict.fromkeys(("finalised", "protected_since"), COMMIT)
    texts = dict.fromkeys(("id", "verdict"), TEXT)
    maybe = dict.fromkeys(("title", "path", "digest", "digest_now", "seal", "record", "now"), MAYBE)
    lists = {name: {"type": "array"} for name in ("exceptions", "redactions", "attachments", "addenda", "actions")}
    review = {**commits, **texts, **maybe, **lists}
    top = dict.fromkeys(("site", "as_of", "evidence", "finality", "since", "verdict"), TEXT)
    others = {"schema": {"const": 1}, "commit": MAYBE, "uncommitted": {"type": ["boolean", "null"]}}
    schema = {
        "properties": {
            **top,
            **others,
            "findings": {"type": "array"},
            "reviews": {
                "type": "array",
                "items": {"properties": review, "required": [*review], "additionalProperties": False},
            },
        },
        "required": [*top, *others, "findings", "reviews"],
        "additionalProperties": False,
    }
    jsonschema.validate(manifest(audit(site)), schema)
    change(site)
    jsonschema.validate(manifest(audit(site, code=1)), schema)


def test_the_lines_of_the_readme_verify_it(site: Path) -> None:
    """Run as they stand there, by the programs that everybody has."""
    readme = audit(site)["README.md"].decode()
    sums, verify = re.findall(r"(?m)^ {4}(.+)$", readme)
    assert all(line.endswith(": OK") for line in shell(site / "evidence", sums).splitlines())
    made = shell(site / "evidence", verify).split()[0]
    assert f"v1:sha256:{made}" == only(audit(site))["digest"]
    (site / "evidence" / IN_BUNDLE / "record.md").write_text("x")
    with pytest.raises(subprocess.CalledProcessError):
        shell(site / "evidence", sums)


def test_sums_name_every_file_but_themselves(site: Path) -> None:
    files = audit(site)
    named = [line.split("  ", 1)[1] for line in files["SHA256SUMS"].decode().splitlines()]
    assert named == sorted(files.keys() - {"SHA256SUMS", ".mkdocs-sre-audit"})


def test_one_commit_gives_one_bundle(site: Path, git: Callable[..., str]) -> None:
    """Also in another folder, on another day, and with other line ends in the working files."""
    first = audit(site)
    assert audit(site) == first
    git("config", "core.autocrlf", "true")
    shutil.rmtree(site / "docs")
    git("checkout", "-q", "--", "docs")
    assert b"\r\n" in (site / REVIEW).read_bytes()
    second = audit(site, "again")
    assert {path: data for path, data in second.items() if data != first.get(path)} == {}
    assert second.keys() == first.keys()


@pytest.mark.parametrize("committed", [True, False])
def test_a_changed_review_comes_with_its_record(site: Path, git: Callable[..., str], *, committed: bool) -> None:
    before = (site / REVIEW).read_bytes()
    change(site)
    if committed:
        commit(git)
    files = audit(site, code=1)
    review = only(files)
    assert review["verdict"] == "changed"
    assert files[review["record"]] == before
    assert files[review["now"]] == (site / REVIEW).read_bytes()
    assert (review["digest"], review["digest_now"]) == (digest(before), digest(files[review["now"]]))
    whole = manifest(files)
    assert (whole["verdict"], whole["uncommitted"]) == ("violated", not committed)
    assert "IMM101" in {one["code"] for one in whole["findings"]}
    assert "**At least one final review is not what its record says.**" in files["README.md"].decode()


def test_a_later_beginning_of_protection_is_told(site: Path, git: Callable[..., str]) -> None:
    """An old collection, edited after its reviews were final, is protected from its seals on."""
    shutil.rmtree(site / ".git")
    (site / LOCK).unlink()
    git("init", "-q")
    git("add", "docs", "mkdocs.yml")
    git("commit", "-qm", "Write", **WHEN)
    change(site)
    git("commit", "-qam", "Edit", **WHEN)
    assert run(site, "seal").exit_code == 1
    file = site / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("  - sre:\n", "  - sre:\n      history: {since: seal}\n"), "utf-8")
    assert run(site, "seal").exit_code == 0
    commit(git)
    files = audit(site)
    review = only(files)
    assert (review["verdict"], files[review["record"]]) == ("unchanged", (site / REVIEW).read_bytes())
    assert review["protected_since"]["id"] == git("rev-parse", "HEAD").strip() != review["finalised"]["id"]
    assert (
        f"must not change since 2026-11-20, Test, `{review['protected_since']['id'][:12]}`"
        in files["README.md"].decode()
    )


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("how", ["deleted", "reopened"])
def test_a_missing_review_comes_from_history(site: Path, git: Callable[..., str], how: str, *, sealed: bool) -> None:
    before = (site / REVIEW).read_bytes()
    if not sealed:
        (site / LOCK).unlink()
        shutil.rmtree(site / ".git")
        git("init", "-q")
        git("add", "docs", "mkdocs.yml")
        git("commit", "-qm", "Write", **WHEN)
    if how == "deleted":
        (site / REVIEW).unlink()
    else:
        change(site, "status: final", "status: draft")
    files = audit(site, code=1)
    review = only(files)
    assert (review["verdict"], review["now"]) == ("missing", None)
    assert files[review["record"]] == before
    assert review["finalised"]["day"] == "2026-11-20"
    assert (review["seal"] is not None) is sealed


def test_what_was_redacted_is_not_handed_out(site: Path, git: Callable[..., str]) -> None:
    change(site, "64 orders", "orders of Jane Doe")
    (site / LOCK).unlink()
    shutil.rmtree(site / ".git")
    run(site, "seal")
    git("init", "-q")
    commit(git)
    change(site, "orders of Jane Doe", "orders of one customer")
    answer = ("--reason", "name | redacted <b>", "--by", "@owner")
    assert run(site, "seal", "--except", "PIR-2026-001", *answer).exit_code == 0
    commit(git)
    files = audit(site)
    review = only(files)
    assert (review["verdict"], review["record"]) == ("redacted", None)
    assert review["digest"] != review["digest_now"]
    assert [one["reason"] for one in review["redactions"]] == ["name | redacted <b>"]
    assert review["redactions"][0]["commit"]["id"] == git("rev-parse", "HEAD").strip()
    assert len(review["exceptions"]) == 1
    assert b"Jane Doe" not in b"".join(files.values())
    assert r"name \| redacted \<b\> (@owner)" in files["README.md"].decode()
    _, verify = re.findall(r"(?m)^ {4}(.+)$", files["README.md"].decode())
    assert shell(site / "evidence", verify).split()[0] in review["exceptions"][0]


def test_without_git_the_seals_speak(site: Path) -> None:
    shutil.rmtree(site / ".git")
    files = audit(site)
    whole, review = manifest(files), only(files)
    assert (whole["commit"], whole["uncommitted"], whole["verdict"]) == (None, None, "clean")
    assert (review["verdict"], review["finalised"]) == ("unchanged", None)
    assert "Made outside of git" in files["README.md"].decode()
    change(site)
    files = audit(site, code=1)
    assert (only(files)["verdict"], only(files)["record"]) == ("changed", None)


def test_without_any_evidence_it_says_so(site: Path) -> None:
    shutil.rmtree(site / ".git")
    (site / LOCK).unlink()
    files = audit(site)
    assert (manifest(files)["verdict"], only(files)["verdict"]) == ("unverified", "unverified")
    assert LOCK not in files


def test_a_site_without_final_reviews_has_nothing_to_prove(site: Path) -> None:
    shutil.rmtree(site / ".git")
    (site / LOCK).unlink()
    change(site, "status: final", "status: draft")
    files = audit(site)
    assert manifest(files)["reviews"] == []
    assert "There is no final review." in files["README.md"].decode()


def test_it_replaces_its_own_folder_and_no_other(site: Path) -> None:
    audit(site)
    (site / "evidence/mine.txt").write_text("mine")
    change(site, "status: final", "status: draft")
    (site / LOCK).unlink()
    shutil.rmtree(site / ".git")
    assert set(audit(site)) == {".mkdocs-sre-audit", "README.md", "SHA256SUMS", "manifest.json", "mine.txt"}
    for taken in ("docs/evidence", "."):
        result = run(site, "audit", "--out", str(site / taken))
        assert result.exit_code == 2
    assert run(site, "render", "--out", str(site / "rendered")).exit_code == 0
    result = run(site, "audit", "--out", str(site / "rendered"))
    assert result.exit_code == 2
    assert "was not written by `mkdocs-sre audit`" in result.stderr


def test_hostile_text_stays_text(site: Path, git: Callable[..., str]) -> None:
    shutil.rmtree(site / ".git")
    (site / LOCK).unlink()
    name = "[x](javascript:alert(1)) | <script>alert(1)</script> `code` \\u202e"
    change(site, "title: Four in ten requests failed after a release", f'title: "{name}"')
    change(site, "## Lessons", "![x](<img/a b$(touch x);.png>)\n\n## Lessons")
    (site / PIRS / "img/a b$(touch x);.png").write_bytes(b"x")
    assert run(site, "seal").exit_code == 0
    git("init", "-q")
    commit(git)
    files = audit(site)
    readme = files["README.md"].decode()
    assert "<script>" not in readme
    assert "\u202e" not in readme
    assert f"{IN_BUNDLE}/attachments/2-a-b-touch-x-.png" in files
    sums, verify = re.findall(r"(?m)^ {4}(.+)$", readme)
    assert "FAILED" not in shell(site / "evidence", sums)
    assert shell(site / "evidence", verify)
    assert canonical((site / REVIEW).read_bytes()) == files[f"{IN_BUNDLE}/record.md"]
