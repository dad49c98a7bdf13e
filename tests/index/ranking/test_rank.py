import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.candidates import fuse
from index.errors import BadRanking
from index.ranking.cards import Card
from index.ranking.features import NAMES, carries_unwanted
from index.ranking.rank import Example, fit, load, shipped
from index.words.asking import ask


def examples(queries=12, candidates=30, seed=0):
    """Queries whose right answers are those with a high `full_cover`."""
    chance = np.random.default_rng(seed)
    made = []
    for query in range(queries):
        features = chance.normal(size=(candidates, len(NAMES)))
        gains = (features[:, NAMES.index("full_cover")] > 1).astype(float)
        made.append(Example(f"query {query}", features, gains))
    return made


def test_what_was_learned_orders_what_was_not_seen():
    ranking = fit(examples(), trained_on="made up")
    unseen = examples(1, seed=99)[0]
    best = np.argsort(-ranking.score(unseen.features))[: int(unseen.gains.sum())]
    assert unseen.gains[best].mean() > 0.6


def test_weights_come_back_from_their_file(tmp_path):
    ranking = fit(examples(), trained_on="made up")
    ranking.save(tmp_path / "ranking.json")
    again = load(tmp_path / "ranking.json")
    rows = examples(1, seed=3)[0].features
    assert np.allclose(again.score(rows), ranking.score(rows), atol=1e-4)
    assert (again.trained_on, again.queries[0]) == ("made up", "query 0")


def test_an_embedder_that_is_absent_leaves_an_order():
    features = examples(1)[0].features
    features[:, NAMES.index("meaning_gap") :] = np.nan
    assert np.isfinite(shipped().score(features)).all()


def test_no_candidates_have_no_scores():
    assert len(shipped().score(np.empty((0, len(NAMES))))) == 0
    assert np.isfinite(shipped().score(np.zeros((1, len(NAMES))))).all()


def test_shipped_weights_say_what_they_were_trained_on():
    assert "75 queries" in shipped().trained_on and len(shipped().queries) == 75


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"features": ["other"]}'])
def test_a_file_that_is_no_ranking_is_named(tmp_path, content):
    path = tmp_path / "ranking.json"
    path.write_text(content)
    with pytest.raises(BadRanking, match=r"ranking\.json"):
        load(path)


def test_judgments_that_tell_nothing_apart_teach_nothing():
    same = [Example("q", e.features, np.zeros(len(e.gains))) for e in examples()]
    with pytest.raises(ValueError, match="no judged query"):
        fit(same, trained_on="nothing")


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6), min_size=1, max_size=4))
def test_fusion_does_not_depend_on_the_order_of_its_lists(lists):
    assert fuse(lists) == pytest.approx(fuse(lists[::-1]))
    assert all(0 < score <= 1.0 + 1e-9 for score in fuse(lists).values())


@pytest.mark.parametrize(
    ("title", "carries"),
    [("plates with mugs", True), ("plates without mugs", False), ("mug free set", False), ("plates", False)],
)
def test_a_title_that_denies_a_word_does_not_carry_it(title, carries):
    from index.words.text import tokens

    card = Card(tuple(tokens(title)), "", (), frozenset(), np.empty(0, np.uint32))
    assert carries_unwanted(ask("plates without mugs"), card) is carries
