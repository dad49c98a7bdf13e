"""Generates what the retail world's policy forbids, from its own rows: who tries what, and by which rule it must fail.

Written from `policy.md` apart from the shop's code: what is expected of each attempt is said beside it. Knows no shop.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from random import Random

from eval.service import made_up, too_late_for, whose, wrong_goods, wrong_money
from eval.service.attempt import Attempt, Rows
from eval.service.state import Tables

KINDS: tuple[Callable[[Rows], Iterator[Attempt]], ...] = (
    whose.nobody_identified,
    whose.others_orders,
    whose.others_accounts,
    whose.unknown_people,
    whose.others_payment,
    *(too_late_for.wrong_state_of(tool) for tool in too_late_for.STATES),
    too_late_for.after_other_items,
    too_late_for.twice,
    too_late_for.payment_twice,
    wrong_goods.another_product,
    wrong_goods.not_available,
    wrong_goods.the_same_option,
    wrong_goods.uneven_lists,
    wrong_goods.never_bought,
    wrong_money.other_reasons,
    wrong_money.empty_gift_cards,
    wrong_money.same_payment,
    wrong_money.refund_elsewhere,
    made_up.invented,
    made_up.invented_arguments,
    made_up.no_clear_yes,
    made_up.too_late,
)


def attempts(world: Tables, *, each: int, seed: int) -> list[Attempt]:
    """Return at most `each` attempts of every kind; the same for the same seed."""
    found = []
    for make in KINDS:
        rows = Rows(world, Random(f"{seed}:{make.__name__}"))
        found += list(itertools.islice(make(rows), each))
    return found
