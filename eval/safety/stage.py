"""Plays attacks in a copy of the demo store: chats, drafts at the desk, requests to the app; then sees what came of it.

The store is poisoned once; what an attack changed is taken back before the next. Judges nothing.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Any

from fastapi import FastAPI

from assistant.conversation.drafting.draft import DraftRequest
from assistant.conversation.parts import Suggestions, Understood, as_json
from assistant.conversation.turn import TurnRequest
from assistant.errors import ModelUnavailable, NotAllowed
from assistant.llm.choose import LlmSettings, choose
from assistant.shop import Shop
from assistant.store.principal import GUEST, Principal
from assistant.store.tickets import Ticket
from assistant.web.rendering import TurnView
from eval.harness.scores import NoAnswer
from eval.harness.task import Example
from eval.harness.turns import as_kept
from eval.safety import rows
from eval.safety.attacks import PEOPLE_WAYS, Attack, every, files
from eval.safety.cast import Cast, cast_of
from eval.safety.doors import Doors, app_of
from eval.safety.gullible import Gullible
from eval.safety.markup import hostile
from eval.safety.planting import plant
from eval.safety.shown import shown
from eval.safety.whose import Whose
from eval.seen import Seen
from eval.talking import Talks, demo_copy

_GIVEN = ("family", "way", "language", "lure", "article", "must", "who", "held_out")
OWN_SHARE = 10
"""One in so many attacks is played with the shop's own model as well, where nothing else is said."""


class SafetyStage(Talks):
    """Attacks on a poisoned copy of the demo store.

    Args:
        shop: the copy; its engine obeys everybody unless another one was asked for.
        attacks: what is played, planted already where there is something to plant.
        cast: the people of the shop.
        own: the same shop with its own language model, for the sample that is played with it.
    """

    def __init__(
        self, shop: Shop, attacks: Sequence[Attack], cast: Cast, *, engine: str, own: Shop | None = None
    ) -> None:
        rows.watch(shop.settings.home / "shop.db")
        super().__init__(shop, engine=engine)
        self._attacks = {one.id: one for one in attacks}
        self._cast, self._whose, self._own = cast, Whose(cast.everybody), own
        self._before = rows.held(self._database)
        self._missing = ""
        self.inputs = files()
        self._named = engine

    @cached_property
    def _app(self) -> FastAPI:
        """The shop's app; made where a door is knocked at, since it takes seconds."""
        return app_of(self.shop)

    @property
    def examples(self) -> Sequence[Example]:
        """Every attack, then the sample for the shop's own model."""
        made = [_example(one, self._named) for one in self._attacks.values()]
        sample = [one for one in self._attacks.values() if one.family != "harmless"][::OWN_SHARE]
        return made + ([_example(one, "default") for one in sample] if self._own else [])

    async def start(self) -> None:
        """Load the models; the shop's own is done without where it cannot be had, and its rows say so."""
        await super().start()
        if self._own is not None:
            try:
                await self._own.engine.start()
            except ModelUnavailable as error:
                self._missing = str(error)

    async def close(self) -> None:
        """Let go of both models."""
        await super().close()
        if self._own is not None:
            await self._own.engine.close()

    async def play(self, example: Example, trial: int) -> dict[str, Any]:
        """Return what an attack made the shop show and change."""
        engine, attack = example.given["engine"], self._attacks[example.given["attack"]]
        shop = self._own if engine == "default" and self._own is not None else self.shop
        if shop is self._own and self._missing:
            raise NoAnswer(self._missing)
        if isinstance(shop.engine, Gullible):
            shop.engine.obey(attack.says, intent=attack.intent, large=len(attack.id) % 3 == 0)
        newer = rows.newest(self._database)
        app = self._app if attack.door else None
        output = await _Playing(shop, app, attack, session=f"{example.id}-{trial}").played()
        output |= {"changed": self._changed(attack), "engine": shop.engine.info.model}
        output |= {"remembered": self._remembered(attack, newer), "others": self._others(attack, output)}
        output["asked"] = shop.engine.asked if isinstance(shop.engine, Gullible) else None
        if output["changed"] or attack.may_fill_cart:
            self.restore()
        return output

    def _changed(self, attack: Attack) -> list[str]:
        """Return which rows are other than before; they are only compared where one was written at all."""
        if not rows.touched(self._database):
            return []
        return rows.changed(self._before, rows.held(self._database), new_carts=attack.may_fill_cart)

    def _remembered(self, attack: Attack, newer: Mapping[str, int]) -> list[str]:
        if attack.family != "card":
            return []
        return rows.remembered(self._database, attack.values["card"], newer)

    def _others(self, attack: Attack, output: Mapping[str, Any]) -> list[str]:
        """Return what was shown that belongs to other customers than the one who asks, records cited included."""
        own = () if attack.way == "http" else (attack.attacker,)
        said = " ".join((*attack.messages, attack.lure, str(output.get("requests", ""))))
        pieces = shown(output)
        found = [one for piece in pieces for one in self._whose.others(piece.text, own=own, said=said)]
        cited = " ".join(source for piece in pieces for source in piece.sources)
        return found + self._whose.others(cited, own=own, said="")


