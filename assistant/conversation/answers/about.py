"""Answers a question about one product from its record and its reviews; what neither says is said to be unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import reviews as opinions
from assistant.conversation.answers import Answer, Asked, Notice, finding
from assistant.conversation.answers.pointing import meant, named
from assistant.conversation.answers.suggesting import about_product
from assistant.conversation.cards import card, chosen
from assistant.conversation.evidence import by_key, product_subject
from assistant.conversation.fitting import check
from assistant.conversation.parts import Question
from assistant.conversation.plan import chosen_facts
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN, stems, words
from assistant.conversation.state import MustHave, Shown
from assistant.wording.evidence import Citation, Fact, Need, Point, Subject
from assistant.wording.phrases import say
from index.product import Product, Review, Variant

_OFFER = {
    "price": ("how much", "price", "cost", "costs", "多少钱", "价格", "价钱", "几块"),
    "stock": ("in stock", "available", "how many are left", "left", "sold out", "有货", "库存", "还有几", "现货"),
    "rating": ("rating", "rated", "stars", "评分", "几星"),
    "brand": ("brand", "who makes", "manufacturer", "牌子", "品牌", "谁家的"),
    "color_choices": (
        "colors",
        "colours",
        "what color",
        "what colour",
        "which color",
        "什么颜色",
        "几种颜色",
        "哪些颜色",
        "别的颜色",
        "其他颜色",
        "other colors",
        "other colours",
    ),
    "size_choices": (
        "sizes",
        "what size",
        "which size",
        "哪些尺码",
        "什么尺码",
        "别的尺码",
        "other sizes",
        "哪些尺寸",
        "有什么码",
    ),
}
_OPINION = (
    "review",
    "people say",
    "customers say",
    "buyers",
    "opinion",
    "any good",
    "评价",
    "买家",
    "大家",
    "怎么样",
    "口碑",
)
_DETAILS = ("tell me", "more about", "details", "describe", "介绍", "详细", "详情", "说说", "讲讲")


def about(asked: Asked) -> Answer:
    """Answer a question about the product that is meant; without one, look for what the message names."""
    product = _product(asked)
    if product is None:
        if asked.found.wish.categories or asked.found.wish.brands or asked.found.wish.must_haves:
            return finding.find(asked) if asked.state.wish.empty else finding.refine(asked)
        return Answer(state=asked.state, question=Question(say("which_product", asked.language)))
    held = [s.variant_id for s in asked.state.shown if s.product_id == product.id]
    variant = _asked_variant(asked, product) or chosen(product, held)
    answer = _answered(asked, product, variant)
    shown = card(product, variant, language=asked.language)
    state = asked.state.focusing(product.id)
    if not state.shown:
        state = state.showing((Shown(product.id, variant.id),))
    return replace(answer, state=state, cards=(shown,), suggestions=about_product(asked, product))


def _product(asked: Asked) -> Product | None:
    pointed = meant(asked)
    if pointed:
        return pointed[0]
    if one := named(asked):
        return one
    wanted = asked.state.focus or (asked.state.shown[0].product_id if asked.state.shown else "")
    categories = set(asked.found.wish.categories)
    if categories and categories - set(asked.state.wish.categories):
        return None
    return next(iter(asked.sources.catalogue.get([wanted]).values()), None) if wanted else None


def _asked_variant(asked: Asked, product: Product) -> Variant | None:
    """Return the variant whose options the question names ("is the red one in stock")."""
    wanted = asked.found.wish.options
    fitting = [v for v in product.variants if all(v.options.get(n) in values for n, values in wanted.items())]
    return fitting[0] if wanted and fitting else None


def _answered(asked: Asked, product: Product, variant: Variant) -> Answer:
    language, message = asked.language, asked.found.message.lower()
    subject = product_subject(product, variant, language)
    if option := _missing_option(asked, product):
        return _plain(asked, subject, (option,))
    for key, asks in _OFFER.items():
        if any(_has(message, ask) for ask in asks):
            return _fact(asked, subject, key)
    if asked.found.wish.must_haves:
        return _needed(asked, product, subject)
    held = asked.sources.catalogue.reviews(product.id, limit=opinions.READ)
    aspects = [row for row in _aspects() if any(_has(message, word) for word in (*row[1], *row[2]))]
    if aspects:
        return _aspect(asked, subject, held, aspects[0])
    if any(_has(message, word) for word in _OPINION):
        return _opinion(asked, subject, held)
    if any(_has(message, word) for word in _DETAILS) or not content(message):
        return _described(asked, subject)
    return _looked_up(asked, product, subject, held)


def _aspects() -> list[tuple[tuple[str, ...], ...]]:
    return [(*row, ()) if len(row) == 3 else row for row in rows("aspects.tsv")]


def _has(message: str, word: str) -> bool:
    if HAN.search(word):
        return word in message
    return f" {word} " in f" {' '.join(w.text for w in words(message))} "


def _missing_option(asked: Asked, product: Product) -> Notice | None:
    """Return that the product does not come in a colour or size that was asked for, and what it does come in."""
    said = product.said(asked.language).option_values
    for name, values in asked.found.wish.options.items():
        there = product.options(name)
        if there and not set(there) & set(values):
            label = asked.found.wish.labels.get(f"option:{name}", values[0])
            listed = ("、" if asked.language == "zh" else ", ").join(said.get(v, v) for v in there)
            citation = Citation(name, f"product:{product.id}#{name}")
            text = say(
                "not_in_option", asked.language, title=product.said(asked.language).title, value=label, there=listed
            )
            return Notice(text, (citation,), product.id)
    return None


def _plain(asked: Asked, subject: Subject, notices: tuple[Notice, ...]) -> Answer:
    return Answer(state=asked.state, notices=notices)


def _fact(asked: Asked, subject: Subject, key: str) -> Answer:
    """Answer with one fact of the offer; a single colour or size stands for the list of them."""
    known = by_key(subject)
    fact = known.get(key) or known.get(key.removesuffix("_choices"))
    if fact is None:
        return _unknown(asked, subject, (key.removesuffix("_choices"),))
    return _said(asked, subject, (fact,))


def _said(asked: Asked, subject: Subject, facts: tuple[Fact, ...], needs: tuple[Need, ...] = ()) -> Answer:
    point = Point(role="answer", subject=subject, facts=facts, ask=asked.found.message, needs=needs)
    return Answer(state=asked.state, points=(point,))


def _needed(asked: Asked, product: Product, subject: Subject) -> Answer:
    """Answer whether must-haves are met, with the fact that decides."""
    needs = [check(must, product, asked.language) for must in asked.found.wish.must_haves]
    facts = tuple(dict.fromkeys(need.fact for need in needs if need.fact is not None and need.met))
    if facts or any(need.met is False for need in needs):
        whole = replace(subject, facts=tuple(dict.fromkeys((*subject.facts, *facts))))
        return _said(asked, whole, facts, tuple(needs))
    open_needs = tuple(need.text for need in needs if need.met is None)
    return _unknown(asked, subject, open_needs or tuple(need.text for need in needs))


def _aspect(asked: Asked, subject: Subject, held: Sequence[Review], aspect: tuple[tuple[str, ...], ...]) -> Answer:
    """Answer from the attribute that is named so, then from what reviews say of it."""
    _, english, chinese, names = aspect
    wanted = {name.lower() for name in (*names, aspect[0][0])}
    facts = tuple(f for f in subject.facts if f.key in wanted or f.label.lower() in wanted)[:2]
    said = opinions.mentions(held, (*english, *chinese), asked.language)
    answer = _said(asked, subject, facts) if facts else Answer(state=asked.state)
    if said:
        return replace(answer, closing=_quoted(asked, said, subject, about=True))
    return answer if facts else _unknown(asked, subject, _asked_words(asked))


def _opinion(asked: Asked, subject: Subject, held: Sequence[Review]) -> Answer:
    """Answer what buyers think: the rating by its record, and a typical sentence."""
    known = by_key(subject)
    facts = tuple(known[key] for key in ("rating", "rating_count") if key in known)
    said = opinions.overall(held, asked.language)
    answer = _said(asked, subject, facts) if facts else Answer(state=asked.state)
    if said:
        return replace(answer, closing=_quoted(asked, said, subject, about=False))
    return (
        answer if facts else replace(answer, notices=(Notice(say("no_reviews", asked.language, title=subject.name)),))
    )


def _quoted(asked: Asked, said: opinions.Mentions, subject: Subject, *, about: bool) -> tuple[Notice, ...]:
    """Return the counts and a quote, as they stand."""
    language = asked.language
    count = say(
        "reviews_mention" if about else "reviews_overall",
        language,
        **({"count": said.count} if about else {}),
        total=said.total,
        stars=f"{said.stars:.1f}",
    )
    quote = say("review_quote", language, quote=said.quote)
    citation = Citation(say("label_review", language), f"review:{said.review.id}")
    return Notice(count, (), subject.id), Notice(quote, (citation,), subject.id)


def _described(asked: Asked, subject: Subject) -> Answer:
    return _said(asked, subject, chosen_facts(subject.facts, ask=asked.found.message, needs=()))


def _looked_up(asked: Asked, product: Product, subject: Subject, held: Sequence[Review]) -> Answer:
    """Answer from the fact whose words are the question's, from the record's text, or from reviews."""
    wanted = " ".join(_asked_words(asked))
    scored = [(_alike(wanted, f"{fact.key} {fact.label} {fact.text}"), fact) for fact in subject.facts]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best and best[0]:
        return _said(asked, subject, (best[1],))
    terms = _asked_words(asked)
    needs = [check(MustHave(text=word, forms=(word,)), product, asked.language) for word in terms]
    facts = tuple(need.fact for need in needs if need.fact is not None)
    if facts:
        return _said(asked, subject, facts[:1])
    if terms and (said := opinions.mentions(held, terms, asked.language)):
        return Answer(state=asked.state, closing=_quoted(asked, said, subject, about=True))
    return _unknown(asked, subject, terms)


def _alike(wanted: str, stated: str) -> int:
    """Return how many words, or pairs of Chinese characters, a question shares with what is stated."""
    pairs = {w[at : at + 2] for w in wanted.split() if HAN.search(w) for at in range(len(w) - 1)}
    return len(set(stems(wanted)) & set(stems(stated))) + sum(pair in stated for pair in pairs)


def _asked_words(asked: Asked) -> tuple[str, ...]:
    """Return the words of the question that ask for something, without those that point."""
    text = asked.found.message
    for reference in reversed(asked.found.references):
        text = text[: reference.start] + " " + text[reference.end :]
    return tuple(content(text)[:6])


def _unknown(asked: Asked, subject: Subject, wanted: Sequence[str]) -> Answer:
    """Say that the record does not state it, and offer what it does state."""
    language = asked.language
    what = ("、" if language == "zh" else " ").join(wanted) or asked.found.message
    notices = [Notice(say("record_silent", language, title=subject.name, what=what), (), subject.id)]
    dull = ("price", "list_price", "saving", "rating", "rating_count", "stock", "brand", "category", "highlight")
    labels = list(dict.fromkeys(f.label for f in subject.facts if f.key not in dull))[:4]
    if labels:
        listed = ("、" if language == "zh" else ", ").join(labels)
        notices.append(Notice(say("record_states", language, what=listed), (), subject.id))
    return Answer(state=asked.state, notices=tuple(notices))
