"""The chance of something: calibrated, at least as good averaged as alone, never told by what it learned from."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from assistant.behaviour.models.calibration import WAYS, _hardly_worse, calibrate, log_loss
from assistant.behaviour.models.chance import Examples, _best_weights, learn
from assistant.behaviour.models.families import FAMILIES
from assistant.behaviour.models.selection import mutual_information, permutation_importance, telling
from assistant.behaviour.models.table import Column, Table
from assistant.errors import BadRecord
from eval.chances.metrics import calibration_error


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_finds_what_matters(known_chances, family):
    examples, true = known_chances
    seen, unseen = np.arange(0, 1000), np.arange(1000, 1500)
    learner = FAMILIES[family](0)
    learner.fit(examples.table.rows(seen), examples.hits[seen])
    scores = learner.score(examples.table.rows(unseen))
    assert np.isfinite(scores).all()
    assert roc_auc_score(examples.hits[unseen], scores) > roc_auc_score(examples.hits[unseen], true[unseen]) - 0.08


@pytest.fixture(scope="module")
def learned(known_chances):
    examples, _ = known_chances
    seen = np.arange(1000)
    return learn(
        Examples(examples.table.rows(seen), examples.hits[seen]), seed=1, families=("tree", "logistic", "boosting")
    )


def test_the_average_comes_near_the_truth(known_chances, learned):
    examples, true = known_chances
    unseen = np.arange(1000, 1500)
    said = learned.chances(examples.table.rows(unseen))
    assert np.abs(said - true[unseen]).mean() < 0.08
    assert calibration_error(examples.hits[unseen], said) < 0.08
    assert 0 < learned.threshold < 1


def test_the_average_is_at_least_as_good_as_its_best_member_where_it_was_chosen(learned):
    assert learned.loss <= min(member.loss for member in learned.compared.values()) + 1e-9
    assert sum(learned.weights.values()) == pytest.approx(1)


def test_the_same_seed_learns_the_same(known_chances, learned):
    examples, _ = known_chances
    seen = np.arange(1000)
    again = learn(
        Examples(examples.table.rows(seen), examples.hits[seen]), seed=1, families=("tree", "logistic", "boosting")
    )
    assert np.array_equal(again.chances(examples.table), learned.chances(examples.table))


def test_nobody_is_on_both_sides_of_a_fold(known_chances):
    examples, _ = known_chances
    people = np.arange(1500) // 5
    for seen, unseen in Examples(examples.table, examples.hits, people).folds(seed=0):
        assert not set(people[seen]) & set(people[unseen])


def test_what_cannot_be_learned_is_said():
    table = Table((Column("x"),), np.zeros((60, 1)))
    with pytest.raises(BadRecord, match="50"):
        learn(Examples(table, np.zeros(60, int)), seed=0)


@pytest.mark.parametrize("way", WAYS)
def test_calibration_rises_and_keeps_the_base_rate(way):
    chance = np.random.default_rng(0)
    scores = chance.random(2000)
    hits = (chance.random(2000) < scores**2).astype(int)
    curve = WAYS[way](scores, hits)
    said = curve(np.linspace(0, 1, 50))
    assert (np.diff(said) >= -1e-12).all()
    assert ((said > 0) & (said < 1)).all()
    assert curve(scores).mean() == pytest.approx(hits.mean(), abs=0.005)


def test_a_bent_score_is_put_right():
    chance = np.random.default_rng(1)
    true = chance.beta(1, 4, 4000)
    hits = (chance.random(4000) < true).astype(int)
    bent = true**0.4
    _, curve = calibrate(bent, hits, seed=0)
    assert calibration_error(hits, curve(bent)) < calibration_error(hits, bent) / 5
    assert log_loss(curve(bent), hits) < log_loss(bent, hits)


def test_selection_tells_noise_from_what_matters(known_chances, learned):
    examples, _ = known_chances
    nats = mutual_information(examples.table, examples.hits, seed=0)
    unseen = examples.table.rows(np.arange(1000, 1500))
    costs = permutation_importance(learned.chances, unseen, examples.hits[1000:], seed=0)
    for figures in (nats, costs):
        assert figures["pull"] > figures["push"] > figures["noise"]
    assert "pull" in telling(examples.table, examples.hits, seed=0).names


def test_hardly_worse_is_within_one_standard_error():
    spread = np.tile([-1.0, 1.0], 50)
    assert _hardly_worse(spread + 0.09) and not _hardly_worse(spread + 0.11)


@pytest.mark.parametrize(("families", "every"), [(5, True), (3, False)])
def test_of_equally_good_families_a_library_counts_all_and_a_few_only_some(families, every):
    chance = np.random.default_rng(0)
    true = chance.random(400)
    hits = (chance.random(400) < true).astype(int)
    weights = _best_weights({f"family {n}": true for n in range(families)}, hits, seed=0)
    assert (len(weights) == families) is every and sum(weights.values()) == pytest.approx(1)
