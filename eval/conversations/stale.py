"""Holds golden conversations against the shop before they are played, so that one that names what the shop no longer
has fails at once, with what to do. Plays nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.conversations.conditions import KNOWN, OF_VARIANT, RELATIVE, meeting
from eval.conversations.errors import BadGolden
from eval.conversations.golden import Golden, Turn, listed
from eval.conversations.refusing import REFUSES
from eval.conversations.shelf import Shelf, nearest

Place = tuple[str, str, int]
OF_ORDERS = ("number", "status", "tracking")
OF_PRODUCTS = ("price", "rating", "stock", "color", "size")
"""What a reply can tell beside attributes."""


def check(golden: Golden, shelf: Shelf) -> None:
    """Check that a conversation asks for nothing that the shop does not have.

    Raises:
        BadGolden: it does; the message names the first such thing.
    """
    shown = False
    for number, turn in enumerate(golden.turns, start=1):
        place = golden.place(number)
        _check_places(turn, place, shown=shown)
        for title in _titles(turn):
            _check_known("title", title, sorted(shelf.by_title), place)
        if isinstance(cards := turn.checks.get("cards"), dict):
            _check_cards(cards, place, shelf, wanted=True)
        if "none_of" in turn.checks:
            _check_cards(turn.checks["none_of"], place, shelf, wanted=False)
        for name in listed(turn.checks.get("has_category")):
            _check_known("category", name, sorted(shelf.names["category"]), place)
        _check_policies(turn, place, shelf)
        _check_told(turn, place, shelf, of_order=golden.who is not None)
        if turn.checks.get("refuses") not in REFUSES:
            raise BadGolden(place, turn.checks["refuses"], "is no kind of refusal", do="write true or may")
        shown = shown or turn.shows


def _titles(turn: Turn) -> Iterator[str]:
    """Yield every title that a turn names."""
    pointed = [one.get("of") for one in (*listed(turn.checks.get("tells")), *listed(turn.checks.get("cart")))]
    for one in (*listed(turn.checks.get("has")), *pointed, *listed(turn.checks.get("compares"))):
        if isinstance(one, str):
            yield one


def _check_places(turn: Turn, place: Place, *, shown: bool) -> None:
    """Check that "the second" has something to be the second of."""
    cards = turn.checks.get("cards")
    relative = isinstance(cards, dict) and any(name in cards for name in RELATIVE)
    pointed = [one.get("of") for one in (*listed(turn.checks.get("tells")), *listed(turn.checks.get("cart")))]
    pointed += [one for one in listed(turn.checks.get("compares")) if one is not True]
    if not shown and (relative or any(isinstance(one, int) for one in pointed)):
        advice = "let an earlier turn ask for cards, or name a title"
        raise BadGolden(place, turn.say, "points at products that no earlier turn shows", do=advice)


def _check_known(kind: str, name: Any, known: list[str], place: Place) -> None:
    if name not in known:
        raise BadGolden(place, name, f"is no {kind} of the shop", do=nearest(str(name), known))


def _check_cards(conditions: Mapping[str, Any], place: Place, shelf: Shelf, *, wanted: bool) -> None:
    """Check the names in conditions, and that the shop has such products, or has none."""
    if extra := sorted(set(conditions) - KNOWN):
        raise BadGolden(place, extra[0], "is no condition on cards", do=f"use {', '.join(sorted(KNOWN))}")
    for part in (conditions, conditions.get("not", {})):
        for kind in ("category", "brand", "color", "size"):
            for name in listed(part.get(kind)):
                _check_known(kind, name, sorted(shelf.names[kind]), place)
        for name in part.get("attributes", {}):
            _check_known("attribute", name, sorted(shelf.names["attributes"]), place)
    found = meeting(shelf.products.values(), conditions)
    if wanted and not found:
        advice = "loosen the conditions, or say that the shop must refuse"
        raise BadGolden(place, dict(conditions), "is no product of the shop", do=advice)
    if not wanted and found:
        advice = "ask for what the shop does not have"
        raise BadGolden(place, dict(conditions), f"is in the shop ({found[0].title!r})", do=advice)


def _check_policies(turn: Turn, place: Place, shelf: Shelf) -> None:
    told = [one for one in listed(turn.checks.get("tells")) if "policy" in one]
    for name in (*listed(turn.checks.get("cites")), *(one["policy"] for one in told)):
        for language in ("en", "zh"):
            _check_known(f"paragraph of the policies ({language})", name, sorted(shelf.paragraphs[language]), place)
    for one in told:
        if one["says"] not in shelf.paragraphs[turn.language][one["policy"]]:
            advice = f"read {one['policy']} in {turn.language} and write what it says"
            raise BadGolden(place, one["says"], f"is not in the paragraph {one['policy']!r}", do=advice)


def _check_told(turn: Turn, place: Place, shelf: Shelf, *, of_order: bool) -> None:
    for one in listed(turn.checks.get("tells")):
        if "order" in one:
            if not of_order:
                raise BadGolden(place, one["order"], "is of no order", do="write who: with the order it is about")
            _check_known("fact of an order", one["order"], list(OF_ORDERS), place)
        elif "of" in one:
            _check_fact(one, place, shelf)
        elif "policy" not in one:
            raise BadGolden(place, one, "tells of nothing", do="write of:, order: or policy:")


def _check_fact(told: Mapping[str, Any], place: Place, shelf: Shelf) -> None:
    what, of = told.get("what"), told["of"]
    if what in OF_PRODUCTS:
        if isinstance(of, str) and what in OF_VARIANT and what != "stock" and not shelf.by_title[of].options(what):
            raise BadGolden(place, what, f"is nothing that {of!r} comes in", do="ask for another fact")
        return
    record = shelf.by_title[of].words["en"].attributes if isinstance(of, str) else shelf.names["attributes"]
    _check_known("fact of the product" if isinstance(of, str) else "attribute", what, sorted(record), place)
    if isinstance(of, str) and (part := told.get("says")) is not None:
        stated = shelf.by_title[of].words["en"].attributes[str(what)]
        if part not in stated:
            raise BadGolden(place, part, f"is no part of {what}: {stated!r}", do="write a part of what the record says")
