"""The nightly training: in full where it is time for it, what is new otherwise, nothing when nothing is.

Knows interactions and versions; where interactions come from is the caller's business.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from assistant.recommend.blend import Blend
from assistant.recommend.contract import PLAIN, Recommender, Run
from assistant.recommend.errors import BadInteractions, BadModel
from assistant.recommend.interactions import Interactions, Numbers
from assistant.recommend.versions import How, Origin, Version, Versions

OLD = timedelta(days=7)
"""After so long everything is chosen and fitted anew."""
NEW_SHARE = 0.1
"""And where this share of what is sold was not there at the last full training."""


def full_because(versions: Versions, sold: Collection[str], now: datetime) -> str:
    """Return why everything is to be trained anew; empty where it is enough to take up what is new.

    `sold` are the ids of all products of the shop.
    """
    try:
        current = versions.current()
        items = versions.items(current.number) if current else ()
    except BadModel as error:
        return str(error)
    if current is None:
        return "there is no model yet"
    origin = current.origin
    if not origin.trained_at:
        return f"version {current.number} was the quick first one"
    if now - datetime.fromisoformat(origin.trained_at) >= OLD:
        return f"the last full training was on {origin.trained_at[:10]}"
    new = len(set(sold).difference(items[: origin.trained_items]))
    if new > NEW_SHARE * len(sold):
        return f"{new:,} of {len(sold):,} products are new since the last full training"
    return ""


def train(
    versions: Versions,
    interactions: Interactions,
    *,
    kind: type[Recommender] = Blend,
    run: Run = PLAIN,
    anew: bool = False,
) -> Version | None:
    """Choose and fit everything anew and put it into use; `None` where the version in use was fitted so to just this.

    Unless it is to be done `anew`. Broken files of the version in use are no hindrance.
    """
    origin = Origin(how=How.FULL, fitted_to=interactions.fingerprint(), read_until=_latest(interactions))
    try:
        current = versions.current()
    except BadModel:
        current = None
    if current is not None and current.kind == kind.name and not anew:
        known = current.origin
        if known.how is How.FULL and known.fitted_to == origin.fitted_to:
            return None
    return versions.add(kind.fit(interactions, None, run), origin)


def refresh(versions: Versions, interactions: Interactions, *, run: Run = PLAIN) -> Version | None:
    """Take up what was done since the version in use, with its settings; `None` where nothing was.

    Items that the version knows come first among the interactions' items, in its order.

    Raises:
        BadInteractions: the interactions have no times, or number the items otherwise.
    """
    current = versions.current()
    if current is None:
        return train(versions, interactions, run=run)
    mark = interactions.fingerprint()
    if current.origin.fitted_to == mark:
        return None
    model = versions.load(current.number)
    if interactions.items[: len(model.items)] != model.items:
        raise BadInteractions("the order of the items", interactions.items[:3], "begin with the version's own items")
    fresh = model.refreshed(interactions, read_before(interactions, current.origin.read_until), run)
    how = How.REFRESHED if current.origin.trained_at else How.QUICK
    return versions.add(fresh, replace(current.origin, how=how, fitted_to=mark, read_until=_latest(interactions)))


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
