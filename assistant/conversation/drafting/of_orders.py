"""What a draft says of the customer's own orders: where they are, what went back, and which one is meant.

Reads as the customer whose message it is, so that no other order can be found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from assistant.conversation.answers import ordering
from assistant.conversation.drafting.answered import ASKED_BACK, Answered, fixed
from assistant.conversation.drafting.case import Case, Desk
from assistant.conversation.drafting.draft import SURE, DraftSentence
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.matters import Matter
from assistant.conversation.drafting.of_rules import RuleAnswers
from assistant.conversation.drafting.ordered import UNDER_WAY, Meant, meant_order, titles_of
from assistant.conversation.drafting.phrasing import phrase
from assistant.conversation.evidence import by_key, order_subject
from assistant.service.orders import OrderLookup
from assistant.store.records import Order, OrderLine, OrderStatus, Payment
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.money import price_text

READ = 50
"""Orders of a customer that are looked at."""
TOLD = 3
"""Orders under way that are told of where none is named."""
_WAITS = frozenset({OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED})
_MONEY_BACK = frozenset({*_WAITS, OrderStatus.REFUNDED, OrderStatus.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswers:
    """The answers about the orders of one case. `titles` are those of what was bought, filled when they are needed."""

    case: Case
    desk: Desk
    language: str
    rules: RuleAnswers
    short: bool = False
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def own(self) -> list[Order]:
        """Return the customer's own orders, the latest first. Blocks."""
        return OrderLookup(self.desk.sources.orders).latest(self.case.principal, limit=READ)

    def meant(self, matter: Matter, own: Sequence[Order], states: frozenset[OrderStatus]) -> Meant:
        """Return which of the orders a wish means. Blocks."""
        if not self.titles:
            bought = {line.product_id for order in own for line in order.lines}
            self.titles.update(titles_of(self.desk.sources.catalogue.get(sorted(bought))))
        texts = (matter.text, self.case.message, *reversed(self.case.earlier))
        return meant_order(texts, own, fitting=states, titles=self.titles)

    def bought(self, matter: Matter) -> tuple[OrderLine | None, float]:
        """Return what a wish speaks of among all that was bought, and how many words say so; `None` for nothing."""
        if self.case.customer is None:
            return None, 0.0
        found = self.meant(matter, self.own(), frozenset())
        if found.order is None or not found.shared:
            return None, 0.0
        return meant_lines(matter.text, found.order, self.titles)[0][0], found.shared

    def status(self, matter: Matter) -> Answered:
        """Return where the order that is meant is, or those under way; of a refund, what went back. Blocks."""
        if self.case.customer is None:
            return self.need_identity()
        own = self.own()
        refund = matter.intent == "refund_status"
        states = _MONEY_BACK if refund else UNDER_WAY
        found = self.meant(matter, own, states)
        if found.order is None:
            return self.missing(found)
        if refund:
            return self._refund(found)
        more = [one for one in found.others if one.status in UNDER_WAY][: TOLD - 1] if found.sure < 1 else []
        told = [found.order, *more] if found.order.status in UNDER_WAY else [found.order]
        sentences = [self._told(order) for order in told]
        return Answered(sentences=tuple(sentences), sure=1.0 if found.order.status in UNDER_WAY else found.sure)

    def _refund(self, found: Meant) -> Answered:
        order = found.order
        if order is None or (found.sure < SURE and order.status not in _MONEY_BACK):
            return Answered(points=self.rules.told("refund_question"), sure=ASKED_BACK, doubt="order")
        back = [one for one in order.payments if one.kind == "refund"]
        sentences = tuple(self._went_back(one, order) for one in back)
        points = () if back or order.status not in _WAITS else self.rules.told("refund_question")
        return Answered(sentences=sentences or (self._told(order),), points=points, sure=found.sure)

    def _went_back(self, payment: Payment, order: Order) -> DraftSentence:
        text = phrase(
            "refunded",
            self.language,
            number=order.number,
            amount=price_text(payment.amount_minor, order.currency, self.language),
            method=payment.method_label,
            date=_day(payment.at, self.language, self.desk.sources.timezone),
        )
        source = Citation(phrase("label_payments", self.language), f"order:{order.number}#payments")
        return DraftSentence(text=text, citations=(source,))

    def _told(self, order: Order) -> DraftSentence:
        """Return where an order is, from its record."""
        if not self.short:
            notice = ordering.told_of(order, self.language, self.desk.sources.timezone)
            return DraftSentence(text=notice.text, citations=notice.citations)
        facts = by_key(order_subject(order, self.language, self.desk.sources.timezone))
        used = [facts["status"], facts["updated"]]
        text = phrase(
            "order_short",
            self.language,
            number=order.number,
            status=facts["status"].text,
            since=facts["updated"].text,
        )
        if "expected" in facts:
            used.append(facts["expected"])
            text += say("order_expected", self.language, date=facts["expected"].text)
        return DraftSentence(text=text, citations=tuple(Citation(fact.label, fact.source) for fact in used))

    def which(self, found: Meant) -> tuple[DraftSentence, ...]:
        """Say which order was taken where several may be meant."""
        if found.order is None or found.sure >= SURE or not found.others:
            return ()
        facts = by_key(order_subject(found.order, self.language, self.desk.sources.timezone))
        text = phrase("which_order", self.language, number=found.order.number, items=facts["items"].text)
        source = Citation(facts["items"].label, facts["items"].source)
        return (DraftSentence(text=text, citations=(source,), sure=found.sure, doubt="order"),)

    def missing(self, found: Meant) -> Answered:
        """Say that there is no such order, or none at all."""
        if found.unknown:
            return fixed("unknown_order", self.language, sure=ASKED_BACK, doubt="order", number=found.unknown)
        return fixed("no_orders", self.language, sure=ASKED_BACK, doubt="order")

    def need_identity(self) -> Answered:
        """Ask who is writing."""
        return fixed("need_identity", self.language, sure=ASKED_BACK, doubt="unknown")

    def looked_after(self, matter: Matter) -> Answered:
        """Say that the agent sees to it, and where an order that is spoken of is."""
        told: tuple[DraftSentence, ...] = ()
        if self.case.customer is not None:
            found = self.meant(matter, self.own(), UNDER_WAY)
            if found.order is not None and found.order.status in UNDER_WAY and found.sure >= SURE:
                told = (self._told(found.order),)
        return Answered(sentences=(DraftSentence(text=phrase("look_after", self.language)), *told))


def _day(at: datetime, language: str, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone)) if at.tzinfo else at
    return str(format_date(local, format="long", locale="zh_CN" if language == "zh" else "en_US"))
