"""What the code blocks of a document would run: commands without prompts, comments, output and quoted words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.body import CodeBlock

SHELLS = frozenset(("sh", "bash", "shell", "zsh", "ksh", "fish", "ash", "terminal", "powershell", "pwsh", "ps1"))
TRANSCRIPTS = frozenset(("console", "shell-session", "shellsession", "sh-session", "bash-session"))
DATABASES = frozenset(("sql", "mysql", "psql", "pgsql", "postgresql", "postgres", "plpgsql", "sqlite", "tsql"))

PROMPT = re.compile(r"[ \t]*+(?:\[?[\w.-]{1,64}@[\w.-]{1,64}[ :][^\s$#]{0,200}\]?)?[$%][ \t]+(?=\S)")
_DATABASE_COMMENT = re.compile(r"--[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)")
_WORDS = re.compile(r"(?P<quoted>'[^']*+(?:'|\Z)|\"(?:[^\"\\]|\\.)*+(?:\"|\Z))|(?:^|(?<=[\s;]))\#[^\n]*+", re.DOTALL)
_RUNS_ITS_WORDS = re.compile(
    r"(?:\s-{1,2}(?:\w*c|e|eval|command|execute|exec|query|sql)[ =]?|\beval\s+|\bssh\s[^|;&]*)$"
)
_IS_RUN = re.compile(r"\s*\|\s*(?:sudo\s+)?(?:ba|z|k)?(?:sh|psql|mysql|mariadb|sqlite3|redis-cli|valkey-cli|mongosh)\b")
_PRINTED = re.compile(r"(?:^|(?<=[|;&(\n]))[ \t]*+(?:echo|printf)\b[^|;&\n]*+(?!\|)")
_MAY_BE_TYPED = re.compile(r"\s*(?:[^A-Z#\s]|[A-Z]\w*\+?=)")  # else it is a comment, or output such as `FATA[0000] …`
_TYPED = re.compile(
    r"[ \t]*(?:sudo[ \t]+)?(?:kubectl|oc|ssh|scp|rsync|curl|wget|ping|telnet|nc|dig|nslookup|psql|mysql|redis-cli|valkey-cli"
    r"|docker|aws|etcdctl|patronictl|helm|mongosh|vault|export|for|watch|openssl|traceroute)\b"
)
_SIGN = re.compile(r"[^\n]")
_LOOKED_BACK = 60  # characters before a quoted text that may say that it is run


class Command(NamedTuple):
    """One command, which may go over several lines; `line` is that of the file where it begins.

    `written` is without its prompt, and with a space in place of each backslash that joins two lines. `text` is as long,
    with what is not run blanked.
    """

    line: int
    text: str
    written: str

    def line_at(self, position: int) -> int:
        """Return the line of the file at a position of the text."""
        return self.line + self.text.count("\n", 0, position)


def may_be_commands(block: CodeBlock) -> bool:
    """Whether a block holds commands: one of a shell, or one that does not say its language."""
    return not block.language or block.language.lower() in SHELLS | TRANSCRIPTS


def commands_of(block: CodeBlock) -> Iterator[Command]:
    """Yield the commands of a block: of a shell line by line, of a database the whole.

    Where a line begins with a prompt, those without one are output. Comments are blanked, and what is only printed or
    quoted; a quoted text that the command runs (`sh -c "…"`, `psql -c "…"`, `ssh host "…"`) stays. Blocks of other
    languages hold no commands.
    """
    language = block.language.lower()
    if language in DATABASES:
        yield Command(block.line + 1, _DATABASE_COMMENT.sub(_spaces, block.text), block.text)
    elif may_be_commands(block):
        for line, text in _joined(block):
            yield Command(line, _without_words(text), text)


def lines_with_prompt(block: CodeBlock) -> Iterator[int]:
    """Yield the lines of the file on which a command of the block begins with a prompt."""
    for number, text in enumerate(block.text.split("\n"), block.line + 1):
        if PROMPT.match(text):
            yield number


def typed_in(block: CodeBlock) -> Iterator[Command]:
    """Yield each command of a shell's block as it is written, without its prompt; without comments on lines of their own.

    A block that does not say its language may show output: there a line counts only when it has a prompt, or begins with
    a word that is typed (`kubectl`, `ssh`, `curl`, …).
    """
    if may_be_commands(block):
        for line, text in _joined(block):
            if (_MAY_BE_TYPED if block.language else _TYPED).match(text):
                yield Command(line, text, text)


def _joined(block: CodeBlock) -> Iterator[tuple[int, str]]:
    """Yield each command as it is written, without its prompt, with the line where it begins."""
    prompted = any(True for _ in lines_with_prompt(block))
    open_one: list[str] = []
    for number, raw in enumerate(block.text.split("\n"), block.line + 1):
        prompt = PROMPT.match(raw)
        if not open_one and prompted and not prompt:
            continue
        text = raw[prompt.end() :] if prompt and not open_one else raw
        joins = text.endswith("\\")
        open_one.append(text[:-1] + " " if joins else text)
        if not joins:
            yield number + 1 - len(open_one), "\n".join(open_one)
            open_one = []
    if open_one:
        yield block.end_line - len(open_one), "\n".join(open_one)


def _without_words(text: str) -> str:
    """Blank what a shell does not run: comments, printed texts, quoted words."""

    def shown(match: re.Match[str]) -> str:
        if match["quoted"] is None:
            return _spaces(match)
        if len(match[0]) == 1 or match[0][0] != match[0][-1]:
            return match[0]  # it is never closed
        before = text[max(0, match.start() - _LOOKED_BACK) : match.start()]
        if _RUNS_ITS_WORDS.search(before) or _IS_RUN.match(text, match.end()):
            return f" {match[0][1:-1]} "
        return f"'{_SIGN.sub('_', match[0][1:-1])}'"

    return _PRINTED.sub(_spaces, _WORDS.sub(shown, text))


def _spaces(match: re.Match[str]) -> str:
    return _SIGN.sub(" ", match[0])
