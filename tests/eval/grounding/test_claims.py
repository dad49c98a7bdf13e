"""The evaluation's checker must see lies and let truths pass; each line here is one sentence of either kind."""

import pytest

from eval.grounding.claims import Checker
from eval.grounding.truth import of_product, of_text
from index.product import Availability, Product, Review, Variant, Words

PACK = Product(
    id="pack",
    words={
        "en": Words(
            title="Trail Pack 30 L",
            description="A light backpack in recycled nylon. Not waterproof.",
            category=("Bags", "Backpacks"),
            attributes={
                "Material": "Recycled nylon",
                "Waterproof": "No",
                "Weight": "900 g",
                "Laptop": "Up to 15 inches",
            },
        ),
        "zh": Words(
            title="山径背包30升",
            description="再生尼龙轻便背包，不防水。",
            attributes={"材质": "再生尼龙", "防水": "否", "重量": "900克"},
            option_values={"Red": "红色"},
        ),
    },
    brand="Norrvik",
    currency="USD",
    variants=(
        Variant(
            id="pack-red",
            options={"color": "Red"},
            price_minor=5999,
            list_price_minor=7999,
            stock=3,
            availability=Availability.IN_STOCK,
        ),
    ),
    rating=4.4,
    rating_count=12,
)
SOFA = Product(
    id="sofa",
    words={
        "en": Words(title="Sofa", attributes={"Material": "Velvet"}),
        "zh": Words(title="沙发", attributes={"材质": "丝绒"}),
    },
    brand="Hale Home",
    variants=(Variant(id="sofa-teal", options={"color": "Teal"}, price_minor=100),),
)
REVIEWS = [
    Review(
        id="r1",
        product_id="pack",
        rating=5,
        title="Great",
        body="Straps are comfy on long walks.",
        author="A",
        language="en",
        written_on="2026-01-02",
    )
]

TRUE = [
    "The Trail Pack 30 L costs $59.99 and weighs 0.9 kg.",
    "It is not waterproof.",
    "Rated 4.4 out of 5 by 12 customers, it was $79.99 before.",
    "It is 25% off and in stock, with only 3 left.",
    "It fits laptops up to 15 inches, or about 38 cm.",
    'One buyer wrote: "Straps are comfy on long walks."',
    "The record does not say whether it is windproof.",
    "It comes in red.",
    "You asked for under $70: this one is $59.99.",
    "山径背包30升售价59.99美元，有货，不防水。",
    "评分4.4分，共12条评价，颜色是红色。",
    "记录没有说明是否防风。",
]
FALSE = [
    ("It costs $49.99.", "money"),
    ("It is waterproof.", "feature"),
    ("It weighs 12 oz.", "number"),
    ("Rated 4.9 stars.", "rating"),
    ("Loved by 500 customers.", "count"),
    ("It is the cheapest backpack.", "superlative"),
    ("It has free shipping.", "promise"),
    ("It is made by Hale Home.", "brand"),
    ("It is a velvet bag.", "feature"),
    ("It is sold out.", "stock"),
    ("It is 40% off.", "percent"),
    ('One buyer wrote: "The best bag of my life."', "quote"),
    ("It fits laptops up to 17 inches.", "number"),
    ("这款背包防水。", "feature"),
    ("只要39.99美元。", "money"),
    ("本店包邮。", "promise"),
    ("评分4.9分。", "rating"),
    ("已售罄。", "stock"),
    ("材质是丝绒。", "feature"),
]


@pytest.fixture(scope="module")
def checker():
    return Checker([PACK, SOFA])


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_sentence_has_no_unsupported_claim(checker, sentence):
    claims = checker.claims(sentence, of_product(PACK, REVIEWS), said="a backpack under $70")
    assert [claim for claim in claims if not claim.supported] == []


def test_what_is_denied_is_claimed_in_neither_language(checker):
    sofa = of_product(SOFA)
    for sentence in ("Waterproof: no.", "防水：否。"):
        assert all(claim.supported for claim in checker.claims(sentence, sofa) if claim.kind == "feature")
    assert not all(claim.supported for claim in checker.claims("防水：是。", sofa))


@pytest.mark.parametrize("sentence", ["沸水煮11分钟。", "噪音 68 分贝。", "游戏时长 30 分钟。"])
def test_minutes_and_decibels_are_no_rating(checker, sentence):
    assert "rating" not in {claim.kind for claim in checker.claims(sentence, of_product(PACK, REVIEWS))}


@pytest.mark.parametrize(("sentence", "kind"), FALSE)
def test_a_lie_is_seen_for_what_it_is(checker, sentence, kind):
    claims = checker.claims(sentence, of_product(PACK, REVIEWS))
    assert kind in {claim.kind for claim in claims if not claim.supported}


def test_a_policy_is_held_to_its_own_numbers(checker):
    truth = of_text("Returns", "You can send things back within 30 days for a refund.")
    assert all(claim.supported for claim in checker.claims("You have 30 days for a refund.", truth))
    assert not all(claim.supported for claim in checker.claims("You have 60 days for a refund.", truth))


def test_what_the_shopper_said_is_no_licence_for_a_feature(checker):
    claims = checker.claims("It is waterproof.", of_product(PACK), said="is it waterproof?")
    assert any(not claim.supported for claim in claims)
