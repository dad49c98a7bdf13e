"""Makes the layer that tells which kind of thing serves a need: `uses.npz`, from `uses.txt`.

    python -m assistant.conversation.reading.teaching_uses WEIGHTS_FOLDER

Run it after every change of `uses.txt`; a test holds that the layer is of the phrases as they are. Takes about five
minutes on one core. Knows no message of anybody.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from assistant.conversation.reading import grammar, intents, teaching, uses, wear
from assistant.conversation.reading.sections import sections

MOST = 24
"""Phrases drawn of a kind in each language."""
OTHERS = 900
"""Phrases of other wishes in each language that tell of no need."""


def taught() -> str:
    """Return a hash of the phrases that the layer learns from."""
    return hashlib.sha256(uses.PHRASES.read_bytes()).hexdigest()[:16]


def examples(seed: int = 5) -> Iterator[tuple[str, str]]:
    """Yield (kind, phrase): what lines stand for, every fourth worn, and other wishes that tell of no need."""
    written, lists = sections(uses.PHRASES)
    for (kind, language), said in written.items():
        chance = random.Random(f"{seed} {kind} {language}")
        most = len(said) if kind == uses.NONE else MOST
        drawn: dict[str, None] = {}
        for _ in range(max(1, most // len(said)) * grammar.TRIES):
            for line in said:
                if len(drawn) < 2 * most:
                    drawn.setdefault(grammar.expanded(line, lists, chance))
        kept = list(drawn) if kind == uses.NONE else chance.sample(list(drawn), min(most, len(drawn)))
        yield from ((kind, phrase) for phrase in kept)
        yield from ((kind, wear.worn(phrase, language, chance)) for phrase in kept[::4])
    for language in ("en", "zh"):
        yield from ((uses.NONE, phrase) for phrase in _others(language, random.Random(f"{seed} {language}")))


def _others(language: str, chance: random.Random) -> list[str]:
    """Return phrases of wishes that name their thing or want none."""
    phrases = [*intents.phrases(language), *grammar.drawn(language)]
    return [intents.filled(phrase, language, chance)[-1] for _, phrase in chance.sample(phrases, OTHERS)]


def main() -> None:
    """Write the layer for the first embedder that knows more than English."""
    teaching.make_layer(list(examples()), uses.FILE, taught=taught(), about=__doc__)


if __name__ == "__main__":
    main()
