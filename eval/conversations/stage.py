"""Plays golden conversations in a copy of the demo store that may be written in, and has each turn judged.

What a conversation of a known customer wrote is taken back before the next one; a guest's stays in its own session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.shop import Shop
from assistant.store.carts import Carts
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.service_records import ServiceRecords
from eval.conversations.casting import Role, people_of, spoken
from eval.conversations.golden import DATA, Golden, Turn
from eval.conversations.judging import After, Checked, Judge
from eval.conversations.shelf import shelf_of
from eval.conversations.stale import check
from eval.harness.task import Example, Output
from eval.harness.turns import Kept, as_kept
from eval.talking import Talks


@dataclass(slots=True)
class _Playing:
    """A conversation on its way: what was typed and shown, and what was found."""

    golden: Golden
    role: Role | None
    session: str
    own: frozenset[str]
    typed: str = ""
    turns: list[Kept] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    pointed: Sequence[Mapping[str, Any]] = ()
    shown: frozenset[str] = frozenset()

    @property
    def principal(self) -> Principal:
        return self.role.principal if self.role else GUEST


class GoldenTalks(Talks):
    """The golden conversations of a shop. Opening it fails where one of them names what the shop no longer has."""

    def __init__(self, shop: Shop, goldens: Sequence[Golden], *, engine: str, folder: Path = DATA) -> None:
        super().__init__(shop, engine=engine)
        self._goldens = {golden.id: golden for golden in goldens}
        self.inputs = sorted(folder.glob("*.yaml"))
        shelf = shelf_of(shop)
        for golden in self._goldens.values():
            check(golden, shelf)
        self._judge = Judge(shelf)
        people = people_of(shop, shelf.products)
        self._roles = {golden.id: people.cast(golden) for golden in self._goldens.values()}
        self._orders = people.orders
        self._examples = [self._example(golden) for golden in self._goldens.values()]

    @property
    def examples(self) -> Sequence[Example]:
        """One a conversation, by file."""
        return self._examples

    async def play(self, example: Example, trial: int) -> Output:
        """Return the turns of a conversation with what held after each."""
        golden = self._goldens[example.id]
        role = self._roles[golden.id]
        who = {role.customer.id} if role else set()
        own = frozenset(order.number for order in self._orders if order.customer_id in who)
        playing = _Playing(golden, role, f"golden {golden.id} {trial}", own)
        try:
            for number, turn in enumerate(golden.turns, start=1):
                await self._turn(playing, turn, number)
        finally:
            if role is not None:
                self.restore()
        return {"turns": playing.turns, "checks": playing.checks}

    async def _turn(self, playing: _Playing, turn: Turn, number: int) -> None:
        message = spoken(turn.say, playing.role, playing.golden.place(number))
        playing.typed += f"\n{message}"
        kept = as_kept(await self.say(playing.session, message, playing.principal, language=playing.golden.language))
        found = self._judge.checked(self._after(playing, turn, kept))
        playing.turns.append(kept)
        playing.checks += [_line(one, turn, number) for one in found]
        if turn.shows:
            playing.pointed = kept["cards"]
        playing.shown |= {card["product_id"] for card in kept["cards"]}

    def _after(self, playing: _Playing, turn: Turn, kept: Kept) -> After:
        role, database = playing.role, self.shop.database
        records = ServiceRecords(database).of(role.customer.id, SYSTEM) if role else []
        return After(
            turn=turn,
            kept=kept,
            typed=playing.typed,
            cart=Carts(database).items(playing.session, playing.principal),
            order=self.shop.orders.get(role.order.number, SYSTEM) if role else None,
            records=[record for record in records if record.session_id == playing.session],
            pointed=playing.pointed,
            shown=playing.shown,
            role=role,
            own=playing.own,
        )

    def _example(self, golden: Golden) -> Example:
        role = self._roles[golden.id]
        turns = [
            {"say": spoken(turn.say, role, golden.place(at)), "language": turn.language, "checks": dict(turn.checks)}
            for at, turn in enumerate(golden.turns, start=1)
        ]
        given = {"language": golden.language, "area": golden.area, "turns": turns}
        return Example(id=golden.id, given=given, cluster=golden.id)


def _line(one: Checked, turn: Turn, number: int) -> dict[str, Any]:
    return {"turn": number, "name": one.name, "held": one.held, "why": one.why, "answerable": turn.answerable}
