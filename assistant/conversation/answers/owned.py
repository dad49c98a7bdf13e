"""Whether a message speaks of something that its writer bought, and what of that was chosen wrongly. Blocks.

"I picked the wrong size of the jacket", 精华我手滑点了两瓶.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.answers import Asked
from assistant.conversation.drafting.ordered import described, titles_of
from assistant.service.orders import OrderLookup
from assistant.store.records import Order, OrderStatus

_CHOSE_WRONG = re.compile(
    r"(?:颜色|尺码|尺寸|大小|码|号|款式|型号|口味|规格).{0,3}(?:拍|买|选|下|点|订)错|"
    r"(?:拍|买|选|下|点|订)错(?:了)?(?:颜色|尺码|码|号|款|型号)|"
    r"(?:拍|下单|买|订)了.{0,12}(?:想|要|能|可以)(?:改|换)(?:个|一下|成)?.{0,3}(?:颜色|尺码|码|款|规格)|"
    r"\b(?:ordered|bought|chose|picked|selected) (?:it |them )?(?:in )?the wrong (?:size|colou?r|option|flavou?r)\b",
    re.IGNORECASE,
)
"""Took the wrong option of a thing."""
_ONE_TOO_MANY = re.compile(
    r"(?:多|重复)(?:点|拍|买|下|订)了|(?:点|拍|买|下|订)(?:多|重)了|"
    r"(?:点|拍|买|下|订)(?:成|了)[两二三2-9].{0,8}(?:只(?:要|留)|留|退)(?:一|1)|"
    r"\b(?:ordered|bought) (?:one|two) too many\b|\bonly (?:need|want) one of the\b",
    re.IGNORECASE,
)
"""Has more of a thing in an order than is wanted."""


def chosen_wrongly(asked: Asked, message: str) -> str:
    """Return the wish of who took another option of a thing than was meant, or too many; empty for nobody else."""
    guest = asked.principal.customer_id is None
    if _CHOSE_WRONG.search(message) and (guest or of_bought(asked, message)):
        return "change_order"
    waits = any(order.status is OrderStatus.PENDING for order in of_bought(asked, message))
    return "order_single" if _ONE_TOO_MANY.search(message) and waits else ""


def of_bought(asked: Asked, message: str) -> Sequence[Order]:
    """Return the orders that hold what a message speaks of, the latest first; none for a guest."""
    if asked.principal.customer_id is None:
        return ()
    own = OrderLookup(asked.sources.orders).latest(asked.principal, limit=50)
    products = asked.sources.catalogue.get(sorted({line.product_id for order in own for line in order.lines}))
    return described(message, own, titles_of(products, asked.found.named))[0]
