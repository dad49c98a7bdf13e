"""What is wrong with the words of a kept turn: their form, repeats, and the language. Knows no records.

Each check yields a sentence for every fault it finds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from eval.harness.turns import Kept
from eval.judging.script import language_of, wrongly_written

MOST_LETTERS = 1_500
"""Of a reply; the longest of 600 that people read on the demo store had 400."""
MOST_OF_ONE = 400
"""Of a sentence; the longest had 180."""

_LEFTOVERS = (
    ("a model's control token", re.compile(r"<\|[^|<>]*\|>|</?s>|\[/?INST\]|<</?SYS>>|<(?:unk|pad|eos|bos)>", re.I)),
    ("what is left of a template", re.compile(r"\{\{|\}\}|\{%|%\}|\{\w+\}")),
    ("a value that is none", re.compile(r"(?<=[:$ ])(?:None|nan|NaN|null|undefined)(?=[.,;!]|$)")),
    ("markup", re.compile(r"\*\*|```|^#{1,6} |\[[^\]]+\]\([^)]*\)|&(?:nbsp|amp|lt|gt|quot);")),
    ("a tag", re.compile(r"</?[a-z][a-z0-9]*(?: [^<>]*)?/?>")),
    ("a speaker's name", re.compile(r"^(?:assistant|user|system|shopper|助手|用户|顾客)\s*[:：]", re.I)),
)
_ENDS = re.compile(r"(?:[.!?。！？…：:～~][”\"’'»)）」』】]*|[”\"」』])$")


def texts_of(turn: Kept) -> list[str]:
    """Return the sentences of a turn, its question last."""
    return [s["text"] for s in turn["sentences"]] + ([turn["question"]["text"]] if turn["question"] else [])


def malformed(turn: Kept) -> Iterator[str]:
    """Name sentences that are empty, endless or too long, and what was not meant for a shopper's eyes."""
    texts = texts_of(turn)
    for text in texts:
        if not any(letter.isalnum() for letter in text):
            yield f"a sentence says nothing: {text!r}"
            continue
        for what, pattern in _LEFTOVERS:
            if pattern.search(text):
                yield f"{what} in {text!r}"
        if any(_unprintable(letter) for letter in text):
            yield f"characters that cannot be shown in {text!r}"
        if len(text) > MOST_OF_ONE:
            yield f"a sentence of {len(text)} characters, where {MOST_OF_ONE} are read: {text[:60]!r}…"
        if not _ENDS.search(text):
            yield f"a sentence without an end: {text!r}"
    letters = sum(map(len, texts))
    if letters > MOST_LETTERS:
        yield f"a reply of {letters} characters, where {MOST_LETTERS} are read"


def _unprintable(letter: str) -> bool:
    # U+200D and U+FE0F join emoji; the rest of category C, and what stands for a broken character, shows as a box.
    return letter == "\ufffd" or (unicodedata.category(letter)[0] == "C" and letter not in "\u200d\n")


def repeated(turn: Kept) -> Iterator[str]:
    """Name sentences that are said more than once."""
    for text, times in Counter(" ".join(text.casefold().split()) for text in texts_of(turn)).items():
        if times > 1:
            yield f"said {times} times: {text!r}"


def in_other_language(turn: Kept) -> Iterator[str]:
    """Name sentences that are not in the shopper's language."""
    wanted = language_of(turn["message"]) or turn["language"]
    names = [card["title"] for card in turn["cards"]]
    names += [line["title"] for line in (turn["cart"] or {}).get("lines", ())]
    for text in texts_of(turn):
        if wrongly_written(text, wanted, names):
            yield f"{text!r} is not in {wanted!r}, the shopper's language"
