"""Answers one question about one product from its record and its reviews; what neither says is said to be unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import reviews as opinions
from assistant.conversation.answers import Answer, Asked, Missed, Notice, policy
from assistant.conversation.answers.facts_asked import FACTS, IN_PASSING, alike, facts_asked, only_how_much, without
from assistant.conversation.answers.in_options import in_option, missing
from assistant.conversation.answers.option_choices import asks_else, choices_left
from assistant.conversation.evidence import by_key, option_label, product_subject
from assistant.conversation.fitting import check
from assistant.conversation.intention.asking_of import PLAINLY, asks_which_way
from assistant.conversation.plan import chosen_facts
from assistant.conversation.reading import traits
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.questions import Wanted, aspects, wanted, yes_or_no
from assistant.conversation.reading.wishing import HOLDS
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import MustHave
from assistant.wording.evidence import Citation, Fact, Need, Point, Subject
from assistant.wording.phrases import say
from index.product import Product, Review, Variant

_OFFERED = frozenset({"price", "list_price", "saving", "rating", "rating_count", "stock"})
_HOW_LONG = ("how long", "多长")
_WHETHER_HAN = re.compile(r"(?:有没有|有)?人(?:说|反映|抱怨|吐槽)|(?:会不会|会|容易|是不是|能不能)")
"""What asks whether something is said or so, and is no part of it: 有人说起球吗, 会掉色吗."""
_RULES = re.compile(
    r"warrant|guarantee|\breturn|refund|exchange|shipping|deliver|保修|质保|退货|退款|换货|运费|送货|配送|包邮"
)
"""What a shop's rules speak of where a product's own record does not."""


def answered(asked: Asked, product: Product, variant: Variant) -> Answer:
    """Answer one question about a product in a variant."""
    subject = product_subject(product, variant, asked.language)
    asked = _without_condition(asked)
    text = asked.found.unpointed
    asks = wanted(text, [label for words in product.words.values() for label in words.attributes])
    kinds = [one.kind for one in asks]
    sides = {one.key for one in asks if one.kind == "aspect"}
    plain = not {"attribute", "opinion"} & set(kinds) and sides <= {"size"} and not asked.found.wish.must_haves
    plain = plain and not asks_else(asked, product)
    option = missing(asked, product) or choices_left(asked, product, asks)
    if option := option or in_option(asked, product, asks, plain=plain):
        return Answer(state=asked.state, notices=(option,))
    held = asked.sources.catalogue.reviews(product.id, limit=opinions.READ)
    facts, unstated, surely = facts_asked(asked, product, subject, asks)
    if HOLDS.search(asked.found.message.lower()) and not asked.found.wish.must_haves and (room := _room(subject)):
        return _said(asked, subject, room)
    if not facts and (surely in IN_PASSING or asked.found.trait_sure >= PLAINLY):
        return _unknown(asked, subject, traits.name(surely or asked.found.trait, asked.language))
    # "How long is the cord" is no question of the lamp's size where its record has no cord.
    about_it = [one for one in _sides(asks) if not (unstated and one.form in _HOW_LONG)]
    if "opinion" in kinds and not about_it and "attribute" not in kinds:
        return _opinion(asked, subject, held)
    if facts and asked.found.trait and not yes_or_no(text):
        return _said(asked, subject, facts)  # "how long is it" asks for no long thing
    if asks_which_way(asked.found) and (either := _which_way(asked, product, facts)):
        return _said(asked, subject, either)
    if asked.found.wish.must_haves and (yes_or_no(text) or "attribute" not in kinds):
        return _needed(asked, product, subject, asks, held=held, stated=facts)
    if facts and (not about_it or {"attribute", "offer"} & set(kinds)):
        return _said(asked, subject, facts)
    if stated := [one for one in asks if one.kind == "offer"]:
        return _unknown(asked, subject, _label(stated[0], asked.language))
    if about_it:
        return _aspect(asked, subject, held, about_it[0], facts)
    if "opinion" in kinds:
        return _opinion(asked, subject, held)
    if only_how_much(text, asks):
        return _unknown(asked, subject)
    if content(without(text, asks)):
        return _looked_up(asked, product, subject, held)
    if "summary" in kinds:
        return replace(_described(asked, subject), closing=_typical(asked, subject, held))
    return _described(asked, subject)


def _room(subject: Subject) -> tuple[Fact, ...]:
    """Return the facts that tell what goes into a thing, whatever it is asked for."""
    return tuple(fact for fact in subject.facts if fact.key in ("capacity", "dimensions", "laptop"))[:FACTS]


def _which_way(asked: Asked, product: Product, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts that tell which of two it is."""
    needs = [check(must, product, asked.language) for must in asked.found.wish.must_haves]
    decided = sorted((need for need in needs if need.fact is not None), key=lambda need: need.met is not True)
    return tuple(dict.fromkeys(need.fact for need in decided if need.fact is not None))[:1] or facts


