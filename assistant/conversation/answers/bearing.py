"""Which of what was found bears the words that tell it apart: "gaming mice" are mice that are called so.

A search ranks by likeness and fills its list; a shopper who says "outdoor speaker" has no use for the other speakers
once there are some. A word tells apart where some of what was found is called so and some is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.answers.by_name import pieces
from assistant.conversation.reading.framing import STOP
from assistant.conversation.state import Wish
from index.product import Product
from index.query import Hit

LEAST = 2
"""So many have to bear a word: what a single title holds may be the name of a line."""


def bearing(hits: Sequence[Hit], wish: Wish) -> list[Hit]:
    """Return the hits called by every word of the wish that tells hits apart; all where none is called by all."""
    if not wish.categories:
        return list(hits)
    names = [_called(hit.product) for hit in hits]
    known = pieces(" ".join(must.text for must in wish.must_haves)) | _conditions(wish)
    said = pieces(wish.text) - known - STOP
    telling = {one for one in said if LEAST <= sum(one in name for name in names) < len(hits)}
    kept = [hit for hit, name in zip(hits, names, strict=True) if telling <= name]
    return kept if telling and kept else list(hits)


def _called(product: Product) -> frozenset[str]:
    """Return the pieces of a product's titles and categories in every language."""
    texts = [text for words in product.words.values() for text in (words.title, *words.category)]
    return pieces(" . ".join(texts))


def _conditions(wish: Wish) -> frozenset[str]:
    """Return the pieces of what is a condition already: brands, colours, sizes, what must not be."""
    said = (*wish.brands, *wish.labels.values(), *wish.excluded, *(v for vs in wish.options.values() for v in vs))
    return pieces(" . ".join(said))
