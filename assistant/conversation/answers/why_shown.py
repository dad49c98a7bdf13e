"""Says why a product is shown: what of the wish it meets, what of the shopper's taste, and what buyers think of it.

Reads records, the wish in force and the portrait; searches nothing.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.pointing import meant
from assistant.conversation.answers.seeking import Candidate
from assistant.conversation.cards import card, chosen
from assistant.conversation.chips import chips
from assistant.conversation.evidence import by_key, product_subject
from assistant.conversation.fitting import check
from assistant.conversation.parts import Question
from assistant.conversation.state import Shown, Wish
from assistant.conversation.suiting import suited
from assistant.conversation.tastes import why_suits
from assistant.people.portrait import Portrait
from assistant.wording.phrases import say
from index.product import Product, Variant
from index.query import Hit

MOST = 2
"""Products of which it is said why they are shown, where none of them is pointed at."""


def why_shown(asked: Asked) -> Answer:
    """Return why the product that is meant is shown, else why the first of those shown are."""
    held = {one.product_id: one.variant_id for one in asked.state.shown}
    pointed = any(one.which not in ("focus", "all") for one in asked.found.references)
    wanted = [asked.state.focus] if asked.state.focus else list(held)[:MOST]
    products = meant(asked) if pointed else list(asked.sources.catalogue.get(wanted).values())
    if not products:
        return Answer(state=asked.state, question=Question(say("which_product", asked.language)))
    every = [(one, chosen(one, [held[one.id]] if one.id in held else [])) for one in products[:MOST]]
    state = asked.state if asked.state.shown else asked.state.showing(tuple(Shown(p.id, v.id) for p, v in every))
    return Answer(
        state=state.focusing(products[0].id) if len(products) == 1 else state,
        cards=tuple(card(p, v, language=asked.language) for p, v in every),
        notices=tuple(Notice(_why(asked, p, v), (), p.id) for p, v in every),
    )


def _why(asked: Asked, product: Product, variant: Variant) -> str:
    language, title = asked.language, product.said(asked.language).title
    reasons = [*_met(asked, product), *_suits(asked, product, variant)]
    subject = product_subject(product, variant, language)
    if rating := by_key(subject).get("rating"):
        reasons.append(f"{rating.label}{'：' if language == 'zh' else ' '}{rating.text}")
    comma = "；" if language == "zh" else "; "
    return say("why_shown" if reasons else "why_nearest", language, title=title, **_what(comma.join(reasons)))


def _what(reasons: str) -> dict[str, str]:
    return {"what": reasons} if reasons else {}


def _met(asked: Asked, product: Product) -> list[str]:
    """Return what of the wish in force the product meets, as its chips say it, with the fact that decides."""
    wish, language = asked.state.wish, asked.language
    needs = [check(must, product, language) for must in wish.must_haves]
    met = [f"{need.text}（{need.fact.text}）" if language == "zh" else f"{need.text} ({need.fact.text})"
           for need in needs if need.met and need.fact]  # fmt: skip
    return [*_kinds(asked, product), *_conditions(asked, wish), *met]


def _conditions(asked: Asked, wish: Wish) -> list[str]:
    """Return the conditions that the search itself keeps to, as their chips say them."""
    kept = replace(wish, categories=(), must_haves=(), preferences=(), sort="relevance")
    return [one.label for one in chips(kept, asked.language, asked.sources.catalogue.vocabulary().currency)]


def _kinds(asked: Asked, product: Product) -> list[str]:
    """Return what kind of thing it is, where a kind was wished for that it is one of."""
    levels = {level for words in product.words.values() for level in words.category}
    wanted = any(kind in levels for kind in asked.state.wish.categories)
    return list(product.said(asked.language).category[-1:]) if wanted else []


def _suits(asked: Asked, product: Product, variant: Variant) -> list[str]:
    """Return what of the shopper's own taste the product meets."""
    candidate = Candidate(Hit(product, tuple(v.id for v in product.variants), 0.0), variant, ())
    [one] = suited([candidate], asked.portrait or Portrait(person=""), asked.state.wish)
    return [text for line in one.meets if (text := why_suits(line, asked.language))]
