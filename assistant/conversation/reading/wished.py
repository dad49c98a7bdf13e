"""What is made of a message once it was read: the wish with its conditions, and everything else but the intent.

Knows the catalogue by its words alone; reads nothing anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.conversation.reading import conditions
from assistant.conversation.reading.branding import surely_brand, unbranded
from assistant.conversation.reading.colours import colours, said_as_colour
from assistant.conversation.reading.framing import (
    GENERIC,
    GENERIC_HAN,
    PERSONS,
    PERSONS_HAN,
    content,
    core,
    likes_of_somebody,
)
from assistant.conversation.reading.heads import AND_A, head, wishes
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.narrower import narrower
from assistant.conversation.reading.prices import minor_bounds
from assistant.conversation.reading.seasons import in_season
from assistant.conversation.reading.sizes import PLAIN
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import MustHave, Wish
from assistant.conversation.understanding import Understanding

_CLAUSE_END = re.compile(r"[.!?;,。！？；，]")
_ENDS_HAN = re.compile(
    r"[^\u3400-\u9fff]|$|(?:有吗|有没有|吗|呢|吧|推荐|有什么|有哪些|送|给|用来|啥的|什么的|之类|那种|这种|一类)"
)
"""What stands behind the name of a thing that ends there: 床品 双人的."""
EACH = 3
"""Kinds of thing for each of several likings."""
GIFT = re.compile(r"\b(?:gifts?|presents?|birthday|christmas|something|for my|for a)\b|礼物|送")
"""What tells that a liking is somebody's to whom something is given."""
_OR = re.compile(r"\s*(?:或者?|还是|\bor\b(?: an?| some)?)\s*", re.IGNORECASE)


def understood(reading: Reading, language: str) -> Understanding:
    """Return everything but the intent."""
    lower = reading.message.lower()
    return Understanding(
        message=reading.message,
        language=language,
        intent="",
        wish=wish_of(reading),
        references=tuple(reading.references),
        quantity=conditions.quantity(lower),
        order_number=reading.order.value if reading.order else None,
        step=reading.step,
        doubtful=tuple(f for f in reading.terms if _doubtful(reading, f)),
        foreign=_foreign(reading),
        other_size=reading.other_size.value if reading.other_size else "",
        wide=_wide(reading) or bool(_ideas(reading) and reading.occasion and reading.occasion.when == "for"),
        ideas=_ideas(reading),
        named=tuple(reading.terms),
        unpointed=reading.unpointed(),
        wishes=_wishes(reading),
        beside=reading.beside,
    )


def _wishes(reading: Reading) -> tuple[Wish, ...]:
    """Return the wishes of a message that names several things, each for itself; empty where it holds one."""
    parts = wishes(reading.message, reading.terms)
    if not parts and (two := _liked_and_named(reading)):
        return two
    return tuple(wish_of(Reading(part, reading.lexicon)) for part in parts)


def _liked_and_named(reading: Reading) -> tuple[Wish, ...]:
    """Return a gift for what somebody likes and the thing that is named beside it, as two wishes; else none."""
    told, kinds = reading.occasion, [one for one in reading.terms if one.term.kind == "category"]
    if told is None or told.when != "like" or not kinds or not GIFT.search(reading.message.lower()):
        return ()
    before = kinds[-1].end <= told.start
    start, end = (kinds[-1].end, told.start) if before else (told.end, kinds[0].start)
    between = AND_A.search(reading.message.lower(), start, end) if start < end else None
    if between is None:
        return ()
    part = reading.message[: between.start()] if before else reading.message[between.end() :]
    two = (wish_of(Reading(told.fitting[0], reading.lexicon)), wish_of(Reading(part, reading.lexicon)))
    return two[::-1] if before else two


def _ideas(reading: Reading) -> tuple[Wish, ...]:
    """Return wishes for what may fit where no thing is named."""
    if reading.occasion is None or any(one.term.kind == "category" for one in reading.terms):
        return ()
    if reading.occasion.when == "for" and likes_of_somebody(reading.message):
        return ()  # what they like is looked for, not what anybody may like
    fitting = reading.occasion.fitting
    if len(reading.liked) > 1:  # he loves coffee and travels a lot: something for each
        fitting = tuple(dict.fromkeys(kind for one in reading.liked for kind in one.fitting[:EACH]))
    return tuple(wish_of(Reading(kind, reading.lexicon)) for kind in fitting)


def _foreign(reading: Reading) -> str | None:
    named, own = reading.price.currency if reading.price else None, reading.lexicon.vocabulary.currency
    return named if named and own and named != own else None


def _wide(reading: Reading) -> bool:
    """Return whether the wish names no thing: "I need a gift", "送礼"."""
    rest = reading.rest()
    rest = [left for word in rest for left in content(PERSONS_HAN.sub(" ", word))]
    generic = any(word in GENERIC for word in rest) and all(word in GENERIC or word in PERSONS for word in rest)
    return (generic or (not rest and bool(GENERIC_HAN.search(reading.message)))) and not any(
        f.term.kind == "category" for f in reading.terms
    )


def _doubtful(reading: Reading, found: Found) -> bool:
    """Return whether a word may be part of a name: a colour before a noun, a category among other nouns."""
    if found.term.kind == "option" and found.term.name == "color":
        others = {word for f in reading.terms if f.term.name == "color" for word in content(f.form)}
        after = content(_CLAUSE_END.split(reading.left[found.end : found.end + 24])[0])
        after = [] if after and after[0] in others else after
        ends = re.match(r"系|的|\s*(?:[,/，、或和与跟]|\bor\b|\band\b)", reading.left[found.end :])
        plain = bool(ends) or said_as_colour(reading.left, found.start, found.end)
        return bool(after) and not plain
    if found.term.kind == "option":
        return found.form.lower() in PLAIN
    if found.term.kind == "category" and _either(reading):
        return False
    if found.term.kind == "category":
        several = len([f for f in reading.terms if f.term.kind == "category"]) > 1
        return several or (_neighboured(reading, found) and any(w not in found.form.lower() for w in reading.rest()))
    return found.term.kind == "brand" and not surely_brand(found, reading.message)


