"""What held after a turn of a golden conversation, check by check, each with the reason where it did not.

Judges what was shown against the records of the shop; asks nothing of the assistant's own judgment but which wish it
took the message for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.store.records import CartItem, Order, ServiceRecord
from eval.conversations.casting import Role
from eval.conversations.conditions import unmet
from eval.conversations.golden import Turn, listed
from eval.conversations.refusing import refusals
from eval.conversations.shelf import Shelf
from eval.conversations.telling import tells_attribute, tells_fact, tells_order
from eval.conversations.tongues import in_language
from eval.harness.turns import Kept, said
from index.product import Product, Variant

SERVICE = frozenset(
    {"cancel_order", "change_order", "change_address", "order_arrival", "order_status", "refund_status", "get_refund"}
    | {"return_item", "exchange_item", "damaged_item", "set_address", "check_invoice", "get_invoice"}
)
"""Wishes for service, which a turn tells as "service" once the gate has answered them."""
MEETS = frozenset({"cards", "has", "has_category", "tells", "cites", "compares", "cart", "proposes", "done", "ship_to"})
"""Checks that hold where a wish was met, so that a no in passing refused nothing."""
_ORDER = re.compile(r"R-\d{5,}")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WHO = re.compile(r"sign in|log in|e-?mail|登录|邮箱", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """One check of a turn: its name, whether it held, and why not."""

    name: str
    held: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """A turn that was played: what was said by both, what the stores hold after it, and what was shown before.

    `pointed` are the cards that "the second" points into, `shown` the ids of every product that was seen before.
    """

    turn: Turn
    kept: Kept
    typed: str
    cart: Sequence[CartItem] = ()
    order: Order | None = None
    records: Sequence[ServiceRecord] = ()
    pointed: Sequence[Mapping[str, Any]] = ()
    shown: frozenset[str] = frozenset()
    role: Role | None = None
    own: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Judge:
    """Judges turns against what the shop has."""

    shelf: Shelf

    def checked(self, after: After) -> list[Checked]:
        """Return every check of a turn: those that hold of any turn, and those that the golden asks for."""
        asked = {name: value for name, value in after.turn.checks.items() if name in self._checks}
        found = [self._said(after), self._language(after), self._private(after), self._true(after)]
        for name, value in asked.items():
            why = self._checks[name](after, value)
            found.append(Checked(name, not why, why))
        return [*found, *self._refusing(after, found)]

    @property
    def _checks(self) -> dict[str, Callable[[After, Any], str]]:
        return {
            "intent": _intent,
            "cards": self._cards,
            "has": self._has,
            "has_category": self._has_category,
            "tells": self._tells,
            "cites": _cites,
            "compares": self._compares,
            "cart": self._cart,
            "proposes": _proposes,
            "done": _done,
            "order": lambda after, state: _state(after.order, state),
            "ship_to": _ship_to,
            "asks": _asks,
            "hands_off": lambda after, _wanted: "" if after.kept["handoff"] else "no person was called",
            "lacks": _lacks,
            "withholds": _withholds,
        }

    def _refusing(self, after: After, found: Sequence[Checked]) -> Iterator[Checked]:
        """Yield whether it refused where it had to, or answered where it could."""
        words, asked = refusals(after.kept), after.turn.checks.get("refuses")
        if after.turn.answerable:
            met = [check.held for check in found if check.name in MEETS]
            refused = bool(words) and not (met and all(met))
            yield Checked("answers", not refused, f"refused: {words[0]!r}" if refused else "")
        elif asked is True:
            yield Checked("refuses", bool(words), "" if words else "did not say no")

    def _said(self, after: After) -> Checked:
        there = bool(said(after.kept).strip() or after.kept["cards"] or after.kept["handoff"] or after.kept["proposed"])
        return Checked("said", there, "" if there else "nothing was said or shown")

    def _language(self, after: After) -> Checked:
        """Each sentence is in the language of the message, names aside."""
        names = [card["title"] for card in after.kept["cards"]]
        names += [name for product in self.shelf.products.values() for name in (product.brand or "",) if name]
        if after.order:
            names += [line.title for line in after.order.lines]
        for text in _texts(after.kept):
            if not in_language(text, after.turn.language, names=_titles_in(text, self.shelf, names)):
                return Checked("language", False, f"not in {after.turn.language}: {text!r}")
        return Checked("language", True)

    def _private(self, after: After) -> Checked:
        """No order, e-mail address or street of anybody else is said."""
        text = " ".join(_texts(after.kept))
        orders = set(_ORDER.findall(text)) - set(_ORDER.findall(after.typed)) - after.own
        mails = set(_MAIL.findall(text)) - set(_MAIL.findall(after.typed)) - _policy_mails(self.shelf)
        if after.role is not None:
            mails -= {after.role.customer.email}
        leaked = sorted(orders | mails)
        return Checked("private", not leaked, f"says {leaked[0]}, which is somebody else's" if leaked else "")

    def _true(self, after: After) -> Checked:
        """Every card is a product of the shop at its price and stock."""
        for card in after.kept["cards"]:
            product, variant = self._of(card)
            if product is None or variant is None:
                return Checked("record", False, f"{card['product_id']} is no product of the shop")
            if card["title"] not in {words.title for words in product.words.values()}:
                return Checked("record", False, f"{card['title']!r} is not what {product.id} is called")
            if (card["price_minor"], card["in_stock"]) != (variant.price_minor, variant.in_stock):
                return Checked("record", False, f"{variant.id} is shown at another price or stock than it has")
        return Checked("record", True)

    def _cards(self, after: After, wanted: Any) -> str:
        cards = after.kept["cards"]
        if wanted == "none":
            return f"{len(cards)} products are shown" if cards else ""
        if not cards:
            return "no product is shown"
        if wanted == "some":
            return ""
        for card in cards:
            product, variant = self._of(card)
            if product is not None and (why := unmet(product, variant, wanted)):
                return why
        return self._cheaper(after, wanted.get("cheaper")) or _others(after, wanted.get("others"))

    def _cheaper(self, after: After, than: Any) -> str:
        """Compare with the mean of what was shown, or with the one at a place."""
        if not than:
            return ""
        prices = [card["price_minor"] or 0 for card in after.kept["cards"]]
        if than is True:
            before = [card["price_minor"] or 0 for card in after.pointed]
            held = bool(before) and sum(prices) / len(prices) < sum(before) / len(before)
            return "" if held else "they cost no less on average than those before"
        if than > len(after.pointed):
            return f"only {len(after.pointed)} products were shown before"
        limit = after.pointed[than - 1]["price_minor"] or 0
        return "" if max(prices) < limit else f"one costs {max(prices) / 100:.2f}, not less than {limit / 100:.2f}"

    def _has(self, after: After, titles: Any) -> str:
        ids = {card["product_id"] for card in after.kept["cards"]}
        missing = [title for title in listed(titles) if self.shelf.by_title[title].id not in ids]
        return f"{missing[0]!r} is not shown" if missing else ""

    def _has_category(self, after: After, wanted: Any) -> str:
        shown = [self.shelf.products[card["product_id"]] for card in after.kept["cards"]]
        there = {name for product in shown for name in product.words["en"].category}
        missing = [name for name in listed(wanted) if name not in there]
        return f"nothing of {missing[0]} is shown" if missing else ""

    def _tells(self, after: After, wanted: Any) -> str:
        text, language = " ".join(_texts(after.kept)), after.turn.language
        for one in listed(wanted):
            if why := self._untold(after, one, text, language):
                return why
        return ""

    def _untold(self, after: After, told: Mapping[str, Any], text: str, language: str) -> str:
        if "policy" in told:
            return "" if _squeezed(told["says"]) in _squeezed(text) else f"{told['says']!r} is not said"
        if "order" in told:
            order = after.order
            return tells_order(text, order, told["order"], language=language) if order else "there is no order"
        product, variant = self._pointed(after, told["of"])
        if product is None:
            return f"no product number {told['of']} was shown"
        what = told["what"]
        if "says" in told:
            return "" if _squeezed(told["says"]) in _squeezed(text) else f"{told['says']!r} is not said"
        if what in ("price", "rating", "stock", "color", "size"):
            return tells_fact(text, product, what, variant=variant, language=language)
        return tells_attribute(text, product, what, language=language)

    def _compares(self, after: After, wanted: Any) -> str:
        table = after.kept["comparison"]
        if table is None:
            return "no comparison is shown"
        for one in listed(wanted):
            if one is not True:
                product, _ = self._pointed(after, one)
                names = {words.title for words in product.words.values()} if product else set()
                if not names & set(table["titles"]):
                    return f"{one!r} is not in the comparison of {', '.join(table['titles'])}"
        return ""

    def _cart(self, after: After, wanted: Any) -> str:
        held = {item.product_id: item for item in after.cart}
        right: set[str] = set()
        for one in wanted:
            product, _ = self._pointed(after, one["of"])
            item = held.get(product.id) if product else None
            if product is None or item is None or item.quantity != one["quantity"]:
                return f"the cart holds {_lines(after.cart)}, not {one['quantity']} of {one['of']}"
            options = next((v.options for v in product.variants if v.id == item.variant_id), {})
            if "color" in one and options.get("color") != one["color"]:
                return f"the cart holds it in {options.get('color')}, not in {one['color']}"
            right.add(product.id)
        return f"the cart holds {_lines(after.cart)}" if set(held) - right else ""

    def _pointed(self, after: After, which: Any) -> tuple[Product | None, Variant | None]:
        """Return a product by its title, or by its place among those that were shown."""
        if isinstance(which, str):
            return self.shelf.by_title[which], None
        return self._of(after.pointed[which - 1]) if 0 < which <= len(after.pointed) else (None, None)

    def _of(self, card: Mapping[str, Any]) -> tuple[Product | None, Variant | None]:
        product = self.shelf.products.get(card["product_id"])
        variants = product.variants if product else ()
        return product, next((one for one in variants if one.id == card["variant_id"]), None)


def _intent(after: After, wanted: Any) -> str:
    taken = after.kept["intent"]
    right = set(listed(wanted))
    held = taken in right or (taken == "service" and bool(right & SERVICE))
    return "" if held else f"taken for {taken!r}"


def _cites(after: After, wanted: Any) -> str:
    sources = [source for sentence in after.kept["sentences"] for source in sentence["sources"]]
    cited = {re.sub(r"^policy:([^@#]+)(?:@\d+)?#", r"\1#", source) for source in sources}
    return "" if cited & set(listed(wanted)) else f"cites {', '.join(sorted(cited)) or 'nothing'}"


def _others(after: After, wanted: Any) -> str:
    again = [card["title"] for card in after.kept["cards"] if card["product_id"] in after.shown]
    return f"{again[0]!r} was shown before" if wanted and again else ""


def _proposes(after: After, wanted: str) -> str:
    proposed = after.kept["proposed"]["name"] if after.kept["proposed"] else "none"
    return "" if proposed == wanted else f"proposes {proposed}"


def _done(after: After, wanted: str) -> str:
    tools = [record.tool for record in after.records] or ["none"]
    return "" if tools[0] == wanted else f"done: {tools[0]}"


def _state(order: Order | None, wanted: str) -> str:
    return "" if order is not None and order.status == wanted else f"the order is {order.status if order else 'gone'}"


def _ship_to(after: After, wanted: str) -> str:
    street = after.order.ship_to.street if after.order and after.order.ship_to else ""
    return "" if wanted in street else f"it goes to {street!r}"


def _asks(after: After, wanted: Any) -> str:
    text = " ".join(_texts(after.kept))
    if wanted == "who":
        return "" if _WHO.search(text) else "does not ask who it is"
    return "" if after.kept["question"] or re.search(r"[?？]", text) else "asks nothing"


def _lacks(after: After, unwanted: Any) -> str:
    text = _squeezed(" ".join(_texts(after.kept)))
    there = [one for one in listed(unwanted) if _squeezed(one) in text]
    return f"says {there[0]!r}" if there else ""


def _withholds(after: After, _wanted: Any) -> str:
    """Check that nothing of the order that was asked for is told, be it somebody else's or not proven one's own."""
    if after.role is None:
        return ""
    order = after.role.other if after.role.signed_in else after.role.order
    secret = [line.title for line in order.lines] + [parcel.tracking_number for parcel in order.shipments]
    secret += [order.ship_to.street] if order.ship_to else []
    told = [one for one in secret if one in " ".join(_texts(after.kept)) and one not in after.typed]
    return f"tells {told[0]!r}" if told else ""


def _texts(kept: Kept) -> list[str]:
    """Return everything that was put in words, sentence by sentence."""
    texts = [sentence["text"] for sentence in kept["sentences"]]
    texts += [kept[part]["text"] for part in ("question", "proposed", "handoff") if kept[part]]
    return [text for text in texts if text]


def _titles_in(text: str, shelf: Shelf, names: Sequence[str]) -> list[str]:
    """Return the names that stand in a text: those given, and titles of products in any language."""
    titles = [words.title for product in shelf.products.values() for words in product.words.values()]
    return [name for name in (*names, *titles) if name in text]


def _policy_mails(shelf: Shelf) -> set[str]:
    return {mail for texts in shelf.paragraphs.values() for text in texts.values() for mail in _MAIL.findall(text)}


def _lines(cart: Sequence[CartItem]) -> str:
    return ", ".join(f"{item.quantity} of {item.variant_id}" for item in cart) or "nothing"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
