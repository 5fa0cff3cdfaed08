"""Placeholders: where a runbook writes `${NAME}`, and which of them are variables of the shell instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.commands import may_be_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.body import Body, CodeBlock

PLACEHOLDER = re.compile(r"(?<![\\$])\$\{([A-Z][A-Z0-9_]*)\}")
# Languages in which `${NAME}` is the language's own, and not for the reader to fill.
OWN_FORM = frozenset(
    (
        *("cmake", "dart", "dockerfile", "envsubst", "gradle", "groovy", "hcl", "java", "javascript", "jinja", "js"),
        *("jsx", "kotlin", "makefile", "make", "php", "properties", "scala", "terraform", "tf", "ts", "tsx"),
        *("typescript", "xml"),
    )
)
# Variables that a shell has before anybody sets them.
ENVIRONMENT = frozenset(
    (
        *("BASH", "COLUMNS", "DISPLAY", "EDITOR", "EUID", "HOME", "HOSTNAME", "IFS", "LANG", "LC_ALL", "LINES"),
        *("LOGNAME", "MAIL", "OLDPWD", "OSTYPE", "PAGER", "PATH", "PIPESTATUS", "PPID", "PWD", "RANDOM", "SECONDS"),
        *("SHELL", "SHLVL", "SSH_AUTH_SOCK", "SUDO_USER", "TERM", "TMPDIR", "TZ", "UID", "USER", "VISUAL"),
        *("XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"),
    )
)

_SET = re.compile(
    r"(?:^|[\s;&|({`])(?:(?:export|local|readonly|declare|typeset|set|env)[ \t]+(?:-\w+[ \t]+)*)?([A-Z][A-Z0-9_]*)\+?=(?!=)"
)
_FILLED = re.compile(r"(?:^|[\s;&|({])(?:for|select)[ \t]+([A-Z][A-Z0-9_]*)[ \t\n]+in\b")
_READ = re.compile(r"(?:^|[\s;&|({])(?:read|mapfile|readarray|getopts)\b([^;|&<>\n]*)")
_NAME = re.compile(r"\b[A-Z][A-Z0-9_]*\b")


class Use(NamedTuple):
    """One `${NAME}`, with the line and column of its dollar sign in the file."""

    name: str
    line: int
    column: int


def uses_in(body: Body) -> Iterator[Use]:
    r"""Yield every `${NAME}` of a body in order, text and code alike, but for variables of shells and other languages.

    A variable that is set in one block of commands is one in all of them: they are typed into the same shell. `\${NAME}`
    and `$${NAME}` are none, nor is `${NAME:-…}`.
    """
    if "${" not in body.text:
        return
    variables = ENVIRONMENT.union(*(set_in(block) for block in body.code_blocks))
    foreign = {
        line
        for block in body.code_blocks
        if block.language.lower() in OWN_FORM
        for line in range(block.line, block.end_line + 1)
    }
    for line, text in enumerate(body.lines, body.first_line):
        if line not in foreign:
            for match in PLACEHOLDER.finditer(text):
                if match[1] not in variables:
                    yield Use(match[1], line, match.start() + 1)


def set_in(block: CodeBlock) -> frozenset[str]:
    """Return the names of the variables that a block of commands sets: `NAME=…`, `for NAME in`, `read NAME`."""
    if not may_be_commands(block):
        return frozenset()
    read = (name for match in _READ.finditer(block.text) for name in _NAME.findall(match[1]))
    return frozenset((*_SET.findall(block.text), *_FILLED.findall(block.text), *read))
