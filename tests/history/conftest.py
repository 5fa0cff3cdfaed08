"""The repository that most of these tests begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.history.repositories import NO_HOME, Repository, repository_in


@pytest.fixture(autouse=True, scope="module")
def _nobody() -> Iterator[None]:
    """Shut out the configuration of whoever runs the tests, and keep nothing between runs unless a test asks for it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HOME", NO_HOME)
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        monkeypatch.setenv("CI", "true")
        yield


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The small site, committed and sealed."""
    return repository_in(tmp_path)


@pytest.fixture
def unsealed(tmp_path: Path) -> Repository:
    """The same without seals."""
    return repository_in(tmp_path / "unsealed", sealed=False)
