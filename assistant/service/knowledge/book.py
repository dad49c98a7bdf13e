"""All that the shop knows to say, for those who keep it: texts and their versions, proposals, unanswered questions.

Shoppers' questions go to `Policies`; this is where people decide what stands there. Knows no page.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Engine

from assistant.errors import NotFound, RegularsError
from assistant.service.knowledge.anonymous import has_marks
from assistant.service.knowledge.files import Rejected, read_texts
from assistant.service.knowledge.proposing import proposals
from assistant.service.knowledge.unanswered import Unanswered
from assistant.service.policies import Policies, source_of
from assistant.service.policy_text import TextName, digest, markdown_sections, text_of
from assistant.store.article_proposals import ArticleProposals, Proposal
from assistant.store.customers import Customers
from assistant.store.knowledge_gaps import KnowledgeGaps
from assistant.store.orders import Orders
from assistant.store.policy_texts import EditionRecord, PolicyTexts, Taken
from assistant.store.principal import SYSTEM, Principal
from assistant.store.records import Address
from assistant.store.tickets import Ticket, Tickets

DESK = "desk"
"""The source of what people wrote at the desk: no import withdraws it."""
LONGEST_TITLE, LONGEST_BODY = 200, 8_000


class BadArticle(RegularsError):
    """An article that cannot be published as it is."""

    def __init__(self, title: str, reason: str) -> None:
        self.title, self.reason = title, reason
        super().__init__(f"the article {title!r} cannot be published: {reason}")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import changed, and what it could not use."""

    taken: Taken = field(default_factory=Taken)
    rejected: tuple[Rejected, ...] = ()


