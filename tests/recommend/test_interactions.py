"""Histories end to end behave as the plain lists that they came from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recommend.errors import BadInteractions
from assistant.recommend.interactions import Histories, Interactions

ROWS = st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=6)


def plain(histories):
    return [row.tolist() for row in histories]


@settings(deadline=None)
@given(ROWS)
def test_what_goes_in_comes_out(rows):
    histories = Histories.of(rows)
    assert plain(histories) == rows and len(histories) == len(rows)
    assert histories.lengths.tolist() == [len(row) for row in rows]


@settings(deadline=None)
@given(ROWS, st.integers(0, 7))
def test_the_last_and_what_is_before_them(rows, count):
    histories = Histories.of(rows)
    assert plain(histories.last(count)) == [row[max(0, len(row) - count) :] for row in rows]
    assert plain(histories.before_last(count)) == [row[: max(0, len(row) - count)] for row in rows]


@settings(deadline=None)
@given(ROWS, st.data())
def test_selecting_and_batching(rows, data):
    histories = Histories.of(rows)
    chosen = data.draw(st.lists(st.sampled_from(range(len(rows))), max_size=5) if rows else st.just([]))
    assert plain(histories.select(chosen)) == [rows[at] for at in chosen]
    stop = data.draw(st.integers(0, len(rows)))
    assert plain(histories.batch(0, stop)) == rows[:stop]


@settings(deadline=None)
@given(ROWS)
def test_the_matrix_adds_up_fading_weights(rows):
    expected = np.zeros((len(rows), 10))
    for at, row in enumerate(rows):
        for age, item in enumerate(reversed(row)):
            expected[at, item] += 0.5**age
    np.testing.assert_allclose(Histories.of(rows).matrix(10, decay=0.5).toarray(), expected)


def test_weights_and_times_stay_with_their_interactions():
    histories = Histories(
        np.array([3, 4, 5], np.int32), np.array([0, 2, 3]), np.array([1.0, 2, 3]), np.array([7.0, 8, 9])
    )
    last = histories.last(1)
    assert last.items.tolist() == [4, 5] and last.weights.tolist() == [2, 3] and last.times.tolist() == [8, 9]
    assert histories.select([1]).times.tolist() == [9] and histories.batch(1, 2).weights.tolist() == [3]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"people": ("a",)}, "number of people 1"),
        ({"words": ("x",)}, "number of words 1"),
        ({"items": ("i",)}, "item number 1"),
    ],
)
def test_what_does_not_fit_together_is_named(change, named):
    given = {"people": ("a", "b"), "items": ("i", "j"), "histories": Histories.of([[0, 1], [1]])} | change
    with pytest.raises(BadInteractions, match=named):
        Interactions(**given)
