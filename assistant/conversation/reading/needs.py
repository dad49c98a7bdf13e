"""What somebody must not have, as must-haves: "without nuts", "my dog is allergic to chicken", 对坚果过敏, 不要香精.

A filter would bar the very things that say they are free of it; a must-have is read off the record. What somebody is
allergic to is one whatever it is called. Knows no product.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.conversation.reading.conditions import Span
from assistant.conversation.reading.features import MADE_OF, features, materials
from assistant.conversation.reading.framing import PERSONS_HAN
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import MustHave

FILLED_WITH = (*MADE_OF, "Filling", "填充物")
"""Attributes that say all that a thing is made of: what they do not name is not in it."""
_CANNOT = re.compile(
    r"\b(?:can(?:'?t|not| not)|won'?t|shouldn'?t|mustn'?t|(?:does|do) ?n[o']t|not allowed(?: to)?)\s+(?:really\s+)?"
    r"(?:have|eat|drink|take|tolerate|stand|use|do|digest)\s+(?:any\s+|anything with\s+)?([a-z]+)"
    r"|\bfree (?:of|from)\s+([a-z]+)"
    r"|(?:不能|不可以|不可|不)(?:吃|喝|碰|含|沾|加|摄入)(?:任何)?([\u4e00-\u9fffa-z]{1,5}?)(?=的|[，,。！!？?\s]|$|了)"
)
_THING = r"[a-z]+(?: (?!and\b|or\b|but\b|so\b|in\b|that\b|which\b|please\b|what\b|do\b|is\b|any\b|show\b)[a-z]+)?"
_WHOSE = r"(?:i|we|he|she|it|they|who|my (?:\w+ ){0,2}?\w+|our (?:\w+ )?\w+|her \w+|his \w+)"
_ALLERGIC = re.compile(
    rf"(?:\b{_WHOSE}(?:'m|'s|'re| am| is| are)\s+)?(?:(?:very|badly|severely|highly|also|both) )?"
    rf"\b(?:allergic|intolerant) to (?P<to>(?:the )?{_THING}(?:(?:, {_THING})*,? (?:and|or) {_THING})?)"
    rf"|(?:\b{_WHOSE} (?:has|have|have got|'s got|suffers? from) )?(?:\b(?:an?|the|severe|bad) )*"
    r"\b(?P<named>[a-z]+)[ -](?:allerg(?:y|ies)|intolerance)\b"
    r"|\b(?P<having>[a-z]+)-(?:allergic|intolerant)\b"
    rf"|(?:\b{_WHOSE}(?:'m|'s|'re| am| is| are) )?\b(?P<lacking>lactose|dairy|milk|gluten|wheat) intolerant\b"
)
_WHO = (
    rf"(?:(?:因为|但是?|不过)?(?:(?:我们?|咱们?|他们?|她们?|它|这)(?:家里?)?的?)?(?:(?:两|一)[只个]|小)?(?:{PERSONS_HAN.pattern}|宝宝|宝贝|娃|"
    r"家人|狗狗|狗子|狗|猫咪|猫|宠物|毛孩子)?(?:[也都又]|好像|可能|有点|特别|严重)*)"
)
_ALLERGIC_HAN = re.compile(
    rf"{_WHO}对(?P<to>[\u4e00-\u9fff、]{{1,12}}?)(?:有点|严重|特别|容易|都|也)*过敏(?![原性肌体])"
    rf"|{_WHO}有?(?:对|有点)*(?P<lacking>乳糖|牛奶|奶|乳制品|麸质|小麦)(?:有点|都|也)*不耐(?:受|症)?"
    rf"|{_WHO}一?[喝吃碰](?P<upset>牛奶|奶|奶制品|乳制品|坚果|花生|海鲜|鸡蛋|面食|小麦)(?:就|会|老|总是?)+(?:拉肚子|闹肚子|肚子疼|不舒服|难受|起疹子)"
    rf"|(?<![\u4e00-\u9fff]){_WHO}有?(?P<named>(?!对)[\u4e00-\u9fff]{{1,4}}?)过敏(?![原性肌体])"
)
_NO_CAUSE = re.compile(
    r"^(?:an?|my|no|any|the|for|from|with|of|and|or|some|food|skin|pet|have|has|with|her|his|severe|bad)$|容易|[易会不防抗低脱]$|皮肤|经常|老是|总是|季节|严重|有点|特别|什么|任何|^[我他她它很]|了$"
)
"""What stands before 过敏 and names nothing that it comes from."""
_CAUSES = re.compile(r"\s*(?:,\s*and|,|\band\b|\bor\b|、|以及|和|或者?|跟)\s*")


@dataclass(frozen=True, slots=True)
class Cause(Span):
    """What somebody is allergic to, and where it is said."""


@cache
def allergens() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the names of what must not be had, in both languages, each with all that stands for it in a record."""
    return tuple(((*en, *zh), (*held, *other)) for en, zh, held, other, *_ in rows("allergens.tsv"))


