"""What somebody must not have, as must-haves: "without nuts", "she can't have caffeine", 对坚果过敏, 不要香精.

A filter would bar the very things that say they are free of it; a must-have is read off the record. Knows no product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.conversation.reading.conditions import Span
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import MustHave

_CANNOT = re.compile(
    r"\b(?:can(?:'?t|not| not)|won'?t|shouldn'?t|mustn'?t|(?:does|do) ?n[o']t|not allowed(?: to)?)\s+(?:really\s+)?"
    r"(?:have|eat|drink|take|tolerate|stand|use|do|digest)\s+(?:any\s+|anything with\s+)?([a-z]+)"
    r"|\b(?:allergic|intolerant) to\s+([a-z]+)|\b([a-z]+)[ -](?:allerg(?:y|ies)|intolerance)|\b([a-z]+)-(?:allergic|intolerant)"
    r"|\bfree (?:of|from)\s+([a-z]+)"
    r"|(?:不能|不可以|不可|不)(?:吃|喝|碰|含|沾|加|摄入)(?:任何)?([\u4e00-\u9fffa-z]{1,5}?)(?=的|[，,。！!？?\s]|$|了)"
    r"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{0,4}?对([\u4e00-\u9fff]{1,5}?)(?:严重)?过敏|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{1,4}?)过敏"
)


@cache
def allergens() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the names of what must not be had, in both languages, each with all that stands for it in a record."""
    return tuple(((*en, *zh), (*held, *other)) for en, zh, held, other in rows("allergens.tsv"))


def unbearable(text: str) -> list[Span]:
    """Return what a message in lower case says that somebody must not have.

    >>> [s.value for s in unbearable("tea, but she can't have caffeine")], [s.value for s in unbearable("孩子对花生过敏")]
    (['caffeine'], ['花生'])
    """
    found = []
    for match in _CANNOT.finditer(text):
        value = next(group for group in match.groups() if group)
        if _held(value):
            found.append(Span(value, *match.span()))
    return found


def without(refused: list[Span]) -> Iterator[tuple[MustHave, Span]]:
    """Yield a must-have for each thing refused that records tell of by saying that it is not in them."""
    for span in refused:
        if held := _held(span.value):
            text = f"不含{span.value}" if HAN.search(span.value) else f"no {span.value}"
            yield MustHave(text=text, forms=held, absent=True), span


def is_need(must: MustHave) -> bool:
    """Return whether a must-have is of somebody's body, so that it holds for whatever they look for."""
    return (must.absent and any(must.forms == held for _, held in allergens())) or must.text in _DIETS


def _held(said: str) -> tuple[str, ...]:
    """Return what stands for a thing in records; empty for what records do not tell so."""
    return next((held for names, held in allergens() if said.strip().lower() in names), ())


_DIETS = frozenset(
    {"vegan", "gluten free", "gluten-free", "coeliac", "celiac", "sugar free", "sugar-free", "纯素", "素食", "无麸质"}
)
