"""Google Merchant feeds: tables and XML whose rows are offers; an item_group_id joins them to one product.

    id      title               price       availability    item_group_id   color
    C-1-R   Wool coat - Red     89.00 EUR   in stock        C-1             red

Flat JSON objects and mapped tables go the same way, once their fields have these names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from index.errors import BadProduct
from index.feeds.fields import Defaults, Fields
from index.feeds.grouping import Groups
from index.feeds.offers import join, offer
from index.feeds.tables import TableRow
from index.product import Product
from index.record import from_record, to_record


class Offers:
    """Takes rows of fields one by one, and gives the products that they make together. Use with `closing`."""

    def __init__(self, defaults: Defaults) -> None:
        self._defaults, self._groups = defaults, Groups()

    def take(self, row: int, given: Iterable[tuple[str, Any]]) -> BadProduct | None:
        """Keep a row; returns the complaint where it cannot be used."""
        fields = Fields(row, given)
        try:
            one = offer(fields, self._defaults)
        except BadProduct as problem:
            return problem
        self._groups.add(fields.text("item_group_id") or one.id, row, to_record(one))
        return None

    def products(self) -> Iterator[Product | BadProduct]:
        """Yield a product for each group, in the order of their first rows."""
        for name, offers in self._groups:
            yield from join(name, [(row, from_record(record)) for row, record in offers])

    def close(self) -> None:
        """Forget everything."""
        self._groups.close()


def products(
    rows: Iterable[tuple[int, Any] | TableRow | BadProduct], defaults: Defaults
) -> Iterator[Product | BadProduct]:
    """Yield the products of a feed's rows, after the rows that cannot be used."""
    with closing(Offers(defaults)) as offers:
        for row in rows:
            if isinstance(row, BadProduct):
                yield row
                continue
            number, given = (row.number, row.cells) if isinstance(row, TableRow) else row
            problem = offers.take(number, given)
            if problem is not None:
                yield problem
        yield from offers.products()
