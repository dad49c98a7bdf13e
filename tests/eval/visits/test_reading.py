"""What a shopper reads in replies."""

import pytest

from eval.visits.must_haves import MustHave
from eval.visits.reading import denied, denies, none_found

WATERPROOF = MustHave("feature", "waterproof", "防水")
NAVY = MustHave("colour", "Navy", "藏青色")
BUDGET = MustHave("budget", "4000")


@pytest.mark.parametrize(
    ("must", "text", "expected"),
    [
        (WATERPROOF, "Please note that the clock does not meet “waterproof”.", True),
        (WATERPROOF, "Whether the clock is “waterproof” is not stated.", True),
        (WATERPROOF, "The clock is waterproof.", False),
        (WATERPROOF, "请注意，挂钟不符合“防水”的要求。", True),
        (WATERPROOF, "挂钟防水。", False),
        (NAVY, "Nothing that we have is all of this at once: colour navy, the price up to $40.", True),
        (NAVY, "没有商品能同时满足：颜色为藏青色。", True),
        (NAVY, "These are the closest that we have.", False),
        (BUDGET, "It is the price up to $40.00 that nothing meets.", True),
        (BUDGET, "There are 400 of them, not more.", False),
        (MustHave("size", "EU39"), "It does not come in “39”; it comes in 40.", True),
    ],
)
def test_a_denial_names_what_it_denies(must, text, expected):
    assert denies(must, text) is expected


def test_a_sentence_about_one_product_speaks_for_it_alone(turn):
    seen = turn("A", "B", said=[("It is not waterproof.", "B")])
    assert denied(WATERPROOF, seen) == {"B"}


def test_a_sentence_about_no_product_speaks_for_all(turn):
    seen = turn("A", "B", said=["I found nothing that meets “waterproof”; these are the closest that we have."])
    assert denied(WATERPROOF, seen) == {"A", "B"}
    assert none_found(seen)


def test_a_card_says_that_it_is_out_of_stock(turn):
    assert denied(MustHave("stock", "in stock"), turn("A", "C")) == {"C"}


def test_an_offer_is_no_denial(turn):
    seen = turn("A", said=["The Nordvik Wall Clock costs $39.00; Material: Oak."])
    assert not none_found(seen)
    assert not denied(BUDGET, seen)
