"""Which trait of a product a question asks for, by its meaning: "how hot must the water be" asks how a tea is brewed.

The phrases and the names under which records state a trait lie in `traits.txt`; `teaching_traits.py` makes a linear
layer of them, over the vectors of the embedder that intents are told by. Knows no product.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from assistant.conversation.reading import intents, meaning
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN
from index.embed import Embedder

FILE = Path(__file__).with_name("traits.npz")
PHRASES = Path(__file__).with_name("traits.txt")
NONE = "-"
"""What asks for no trait of a product."""
LEAST, SHARE = 0.08, 0.2
"""How likely the trait must be, and how likely beside the likeliest of all. Measured on 181 questions of our own that
were not learned, asked of products of the demo store: 95 in 100 answered rightly where the record states the trait, and
17 in 1,000 answered where it does not."""
SURE = 0.5
"""How likely it must be where something else than the question's meaning speaks against it."""
LONGEST = 200
"""Characters of a question whose meaning is looked at."""


@cache
def layer() -> meaning.Layer:
    """Return the layer that ships."""
    return meaning.read(FILE)


@cache
def named() -> Mapping[str, str]:
    """Return the trait that each name of an attribute states, in lower case."""
    found: dict[str, str] = {}
    for trait, names in headings():
        for name in names:
            found.setdefault(name.lower(), trait)
    return found


def headings() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each trait with the names of the attributes that state it."""
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            trait, _, names = line.strip("[]").partition(";")
            yield trait.strip(), tuple(name.strip() for name in names.split(",") if name.strip())


@cache
def kin() -> Mapping[str, frozenset[str]]:
    """Return the traits that answer a question after each trait where that one is not stated."""
    found: dict[str, frozenset[str]] = {}
    for (group,) in rows("kin.tsv"):
        for trait in group:
            found[trait] = (found.get(trait, frozenset()) | frozenset(group)) - {trait}
    return found


def knows(embedder: Embedder | None) -> bool:
    """Return whether the layer can read this embedder's vectors."""
    return embedder is not None and embedder.name == layer().embedder


def chances(texts: Sequence[str], embedder: Embedder | None) -> list[Mapping[str, float]]:
    """Return for each question how likely it asks for each trait; nothing without the embedder that the layer knows."""
    if embedder is None or not knows(embedder) or not texts:
        return [{} for _ in texts]
    vectors = embedder.queries([intents.legible(text)[:LONGEST] for text in texts])
    return [layer().chances(vector) for vector in vectors]


def asked(found: Mapping[str, float], stated: Collection[str], *, least: float = LEAST) -> str:
    """Return which of the stated traits a question asks for, empty where it asks for none of them.

    A trait that is not stated is asked for by way of its kin: "does it smell" asks whether there is fragrance in it.

    >>> asked({"weight": 0.6, "care": 0.2, "-": 0.2}, ["weight", "care"])
    'weight'
    >>> asked({"weight": 0.6, "care": 0.02, "-": 0.38}, ["care"])
    ''
    """
    best, likely = likeliest(found, stated)
    return best if likely >= max(least, SHARE * max(found.values(), default=1.0)) else ""


def likeliest(found: Mapping[str, float], stated: Collection[str]) -> tuple[str, float]:
    """Return which of the stated traits a question asks for the likeliest, and how likely, its kin that is not stated
    with it; nothing where none is stated.

    >>> likeliest({"cabin size": 0.5, "carry-on allowed": 0.45}, ["carry-on allowed"])[0]
    'carry-on allowed'
    """
    likely = {
        trait: found.get(trait, 0.0)
        + sum(found.get(other, 0.0) for other in kin().get(trait, ()) if other not in stated)
        for trait in stated
    }
    best = max(likely, key=lambda trait: (likely[trait], found.get(trait, 0.0)), default="")
    return best, likely.get(best, 0.0)


def name(trait: str, language: str) -> str:
    """Return what a trait is called in a language."""
    named = next((names for one, names in headings() if one == trait), ())
    return next((one for one in named if bool(HAN.search(one)) == (language == "zh")), trait)
