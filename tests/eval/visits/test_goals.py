"""Goals are drawn from records, and their shelves hold exactly what a plain loop finds."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.shops import demo_products
from eval.visits.goals import KINDS, Shelves, goal_of, path_of
from eval.visits.must_haves import meets_all


@pytest.fixture(scope="module")
def shelves():
    return Shelves(demo_products())


@given(seed=st.integers(0, 10_000), kind=st.sampled_from(KINDS), revises=st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_shelf_holds_what_a_plain_loop_finds(seed, kind, revises):
    goal = Shelves(demo_products()).goal(random.Random(seed), kind=kind, revises=revises)
    found = {
        product.id
        for product in demo_products()
        if path_of(product) == goal.path
        and any(v.in_stock and v.price_minor is not None and meets_all(goal.last, product, v) for v in product.variants)
    }
    assert set(goal.shelf) == found
    assert bool(found) == (kind != "nothing")


def test_the_same_chance_draws_the_same_goal(shelves):
    drawn = [shelves.goal(random.Random("7/3"), kind="find", revises=True) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_a_goal_comes_back_from_json(shelves):
    goal = shelves.goal(random.Random(5), kind="compare", revises=True)
    assert goal_of(goal.as_json()) == goal


def test_what_is_revised_is_in_force_at_the_end(shelves):
    goals = (shelves.goal(random.Random(seed), kind="find", revises=True) for seed in range(20))
    old, new = next(goal.revised for goal in goals if goal.revised)
    assert old.kind == new.kind
    assert old.value != new.value
