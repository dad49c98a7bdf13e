"""Which matter of a shop's rules a question asks about, by its meaning: "what would postage set me back".

The phrases lie in `matters.txt`, each matter under the names by which rules call it; `teaching_matters.py` makes a linear
layer of them, over the vectors of the embedder that intents are told by. Knows no rule: what a shop says of a matter,
and whether it says anything, is for others to find.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from assistant.conversation.reading import intents, meaning
from index.embed import Embedder

FILE = Path(__file__).with_name("matters.npz")
PHRASES = Path(__file__).with_name("matters.txt")
NONE = "-"
"""What asks for no rule."""
LEAST = 0.6
"""How likely a matter must be to be looked for where a question's own words find no rule: of 134 questions of our own
that were not learned and that rules answer, 98 in 100 find theirs so, 93 by their own words alone."""
SURE = 0.8
"""How likely it must be where something else than a question's meaning speaks against a rule."""
SURER = 0.85
"""From here on it helps to tell which of several rules is meant."""
LONGEST = 200
"""Characters of a message whose meaning is looked at."""
SHORTEST, MOST = 5, 2
"""Characters of a clause that may ask something, and matters of one message that are answered."""
_CLAUSES = re.compile(
    r"[?？!！。;；]\s*|,?\s+(?:and|but|also|plus|or)\s+(?=(?:also |then )?(?:is|are|am|do|does|can|could|will|would|who|"
    r"what|how|when|where|if|for|to|must|should)\b)|[，,]\s*(?=还有|另外|那|如果|能|可以|要|多久|谁|是不是|会不会)",
    re.IGNORECASE,
)
"""Where one question ends and another may begin."""


@cache
def layer() -> meaning.Layer:
    """Return the layer that ships."""
    return meaning.read(FILE)


@cache
def _called() -> Mapping[str, str]:
    """Return each matter's Chinese name, which stands behind it in its heading."""
    heads = [line.strip().strip("[]") for line in PHRASES.read_text(encoding="utf-8").splitlines() if line[:1] == "["]
    return {matter.strip(): name.strip() for matter, _, name in (head.partition(";") for head in heads)}


def called(matter: str, language: str) -> str:
    """Return what the rules of a language call a matter.

    >>> called("gift cards", "en"), called("gift cards", "zh")
    ('gift cards', '礼品卡')
    """
    return (_called().get(matter) or matter) if language == "zh" else matter


def asked(message: str, embedder: Embedder | None) -> tuple[str, float]:
    """Return the matter that a message likely asks about and how likely; empty where it asks for no rule.

    Without the embedder of the layer nothing is known.
    """
    return _told([message], embedder)[0]


def asked_each(message: str, embedder: Embedder | None) -> tuple[tuple[str, str], ...]:
    """Return the different matters that clauses of a message surely ask about, each with its clause; none of a single one."""
    clauses = [clause for clause in map(str.strip, _CLAUSES.split(message)) if len(clause) >= SHORTEST]
    if len(clauses) < 2:
        return ()
    each = zip(_told(clauses, embedder), clauses, strict=True)
    found = {matter: (matter, clause) for (matter, likely), clause in each if matter and likely >= SURE}
    return tuple(found.values())[:MOST]


def _told(texts: Sequence[str], embedder: Embedder | None) -> list[tuple[str, float]]:
    if embedder is None or embedder.name != layer().embedder or not all(text.strip() for text in texts):
        return [("", 0.0)] * len(texts)
    told = []
    for vector in embedder.queries([intents.legible(text)[:LONGEST] for text in texts]):
        chances = layer().chances(vector)
        best = max(chances, key=lambda matter: chances[matter])
        likely = float(chances[best])
        told.append((best, likely) if best != NONE and likely >= LEAST else ("", 0.0))
    return told
