"""Content knows new items by their words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.recommend.content import Content, ContentSettings
from assistant.recommend.errors import BadInteractions
from assistant.recommend.interactions import Histories


def test_an_item_that_arrives_later_has_its_place(rings):
    model = Content.fit(rings, ContentSettings(popularity=0.0)).with_items(["n1", "n2"], ["lamp ware", "kite ware"])
    assert model.items[-2:] == ("n1", "n2")
    lamps, kites = model.scores(Histories.of([[20, 21], [40, 41]]))[:, -2:]
    assert lamps[0] > lamps[1] and kites[1] > kites[0]
    assert model.recommend([60], 1)[0].id.startswith("c")


def test_chinese_words_count_as_well(rings):
    words = tuple("红色 连衣裙" if at % 2 else "陶瓷 茶壶" for at in range(len(rings.items)))
    model = Content.fit(replace(rings, words=words), ContentSettings(popularity=0.0))
    assert {one.item % 2 for one in model.recommend([1], 10)} == {1}


def test_popularity_counts_as_much_as_the_settings_say(rings):
    histories = Histories.of([[20]])
    plain, popular = (
        Content.fit(rings, ContentSettings(popularity=power)).scores(histories)[0] for power in (0.0, 1.0)
    )
    np.testing.assert_allclose(popular, plain * (1 + rings.counts()), rtol=1e-5)


def test_items_without_words_are_refused(rings):
    with pytest.raises(BadInteractions, match="content needs a text"):
        Content.fit(replace(rings, words=()))
