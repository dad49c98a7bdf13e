"""Adds to what a message says the kinds of thing that its need is served by, where it names none that it wants.

"My coffee is always cold when I get to work" names coffee and wants a travel mug. What the shop has not is left out.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.reading import uses
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.message import Reading
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding
from index.embed import Embedder

SURER = 0.5
"""How likely a kind must be that a message goes on to after another wish."""
AGAINST = 0.7
"""How likely a kind must be that is wanted in place of the thing that a message names."""
FEWEST = 2
"""Words that tell a need at least."""


def with_uses(found: Understanding, state: State, lexicon: Lexicon, embedder: Embedder | None) -> Understanding:
    """Return the understanding with wishes for what likely serves the need that is told; as it is where none is."""
    if found.ideas or found.references or found.order_number or found.step or state.errand.text or found.wish.brands:
        return found
    if len(content(found.message)) < FEWEST:
        return found
    named = set(found.wish.categories)
    least = AGAINST if named else uses.LEAST if state.wish.empty else SURER
    kinds = uses.served(found.message, embedder, least=least)
    ideas = [wish for kind in kinds if (wish := _wish(kind, found.language, lexicon)).categories]
    if not ideas or (named and named & set(ideas[0].categories)):
        return found
    if named:
        labels = {key: label for key, label in found.wish.labels.items() if not key.startswith("category:")}
        found = replace(found, wish=replace(found.wish, categories=(), labels=labels), named=(), doubtful=(), wishes=())
    return replace(found, ideas=tuple(ideas))


def _wish(kind: str, language: str, lexicon: Lexicon) -> Wish:
    """Return the wish for a kind of thing as a shopper of this language would ask for it."""
    return Reading(uses.called(kind) if language == "zh" else kind, lexicon).wish()
