"""Paths as people and machines need them: findings know places below the docs folder, readers stand elsewhere."""

from __future__ import annotations

import os
import posixpath
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_sre.documents.waiver import Waived

if TYPE_CHECKING:
    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.location import Location


def from_here(docs_dir: Path, folder: Path) -> str:
    """Return the docs folder, POSIX, as seen from the working directory, so that what is printed can be opened.

    When it is not below that: as seen from `folder`, in which `mkdocs.yml` stands.
    """
    try:
        here = Path.cwd()
    except OSError:  # somebody has removed it
        here = folder
    return _below(docs_dir, here) or _relative(docs_dir, folder)


def from_repository(docs_dir: Path, folder: Path) -> str:
    """Return the docs folder, POSIX, as seen from the root of its repository; outside of one as `from_here`."""
    docs = Path(os.path.abspath(docs_dir))  # noqa: PTH100 links stay as they are named
    root = next((one for one in docs.parents if (one / ".git").exists()), None)
    return _relative(docs, root) if root else from_here(docs_dir, folder)


def _below(docs_dir: Path, top: Path) -> str | None:
    found = _relative(docs_dir, top)
    return None if found.split("/")[0] == ".." or posixpath.isabs(found) else found


def _relative(file: Path, folder: Path) -> str:
    try:
        return os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return Path(file).name


def moved_path(path: str, docs: str) -> str:
    """Return a path below the docs folder as it is called where the docs folder is called `docs`.

    >>> moved_path("sre/cart.md", "docs"), moved_path("../sre-waivers.yml", "docs"), moved_path("cart.md", ".")
    ('docs/sre/cart.md', 'sre-waivers.yml', 'cart.md')
    """
    return posixpath.normpath(f"{docs}/{path}")


def moved(finding: Finding, docs: str) -> Finding:
    """Return a finding whose places are called so."""
    return replace(
        finding, location=_moved(finding.location, docs), related=tuple(_moved(one, docs) for one in finding.related)
    )


def moved_waived(waived: Waived, docs: str) -> Waived:
    """Return a waived finding, and its waiver, whose places are called so."""
    waiver = replace(waived.waiver, location=_moved(waived.waiver.location, docs))
    return Waived(moved(waived.finding, docs), waiver)


def _moved(location: Location, docs: str) -> Location:
    return replace(location, path=moved_path(location.path, docs))
