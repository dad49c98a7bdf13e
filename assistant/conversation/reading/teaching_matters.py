"""Makes the layer that tells which matter of the rules a question asks about: `matters.npz`, from `matters.txt`.

    python -m assistant.conversation.reading.teaching_matters WEIGHTS_FOLDER

Run it after every change of `matters.txt`; a test holds that the layer is of the phrases as they are. Takes about two
minutes on one core. Knows no message of anybody.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from assistant.conversation.reading import grammar, matters, teaching, wear
from assistant.conversation.reading.sections import sections

MOST, MOST_OTHERS = 72, 440
"""Phrases drawn of a matter, and of what asks for no rule, in each language."""


def taught() -> str:
    """Return a hash of the phrases that the layer learns from."""
    return hashlib.sha256(matters.PHRASES.read_bytes()).hexdigest()[:16]


def examples(seed: int = 5) -> Iterator[tuple[str, str]]:
    """Yield (matter, phrase): what lines stand for, every fourth worn."""
    written, lists = sections(matters.PHRASES)
    for (matter, language), said in written.items():
        chance = random.Random(f"{seed} {matter} {language}")
        most = MOST_OTHERS if matter == matters.NONE else MOST
        drawn: dict[str, None] = {}
        for _ in range(max(1, most // len(said)) * grammar.TRIES):
            for line in said:
                drawn.setdefault(grammar.expanded(line, lists, chance))
        kept = chance.sample(list(drawn), min(most, len(drawn)))
        yield from ((matter, phrase) for phrase in kept)
        yield from ((matter, wear.worn(phrase, language, chance)) for phrase in kept[::4])


def main() -> None:
    """Write the layer for the first embedder that knows more than English."""
    teaching.make_layer(list(examples()), matters.FILE, taught=taught(), about=__doc__)


if __name__ == "__main__":
    main()
