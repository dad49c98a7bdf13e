"""Draws wishes from the catalogue's own records: a thing and what must be so, with the words it is asked in.

Knows no assistant.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from eval.visits.goals import Shelves, things
from eval.visits.must_haves import MustHave
from eval.visits.phrases import Phrases

MOST = 3
"""Must-haves of one wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One wish as it is asked clean. `core` is the thing and its conditions without a sentence around them."""

    id: str
    language: str
    text: str
    core: str
    path: str
    musts: tuple[MustHave, ...]


def wishes(shelves: Shelves, *, language: str, count: int, seed: int) -> list[Wish]:
    """Return so many wishes in a language, each for another kind of thing, that at least one product meets."""
    chance = random.Random(f"{seed}/robustness/{language}")
    found: dict[str, Wish] = {}
    while len(found) < min(count, len(shelves.by_path)):
        goal = shelves.goal(chance, kind="find", revises=False)
        if goal.path in found or len(goal.musts) > MOST:
            continue
        say = Phrases(language, "plain", chance)
        names = [chance.choice(things()[goal.path][0 if language == "en" else 1])]
        found[goal.path] = Wish(
            id=f"{language}-{len(found):02}",
            language=language,
            text=say.opening(names, goal.musts, gift=False),
            core=say.bare(names, goal.musts),
            path=goal.path,
            musts=goal.musts,
        )
    return list(found.values())


def as_json(wish: Wish) -> dict[str, Any]:
    """Return a wish as it is kept."""
    return {"language": wish.language, "clean": wish.text, "must_haves": [must.key for must in wish.musts]}
