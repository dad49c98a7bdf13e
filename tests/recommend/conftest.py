"""A shop whose right answers are seen by eye: six rings of ten items, walked in order by everybody."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.recommend.interactions import Histories, Interactions

KINDS, PLACES, PEOPLE = 6, 10, 240


def number(kind, place):
    return kind * PLACES + place % PLACES


def walk(kind, start, length):
    return [number(kind, start + step) for step in range(length)]


@pytest.fixture(scope="session")
def rings():
    chance = np.random.default_rng(3)
    rows = [walk(chance.integers(KINDS), chance.integers(PLACES), chance.integers(3, 9)) for _ in range(PEOPLE)]
    items = tuple(f"{'abcdef'[kind]}{place}" for kind in range(KINDS) for place in range(PLACES))
    wares = ("tea", "mug", "lamp", "coat", "kite", "oven")
    words = tuple(f"{kind} ware | place{place}" for kind in wares for place in range(PLACES))
    people = tuple(f"p{row}" for row in range(PEOPLE))
    return Interactions(people, items, Histories.of(rows), words)
