"""Finds products for a wish, new or refined, and says honestly what could not be met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.clarify import CHOICES, clarified, departments
from assistant.conversation.answers.likeness import unlike
from assistant.conversation.answers.refining import refined
from assistant.conversation.answers.settling import settled
from assistant.conversation.answers.suggesting import after_cards
from assistant.conversation.cards import card, chosen
from assistant.conversation.condition import condition_text
from assistant.conversation.fitting import check
from assistant.conversation.parts import Question
from assistant.conversation.plan import WORDED, reason, recommendation
from assistant.conversation.reading.framing import content
from assistant.conversation.state import Shown, Wish
from assistant.wording.evidence import Need
from assistant.wording.phrases import say
from index.product import Variant
from index.query import Emptied, Filters, Hit, Query, SearchResult

CARDS = 6
"""Products shown at once."""
ENOUGH = 2
"""So many that surely meet every must-have leave out those whose record does not say."""
NEAREST = 10
"""Candidates among which "cheap" decides the order: a wish, no filter, so what fits best comes from these alone."""
_CHEAP = re.compile(r"\b(?:cheap|affordable|inexpensive|budget|low[- ]cost)\b|便宜|实惠|平价", re.IGNORECASE)
LOOKED_AT = 24
"""Hits among which must-haves and the order asked for decide."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit, the variant of it to offer, and how it stands to each must-have."""

    hit: Hit
    variant: Variant
    needs: tuple[Need, ...]

    @property
    def unmet(self) -> int:
        """How many must-haves it is known not to meet."""
        return sum(need.met is False for need in self.needs)

    @property
    def unknown(self) -> int:
        """How many must-haves its record says nothing of."""
        return sum(need.met is None for need in self.needs)


def find(asked: Asked) -> Answer:
    """Return products for a wish that names its thing anew."""
    if asked.found.wide:
        return clarified(asked)
    wish = settled(asked, asked.found.wish)
    return _found(asked, wish, new=True)


def refine(asked: Asked) -> Answer:
    """Return products for the wish in force with what the message changes about it."""
    if asked.state.wish.empty and not asked.state.shown:
        return find(asked)
    return _found(asked, refined(asked), new=False)


def more(asked: Asked) -> Answer:
    """Return products for the wish in force that were not shown yet."""
    if asked.state.wish.empty and not asked.state.shown:
        return clarified(asked)
    answer = _found(asked, asked.state.wish, new=False, without=frozenset(asked.state.seen))
    if answer.cards:
        return answer
    notice = Notice(say("no_more", asked.language))
    return Answer(state=asked.state, notices=(notice,), suggestions=answer.suggestions)


def again(asked: Asked, wish: Wish) -> Answer:
    """Return products for the wish in force after a chip was removed."""
    return _found(asked, wish, new=False)


def _found(asked: Asked, wish: Wish, *, new: bool, without: frozenset[str] = frozenset()) -> Answer:
    state = asked.state.wishing(wish, new=new)
    result = search(asked, wish, wish.filters(without=without))
    if not result.hits:
        return _emptied(replace(asked, state=state), result, wish)
    kept = ranked(result.hits, wish, asked.language)
    answer = shown(replace(asked, state=state), kept, wish, notices=_preface(asked, kept, wish))
    known = bool(wish.categories or wish.brands) or result.matched
    if known and not unlike(wish, [c.hit.product for c in kept], asked.language):
        return answer
    # Cards speak for what is merely near; a recommendation of it would not be one.
    question = Question(say("ask_wide", asked.language), departments(asked, CHOICES))
    sorry = (Notice(say("nothing_like", asked.language, what=wish.text)), Notice(say("closest_shown", asked.language)))
    return replace(answer, points=(), notices=(*sorry, *answer.notices), question=question)


def search(asked: Asked, wish: Wish, filters: Filters) -> SearchResult:
    """Return what the catalogue has for a wish under these filters."""
    sort = wish.sort if not searched(wish) else "relevance"
    return asked.sources.searcher.search(Query(text=searched(wish), filters=filters, limit=LOOKED_AT, sort=sort))


def searched(wish: Wish) -> str:
    """Return the text that is searched for: the wish's words, and what its conditions were called."""
    said = wish.text.lower()
    added = [label for key, label in wish.labels.items() if key.startswith("option:") and label.lower() not in said]
    added += [brand for brand in wish.brands if brand.lower() not in said]
    added += [c for c in wish.categories[:1] if not wish.text]
    return " ".join(filter(None, (wish.text, *added)))


