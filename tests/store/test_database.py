import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from assistant.errors import SettingError, StoreUnavailable
from assistant.store.database import open_database, reading, writing
from assistant.store.tables import metadata
from index.catalogue import Catalogue

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from assistant.store.carts import Carts
from assistant.store.database import open_database
from assistant.store.principal import GUEST
from assistant.store.records import CartItem

carts = Carts(open_database(sys.argv[1], Path(sys.argv[2])))
item = CartItem(variant_id="v", product_id="p", quantity=0, added_at=datetime.now(UTC))
while True:
    print(carts.change("s", GUEST, item=item, decide=lambda n: n + 1).after, flush=True)
"""

OPENER = """
import sys
from pathlib import Path
from assistant.store.database import open_database

open_database(sys.argv[1], Path(sys.argv[2])).dispose()
"""


def test_migrations_make_what_the_tables_describe(database):
    ours = set(metadata.tables)
    with database.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, parents: kind != "table" or name in ours}
        )
        assert compare_metadata(context, metadata) == []


def test_the_catalogue_lives_in_the_same_database(database):
    Catalogue(database).create()
    assert Catalogue(database).count() == 0 and "orders" in inspect(database).get_table_names()


def test_opening_again_keeps_everything(tmp_path):
    with writing(open_database("", tmp_path)) as connection:
        connection.execute(text("INSERT INTO carts VALUES ('c', 'session:s', '2026-01-01', '2026-01-01')"))
    with reading(open_database("", tmp_path)) as connection:
        assert connection.execute(text("SELECT id FROM carts")).scalar_one() == "c"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_at_once_migrate_once(kind, tmp_path, request):
    url = request.getfixturevalue("postgres_database") if kind == "postgresql" else ""
    opening = [
        subprocess.Popen([sys.executable, "-c", OPENER, url, str(tmp_path)], stderr=subprocess.PIPE) for _ in range(4)
    ]
    complaints = [process.communicate()[1].decode() for process in opening]
    assert [process.returncode for process in opening] == [0] * 4, complaints
    engine = open_database(url, tmp_path)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM regulars_version")).scalar_one() == 1
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_acknowledged_survives_kill_9(kind, tmp_path, request):
    url = request.getfixturevalue("postgres_database") if kind == "postgresql" else ""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, url, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    for _ in range(20):
        acknowledged = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    last = writer.communicate()[0].split()
    acknowledged = int(last[-1]) if last else acknowledged
    engine = open_database(url, tmp_path)
    with reading(engine) as connection:
        kept = connection.execute(text("SELECT quantity FROM cart_lines")).scalar_one()
    engine.dispose()
    assert acknowledged <= kept <= acknowledged + 1  # the one that was being said may have been kept


def test_sqlite_is_safe_against_power_loss(tmp_path):
    with reading(open_database("", tmp_path)) as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_a_reader_neither_waits_for_a_writer_nor_sees_half(tmp_path):
    engine = open_database("", tmp_path)
    with writing(engine) as writer:
        writer.execute(text("INSERT INTO carts VALUES ('c', 'session:s', '2026-01-01', '2026-01-01')"))
        with reading(engine) as reader:
            assert reader.execute(text("SELECT count(*) FROM carts")).scalar_one() == 0


def test_read_then_write_by_many_threads_is_never_locked_out(tmp_path):
    engine = open_database("", tmp_path)
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO carts VALUES ('c', '0', '2026-01-01', '2026-01-01')"))
    together = threading.Barrier(4)

    def count_up(_):
        together.wait()
        for _ in range(10):
            with writing(engine) as connection:
                seen = int(connection.execute(text("SELECT owner FROM carts")).scalar_one())
                connection.execute(text("UPDATE carts SET owner = :n"), {"n": str(seen + 1)})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count_up, range(4)))
    with reading(engine) as connection:
        assert connection.execute(text("SELECT owner FROM carts")).scalar_one() == "40"


def test_a_failed_transaction_leaves_nothing(database):
    with pytest.raises(StoreUnavailable), writing(database) as connection:
        now = datetime.now(UTC).isoformat()
        connection.execute(text(f"INSERT INTO carts VALUES ('c', 'session:s', '{now}', '{now}')"))
        connection.execute(text("SELECT nothing FROM nowhere"))
    with reading(database) as connection:
        assert connection.execute(text("SELECT count(*) FROM carts")).scalar_one() == 0


@pytest.mark.parametrize("url", ["mysql://localhost/shop", "no url at all", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_cannot_be_used_is_named(url, tmp_path):
    with pytest.raises(SettingError, match="SHOP_DATABASE_URL"):
        open_database(url, tmp_path)


def test_a_server_that_is_away_is_said_without_its_password(tmp_path):
    with pytest.raises(StoreUnavailable) as raised:
        open_database("postgresql://shop:hunter2@127.0.0.1:1/shop", tmp_path)
    assert "hunter2" not in str(raised.value) and "127.0.0.1" in str(raised.value)


def test_a_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "shop.db").write_text("this is a letter, not a database " * 40)
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_database("", tmp_path)


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    open_database("", tmp_path).dispose()
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.execute("UPDATE regulars_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreUnavailable, match="9999"):
        open_database("", tmp_path)