@cache
def declared() -> frozenset[str]:
    """Return what stands in records for the allergens that the law has declared on food."""
    listed = (row for row in rows("allergens.tsv") if ("declared",) in row[4:])
    return frozenset(form for _, _, held, other, *_ in listed for form in (*held, *other))


@cache
def _allergen() -> re.Pattern[str]:
    names = [name for names, _ in allergens() for name in names]
    english = "|".join(sorted((re.escape(name) for name in names if name.isascii()), key=len, reverse=True))
    chinese = "|".join(sorted((name for name in names if not name.isascii() and len(name) > 1), key=len, reverse=True))
    return re.compile(rf"\b(?:{english})s?\b|{chinese}|过敏原|\ballergens?\b", re.IGNORECASE)


def names_allergen(text: str) -> bool:
    """Return whether a text names something that people are allergic to.

    >>> names_allergen("does the first have gluten"), names_allergen("第二款含麸质吗"), names_allergen("is it vegan")
    (True, True, False)
    """
    return bool(_allergen().search(text))


def unbearable(text: str) -> list[Span]:
    """Return what a message in lower case says that somebody must not have.

    >>> [s.value for s in unbearable("tea, but she can't have caffeine")], [s.value for s in unbearable("孩子对花生过敏")]
    (['caffeine'], ['花生'])
    >>> [s.value for s in unbearable("my dog is allergic to chicken and beef")], [s.value for s in unbearable("容易过敏")]
    (['chicken', 'beef'], [])
    """
    found: list[Span] = []
    told = [*_ALLERGIC.finditer(text), *_ALLERGIC_HAN.finditer(text)]
    taken = [match.span() for match in told]
    told += [one for one in _known().finditer(text) if all(one.end() <= s or one.start() >= e for s, e in taken)]
    for match in told:
        said = next(group for group in match.groups() if group)
        causes = [_named(cause.removeprefix("the ")) for cause in _CAUSES.split(said) if cause]
        found += [Cause(cause, *match.span()) for cause in causes if not _NO_CAUSE.search(cause)]
    for match in _CANNOT.finditer(text):
        value = next(group for group in match.groups() if group)
        if _held(value):
            kind = Span if match[2] or re.match("不[含加]", match.group()) else Cause
            found.append(kind(value, *match.span()))
    return found


@cache
def _names() -> tuple[str, ...]:
    """Return the Chinese names of what people must not have and of what things are made of, the longer first."""
    listed = [name for _, chinese, *_ in rows("allergens.tsv") for name in chinese]
    return tuple(sorted({*listed, *(name for _, chinese in materials() for name in chinese)}, key=len, reverse=True))


@cache
def _known() -> re.Pattern[str]:
    """Return how an allergy to what has a name is said anywhere: 适合羊毛过敏的人."""
    return re.compile(rf"({'|'.join(_names())})过敏(?![原性肌体])")


def _named(cause: str) -> str:
    """Return what an allergy comes from, without who has it: 闺女鸡蛋 is egg."""
    return next((name for name in _names() if cause.endswith(name)), cause) if HAN.search(cause) else cause


def without(refused: Collection[Span]) -> Iterator[tuple[MustHave, Span]]:
    """Yield a must-have for each thing refused that records tell of by saying that it is not in them."""
    for span in refused:
        harmful = isinstance(span, Cause)
        made = next(((*en, *zh) for en, zh in materials() if span.value in (*en, *zh)), ()) if harmful else ()
        held = _held(span.value, harmful=harmful) or made or ((span.value,) if harmful else ())
        if forms := held or _feature(span.value):
            refusal = ("不含" if held else "不要") if HAN.search(span.value) else "no " if held else "not "
            text = f"{refusal}{span.value}"
            names = FILLED_WITH if made or _woven(held) else ()
            yield MustHave(text=text, forms=forms, names=names, absent=True, harmful=harmful), span


def is_need(must: MustHave) -> bool:
    """Return whether a must-have is of somebody's body, so that it holds for whatever they look for."""
    return must.harmful or (must.absent and any(must.forms == held for _, held in allergens())) or must.text in _DIETS


def _woven(held: Collection[str]) -> bool:
    """Return whether what must not be had is what things are made of or filled with, as wool and feathers are."""
    return any(form in (*en, *zh) for form in held for en, zh in materials())


def _held(said: str, *, harmful: bool = False) -> tuple[str, ...]:
    """Return what stands for a thing in records; empty for what records do not tell so, or what harms nobody."""
    named = said.strip().lower()
    found = next((row for row in rows("allergens.tsv") if named in (*row[0], *row[1])), None)
    return (*found[2], *found[3]) if found and (harmful or ("allergy",) not in found[4:]) else ()


def _feature(said: str) -> tuple[str, ...]:
    """Return every form of a feature that is refused by its name ("not bluetooth"); empty for what is none."""
    named = said.strip().lower()
    return next(((*en, *zh) for en, zh in features() if named in (*en, *zh)), ())


_DIETS = frozenset(
    {"vegan", "gluten free", "gluten-free", "coeliac", "celiac", "sugar free", "sugar-free", "纯素", "素食", "无麸质"}
)
