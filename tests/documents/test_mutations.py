"""Documents with values that nobody expects: findings, pages, and never an exception."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest

from mkdocs_sre.checks.run import check
from mkdocs_sre.knowledge import assemble
from mkdocs_sre.pages.document import decorate
from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.site import Site
from mkdocs_sre.reading.source import read
from mkdocs_sre.reports import FORMS, Run, report
from mkdocs_sre.settings import Settings

FILLED = {file.name: file.read_text(encoding="utf-8") for file in (Path(__file__).parent / "filled").glob("*.md")}
ROUNDS = 40  # of one seed; each reads, checks and writes all documents
AS_OF = date(2026, 3, 9)
ODD = """
[a]|{}|[]|{a: b}|null|~||[null]|[[[[a]]]]|{null: null}|{[a]: b}|&x [a]|*x|!!int 3|!!python/name:os.system|TODO
1e400|1e-400|1e39|-1|0|99999999999999999999999999|NaN|Infinity|sNaN|-0|1_000|50%|٣|²|true|no
2026-02-30|0001-01-01|9999-12-31|2026-01-01T10:00:00|9999-12-31T23:59:59-12:00|0001-01-01T00:00:00+14:00|24:00
200 years|2400 months|0s|999999 days|..|../../etc|cart|sre:x|Europe|'<script>'|'a`b'|"a\\nb"|"\\0"|"\\ud800"|"\\u202e"
'{{ x }}'|'{% x %}'|'](javascript:alert(1))'|'\\'|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
"""
VALUES = ODD.strip().replace("\n", "|").split("|")
KEYS = sorted({match[1] for text in FILLED.values() for match in re.finditer(r"(?m)^\s*(?:- )?(\w+):", text)})
_ENTRY = re.compile(r"(\s*(?:- )*)(\w+:)?\s?(.*)$", re.DOTALL)


def _mutated(text: str, chance: random.Random) -> str:
    head, _, body = text[4:].partition("\n---\n")
    lines = head.split("\n")
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        index = chance.randrange(len(lines))
        entry = _ENTRY.match(lines[index])
        assert entry is not None
        lines[index] = chance.choice(
            (
                f"{entry[1]}{entry[2] or ''} {chance.choice(VALUES)}",
                f"{entry[1]}{entry[2] or ''} {chance.choice(VALUES)}",
                f"{entry[1]}{chance.choice(KEYS)}: {entry[3]}",
                f"{lines[index]}\n{chance.choice(KEYS)}: {chance.choice(VALUES)}",
                f"  {lines[index]}",
                "",
            )
        )
    return "---\n" + "\n".join(lines) + "\n---\n" + body


@pytest.mark.untraced  # a law, if not one of hypothesis
@pytest.mark.parametrize("seed", range(5))
def test_nothing_that_an_author_writes_raises(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 nothing is kept secret
    settings = Settings()
    for _ in range(ROUNDS):
        files = {name: _mutated(text, chance) for name, text in FILLED.items()}
        base = assemble(settings, [read(name, text.encode()) for name, text in files.items()])
        findings = check(base, AS_OF)
        run = Run(findings, [], [*files], AS_OF, Path("docs"), Path())
        said = report("text", run)
        assert all(report(form, run) for form in FORMS)
        assert "cannot be read: input" not in said.lower()  # pydantic's words
        site = Site(base, AS_OF)
        assert all(decorate(site, name, text) for name, text in files.items())
        assert all(page.markdown for page in pages(site))
