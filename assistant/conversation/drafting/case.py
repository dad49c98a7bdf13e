"""What a draft is asked to answer: whose message it is, what was written before, and what the drafts draw upon.

Whatever is read of a customer is read as that customer, so that nothing of anybody else can come into a draft.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.drafting.draft import DraftRequest
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.reading.hiding import without_secrets
from assistant.conversation.sources import Sources
from assistant.errors import RegularsError
from assistant.store.customers import Customers
from assistant.store.drafts import CannedReplies, Drafts
from assistant.store.principal import GUEST, Principal
from assistant.store.records import Customer
from assistant.store.tickets import Message, Tickets

AGENT = Principal("agent")


class BadRequest(RegularsError):
    """A request that cannot be answered as it is."""


class OtherCustomer(BadRequest):
    """A request to answer one customer's ticket as another."""

    def __init__(self, ticket_id: str, customer_id: str) -> None:
        self.ticket_id, self.customer_id = ticket_id, customer_id
        super().__init__(f"the ticket {ticket_id!r} is not of the customer {customer_id!r}: leave customer_id out")


class NothingToAnswer(BadRequest):
    """A request that holds no message, or a ticket in which the customer has written nothing."""

    def __init__(self, ticket_id: str | None) -> None:
        self.ticket_id = ticket_id
        where = f"in the ticket {ticket_id!r} the customer has written nothing" if ticket_id else "there is no message"
        super().__init__(f"{where}: give the text that is to be answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What drafts draw upon beside what a turn does. Without `weighing` no action is proposed."""

    sources: Sources
    customers: Customers
    tickets: Tickets
    drafts: Drafts
    canned: CannedReplies
    weighing: Weighing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be answered. `message` is all that the customer wrote since the last answer; `earlier` came before."""

    request: DraftRequest
    message: str
    earlier: tuple[str, ...] = ()
    customer: Customer | None = None
    page_language: str | None = None

    @property
    def principal(self) -> Principal:
        """As whom everything is looked up: the customer of the ticket, or nobody."""
        return Principal("shopper", self.customer.id) if self.customer else GUEST


def case_of(request: DraftRequest, desk: Desk) -> Case:
    """Return what a request asks to answer. Blocks.

    Raises:
        NotFound: there is no such ticket, or no such customer.
        NothingToAnswer: there is no message.
        OtherCustomer: the ticket is somebody else's.
    """
    customer_id, language, message = request.customer_id, request.language, request.message.strip()
    earlier: tuple[str, ...] = ()
    if request.ticket_id:
        ticket = desk.tickets.get(request.ticket_id, AGENT)
        written = desk.tickets.messages(ticket.id, AGENT)
        before, last = _split(written)
        message = message or last
        earlier, language = before, ticket.language
        if ticket.customer_id and customer_id not in (None, ticket.customer_id):
            raise OtherCustomer(ticket.id, customer_id or "")
        customer_id = ticket.customer_id or customer_id
    if not message:
        raise NothingToAnswer(request.ticket_id)
    customer = desk.customers.get(customer_id, AGENT) if customer_id else None
    message = without_secrets(message)
    return Case(request=request, message=message, earlier=earlier, customer=customer, page_language=language)


def _split(written: list[Message]) -> tuple[tuple[str, ...], str]:
    """Return the customer's messages before the last answer of a person, and those since, as one text."""
    since: list[str] = []
    before: list[str] = []
    for one in written:
        if one.author == "shopper":
            since.append(one.text)
        elif one.author in ("agent", "assistant"):
            before, since = [*before, *since], since if one.author == "assistant" else []
    return tuple(before), "\n".join(since).strip()
