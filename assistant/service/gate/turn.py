"""One turn of a shopper at the service: identify, look, and propose one action. Made by `Service.hear` alone.

A turn can put a question, never answer it: the next message does. Every read runs as the identified customer, so that
the query itself cannot return anybody else's rows.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from assistant.errors import NotFound
from assistant.service.actions import Action, Proof, fingerprint
from assistant.service.gate import agreement as agreed
from assistant.service.gate.facts_read import facts_for
from assistant.service.gate.identifying import matching, way
from assistant.service.orders import OrderLookup
from assistant.service.outcomes import Done, Identified, OrderSeen, Proposal, Refusal, ToolReply
from assistant.service.rules import Broken, decide
from assistant.service.saying import asked, refusal
from assistant.store.customers import Customers
from assistant.store.database import reading, writing
from assistant.store.order_changes import changes_of
from assistant.store.orders import Orders
from assistant.store.principal import Principal
from assistant.store.records import Customer, Order
from assistant.store.service_sessions import ServiceSession, held_session, keep_session, session_on

if TYPE_CHECKING:
    from assistant.service.gate.service import Desk


class ServiceTurn:
    """What can be asked for after a message was heard.

    Attributes:
        outcome: what became of the action that waited for this message, `None` where none did.
    """

    def __init__(
        self, desk: Desk, session_id: str, principal: Principal, *, outcome: Done | Refusal | None = None
    ) -> None:
        self._desk, self._session_id, self._principal = desk, session_id, principal
        self.outcome = outcome

    @property
    def customer_id(self) -> str | None:
        """Return whom this conversation is about, `None` where nobody is identified."""
        who = self._who()
        return who if isinstance(who, str) else None

    def identify(self, proof: Proof) -> Identified | Refusal:
        """Find the customer that a proof names; from then on this conversation is about them and nobody else."""
        with writing(self._desk.engine) as connection:
            session = held_session(connection, self._session_id)
            offered = self._desk.rules.identify
            if way(proof) not in offered.ways:
                return self._refused("identify-way")
            if session.attempts >= offered.attempts:
                return self._refused("identify-attempts")
            who = self._customer_of(session)
            if isinstance(who, Refusal) and who.rule != "identify-first":
                return who
            customer = matching(connection, proof)
            if customer is None or (isinstance(who, str) and who != customer.id):
                keep_session(connection, replace(session, attempts=session.attempts + 1))
                # Once somebody is known, it is not told either whether there is an account of somebody else.
                return self._refused("one-customer" if isinstance(who, str) else "identify-unknown")
            if session.customer_id is None:
                known = "signed_in" if isinstance(who, str) else way(proof)
                keep_session(connection, replace(session, customer_id=customer.id, way=known))
            return Identified(customer)

    def account(self) -> Customer | Refusal:
        """Return the account of the identified customer."""
        who = self._who()
        if isinstance(who, Refusal):
            return who
        return Customers(self._desk.engine).get(who, Principal("shopper", who))

    def orders(self, *, limit: int = 5) -> list[OrderSeen] | Refusal:
        """Return the identified customer's orders, the latest first."""
        who = self._who()
        if isinstance(who, Refusal):
            return who
        me = Principal("shopper", who)
        return [self._seen(order, me) for order in Orders(self._desk.engine).of(who, me, limit=limit)]

    def order(self, number: str, *, exactly: bool = False) -> OrderSeen | Refusal:
        """Return an order of the identified customer, by its number as people type it, or `exactly` as it is."""
        who = self._who()
        if isinstance(who, Refusal):
            return who
        me, orders = Principal("shopper", who), Orders(self._desk.engine)
        try:
            return self._seen(orders.get(number, me) if exactly else OrderLookup(orders).find(number, me), me)
        except NotFound:
            return self._refused("own-orders", order=number)

    def propose(self, action: Action) -> Proposal | Refusal:
        """Put an action to the shopper, whose next message decides; or say which rule forbids it.

        Show `said` of what comes back: a yes agrees to that sentence, and to nothing that a model says beside it.
        """
        with writing(self._desk.engine) as connection:
            session = held_session(connection, self._session_id)
            who = self._customer_of(session)
            if isinstance(who, Refusal):
                return who
            if session.proposal is not None:
                waiting = agreed.waiting(session.proposal)
                same = fingerprint(waiting.action) == fingerprint(action)
                return waiting if same else self._refused("one-at-a-time")
            proposal = self._decided(connection, action, who)
            if isinstance(proposal, Proposal):
                known = session.way or "signed_in"
                held = replace(session, customer_id=who, way=known, proposal=agreed.kept(proposal))
                keep_session(connection, held)
            return proposal

    def withdraw(self) -> None:
        """Take back what was proposed, where the shopper could not be shown it: nobody agrees to an unseen question."""
        with writing(self._desk.engine) as connection:
            keep_session(connection, replace(held_session(connection, self._session_id), proposal=None))

    def call(self, name: str, arguments: Mapping[str, Any]) -> ToolReply:
        """Answer a model's call of a tool: reads give data, writes give a proposal that the shopper has to agree to."""
        from assistant.service.tools.calling import call  # the tools know the turn, not the other way round

        return call(self, name, arguments, engine=self._desk.engine, rules=self._desk.rules)

    def _decided(self, connection: Connection, action: Action, customer_id: str) -> Proposal | Refusal:
        desk, now = self._desk, self._desk.clock()
        facts = facts_for(connection, action, customer_id, now=now, zone=desk.zone)
        decision = decide(action, facts, desk.rules)
        if isinstance(decision, Broken):
            return refusal(decision, desk.rules)
        return Proposal(
            id=secrets.token_urlsafe(12),
            action=action,
            terms=decision,
            said=asked(action, decision, facts, rules=desk.rules),
            expires_at=now + timedelta(minutes=desk.rules.consent.minutes),
        )

    def _who(self) -> str | Refusal:
        with reading(self._desk.engine) as connection:
            return self._customer_of(session_on(connection, self._session_id))

    def _customer_of(self, session: ServiceSession) -> str | Refusal:
        """Return the id of the customer whom the session is about, or why nobody is served in it."""
        signed_in = self._principal.customer_id
        if session.customer_id is None:
            known = signed_in if "signed_in" in self._desk.rules.identify.ways else None
            return known or self._refused("identify-first")
        if signed_in is None:
            return self._refused("one-customer") if session.way == "signed_in" else session.customer_id
        return session.customer_id if signed_in == session.customer_id else self._refused("one-customer")

    def _seen(self, order: Order, me: Principal) -> OrderSeen:
        with reading(self._desk.engine) as connection:
            return OrderSeen(order, changes_of(connection, order.number, me))

    def _refused(self, rule: str, **values: str) -> Refusal:
        return refusal(Broken(rule, values), self._desk.rules)
