"""Which lines of an order words mean: by their titles, by their place in the list, all but some. Knows no rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.conversation.drafting.ordered import LATEST, NAMED, ONLY, score, whole
from assistant.conversation.drafting.told_apart import places
from assistant.store.records import Order, OrderLine

Titles = Mapping[str, Sequence[str]]

_CLAUSES = re.compile(r"[,;.!?，；。！？]|\bbut\b(?! not)|但是?|不过")
_PARTS = re.compile(r"\b(?:and|plus|as well as|or)\b|[&+、]|和|跟|与|还有|以及", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"\b(?:except(?: for)?|but not|not(?= (?:the|my|this|that)\b)|without|keep(?:ing)?|leave|other than|apart from|"
    r"(?:don't|do not)(?= (?:return|send|cancel|take|include)\b))\b|"
    r"除了?|不要退|不用退|不退|不包括|不取消|留下|留着|保留",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\b(?:also|too|as well|in addition|plus)\b|^\W*and\b|也要?|还有|加上|另外", re.IGNORECASE)
_ONLY = re.compile(
    r"\b(?:only|just)\b(?! (?:got|arrived|came|received|noticed|bought|ordered)\b)|只(?!有)",
    re.IGNORECASE,
)
"""Wants one of several things that are spoken of: "I only want to send back the tin"."""
_REST = re.compile(r"\b(?:everything|all|the rest|others?|both)\b|其他|其余|别的|全部|都", re.IGNORECASE)


def meant_lines(
    text: str | Sequence[str], order: Order, titles: Titles, *, listed: bool = False
) -> tuple[tuple[OrderLine, ...], float]:
    """Return the lines of an order that a text means and how sure that is; all, unsurely, where it names none.

    Of several texts, the last first, the last that names any decides, unless it only adds to those before. `listed`
    tells that the lines were listed, so that a place in the list names one.
    """
    said = [text] if isinstance(text, str) else list(text)
    if len(order.lines) == 1:
        return order.lines, NAMED
    chosen: set[int] = set()
    left_out: set[int] = set()
    for one in said:
        wanted, unwanted = _named(one, order, titles, listed=listed)
        left_out |= unwanted - chosen
        chosen |= wanted - left_out
        if wanted and not _ADDS.search(one):
            break
        if not wanted and whole(one):
            chosen |= set(range(len(order.lines))) - left_out
            return _at(chosen, order), NAMED
    if left_out and not chosen:
        chosen = set(range(len(order.lines))) - left_out
    return (_at(chosen, order), ONLY) if chosen else (order.lines, LATEST)


def _at(chosen: set[int], order: Order) -> tuple[OrderLine, ...]:
    return tuple(line for number, line in enumerate(order.lines) if number in chosen)


def _named(text: str, order: Order, titles: Titles, *, listed: bool) -> tuple[set[int], set[int]]:
    """Return the numbers of the lines that a text wants, and of those that it leaves out."""
    wanted: set[int] = set()
    unwanted: set[int] = set()
    alone = [clause for clause, kept in _clauses(text) if not kept and _ONLY.search(clause)]
    for clause in alone:
        if found := {
            number for part in _PARTS.split(clause) for number in _lines_in(part, order, titles, listed=listed)
        }:
            return found, set()
    for clause, kept in _clauses(text):
        found = {number for part in _PARTS.split(clause) for number in _lines_in(part, order, titles, listed=listed)}
        if kept:
            unwanted |= found
        elif not (_REST.search(clause) and not found):
            wanted |= found
    return wanted, unwanted - wanted


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the clauses of a text, and whether what each names is left out."""
    for clause in _CLAUSES.split(text.lower().replace("’", "'")):
        cut = _LEFT_OUT.search(clause)
        if cut is None:
            yield clause, False
        elif cut.group()[0].isascii() or cut.group().startswith("除"):
            yield clause[: cut.start()], False
            yield clause[cut.end() :], True
        else:
            yield clause, True


def _lines_in(text: str, order: Order, titles: Titles, *, listed: bool) -> set[int]:
    scores = [score(text, line, titles) for line in order.lines]
    best = max(scores, default=0.0)
    if best > 0:
        return {number for number, one in enumerate(scores) if one >= best * 0.75}
    if not listed:
        return set()
    count = len(order.lines)
    return {count - 1 if at < 0 else at - 1 for at in places(text) if at <= count}
