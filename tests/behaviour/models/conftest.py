"""Made-up shops whose truth is known, so that what is learned can be compared with it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from assistant.behaviour.models.chance import Examples
from assistant.behaviour.models.table import Column, Table


@pytest.fixture(scope="session")
def known_chances():
    """Examples whose true probability is known: it hangs on two numbers and a level, a third number is noise."""
    chance = np.random.default_rng(5)
    numbers = chance.normal(size=(1500, 3))
    level = chance.integers(0, 3, 1500).astype(float)
    table = Table(
        (Column("pull"), Column("push"), Column("noise"), Column("kind", ("a", "b", "c"))),
        np.column_stack([numbers, level]),
    )
    true = 1 / (1 + np.exp(-(1.5 * numbers[:, 0] - numbers[:, 1] + (level == 2) - 1)))
    hits = (chance.random(1500) < true).astype(int)
    return Examples(table, hits), true


@pytest.fixture(scope="session")
def shop_lines():
    """A year's purchases of 400 people: half buy about every fortnight, half every ten weeks, a fifth leave."""
    chance = np.random.default_rng(3)
    rows = []
    for person in range(400):
        gap = 14 if person % 2 else 70
        day = float(chance.integers(0, 120))
        leaves = chance.random() < 0.2
        end = chance.integers(100, 300) if leaves else 365
        order = 0
        while day < end:
            at = date(2025, 1, 1) + timedelta(days=int(day))
            for line in range(int(chance.integers(1, 4))):
                product = f"p{(person + line) % 17}"
                rows.append((f"c{person}", f"c{person}-{order}", at, product, 1.0, 5.0 + float(chance.random() * 20)))
            order += 1
            day += 1 + chance.exponential(gap)
    return pl.DataFrame(rows, schema=["customer", "order", "at", "product", "quantity", "money"], orient="row")
