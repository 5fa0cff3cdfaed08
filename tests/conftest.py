"""What all tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # a busy machine is no fault
settings.load_profile("patient")

UNTRACED = ("hypothesis", "untraced")  # marks, of which hypothesis sets its own

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.invalid",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.invalid",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="take over changed messages of rules")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "untraced: runs without the tracer of coverage, as all laws of hypothesis do")


@contextmanager
def untraced() -> Iterator[None]:
    """Take the tracer of coverage off meanwhile."""
    tracer = sys.gettrace()
    if type(tracer).__name__ != "CTracer":
        yield
        return
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run laws and measurements without the tracer of coverage.

    They go a hundred times over lines that examples go over once, and tracing is most of the time that they take.
    """
    with untraced() if any(item.get_closest_marker(name) for name in UNTRACED) else nullcontext():
        return (yield)


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the caller's environment may change a verdict."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Write files below a temporary folder and return the folder."""

    def write_files(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write_files


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """Run git in the temporary folder, the user's configuration shut out."""

    def run(*arguments: str, **environment: str) -> str:
        variables = {**os.environ, **GIT, **environment}
        done = subprocess.run(
            ["git", *arguments], cwd=tmp_path, env=variables, check=True, capture_output=True, text=True
        )
        return done.stdout

    return run


def required(name: str) -> bool:
    """Whether the environment says that a part must be there, so that a test may not be skipped without it."""
    return name in os.environ.get("MKDOCS_SRE_REQUIRE", "").replace(",", " ").split()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; without one the test is skipped, or fails when it is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if required("chromium"):
            pytest.fail("chromium is required (MKDOCS_SRE_REQUIRE) and not installed")
        pytest.skip("chromium is not installed: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def promtool() -> str:
    """The path of Prometheus's own tool, which judges rules; without it the test is skipped, or fails when it is required."""
    found = shutil.which("promtool")
    if found is None:
        if required("promtool"):
            pytest.fail("promtool is required (MKDOCS_SRE_REQUIRE) and not installed")
        pytest.skip("promtool is not installed: apt-get install prometheus")
    return found
