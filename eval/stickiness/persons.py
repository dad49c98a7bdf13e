"""Whose an event is, by a plain reading of the rule: the reference's own way, apart from the store's.

An event with a customer is theirs. One with a browser alone is the customer's who is next known in that browser, at the
same moment or later; where nobody ever is, the browser itself is a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

Raw = tuple[str | None, str | None, str, datetime]
"""Customer, browser, kind and moment, as they were told."""


def told_of(raws: Iterable[Raw]) -> Iterator[tuple[str, str, datetime]]:
    """Yield (person, kind, moment) of each event."""
    known = list(raws)
    signed: dict[str, list[tuple[datetime, str]]] = {}
    for customer, browser, _, at in known:
        if customer and browser:
            signed.setdefault(browser, []).append((at, customer))
    for seen in signed.values():
        seen.sort()
    for customer, browser, kind, at in known:
        owner = customer or next((who for when, who in signed.get(browser or "", ()) if when >= at), None)
        yield (f"customer:{owner}" if owner else f"anonymous:{browser}"), kind, at
