"""Every kind of model by its name, in the order in which they are fitted."""

from __future__ import annotations

from assistant.recommend.blend import Blend
from assistant.recommend.content import Content
from assistant.recommend.contract import Recommender
from assistant.recommend.ease import Ease
from assistant.recommend.ials import Ials
from assistant.recommend.items import ItemNeighbours
from assistant.recommend.popular import Popular
from assistant.recommend.sequence.model import SequenceModel
from assistant.recommend.users import UserNeighbours

PARTS: dict[str, type[Recommender]] = {
    kind.name: kind for kind in (Popular, Content, UserNeighbours, ItemNeighbours, Ease, Ials, SequenceModel)
}
"""What a blend is made of."""
KINDS: dict[str, type[Recommender]] = {**PARTS, Blend.name: Blend}
