"""Who wants to hear when a product is in stock again. A person sees their own alone. Knows no stock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select, update

from assistant.store.database import reading, writing
from assistant.store.events import check_reader
from assistant.store.principal import Principal
from assistant.store.rows import put_rows
from assistant.store.tables import stock_alerts


@dataclass(frozen=True, slots=True)
class StockAlert:
    """A product that somebody waits for; `variant_id` is empty where any variant will do."""

    product_id: str
    variant_id: str = ""


class StockAlerts:
    """The stock alerts of one shop. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, whose: str, alert: StockAlert, principal: Principal) -> None:
        """Keep that a person ("customer:ID") waits; asking again after they were told waits anew.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        row = {
            "person": whose,
            "product_id": alert.product_id,
            "variant_id": alert.variant_id,
            "asked_at": datetime.now(UTC),
            "told_at": None,
        }
        with writing(self._engine) as connection:
            put_rows(connection, stock_alerts, [row])

    def waiting(self, whose: str, principal: Principal) -> list[StockAlert]:
        """Return what a person waits for and was not told of, the earliest first.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        mine = (stock_alerts.c.person == whose) & stock_alerts.c.told_at.is_(None)
        query = select(stock_alerts).where(mine).order_by(stock_alerts.c.asked_at)
        with reading(self._engine) as connection:
            return [StockAlert(row.product_id, row.variant_id) for row in connection.execute(query)]

    def told(self, whose: str, alerts: Iterable[StockAlert], principal: Principal) -> None:
        """Keep that a person was told.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        with writing(self._engine) as connection:
            for one in alerts:
                same = (stock_alerts.c.product_id == one.product_id) & (stock_alerts.c.variant_id == one.variant_id)
                mine = (stock_alerts.c.person == whose) & same
                connection.execute(update(stock_alerts).where(mine).values(told_at=datetime.now(UTC)))

    def forget(self, whose: str, principal: Principal) -> None:
        """Delete what a person waits for.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        with writing(self._engine) as connection:
            connection.execute(delete(stock_alerts).where(stock_alerts.c.person == whose))
