"""What became of each message from Chatwoot: kept before it is acknowledged, drafted one after the other, noted back.

A message is kept as a draft that waits, so that neither a repeated delivery nor a restart loses or doubles it. (Should
the app end between a note and the line that says it was written, the note is written once more.)
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import CancelledError as Cancelled
from contextlib import suppress
from typing import Protocol

from anyio.to_thread import run_sync

from assistant.conversation.drafting.case import AGENT
from assistant.conversation.drafting.draft import DraftRequest
from assistant.conversation.drafting.drafter import Drafter
from assistant.conversation.drafting.ordered import order_numbers
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.reading.language import language_of
from assistant.errors import NotFound, RegularsError
from assistant.service.actions import ByOrder
from assistant.service.gate.identifying import matching
from assistant.store.customers import Customers
from assistant.store.database import reading
from assistant.store.drafts import Drafts, KeptDraft
from assistant.store.principal import SYSTEM
from assistant.store.tickets import Ticket, Tickets
from assistant.web.chatwoot.event import ChatMessage
from assistant.web.chatwoot.notes import Notes, note_of

log = logging.getLogger("regulars.chatwoot")


class InboxShop(Protocol):
    """What the inbox needs of a shop."""

    @property
    def drafter(self) -> Drafter:
        """Who drafts."""

    @property
    def drafts(self) -> Drafts:
        """Where drafts are kept."""

    @property
    def tickets(self) -> Tickets:
        """The queue."""

    @property
    def customers(self) -> Customers:
        """Who has an account."""

    @property
    def weighing(self) -> Weighing:
        """The shop's rules, with its records."""


class Inbox:
    """Takes messages and drafts answers in the background, one at a time, so that shoppers' own turns come first.

    Args:
        shop: whose drafts these are.
        notes: where they go.
        language: of messages that do not tell theirs.
    """

    def __init__(self, shop: InboxShop, notes: Notes, *, language: str = "en") -> None:
        self._shop, self._notes, self._language = shop, notes, language
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._worker: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def take(self, message: ChatMessage) -> bool:
        """Keep a message, so that it is answered whatever happens; `False` where it was taken before."""
        if message.kind == "outgoing":
            return await run_sync(self._answered, message)
        taken = await run_sync(self._begin, message)
        if taken:
            self._waiting.put_nowait(message.draft_id)
        return taken

    def start(self) -> None:
        """Begin to draft, first what waited when the app last ended. Called where the event loop runs."""
        self._loop = asyncio.get_running_loop()
        self._worker = self._loop.create_task(self._work())

    def close(self) -> None:
        """End; a draft that is being written is written anew at the next start. Called from another thread."""
        if self._loop is None or self._worker is None:
            return
        ended = asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        with suppress(Cancelled):
            ended.result(timeout=30)

    async def _end(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker

    async def _work(self) -> None:
        for held in await run_sync(self._shop.drafts.waiting, SYSTEM):
            if "chatwoot" in held.data:
                self._waiting.put_nowait(held.id)
        while True:
            draft_id = await self._waiting.get()
            try:
                await self._draft(draft_id)
            except RegularsError as error:
                log.warning("the draft %s was not written: %s", draft_id, error)
            except Exception:
                log.exception("the draft %s was not written", draft_id)

    async def _draft(self, draft_id: str) -> None:
        held = await run_sync(self._shop.drafts.get, draft_id, SYSTEM)
        if held.status != "waiting":
            return
        message = ChatMessage.from_json(held.data["chatwoot"])
        request = await run_sync(self._request, message, held)
        made = await self._shop.drafter.compose(request, draft_id=draft_id)
        await self._notes.post(message, note_of(made))
        await run_sync(self._shop.drafter.keep, made)

    def _begin(self, message: ChatMessage) -> bool:
        waits = KeptDraft(
            id=message.draft_id,
            message=message.text,
            language=language_of(message.text, self._language),
            data={"chatwoot": message.to_json()},
            status="waiting",
        )
        return self._shop.drafts.begin(waits, SYSTEM)

    def _request(self, message: ChatMessage, held: KeptDraft) -> DraftRequest:
        """Return what is to be drafted: the conversation's ticket, as the customer whom its contact is known to be."""
        known = self._customer(message)
        ticket = self._shop.tickets.of_session(message.session_id)
        if ticket is None or not self._written(ticket, message):
            opened = Ticket(
                session_id=message.session_id,
                customer_id=known,
                channel="chatwoot",
                language=held.language,
                facts={"external": {"account": message.account, "conversation": message.conversation}},
            )
            ticket = self._shop.tickets.open(opened, SYSTEM, messages=[("shopper", message.text)])
        same = ticket.customer_id if ticket.customer_id else known
        return DraftRequest(ticket_id=ticket.id, customer_id=same)

    def _written(self, ticket: Ticket, message: ChatMessage) -> bool:
        """Return whether a message that is drafted anew is in its ticket already."""
        said = [one for one in self._shop.tickets.messages(ticket.id, SYSTEM) if one.author in ("shopper", "agent")]
        return bool(said) and (said[-1].author, said[-1].text) == ("shopper", message.text)

    def _answered(self, message: ChatMessage) -> bool:
        """Note in the ticket what an agent wrote in Chatwoot, so that it is not answered again."""
        ticket = self._shop.tickets.of_session(message.session_id)
        if ticket is not None:
            self._shop.tickets.say(ticket.id, message.text, AGENT, author="agent")
        return ticket is not None

    def _customer(self, message: ChatMessage) -> str | None:
        """Return the customer whom the contact is known to be; an address that anybody can type is not enough."""
        if message.verified and message.identifier:
            try:
                return self._shop.customers.get(message.identifier, SYSTEM).id
            except NotFound:
                pass
        weighing = self._shop.weighing
        if "order" not in weighing.rules.identify.ways or not message.email:
            return None
        with reading(weighing.database) as connection:
            proofs = [ByOrder(order_number=one, email=message.email) for one in order_numbers(message.text)]
            found = [customer for proof in proofs if (customer := matching(connection, proof))]
        return found[0].id if found else None
