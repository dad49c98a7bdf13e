"""The liar must lie: every sentence holds a fragment that the record contradicts, and the checker sees nearly all."""

import asyncio

import pytest

from assistant.llm.contract import Message, Request, complete
from eval.grounding.claims import Checker
from eval.grounding.liar import Liar
from eval.grounding.truth import fold, of_product
from eval.shops import demo_products

PRODUCTS = demo_products()[::25]


def tell(liar, product, language):
    asked = (
        f"Facts about {product.said(language).title}:"
        if language == "en"
        else f"关于{product.said(language).title}的资料："
    )
    return asyncio.run(complete(liar, Request(messages=(Message("user", asked),))))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_fragment_is_false_of_the_product(language):
    liar = Liar(PRODUCTS, seed=3)
    for product in PRODUCTS:
        text = tell(liar, product, language)
        lie = liar.told[-1]
        assert lie.fragment in fold(text)
        record = of_product(product).text
        assert lie.fragment not in record or lie.kind in ("rating", "price", "discount", "stock"), lie


def test_the_checker_sees_through_most_of_them():
    liar, checker, seen = Liar(PRODUCTS, seed=4), Checker(PRODUCTS), 0
    for product in PRODUCTS * 3:
        text = tell(liar, product, "en")
        seen += any(not claim.supported for claim in checker.claims(text, of_product(product)))
    # What it cannot see are invented names and features outside its lexicon; those are counted by fragment.
    assert seen >= 0.75 * len(PRODUCTS) * 3


def test_the_lies_of_an_example_do_not_depend_on_those_before_it():
    first, second = Liar(PRODUCTS, seed=5), Liar(PRODUCTS, seed=5)
    tell(second, PRODUCTS[3], "en")
    told = []
    for liar in (first, second):
        liar.begin("shopper 2")
        told.append([tell(liar, product, "en") for product in PRODUCTS[:5]])
        assert len(liar.told) == 5
    assert told[0] == told[1]
