"""What every test shares: no network but loopback, and where real data and weights lie."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from platformdirs import user_cache_path

ROOT = Path(__file__).resolve().parent.parent

# Libraries read these at import: no telemetry, no look at a model hub.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket's path
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_collection_modifyitems(items):
    """Run the browser's tests last: Playwright keeps an event loop running, beside which `asyncio.run` is refused."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if not _is_local(address):
            raise AssertionError(f"a test tried to reach {address!r}: tests use loopback only")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data, or a skip that says so."""
    folder = Path(os.environ.get("REGULARS_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real data is not at {folder}: set REGULARS_DATA to its folder to run this test")
    return folder


@pytest.fixture(scope="session")
def weights_dir() -> Path:
    """Where `make test` has put the model files."""
    return Path(os.environ.get("SHOP_WEIGHTS", user_cache_path("regulars") / "weights"))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server made for these tests, or a skip that says what to install."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not programs:
        pytest.skip("PostgreSQL is not here: install the package postgresql to run this test")
    folder = Path(tempfile.mkdtemp(prefix="regulars-pg-"))
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")  # initdb refuses root
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def call(*command: str) -> None:
        subprocess.run([*as_postgres, *command], check=True, capture_output=True, cwd=folder)

    data, program = str(folder / "data"), programs[-1]
    call(str(program / "initdb"), "-D", data, "-U", "regulars", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    call(str(program / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://regulars@127.0.0.1:{port}/postgres"
    finally:
        call(str(program / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, gone after the test."""
    name = f"test_{uuid.uuid4().hex}"
    server = sqlalchemy.create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield postgres_url.rpartition("/")[0] + f"/{name}"
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
