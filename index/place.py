"""Where a shop lies, and how its parts are opened for the command line. Reads no environment: it is handed one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from platformdirs import user_cache_path
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from index.catalogue import Catalogue
from index.errors import BadPlace, InUse
from index.money import is_currency

if TYPE_CHECKING:
    from index.build import Index, SyncReport

BUSY_TIMEOUT_S = 30
DEFAULT_WEIGHTS = user_cache_path("regulars") / "weights"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A shop's folder, database, model files, vector server, embedder and currency, as `SHOP_*` variables name them."""

    home: Path = Path("var")
    database_url: str = ""
    weights: Path = DEFAULT_WEIGHTS
    chroma_url: str = ""
    embedder: str = "default"
    currency: str | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str], *, home: Path | None = None) -> Place:
        """Return the place that an environment, or the TOML file it names as SHOP_CONFIG, describes.

        Raises:
            BadPlace: the file cannot be read, or a value cannot be used.
        """
        given = _configured(environment.get("SHOP_CONFIG")) | {k: v for k, v in environment.items() if v}
        currency = given.get("SHOP_CURRENCY", "").strip().upper()
        if currency and not is_currency(currency):
            raise BadPlace("SHOP_CURRENCY", currency, "a three-letter ISO 4217 code such as EUR is expected")
        return cls(
            home=home or Path(given.get("SHOP_HOME", "var")).expanduser(),
            database_url=given.get("SHOP_DATABASE_URL", ""),
            weights=Path(given.get("SHOP_WEIGHTS", str(DEFAULT_WEIGHTS))).expanduser(),
            chroma_url=given.get("SHOP_CHROMA_URL", ""),
            embedder=given.get("SHOP_EMBEDDER", "default"),
            currency=currency or None,
        )

    def engine(self) -> Engine:
        """Return an engine on the shop's database, made where there is none yet."""
        self.home.mkdir(parents=True, exist_ok=True)
        url = self.database_url or f"sqlite:///{self.home / 'shop.db'}"
        try:
            place = make_url(url)
            if place.get_backend_name() == "postgresql":
                return create_engine(place.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
            engine = create_engine(place, connect_args={"timeout": BUSY_TIMEOUT_S})
        except (ArgumentError, NoSuchModuleError, TypeError) as error:
            expected = "sqlite:///FILE or postgresql://… is expected"
            raise BadPlace("SHOP_DATABASE_URL", "…", expected) from error
        event.listen(engine, "connect", _write_ahead)
        return engine

    def index(self, engine: Engine, progress: Progress | None = None) -> Index:
        """Return the shop's index; the first time fetches the embedders' files."""
        from index.build import Index
        from index.embed import EmbedSettings, open_embedders

        settings = EmbedSettings(weights=self.weights, embedder=self.embedder)
        embedders = open_embedders(settings, progress)
        return Index.assemble(self.home, engine, embedders, chroma_url=self.chroma_url)


@contextmanager
def sole_writer(home: Path) -> Iterator[None]:
    """Hold the shop's files: vectors and words under a home have one writer, the app or a command.

    Raises:
        InUse: another process holds them.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "writer.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise InUse(home) from error
    try:
        yield
    finally:
        lock.release()


class LazyIndex:
    """An index whose embedders are opened only when there is something to embed: an unchanged feed stays quick."""

    def __init__(self, place: Place, engine: Engine) -> None:
        self.catalogue = Catalogue(engine)
        self.catalogue.create()
        self._place, self._engine = place, engine

    def sync(self, progress: Progress | None = None) -> SyncReport:
        """Bring vectors and words up to date with the catalogue."""
        from index.build import SyncReport

        pending = self.catalogue.pending()
        if not pending.changed and not pending.withdrawn:
            return SyncReport(0, 0, 0, 0.0)
        index = self._place.index(self._engine, progress)
        try:
            return index.sync(progress)
        finally:
            index.close()


def _configured(path: str | None) -> dict[str, str]:
    if not path:
        return {}
    try:
        said = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPlace("SHOP_CONFIG", path, f"a readable TOML file is expected ({error})") from error
    return {f"SHOP_{key.upper()}": str(value) for key, value in said.items()}


def _write_ahead(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
