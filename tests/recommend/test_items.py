"""Item neighbours: against a plain loop, and event by event against a whole fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recommend.errors import BadInteractions
from assistant.recommend.interactions import Histories, Interactions
from assistant.recommend.items import ItemNeighbours, ItemSettings

WIDTH = 6
ITEMS = tuple("abcdef")
ROWS = st.lists(st.lists(st.integers(0, WIDTH - 1), max_size=6), min_size=1, max_size=5)


def interactions(rows):
    return Interactions(tuple(map(str, range(len(rows)))), ITEMS, Histories.of(rows))


def by_hand(rows, settings):
    pairs, chosen = np.zeros((WIDTH, WIDTH)), np.zeros(WIDTH)
    for row in rows:
        for later, item in enumerate(row):
            chosen[item] += 1
            for sooner in range(max(0, later - settings.window), later):
                forward = settings.gap_decay ** (later - sooner - 1)
                pairs[row[sooner], item] += np.ceil(forward * 4096) / 4096
                pairs[item, row[sooner]] += np.ceil(forward * settings.backward * 4096) / 4096
    root = np.sqrt(np.maximum(chosen, 1))
    similarity = pairs / (np.outer(root, root) + settings.shrinkage)
    np.fill_diagonal(similarity, 0)
    return similarity


@settings(deadline=None)
@given(ROWS, st.integers(1, 4))
def test_similarity_is_what_a_plain_loop_counts(rows, window):
    wanted = ItemSettings(window=window, shrinkage=3.0)
    model = ItemNeighbours.fit(interactions(rows), wanted)
    np.testing.assert_allclose(model.similarity.toarray(), by_hand(rows, wanted), rtol=1e-12)


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_event_by_event_equals_the_whole_fit_to_the_last_bit(rows, chance):
    whole = ItemNeighbours.fit(interactions(rows))
    model = ItemNeighbours.fit(interactions([[] for _ in rows]))
    so_far = [[] for _ in rows]
    waiting = [at for at, row in enumerate(rows) for _ in row]
    chance.shuffle(waiting)  # people act in any order; each one's own order stays
    for at in waiting:
        item = rows[at][len(so_far[at])]
        model = model.updated(so_far[at], item)
        so_far[at].append(item)
    assert same(model, whole)


@settings(deadline=None)
@given(ROWS, st.data())
def test_a_refresh_equals_the_whole_fit_to_the_last_bit(rows, data):
    read = [data.draw(st.integers(0, len(row))) for row in rows]
    before = ItemNeighbours.fit(interactions([row[:count] for row, count in zip(rows, read, strict=True)]))
    after = before.refreshed(interactions(rows), np.array(read, np.int32))
    assert same(after, ItemNeighbours.fit(interactions(rows)))


def same(one, other):
    both = one.arrays(), other.arrays()
    dense = [{name: value for name, value in arrays.items() if not name.count(".")} for arrays in both]
    equal = np.array_equal(one.similarity.toarray(), other.similarity.toarray())
    return equal and all(np.array_equal(dense[0][name], dense[1][name]) for name in dense[0])


def test_order_counts_and_the_count_behind_a_reason_is_of_people():
    model = ItemNeighbours.fit(interactions([[0, 1], [0, 1], [2, 1]]))
    near = model.similarity.toarray()
    assert near[0, 1] > near[1, 0] > 0
    assert model.reasons([0], [1])[0].people == 2


def test_the_latest_items_ask_loudest():
    model = ItemNeighbours.fit(interactions([[0, 1], [2, 3]]))
    assert model.recommend([0, 2], 1)[0].item == 3 and model.recommend([2, 0], 1)[0].item == 1


def test_an_item_of_another_catalogue_is_named():
    with pytest.raises(BadInteractions, match="item number 9"):
        ItemNeighbours.fit(interactions([[0, 1]])).updated([0], 9)
