"""Opens the shop's one database, SQLite or PostgreSQL, with its tables brought up to date.

Knows no table by name. Read with `reading`, write with `writing`: both turn a driver's errors into the shop's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assistant.errors import BadRecord, SettingError, StoreUnavailable

BUSY_TIMEOUT_S = 30
_MIGRATIONS = Path(__file__).parent / "migrations"
# Any fixed number will do; it only has to be the same in every process that migrates this shop.
_MIGRATION_LOCK = 0x5265_6775


def open_database(url: str, home: Path) -> Engine:
    """Return an engine on the database at `url`, or on SQLite under `home` where it is empty, migrated.

    Several processes may open the same database at once: one migrates, the others wait for it.

    Raises:
        SettingError: the URL cannot be read, or names neither SQLite nor PostgreSQL.
        StoreUnavailable: the database cannot be reached, or was made by a newer version.
    """
    place = _place(url, home)
    engine = _sqlite(place) if place.get_backend_name() == "sqlite" else _postgresql(place)
    try:
        with _one_at_a_time(engine), translated(engine), engine.begin() as connection:
            _migrate(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one consistent state and blocks nobody."""
    with translated(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are all kept on leaving, or none; SQLite's write lock is taken at once."""
    with translated(engine), engine.begin() as connection:
        yield connection


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn what the driver raises into `StoreUnavailable`, and what a column refuses into `BadRecord`.

    Neither message holds the statement, nor the first its values.
    """
    try:
        yield
    # The driver's own error comes unwrapped where a connection is being made.
    except (SQLAlchemyError, CommandError, OSError, engine.dialect.loaded_dbapi.Error) as error:
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, ValueError):  # said by a column's type before anything reached the database
            raise BadRecord(str(cause)) from error
        reason = str(cause).strip().splitlines() or [type(cause).__name__]
        raise StoreUnavailable(engine.url.render_as_string(hide_password=True), reason[0]) from error


def _place(url: str, home: Path) -> URL:
    if not url:
        home.mkdir(parents=True, exist_ok=True)
        return URL.create("sqlite", database=str(home / "shop.db"))
    try:
        place = make_url(url)
        backend = place.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        expected = "an SQLAlchemy URL such as sqlite:///shop.db is expected"
        raise SettingError("SHOP_DATABASE_URL", "…", expected) from error  # the value may hold a password
    if backend == "sqlite" and place.database not in (None, "", ":memory:"):
        return place
    if backend == "postgresql":
        return place.set(drivername="postgresql+psycopg")
    shown = place.render_as_string(hide_password=True)
    raise SettingError("SHOP_DATABASE_URL", shown, "a SQLite file (sqlite:///shop.db) or postgresql://… is expected")


class _SqliteConnection(Connection):
    """Tells an explicit `begin()`, which means to write, from the transaction that a first read opens by itself."""

    only_reads = False

    def _autobegin(self) -> None:
        self.only_reads = True
        try:
            super()._autobegin()
        finally:
            self.only_reads = False


def _sqlite(place: URL) -> Engine:
    engine = create_engine(place, connect_args={"timeout": BUSY_TIMEOUT_S})
    # No public hook separates the two; without it a transaction that reads, then writes, can fail as "locked" at
    # once however long the timeout (SQLITE_BUSY_SNAPSHOT), and taking the lock for reads too would queue all readers.
    engine._connection_cls = _SqliteConnection

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin a transaction of its own
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        only_reads = isinstance(connection, _SqliteConnection) and connection.only_reads
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(place: URL) -> Engine:
    return create_engine(place, pool_pre_ping=True)


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    """Keep other processes out while a SQLite file is made and migrated; PostgreSQL has a lock of its own for that."""
    if engine.dialect.name != "sqlite" or engine.url.database is None:
        yield
        return
    try:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{engine.url.database}.lock"):
            with translated(engine):
                _write_ahead(engine)
            yield
    except OSError as error:
        raise StoreUnavailable(str(engine.url.database), str(error)) from error


def _write_ahead(engine: Engine) -> None:
    # The mode is kept in the file. Changing it does not wait for other connections, hence inside the lock.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
