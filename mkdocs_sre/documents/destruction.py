"""Commands that destroy: what cannot be brought back by running something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.commands import DATABASES, commands_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.body import CodeBlock


class Destruction(NamedTuple):
    """One command that destroys: its words as they are written, the line of the file, and what it does."""

    words: str
    line: int
    effect: str


_END = r"[^|;&\n]"  # what may stand between the words of one command
# Each with what it does; the first that fits a place counts. The words are looked for in text without quotes and comments.
_IN_SHELLS = (
    (rf"\brm\b(?=\s)(?={_END}*\s-(?:\w*[rR]|-recursive)){_END}+", "deletes files for good"),
    (rf"\bfind\s{_END}+\s-delete\b", "deletes files for good"),
    (r"\bshred\s+(?:-\S+\s+){0,9}/dev/\w+", "overwrites a disk"),
    (r"\bmkfs(?:\.\w+)?\s", "formats a disk"),
    (r"\bwipefs\s", "takes the file system off a disk"),
    (rf"\bdd\s{_END}*\bof=/dev/\w+", "overwrites a disk"),
    (r">\s*/dev/(?:sd|nvme|vd|xvd|disk)\w+", "overwrites a disk"),
    (r"\blv(?:remove)\s|\bvgremove\s|\bpvremove\s|\bzfs\s+destroy\s|\bzpool\s+destroy\s", "deletes a volume"),
    (r"\btruncate\s+(?:-s|--size)[ =]?0\b", "empties files"),
    (r"(?<!\S)(?:shutdown|poweroff|halt)(?!\S)(?!\s+-c\b)", "switches the machine off"),
    (rf"\bkubectl\s(?:{_END}*\s)?(?:delete)\s{_END}+", "deletes objects of the cluster"),
    (rf"\bkubectl\s(?:{_END}*\s)?replace\s(?={_END}*--force){_END}+", "deletes objects and makes them anew"),
    (rf"\boc\s(?:{_END}*\s)?delete\s{_END}+", "deletes objects of the cluster"),
    (rf"\bhelm\s(?:{_END}*\s)?(?:uninstall|delete)\s{_END}+", "takes a release and its objects away"),
    (rf"\bterraform\s(?:{_END}*\s)?destroy\b{_END}*", "destroys infrastructure"),
    (rf"\bterraform\s(?:{_END}*\s)?apply(?=\s)(?={_END}*\s-destroy\b){_END}+", "destroys infrastructure"),
    (r"\bpulumi\s+destroy\b|\bterragrunt\s+(?:run-all\s+)?destroy\b", "destroys infrastructure"),
    (r"\beksctl\s+delete\s+\S+|\bkops\s+delete\s+\S+|\bkind\s+delete\s+\S+", "deletes a cluster or its nodes"),
    (
        rf"\baws\s{_END}*\s(?:delete-(?!tags\b)[\w-]+|terminate-[\w-]+|rm\b(?={_END}*--recursive)|rb\b)",
        "deletes what AWS holds",
    ),
    (rf"\bgcloud\s{_END}*\sdelete\b", "deletes what Google Cloud holds"),
    (rf"\baz\s{_END}*\s(?:delete|purge)\b", "deletes what Azure holds"),
    (r"\bgsutil\s+(?:-m\s+)?rm\b|\bgsutil\s+rb\b", "deletes objects of a bucket"),
    (rf"\bgit\s+push(?=\s)(?={_END}*\s(?:--force(?!-with-lease)|-f\b|--delete|--mirror)){_END}+", "overwrites commits"),
    (r"\bgit\s+reset\s+--hard\b|\bgit\s+clean\s+-\w*f", "throws changes away"),
    (r"\bdocker\s+(?:system|volume|image|container)\s+(?:prune|rm)\b", "deletes what Docker holds"),
    (
        rf"\bkafka-(?:topics|consumer-groups)(?:\.sh)?(?=\s)(?={_END}*\s--delete\b){_END}+|\bkafka-delete-records",
        "deletes messages or positions",
    ),
    (r"(?i)\brabbitmqctl\s(?:\S+\s)*(?:purge_queue|delete_queue|reset|force_reset)\b", "deletes messages"),
    (r"\b(?:FLUSHALL|FLUSHDB|flushall|flushdb)\b", "empties the cache"),
    (r"\betcdctl\s(?:\S+\s)*(?:del|member\s+remove)\s", "deletes keys or a member"),
    (r"\bpatronictl\s(?:\S+\s)*(?:reinit|remove)\s", "deletes the data of a member"),
    (r"\bdropdb\s|\bdropuser\s", "deletes a database"),
    (rf"\bcurl(?=\s)(?={_END}*\s(?:-X\s*|--request[ =])DELETE\b){_END}+", "deletes what stands at the address"),
    (r"\bvault\s+(?:operator\s+seal\b|kv\s+(?:destroy|metadata\s+delete)\s|secrets\s+disable\s)", "locks secrets away"),
)
_IN_DATABASES = (
    (r"(?i)\bDROP\s+(?:DATABASE|SCHEMA|TABLE|TABLESPACE|COLUMN|KEYSPACE|COLLECTION|USER|ROLE)\b", "deletes data"),
    (r"(?i)\bTRUNCATE\s+(?:TABLE\s+|ONLY\s+)?[\w.\"`\[]+", "empties a table"),
    (r"(?i)\bpg_drop_replication_slot\b", "drops a slot"),
    (r"\bdropDatabase\s*\(|\b\w+\.drop\s*\(|\bdeleteMany\s*\(\s*\{\s*\}", "deletes data"),
)
_DELETE = re.compile(r"(?i)\bDELETE\s+FROM\s+[^\s;]+"), "deletes every row"  # unless the statement says `WHERE`
_DATABASE_PATTERNS = tuple((re.compile(pattern), effect) for pattern, effect in _IN_DATABASES)
_SHELL_PATTERNS = (*((re.compile(pattern), effect) for pattern, effect in _IN_SHELLS), *_DATABASE_PATTERNS)
# What each of the patterns holds, its case folded: a block without any of these destroys nothing, as most of them.
_SIGNS = (
    *(
        "rm",
        "delete",
        "destroy",
        "remove",
        "drop",
        "truncate",
        "shred",
        "mkfs",
        "wipefs",
        "/dev/",
        "shutdown",
        "poweroff",
    ),
    *("halt", "force", "uninstall", "terminate-", "rb", "purge", "push", "reset", "clean", "prune", "flush", "reinit"),
    *("seal", "disable", "del"),
)
_STATEMENT = re.compile(r"[^;]+")
_PART_OF_A_LINE = re.compile(r"[^|;&]+")
_TRIED = re.compile(r"--dry-run(?!=none)|--help\b")
_POD = re.compile(r"(?:pods?|po)(?:/.*)?")
_MAX_WORDS = 500  # characters of one command that are looked at; nobody types more


def destructions_in(block: CodeBlock) -> Iterator[Destruction]:
    """Yield the commands of a block that destroy, each once, in order.

    What is only printed, quoted, commented, or tried with `--dry-run` is none, and neither is the deletion of single
    pods, which their controllers make anew.
    """
    if not may_destroy(block.text):
        return
    in_database = block.language.lower() in DATABASES
    for command in commands_of(block):
        text = command.text if in_database else command.text.replace("\n", " ")
        for part in (_STATEMENT if in_database else _PART_OF_A_LINE).finditer(text):
            words = part[0][:_MAX_WORDS]
            if not in_database and (_TRIED.search(words) or _restarts_pods(words)):
                continue
            match, effect = _first(words, in_database=in_database)
            if match:
                start, end = part.start() + match.start(), part.start() + match.end()
                yield Destruction(" ".join(command.written[start:end].split()), command.line_at(start), effect)


def may_destroy(text: str) -> bool:
    """Whether a text of any length holds a word without which no command in it destroys."""
    folded = text.casefold()
    return any(sign in folded for sign in _SIGNS)


def _first(words: str, *, in_database: bool) -> tuple[re.Match[str] | None, str]:
    """Return the first match of any pattern, the longest of those that begin there, and what it does."""
    patterns = _DATABASE_PATTERNS if in_database else _SHELL_PATTERNS
    if "where" not in words.lower():
        patterns = (*patterns, _DELETE)
    found = ((match, effect) for pattern, effect in patterns if (match := pattern.search(words)))
    return min(found, key=lambda one: (one[0].start(), -one[0].end()), default=(None, ""))


def _restarts_pods(words: str) -> bool:
    _, deletes, rest = words.partition(" delete ")
    named = rest.split()
    return bool(deletes) and any(map(_POD.fullmatch, named)) and not {"--all", "--force"} & set(named)
