"""Shows what may fit where no thing was named: for a need, for what somebody likes, for whom a gift is.

Several kinds stand side by side, the best of each first, within what was said of price and what must be so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.clarify import CHOICES
from assistant.conversation.answers.seeking import Candidate, ranked, search
from assistant.conversation.answers.showing import CARDS, shown
from assistant.conversation.parts import Question
from assistant.conversation.state import MustHave, Wish
from assistant.wording.phrases import say

_OR = re.compile(r"或|\bor\b", re.IGNORECASE)
GROWN = 16
"""Years from which on somebody's age asks nothing of a thing."""


def fitting_things(asked: Asked, said: Wish) -> Answer | None:
    """Return the best of each kind of thing that may fit; `None` where a thing was named, or the shop has none."""
    ideas = asked.found.ideas
    if not ideas or said.categories:
        return None
    needs = tuple(must for must in said.must_haves if not _of_a_person(must))
    wishes = [_for(idea, replace(said, must_haves=needs)) for idea in ideas if idea.categories]
    every = [(wish, _fitting(asked, wish)) for wish in wishes]
    found = [(wish, kept) for wish, kept in every if kept]
    if not found:
        return None
    kept = _side_by_side([kept for _, kept in found])
    kinds = tuple(dict.fromkeys(kind for wish, _ in found for kind in wish.categories))
    wish = found[0][0] if len(found) == 1 else replace(said, text="", categories=kinds, must_haves=needs)
    state = asked.state.wishing(wish, new=True)
    answer = shown(replace(asked, state=state), kept, wish, notices=(Notice(say("may_fit", asked.language)),))
    if not asked.found.wide:
        return answer
    priced = wish.price_max_minor is not None
    question = say("ask_liking" if priced else "ask_gift", asked.language)
    return replace(
        answer, question=Question(question, _called(asked, kinds)), state=replace(answer.state, asked="wide")
    )


def _called(asked: Asked, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return what kinds of thing are called in the reply's language, for the shopper to choose from."""
    forms = {main: form for form, main in asked.sources.catalogue.vocabulary().forms.items()}
    return tuple(forms.get(kind, kind) if asked.language == "zh" else kind for kind in kinds[:CHOICES])


def _for(idea: Wish, said: Wish) -> Wish:
    """Return the wish for one kind of thing, with all that was said besides."""
    return replace(
        said,
        text=idea.text,
        categories=idea.categories,
        labels={**idea.labels, **said.labels},
        must_haves=(*idea.must_haves, *said.must_haves),
    )


def _fitting(asked: Asked, wish: Wish) -> list[Candidate]:
    """Return what is not known to fail a must-have."""
    hits = search(asked, wish, wish.filters()).hits
    return [one for one in ranked(hits, wish, asked.language) if not one.unmet] if hits else []


def spread(candidates: Sequence[Candidate], wish: Wish) -> list[Candidate]:
    """Return candidates of several kinds side by side, where a wish is for any of them and for none by its name."""
    named = wish.text and not _OR.search(wish.text)
    if named or len(wish.categories) < 2 or wish.sort != "relevance" or wish.preferences:
        return list(candidates)
    kinds: dict[str, list[Candidate]] = {}
    for one in candidates:
        kinds.setdefault(one.hit.product.words[one.hit.product.language].category[-1], []).append(one)
    return _side_by_side(list(kinds.values()))


def _side_by_side(kinds: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """Return the best of each kind, then the next of each."""
    every = chain.from_iterable(zip_longest(*kinds))
    return list({one.hit.product.id: one for one in every if one is not None}.values())[:CARDS]


def _of_a_person(must: MustHave) -> bool:
    """Return whether a must-have only says whom it is for: no thing is made for fifty, and "for her" is no feature."""
    measure = must.measure
    grown = measure is not None and measure.unit == "year" and (measure.low or measure.high or 0) >= GROWN
    return grown or must.text in ("for her", "for him")
