"""A turn as one JSON object for scripts, and a chat in the terminal. Knows no settings and no stores."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from anyio.to_thread import run_sync
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.conversation.parts import (
    ActionProposed,
    Card,
    Cards,
    CartShown,
    Comparison,
    Done,
    Handoff,
    Part,
    Question,
    Sentence,
    Suggestions,
    Understood,
)
from assistant.conversation.turn import Conversation, TurnRequest


async def printed(conversation: Conversation, request: TurnRequest) -> dict[str, Any]:
    """Return a whole turn as one object, with the keys that scripts rely on."""
    return as_object([part async for part in conversation.turn(request)])


def as_object(parts: list[Part]) -> dict[str, Any]:
    """Return the parts of a turn as one object."""
    told: dict[str, Any] = {
        "reply": _reply(parts),
        "language": "",
        "intent": "",
        "constraints": {},
        "products": [],
        "citations": [],
        "actions": [],
        "handoff": None,
        "question": None,
        "comparison": None,
        "suggestions": [],
        "trace": {},
    }
    for part in parts:
        if isinstance(part, Understood):
            told |= {"language": part.language, "intent": part.intent, "constraints": dict(part.constraints)}
        elif isinstance(part, Cards):
            told["products"] = [_product(card) for card in part.cards]
            told["comparison"] = asdict(part.comparison) if part.comparison else None
        elif isinstance(part, Sentence):
            told["citations"] += [asdict(one) for one in part.citations if asdict(one) not in told["citations"]]
        elif isinstance(part, CartShown):
            told["actions"].append({"name": "cart", **asdict(part)})
        elif isinstance(part, ActionProposed):
            told["actions"].append({"name": part.name, "arguments": dict(part.arguments), "text": part.text})
        elif isinstance(part, Question):
            told["question"] = asdict(part)
        elif isinstance(part, Handoff):
            told["handoff"] = asdict(part)
        elif isinstance(part, Suggestions):
            told["suggestions"] = list(part.texts)
        elif isinstance(part, Done):
            told["trace"] = dict(part.trace)
    return told


def _reply(parts: list[Part]) -> str:
    return " ".join(part.text for part in parts if isinstance(part, Sentence | Question | Handoff))


def _product(card: Card) -> dict[str, Any]:
    """Return a card with the price in the currency's main unit, as text, so that no digit is lost."""
    return {
        "id": card.product_id,
        "variant_id": card.variant_id,
        "title": card.title,
        "price": card.price_text,
        "price_minor": card.price_minor,
        "currency": card.currency,
        "in_stock": card.in_stock,
        "reason": card.why,
    }


async def chat(conversation: Conversation, request: TurnRequest, console: Console | None = None) -> None:
    """Talk until an empty line or the end of input. Parts are printed as they arrive."""
    console = console or Console()
    console.print("[dim]An empty line ends the chat.[/dim]")
    await run_sync(conversation.prepare)
    while line := (await run_sync(_line, console)).strip():
        async for part in conversation.turn(replace(request, message=line)):
            _show(part, console)


def _line(console: Console) -> str:
    try:
        return console.input("[bold cyan]› [/bold cyan]")
    except EOFError:
        return ""


def _show(part: Part, console: Console) -> None:
    if isinstance(part, Understood) and part.chips:
        console.print("  ".join(f"[reverse] {escape(chip.label)} [/reverse]" for chip in part.chips))
    elif isinstance(part, Cards):
        console.print(_cards(part) if part.comparison is None else _table(part.comparison))
    elif isinstance(part, Sentence | Handoff):
        console.print(escape(part.text))
    elif isinstance(part, Question):
        console.print(f"[bold]{escape(part.text)}[/bold] {escape(' · '.join(part.choices))}")
    elif isinstance(part, CartShown):
        lines = [f"{line.quantity} × {line.title} {line.options_text} {line.price_text}" for line in part.lines]
        console.print(escape("\n".join([*lines, part.total_text, part.checkout_url or ""])))
    elif isinstance(part, Suggestions):
        console.print(f"[dim]{escape(' · '.join(part.texts))}[/dim]")


def _cards(part: Cards) -> Table:
    table = Table(show_header=False, box=None)
    for place, card in enumerate(part.cards, start=1):
        stars = f"{card.rating:.1f} ★" if card.rating is not None else ""
        table.add_row(str(place), escape(card.title), card.price_text, stars, card.stock_text, escape(card.why))
    return table


def _table(comparison: Comparison) -> Table:
    table = Table("", *(escape(title) for title in comparison.titles))
    for label, cells in comparison.rows:
        table.add_row(escape(label), *(escape(cell) for cell in cells))
    return table
