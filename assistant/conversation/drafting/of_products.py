"""What a draft says of products: what was bought first of all, else what the message names or looks for.

Calls only those of the chat's answers that change nothing: a draft fills no cart and remembers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.conversation.answers import Answer, Asked, finding
from assistant.conversation.answers.about import about
from assistant.conversation.cards import chosen
from assistant.conversation.drafting.answered import ASKED_BACK, UNKNOWN, Answered, fixed
from assistant.conversation.drafting.draft import DraftSentence
from assistant.conversation.drafting.matters import Matter
from assistant.conversation.drafting.of_orders import OrderAnswers
from assistant.conversation.evidence import product_subject
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import Shown, State
from assistant.conversation.understand import Understander
from assistant.wording.evidence import Citation, Point

NAMED_WORDS = 3
"""So many words of a title, and a message speaks of just that thing."""
_WARRANTY = re.compile(r"warranty|guarantee|保修|质保")
_BOUGHT = re.compile(
    r"\b(?:i|we) (?:have )?(?:bought|ordered|purchased|got)\b|我(?:们)?(?:之前|上次)?(?:买|订)的", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAnswers:
    """The answers about products of one case."""

    orders: OrderAnswers
    understander: Understander

    def bought(self, matter: Matter) -> bool:
        """Return whether a message speaks of something that the customer bought. Blocks."""
        line, shared = self.orders.bought(matter)
        return line is not None and (shared >= NAMED_WORDS or bool(_BOUGHT.search(matter.text)))

    def of(self, matter: Matter) -> Answered:
        """Return the answer to a question about a product. Blocks."""
        asked = self._asked(matter)
        line, _ = self.orders.bought(matter)
        if line is None:
            return self._from_chat(about(asked))
        state = replace(asked.state, shown=(Shown(line.product_id, line.variant_id),), focus=line.product_id)
        # The words of a title ask nothing: "Which colours does the Scented Candle come in?"
        text = pointed(matter.text, (line.title, *self.orders.titles.get(line.product_id, ())))
        said = self.understander.understand(text, state, language=matter.found.language)
        found = replace(said, language=self.orders.language)
        return self._from_chat(about(replace(asked, found=found, state=state)))

    def searched(self, matter: Matter) -> Answered:
        """Return what the shop has of what is looked for. Blocks."""
        return self._from_chat(finding.find(self._asked(matter)))

    def warranty(self, matter: Matter) -> tuple[Point, ...]:
        """Return what the record of a bought product states of its warranty; nothing where it states none. Blocks."""
        line, _ = self.orders.bought(matter)
        catalogue = self.orders.desk.sources.catalogue
        product = catalogue.get([line.product_id]).get(line.product_id) if line else None
        if line is None or product is None:
            return ()
        subject = product_subject(product, chosen(product, [line.variant_id]), self.orders.language)
        stated = tuple(fact for fact in subject.facts if _WARRANTY.search(f"{fact.key} {fact.label}"))
        return (Point(role="answer", subject=subject, facts=stated[:1], ask=matter.text),) if stated else ()

    def _from_chat(self, answer: Answer) -> Answered:
        """Return one of the chat's answers without what is for its page alone."""
        # What is said of the one product that is shown is said of its record, where nothing else is named.
        shown = answer.cards[:1] if len(answer.cards) == 1 else ()
        of_it = tuple(Citation(one.title, f"product:{one.product_id}") for one in shown)
        said = tuple(
            DraftSentence(text=one.text, citations=one.citations or of_it) for one in (*answer.notices, *answer.closing)
        )
        points = answer.points[:1] if self.orders.short else answer.points
        if answer.question is not None:
            said = (*said, DraftSentence(text=answer.question.text, sure=ASKED_BACK, doubt="unknown"))
        if not said and not points:
            return fixed("unknown", self.orders.language, sure=UNKNOWN, doubt="unknown")
        asks = answer.question is not None and not points
        return Answered(sentences=said, points=points, sure=ASKED_BACK if asks else 1.0)

    def _asked(self, matter: Matter) -> Asked:
        found = replace(matter.found, language=self.orders.language, intent=matter.intent, sure=matter.sure)
        return Asked(
            found=found,
            state=State(language=self.orders.language),
            sources=self.orders.desk.sources,
            session_id="",
            principal=self.orders.case.principal,
        )


def pointed(text: str, titles: Iterable[str]) -> str:
    """Return a message that points at a product where it names it by its title.

    >>> pointed("Is the Ember Lamp in stock?", ["Ember Lamp"]), pointed("余烬台灯多少钱？", ["余烬台灯"])
    ('Is it in stock?', '它多少钱？')
    """
    for title in sorted(set(titles), key=len, reverse=True):
        word = "它" if HAN.search(text) else "it"
        text = re.sub(rf"(?:\b(?:the|my|this|that) )?{re.escape(title)}", word, text, flags=re.IGNORECASE)
    return text
