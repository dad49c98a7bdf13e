"""Must-haves that a sentence states by its meaning: "it should block out my colleagues", "needs to survive rain".

Which trait is meant is `reading/traits`' business. Only what records of the kind wished for state by yes or no counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.reading import traits
from assistant.conversation.state import MustHave, Wish
from index.query import Filters

_CLAUSE = re.compile(r"[,;:.!?，。；！？]+|\b(?:and|but|because|so)\b|但是?|而且|因为|所以")
_REQUIRES = re.compile(
    r"\b(?:must|mustn'?t|has to|have to|need|needs|should|shouldn'?t|ought to|able to|i can|we can|you can|"
    r"(?:wants?|like|love|got) to|(?:that|which|who) (?:can|could|will|would|won'?t|doesn'?t|does not|don'?t|keeps?|"
    r"goes|stays?|blocks?|lets?|has|have|is|are)|"
    r"(?:i|we|she|he|they)(?:'d|'ll| will| would) (?:use|wear|take|need)|against)\b"
    r"|[要得]能?|可以|能够?|不会|不怕|方便|需要"
)
_NO_NEED = re.compile(
    r"\b(?:do|does|did|need|would)(?:n'?t| not) (?:really |actually )?(?:have|need|want|care|mind|be|matter)\b|"
    r"\b(?:no need|not necessar\w+|whether)\b|"
    r"不需要|不用|不必|无所谓|不在乎"
)
_YES_NO = re.compile(r"^\s*(?:yes|no|none|built in)\b|^\s*[是否有无]", re.IGNORECASE)
MOST_PRODUCTS = 60
"""Products of the kind whose records tell what is stated by yes or no."""
SHORTEST = 8
"""Characters of a clause that may state something."""


def requiring(asked: Asked) -> Asked:
    """Return the message with what its clauses mean that must be so of the things in force."""
    said, held = asked.found.wish, asked.state.wish.categories
    wish = with_requirements(asked, replace(said, categories=held))
    return replace(asked, found=replace(asked.found, wish=replace(wish, categories=said.categories)))


def with_requirements(asked: Asked, wish: Wish) -> Wish:
    """Return a wish with the must-haves that clauses of the message mean and no word of ours has read."""
    clauses = [clause for clause in _clauses(asked.found.message.lower()) if not _read(clause, asked.found.wish)]
    embedder = asked.sources.embedder
    if not clauses or not wish.categories or not traits.knows(embedder):
        return wish
    named = _stated(asked, wish)
    for clause, chances in zip(clauses, traits.chances(clauses, embedder), strict=True):
        if (trait := traits.asked(chances, named.keys(), least=traits.SURE)) and not _has(wish, named[trait]):
            must = MustHave(text=_label(named[trait], asked.language), forms=named[trait])
            text = re.sub(re.escape(clause), " ", wish.text, flags=re.IGNORECASE)
            wish = replace(wish, text=" ".join(text.split()) or wish.text, must_haves=(*wish.must_haves, must))
    return wish


def _clauses(text: str) -> list[str]:
    found = [clause.strip() for clause in _CLAUSE.split(text)]
    return [one for one in found if len(one) >= _shortest(one) and _REQUIRES.search(one) and not _NO_NEED.search(one)]


def _shortest(clause: str) -> int:
    return SHORTEST if clause.isascii() else SHORTEST // 2


def _read(clause: str, said: Wish) -> bool:
    """Return whether something in a clause was read by its words already."""
    words = (
        *(word for must in said.must_haves for word in (must.text, *must.forms)),
        *said.excluded,
        *(one.text for one in said.preferences),
    )
    return any(word and word.lower() in clause for word in words)


def _has(wish: Wish, names: Sequence[str]) -> bool:
    return any(set(names) & {form.lower() for form in must.forms} for must in wish.must_haves)


def _label(names: Sequence[str], language: str) -> str:
    return next((name for name in names if name.isascii() == (language != "zh")), names[0])


def _stated(asked: Asked, wish: Wish) -> Mapping[str, tuple[str, ...]]:
    """Return the traits that records of this kind state by yes or no, with the names of their attributes."""
    ids = list(asked.sources.catalogue.matching(Filters(categories=frozenset(wish.categories))))[:MOST_PRODUCTS]
    found: dict[str, dict[str, None]] = {}
    for product in asked.sources.catalogue.get(ids).values():
        for words in product.words.values():
            for name, text in words.attributes.items():
                if name.lower() in traits.named() and _YES_NO.match(text):
                    found.setdefault(traits.named()[name.lower()], {})[name.lower()] = None
    return {trait: tuple(names) for trait, names in found.items()}
