"""Takes out of a model's sentence the words of praise that nothing supports, so that the rest can be verified again.

Only words are removed, never added: an adjective or adverb of a short list, or a trailing clause ("…, making it …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.wording.evidence import Subject
from assistant.wording.lexicon import lexicon
from assistant.wording.sentences import is_finished
from assistant.wording.support import PRICE_KEYS

_TAIL_EN = re.compile(
    r",? (?:and |which |it )?(?:is |are )?(?:making|perfect|ideal|ensuring|providing|offering|so that|so|which|giving|"
    r"great|good|allowing|adding|designed|known|suitable|available|as it|especially|even|while|to help)\b"
    r"[^,;]*?(?=[.!]?$)"
)
_BARE = re.compile(r"[\d.,]+")
_TAIL_ZH = re.compile(r"[，,、][^，,、]*?(?=[。！.!]?$)")


def mended(sentence: str, claims: Sequence[str], language: str) -> list[str]:
    """Return what the sentence could be without its unsupported praise, the fullest first.

    >>> mended("It is a stylish and popular choice at $9.", ["stylish", "popular"], "en")
    ['It is a choice at $9.']
    """
    tries = [_without_words(sentence, claims, language)]
    tail = _TAIL_ZH if language == "zh" else _TAIL_EN
    for text in (sentence, tries[0]):
        shorter = tail.sub("", text, count=1) if (language == "zh" or tail.search(text)) else text
        tries.append(shorter)
        tries.append(_without_words(shorter, claims, language))
    return [text for text in dict.fromkeys(tries) if text != sentence and _is_sentence(text, language)]


def without_invented_currency(sentence: str, subject: Subject) -> str:
    """Return the sentence without a currency that the model put to a price whose record names none.

    >>> from assistant.wording.evidence import Fact
    >>> car = Subject("1", "product", "Car", (Fact("price", "Price", "29.99", ""),))
    >>> without_invented_currency("The Car costs $29.99.", car), without_invented_currency("Car 售价29.99元。", car)
    ('The Car costs 29.99.', 'Car 售价29.99。')
    """
    for fact in subject.facts:
        if fact.key in PRICE_KEYS and _BARE.fullmatch(fact.text):
            number = re.escape(fact.text)
            sentence = re.sub(rf"[$€£¥]\s*{number}(?![\d.,]*\d)", fact.text, sentence)
            sentence = re.sub(rf"(?<![\d.,]){number}\s*(?:元|美元|美金|dollars?|USD)(?![a-z])", fact.text, sentence)
    return sentence


def _without_words(sentence: str, claims: Sequence[str], language: str) -> str:
    words = [w for w in lexicon(language).droppable if any(c.lower() in w.split("-") or c.lower() == w for c in claims)]
    if language == "zh":
        words = [w for w in lexicon(language).droppable if any(c in w for c in claims)]
        for word in words:
            sentence = sentence.replace(word, "")
        return re.sub(r"[，,](?=[，,。])", "", sentence)
    for word in words:
        w = re.escape(word)
        sentence = re.sub(rf",? {w}, and (?=[a-z])", " ", sentence, flags=re.IGNORECASE)
        sentence = re.sub(rf", and {w} (?=[a-z])", " ", sentence, flags=re.IGNORECASE)
        sentence = re.sub(
            rf"\b{w},? and (?=[a-z])|(?<=[a-z]) and {w}\b(?= [a-z])|\b{w}, |(?<![\w-]){w} ",
            lambda m: " " if m.group().startswith(" and") else "",
            sentence,
            flags=re.IGNORECASE,
        )
    return _articles(re.sub(r" {2,}", " ", sentence))


def _articles(sentence: str) -> str:
    sentence = re.sub(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwxz])", r"\1 ", sentence)
    return re.sub(r"\b([Aa]) (?=(?:[aei]|option|item|offer|organic|oak|outdoor|orange|olive))", r"\1n ", sentence)


def _is_sentence(text: str, language: str) -> bool:
    if not is_finished(text) or re.search(r",? (?:and|a|an|the|is|with|or|of|for|to)[.!?]$|, (?:and|or) option", text):
        return False
    return len(text) >= 8 if language == "zh" else len(text.split()) >= 5