_LIGHT_WORDS = frozenset(
    {"come", "comes", "get", "go", "goes", "use", "make", "makes", "take", "takes", "put", "keep", "work", "works"}
)
"""Words of a question that any record may hold by chance: "does the cable come with it"."""
_CONDITION = re.compile(
    r"[\s,]+(?:if|when|while|even if|as long as)\s+(?:i|we|you|he|she|they|my|it'?s|the)\b.*$", re.IGNORECASE
)
"""Under what condition something is asked: "how long does it run if I use GPS all day"."""


def _without_condition(asked: Asked) -> Asked:
    """Return the question without the clause that only tells under what condition it is asked."""
    found = asked.found
    text = _CONDITION.sub("", found.unpointed)
    if text == found.unpointed or (not content(text) and not found.trait):
        return asked
    musts = tuple(must for must in found.wish.must_haves if must.text.lower() in text)
    wish = replace(found.wish, must_haves=musts)
    return replace(asked, found=replace(found, unpointed=text, message=_CONDITION.sub("", found.message), wish=wish))


def _label(one: Wanted, language: str) -> str:
    return option_label(one.key.removesuffix("_choices"), language) if one.kind == "offer" else one.form


def _said(asked: Asked, subject: Subject, facts: tuple[Fact, ...], needs: tuple[Need, ...] = ()) -> Answer:
    point = Point(role="answer", subject=subject, facts=facts, ask=asked.found.message, needs=needs)
    return Answer(state=asked.state, points=(point,))


def _sides(asks: Sequence[Wanted]) -> list[Wanted]:
    """Return the sides of a thing that are asked about; "how long" asks for a size where nothing else is."""
    found = [one for one in asks if one.kind == "aspect"]
    return [one for one in found if one.form not in _HOW_LONG] or found


def _needed(
    asked: Asked,
    product: Product,
    subject: Subject,
    asks: Sequence[Wanted],
    *,
    held: Sequence[Review],
    stated: tuple[Fact, ...],
) -> Answer:
    """Answer whether must-haves are met, with the fact that decides, or with what the record states under that name."""
    needs = [check(must, product, asked.language) for must in asked.found.wish.must_haves]
    if asked.found.trait and stated and not any(need.fact in stated for need in needs):
        return _said(asked, subject, stated)  # what the question means is nearer than what a word of it may
    if stated and all(_bare_amount(must) for must in asked.found.wish.must_haves):
        return _said(asked, subject, stated)
    facts = tuple(dict.fromkeys(need.fact for need in needs if need.fact is not None and need.met))
    if facts or any(need.met is False for need in needs):
        whole = replace(subject, facts=tuple(dict.fromkeys((*subject.facts, *facts))))
        return _said(asked, whole, facts, tuple(needs))
    if stated:
        return _said(asked, subject, stated)
    if side := next((one for one in _sides(asks) if _stating(subject, one)), None):
        return _aspect(asked, subject, held, side)
    return _unknown(asked, subject, _listed([need.text for need in needs], asked.language))


def _bare_amount(must: MustHave) -> bool:
    """Return whether an amount is said of nothing by name: "8 kg" may be what the cat weighs, not the thing."""
    return must.measure is not None and not must.forms


