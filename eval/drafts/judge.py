"""Judges a draft: every fact in it against the records, and against the very records that its sentence cites.

A fact is `supported` where what the customer may know bears it out: their own orders, the shop's policies and rules,
the products that the draft cites, and their own message. It is `sourced` where the cited records alone do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from assistant.conversation.drafting.draft import Draft, DraftSentence
from assistant.shop import DEMO_RULES, Shop
from assistant.store.policy_texts import PolicyTexts
from assistant.store.principal import SYSTEM
from eval.drafts.records import Known, Reading, of_message, of_paragraph, rules_of, told, without_orders
from eval.drafts.tickets import TicketAsked
from eval.grounding.claims import Checker
from eval.grounding.truth import Truth, of_product, of_text, together
from index.product import Product

READ = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of a sentence."""

    kind: str
    text: str
    supported: bool
    sourced: bool


class Judge:
    """Judges the drafts of one shop."""

    def __init__(self, shop: Shop, products: Sequence[Product]) -> None:
        self._shop, self._products = shop, {product.id: product for product in products}
        self._checker = Checker(products)
        self._reading = Reading(ZoneInfo(shop.settings.timezone), rules_of(DEMO_RULES))
        self._paragraphs: dict[str, list[Any]] = {}
        self._held: dict[str, Known] = {}
        for one in PolicyTexts(shop.database).current():
            key = f"{one.policy}@{one.number}#{one.id.removeprefix(f'{one.policy}#')}"
            self._paragraphs.setdefault(key, []).append(one)

    def judged(self, asked: TicketAsked, draft: Draft) -> dict[str, Any]:
        """Return what came out, each sentence with its facts and whether the records bear them out."""
        return {
            "intents": list(draft.intents),
            "text": draft.text,
            "sentences": [self._sentence(one, asked, draft) for one in draft.sentences],
            "confidence": draft.confidence,
            "actions": [
                {"name": one.name, "arguments": dict(one.arguments), "allowed": one.allowed, "missing": one.missing}
                for one in draft.actions
            ],
            "timings": dict(draft.timings),
        }

    def _sentence(self, one: DraftSentence, asked: TicketAsked, draft: Draft) -> dict[str, Any]:
        cited = {citation.source: self._resolved(citation.source, asked) for citation in one.citations}
        records = {
            source.partition("#")[0] if ":" in source and not source.startswith("policy:") else source: known
            for source, known in cited.items()
            if known
        }
        facts = [*self._facts(one.text, list(records.values()), self._all(asked, draft), asked)]
        return {
            "text": one.text,
            "by": one.by,
            "sure": one.sure,
            "doubt": one.doubt,
            "sources": [citation.source for citation in one.citations],
            "unresolved": [source for source, known in cited.items() if known is None],
            "facts": [{"kind": f.kind, "text": f.text, "supported": f.supported, "sourced": f.sourced} for f in facts],
        }

    def _facts(
        self, text: str, cited: Sequence[Known], everything: Sequence[Known], asked: TicketAsked
    ) -> Iterable[Fact]:
        for said in told(text):
            supported = any(known.holds(said) for known in everything)
            yield Fact(
                kind=said.kind,
                text=said.text,
                supported=supported,
                sourced=supported and any(known.holds(said) for known in cited),
            )
        rest = without_orders(text)
        of_all = self._checker.claims(rest, _joined(everything), said=asked.message)
        of_cited = {
            (c.kind, c.text): c.supported for c in self._checker.claims(rest, _joined(cited), said=asked.message)
        }
        for claim in of_all:
            sourced = of_cited.get((claim.kind, claim.text), False)
            # A rating is one thing's own: of many things together none is known.
            yield Fact(kind=claim.kind, text=claim.text, supported=claim.supported or sourced, sourced=sourced)

    def _all(self, asked: TicketAsked, draft: Draft) -> list[Known]:
        """Return all that this customer may be told."""
        customer = self._shop.customers.get(asked.customer_id, SYSTEM)
        own = self._shop.orders.of(asked.customer_id, SYSTEM, limit=READ)
        known = [self._reading.order(order, customer) for order in own]
        known += [of_paragraph(paragraphs) for paragraphs in self._paragraphs.values()]
        sources = {c.source for one in draft.sentences for c in one.citations}
        known += [found for source in sources if (found := self._resolved(source, asked)) is not None]
        return [*known, of_message(asked.message)]

    def _resolved(self, source: str, asked: TicketAsked) -> Known | None:
        """Return what a cited record says; `None` where there is no such record, or it is another customer's."""
        kind, _, name = source.partition(":")
        if kind == "message":
            return of_message(asked.message)
        if kind == "order":
            return self._order(name.partition("#")[0], asked)
        if kind == "product":
            product = self._products.get(name.partition("#")[0])
            reviews = self._shop.catalogue.reviews(product.id, limit=1_000) if product else []
            return Known(truth=of_product(product, reviews)) if product else None
        if kind == "policy":
            paragraphs = self._paragraphs.get(name)
            return of_paragraph(paragraphs) if paragraphs else None
        if kind == "review":
            return self._reviews().get(name)
        return self._reading.rule(name) if kind == "rule" else None

    def _reviews(self) -> dict[str, Known]:
        """Return every review by its id, read once."""
        if not self._held:
            for product_id in self._products:
                for one in self._shop.catalogue.reviews(product_id, limit=1_000):
                    self._held[one.id] = Known(truth=of_text(one.title, one.body))
        return self._held

    def _order(self, number: str, asked: TicketAsked) -> Known | None:
        own = self._shop.orders.of(asked.customer_id, SYSTEM, limit=READ)
        order = next((one for one in own if one.number == number), None)
        return self._reading.order(order, self._shop.customers.get(asked.customer_id, SYSTEM)) if order else None


def _joined(known: Sequence[Known]) -> Truth:
    return together(one.truth for one in known) if known else Truth()
