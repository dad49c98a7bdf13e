"""A message that asks several things of one product, each clause answered for itself: 什么料子的？能机洗不.

Finds no fact itself; joins what the clauses are answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.in_options import with_own
from assistant.conversation.answers.one_question import answered
from assistant.conversation.reading import traits
from assistant.conversation.reading.clauses import question_clauses
from assistant.conversation.state import MustHave, Wish
from assistant.wording.evidence import Point
from assistant.wording.phrases import say
from index.product import Product, Variant

_ONLY_ASKS = re.compile(
    r"^(?:(?:is|are|does|do|can|will|has|have) (?:it|they|this|that|these)\b\s*)|"
    r"(?:是?(?:多少|什么|啥)|[吗呢么嘛])?[？?]*$"
)
MOST = 3
"""Questions of one message that are answered."""


def answered_apart(asked: Asked, product: Product, variant: Variant) -> Answer:
    """Answer all that a message asks of a product in a variant."""
    every = questions_apart(asked, product)
    if not every:
        return answered(asked, product, variant)
    answers = [_quoting(one, answered(one, product, variant), product) for one in every]
    return replace(_joined(asked, answers, product), state=asked.state)


def questions_apart(asked: Asked, product: Product) -> list[Asked]:
    """Return the questions of a message, each as if it were asked alone; none where it holds a single one."""
    spans = question_clauses(asked.found.message)[:MOST]
    return [_alone(asked, start, end, product) for start, end in spans] if len(spans) > 1 else []


def _alone(asked: Asked, start: int, end: int, product: Product) -> Asked:
    """Return one clause of a message as the whole of it."""
    found = asked.found
    said = found.unpointed[start:end]
    references = tuple(
        replace(one, start=one.start - start, end=one.end - start)
        for one in found.references
        if start <= one.start and one.end <= end
    )
    alone = replace(
        found,
        message=found.message[start:end],
        unpointed=said,
        references=references,
        wish=_of_clause(found.wish, said),
        trait=(read := _trait(asked, said, product))[0],
        trait_sure=read[1],
    )
    return with_own(replace(asked, found=alone), product)


def _trait(asked: Asked, said: str, product: Product) -> tuple[str, float]:
    """Return which trait that a product states a clause surely asks for, and how surely."""
    names = (label.lower() for words in product.words.values() for label in words.attributes)
    stated = {traits.named()[name] for name in names if name in traits.named()}
    chances = traits.chances([said], asked.sources.embedder)[0]
    trait = traits.asked(chances, stated, least=traits.SURE)
    return (trait, traits.likeliest(chances, stated)[1]) if trait else ("", 0.0)


def _of_clause(wish: Wish, said: str) -> Wish:
    """Return what a clause says of a wish."""
    labels = {
        key: label
        for key, label in wish.labels.items()
        if any(part and part.lower() in said for part in label.split(" / "))
    }
    return replace(
        wish,
        text=said,
        must_haves=tuple(must for must in wish.must_haves if _said_in(must, said)),
        options={name: values for name, values in wish.options.items() if f"option:{name}" in labels},
        labels=labels,
    )


def _said_in(must: MustHave, said: str) -> bool:
    return must.text.lower() in said or any(form.lower() in said for form in must.forms)


def _quoting(asked: Asked, answer: Answer, product: Product) -> Answer:
    """Return the answer; what is unknown is told in the words of its clause, for others of the message may be known."""
    if not answer.missed:
        return answer
    title = product.said(asked.language).title
    silent = say("record_silent", asked.language, title=title, what=in_own_words(asked))
    return replace(answer, notices=(Notice(silent, (), product.id),))


def in_own_words(asked: Asked) -> str:
    """Return what a clause asks for in the shopper's own words."""
    return _ONLY_ASKS.sub("", " ".join(asked.found.unpointed.split())).strip(" ?？")


def _joined(asked: Asked, answers: Sequence[Answer], product: Product) -> Answer:
    """Return what these answers say as one: the facts of the product together, then what else they tell."""
    points = [point for answer in answers for point in answer.points]
    own = [point for point in points if point.subject.id == product.id]
    others = tuple(point for point in points if point.subject.id != product.id)
    return Answer(
        state=asked.state,
        points=(*((_one(asked, own),) if own else ()), *others),
        notices=tuple(dict.fromkeys(notice for answer in answers for notice in answer.notices)),
        closing=tuple(dict.fromkeys(notice for answer in answers for notice in answer.closing)),
        missed=tuple(one for answer in answers for one in answer.missed),
    )


def _one(asked: Asked, points: Sequence[Point]) -> Point:
    facts = tuple(dict.fromkeys(fact for point in points for fact in point.facts))
    needs = tuple(dict.fromkeys(need for point in points for need in point.needs))
    known = tuple(dict.fromkeys(fact for point in points for fact in point.subject.facts))
    subject = replace(points[0].subject, facts=known)
    return Point(role="answer", subject=subject, facts=facts, ask=asked.found.message, needs=needs)
