"""Prometheus's own tool, which judges what is exported."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import required


@pytest.fixture(scope="session")
def promtool() -> str:
    """The path of the tool; without it the test is skipped, or fails when it is required."""
    found = shutil.which("promtool")
    if found is None:
        if required("promtool"):
            pytest.fail("promtool is required (MKDOCS_SRE_REQUIRE) and not installed")
        pytest.skip("promtool is not installed: apt-get install prometheus")
    return found
