"""Every store is held to the same tests on both databases."""

import pytest

from assistant.store.database import open_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """An empty, migrated database of each kind."""
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    engine = open_database(url, tmp_path)
    yield engine
    engine.dispose()