def ranked(hits: Sequence[Hit], wish: Wish, language: str) -> list[Candidate]:
    """Return candidates in the order to show: those that fail a must-have leave if any other is there."""
    candidates = [
        Candidate(
            hit,
            chosen(hit.product, hit.variant_ids),
            tuple(check(must, hit.product, language) for must in wish.must_haves),
        )
        for hit in hits
    ]
    candidates.sort(key=lambda c: (c.unmet, c.unknown))
    least, certain = candidates[0].unmet, sum(not c.unmet and not c.unknown for c in candidates)
    candidates = [c for c in candidates if c.unmet == least and (certain < ENOUGH or not c.unknown)]
    if wish.sort == "relevance" and _CHEAP.search(wish.text):
        return [*_sorted(candidates[:NEAREST], "price_low"), *candidates[NEAREST:]]
    return _sorted(candidates, wish.sort)


def _sorted(candidates: list[Candidate], sort: str) -> list[Candidate]:
    if sort == "rating":
        return sorted(candidates, key=lambda c: -(c.hit.product.rating or 0))
    if sort in ("price_low", "price_high"):
        known = [c for c in candidates if c.variant.price_minor is not None]
        turned = sorted(known, key=lambda c: c.variant.price_minor or 0, reverse=sort == "price_high")
        return turned + [c for c in candidates if c.variant.price_minor is None]
    return candidates


def shown(asked: Asked, candidates: Sequence[Candidate], wish: Wish, *, notices: tuple[Notice, ...] = ()) -> Answer:
    """Return the answer that shows these candidates and words the first of them."""
    top = list(candidates[:CARDS])
    language = asked.language
    cards = tuple(
        card(
            c.hit.product,
            c.variant,
            language=language,
            why=reason(c.hit.product, c.variant, language=language, needs=c.needs),
        )
        for c in top
    )
    points = tuple(
        recommendation(c.hit.product, c.variant, language=language, ask=wish.text or asked.found.message, needs=c.needs)
        for c in top[:WORDED]
    )
    state = asked.state.showing(tuple(Shown(c.hit.product.id, c.variant.id) for c in top))
    if len(top) == 1:
        state = state.focusing(top[0].hit.product.id)
    return Answer(
        state=replace(state, asked=""),
        cards=cards,
        points=points,
        notices=notices,
        suggestions=after_cards(asked, [c.hit.product for c in top], wish),
    )


def _preface(asked: Asked, kept: Sequence[Candidate], wish: Wish) -> tuple[Notice, ...]:
    made = []
    if asked.found.foreign:
        own = asked.sources.catalogue.vocabulary().currency
        made.append(Notice(say("foreign_currency", asked.language, own=own, named=asked.found.foreign)))
    if wish.must_haves and all(c.unmet for c in kept):
        missing = [need.text for need in kept[0].needs if need.met is False]
        made.append(Notice(say("none_meets", asked.language, needs=_listed(missing, asked.language))))
    return tuple(made)


def _listed(words: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(words)


def _emptied(asked: Asked, result: SearchResult, wish: Wish) -> Answer:
    """Return what to say when nothing meets the conditions: which one emptied it, and the nearest that would not."""
    emptied = result.emptied
    notices = [Notice(say("nothing_found", asked.language, what=_wished(wish, asked)))]
    if emptied is None or emptied.nearest is None:
        return Answer(state=asked.state, notices=tuple(notices), suggestions=after_cards(asked, [], wish))
    notices.append(Notice(_blamed(emptied, wish, asked)))
    near = search(asked, wish, emptied.nearest)
    if not near.hits:
        return Answer(state=asked.state, notices=tuple(notices[:1]), suggestions=after_cards(asked, [], wish))
    notices.append(Notice(say("nearest_shown", asked.language)))
    return shown(asked, ranked(near.hits, wish, asked.language), wish, notices=tuple(notices))


def _blamed(emptied: Emptied, wish: Wish, asked: Asked) -> str:
    """Return which condition nothing meets, or that nothing meets all of them."""
    currency = asked.sources.catalogue.vocabulary().currency
    said = condition_text(emptied, wish, language=asked.language, currency=currency)
    if "," in emptied.condition or not said:
        return say("emptied_together", asked.language, conditions=said or wish.text)
    return say("emptied", asked.language, condition=said)


def _wished(wish: Wish, asked: Asked) -> str:
    return wish.text or " ".join(content(asked.found.message)) or asked.found.message
