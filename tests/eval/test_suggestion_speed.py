"""The large shop is one in which suggestions can be timed: full lists, with reasons, from every model that fits."""

import pytest

from assistant.recommend.versions import Versions
from eval.large_shop import large_shop
from eval.suggestion_speed import TooFew, measure


def test_the_same_seed_gives_the_same_shop_of_people_with_tastes_of_their_own():
    shop = large_shop(1_200, 3, people=40)
    assert shop == large_shop(1_200, 3, people=40) != large_shop(1_200, 4, people=40)
    assert len({product.id for product in shop.products}) == 1_200
    kinds = {product.id: product.words["en"].category for product in shop.products}
    for _, items in shop.histories:
        assert len(set(items)) == len(items) >= 1
        assert len({kinds[item] for item in items}) <= 5


def test_lists_are_timed_and_the_shop_is_made_once(tmp_path, monkeypatch):
    figures = measure(tmp_path, products=800, lists=5, seed=3, people=320)
    assert set(figures) == {
        f"suggest_large{for_chat}_{percentile}_ms" for for_chat in ("", "_for_chat") for percentile in ("p50", "p95")
    }
    assert all(0 < value < 10_000 for value in figures.values())
    assert set(Versions(tmp_path / "recommend").load(1).parts) >= {"content", "users", "items", "ials", "sequence"}
    monkeypatch.setattr("eval.suggestion_speed.large_shop", None)  # making it again would fail
    measure(tmp_path, products=800, lists=2, seed=3, people=320)


def test_lists_that_are_too_short_are_not_timed(tmp_path):
    with pytest.raises(TooFew, match="not 12"):
        measure(tmp_path, products=12, lists=2, seed=3, people=320)
