"""The verdict of history on random pasts is the one that a look at every commit gives."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.repositories import FIRST, Repository, new_repository
from tests.history.site import MKDOCS, review

IDS = ("PIR-2026-011", "PIR-2026-012")


@dataclass(frozen=True)
class State:
    """How one commit has a review: in which of two places, in which standing, with which text; `place` 0 is nowhere."""

    place: int
    final: bool
    text: int

    def file(self, name: str) -> tuple[str, str] | None:
        """Return path and text of its file."""
        if not self.place:
            return None
        text = review(name, "final" if self.final else "draft").replace("590 orders", f"{self.text} orders")
        return f"docs/{'reliability' if self.place == 1 else 'moved'}/{name}.md", text


@dataclass(frozen=True)
class Past:
    """Commits, each with its parents (earlier ones, by number) and its states by review; the last one is HEAD.

    With `main_line` the first parents alone count.
    """

    parents: Sequence[Sequence[int]]
    states: Sequence[Mapping[str, State]]
    main_line: bool

    @cached_property
    def before(self) -> list[frozenset[int]]:
        """The ancestors of each commit, itself among them."""
        counted = [parents[:1] if self.main_line else parents for parents in self.parents]
        return [_ancestors(counted, number) for number in range(len(counted))]

    def stream(self) -> bytes:
        """Return what `git fast-import` reads."""
        parts = []
        options = MKDOCS + ("      history: {finality: first-parent}\n" if self.main_line else "")
        for number, (parents, states) in enumerate(zip(self.parents, self.states, strict=True)):
            seconds = int(FIRST.timestamp()) - 3600 * number  # a clock that runs backwards must not matter
            parts.append(f"commit refs/heads/main\nmark :{number + 1}\ncommitter A <a@b.invalid> {seconds} +0000\n")
            parts.append("data 1\nx\n")
            parts += [f"{'merge' if place else 'from'} :{one + 1}\n" for place, one in enumerate(parents)]
            parts.append(f"deleteall\n{_inline('mkdocs.yml', options)}")
            parts += [_inline(*file) for name, state in states.items() if (file := state.file(name)) is not None]
        return "".join(parts).encode() + b"done\n"


def _ancestors(parents: Sequence[Sequence[int]], number: int) -> frozenset[int]:
    return frozenset((number,)).union(*(_ancestors(parents, one) for one in parents[number]))


def _inline(path: str, text: str) -> str:
    return f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    """Draw a past of up to eight commits; merges join what has parted, and their trees owe nothing to their parents."""
    count = draw(st.integers(1, 8))
    state = st.builds(State, st.sampled_from([0, 1, 1, 1, 1, 2]), st.booleans(), st.sampled_from([590, 550]))
    parents: list[list[int]] = [[]]
    states = [dict(zip(IDS, draw(st.tuples(state, state)), strict=True))]
    for number in range(1, count):
        first = draw(st.integers(max(0, number - 3), number - 1))
        before = _ancestors(parents, first)
        beside = [one for one in range(number) if one not in before and first not in _ancestors(parents, one)]
        joins = draw(st.integers(0, 3)) > 0
        second = draw(st.sampled_from(beside)) if beside and joins else first
        parents.append([first] if second == first else [first, second])
        same = draw(st.booleans())
        states.append(states[first] if same else dict(zip(IDS, draw(st.tuples(state, state)), strict=True)))
    return Past(parents, states, draw(st.booleans()))


def told(past: Past, name: str) -> set[frozenset[str]]:
    """Return the sets of codes of which one must be found for a review, from a look at every commit there is."""
    head = len(past.parents) - 1
    states = {number: past.states[number][name] for number in past.before[head]}
    finals = {number for number, state in states.items() if state.place and state.final}
    first = {one for one in finals if not any(other in finals for other in past.before[one] - {one})}
    now = states[head]
    if not finals:
        return _sets("")
    if not now.place or not now.final:
        return _sets("IMM102", "IMM102 IMM104") if now.place else _sets("IMM103")
    texts = {states[one].text for one in first}
    if len(texts) > 1 or now.text not in texts:
        return _sets("IMM101", "IMM104", "IMM101 IMM104")
    later = {number for number in states if past.before[number] & first}
    strayed = {number for number in later if number not in finals or states[number].text != now.text}
    if len(first) > 1 and strayed & finals:
        return _sets("IMM301", "IMM104")  # an edit beside one of several equal beginnings is either
    return _sets("IMM301" if strayed else "")


def _sets(*codes: str) -> set[frozenset[str]]:
    return {frozenset(one.split()) for one in codes}


@given(pasts())
@settings(max_examples=200, deadline=None)
def test_history_judges_as_a_look_at_every_commit_does(past: Past) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repository = new_repository(Path(folder) / "work")
        repository.git("fast-import", "--quiet", "--done", stdin=past.stream())
        repository.git("reset", "--quiet", "--hard")
        (repository.root / "docs").mkdir(exist_ok=True)
        found = _found(repository)
    for name in IDS:
        assert found[name] in told(past, name), (name, found[name], told(past, name))


def _found(repository: Repository) -> dict[str, frozenset[str]]:
    findings = repository.check("history").findings
    return {name: frozenset(one["code"] for one in findings if name in one["message"]) for name in IDS}
