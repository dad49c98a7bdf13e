from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.query import Filters, Query

LAWS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FILTERS = st.builds(
    Filters,
    price_max_minor=st.none() | st.integers(0, 15000),
    price_min_minor=st.none() | st.integers(0, 15000),
    brands=st.frozensets(st.sampled_from(["hearth", "Sonora", "none such"])),
    options=st.dictionaries(st.just("color"), st.frozensets(st.sampled_from(["red", "blue"]), min_size=1)),
    in_stock=st.booleans(),
    rating_min=st.none() | st.floats(1, 5),
)


def found(shop, text="", **filters):
    result = shop.searcher.search(Query(text=text, filters=Filters(**filters), limit=20))
    return [hit.product.id for hit in result.hits]


def test_words_find_what_they_say(shop):
    assert found(shop, "red mug")[0] == "mug-red"
    assert found(shop, "headphones")[0] == "phones"
    assert found(shop, "连衣裙")[0] == "dress"
    assert found(shop, "瑜伽垫")[0] == "mat"


def test_a_typo_is_mended_and_named(shop):
    result = shop.searcher.search(Query(text="hedphones"))
    assert result.corrected == "headphones" and result.hits[0].product.id == "phones"


def test_what_the_shop_carries_or_english_knows_is_no_typo(shop):
    for text in ("sonora", "violin", "mugs", "红色"):
        assert shop.searcher.search(Query(text=text)).corrected is None


def test_words_that_lost_their_space_are_parted(shop):
    assert shop.searcher.search(Query(text="yogamat")).corrected == "yoga mat"


def test_units_meet(shop):
    assert found(shop, '12" ruler')[0] == "ruler"
    assert found(shop, "1 ft ruler")[0] == "ruler"


def test_all_that_meets_the_filters_can_be_found(shop):
    assert set(found(shop, "mug")) == set(shop.catalogue.ids())


@LAWS
@given(filters=FILTERS, text=st.sampled_from(["", "red mug", "红色", "zzz"]))
def test_filters_select_what_sql_selects(shop, filters, text):
    hits = shop.searcher.search(Query(text=text, filters=filters, limit=20)).hits
    allowed = shop.catalogue.matching(filters)
    assert {hit.product.id: hit.variant_ids for hit in hits} == allowed


@LAWS
@given(filters=FILTERS, price=st.integers(0, 15000))
def test_a_tighter_filter_never_adds(shop, filters, price):
    loose = shop.catalogue.matching(filters)
    tight = Filters(
        price_max_minor=min(price, filters.price_max_minor if filters.price_max_minor is not None else price),
        price_min_minor=filters.price_min_minor,
        brands=filters.brands,
        options=filters.options,
        in_stock=filters.in_stock,
        rating_min=filters.rating_min,
    )
    assert set(found(shop, "mug", **{name: getattr(tight, name) for name in tight.__slots__})) <= set(loose)


def test_an_empty_result_names_the_condition_and_the_nearest(shop):
    result = shop.searcher.search(Query(text="mug", filters=Filters(brands=frozenset({"Hearth"}), price_max_minor=500)))
    assert result.hits == () and result.emptied is not None
    assert (result.emptied.condition, result.emptied.value) == ("price_max", "500")
    assert result.emptied.nearest.price_max_minor == 900 and result.emptied.count == 1
    assert found(shop, "mug", brands=frozenset({"Hearth"}), price_max_minor=900) == ["mug-red"]


def test_an_option_that_does_not_exist_is_named(shop):
    result = shop.searcher.search(Query(filters=Filters(options={"color": frozenset({"green"})}, price_max_minor=5000)))
    assert (result.emptied.condition, result.emptied.value) == ("option:color", "green")
    assert result.emptied.count == len(shop.catalogue.matching(result.emptied.nearest)) > 0


def test_conditions_that_only_together_empty_are_all_named(shop):
    filters = Filters(options={"color": frozenset({"green"})}, brands=frozenset({"none such"}))
    result = shop.searcher.search(Query(filters=filters))
    assert set(result.emptied.condition.split(", ")) == {"option:color", "brands"}
    assert result.emptied.count == 10


def test_without_words_the_best_rated_come_first(shop):
    assert found(shop)[:3] == ["coat", "dress", "mat"]


def test_price_orders_put_unknown_prices_last(shop):
    hits = shop.searcher.search(Query(text="mug", sort="price_low", limit=20)).hits
    prices = [hit.product.variants[0].price_minor for hit in hits]
    assert prices == sorted(prices)
    falling = shop.searcher.search(Query(sort="price_high", limit=20)).hits
    assert falling[0].product.id == "coat"


def test_similar_leaves_out_the_product_itself(shop):
    ids = [hit.product.id for hit in shop.searcher.similar("mug-red", 3)]
    assert len(ids) == 3 and ids[0] == "mug-blue" and "mug-red" not in ids
    assert shop.searcher.similar("no such", 3) == []


def test_what_the_shop_lacks_is_not_matched(shop):
    assert shop.searcher.search(Query(text="red ceramic mug")).matched
    assert not shop.searcher.search(Query(text="violin strings")).matched


def test_searches_side_by_side_agree(shop):
    alone = found(shop, "red mug")
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: found(shop, "red mug"), range(32))) == [alone] * 32


@pytest.mark.parametrize("text", ['"red', "a:b:c", "((", "\ud800", "🦄", " ", "the", "not", "不要"])
def test_odd_queries_are_answered(shop, text):
    assert len(found(shop, text)) == 10


def test_an_empty_shop_finds_nothing(open_index):
    result = open_index().searcher.search(Query(text="mug"))
    assert result.hits == () and result.total == 0 and result.emptied is None
