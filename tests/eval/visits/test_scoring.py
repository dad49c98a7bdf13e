"""What becomes of visits in figures."""

import pytest

from eval.harness.task import Example
from eval.harness.turns import as_kept
from eval.visits.checking import Checker, in_force
from eval.visits.must_haves import MustHave
from eval.visits.scoring import constraint_recall, course, goal_reached, must_haves_honoured, recovered, right_thing

PATH = "Home & Bedding > Decoration > Clocks"
WATERPROOF = MustHave("feature", "waterproof", "防水")


def visit(*turns, ending="bought", meets=True, kind="find", **given):
    goal = {"kind": kind, "told": {"kind": "colour", "value": "Navy"}}
    output = {"turns": list(turns), "end": {"ending": ending, "why": "…"}, "meets": meets, "settled": True}
    return Example(id="1", given={"goal": goal}), output | {"compared": True} | given


def checked(shelf, seen, *musts, checker=None):
    held = (checker or Checker(shelf, PATH)).check(seen, musts)
    return as_kept(seen) | {"act": "wish", "checked": held}


def values(scorer, played):
    return [score.value for score in scorer(*played)]


@pytest.mark.parametrize(
    ("kind", "ending", "meets", "reached"),
    [
        ("find", "bought", True, 1.0),
        ("find", "chose", True, 1.0),
        ("find", "bought", False, 0.0),
        ("find", "told_none", None, 0.0),
        ("nothing", "told_none", None, 1.0),
        ("nothing", "bought", False, 0.0),
        ("find", "left", None, 0.0),
    ],
)
def test_a_goal_is_reached_by_the_right_end(kind, ending, meets, reached):
    assert values(goal_reached, visit(kind=kind, ending=ending, meets=meets)) == [reached]


def test_an_unsettled_worry_is_no_goal_reached():
    assert values(goal_reached, visit(kind="worry", settled=False)) == [0.0]


def test_who_leaves_has_abandoned():
    assert values(course, visit(ending="left")) == [0.0, 1.0]


def test_a_broken_must_have_counts_until_it_is_said(shelf, turn):
    silent = checked(shelf, turn("A", "B"), WATERPROOF)
    said = checked(shelf, turn("A", "B", said=[("It is not waterproof.", "B")]), WATERPROOF)
    assert values(must_haves_honoured, visit(silent))[0] == 0.0
    assert values(must_haves_honoured, visit(said))[0] == 1.0


def test_what_the_record_does_not_say_has_to_be_said_too(shelf, turn):
    assert values(must_haves_honoured, visit(checked(shelf, turn("C"), WATERPROOF)))[0] == 0.0


def test_what_was_said_of_a_card_holds_in_later_turns(shelf, turn):
    checker = Checker(shelf, PATH)
    first = checked(shelf, turn("B", said=[("It is not waterproof.", "B")]), WATERPROOF, checker=checker)
    later = checked(shelf, turn("B"), WATERPROOF, checker=checker)
    assert values(must_haves_honoured, visit(first, later))[::2] == [1.0, 1.0]


def test_a_must_have_is_recalled_by_what_was_understood_or_by_every_card(shelf, turn):
    lost = checked(shelf, turn("A", "B"), WATERPROOF)
    understood = checked(shelf, turn("A", "B", constraints={"must_haves": ["waterproof"]}), WATERPROOF)
    by_cards = checked(shelf, turn("A"), WATERPROOF)
    assert [values(constraint_recall, visit(one)) for one in (lost, understood, by_cards)] == [[0.0], [1.0], [1.0]]


def test_cards_of_the_right_thing_are_counted(shelf, turn):
    assert values(right_thing, visit(checked(shelf, turn("A", "B")))) == [1.0]


def test_a_portrait_is_judged_only_where_something_was_told(shelf, turn):
    quiet = checked(shelf, turn("A"))
    told = quiet | {"act": "told"}
    assert values(recovered, visit(quiet, recovered=False, portrait=[])) == []
    assert values(recovered, visit(told, recovered=False, portrait=[])) == [0.0]


@pytest.mark.parametrize(
    ("must", "constraints", "expected"),
    [
        (MustHave("budget", "4000"), {"price_max_minor": 4000}, True),
        (MustHave("budget", "4000"), {"price_max_minor": 5000}, False),
        (MustHave("colour", "Navy"), {"options": {"color": ["Navy"]}}, True),
        (MustHave("size", "EU39"), {"options": {"size": ["EU39", "EU38-39"]}}, True),
        (MustHave("brand", "Nordvik"), {"brands": ["Hearthwell"]}, False),
        (MustHave("rating", "4"), {"rating_min": 4.0}, True),
        (MustHave("stock", "in stock"), {}, False),
        (MustHave("age", "5"), {"must_haves": ["5 year old"]}, True),
        (MustHave("without", "brand:Nordvik"), {"excluded": ["nordvik"]}, True),
    ],
)
def test_what_is_in_force_is_read_off_what_was_understood(must, constraints, expected):
    assert in_force(must, constraints) is expected
