"""A shopper reads what is shown and reacts as a person would."""

import random

import pytest

from eval.visits.acts import Act, End
from eval.visits.goals import Goal
from eval.visits.must_haves import MustHave
from eval.visits.shopper import PATIENCE, Shopper

PATH = "Home & Bedding > Decoration > Clocks"
NAVY = MustHave("colour", "Navy", "藏青色")
BUDGET = MustHave("budget", "4000")


def shopper(shelf, *musts, kind="find", mood="plain", seed=1, **given):
    goal = Goal(kind=kind, path=PATH, musts=musts, shelf=() if kind == "nothing" else ("A",), **given)
    one = Shopper(goal, shelf, language="en", mood=mood, chance=random.Random(seed))
    one._curious = one._thrifty = one._only_chooses = False
    return one


def until(one, kind, seen):
    """Answer every act with the same turn until the shopper does something of a kind, or ends."""
    act = one.opening()
    for _ in range(20):
        if isinstance(act, End) or act.kind == kind:
            return act
        act = one.next(seen)
    raise AssertionError(f"never came to {kind}")


def test_everything_that_must_be_so_is_stated_before_the_choice(shelf, turn):
    one = shopper(shelf, NAVY, BUDGET)
    pick = until(one, "pick", turn("A-Navy"))
    assert pick.product_id == "A"
    assert one.stated and set(one.stated) == {NAVY, BUDGET}


def test_what_is_in_the_cart_ends_the_visit(shelf, turn):
    one = shopper(shelf, NAVY)
    until(one, "pick", turn("A-Navy"))
    end = one.next(turn(cart="A-Navy"))
    assert (end.ending, end.product_id, end.variant_id) == ("bought", "A", "A-Navy")


def test_a_card_that_breaks_a_must_have_is_rejected_with_the_reason(shelf, turn):
    act = until(shopper(shelf, BUDGET), "reject", turn("B"))
    assert isinstance(act, Act)
    assert "40" in act.message


def test_who_wants_what_is_not_there_leaves_when_told_so(shelf, turn):
    one = shopper(shelf, BUDGET, kind="nothing")
    end = until(one, "pick", turn(said=["I am sorry, we have nothing that fits your wish."]))
    assert end.ending == "told_none"


def test_who_wants_what_is_there_does_not_believe_it_at_once(shelf, turn):
    one = shopper(shelf, BUDGET)
    sorry = turn(said=["I am sorry, we have nothing that fits your wish."])
    assert until(one, "restate", sorry).kind == "restate"
    assert one.next(sorry).ending == "told_none"


def test_nobody_waits_for_ever(shelf, turn):
    end = until(shopper(shelf, BUDGET, mood="impatient"), "never", turn(said=["Hm."]))
    assert end.ending in ("left", "out_of_patience")


def test_patience_runs_out(shelf, turn):
    one = shopper(shelf, BUDGET)
    act = one.opening()
    one._vain = -100
    count = 1
    while isinstance(act, Act):
        act, count = one.next(turn("B")), count + 1
    assert act.ending == "out_of_patience"
    assert count <= PATIENCE["plain"] + 2


def test_a_size_that_is_asked_for_is_answered_by_the_must_have(shelf, turn):
    one = shopper(shelf, MustHave("size", "EU39"))
    one._screen._products = shelf
    until(one, "pick", turn("A-Navy"))
    act = one.next(turn(asks="Which size would you like?", choices=("Size EU38", "Size EU39")))
    assert act.kind == "option"
    assert "EU39" in act.message


def test_a_worry_is_settled_only_by_a_rule_of_the_shop(shelf, turn):
    one = shopper(shelf, NAVY, kind="worry", worry="returns")
    until(one, "worry", turn("A-Navy"))
    assert not one.settled
    one.next(turn(said=["You can return it within 30 days."], rules=True))
    assert one.settled


def test_a_change_of_mind_replaces_what_was_stated(shelf, turn):
    black = MustHave("colour", "Black", "黑色")
    one = shopper(shelf, NAVY, mood="wavering", revised=(NAVY, black))
    act = until(one, "revise", turn("A-Navy"))
    assert "black" in act.message
    assert one.stated == [black]


@pytest.mark.parametrize("mood", ["plain", "careless", "polite"])
def test_the_same_chance_plays_the_same_visit(shelf, turn, mood):
    played = []
    for _ in range(2):
        one = shopper(shelf, NAVY, BUDGET, mood=mood, seed=9)
        messages, act = [], one.opening()
        while isinstance(act, Act):
            messages.append(act.message)
            act = one.next(turn("A-Navy"))
        played.append(messages)
    assert played[0] == played[1]
