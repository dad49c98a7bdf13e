"""Our own feed: a product a line, as `index.record` writes it; whatever is rendered is parsed back as it was.

{"id": "LAMP-1", "language": "en", "words": {"en": {"title": "Desk lamp"}}, "variants": [{"id": "LAMP-1"}]}
"""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from index.errors import BadProduct
from index.product import Product
from index.record import to_record

_PRODUCT = TypeAdapter(Product)
_EXCERPT = 80


def render(product: Product) -> str:
    """Return a product as one line of JSON, without a line end."""
    return json.dumps(to_record(product), ensure_ascii=False, allow_nan=False)


def parse(line: str | bytes, row: int = 1) -> Product:
    """Return the product of a line that `render` wrote.

    Raises:
        BadProduct: it has another form; names the first field that does.
    """
    try:
        return _PRODUCT.validate_json(line, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "line"
        raise BadProduct(row, place, str(first["input"])[:_EXCERPT], first["msg"].lower()) from error
