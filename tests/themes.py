"""Themes of MkDocs, of which a process that builds a hundred sites compiles and lists the files once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import mkdocs
import pytest
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.theme import Theme

INSTALLED = Path(mkdocs.__file__).parents[1]  # the packages: what lies here is the same for all sites

_get_env = Theme.get_env
_list_templates = FileSystemLoader.list_templates


@contextmanager
def kept(compiled: Path) -> Iterator[None]:
    """Keep compiled templates in a folder, by their text, and the names of installed files in memory.

    MkDocs passes over every file and folder whose name begins with a dot; Material has 14,000 icons in one of them.
    """

    def get_env(theme: Theme) -> Environment:
        environment: Environment = _get_env(theme)
        environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        return environment

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Theme, "get_env", get_env)
        monkeypatch.setattr(FileSystemLoader, "list_templates", _listed)
        yield


def _listed(loader: FileSystemLoader) -> list[str]:
    found = {name for folder in loader.searchpath for name in _names(folder)}
    return sorted(found)


def _names(folder: str) -> list[str]:
    return _names_once(folder) if Path(folder).is_relative_to(INSTALLED) else _list_templates(FileSystemLoader(folder))


@cache
def _names_once(folder: str) -> list[str]:
    return [name for name in _list_templates(FileSystemLoader(folder)) if not name.startswith(".")]
