"""The hall, one for each process that runs tests: it stays warm, and an attack that harmed it shows in the next."""

from __future__ import annotations

import pytest
from hall import Hall

from grader.bench.locks import missing


@pytest.fixture(scope="session")
def hall(tmp_path_factory, recorded_course):
    lacking = missing()
    if lacking:
        pytest.skip("; ".join(lacking.values()))
    hall = Hall(tmp_path_factory.mktemp("hall"), recorded_course)
    yield hall
    hall.close()
