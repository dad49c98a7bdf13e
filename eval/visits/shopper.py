"""A simulated shopper: decides by rules what to do next, from nothing but what was shown.

Knows nothing of how turns are made, and nothing of records but what `screen` lets it see.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from eval.grounding.truth import fold
from eval.seen import Seen
from eval.visits.acts import Act, End
from eval.visits.acts import Kind as ActKind
from eval.visits.goals import Goal, things
from eval.visits.must_haves import MustHave, said_forms
from eval.visits.phrases import Mood, Phrases
from eval.visits.reading import answered_no, denies, none_found, told
from eval.visits.screen import Screen
from index.product import Product

PATIENCE: Mapping[Mood, int] = {
    "plain": 12, "terse": 10, "chatty": 14, "careless": 12, "polite": 14, "impatient": 8, "wavering": 14,
}  # fmt: skip
"""Messages that somebody in a mood is ready to write."""
MOST_VAIN = 2
"""Answers that lead nowhere before one leaves; the impatient leave after one less."""
AT_ONCE: Mapping[Mood, int] = {"terse": 1, "careless": 1, "impatient": 4}
"""Must-haves that the first wish holds at most; two in other moods."""
OUT_OF_STOCK = MustHave("stock", "in stock")
HIDDEN = frozenset({"feature", "material"})
"""What no card shows, so that one asks for it."""


class Shopper:
    """One visit. `opening` is the first act; `next` reads a turn and returns the next act, or how it ended.

    `stated` is what was said so far and is in force; `settled` whether what had to be known first was answered.
    """

    def __init__(
        self, goal: Goal, products: Mapping[str, Product], *, language: str, mood: Mood, chance: random.Random
    ) -> None:
        self.goal, self.stated = goal, list[MustHave]()
        self.settled, self.compared = not goal.worry, goal.kind != "compare"
        self._products, self._chance, self._mood = products, chance, mood
        self._say = Phrases(language, mood, chance)
        self._names = things()[goal.path][0 if language == "en" else 1]
        self._screen = Screen(products, goal.path)
        self._last: Act | None = None
        self._acts = self._vain = self._denials = self._worried = 0
        self._asked: set[str] = set()
        self._candidate = ""
        self._named = False
        self._revised, self._told = goal.revised is None, goal.told is None
        self._curious, self._only_chooses = chance.random() < 0.35, chance.random() < 0.15
        self._thrifty = chance.random() < 0.12 and goal.kind != "nothing"

    def opening(self) -> Act:
        """Return the first message."""
        if not self._told and self._chance.random() < 0.5:
            return self._telling()
        if not self.settled and self._chance.random() < 0.5:
            return self._worrying()
        if self._chance.random() < 0.1:
            return self._act("hello", self._say.pick("open", "hello"))
        return self._wishing()

    def next(self, seen: Seen) -> Act | End:
        """Return what comes after a turn was read."""
        self._screen.take(seen)
        end = self._finished(seen)
        if end is not None:
            return end
        if self._acts >= PATIENCE[self._mood]:
            return End("out_of_patience", f"{self._acts} messages written")
        return self._reaction(seen)

    def _finished(self, seen: Seen) -> End | None:
        """Return the end where there is one: the thing is in the cart, or was chosen."""
        if self._last is None or self._last.kind not in ("bye", "pick", "option"):
            return None
        if self._last.kind == "bye":
            return End("chose", "made up their mind", self._candidate, self._screen.variant_of(self._candidate))
        lines = seen.cart.lines if seen.cart is not None else ()
        line = next((one for one in lines if one.product_id == self._candidate), None)
        return End("bought", "it is in the cart", line.product_id, line.variant_id) if line else None

    def _reaction(self, seen: Seen) -> Act | End:
        """Return the answer to a turn by what it was the answer to."""
        last = self._last.kind if self._last else "hello"
        if last == "worry":
            return self._after_worry(seen)
        if last in ("pick", "option"):
            return self._after_pick(seen)
        if last == "ask":
            return self._after_question(seen)
        if last == "compare":
            self.compared = seen.comparison is not None
            return self._going_on()
        if not self._named:
            return self._wishing()
        if last == "told" or (last == "cheaper" and not seen.cards):
            return self._going_on()
        return self._after_search(seen)

    def _after_search(self, seen: Seen) -> Act | End:
        if not seen.cards or self._screen.all_denied(self.stated, seen):
            return self._empty_handed(seen)
        return self._going_on()

    def _going_on(self) -> Act | End:
        """Return the next thing on the way to a purchase: what is unsaid, then what is in doubt, then the choice."""
        if not self._screen.fitting(self.stated):
            return self._rejecting()
        unsaid = self._unsaid()
        if unsaid:
            return self._stating(unsaid[: 1 if self._mood in ("terse", "careless") else 2])
        if not self._revised:
            return self._revising()
        if not self._told:
            return self._telling()
        if not self.settled:
            return self._worrying()
        if not self.compared and self._comparable():
            return self._comparing()
        if self._thrifty:
            self._thrifty = False
            return self._act("cheaper", self._say.pick("react", "cheaper"))
        return self._asking() or self._picking()

    def _empty_handed(self, seen: Seen) -> Act | End:
        """Return what follows when nothing was shown, or all of it with a word that it does not meet the wish."""
        if none_found(seen) or seen.cards:
            self._denials += 1
            if self._denials > 1 or (self.goal.kind == "nothing" and not self._unsaid()):
                return End("told_none", "was told that there is none")
            return self._restating()
        if seen.question is not None and self._unsaid():
            return self._stating(self._unsaid()[:2])
        return End("left", "was shown nothing") if self._lost_patience() else self._restating()

    def _wishing(self) -> Act:
        """Return the first wish: the thing with as much as somebody in this mood says at once."""
        gift = self.goal.kind == "gift" and self._last is None
        if gift and self._chance.random() < 0.4:
            return self._act("gift", self._say.line("open", "gift_wide", who=self._say.pick("open", "who")))
        first = self._unsaid()[: self._chance.randint(0, AT_ONCE.get(self._mood, 2))]
        self._named = True
        if self._last is not None and self._last.kind == "gift":
            return self._act("kind", self._say.kind_of(self._names, first), first)
        return self._act("wish", self._say.opening(self._names, first, gift=gift), first)

    def _stating(self, musts: Sequence[MustHave]) -> Act:
        return self._act("state", self._say.state(musts), musts)

    def _restating(self) -> Act:
        return self._act("restate", self._say.again(self._names, self.stated), tuple(self.stated))

    def _revising(self) -> Act:
        old, new = self.goal.revised or (self.goal.musts[0], self.goal.musts[0])
        self._revised = True
        self.stated = [must for must in self.stated if must != old]
        return self._act("revise", self._say.revise(new), [new])

    def _rejecting(self) -> Act | End:
        """Return that nothing shown will do, with what it breaks, or leave."""
        if self._lost_patience():
            return End("left", "nothing that was shown would do")
        broken = self._screen.most_broken(self.stated)
        if broken is None:
            return self._restating()
        return self._act("reject", self._say.line("react", "reject", need=self._say.need(broken)), [broken])

    def _telling(self) -> Act:
        self._told = True
        taste = self.goal.told or self.goal.musts[0]
        return self._act("told", self._say.told(taste), keep=said_forms(taste))

    def _worrying(self) -> Act:
        self._worried += 1
        return self._act("worry", self._say.pick("worry", self.goal.worry))

    def _after_worry(self, seen: Seen) -> Act | End:
        if any("policy:" in citation.source for one in seen.sentences for citation in one.citations):
            self.settled = True
            return self._going_on() if self._named else self._wishing()
        if self._worried > 1:
            return End("left", f"nobody would say how it is with {self.goal.worry}")
        return self._worrying()

    def _asking(self) -> Act | None:
        """Return a question about what a card does not show, once a card."""
        place, product_id = self._screen.fitting(self.stated)[0]
        if not self._curious or product_id in self._asked:
            return None
        self._asked.add(product_id)
        ref = self._say.reference(place)
        hidden = next((must for must in self.stated if must.kind in HIDDEN), None)
        if hidden is not None and self._chance.random() < 0.7:
            text = self._say.line("react", "is_it", ref=ref, value=self._say.value(hidden))
            return self._act("ask", text, keep=said_forms(hidden), product_id=product_id)
        kind = self._chance.choice(("in_stock", "reviews"))
        return self._act("ask", self._say.line("react", kind, ref=ref), product_id=product_id)

    def _after_question(self, seen: Seen) -> Act | End:
        """Return what follows from an answer: another card where it was a no."""
        last = self._last
        for must in self.stated:
            asked = last is not None and must.kind in HIDDEN and set(said_forms(must)) & set(last.keep)
            if asked and last is not None and answered_no(must, seen):
                self._screen.refused.add(last.product_id)
        return self._going_on()

    def _comparable(self) -> bool:
        return len(self._screen.fitting(self.stated)) > 1

    def _comparing(self) -> Act:
        first, second = self._screen.fitting(self.stated)[:2]
        self.compared = True
        refs = {"ref": self._say.reference(first[0]), "other": self._say.reference(second[0])}
        return self._act("compare", self._say.line("react", "compare", **refs))

    def _picking(self) -> Act:
        place, product_id = self._screen.fitting(self.stated)[0]
        ref, again = self._say.reference(place), self._candidate == product_id
        self._candidate = product_id
        if self._only_chooses:
            return self._act("bye", self._say.line("react", "chosen", ref=ref), product_id=product_id)
        title = self._products[product_id].said(self._say.language).title
        text = self._say.line("react", "add_title" if again else "add", title=title, ref=ref)
        return self._act("pick", text, keep=(title,), product_id=product_id)

    def _after_pick(self, seen: Seen) -> Act | End:
        """Return the answer to which one is meant, or another way of asking for it."""
        if seen.question is not None and seen.question.choices and not none_found(seen):
            choice = self._choice(seen.question.choices)
            if not choice:
                self._screen.refused.add(self._candidate)
                return self._going_on()
            text = self._say.line("react", "option", choice=choice)
            return self._act("option", text, keep=(choice,), product_id=self._candidate)
        if denies(OUT_OF_STOCK, " ".join(text for text, _ in told(seen))):
            self._screen.refused.add(self._candidate)
        return End("left", "it would not go into the cart") if self._lost_patience() else self._going_on()

    def _choice(self, choices: Sequence[str]) -> str:
        """Return the choice that meets the must-haves, any where it is about something else, "" where none will do."""
        product = self._products[self._candidate]
        for name, kind in (("color", "colour"), ("size", "size")):
            forms = {fold(form) for must in self.stated if must.kind == kind for form in said_forms(must)}
            if right := [choice for choice in choices if _words(choice) & forms]:
                return right[0]
            if forms and any(_words(choice) & _values(product, name) for choice in choices):
                return ""
        return self._chance.choice(list(choices))

    def _unsaid(self) -> list[MustHave]:
        wanted = self.goal.last if self._revised else self.goal.musts
        return [must for must in wanted if must not in self.stated]

    def _lost_patience(self) -> bool:
        self._vain += 1
        return self._vain > MOST_VAIN - (self._mood == "impatient")

    def _act(
        self,
        kind: ActKind,
        text: str,
        states: Sequence[MustHave] = (),
        *,
        keep: Sequence[str] = (),
        product_id: str = "",
    ) -> Act:
        """Return an act in this shopper's mood, and take note of it."""
        self._acts += 1
        held = (*keep, *self._names, *(form for must in states for form in said_forms(must)))
        styled = kind in ("hello", "gift", "wish") and self._mood != "careless"
        message = text if styled else self._say.in_mood(text, keep=held)
        self.stated += [must for must in states if must not in self.stated]
        self._last = Act(kind=kind, message=message, states=tuple(states), keep=held, product_id=product_id)
        return self._last


def _words(choice: str) -> set[str]:
    """Return the words of a choice as it is shown ("Size EU39", "尺码：M")."""
    return set(re.split(r"[\s:：，,]+", fold(choice))) | {fold(choice)}


def _values(product: Product, name: str) -> set[str]:
    """Return the values of an option in every language."""
    values = product.options(name)
    return {fold(words.option_values.get(value, value)) for words in product.words.values() for value in values} | {
        fold(value) for value in values
    }
