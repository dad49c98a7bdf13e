"""Every kind of model by its name, in the order in which they are fitted."""

from __future__ import annotations

from assistant.recommend.contract import Recommender
from assistant.recommend.items import ItemNeighbours
from assistant.recommend.popular import Popular

KINDS: dict[str, type[Recommender]] = {kind.name: kind for kind in (Popular, ItemNeighbours)}


def kind_of(name: str) -> type[Recommender]:
    """Return the kind of model with this name."""
    return KINDS[name]
