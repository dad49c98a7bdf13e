"""The service of one shop: hears every message of a shopper, and carries out what waits when it is an explicit yes.

`hear` is the only way to a `ServiceTurn`, and a turn the only way to anything that can be seen or done; so whatever a
model asks for, it asks after the shopper's own words were heard. Knows no web page and no language model.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from assistant.errors import NotAllowed
from assistant.service.actions import as_json, kind
from assistant.service.gate import agreement as agreed
from assistant.service.gate.facts_read import facts_for
from assistant.service.gate.turn import ServiceTurn
from assistant.service.gate.writes import carry_out, differing
from assistant.service.outcomes import Done, Proposal, Refusal
from assistant.service.rules import Broken, Facts, ShopRules, decide
from assistant.service.saying import done, refusal
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import Customer, Order, ServiceRecord
from assistant.store.service_records import add_record
from assistant.store.service_sessions import ServiceSession, held_session, keep_session, session_on

_LOG = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every turn works with. `clock` tells the time, `zone` is where the shop counts its days."""

    engine: Engine
    rules: ShopRules
    zone: ZoneInfo
    clock: Callable[[], datetime]


class Service:
    """Looks things up and changes orders for identified customers. Thread-safe, and safe for several processes.

    Args:
        engine: the shop's database, catalogue included.
        rules: what the shop lets be done.
        timezone: where the shop counts its days.
        clock: tells the time; the machine's own where none is given.
    """

    def __init__(
        self,
        engine: Engine,
        rules: ShopRules,
        *,
        timezone: str = "UTC",
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._desk = Desk(engine=engine, rules=rules, zone=ZoneInfo(timezone), clock=clock)

    @property
    def rules(self) -> ShopRules:
        """What the shop lets be done."""
        return self._desk.rules

    def hear(self, session_id: str, words: str, principal: Principal) -> ServiceTurn:
        """Take in a shopper's own message and return the turn in which things can be asked for.

        Whatever waits is carried out if the message is an explicit yes to it, and dropped if it is anything else; what
        became of it is the turn's `outcome`. Costs one read where nothing waits.

        Raises:
            NotAllowed: the principal is no shopper.
        """
        if principal.role not in ("shopper", "guest"):
            raise NotAllowed(principal.who, "be served as a shopper")
        with reading(self._desk.engine) as connection:
            waits = session_on(connection, session_id).proposal is not None
        outcome = self._answer(session_id, words, principal) if waits else None
        return ServiceTurn(self._desk, session_id, principal, outcome=outcome)

    def _answer(self, session_id: str, words: str, principal: Principal) -> Done | Refusal | None:
        """Settle the action that waits: the question is closed whatever the answer is."""
        with writing(self._desk.engine) as connection:
            session = held_session(connection, session_id)
            if session.proposal is None:
                return None  # somebody else's message of this session came first
            keep_session(connection, replace(session, proposal=None))
            if session.customer_id is None or not served(session, principal):
                return self._refused(Broken("one-customer"))
            return self._settle(connection, session, words=words, principal=principal)

    def _settle(
        self, connection: Connection, session: ServiceSession, *, words: str, principal: Principal
    ) -> Done | Refusal:
        proposal, now = agreed.waiting(session.proposal or {}), self._desk.clock()
        try:
            agreement = agreed.Agreement(proposal, words, now)
        except agreed.NoYes as no:
            return self._refused(Broken("yes-expired" if no.expired else "explicit-yes"))
        customer_id = session.customer_id or ""
        facts = facts_for(connection, proposal.action, customer_id, now=now, zone=self._desk.zone)
        decision = decide(proposal.action, facts, self.rules)
        if isinstance(decision, Broken):
            return self._refused(decision)
        if decision != proposal.terms:
            return self._refused(Broken("changed-since-asked"))
        after = carry_out(connection, agreement, facts)
        record = _record(session, agreement, principal, facts=facts, after=after)
        number = add_record(connection, record)
        _LOG.info("%s done in session %s as record %d", record.tool, session.session_id, number)
        return _done(proposal, number, facts, after=after[1], rules=self.rules)

    def _refused(self, broken: Broken) -> Refusal:
        return refusal(broken, self.rules)


def served(session: ServiceSession, principal: Principal) -> bool:
    """Return whether the principal may go on in a session that is about a customer.

    Whoever is signed in must be that customer, and a session that rests on signing in needs it still.
    """
    if principal.customer_id is None:
        return session.way != "signed_in"
    return principal.customer_id == session.customer_id


def _record(
    session: ServiceSession,
    agreement: agreed.Agreement,
    principal: Principal,
    *,
    facts: Facts,
    after: tuple[Customer, Order | None],
) -> ServiceRecord:
    customer_before, customer_after = differing(facts.customer, after[0])
    order_before, order_after = differing(facts.order, after[1])
    action = agreement.proposal.action
    return ServiceRecord(
        session_id=session.session_id,
        customer_id=facts.customer.id,
        order_number=facts.order.number if facts.order else None,
        actor=principal.role,
        tool=kind(action),
        arguments=as_json(action),
        before={"order": order_before, "customer": customer_before},
        after={"order": order_after, "customer": customer_after},
        asked=agreement.proposal.said,
        consent=agreement.words,
        at=agreement.at,
    )


def _done(proposal: Proposal, number: int, facts: Facts, *, after: Order | None, rules: ShopRules) -> Done:
    said = done(proposal.action, proposal.terms, facts, rules=rules)
    return Done(record_id=number, action=proposal.action, terms=proposal.terms, said=said, order=after)
