"""Products of JSON values, each in whatever form it has: our own, Agentic Commerce's, or a flat object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from index.errors import BadProduct
from index.feeds.agentic import agentic_product
from index.feeds.fields import Defaults
from index.feeds.google import Offers
from index.feeds.jsonlines import parse
from index.product import Product


def is_own(value: Any) -> bool:
    """Return whether a value is a product in our own form."""
    return isinstance(value, Mapping) and isinstance(value.get("words"), Mapping)


def is_agentic(value: Any) -> bool:
    """Return whether a value is a product of the Agentic Commerce Protocol."""
    return isinstance(value, Mapping) and isinstance(value.get("variants"), list) and not is_own(value)


def products(rows: Iterable[tuple[int, Any] | BadProduct], defaults: Defaults) -> Iterator[Product | BadProduct]:
    """Yield the products of values; those of flat objects come last, as their groups are known at the end."""
    with closing(Offers(defaults)) as flat:
        for row in rows:
            if isinstance(row, BadProduct):
                yield row
            elif is_own(row[1]):
                yield _own(*row)
            elif is_agentic(row[1]):
                yield from agentic_product(*row, defaults)
            elif isinstance(row[1], Mapping):
                problem = flat.take(row[0], row[1].items())
                yield from (problem,) if problem is not None else ()
            else:
                yield BadProduct(row[0], "product", str(row[1])[:80], "is not an object")
        yield from flat.products()


def _own(row: int, value: Any) -> Product | BadProduct:
    try:
        return parse(json.dumps(value, default=float), row)
    except BadProduct as problem:
        return problem
