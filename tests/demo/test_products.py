"""The laws of the demo shop's products, reviews included: what a shopper or another room may rely on."""

import re
import time
from collections import defaultdict

import pytest

from assistant.demo.products import grown, products
from assistant.demo.reviews import COUNT, reviews
from assistant.demo.vocabulary import VocabularyError, pair, vocabulary
from index.product import Availability

SHOP = products()
LEFTOVERS = re.compile(r"[{}<>\[\]]|\bNone\b|\bnan\b|  |~| \| |\.\.|。。|, ,|，，")


def test_the_shop_is_as_large_as_a_real_one():
    assert len(SHOP) >= 1_200
    assert len({product.said("en").category[0] for product in SHOP}) == 12
    assert len(list(vocabulary().kinds())) >= 100


def test_growing_takes_seconds_and_the_same_seed_gives_the_same_shop():
    started = time.process_time()
    grown.cache_clear()
    again = [one.product.words for one in grown(7)]
    assert time.process_time() - started < 5
    assert again == [product.words for product in SHOP]
    assert [one.product.words for one in grown(8)] != again


def test_ids_and_titles_are_unique_and_readable():
    variants = [variant.id for product in SHOP for variant in product.variants]
    assert len(set(variants)) == len(variants)
    assert len({product.id for product in SHOP}) == len(SHOP)
    assert all(re.fullmatch(r"[A-Z]{3}(-[A-Z0-9]+)+", name) for name in variants)
    for language in ("en", "zh"):
        assert len({product.said(language).title for product in SHOP}) == len(SHOP)


@pytest.mark.parametrize("product", SHOP[::7], ids=lambda product: product.id)
def test_both_languages_say_the_same(product, numbers):
    english, chinese = product.words["en"], product.words["zh"]
    assert len(english.attributes) == len(chinese.attributes) >= 3
    for one, other in zip(english.attributes.values(), chinese.attributes.values(), strict=True):
        assert numbers(one) == numbers(other), (one, other)
    assert numbers(english.description) == numbers(chinese.description)
    assert numbers(english.title) == numbers(chinese.title)
    assert len(english.category) == len(chinese.category) in (2, 3)
    assert len(english.highlights) == len(chinese.highlights) >= 3


def test_no_text_carries_leftovers_of_its_making():
    for product in SHOP:
        for words in product.words.values():
            texts = [words.title, words.description, *words.highlights, *words.attributes.values(), *words.category]
            assert [text for text in texts if LEFTOVERS.search(text) or text != text.strip()] == []
    assert [review.body for review in reviews() if LEFTOVERS.search(review.body)] == []


def test_chinese_texts_are_chinese():
    for product in SHOP:
        words = product.words["zh"]
        assert re.search(r"[一-鿿]{2}", words.title), product.id
        assert len(re.findall(r"[一-鿿]", words.description)) > len(re.findall(r"[A-Za-z]", words.description))


def test_descriptions_vary():
    assert len({product.said("en").description for product in SHOP}) > 0.99 * len(SHOP)


def test_every_value_of_an_option_has_its_chinese_word():
    for product in SHOP:
        said = product.words["zh"].option_values
        for variant in product.variants:
            color = variant.options.get("color")
            assert color is None or color in said


def test_every_variant_has_a_price_and_a_stock_that_agree_with_each_other():
    for product in SHOP:
        assert product.currency == "USD"
        assert product.variants
        for variant in product.variants:
            assert variant.price_minor is not None and variant.price_minor > 0
            assert variant.list_price_minor is None or variant.list_price_minor > variant.price_minor
            assert (variant.stock == 0) == (variant.availability is Availability.OUT_OF_STOCK)


def test_prices_stay_sane_for_their_type():
    for one in grown():
        low, high = one.draft.kind.price_minor
        factors = [factor for _, factor in one.draft.kind.sizes] or [1.0]
        cheapest, dearest = one.product.prices_minor()
        assert cheapest >= low * min(factors) * 0.7 - 150, one.product.id
        assert dearest <= high * max(factors) + 150, one.product.id


def test_some_variants_are_sold_out_and_some_reduced():
    variants = [variant for product in SHOP for variant in product.variants]
    assert 0.05 < sum(not variant.in_stock for variant in variants) / len(variants) < 0.2
    assert 0.05 < sum(variant.list_price_minor is not None for variant in variants) / len(variants) < 0.3


def test_ratings_are_those_of_the_reviews():
    stars = defaultdict(list)
    for review in reviews():
        stars[review.product_id].append(review.rating)
    assert len(reviews()) == COUNT == 10_000
    for product in SHOP:
        found = stars[product.id]
        assert product.rating_count == len(found)
        assert product.rating == (pytest.approx(sum(found) / len(found), abs=0.005) if found else None)


def test_reviews_are_in_both_languages_and_of_every_rating():
    shares = {language: sum(review.language == language for review in reviews()) / COUNT for language in ("en", "zh")}
    assert shares["en"] > 0.3 and shares["zh"] > 0.3
    assert {review.rating for review in reviews()} == {1, 2, 3, 4, 5}
    assert len({review.id for review in reviews()}) == COUNT
    assert len({review.body for review in reviews()}) > 0.6 * COUNT
    for review in reviews():
        assert review.body and review.title
        assert bool(re.search(r"[一-鿿]", review.body)) == (review.language == "zh")


def test_facts_that_exclude_each_other_do_not_meet():
    for product in SHOP:
        said = product.words["en"].attributes
        text = f"{product.title} {product.words['en'].description}".lower()
        if said.get("Waterproof", "").startswith("No"):
            assert not re.search(r"(?<!not )waterproof (?!$)", text.replace("not waterproof", "")), product.id
        if said.get("Machine washable") == "No":
            assert "straight into the washing machine" not in text
            assert "machine wash" not in said.get("Care", "").lower()
        if said.get("Vegan") == "Yes":
            material = f"{said.get('Material', '')} {said.get('Upper', '')}".lower()
            assert "leather" not in material or "vegan" in material
        if "vegan" in said.get("Dietary", "").lower():
            assert "milk" not in said["Allergens"].lower() and "egg" not in said["Allergens"].lower()
        if "gluten-free" in said.get("Dietary", "").lower():
            assert "gluten" not in said["Allergens"].lower()


def test_a_text_in_one_language_is_refused():
    with pytest.raises(VocabularyError, match="English"):
        pair("only English")
