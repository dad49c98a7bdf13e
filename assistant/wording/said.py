"""A sentence as it is checked: its tokens, its clauses, where it names the thing and where it restates the wish.

Restating a wish ("For hiking in spring, …") is no claim, as long as the words are the shopper's own,
deny nothing, and are not of the kind that claims something of the thing ("waterproof", a colour, a number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.wording.lexicon import Lexicon
from assistant.wording.support import Support, fine_clauses
from assistant.wording.words import Token, fold, negated, tokens


@dataclass(frozen=True)
class Said:
    """A sentence read against the evidence of its subject. Places are indexes of `tokens`."""

    text: str
    folded: str
    tokens: tuple[Token, ...]
    clauses: tuple[tuple[int, int, bool], ...]
    """Start, end (in the folded text) and whether it denies, of each fine clause."""
    named: frozenset[int]
    """Tokens that are part of a mention of the name."""
    wished: frozenset[int]
    """Tokens where the shopper's wish is restated."""
    asked: frozenset[str]
    """The stems of the shopper's own words."""

    def clause_of(self, token: Token) -> tuple[int, int, bool]:
        """Return the fine clause in which a token stands."""
        for start, end, denies in self.clauses:
            if start <= token.start < end:
                return start, end, denies
        return 0, len(self.folded), False

    def within(self, start: int, end: int) -> list[Token]:
        """Return the tokens between two places of the folded text."""
        return [token for token in self.tokens if start <= token.start < end]


def read(text: str, support: Support, ask: str) -> Said:
    """Return a sentence with what checking it needs."""
    folded, found = fold(text), tokens(text)
    asked = frozenset(t.stem for t in tokens(ask) if t.is_word)
    named = _mentions(found, support)
    wished = _restated(folded, found, support, ask)
    return Said(text, folded, found, _clauses(folded, support.language), named, wished - named, asked)


def _clauses(folded: str, language: str) -> tuple[tuple[int, int, bool], ...]:
    found, at = [], 0
    for piece in fine_clauses(folded):
        start = folded.find(piece, at) if piece else at
        start = at if start < 0 else start
        if piece.strip():
            found.append((start, start + len(piece), negated(piece, language)))
        at = start + len(piece)
    return tuple(found)


def _mentions(found: tuple[Token, ...], support: Support) -> frozenset[int]:
    """Mark runs of two or more tokens that stand so in the name; puffery ("best …") only as the name's beginning."""
    name = [t.text for t in tokens(support.subject.name) if t.text[0].isalnum()]
    marked: set[int] = set()
    words = [(i, t) for i, t in enumerate(found) if t.text[0].isalnum()]
    for at in range(len(words)):
        length, start = (
            max((_common(name, [t.text for _, t in words[at:]], s), -s) for s in range(len(name))) if name else (0, 0)
        )
        run = words[at : at + length]
        puffed = any(t.stem in support.lists.facts_only for _, t in run)
        whole = length == len(name) or (start == 0 and length >= 1 and not run[0][1].text.isascii())
        if (length >= 2 or whole) and not (puffed and start != 0):
            marked |= {i for i, _ in run}
    return frozenset(marked)


def _common(name: list[str], words: list[str], start: int) -> int:
    length = 0
    for one, other in zip(name[start:], words, strict=False):
        if one != other:
            break
        length += 1
    return length


def _restated(folded: str, found: tuple[Token, ...], support: Support, ask: str) -> frozenset[int]:
    if not ask:
        return frozenset()
    spans = _english_spans(folded, support.lists) if support.language != "zh" else _chinese_spans(folded, support.lists)
    allowed = _may_restate(support, ask)
    marked: set[int] = set()
    for start, end in spans:
        if negated(folded[start:end], support.language):
            continue
        for index, token in enumerate(found):
            if not start <= token.start < end or token.value is not None:
                continue
            if token.is_word and token.stem not in support.lists.free and token.stem not in allowed:
                if token.stem not in _asked_whole(ask, token):
                    break
                continue
            marked.add(index)
    return frozenset(marked)


def _asked_whole(ask: str, token: Token) -> set[str]:
    return {token.stem} if token.stem in {t.stem for t in tokens(ask)} else set()


def _english_spans(folded: str, lists: Lexicon) -> list[tuple[int, int]]:
    spans = []
    for opener in lists.wish_openers:
        if folded.startswith(opener + " "):
            comma = re.search(r"[,:](?!\d)", folded)
            spans.append((0, comma.start() if comma else len(folded)))
            break
    for inside in lists.wish_inside:
        for match in re.finditer(rf"(?<![a-z]){re.escape(inside)} ", folded):
            stop = re.search(r"[,;:.!?]| with | at | and ", folded[match.end() :])
            spans.append((match.start(), match.end() + (stop.start() if stop else len(folded))))
    return spans


def _chinese_spans(folded: str, lists: Lexicon) -> list[tuple[int, int]]:
    comma = re.search(r"[,:;]", folded)
    first = comma.start() if comma else 0
    cues = [folded.find(cue) for cue in lists.wish_inside if 0 < folded.find(cue) < max(first, 30)]
    return [(0, max([first, *cues[:1]]) if not cues else min(cues))]


def _may_restate(support: Support, ask: str) -> frozenset[str]:
    lists = support.lists
    words = {t.stem for t in tokens(ask) if t.is_word and t.text.isalpha() | ("'" in t.text)}
    claims = lists.facts_only | lists.wish_claims | lists.looks
    kept = set()
    for word in words - claims:
        if not word.isascii() and any(claim in word for claim in lists.wish_claims if len(claim) > 1):
            continue
        holding = support.holding(word)
        denied = bool(holding) and all(unit.polarity(word) == {True} for unit in holding)
        if not denied:
            kept.add(word)
    return frozenset(kept)
