"""Git, called so that nothing of the user's configuration or environment changes its answers."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT_SECONDS = 120  # for one process; a hanging file system must not hang the build for ever
_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP", "USERPROFILE")  # what git needs to start
_FIXED = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS = ("-c", "core.quotepath=off", "-c", "log.showSignature=false", "-c", "log.follow=false")


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints in a folder; None without git, outside a repository, or when it fails."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _FIXED
    try:
        done = subprocess.run(  # noqa: S603 the arguments are ours, no shell is involved
            ["git", *_OPTIONS, *arguments],  # noqa: S607 git is wherever PATH says
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
