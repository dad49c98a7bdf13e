"""A turn as every conversation task keeps it, so that reports and pages can open any conversation alike.

The output of a task that talks is `{"turns": [as_kept(seen), …], …}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.seen import Seen

Kept = Mapping[str, Any]


def as_kept(seen: Seen) -> dict[str, Any]:
    """Return a turn as JSON: what was said and understood, what was shown, and its whole `trace`."""
    understood = seen.understood
    return {
        "message": seen.message,
        "language": understood.language if understood else "",
        "intent": understood.intent if understood else "",
        "constraints": dict(understood.constraints) if understood else {},
        "cards": [_card(card) for card in seen.cards],
        "comparison": asdict(seen.comparison) if seen.comparison else None,
        "sentences": [
            {"text": s.text, "by": s.by, "subject": s.subject_id, "sources": [c.source for c in s.citations]}
            for s in seen.sentences
        ],
        "question": asdict(seen.question) if seen.question else None,
        "cart": asdict(seen.cart) if seen.cart else None,
        "proposed": asdict(seen.proposed) if seen.proposed else None,
        "handoff": asdict(seen.handoff) if seen.handoff else None,
        "reply_ms": round(seen.reply_ms, 1),
        "trace": dict(seen.trace),
    }


def worded(turns: Sequence[Kept]) -> list[str]:
    """Return the sentences that the language model worded."""
    return [sentence["text"] for turn in turns for sentence in turn["sentences"] if sentence["by"] == "model"]


def said(turn: Kept) -> str:
    """Return all that was said in a turn, the question included."""
    texts = [sentence["text"] for sentence in turn["sentences"]]
    return " ".join(texts + ([turn["question"]["text"]] if turn["question"] else []))


def _card(card: Any) -> dict[str, Any]:
    names = ("product_id", "variant_id", "title", "brand", "price_minor", "currency", "price_text", "in_stock")
    return {name: getattr(card, name) for name in (*names, "stock_text", "rating", "rating_count", "why")} | {
        "options": dict(card.options)
    }
