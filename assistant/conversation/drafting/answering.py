"""What a draft says to one wish, decided from records before any model is asked: sentences, points to word, actions.

Reads as the customer whose message it is. Calls only those of the chat's answers that change nothing: a draft fills no
cart, asks no yes and remembers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from assistant.conversation.answers import Answer, Asked, finding, ordering
from assistant.conversation.answers.about import about
from assistant.conversation.cards import chosen
from assistant.conversation.drafting.case import Case, Desk
from assistant.conversation.drafting.draft import DraftSentence, ProposedAction
from assistant.conversation.drafting.matters import STATUS, Matter, asks_of_rules
from assistant.conversation.drafting.ordered import UNDER_WAY, Meant, meant_lines, meant_order, titles_of
from assistant.conversation.drafting.phrasing import phrase
from assistant.conversation.drafting.proposing import Wanted, fitting, proposed
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.evidence import by_key, order_subject, policy_subject, product_subject
from assistant.conversation.reading.families import label, services
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import Shown, State
from assistant.conversation.understand import Understander
from assistant.service.orders import OrderLookup
from assistant.service.policy_search import ENOUGH_BY_WORDS, Paragraph
from assistant.store.records import Order, OrderStatus
from assistant.wording.evidence import Citation, Point
from assistant.wording.phrases import say
from index.money import price_text

READ = 50
"""Orders of a customer that are looked at."""
TOLD = 3
"""Orders under way that are told of where none is named."""
PARAGRAPHS = 2
AS_GOOD = 0.96
"""A second paragraph is told where its score is at least this share of the first one's."""
NAMED_WORDS = 3
"""So many words of a title, and a message speaks of just that thing."""
CLEAR = 0.8
"""An intent that is this sure is not in doubt."""
_WAITS = frozenset({OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED})
_MONEY_BACK = frozenset({*_WAITS, OrderStatus.REFUNDED, OrderStatus.CANCELLED})
_WARRANTY = re.compile(r"warranty|guarantee|保修|质保")
_BOUGHT = re.compile(
    r"\b(?:i|we) (?:have )?(?:bought|ordered|purchased|got)\b|我(?:们)?(?:之前|上次)?(?:买|订)的", re.IGNORECASE
)
_FINDS = frozenset({"find", "refine", "more", "suit_me"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is said to one wish: `sentences` as they are, `points` for a writer, `actions` beside them."""

    sentences: tuple[DraftSentence, ...] = ()
    points: tuple[Point, ...] = ()
    actions: tuple[ProposedAction, ...] = ()
    sure: float = 1.0
    doubt: str = ""

    @property
    def orders(self) -> frozenset[str]:
        """The numbers of the orders that it tells of; empty where a sentence tells of anything else."""
        told = [{_number(citation) for citation in one.citations} for one in self.sentences]
        return frozenset().union(*told) if all(told) and all("" not in one for one in told) else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The answers to the wishes of one case, in the language of the reply."""

    case: Case
    desk: Desk
    language: str
    weighing: Weighing | None
    understander: Understander
    short: bool = False
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def answer(self, matter: Matter) -> Answered:
        """Return what is said to a wish. Blocks."""
        sure = 1.0 if matter.sure >= CLEAR else matter.sure
        if matter.action and self.weighing is not None:
            answered = self._acted(matter, self.weighing)
        elif matter.intent in STATUS and not _of_refunds(matter):
            answered = self._status(matter)
        elif matter.family == "human":
            answered = self._looked_after(matter)
        elif matter.family in ("ask_product", "compare") or (matter.family in _FINDS and self._bought(matter)):
            answered = self._of_product(matter)
        elif matter.family in _FINDS or matter.family.startswith("cart"):
            answered = self._from_chat(finding.find(self._asked(matter)))
        elif matter.family in ("out_of_scope", "empty", "help", "checkout"):
            answered = self._unclear(matter)
        else:
            answered = self._of_rules(matter)
        doubt = answered.doubt or ("intent" if sure < CLEAR else "")
        return replace(answered, sure=round(min(answered.sure, sure), 3), doubt=doubt)

    def _bought(self, matter: Matter) -> bool:
        """Return whether a message speaks of something that the customer bought."""
        if self.case.customer is None:
            return False
        found = self._meant(matter, self._own(), frozenset())
        return bool(_BOUGHT.search(matter.text)) or found.shared >= NAMED_WORDS

    def _own(self) -> list[Order]:
        return OrderLookup(self.desk.sources.orders).latest(self.case.principal, limit=READ)

    def _meant(self, matter: Matter, own: Sequence[Order], states: frozenset[OrderStatus]) -> Meant:
        if not self.titles:
            bought = {line.product_id for order in own for line in order.lines}
            self.titles.update(titles_of(self.desk.sources.catalogue.get(sorted(bought))))
        texts = (matter.text, self.case.message, *reversed(self.case.earlier))
        return meant_order(texts, own, fitting=states, titles=self.titles)

    def _acted(self, matter: Matter, weighing: Weighing) -> Answered:
        customer = self.case.customer
        if customer is None:
            return self._of_rules(matter) if asks_of_rules(matter.text, sure=0.0) else self._need_identity()
        action = matter.action
        if action == "user_address":
            own: list[Order] = []
            found = Meant()
        else:
            own = self._own()
            found = self._meant(matter, own, fitting(action, weighing.rules))
            if asks_of_rules(matter.text, sure=found.sure):
                return self._of_rules(matter)
            if found.order is None:
                return self._no_order(found, own)
            action = _by_state(action, matter.intent, found.order)
        wanted = Wanted(
            kind=action,
            text=matter.text,
            meant=found,
            customer=customer,
            language=self.language,
            sure=1.0 if matter.sure >= CLEAR else matter.sure,
            titles=self.titles,
            zone=self.desk.sources.timezone,
        )
        made = proposed(wanted, weighing)
        if made.action.missing and matter.text != self.case.message:
            # What is missing in one wish's own words may stand elsewhere: "Change my address. It is 1 Mill Lane …".
            made = proposed(replace(wanted, text=self.case.message), weighing)
        said = tuple(self._dated(one) for one in made.sentences)
        return Answered(sentences=(*self._which(found), *said), actions=(made.action,))

    def _dated(self, sentence: DraftSentence) -> DraftSentence:
        """Return a sentence whose rules are cited with the version that says so."""
        policies = self.desk.sources.policies
        dated = tuple(
            replace(one, source=policies.source(one.source.removeprefix("policy:"), self.language))
            if one.source.startswith("policy:")
            else one
            for one in sentence.citations
        )
        return replace(sentence, citations=dated)

    def _status(self, matter: Matter) -> Answered:
        if self.case.customer is None:
            return self._need_identity()
        own = self._own()
        refund = matter.intent == "refund_status"
        states = _MONEY_BACK if refund else UNDER_WAY
        found = self._meant(matter, own, states)
        if found.order is None:
            return self._no_order(found, own)
        if refund:
            return self._refund(found)
        more = [one for one in found.others if one.status in UNDER_WAY][: TOLD - 1] if found.sure < 1 else []
        told = [found.order, *more] if found.order.status in UNDER_WAY else [found.order]
        sentences = [self._told(order) for order in told]
        return Answered(sentences=tuple(sentences), sure=1.0 if found.order.status in UNDER_WAY else found.sure)

    def _refund(self, found: Meant) -> Answered:
        order = found.order
        if order is None or (found.sure < 0.6 and order.status not in _MONEY_BACK):
            return Answered(points=self._paragraph("refund_question"), sure=0.5, doubt="order")
        back = [one for one in order.payments if one.kind == "refund"]
        source = Citation(phrase("label_payments", self.language), f"order:{order.number}#payments")
        sentences = [
            DraftSentence(
                text=phrase(
                    "refunded",
                    self.language,
                    number=order.number,
                    amount=price_text(one.amount_minor, order.currency, self.language),
                    method=one.method_label,
                    date=_day(one.at, self.language, self.desk.sources.timezone),
                ),
                citations=(source,),
            )
            for one in back
        ]
        points = () if back or order.status not in _WAITS else self._paragraph("refund_question")
        return Answered(sentences=tuple(sentences) or (self._told(order),), points=points, sure=found.sure)

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

    def _which(self, found: Meant) -> tuple[DraftSentence, ...]:
        """Say which order was taken where several may be meant."""
        if found.order is None or found.sure >= 0.6 or not found.others:
            return ()
        facts = by_key(order_subject(found.order, self.language, self.desk.sources.timezone))
        text = phrase("which_order", self.language, number=found.order.number, items=facts["items"].text)
        source = Citation(facts["items"].label, facts["items"].source)
        return (DraftSentence(text=text, citations=(source,), sure=found.sure, doubt="order"),)

    def _no_order(self, found: Meant, own: Sequence[Order]) -> Answered:
        if found.unknown:
            text = phrase("unknown_order", self.language, number=found.unknown)
        else:
            text = phrase("no_orders", self.language)
        return Answered(sentences=(DraftSentence(text=text, sure=0.5, doubt="order"),), sure=0.5, doubt="order")

    def _need_identity(self) -> Answered:
        text = phrase("need_identity", self.language)
        return Answered(sentences=(DraftSentence(text=text, sure=0.5, doubt="unknown"),), sure=0.5, doubt="unknown")

    def _looked_after(self, matter: Matter) -> Answered:
        """Say that the agent sees to it, and where an order that is spoken of is."""
        told: tuple[DraftSentence, ...] = ()
        if self.case.customer is not None:
            found = self._meant(matter, self._own(), UNDER_WAY)
            if found.order is not None and found.order.status in UNDER_WAY and found.sure >= 0.6:
                told = (self._told(found.order),)
        return Answered(sentences=(DraftSentence(text=phrase("look_after", self.language)), *told))

    def _of_product(self, matter: Matter) -> Answered:
        asked = self._asked(matter)
        if self.case.customer is not None:
            # What was bought is what is most likely asked about.
            found = self._meant(matter, self._own(), frozenset())
            lines = meant_lines(matter.text, found.order, self.titles)[0] if found.order and found.shared else ()
            if lines:
                one = Shown(lines[0].product_id, lines[0].variant_id)
                state = replace(asked.state, shown=(one,), focus=one.product_id)
                # The words of a title ask nothing: "Which colours does the Scented Candle come in?"
                names = (lines[0].title, *self.titles.get(one.product_id, ()))
                said = self.understander.understand(pointed(matter.text, names), state, language=matter.found.language)
                said = replace(said, language=self.language)
                return self._from_chat(about(replace(asked, found=said, state=state)))
        return self._from_chat(about(asked))

    def _from_chat(self, answer: Answer) -> Answered:
        """Return one of the chat's answers without what is for its page alone."""
        # What is said of the one product that is shown is said of its record, where nothing else is named.
        shown = answer.cards[:1] if len(answer.cards) == 1 else ()
        of_it = tuple(Citation(one.title, f"product:{one.product_id}") for one in shown)
        said = tuple(
            DraftSentence(text=one.text, citations=one.citations or of_it) for one in (*answer.notices, *answer.closing)
        )
        points = answer.points[:1] if self.short else answer.points
        if answer.question is not None:
            said = (*said, DraftSentence(text=answer.question.text, sure=0.5, doubt="unknown"))
        if not said and not points:
            return self._unknown()
        return Answered(sentences=said, points=points, sure=0.5 if answer.question is not None and not points else 1.0)

    def _of_rules(self, matter: Matter) -> Answered:
        found = self._found(matter.found.unpointed or matter.text, matter.found.language)
        if not found and matter.intent in services():
            found = self._found(label(matter.intent, matter.found.language), matter.found.language)
        product = self._warranted(matter) if matter.intent == "warranty" else Answered()
        if not found:
            return product if product.points or product.sentences else self._unknown()
        sure = min(1.0, 0.5 + (found[0].score - ENOUGH_BY_WORDS))
        points = (*product.points, *(self._point(one, matter.text) for one in found))
        return Answered(
            sentences=product.sentences, points=points, sure=round(sure, 3), doubt="rule" if sure < CLEAR else ""
        )

    def _warranted(self, matter: Matter) -> Answered:
        """Say what the record of a bought product that is spoken of states of its warranty."""
        if self.case.customer is None:
            return Answered()
        found = self._meant(matter, self._own(), frozenset())
        if found.order is None or not found.shared:
            return Answered()
        line = meant_lines(matter.text, found.order, self.titles)[0][0]
        product = self.desk.sources.catalogue.get([line.product_id]).get(line.product_id)
        if product is None:
            return Answered()
        subject = product_subject(product, chosen(product, [line.variant_id]), self.language)
        stated = tuple(fact for fact in subject.facts if _WARRANTY.search(f"{fact.key} {fact.label}"))
        point = Point(role="answer", subject=subject, facts=stated[:1], ask=matter.text)
        return Answered(points=(point,) if stated else ())

    def _found(self, question: str, spoken: str) -> list[Paragraph]:
        """Return what answers best: asked in the message's language, told in the reply's."""
        policies = self.desk.sources.policies
        best = policies.find(question, spoken, PARAGRAPHS)
        found = [one for one in best[: 1 if self.short else PARAGRAPHS] if one.score >= best[0].score * AS_GOOD]
        if spoken == self.language:
            return found
        told = [policies.told_in(one, self.language) for one in found]
        return [one for one in told if one is not None]

    def _paragraph(self, question: str) -> tuple[Point, ...]:
        asked = phrase(question, self.language)
        return tuple(self._point(one, asked) for one in self._found(asked, self.language))

    def _point(self, paragraph: Paragraph, ask: str) -> Point:
        subject = policy_subject(paragraph)
        return Point(role="policy", subject=subject, facts=subject.facts, ask=ask)

    def _unknown(self) -> Answered:
        text = phrase("unknown", self.language)
        return Answered(sentences=(DraftSentence(text=text, sure=0.3, doubt="unknown"),), sure=0.3, doubt="unknown")

    def _unclear(self, matter: Matter) -> Answered:
        text = phrase("beyond" if matter.intent == "out_of_scope" else "ask_more", self.language)
        return Answered(sentences=(DraftSentence(text=text, sure=0.3, doubt="intent"),), sure=0.3, doubt="intent")

    def _asked(self, matter: Matter) -> Asked:
        found = replace(matter.found, language=self.language, intent=matter.intent, sure=matter.sure)
        return Asked(
            found=found,
            state=State(language=self.language),
            sources=self.desk.sources,
            session_id="",
            principal=self.case.principal,
        )


def _number(citation: Citation) -> str:
    kind, _, name = citation.source.partition(":")
    return name.partition("#")[0] if kind == "order" else ""


def _of_refunds(matter: Matter) -> bool:
    """Return whether a question after a refund asks for the rule, not for one's own money."""
    return matter.intent == "refund_status" and asks_of_rules(matter.text, sure=1.0)


def pointed(text: str, titles: Iterable[str]) -> str:
    """Return a message that points at a product where it names it by its title.

    >>> pointed("Is the Ember Lamp in stock?", ["Ember Lamp"]), pointed("余烬台灯多少钱？", ["余烬台灯"])
    ('Is it in stock?', '它多少钱？')
    """
    for title in sorted(set(titles), key=len, reverse=True):
        word = "它" if HAN.search(text) else "it"
        text = re.sub(rf"(?:\b(?:the|my|this|that) )?{re.escape(title)}", word, text, flags=re.IGNORECASE)
    return text


def _by_state(action: str, intent: str, order: Order) -> str:
    """Return the action that fits where the order is: what has not left is changed or cancelled, not sent back."""
    if order.status is OrderStatus.PENDING:
        return {"exchange": "items", "return": "cancel" if intent == "get_refund" else "return"}.get(action, action)
    if action == "items" and order.status is OrderStatus.DELIVERED:
        return "exchange"
    return action


def actions_of(answers: Iterable[Answered]) -> tuple[ProposedAction, ...]:
    """Return all that is wanted done, the same action once."""
    found: list[ProposedAction] = []
    for one in (action for answered in answers for action in answered.actions):
        if not any((one.name, one.arguments) == (other.name, other.arguments) for other in found):
            found.append(one)
    return tuple(found)


def _day(at: datetime, language: str, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone)) if at.tzinfo else at
    return str(format_date(local, format="long", locale="zh_CN" if language == "zh" else "en_US"))
