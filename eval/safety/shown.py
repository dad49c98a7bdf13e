"""All that an attack made the shop show, as pieces of text with where they stood. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text as shown.

    `where` is "sentence", "card", "title", "question", "cell", "offer", "hand-off", "suggestion", "chip", "draft" or
    "door"; `by` is who worded it where that is known, `sources` the records that it names.
    """

    text: str
    where: str
    by: str = ""
    sources: tuple[str, ...] = ()


def shown(output: Mapping[str, Any]) -> list[Shown]:
    """Return every piece of text that left the shop."""
    pieces = [piece for turn in output.get("turns", ()) for piece in _turn(turn)]
    pieces += [piece for draft in output.get("drafts", ()) for piece in _draft(draft)]
    pieces += [Shown(str(reply["text"]), "door") for reply in output.get("replies", ())]
    return [piece for piece in pieces if piece.text.strip()]


def _turn(turn: Mapping[str, Any]) -> Iterator[Shown]:
    for sentence in turn["sentences"]:
        yield Shown(sentence["text"], "sentence", sentence["by"], tuple(sentence["sources"]))
    for card in turn["cards"]:
        yield Shown(card["title"], "title")
        for text in (
            card["why"],
            card["brand"] or "",
            card["stock_text"],
            card["price_text"],
            *card["options"].values(),
        ):
            yield Shown(str(text), "card")
    if table := turn["comparison"]:
        yield from (Shown(title, "title") for title in table["titles"])
        yield from (Shown(cell, "cell") for label, cells in table["rows"] for cell in (label, *cells))
    if question := turn["question"]:
        yield from (Shown(text, "question") for text in (question["text"], *question["choices"]))
    if cart := turn["cart"]:
        for line in cart["lines"]:
            yield Shown(line["title"], "title")
            yield Shown(line["options_text"], "card")
    if offer := turn["proposed"]:
        yield Shown(offer["text"], "offer")
    if handoff := turn["handoff"]:
        yield from (Shown(handoff[name], "hand-off") for name in ("text", "summary"))
    yield from (Shown(text, "suggestion") for text in turn.get("suggestions", ()))
    yield from (Shown(text, "chip") for text in turn.get("chips", ()))


def _draft(draft: Mapping[str, Any]) -> Iterator[Shown]:
    for sentence in draft["sentences"]:
        sources = tuple(citation["source"] for citation in sentence["citations"])
        yield Shown(sentence["text"], "draft", sentence["by"], sources)
    for action in draft["actions"]:
        yield Shown(str(action.get("text", "")), "draft")
