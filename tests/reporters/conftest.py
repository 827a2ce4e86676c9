"""The reports of papers.py as fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import MAKERS

from grader.report import Report


@pytest.fixture(params=MAKERS)
def paper(request: pytest.FixtureRequest) -> Report:
    """Each of the reports in turn."""
    return MAKERS[request.param]()


@pytest.fixture
def papers() -> dict[str, Report]:
    """All of the reports, by name."""
    return {name: make() for name, make in MAKERS.items()}


@pytest.fixture
def snapshots() -> Path:
    """The folder of what the pages looked like when somebody last looked at them."""
    return Path(__file__).parent / "snapshots"