class Knowledge:
    """The texts of one shop and what becomes of them. Thread-safe."""

    def __init__(self, engine: Engine, policies: Policies) -> None:
        self._texts, self._policies = PolicyTexts(engine), policies
        self._tickets, self._customers, self._orders = Tickets(engine), Customers(engine), Orders(engine)
        self.proposals, self.gaps = ArticleProposals(engine), KnowledgeGaps(engine)
        self.unanswered = Unanswered(self.gaps)

    def texts(self) -> list[EditionRecord]:
        """Return every version of every text, by name and language, the latest first."""
        return self._texts.every()

    def propose(self, ticket_id: str, principal: Principal) -> list[Proposal]:
        """Keep what a resolved conversation proposes, and return it; empty where the texts answer all of it already.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: there is no such ticket.
        """
        ticket = self._tickets.get(ticket_id, principal)
        messages = self._tickets.messages(ticket_id, principal)
        made = proposals(ticket, messages, known=self._known(ticket, principal), answered=self._answered)
        return [one for one in made if self.proposals.add(one, principal)]

    def approve(self, proposal_id: str, principal: Principal, *, by: str, title: str, body: str) -> EditionRecord:
        """Publish a proposed article as it was edited; it can be found at once.

        Raises:
            NotAllowed, NotFound, AlreadySettled: it is not the principal's to approve, not there, or decided about.
            BadArticle: there is no text, or a mark of something that was taken out still stands in it.
        """
        published: list[EditionRecord] = []

        def publish(proposal: Proposal) -> str:
            published.append(self.write(title, body, proposal.language, principal))
            return published[0].policy

        self.proposals.settle(proposal_id, principal, by=by, publish=publish)
        return published[0]

    def reject(self, proposal_id: str, principal: Principal, *, by: str) -> None:
        """Decide that a proposed article will not be one.

        Raises:
            NotAllowed, NotFound, AlreadySettled: it is not the principal's to reject, not there, or decided about.
        """
        self.proposals.settle(proposal_id, principal, by=by, publish=lambda _: "")

    def write(self, title: str, body: str, language: str, principal: Principal) -> EditionRecord:
        """Publish an article under a name of its own; of the same title the desk's earlier one gets a new version.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            BadArticle: there is no text, or a mark of something that was taken out still stands in it.
        """
        title, body = " ".join(title.split())[:LONGEST_TITLE], body.strip()[:LONGEST_BODY]
        if not title or not body:
            raise BadArticle(title, "it needs a title and a text")
        if has_marks(title) or has_marks(body):
            raise BadArticle(title, "something was taken out of it, as its [marks] say: write around them first")
        name = TextName(
            policy=self._name(title, language),
            language=language,
            version=digest(f"{title}\n{body}"),
            title=title,
            kind="article",
        )
        # Whatever headings the text has, its title is the one that was given.
        sections = (replace(one, level=max(one.level, 2)) for one in markdown_sections(body))
        return self._texts.publish(text_of(sections, name).paragraphs, principal, source=DESK)

    def answer_gap(self, number: int, principal: Principal, *, title: str, body: str) -> EditionRecord:
        """Publish an article that answers a question, which is unanswered no more.

        Raises:
            NotAllowed, NotFound: it is not the principal's to answer, or there is no such question.
            BadArticle: there is no text in it.
        """
        gap = self.gaps.get(number, principal)
        made = self.write(title, body, gap.language, principal)
        self.gaps.settle(number, "answered", principal, article=made.policy)
        return made

    def withdraw(self, policy: str, language: str, principal: Principal) -> None:
        """Let an article answer nobody any more; its versions stay for what cited them.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        self._texts.withdraw(policy, language, principal)

    def _answered(self, question: str, language: str) -> bool:
        return bool(self._policies.find(question, language, 1))

    def _known(self, ticket: Ticket, principal: Principal) -> list[tuple[str, str]]:
        """Return the names and addresses of those who wrote in a ticket."""
        found = [("name", ticket.taken_by)] if ticket.taken_by and ticket.taken_by != principal.role else []
        if not ticket.customer_id:
            return found
        try:
            customer = self._customers.get(ticket.customer_id, principal)
        except NotFound:
            return found
        found += [("name", customer.name), ("name", customer.first_name), ("name", customer.last_name)]
        found += [("email", customer.email)]
        orders = self._orders.of(customer.id, principal)
        found += [("order", one.number) for one in orders]
        addresses = [customer.address, *(one.ship_to for one in orders)]
        found += [("address", part) for one in addresses if one is not None for part in _parts(one)]
        return [(kind, value) for kind, value in dict.fromkeys(found) if value]

    def _name(self, title: str, language: str) -> str:
        """Return a name that no other text has but the desk's own of this title."""
        plain = unicodedata.normalize("NFKC", title).lower()
        wanted = re.sub(r"[^\w]+", "-", plain).strip("-_")[:60].strip("-") or "article"
        held = self._texts.every()
        name, count = wanted, 1
        while any(
            one.policy == name and not (one.source == DESK and one.language == language and one.title == title)
            for one in held
        ):
            count += 1
            name = f"{wanted}-{count}"
        return name


def bring(engine: Engine, path: Path, *, kind: str = "article", language: str = "") -> Brought:
    """Make the files at a path what that path says now, and return what became of them.

    What could not be read stays as it was. A text may not take the name of one of another kind.

    Raises:
        BadPolicy: there is no usable kind of file there.
    """
    texts = PolicyTexts(engine)
    others = {one.policy for one in texts.every() if one.current and one.kind != kind}
    found = read_texts(path, kind=kind, language=language, reserved=others)
    paragraphs = [paragraph for text in found.texts for paragraph in text.paragraphs]
    keep = {one.name for one in found.rejected}
    if not paragraphs:
        return Brought(rejected=tuple(found.rejected))
    return Brought(texts.take_in(paragraphs, SYSTEM, source=source_of(path), keep=keep), tuple(found.rejected))


def _parts(address: Address) -> tuple[str, ...]:
    """Return what of an address tells where somebody lives; a country or region alone tells nothing."""
    return tuple(part for part in (address.name, address.street, address.city, address.postcode) if part)
