"""Which kind of thing serves a need that names none: "my coffee is cold before I get to work" wants a travel mug.

The needs lie in `uses.txt`; `teaching_uses.py` makes a linear layer of them, over the vectors of the embedder that
intents are told by. Knows no catalogue: whether a shop has such a thing is for others to say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from assistant.conversation.reading import intents, meaning
from index.embed import Embedder

FILE = Path(__file__).with_name("uses.npz")
PHRASES = Path(__file__).with_name("uses.txt")
NONE = "-"
"""What tells of no need."""
LEAST = 0.35
"""How likely the likeliest kind must be before anything is shown for it."""
BESIDE = 0.4
"""Share of the likeliest from which on another kind stands beside it."""
MOST = 3
LONGEST = 200
"""Characters of a message whose meaning is looked at."""


@cache
def layer() -> meaning.Layer:
    """Return the layer that ships."""
    return meaning.read(FILE)


@cache
def _called() -> dict[str, str]:
    """Return each kind's Chinese name, which stands behind it in its heading."""
    heads = [line.strip().strip("[]") for line in PHRASES.read_text(encoding="utf-8").splitlines() if line[:1] == "["]
    return {kind.strip(): name.strip() for kind, _, name in (head.partition(";") for head in heads) if name.strip()}


def called(kind: str) -> str:
    """Return what a kind is called in Chinese."""
    return _called().get(kind, kind)


def served(
    message: str, embedder: Embedder | None, *, least: float = LEAST, among: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the kinds of thing that likely serve what a message needs, the likeliest first; none without the embedder.

    `least` is how likely the first must be; `among` are the only kinds that will do, of which less will do.
    """
    if embedder is None or embedder.name != layer().embedder or not message.strip():
        return ()
    (vector,) = embedder.queries([intents.legible(message)[:LONGEST]])
    ordered = sorted(layer().chances(vector).items(), key=lambda one: -one[1])
    if not among or ordered[0][0] == NONE:
        return _likely(ordered, least)
    share = sum(chance for kind, chance in ordered if kind in among)
    return _likely([(kind, chance / (share or 1.0)) for kind, chance in ordered if kind in among], least)


def _likely(ordered: Sequence[tuple[str, float]], least: float) -> tuple[str, ...]:
    """Return the first kinds, unless what tells of no need is likelier.

    >>> _likely([("kettle", 0.5), ("tea", 0.3), ("-", 0.1)], 0.3), _likely([("-", 0.5), ("tea", 0.4)], 0.3)
    (('kettle', 'tea'), ())
    """
    first, chance = ordered[0]
    if first == NONE or chance < least:
        return ()
    return tuple(kind for kind, one in ordered[:MOST] if kind != NONE and one >= BESIDE * chance)
