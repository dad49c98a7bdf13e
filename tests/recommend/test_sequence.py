"""The sequence model: batches, resuming, early stopping. Small networks on the rings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recommend.contract import Run
from assistant.recommend.interactions import Histories
from assistant.recommend.sequence.batches import batched, padded
from assistant.recommend.sequence.model import SequenceModel
from assistant.recommend.sequence.settings import SequenceSettings
from assistant.recommend.tune import last_held_out

SMALL = SequenceSettings(
    epochs=4, width=16, negatives=32, batch=32, dropout=0.1, averaging=0.9, words=2, word_features=64
)


@settings(deadline=None)
@given(st.lists(st.integers(2, 50), max_size=300), st.integers(1, 40), st.integers(0, 9))
def test_every_history_is_in_one_batch(lengths, size, seed):
    batches = list(batched(np.array(lengths, np.int64), size, np.random.default_rng(seed)))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    assert all(0 < len(batch) <= size for batch in batches)


def test_batches_hold_like_lengths():
    lengths = np.random.default_rng(0).integers(2, 50, 4000)
    spread = [np.ptp(lengths[batch]) for batch in batched(lengths, 64, np.random.default_rng(1))]
    assert np.mean(spread) < 4


def test_padding_is_after_the_end():
    assert padded(Histories.of([[0, 1], []])).tolist() == [[1, 2], [0, 0]]


def test_what_comes_after_does_not_change_what_was_expected_before(rings):
    import torch

    network = SequenceModel.fit(rings, SMALL)._network
    with torch.inference_mode():
        short, long = (network(torch.tensor([row])) for row in ([5, 6], [5, 6, 40, 41]))
    np.testing.assert_allclose(short[0], long[0, :2], atol=1e-5)


class Interrupted(Exception):
    pass


def test_an_interrupted_fit_goes_on_and_ends_the_same(rings, tmp_path):
    whole = SequenceModel.fit(rings, SMALL, Run(folder=None))
    epochs = []

    def interrupt(_step, done, _total):
        epochs.append(done)
        if done == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        SequenceModel.fit(rings, SMALL, Run(folder=tmp_path, progress=interrupt))
    resumed = []
    model = SequenceModel.fit(
        rings, SMALL, Run(folder=tmp_path, progress=lambda _step, done, _total: resumed.append(done))
    )
    assert epochs == [0, 1, 2] and resumed[0] == 2
    for name, weight in whole.arrays().items():
        np.testing.assert_allclose(model.arrays()[name], weight, atol=1e-6)


def test_a_checkpoint_of_other_data_is_not_taken_up(rings, tmp_path):
    SequenceModel.fit(rings, SMALL, Run(folder=tmp_path))
    other = rings.with_histories(Histories.of([[1, 2, 3]] * len(rings.people)))
    done = []
    SequenceModel.fit(other, SMALL, Run(folder=tmp_path, progress=lambda _step, at, _total: done.append(at)))
    assert done[0] == 0


def test_the_search_stops_when_it_gets_no_better_and_keeps_the_best(rings, monkeypatch):
    monkeypatch.setattr(
        SequenceModel, "grid", classmethod(lambda cls: (replace(SMALL, most_epochs=40, patience=2, check_every=1),))
    )
    chosen = SequenceModel.chosen(*last_held_out(rings, least=3))
    values = list(chosen.tried.values())
    assert chosen.settings.epochs == 1 + int(np.argmax(values)) and len(values) <= chosen.settings.epochs + 2
    assert max(values) > 3 * values[0] or values[0] > 0.5


def test_a_refresh_goes_on_from_what_was_learned(rings):
    before, _judges = last_held_out(rings)
    model = SequenceModel.fit(before, replace(SMALL, epochs=12))
    fresh = model.refreshed(rings, before.histories.lengths.astype(np.int32))
    assert fresh.recommend([12, 13], 1)[0].item == 14
    changed = [not np.array_equal(fresh.arrays()[name], own) for name, own in model.arrays().items()]
    assert any(changed)


def test_a_shop_of_few_people_need_not_wait_until_the_mean_forgets_its_beginning(rings):
    few_steps = SequenceSettings(epochs=12, width=16, negatives=32, batch=32, dropout=0.1, averaging=0.995)
    assert SequenceModel.fit(rings, few_steps).recommend([12, 13, 14], 1)[0].item == 15
