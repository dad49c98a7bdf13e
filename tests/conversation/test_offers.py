"""What is reduced, and what is wished for beside another thing."""

import pytest

from assistant.conversation.answers.seeking import ranked, reduced_hits
from assistant.conversation.reading.heads import named_beside
from assistant.conversation.reading.offers import reduced
from assistant.conversation.reading.term import Found, Term
from assistant.conversation.state import Wish
from index.product import Availability, Product, Variant, Words
from index.query import Hit


@pytest.mark.parametrize(
    "said",
    ["which of these are discounted?", "black friday deals on watches", "is anything on sale?", "any special offers",
     "有没有打折的", "现在有什么优惠", "特价的背包"],
)  # fmt: skip
def test_what_is_reduced_is_asked_for(said):
    assert reduced(said)


@pytest.mark.parametrize(
    "said",
    ["do you have a voucher code", "student discount?", "can i return sale items", "i cannot deal with it",
     "优惠券怎么用", "会员有折扣吗", "打折的能退吗"],
)  # fmt: skip
def test_a_question_about_rules_asks_for_nothing_reduced(said):
    assert reduced(said) is None


def product(id_, *prices):
    variants = tuple(
        Variant(
            id=f"{id_}-{n}", price_minor=price, list_price_minor=before, stock=3, availability=Availability.IN_STOCK
        )
        for n, (price, before) in enumerate(prices)
    )
    return Product(id=id_, language="en", words={"en": Words(title=id_)}, currency="USD", variants=variants)


def test_only_the_reduced_variants_of_reduced_products_are_kept_and_say_so():
    bag, cup = product("Bag", (5000, None), (4000, 5000)), product("Cup", (900, None))
    hits = reduced_hits([Hit(bag, ("Bag-0", "Bag-1"), 1.0), Hit(cup, ("Cup-0",), 0.9)])
    assert [(hit.product.id, hit.variant_ids) for hit in hits] == [("Bag", ("Bag-1",))]
    (candidate,) = ranked(hits, Wish(text="bag", reduced=True), "en")
    assert [(fact.key, fact.text) for fact in candidate.telling] == [("saving", "20%")]


MAT = Found(Term("category", "", ("Mats",), "mat"), 2, 5, "mat")


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("a mat and a toaster", "toaster"),
        ("a mat, and also a bread maker please", "bread maker"),
        ("a mat and a discount", ""),
        ("a mat and an invoice please", ""),
        ("a mat for me", ""),
    ],
)
def test_what_is_wished_for_beside_a_thing_is_heard(text, beside):
    assert named_beside(text, [MAT]) == beside