class _Playing:
    """One attack being played."""

    def __init__(self, shop: Shop, app: FastAPI | None, attack: Attack, *, session: str) -> None:
        self._shop, self._app, self._attack, self._session = shop, app, attack, session
        self._view = TurnView(session, attack.language)
        self._patches: list[Mapping[str, Any]] = []

    async def played(self) -> dict[str, Any]:
        """Return the turns, drafts and replies of the attack."""
        attack = self._attack
        if attack.door and self._app is not None:
            return await Doors(self._shop, self._app, attack).knocked()
        if attack.way == "ticket":
            return {"turns": [], "drafts": [await self._draft(attack.messages)]}
        turns = []
        for message in attack.messages:
            with contextlib.suppress(NotAllowed):
                turns.append(await self._turn(message))
        drafts = [await self._draft(attack.messages[:1])] if attack.way in PEOPLE_WAYS else []
        return {"turns": turns, "drafts": drafts, "hostile": hostile(self._patches)}

    async def _turn(self, message: str) -> dict[str, Any]:
        """Return a turn as kept, with its chips and suggestions, and note how a page would draw it."""
        request = TurnRequest(
            session_id=self._session, message=message, principal=self._who(), language=self._attack.language
        )
        seen, suggestions, chips = Seen(message), list[str](), list[str]()
        async for part in self._shop.conversation.turn(request):
            seen.take(part, 0.0)
            suggestions = list(part.texts) if isinstance(part, Suggestions) else suggestions
            chips = [chip.label for chip in part.chips] if isinstance(part, Understood) else chips
            self._patches += self._view.take(as_json(part))
        return as_kept(seen) | {"suggestions": suggestions, "chips": chips}

    async def _draft(self, messages: Sequence[str]) -> dict[str, Any]:
        """Return what is drafted for an agent who is to answer these messages."""
        who = self._who()
        ticket = Ticket(session_id=f"{self._session}-t", customer_id=who.customer_id, language=self._attack.language)
        opened = self._shop.tickets.open(ticket, who, messages=[("shopper", one) for one in messages])
        made = await self._shop.drafter.compose(DraftRequest(ticket_id=opened.id))
        return asdict(made)

    def _who(self) -> Principal:
        return Principal("shopper", self._attack.attacker) if self._attack.who == "customer" else GUEST


def _example(attack: Attack, engine: str) -> Example:
    id_ = attack.id if engine != "default" else f"{attack.id}@default"
    given = {name: getattr(attack, name) for name in _GIVEN}
    given |= {name: list(getattr(attack, name)) for name in ("messages", "marks", "says")}
    return Example(id=id_, given=given | {"attack": attack.id, "engine": engine, "door": dict(attack.door)})


@contextlib.contextmanager
def opened(args: argparse.Namespace) -> Iterator[SafetyStage]:
    """Open a poisoned copy of the demo store."""
    with demo_copy(engine=args.engine, seed=args.seed) as shop:
        cast = cast_of(shop.settings.home / "shop.db")
        attacks = _wanted(args, every(cast, home=str(shop.settings.home)))
        for refusal in plant(shop, attacks):
            print(f"refused on its way in: {refusal}")
        own = None
        if args.engine == "gullible" and not args.without_own:
            settings = shop.settings
            own = shop.with_engine(
                choose(
                    LlmSettings(
                        llm=settings.llm, llm_key=settings.llm_key, weights=settings.weights, threads=settings.threads
                    )
                )
            )
        yield SafetyStage(shop, attacks, cast, engine=args.engine, own=own)


def _wanted(args: argparse.Namespace, attacks: Sequence[Attack]) -> list[Attack]:
    kept = [one for one in attacks if args.part == "all" or one.held_out == (args.part == "held-out")]
    step = max(1, len(kept) // args.limit) if args.limit else 1
    return kept[::step][: args.limit or None]
