"""One suite that every recommender holds: each class below inherits all of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.recommend.blend import Blend, BlendSettings
from assistant.recommend.content import Content, ContentSettings
from assistant.recommend.contract import Reason
from assistant.recommend.ease import Ease, EaseSettings
from assistant.recommend.ials import Ials, IalsSettings
from assistant.recommend.interactions import Histories
from assistant.recommend.items import ItemNeighbours, ItemSettings
from assistant.recommend.popular import Popular, PopularSettings
from assistant.recommend.sequence.model import SequenceModel
from assistant.recommend.sequence.settings import SequenceSettings
from assistant.recommend.users import UserNeighbours, UserSettings

SMALL = SequenceSettings(
    epochs=12, width=16, negatives=32, batch=32, dropout=0.1, averaging=0.9, words=2, word_features=64
)
WALK = [12, 13, 14]
"""Steps along the second ring, whose next one is 15."""


class RecommenderContract:
    kind = None
    settings = None

    @pytest.fixture(scope="class")
    @classmethod
    def model(cls, rings):
        return cls.kind.fit(rings, cls.settings)

    def test_there_is_a_row_a_history_and_a_column_an_item(self, model, rings):
        scores = model.scores(Histories.of([WALK, [], [0]]))
        assert scores.shape == (3, len(rings.items)) and scores.dtype == np.float32
        assert np.isfinite(scores).all()

    def test_a_history_scores_the_same_alone_and_among_others(self, model):
        alone = model.scores(Histories.of([WALK]))[0]
        among = model.scores(Histories.of([[0, 1], WALK, list(range(20, 27))]))[1]
        np.testing.assert_allclose(alone, among, rtol=1e-4, atol=1e-5)

    def test_a_few_items_stand_as_they_do_among_all(self, model, rings):
        histories, items = Histories.of([WALK, [], [0, 41], list(range(30))]), [15, 3, 59]
        scores, standing = model.scores(histories), model.standing(histories, items)
        np.testing.assert_allclose(standing.scores, scores[:, items], rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(standing.mean, scores.mean(axis=1), rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(standing.deviation, scores.std(axis=1), rtol=1e-3, atol=1e-5)

    def test_lists_are_best_first_without_what_was_seen_or_is_excluded(self, model):
        listed = model.recommend(WALK, 20, exclude={15, 16})
        assert len({one.item for one in listed}) == 20
        assert not {one.item for one in listed} & {*WALK, 15, 16}
        assert [one.score for one in listed] == sorted((one.score for one in listed), reverse=True)
        assert all(one.id == model.items[one.item] for one in listed)

    def test_a_list_is_shorter_where_there_are_no_more(self, model, rings):
        assert len(model.recommend(WALK, 500)) == len(rings.items) - len(WALK)
        assert model.recommend(WALK, 10, exclude=range(len(rings.items))) == ()

    def test_what_people_buy_again_may_be_listed_though_it_was_seen(self, model, rings):
        everything = {one.item for one in model.recommend(WALK, 500, again={13})}
        assert 13 in everything and 12 not in everything

    def test_arrays_make_the_same_model(self, model):
        twin = self.kind.restored(model.items, model.settings, model.arrays())
        histories = Histories.of([WALK, [], [0, 41]])
        np.testing.assert_array_equal(twin.scores(histories), model.scores(histories))

    def test_a_fit_is_the_same_every_time(self, model, rings):
        histories = Histories.of([WALK, [3]])
        again = self.kind.fit(rings, self.settings)
        np.testing.assert_allclose(again.scores(histories), model.scores(histories), rtol=1e-4, atol=1e-5)

    def test_every_setting_of_the_grid_can_be_written_and_read(self):
        from dataclasses import asdict

        assert [self.kind.settings_of(asdict(one)) for one in self.kind.grid()] == list(self.kind.grid())

    def test_a_refresh_takes_new_items_and_people_in(self, model, rings):
        grown = replace(
            rings,
            people=(*rings.people, "new"),
            items=(*rings.items, "new"),
            words=(*rings.words, "tea ware"),
            histories=Histories.of([*rings.histories, [0, 1, len(rings.items)]]),
        )
        fresh = model.refreshed(grown, np.r_[rings.histories.lengths, 0].astype(np.int32))
        assert fresh.items == grown.items
        assert fresh.scores(Histories.of([[0, 1]])).shape == (1, len(grown.items))


class ReasonsContract(RecommenderContract):
    """For those that know a history: its ring comes first, and each reason is true."""

    def test_the_shoppers_own_ring_comes_first(self, model):
        assert {one.item for one in model.recommend(WALK, 3)} <= set(range(10, 20))

    @pytest.mark.parametrize("history", [WALK, [0, 12, 33, 13], [5], [20, 21, 40, 41, 22, 23, 59, 0]])
    def test_without_the_reason_the_score_is_lower(self, model, history):
        listed = model.recommend(history, 5)
        reasons = model.reasons(history, [one.item for one in listed])
        assert len(reasons) == len(listed)
        assert any(reason.because for reason in reasons)
        for one, reason in zip(listed, reasons, strict=True):
            if reason.because is None:
                continue
            because = model.items.index(reason.because)
            assert because in history
            without = [item for item in history if item != because]
            before, after = model.scores(Histories.of([history, without]))[:, one.item]
            assert after < before
            assert reason.effect == pytest.approx(before - after, rel=1e-2, abs=1e-5)

    def test_no_history_gives_no_reason_in_it(self, model):
        assert model.reasons([], [4])[0].because is None


class TestPopular(RecommenderContract):
    kind, settings = Popular, PopularSettings()

    def test_the_reason_is_how_many_chose_it(self, model, rings):
        assert model.reasons(WALK, [7]) == (Reason(signal=Popular.signal, people=int(rings.counts()[7])),)


class TestContent(ReasonsContract):
    kind, settings = Content, ContentSettings(popularity=0.0)


class TestUserNeighbours(ReasonsContract):
    kind, settings = UserNeighbours, UserSettings(neighbours=30)


class TestItemNeighbours(ReasonsContract):
    kind, settings = ItemNeighbours, ItemSettings()


class TestEase(ReasonsContract):
    kind, settings = Ease, EaseSettings(penalty=10.0)


class TestIals(ReasonsContract):
    kind, settings = Ials, IalsSettings(factors=8, recency=0.9)


class TestSequence(ReasonsContract):
    kind, settings = SequenceModel, SMALL


class TestBlend(ReasonsContract):
    kind = Blend
    settings = BlendSettings(
        parts={
            "popular": PopularSettings(),
            "content": ContentSettings(),
            "users": UserSettings(neighbours=30),
            "items": ItemSettings(),
            "ials": IalsSettings(factors=8),
        },
        weights={"popular": 0.05, "content": 0.1, "users": 0.1, "items": 0.5, "ials": 0.2},
    )
