import pytest

from assistant.store.database import open_database


@pytest.fixture
def engine(tmp_path):
    """The shop's database: SQLite, migrated, empty."""
    engine = open_database("", tmp_path)
    yield engine
    engine.dispose()
