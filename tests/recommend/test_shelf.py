"""What a shopper may be shown: each filter is a fact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recommend.contract import Signal
from assistant.recommend.items import ItemNeighbours
from assistant.recommend.shelf import Shelf, Visit

IDS = [f"{kind}{place}" for kind in "abcdef" for place in range(10)]


@pytest.fixture(scope="module")
def model(rings):
    return ItemNeighbours.fit(rings)


def without(gone):
    return lambda asked: frozenset(asked) - gone


def ids(suggestions):
    return [one.id for one in suggestions]


@settings(deadline=None, max_examples=30)
@given(*[st.frozensets(st.sampled_from(IDS), max_size=30)] * 4, st.lists(st.sampled_from(IDS), max_size=6))
def test_nothing_gone_barred_or_bought_is_ever_shown(model, gone, barred, bought, again, history):
    shelf = Shelf(model, in_stock=without(gone), bought_again=again)
    shown = ids(shelf.suggestions(Visit(history=tuple(history), bought=bought, barred=barred), 60))
    assert len(set(shown)) == len(shown)
    expected = {item for item in IDS if item not in gone | barred | (bought - again)}
    assert set(shown) == expected - (set(history) - (bought & again))


def test_stock_is_asked_for_every_list(model):
    gone = set()
    shelf = Shelf(model, in_stock=lambda asked: frozenset(asked) - gone)
    first = ids(shelf.suggestions(Visit(history=("b2", "b3")), 3))
    gone.add(first[0])
    assert ids(shelf.suggestions(Visit(history=("b2", "b3")), 3))[0] == first[1]


def test_the_next_event_changes_the_next_list(model):
    shelf = Shelf(model, in_stock=frozenset)
    assert ids(shelf.suggestions(Visit(history=("b2",)), 1)) == ["b3"]
    assert ids(shelf.suggestions(Visit(history=("b2", "e5")), 1)) == ["e6"]


def test_a_guests_context_counts_and_gives_the_reason(model):
    first = Shelf(model, in_stock=frozenset).suggestions(Visit(context=("c4",)), 1)[0]
    assert first.id == "c5"
    assert first.reason.because == "c4" and first.reason.signal is Signal.CHOSEN_TOGETHER and first.reason.people > 1


def test_ids_that_the_model_does_not_know_are_passed_over(model):
    shelf = Shelf(model, in_stock=frozenset)
    visit = Visit(history=("unknown", "b2"), bought=frozenset({"other"}), barred=frozenset({"third"}))
    assert ids(shelf.suggestions(visit, 1)) == ["b3"]
