"""What is scored of a golden conversation, kind by kind."""

from eval.conversations.scoring import kinds, success
from eval.harness.task import Example

EXAMPLE = Example(id="cart/one", given={})
CHECKS = [
    {"turn": 1, "name": "cart", "held": True, "why": ""},
    {"turn": 2, "name": "cart", "held": False, "why": "the cart holds 2 of A-1, not 1 of A"},
    {"turn": 2, "name": "record", "held": False, "why": "A-1 is shown at another price or stock than it has"},
    {"turn": 2, "name": "language", "held": True, "why": ""},
]


def scored(scorer):
    return {one.name: one.value for one in scorer(EXAMPLE, {"checks": CHECKS, "turns": [{}, {}]})}


def test_each_kind_of_check_is_counted_for_itself():
    assert scored(kinds) == {"check.cart": 0.5, "record": 1, "language": 0}


def test_one_check_that_fails_fails_the_conversation():
    assert scored(success)["success"] == 0.0 and scored(success)["checks"] == 0.5
