"""Cuts text into sentences while it still streams in. English and Chinese; knows nothing of what is said.

A dot ends a sentence only when what follows shows it: "1.5 L", "No. 5", "U.S. plug", "$39.99", "e.g. this" stay whole.
"""

from __future__ import annotations

import re

_CLOSERS = "\"'”’)）」』】》"
_HARD = "。！？!?\n"
_ABBREVIATIONS = frozenset(
    [
        "no",
        "nos",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "vs",
        "approx",
        "e.g",
        "i.e",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "oz",
        "lb",
        "lbs",
        "ft",
        "in",
        "sq",
        "cu",
        "fl",
        "qt",
        "gal",
        "pt",
        "min",
        "max",
        "hr",
        "hrs",
        "sec",
        "wt",
        "dia",
        "vol",
        "fig",
        "dept",
        "jr",
        "sr",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_MEASURE_BEFORE = re.compile(r"\d\s?(?:[a-z]{1,3}|[A-Z])$")
_WORD_BEFORE = re.compile(r"([\w.&'’-]+)$")


class SentenceBuffer:
    """Collects pieces of text and gives back each sentence once it is known to be whole.

    >>> buffer = SentenceBuffer()
    >>> buffer.feed("It holds 1.")
    []
    >>> buffer.feed("5 L. It costs $3")
    ['It holds 1.5 L.']
    >>> buffer.rest()
    'It costs $3'
    """

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Add a piece and return the sentences that it completes."""
        self._text += piece
        found = []
        while (end := _end(self._text, final=False)) is not None:
            found.append(self._text[:end].strip())
            self._text = self._text[end:]
        return [sentence for sentence in found if sentence]

    def rest(self) -> str:
        """Return what is left when the stream has ended, and forget it."""
        left, self._text = self._text.strip(), ""
        return left


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a whole text.

    >>> split("Made in the U.S. by hand. 很好！It's No. 5, 1.5 L.")
    ('Made in the U.S. by hand.', '很好！', "It's No. 5, 1.5 L.")
    """
    buffer = SentenceBuffer()
    whole = buffer.feed(text + "\n")
    rest = buffer.rest()
    return tuple(whole) + ((rest,) if rest else ())


def is_finished(sentence: str) -> bool:
    """Say whether a sentence ends as one does, so was not cut off.

    >>> is_finished("It is blue."), is_finished("It is blue and"), is_finished("它是蓝色的。")
    (True, False, True)
    """
    return sentence.rstrip().rstrip(_CLOSERS)[-1:] in {*".!?。！？…"}


def _end(text: str, *, final: bool) -> int | None:
    for at, char in enumerate(text):
        if char in _HARD:
            after = _past_closers(text, at + 1)
            if char == "\n" or after < len(text) or char in "。！？":
                return after
        elif char == "." and _dot_ends(text, at):
            return _past_closers(text, at + 1)
    return None


def _past_closers(text: str, at: int) -> int:
    while at < len(text) and text[at] in _CLOSERS:
        at += 1
    return at


def _dot_ends(text: str, at: int) -> bool:
    after = _past_closers(text, at + 1)
    following = text[after:].lstrip()
    if after >= len(text) or not text[after].isspace() or not following:
        return bool(following) and _is_chinese(text[after])
    if _MEASURE_BEFORE.search(text[:at]):
        return not following[0].islower()
    word = _WORD_BEFORE.search(text[:at])
    before = (word.group(1) if word else "").lower()
    initials = (len(before) == 1 and before.isalpha()) or re.fullmatch(r"(?:[a-z]\.)+[a-z]", before)
    if before in ("no", "nos", "approx", "fig", "vol", "e.g", "i.e", "vs") and (
        following[0].isdigit() or before[1:2] == "."
    ):
        return False
    if initials or before in _ABBREVIATIONS:
        return _begins_a_sentence(following)
    return not following[0].islower()


def _begins_a_sentence(following: str) -> bool:
    return (
        re.match(r"(?:It|Its|The|This|These|They|You|Your|We|Our|At|For|With|And|In|A|An|If|Please)\b", following)
        is not None
    )


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
