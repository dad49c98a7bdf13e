"""What a draft says to one wish, decided from records before any model is asked: sentences, points to word, actions.

Chooses who answers; reads nothing itself. Asks no yes and does nothing: the gate is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.conversation.drafting.answered import CLEAR, UNKNOWN, Answered, fixed
from assistant.conversation.drafting.case import Case, Desk
from assistant.conversation.drafting.matters import STATUS, Matter, asks_of_rules
from assistant.conversation.drafting.of_orders import OrderAnswers
from assistant.conversation.drafting.of_products import ProductAnswers
from assistant.conversation.drafting.of_rules import RuleAnswers
from assistant.conversation.drafting.ordered import Meant
from assistant.conversation.drafting.proposing import Wanted, fitting, proposed
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.understand import Understander
from assistant.store.records import Order, OrderStatus

_FINDS = frozenset({"find", "refine", "more", "suit_me"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The answers to the wishes of one case, in the language of the reply."""

    orders: OrderAnswers
    rules: RuleAnswers
    products: ProductAnswers
    weighing: Weighing | None

    def answer(self, matter: Matter) -> Answered:
        """Return what is said to a wish. Blocks."""
        sure = 1.0 if matter.sure >= CLEAR else matter.sure
        answered = self._answered(matter)
        doubt = answered.doubt or ("intent" if sure < CLEAR else "")
        return replace(answered, sure=round(min(answered.sure, sure), 3), doubt=doubt)

    def _answered(self, matter: Matter) -> Answered:
        if matter.found.harm is not None:
            key = "care" if matter.found.harm == "care" else "beyond"
            return fixed(key, self.orders.language, sure=UNKNOWN, doubt="intent")
        if matter.action and self.weighing is not None:
            return self._acted(matter, self.weighing)
        if matter.intent in STATUS and not _of_refunds(matter):
            return self.orders.status(matter)
        if matter.family == "human":
            return self.orders.looked_after(matter)
        if matter.family in ("ask_product", "compare") or (matter.family in _FINDS and self.products.bought(matter)):
            return self.products.of(matter)
        if matter.family in _FINDS or matter.family.startswith("cart"):
            return self.products.searched(matter)
        if matter.family in ("out_of_scope", "empty", "help", "checkout"):
            key = "beyond" if matter.intent == "out_of_scope" else "ask_more"
            return fixed(key, self.orders.language, sure=UNKNOWN, doubt="intent")
        return self.rules.of(matter, self.products.warranty(matter) if matter.intent == "warranty" else ())

    def _acted(self, matter: Matter, weighing: Weighing) -> Answered:
        customer = self.orders.case.customer
        if customer is None:
            return self.rules.of(matter) if asks_of_rules(matter.text, sure=0.0) else self.orders.need_identity()
        action, found = matter.action, Meant()
        if action != "user_address":
            found = self.orders.meant(matter, self.orders.own(), fitting(action, weighing.rules))
            if asks_of_rules(matter.text, sure=found.sure):
                return self.rules.of(matter)
            if found.order is None:
                return self.orders.missing(found)
            action = by_state(action, matter.intent, found.order)
        wanted = Wanted(
            kind=action,
            text=matter.text,
            meant=found,
            customer=customer,
            language=self.orders.language,
            sure=1.0 if matter.sure >= CLEAR else matter.sure,
            titles=self.orders.titles,
            zone=self.orders.desk.sources.timezone,
        )
        made = proposed(wanted, weighing)
        if made.action.missing and matter.text != self.orders.case.message:
            # What is missing in one wish's own words may stand elsewhere: "Change my address. It is 1 Mill Lane …".
            made = proposed(replace(wanted, text=self.orders.case.message), weighing)
        said = tuple(self.rules.dated(one) for one in made.sentences)
        return Answered(sentences=(*self.orders.which(found), *said), actions=(made.action,))


def answering(case: Case, desk: Desk, language: str, *, understander: Understander, short: bool = False) -> Answering:
    """Return the answers to the wishes of a case in a language."""
    rules = RuleAnswers(desk=desk, language=language, short=short)
    orders = OrderAnswers(case=case, desk=desk, language=language, rules=rules, short=short)
    products = ProductAnswers(orders=orders, understander=understander)
    return Answering(orders=orders, rules=rules, products=products, weighing=desk.weighing)


def _of_refunds(matter: Matter) -> bool:
    """Return whether a question after a refund asks for the rule, not for one's own money."""
    return matter.intent == "refund_status" and asks_of_rules(matter.text, sure=1.0)


def by_state(action: str, intent: str, order: Order) -> str:
    """Return the action that fits where the order is: what has not left is changed or cancelled, not sent back."""
    if order.status is OrderStatus.PENDING:
        return {"exchange": "items", "return": "cancel"}.get(action, action)
    if action == "items" and order.status is OrderStatus.DELIVERED:
        return "exchange"
    return action
