"""The front page of an evidence bundle, for people who have nothing but a shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mkdocs_sre.reports.text import plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SIGNS = re.compile(r"([\\`*_\[\]<>|&~])")
_SHORT = 12  # digits of a digest or of a commit's id in the table; the manifest has all
_VERDICTS = {
    "clean": "Every final review is what its record says, or an exception says why it is not.",
    "unverified": "Not everything could be proved; nothing was found that contradicts a record.",
    "violated": "**At least one final review is not what its record says.**",
}
_MEANING = {
    "unchanged": "the text is that of the record",
    "redacted": "the text was changed by an exception that says why and who answers for it",
    "changed": "the text is not that of the record",
    "missing": "there is a record, and no final review",
    "unverified": "nothing could be asked that remembers it",
    "new": "final, and neither committed nor sealed yet",
}
VERIFY = "(printf 'pir-seal-v1\\0'; cat {file}) | sha256sum"
SUMS = "sha256sum -c SHA256SUMS"


def readme(manifest: Mapping[str, Any]) -> str:
    """Return the front page for a manifest, in Markdown."""
    reviews = manifest["reviews"]
    parts = [
        f"# Evidence on final reviews: {_plain(manifest['site'] or 'a site without a name')}",
        f"{_VERDICTS[manifest['verdict']]}\n{_of_what(manifest)}",
        *_table(reviews),
        *_findings(manifest["findings"]),
        *_how_to_verify(reviews),
        _WHAT_IS_HERE,
    ]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Return text for one line of Markdown that reads the same as it is: signs of markup stand behind a backslash."""
    return _SIGNS.sub(r"\\\1", printable(" ".join(text.split())))


def _of_what(manifest: Mapping[str, Any]) -> str:
    commit = manifest["commit"]
    source = f"Made from commit `{commit}`" if commit else "Made outside of git"
    changed = ", **with changes that are not committed**" if manifest["uncommitted"] else ""
    evidence = {"both": "git's history and the seals", "history": "git's history alone", "seal": "the seals alone"}
    asked = f"{evidence[manifest['evidence']]} (`finality: {manifest['finality']}`, `since: {manifest['since']}`)"
    return f"{source}{changed}, as of {manifest['as_of']}. Asked were {asked}."


def _table(reviews: list[Mapping[str, Any]]) -> Iterable[str]:
    if not reviews:
        yield "There is no final review."
        return
    head = "| review | verdict | became final | sealed | exceptions | addenda | actions done |\n| --- | --- | --- | --- | --- | --- | --- |"
    yield "\n".join([head, *map(_row, reviews)])
    met = [name for name in _MEANING if any(one["verdict"] == name for one in reviews)]
    yield "\n".join(f"- {name}: {_MEANING[name]}" for name in met)


def _row(one: Mapping[str, Any]) -> str:
    actions = one["actions"]
    place = one["record"] or one["now"]
    name = f"[{_plain(one['id'])}]({place})" if place else _plain(one["id"])
    cells = (
        f"{name} {_plain(one['title'] or '')}".strip(),
        one["verdict"],
        _became_final(one),
        "yes" if one["seal"] else "no",
        "; ".join(f"{_plain(said['reason'])} ({_plain(said['by'])})" for said in one["redactions"]) or "none",
        str(len(one["addenda"])),
        f"{sum(action['state'] == 'done' for action in actions)} of {len(actions)}",
    )
    return f"| {' | '.join(cells)} |"


def _became_final(one: Mapping[str, Any]) -> str:
    said = _commit(one["finalised"]) or "not known"
    protected = _commit(one["protected_since"])
    return f"{said}; must not change since {protected}" if protected else said


def _commit(commit: Mapping[str, str] | None) -> str:
    return f"{commit['day']}, {_plain(commit['author'])}, `{commit['id'][:_SHORT]}`" if commit else ""


def _findings(findings: list[Mapping[str, str]]) -> Iterable[str]:
    if findings:
        yield f"## {plural(len(findings), 'finding')}"
        yield "\n".join(
            f"- {one['code']} {one['level']}, {_plain(one['place'])}: {_plain(one['message'])}" for one in findings
        )


def _how_to_verify(reviews: list[Mapping[str, Any]]) -> Iterable[str]:
    yield "## How to verify"
    yield f"In this folder, in a shell: that no file of the bundle has changed since it was made\n\n    {SUMS}"
    shown = next((one for one in reviews if one["record"] or one["now"]), None)
    if shown is not None:
        yield (
            "The digest of a text is that of its bytes behind a fixed prefix. The digits that this prints for"
            f" {_plain(shown['id'])} are those behind `v1:sha256:` in its seal or exception, and in `manifest.json`\n\n"
            f"    {VERIFY.format(file=shown['record'] or shown['now'])}"
        )
    yield (
        "Texts are kept with LF as line ends, without a byte order mark, and with exactly one LF at the end: that is what"
        " is digested. Digests that begin with `raw:` are of the bytes as they are: `sha256sum FILE`. In the repository,"
        " `git show COMMIT` shows the commit that made a review final."
    )


_WHAT_IS_HERE = """## What is here

- `manifest.json`: everything above for machines, with all digits
- `pir-seals.lock`: the seals and exceptions, as they are in the repository
- `reviews/ID/record.md`: the review as it became final; where it was redacted it is left out, since somebody had a reason to take it away, and git still holds it
- `reviews/ID/now.md`: the review as the site shows it, where that is not the record
- `reviews/ID/attachments/`: the images and snippets that belong to it, as they are now
- `reviews/ID/addenda/`: what was added later
- `reviews/ID/actions.json`: the actions that came out of it, as the ledgers have them

A bundle cannot prove that nobody rewrote the whole history and the seals together. Keep it where those who write reviews cannot write, and protect the branch."""
