"""The file of seals: what is written is read again, whatever it says, and nothing in it is lost or made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.history.attachments import Attached
from mkdocs_sre.history.canonical import digest, raw_digest
from mkdocs_sre.history.seals import (
    HEADER,
    Exemption,
    Seal,
    Seals,
    exempted,
    expected,
    format_exemption,
    format_seal,
    parse_seals,
    with_lines,
)

PATH = "../pir-seals.lock"
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
SIGNS = st.sampled_from(" %=\"'\\\n\r\t\0\x85\u2028\u202eä☃<>#-/.a") | st.characters(codec="utf-8")
HOSTILE = st.text(SIGNS, min_size=1)
DIGESTS = st.binary(max_size=3).map(digest)
ATTACHED = st.dictionaries(HOSTILE, DIGESTS | st.binary(max_size=3).map(raw_digest), max_size=3).map(
    lambda found: tuple(Attached(*one) for one in sorted(found.items()))
)
SEALS = st.builds(Seal, IDS, DIGESTS, HOSTILE, ATTACHED)
A, B, C, D = (digest(text) for text in (b"a", b"b", b"c", b"d"))


def read(*lines: str) -> Seals:
    return parse_seals("\n".join([HEADER, *lines, ""]).encode(), PATH)


def problems(seals: Seals) -> list[str]:
    return [f"{defect.fault.location} {defect.fault.message}" for defect in seals.defects]


def seal(identifier: str = "PIR-1", of: str = A, path: str = "docs/1.md") -> str:
    return format_seal(Seal(identifier, of, path))


def change(old: str, new: str, reason: str = "name redacted", identifier: str = "PIR-1") -> str:
    return format_exemption(Exemption(identifier, old, new, (), reason, "@owner"))


@given(SEALS)
def test_a_seal_is_read_as_it_was_written(one: Seal) -> None:
    line = format_seal(one)
    assert line.isprintable()
    found = read(line)
    assert found.defects == ()
    assert found.seals == {one.id.lower(): one}


SAID = HOSTILE.filter(str.strip)


@given(SEALS, DIGESTS, ATTACHED, st.text(SIGNS).filter(str.strip), SAID)
def test_an_exception_is_read_as_it_was_written(
    one: Seal, new: str, attached: tuple[Attached, ...], reason: str, by: str
) -> None:
    written = Exemption(one.id, one.digest, new, attached, reason, by)
    line = format_exemption(written)
    assert line.isprintable()
    found = read(format_seal(one), line)
    assert found.defects == ()
    assert found.exemptions == {one.id.lower(): (written,)}
    assert expected(found, one.id) == (new, attached)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{HEADER}\n{text}".encode()))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    found = parse_seals(data, PATH)
    assert found.exists
    records = len(found.seals) + sum(map(len, found.exemptions.values()))
    assert found.defects or records == len(found.lines)


@given(st.lists(SEALS, max_size=5, unique_by=lambda one: one.id.lower()), st.data())
def test_lines_are_sorted_once_and_in_whatever_order_they_come(ones: list[Seal], data: st.DataObject) -> None:
    lines = [format_seal(one) for one in ones]
    mine = data.draw(st.lists(st.sampled_from(lines))) if lines else []
    text = with_lines(Seals(), lines)
    assert with_lines(read(*mine), data.draw(st.permutations(lines))) == text
    assert with_lines(parse_seals(text.encode(), PATH), mine) == text
    assert [line.split(" ")[1].casefold() for line in text.splitlines()[1:]] == sorted(
        one.id.casefold() for one in ones
    )


def test_no_file_is_no_seals() -> None:
    assert parse_seals(None, PATH) == Seals()
    assert expected(Seals(), "PIR-1") is None
    assert exempted(Seals(), "PIR-1", A) is None


def test_the_text_is_as_it_is_documented() -> None:
    attached = (Attached("img/a b.png", raw_digest(b"x")),)
    one = Seal("PIR-2026-001", A, "docs/reliability/pirs/2026-01-10-checkout.md", attached)
    said = Exemption("PIR-2026-001", A, B, attached, 'customer "name" redacted, LEGAL-88', "@owner")
    assert with_lines(Seals(), [format_exemption(said), format_seal(one)]) == (
        f"{HEADER}\n"
        f"seal PIR-2026-001 {A} docs/reliability/pirs/2026-01-10-checkout.md"
        f" attached=img/a%20b.png={raw_digest(b'x')}\n"
        f"except PIR-2026-001 {A} -> {B} attached=img/a%20b.png={raw_digest(b'x')}"
        f' reason="customer \\"name\\" redacted, LEGAL-88" by=@owner\n'
    )


def test_line_ends_marks_order_and_repetition_do_not_matter() -> None:
    plain = read(seal(), change(A, B), seal("PIR-2"))
    assert plain.defects == ()
    text = "\r\n".join([HEADER, change(A, B), seal("PIR-2"), "", HEADER, seal(), seal("PIR-2"), ""])
    mixed = parse_seals(b"\xef\xbb\xbf" + text.encode(), PATH)
    assert mixed.defects == ()
    assert (mixed.seals, mixed.exemptions) == (plain.seals, plain.exemptions)
    assert with_lines(mixed, ()) == with_lines(plain, ())


def test_exceptions_are_followed_in_whatever_order_they_stand() -> None:
    for lines in ([change(A, B), change(B, C)], [change(B, C), change(A, B)]):
        found = read(seal(), *lines)
        assert found.defects == ()
        assert expected(found, "pir-1") == (C, ())
        assert [one.new for one in exempted(found, "PIR-1", A) or ()] == [B, C]
        assert [one.new for one in exempted(found, "PIR-1", B) or ()] == [C]
        assert exempted(found, "PIR-1", C) == ()
        assert exempted(found, "PIR-1", D) is None


@pytest.mark.parametrize("turned", [False, True])
def test_a_change_that_is_taken_back_ends_where_it_began(*, turned: bool) -> None:
    lines = [change(A, B), change(B, A)]
    found = read(seal(), *(reversed(lines) if turned else lines))
    assert found.defects == ()
    assert expected(found, "PIR-1") == (A, ())
    assert exempted(found, "PIR-1", A) == ()
    assert [one.new for one in exempted(found, "PIR-1", B) or ()] == [A]


def test_of_changes_on_two_branches_the_last_counts_and_a_further_one_joins_them() -> None:
    parallel = read(seal(), change(A, B), change(A, C))
    assert parallel.defects == ()
    assert expected(parallel, "PIR-1") == (C, ())
    assert exempted(parallel, "PIR-1", B) is None
    joined = parse_seals(with_lines(parallel, [change(C, B)]).encode(), PATH)
    assert expected(joined, "PIR-1") == (B, ())


def test_an_exception_may_change_attached_files_alone() -> None:
    attached = (Attached("img/a.png", raw_digest(b"x")),)
    found = read(seal(), format_exemption(Exemption("PIR-1", A, A, attached, "r", "w")))
    assert found.defects == ()
    assert expected(found, "PIR-1") == (A, attached)


def test_two_seals_that_differ_in_the_path_alone_are_one() -> None:
    found = read(seal(path="docs/old.md"), seal(path="docs/new.md"))
    assert found.defects == ()
    assert found.seals["pir-1"].path == "docs/old.md"


def test_long_chains_take_no_time_to_speak_of() -> None:
    """Backwards, and in a circle: quadratic work would take minutes."""
    digests = [digest(str(number).encode()) for number in range(20_000)]
    lines = [change(old, new) for old, new in zip(digests, [*digests[1:], digests[0]], strict=True)]
    found = read(seal(of=digests[0]), *reversed(lines[:-1]), lines[-1])
    assert found.defects == ()
    assert expected(found, "PIR-1") is not None
    assert len(exempted(found, "PIR-1", digests[1]) or ()) == len(digests) - 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([seal(), f"{seal()} attached=a={A}"], "3:1 PIR-1 has another seal in line 2, and they differ"),
        ([seal(), seal(of=B), f"{seal(of=B)} attached=a={A}"], "4:1 PIR-1 has another seal in line 3"),
        ([seal(), change(A, B, " ")], "`reason` says nothing"),
        ([seal(), change(A, B).partition(" by=")[0] + " by=%20"], "`by` says nothing"),
        ([seal(), change(B, C)], "3:14 no seal and no exception of PIR-1 leads to the digest before `->`"),
        ([change(A, B)], "2:14 no seal and no exception of PIR-1 leads"),
        (["<<<<<<< HEAD", seal()], "2:1 a merge left its marks here"),
        (["sael PIR-1"], "2:1 the line is neither `seal` nor `except`"),
        (["# a comment"], "2:1 the line is neither"),
        ([f"{seal()} "], "2:1 the line is not as `seal` lines are written"),
        ([f"{seal()} attached=a"], "the digest of the attached file cannot be read"),
        ([f"{seal()} attached=b={A} attached=a={A}"], "the attached files are not in order"),
        ([f"{seal()} attached=%ff={A}"], "what is percent-encoded here is not UTF-8"),
        ([seal().replace("v1:", "v2:")], "2:12 what stands here is no digest"),
        ([seal().replace(A, A.upper())], "2:12 what stands here is no digest"),
        ([seal("-1")], "2:6 what stands here is no id"),
        ([seal(), change(A, B).replace('name redacted"', '\\ud800"')], "the reason is no text in quotes"),
        ([seal(), change(A, B).replace('name redacted"', '\\q"')], "the reason is no text in quotes"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(lines: list[str], said: str) -> None:
    found = read(*lines)
    assert len(found.defects) == 1
    assert said in problems(found)[0]
    assert problems(found)[0].startswith(PATH)
    assert found.defects[0].name == "damaged-seal"
    assert set(lines) <= set(with_lines(found, ()).splitlines())


def test_everything_that_is_wrong_is_told() -> None:
    found = read("x", seal(), "y", seal("PIR-2"))
    assert [text.split(" ")[0] for text in problems(found)] == [f"{PATH}:2:1", f"{PATH}:4:1"]
    assert set(found.seals) == {"pir-1", "pir-2"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "1:1 the first line is not"),
        (seal().encode(), "1:1 the first line is not"),
        (f"# pir-seals v2 - append only\n{seal()}\nbind x\n".encode(), "1:1 of another version"),
        (f"{HEADER}\n\xff".encode("latin-1"), "2:1 byte 0xff is not UTF-8"),
        (b" " * (16 * 1024 * 1024 + 1), "file of 16,777,217 bytes"),
    ],
)
def test_a_file_that_is_none_of_ours_is_told_once(data: bytes, said: str) -> None:
    found = parse_seals(data, PATH)
    assert len(found.defects) == 1
    assert said in problems(found)[0]
    assert found.exists


def test_records_are_compared_without_their_line() -> None:
    one = Seal("PIR-1", A, "x")
    assert replace(one, line=7) == one
