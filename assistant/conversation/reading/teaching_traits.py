"""Makes the layer that tells which trait of a product a question asks for: `traits.npz`, from `traits.txt`.

    python -m assistant.conversation.reading.teaching_traits WEIGHTS_FOLDER

Run it after every change of `traits.txt`; a test holds that the layer is of the phrases as they are. Takes about five
minutes on one core. Knows no message of anybody.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from assistant.conversation.reading import grammar, intents, teaching, traits, wear
from assistant.conversation.reading.sections import sections
from assistant.conversation.reading.words import HAN

MOST = {"en": 44, "zh": 24}
"""Phrases drawn of a trait; three times as many of what asks for none."""
OTHERS = 1200
"""Phrases of other wishes in each language that ask for no trait."""
FRAMES = {"en": ("{}", "and the {}", "what about the {}", "what is the {}"), "zh": ("{}", "{}呢", "{}怎么样")}
"""How a trait is asked for by nothing but its name."""


def taught() -> str:
    """Return a hash of the phrases that the layer learns from."""
    return hashlib.sha256(traits.PHRASES.read_bytes()).hexdigest()[:16]


def examples(seed: int = 5) -> Iterator[tuple[str, str]]:
    """Yield (trait, phrase): what lines stand for, every third worn, and other wishes that ask for no trait."""
    written, lists = sections(traits.PHRASES)
    for (trait, language), said in written.items():
        chance = random.Random(f"{seed} {trait} {language}")
        most = MOST[language] * (3 if trait == traits.NONE else 1)
        drawn: dict[str, None] = {}
        for _ in range(max(1, most // len(said)) * grammar.TRIES):
            for line in said:
                if len(drawn) < most:
                    drawn.setdefault(grammar.expanded(line, lists, chance))
        yield from ((trait, phrase) for phrase in drawn)
        yield from ((trait, wear.worn(phrase, language, chance)) for phrase in list(drawn)[::3])
    for trait, names in traits.headings():
        yield from (
            (trait, frame.format(name)) for name in names for frame in FRAMES["zh" if HAN.search(name) else "en"]
        )
    for language in ("en", "zh"):
        yield from ((traits.NONE, phrase) for phrase in _others(language, random.Random(f"{seed} {language}")))


def _others(language: str, chance: random.Random) -> list[str]:
    """Return phrases of wishes that ask for nothing of a product."""
    phrases = [*intents.phrases(language), *grammar.drawn(language)]
    known = [phrase for intent, phrase in phrases if intent not in ("ask_product", "warranty")]
    return [intents.filled(phrase, language, chance)[-1] for phrase in chance.sample(known, OTHERS)]


def main() -> None:
    """Write the layer for the first embedder that knows more than English."""
    teaching.make_layer(list(examples()), traits.FILE, taught=taught(), about=__doc__)


if __name__ == "__main__":
    main()