def _either(reading: Reading) -> tuple[str, ...]:
    """Return the kinds of thing of which any will do: 桌游或者拼图."""
    kinds = [one for one in reading.terms if one.term.kind == "category"]
    joined = all(_OR.fullmatch(reading.message[one.end : other.start]) for one, other in pairwise(kinds))
    return tuple(dict.fromkeys(v for one in kinds for v in one.term.values)) if len(kinds) > 1 and joined else ()


def _neighboured(reading: Reading, found: Found) -> bool:
    """Return whether a word stands right beside the name of a thing that may make it another thing's."""
    if HAN.search(found.form):
        return not (len(found.form) > 1 and _ENDS_HAN.match(reading.message[found.end :]))
    before = re.search(r"([a-z'-]+)\s$", reading.message[: found.start].lower())
    after = re.match(r"\s([a-z'-]+)", reading.message[found.end :].lower())
    return any(content(word[1]) for word in (before, after) if word)


def wish_of(reading: Reading) -> Wish:
    """Return the conditions that the message states, and what it names."""
    options: dict[str, tuple[str, ...]] = {}
    labels: dict[str, str] = {}
    for found in reading.terms:
        if found.term.kind == "option":
            name = found.term.name
            options[name] = tuple(dict.fromkeys((*options.get(name, ()), *found.term.values)))
            labels[f"option:{name}"] = " / ".join(filter(None, (labels.get(f"option:{name}"), found.form)))
    labels |= {f"category:{v}": f.form for f in reading.terms if f.term.kind == "category" for v in f.term.values[:1]}
    barred = [span for span in reading.excluded if not _attribute(reading, span.value)]
    if barred:
        labels["excluded"] = ", ".join(span.value for span in barred)
    low, high = minor_bounds(reading.price, reading.lexicon.vocabulary.currency)
    return Wish(
        text=_text(reading),
        price_min_minor=low,
        price_max_minor=high,
        brands=tuple(v for f in reading.terms if f.term.kind == "brand" for v in f.term.values),
        categories=_either(reading) or head(reading.terms),
        options=options,
        labels=labels,
        rating_min=float(reading.rating.value) if reading.rating else None,
        in_stock=reading.stock is not None,
        reduced=reading.reduced is not None,
        excluded=tuple(dict.fromkeys(w for span in barred for w in _forms(reading, span.value))),
        must_haves=(
            *(m for m, _, _ in reading.must),
            *(m for m, _ in reading.needs),
            *_described(reading),
            *_absent(reading),
        ),
        preferences=tuple(one.preference for one in reading.preferred),
        sort=conditions.sort(reading.message.lower()),
    )


def _text(reading: Reading) -> str:
    """Return what is searched for; "anything with long battery life" is looked for by just that."""
    kinds = [one for one in reading.terms if one.term.kind == "category"]
    said = reading.searched[: kinds[-1].end] if reading.beside else reading.searched
    text = core(unbranded(said, reading.message, reading.terms)) if _searchable(reading) else ""
    return text or " ".join(one.preference.text for one in reading.preferred)


def _searchable(reading: Reading) -> bool:
    return bool(reading.rest() or reading.must or reading.terms)


def _described(reading: Reading) -> Sequence[MustHave]:
    """Return attributes of the catalogue that the message names ("leather") as must-haves."""
    return [
        MustHave(
            text=f.form.lower(),
            forms=(f.form.lower(), *f.term.values, *in_season(f.form, f.term.name)),
            names=(f.term.name,),
        )
        for f in reading.terms
        if f.term.kind == "attribute"
    ]


def _absent(reading: Reading) -> Iterator[MustHave]:
    """Yield what a thing must not have that records state by an attribute: "without a hood", 没有涂层的."""
    for span in reading.excluded:
        if names := _attribute(reading, span.value):
            yield MustHave(
                text=reading.message[span.start : span.end].strip(" ,，。.的").lower(), forms=names, absent=True
            )


def _attribute(reading: Reading, word: str) -> tuple[str, ...]:
    """Return all names of the attribute that a word names in full; none where it names none."""
    vocabulary, said = reading.lexicon.vocabulary, word.strip().lower()
    names = {name.lower() for name in vocabulary.attributes}
    main = next((main for form, main in vocabulary.forms.items() if form.lower() == said), said).lower()
    if main not in names:
        return ()
    return tuple(dict.fromkeys((said, main, *(f.lower() for f, m in vocabulary.forms.items() if m.lower() == main))))


def _forms(reading: Reading, word: str) -> list[str]:
    """Return an excluded word with everything that the records call it; "black tea" is neither black nor tea."""
    forms = [word]
    wanted = {value for one in reading.terms if one.term.kind == "category" for value in one.term.values}
    for found in reading.lexicon.find(word):
        if found.end - found.start < len(word.strip()):
            continue
        if found.term.kind == "category" and wanted & set(found.term.values):
            continue  # a tea that is in no bags is tea
        forms += found.term.values
        if found.term.name == "color":
            meant = [c for c in colours().values() if found.form.lower() in (*c.english, *c.chinese)]
            forms += [form for colour in meant for form in (colour.english[0], colour.chinese[0])]
    return [*forms, *narrower(word)]
