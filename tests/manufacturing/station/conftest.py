"""Both databases, for every test that takes `place`."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import postgres_server
import pytest
from hypothesis import HealthCheck, settings

# As in tests/firmware: no limit of time, the same examples at each run.
_FIXTURES = (HealthCheck.function_scoped_fixture,)  # such tests hold for a database that others wrote to, or copy it
settings.register_profile("repeatable", deadline=None, derandomize=True, suppress_health_check=_FIXTURES)
settings.register_profile("explore", deadline=None, suppress_health_check=_FIXTURES)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    binaries = postgres_server.programs()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed here: scripts/setup installs it")
    with postgres_server.running(binaries) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "records.sqlite")
        return
    server = request.getfixturevalue("postgres")
    url = server.new_database()
    yield url
    server.drop(url)


@pytest.fixture
def copied(place: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives a new copy of `place`, which nobody may have open, at each call. The one before is gone then."""
    if not place.startswith("postgresql"):
        yield lambda: str(shutil.copy(place, tmp_path / "copy.sqlite"))
        return
    server = request.getfixturevalue("postgres")
    last: list[str] = []

    def copy() -> str:
        while last:
            server.drop(last.pop())
        last.append(server.new_database(place.rpartition("/")[2]))
        return last[0]

    yield copy
    server.drop(last.pop())
