"""The scripted shopper asks what the record can answer, refers to what was shown, and knows an answer from none."""

from assistant.conversation.parts import Card, Sentence
from eval.grounding.shopper import Shopper, holds
from eval.seen import Seen
from eval.shops import demo_products

PRODUCTS = demo_products()[:200]


def shown(product):
    variant = product.variants[0]
    return Card(
        product_id=product.id,
        variant_id=variant.id,
        title=product.title,
        brand=product.brand,
        price_minor=variant.price_minor,
        list_price_minor=None,
        currency="USD",
        price_text="",
        in_stock=True,
        stock_text="",
        rating=product.rating,
        rating_count=product.rating_count,
        image=None,
        url=None,
    )


def walk(seed, language="en", answer=""):
    shopper, asks = Shopper(PRODUCTS, language=language, seed=seed, policies=True), []
    for ask in shopper.asks():
        seen = Seen(ask.message, cards=tuple(shown(p) for p in PRODUCTS[:3]))
        if answer:
            seen.sentences.append(Sentence(answer, PRODUCTS[0].id, "model"))
        asks.append((ask, seen))
        shopper.saw(seen)
    return asks


def test_a_seed_gives_the_same_visit():
    assert [ask.message for ask, _ in walk(5)] == [ask.message for ask, _ in walk(5)]


def test_every_kind_of_question_comes_up_in_both_languages():
    for language in ("en", "zh"):
        kinds = {ask.kind for seed in range(60) for ask, _ in walk(seed, language)}
        assert kinds >= {
            "wish",
            "wish_limit",
            "attribute",
            "price",
            "stock",
            "compare",
            "refine",
            "cart_add",
            "policy",
            "absent",
        }


def test_saying_nothing_of_use_answers_no_question_about_a_product():
    for seed in range(30):
        for ask, seen in walk(seed, answer="That is a nice choice."):
            if ask.kind in ("attribute", "price", "stock", "policy"):
                assert ask.expects is not None and not ask.expects(seen), ask


def test_the_right_value_is_an_answer():
    asked = [
        (a, s) for seed in range(40) for a, s in walk(seed, answer=" ".join(PRODUCTS[0].said("en").attributes.values()))
    ]
    attributes = [ask.expects(seen) for ask, seen in asked if ask.kind == "attribute" and ask.expects]
    assert attributes and sum(attributes) > 0.9 * len(attributes)


def test_a_value_needs_its_numbers():
    assert holds("12 hours", "It runs for 12 hours.") and not holds("12 hours", "It runs for 10 hours.")


def test_a_yes_may_be_a_plural_one():
    assert holds("Yes", "The sandals are vegan.") and holds("No", "They haven't one.") and not holds("Yes", "Sandals.")
