"""Git, called so that nothing of the user's configuration or environment changes its answers."""

from __future__ import annotations

import os
import subprocess
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TIMEOUT_SECONDS = 600  # for one process; a hanging file system must not hang the build for ever
MAX_OBJECT_BYTES = 64 * 1024 * 1024  # of one file in history; what is longer is read past, and counts as missing
_KEPT = ("PATH", "HOME", "XDG_CONFIG_HOME", "SYSTEMROOT", "TMPDIR", "TEMP", "USERPROFILE")  # what git needs to start
_FIXED = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",  # what a partial clone lacks is missing, not fetched behind the reader's back
    "GIT_ALLOW_PROTOCOL": "none",  # and the same for a git that does not know the line above
    "LC_ALL": "C",
}
_OPTIONS = (
    *("-c", "core.quotepath=off"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.follow=false"),
    *("-c", "log.mailmap=false"),
    *("-c", "log.diffMerges=separate"),
    *("-c", "advice.graftFileDeprecated=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)


class Answer(NamedTuple):
    """What git printed on both streams, and its exit code; -1 when it could not run or took too long."""

    code: int
    output: bytes = b""
    error: str = ""


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints in a folder; None without git, outside a repository, or when it fails."""
    answer = ask(folder, *arguments)
    return answer.output if answer.code == 0 else None


def ask(folder: Path, *arguments: str) -> Answer:
    """Return git's answer to a command in a folder."""
    try:
        done = subprocess.run(  # noqa: S603 the arguments are ours, no shell is involved
            _command(arguments),
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return Answer(-1, error="git is not installed")
    except (OSError, subprocess.SubprocessError) as error:
        return Answer(-1, error=str(error))
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def objects(folder: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield the bytes of each file in git's store that has one of these names (ids), in order, by one process.

    None for a name that is missing there, as in a partial clone, or longer than `MAX_OBJECT_BYTES`. When the process
    fails, so is every name that it has not told of.
    """
    if not names:
        return
    left = iter(names)
    try:
        with subprocess.Popen(  # noqa: S603 the arguments are ours, no shell is involved
            _command(("cat-file", "--batch", "--buffer")),
            cwd=folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            writer = Thread(target=_ask_for, args=(process, names), daemon=True)
            writer.start()
            for name in left:
                found = _next_object(process, name)
                if found is None:
                    yield name, None
                    break
                yield name, found[0]
            process.kill()
            writer.join()
    except OSError:
        pass
    yield from ((name, None) for name in left)


def _command(arguments: Sequence[str]) -> list[str]:
    return ["git", *_OPTIONS, *arguments]


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | _FIXED


def _ask_for(process: subprocess.Popen[bytes], names: Sequence[str]) -> None:
    assert process.stdin is not None  # noqa: S101 it is a pipe
    try:
        process.stdin.write("".join(f"{name}\n" for name in names).encode())
        process.stdin.close()
    except OSError:
        return  # the process has ended, which its reader sees


def _next_object(process: subprocess.Popen[bytes], name: str) -> tuple[bytes | None] | None:
    """Return the bytes that come next, None in a tuple for a missing or too long file; None when the answer breaks off."""
    assert process.stdout is not None  # noqa: S101 it is a pipe
    head = process.stdout.readline().split()
    if len(head) == 2 and head[1] == b"missing":  # noqa: PLR2004 name and word
        return (None,)
    if len(head) != 3 or head[0].decode("ascii", "replace") != name or not head[2].isdigit():  # noqa: PLR2004 name, type, size
        return None
    left = int(head[2])
    if left <= MAX_OBJECT_BYTES:
        data = process.stdout.read(left + 1)
        return (data[:-1] if head[1] == b"blob" else None,) if len(data) == left + 1 else None
    while left >= 0:
        read = len(process.stdout.read(min(left + 1, MAX_OBJECT_BYTES)))
        if not read:
            return None
        left -= read
    return (None,)