def _listed(texts: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(texts)


def _aspect(
    asked: Asked, subject: Subject, held: Sequence[Review], one: Wanted, facts: tuple[Fact, ...] = ()
) -> Answer:
    """Answer from the facts meant or the attribute that is named so, then from what reviews say of it."""
    aspect = next(aspect for aspect in aspects() if aspect.key == one.key)
    facts = facts or _stating(subject, one)
    near = not facts or any(fact.label.lower() in aspect.names or fact.key in aspect.names for fact in facts)
    said = opinions.mentions(held, (*aspect.english, *aspect.chinese), asked.language) if near else None
    answer = _said(asked, subject, facts) if facts else Answer(state=asked.state)
    if said:
        return replace(answer, closing=_quoted(asked, said, subject, about=True))
    return answer if facts else _unknown(asked, subject, one.form if _spoken(one.form) else "")


def _stating(subject: Subject, one: Wanted) -> tuple[Fact, ...]:
    """Return the facts of a record that state a side of the thing."""
    aspect = next(aspect for aspect in aspects() if aspect.key == one.key)
    names = {name.lower() for name in (*aspect.names, aspect.key)}
    return tuple(f for f in subject.facts if f.key in names or f.label.lower() in names)[:2]


def _spoken(form: str) -> bool:
    """Return whether a form is a word that can be repeated, not a piece of one."""
    return not HAN.search(form) or len(form) > 1


def _opinion(asked: Asked, subject: Subject, held: Sequence[Review]) -> Answer:
    """Answer what buyers think: the rating by its record, and a typical sentence."""
    known = by_key(subject)
    facts = tuple(known[key] for key in ("rating", "rating_count") if key in known)
    answer = _said(asked, subject, facts) if facts else Answer(state=asked.state)
    if typical := _typical(asked, subject, held):
        # The record's own rating says the counts already where every rating is a review.
        said_already = known["rating_count"].text == str(len(held)) if len(facts) == 2 else False
        return replace(answer, closing=typical[1:] if said_already else typical)
    return (
        answer if facts else replace(answer, notices=(Notice(say("no_reviews", asked.language, title=subject.name)),))
    )


def _typical(asked: Asked, subject: Subject, held: Sequence[Review]) -> tuple[Notice, ...]:
    said = opinions.overall(held, asked.language, critical=opinions.asks_for_faults(asked.found.message))
    return _quoted(asked, said, subject, about=False) if said else ()


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
    if not said.quote:
        return (Notice(count, (), subject.id),)
    quote = say("review_quote", language, quote=said.quote)
    citation = Citation(say("label_review", language), f"review:{said.review.id}")
    return Notice(count, (), subject.id), Notice(quote, (citation,), subject.id)


def _described(asked: Asked, subject: Subject) -> Answer:
    return _said(asked, subject, chosen_facts(subject, ask=asked.found.message, needs=()))


def _looked_up(asked: Asked, product: Product, subject: Subject, held: Sequence[Review]) -> Answer:
    """Answer from the fact whose words are the question's, from the record's text, or from reviews."""
    terms = tuple(content(_WHETHER_HAN.sub(" ", asked.found.unpointed))[:6])
    terms = tuple(one for one in terms if one not in _LIGHT_WORDS)
    named = " ".join(terms)
    # What is offered has words of its own: a "heart rate sensor" is no rating.
    facts = [fact for fact in subject.facts if fact.key not in _OFFERED]
    scored = [(3 * alike(named, f"{f.key} {f.label}") + alike(named, f.text), f) for f in facts]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best and best[0]:
        return _said(asked, subject, (best[1],))
    needs = [check(MustHave(text=word, forms=(word,)), product, asked.language) for word in terms]
    if stated := tuple(need.fact for need in needs if need.fact is not None):
        return _said(asked, subject, stated[:1])
    if terms and (said := opinions.mentions(held, terms, asked.language)):
        return Answer(state=asked.state, closing=_quoted(asked, said, subject, about=True))
    return _unknown(asked, subject, _phrase(asked, terms))


def _phrase(asked: Asked, terms: Sequence[str]) -> str:
    """Return the shopper's own words for what is asked, whole; empty where only pieces of it are left.

    Chinese writes no spaces: what is left of a sentence there may be a fragment, and is not repeated.
    """
    said = asked.found.unpointed
    if not terms or any(HAN.search(term) for term in terms):
        return ""
    phrase = re.search(r"\b" + r"[\s,'-]+".join(map(re.escape, terms)) + r"\b", said)
    return phrase.group() if phrase else ""


def _unknown(asked: Asked, subject: Subject, what: str = "") -> Answer:
    """Say that the record does not state it, and what it does; a question of rules gets the rule instead."""
    language = asked.language
    if _RULES.search(asked.found.message.lower()) and (rule := policy.answer(asked)).points:
        return rule
    silent = say("record_silent", language, title=subject.name, what=what) if what else (
        say("record_no_answer", language, title=subject.name))  # fmt: skip
    notices = [Notice(silent, (), subject.id)]
    dull = ("price", "list_price", "saving", "rating", "rating_count", "stock", "brand", "category", "highlight")
    labels = list(dict.fromkeys(f.label for f in subject.facts if f.key not in dull))[:4]
    if labels:
        notices.append(Notice(say("record_states", language, what=_listed(labels, language)), (), subject.id))
    missed = Missed(f"{subject.name}: {asked.found.message}", "product")
    return Answer(state=asked.state, notices=tuple(notices), missed=(missed,))
