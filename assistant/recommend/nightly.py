"""The nightly training: all of it when there is no model yet, what is new otherwise, nothing when nothing is.

Knows interactions and versions; where interactions come from is the caller's business.
"""

from __future__ import annotations

import numpy as np

from assistant.recommend.blend import Blend
from assistant.recommend.contract import PLAIN, Recommender, Run
from assistant.recommend.errors import BadInteractions
from assistant.recommend.interactions import Interactions, Numbers
from assistant.recommend.versions import Version, Versions


def train(
    versions: Versions, interactions: Interactions, *, kind: type[Recommender] = Blend, run: Run = PLAIN
) -> Version | None:
    """Choose and fit everything anew and put it into use; `None` where the version in use read just this."""
    mark = interactions.fingerprint()
    current = versions.current()
    if current is not None and current.fitted_to == mark and current.kind == kind.name:
        return None
    return versions.add(kind.fit(interactions, None, run), fitted_to=mark, read_until=_latest(interactions))


def refresh(versions: Versions, interactions: Interactions, *, run: Run = PLAIN) -> Version | None:
    """Take up what was done since the version in use, with its settings; `None` where nothing was.

    Items that the version knows come first among the interactions' items, in its order.

    Raises:
        BadInteractions: the interactions have no times, or number the items otherwise.
    """
    current = versions.current()
    if current is None:
        return train(versions, interactions, run=run)
    if current.fitted_to == interactions.fingerprint():
        return None
    model = versions.load(current.number)
    if interactions.items[: len(model.items)] != model.items:
        raise BadInteractions("the order of the items", interactions.items[:3], "begin with the version's own items")
    fresh = model.refreshed(interactions, read_before(interactions, current.read_until), run)
    return versions.add(fresh, fitted_to=interactions.fingerprint(), read_until=_latest(interactions))


def read_before(interactions: Interactions, until: float) -> Numbers:
    """Return how many of each history's interactions were no later than a time, (n,).

    Raises:
        BadInteractions: the interactions have no times.
    """
    histories = interactions.histories
    if histories.times is None:
        raise BadInteractions("the interactions' times", None, "without times nobody knows what is new: train instead")
    old = histories.times <= until
    return np.bincount(histories.rows[old], minlength=len(histories)).astype(np.int32)


def _latest(interactions: Interactions) -> float:
    times = interactions.histories.times
    return float(times.max()) if times is not None and len(times) else 0.0
