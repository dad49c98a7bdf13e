"""A condition that emptied a search, as the shopper would say it. Searches nothing.

The search names the condition; how it was said is read off the wish, so that the words are the shopper's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.conversation.evidence import option_label
from assistant.conversation.state import Wish
from assistant.wording.phrases import say
from index.money import price_text
from index.query import Emptied


def condition_text(emptied: Emptied, wish: Wish, *, language: str, currency: str | None) -> str:
    """Return the condition, or all of them where no single one is to blame, in words."""
    names = [name.strip() for name in emptied.condition.split(",")]
    said = [_one(name, emptied.value, wish, language=language, currency=currency) for name in names if name != "ids"]
    return ("，" if language == "zh" else ", ").join(dict.fromkeys(text for text in said if text))


def _one(name: str, value: str, wish: Wish, *, language: str, currency: str | None) -> str:
    kind, _, of = name.partition(":")
    if kind in ("option", "attribute"):
        shown = wish.labels.get(name) or ", ".join(wish.options.get(of, ())) or value
        return say("condition_option", language, label=option_label(of, language), value=shown)
    if kind == "in_stock":
        return say("condition_in_stock", language)
    stated = _VALUES[kind](wish) if kind in _VALUES else value
    if kind in ("price_max", "price_min"):
        stated = price_text(int(stated), currency, language)
    return say(f"condition_{kind}" if kind in _VALUES else "condition_other", language, value=stated)


def _categories(wish: Wish) -> str:
    return ", ".join(wish.labels.get(f"category:{one}", one) for one in wish.categories[:1])


_VALUES: Mapping[str, Callable[[Wish], str]] = {
    "price_max": lambda wish: str(wish.price_max_minor or 0),
    "price_min": lambda wish: str(wish.price_min_minor or 0),
    "rating_min": lambda wish: f"{wish.rating_min or 0:g}",
    "excluded": lambda wish: wish.labels.get("excluded") or ", ".join(wish.excluded[:3]),
    "brands": lambda wish: ", ".join(wish.brands),
    "categories": _categories,
}
