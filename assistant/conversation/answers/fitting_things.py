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
from assistant.conversation.answers.showing import CARDS, preface, shown
from assistant.conversation.answers.sizing import without_option
from assistant.conversation.parts import Question
from assistant.conversation.reading.sizes import PLAIN
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
    if said.labels.get("option:size", "").lower() in PLAIN:
        said = replace(without_option(said, "size"), preferences=())  # "something small" of any kind
    needs = tuple(must for must in said.must_haves if not _of_a_person(must))
    wishes = [_for(idea, replace(said, must_haves=needs)) for idea in ideas if idea.categories]
    every = [(wish, _ranked(asked, wish)) for wish in wishes]
    fitting = [(wish, [one for one in kept if not one.unmet]) for wish, kept in every]
    found = [(wish, kept) for wish, kept in fitting if kept]
    found, needs = _told(found, needs)
    lacking = [] if found else [(wish, _unharmful(kept, wish)) for wish, kept in every[:1]]
    found = found or [(wish, kept) for wish, kept in lacking if kept]
    if not found:
        return None
    kept = _side_by_side([kept for _, kept in found])
    kinds = tuple(dict.fromkeys(kind for wish, _ in found for kind in wish.categories))
    wish = found[0][0] if len(found) == 1 else replace(said, text="", categories=kinds, must_haves=needs)
    state = asked.state.wishing(wish, new=True)
    lead = () if lacking else (Notice(say("may_fit", asked.language)),)
    answer = shown(replace(asked, state=state), kept, wish, notices=(*lead, *preface(asked, kept, wish)))
    if not asked.found.wide:
        return answer
    priced = wish.price_max_minor is not None
    question = say("ask_liking" if priced else "ask_gift", asked.language)
    return replace(
        answer, question=Question(question, _called(asked, kinds)), state=replace(answer.state, asked="wide")
    )


def _told(
    found: list[tuple[Wish, list[Candidate]]], needs: tuple[MustHave, ...]
) -> tuple[list[tuple[Wish, list[Candidate]]], tuple[MustHave, ...]]:
    """Return what was found, and the needs, without those that no record tells: what serves them was found for them."""
    every = [candidate for _, kept in found for candidate in kept]
    silent = {must.text for must in needs if all(_unknown(must, candidate) for candidate in every)}
    kept_needs = tuple(must for must in needs if must.text not in silent)
    without = [
        (
            replace(wish, must_haves=tuple(must for must in wish.must_haves if must.text not in silent)),
            [replace(one, needs=tuple(need for need in one.needs if need.text not in silent)) for one in kept],
        )
        for wish, kept in found
    ]
    return without, kept_needs


def _unknown(must: MustHave, candidate: Candidate) -> bool:
    return any(need.text == must.text and need.met is None for need in candidate.needs)


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


def _ranked(asked: Asked, wish: Wish) -> list[Candidate]:
    hits = search(asked, wish, wish.filters()).hits
    return ranked(hits, wish, asked.language) if hits else []


def _unharmful(candidates: Sequence[Candidate], wish: Wish) -> list[Candidate]:
    """Return what serves the need though it fails what is asked for besides; what may harm is left out."""
    return [] if any(must.harmful for must in wish.must_haves) else list(candidates)


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
