"""The large shop is one in which suggestions can be timed: full lists, with reasons, from every model that fits."""

import pytest

from assistant.recommend.versions import Versions
from eval.speed.large_shop import large_shop
from eval.speed.suggestions import CHAT, SHOWN, TooFew, asking, large_shops_adviser, listed_ms


def test_the_same_seed_gives_the_same_shop_of_people_with_tastes_of_their_own():
    shop = large_shop(1_200, 3, people=40)
    assert shop == large_shop(1_200, 3, people=40) != large_shop(1_200, 4, people=40)
    assert len({product.id for product in shop.products}) == 1_200
    kinds = {product.id: product.words["en"].category for product in shop.products}
    for _, items in shop.histories:
        assert len(set(items)) == len(items) >= 1
        assert len({kinds[item] for item in items}) <= 5


def test_lists_are_timed_and_the_shop_is_made_once(tmp_path, monkeypatch):
    with large_shops_adviser(tmp_path, products=800, seed=3, people=320) as adviser:
        times = [listed_ms(adviser, asking(3, number), k) for number in range(5) for k in (SHOWN, CHAT)]
    assert all(0 < spent < 10_000 for spent in times)
    assert set(Versions(tmp_path / "recommend").load(1).parts) >= {"content", "users", "items", "ials", "sequence"}
    monkeypatch.setattr("eval.speed.suggestions.large_shop", None)  # making it again would fail
    with large_shops_adviser(tmp_path, products=800, seed=3, people=320) as adviser:
        listed_ms(adviser, asking(3, 0), SHOWN)


def test_lists_that_are_too_short_are_not_timed(tmp_path):
    opening = large_shops_adviser(tmp_path, products=12, seed=3, people=320)
    with opening as adviser, pytest.raises(TooFew, match="not 12"):
        listed_ms(adviser, asking(3, 0), CHAT)
