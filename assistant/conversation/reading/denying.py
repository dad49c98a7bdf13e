"""The words that a clause denies without "no" or "not" before them: "she isn't keen on zips", "can't tie laces".

What somebody dislikes, cannot do or cannot bear is refused; `barring` and `conditions` read refusals by their own words.
Knows no products.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.reading.conditions import Span
from assistant.conversation.reading.features import features, materials
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.words import HAN

_NOT = r"(?:\w+n'?t|cannot|not|never|hardly|no longer)"
_ADVERBS = r"(?:(?:really|actually|even|ever|at all|particularly|especially|always|a|an|big|much|very|too|that|so)\s+)*"
_BEARS = (
    r"(?:want|wants|like|likes|love|enjoy|fancy|wear|wears|use|stand|bear|abide|tolerate|suit|suits|manage|handle|tie|do up|undo|"
    r"fasten|do|deal with|cope with|care for|get on with|go for|be|keen on|fond of|fan of|crazy about|mad about|into|up to|"
    r"comfortable (?:with|in)|happy with)"
)
_DISLIKES = (
    r"(?:hates?|dislikes?|loathes?|detests?|avoid(?:s|ing)?|(?:sick|tired|fed up|fed-up) (?:of|with)|struggles? with|"
    r"(?:trouble|problems?|difficulty|difficulties) (?:with|tying|doing up)|too (?:stiff|old|weak|arthritic) (?:for|to tie|to do up)|"
    r"allergic to|put off by|steer(?:ing)? clear of|stay(?:ing)? away from)"
)
_BETWEEN = (
    r"(?:\s+(?!(?:and|but|so|because|if|or|until|unless|only|just|without|need|needs|have to)\b)[a-z'-]+){0,3}?\s+$"
)
_DENIES = re.compile(
    rf"(?:\b{_NOT}\s+{_ADVERBS}(?:bend(?:\s+\w+){{0,3}}\s+to\s+)?{_BEARS}|\b{_DISLIKES})(?={_BETWEEN}){_BETWEEN}"
)
_NO_DENIAL = re.compile(
    r"\b(?:do(?:es)?n'?t|do not|does not|wouldn'?t|not) (?:really |actually )?(?:mind|need|have|only|just|sure|know|matter)\b|"
    r"\bwhy (?:don'?t|not)\b|\bdo(?:n'?t| not) you\b|\bwithout$"
)
"""What sounds like a denial and is none: "I don't mind leather", "not only leather"."""
_CLAUSE = re.compile(r"[.,;:!?]|\b(?:but|so|because|although|though)\b")
_OR = re.compile(r"\s*(?:,\s*|\b(?:or|and|nor)\b\s*)+(?:the |any |an? )?$")
_AFTER = re.compile(
    r"\s+(?:(?:would |will |does |do )?(?:itch(?:es)?|irritates?|bothers?|annoys?|scratch(?:es)?)\b|makes? (?:me|him|her|them) (?:itch|sneeze|sweat)\w*|"
    r"(?:is|are|would be) (?:out|a no|a no-go|no good|too (?:itchy|scratchy))\b|"
    r"(?:is|are)(?:n'?t| not) (?:for (?:me|him|her|us|them)|my (?:thing|taste|style)|her (?:thing|taste|style)|his (?:thing|taste|style))\b)"
)
"""What is said behind a word that is refused: "wool makes me itch"."""


def denied(text: str, lexicon: Lexicon) -> list[Span]:
    """Return the words of a message that somebody dislikes or cannot do with, each with its place from the denial on.

    >>> from index.catalogue.vocabulary import Vocabulary
    >>> [s.value for s in denied("shoes for my mum, she doesn't like leather", Lexicon(Vocabulary()))]
    ['leather']
    >>> denied("i don't mind leather", Lexicon(Vocabulary())), denied("leather would be nice", Lexicon(Vocabulary()))
    ([], [])
    """
    said = text.lower()
    found: list[Span] = []
    for word, start, end in _known(said, lexicon):
        clause = max((cut.end() for cut in _CLAUSE.finditer(said, 0, start)), default=0)
        before = said[clause:start]
        denial = None if _NO_DENIAL.search(before) else _DENIES.search(before)
        if denial is not None:
            found.append(Span(word, clause + denial.start(), end))
        elif found and _OR.fullmatch(said[found[-1].end : start]):
            found.append(Span(word, found[-1].end, end))
        elif behind := _AFTER.match(said, end):
            found.append(Span(word, start, behind.end()))
    return found


def _known(said: str, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Yield what a thing may be like, in the order in which it is named: colours, brands, materials, features."""
    taken = {
        (one.start, one.end): one.form.lower()
        for one in lexicon.find(said)
        if one.term.kind in ("brand", "option", "attribute")
    }
    kinds = [(one.start, one.end) for one in lexicon.find(said) if one.term.kind == "category"]
    for english, _ in (*materials(), *features()):
        for form in english:
            for match in re.finditer(rf"\b{re.escape(form)}\b", said):
                if all(match.end() <= start or match.start() >= end for start, end in (*taken, *kinds)):
                    taken[match.span()] = form
    for (start, end), form in sorted(taken.items()):
        if not HAN.search(form):
            yield form, start, end


def runs_on_as_feature(text: str, start: int, end: int) -> bool:
    """Return whether what sounds like a refusal is the beginning of a feature's name: "without my …", of a phone."""
    said, least = text.lower(), end - start
    return any(said.startswith(form, start) for english, _ in features() for form in english if len(form) > least)
