"""What a message is for, in its conversation: the classifier's guess, corrected by what the message holds.

Knows no words of its own but those that ask for a thing or put it into a cart.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.conversation.reading import intents
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.questions import wanted
from assistant.conversation.reading.references import Reference
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding

SURE = 0.34
"""Below this the classifier is unsure, and a model may be asked."""


_TAKES = re.compile(
    r"\b(?:add|put|throw|cart|basket|trolley|buy|order|purchase|check ?out|remove|delete|go with|get me|give me|"
    r"i(?:'ll| will) (?:take|have)|(?:i'd|i would) like (?:the|this|that)|take (?:it|the|this|that|one|two|both))\b|"
    r"加入|加到|加进|放进|放入|加购|购物[车袋]|下单|入手|我要(?!求)|要了|就要|来一?[个款件双]|删|移除|去掉|买(?![过的家])"
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|ok|please|hi|hello)\W+)*(?:what|what's|whats|how|is|are|does|do|did|can|could|who|"
    r"which|where|tell me|has|have)\b|[吗呢][？?]?\s*$"
)
_LIKENESS = re.compile(
    r"\b(?:something|anything|ones?|more|similar|same)\b.*\blike\b|\b(?:similar|instead of|than|alike)\b|"
    r"类似|同款|相似|[像比]"
)
_ONE: Collection[str] = frozenset({"place", "last", "cheapest", "dearest", "best", "one", "previous"})
_OVERRULED: Collection[str] = frozenset({
    "find", "refine", "more", "ask_policy", "cart_add", "smalltalk", "out_of_scope", "help", "order_status", "thanks",
    "human",
})  # fmt: skip


def intention(
    reading: Reading, found: Understanding, state: State, *, guess: intents.Guess, labels: Collection[str] = ()
) -> tuple[str, float]:
    """Return the intent and how sure it is; `labels` name the attributes of the products that were shown."""
    if chosen := _continued(found, state):
        return chosen, 1.0
    if asks_of_shown(found, state, guess=guess.intent, labels=labels):
        return "ask_product", 1.0
    return _corrected(reading, found, state, guess=guess)


def _continued(found: Understanding, state: State) -> str:
    """Return what the answer to the open question which product to add continues."""
    bare = not content(found.unpointed)
    return "cart_add" if state.asked == "cart_which" and found.references and bare else ""


def asks_of_shown(found: Understanding, state: State, *, guess: str, labels: Collection[str] = ()) -> bool:
    """Return whether a message asks something of one product that was shown, whatever it looks like otherwise."""
    if not (state.shown or state.focus) or guess not in _OVERRULED:
        return False
    if found.step or (found.wish.sort != "relevance" and not found.references) or _LIKENESS.search(found.unpointed):
        return False
    asked = wanted(found.unpointed, labels)
    if guess == "ask_policy":
        asked = [one for one in asked if one.kind in ("attribute", "offer", "opinion") or one.key == "warranty"]
        if not asked:
            return False
    strong = [one for one in asked if one.kind != "details"] if guess == "cart_add" else asked
    if not found.references:
        return state.focus is not None and _only_names(found.unpointed, labels)
    if len(found.references) > 1 or found.order_number:
        return False
    if _TAKES.search(found.message.lower()) and not (strong and _ASKS.search(found.message.lower())):
        return False
    if found.references[0].which == "focus":
        return _of_it(found.references[0], found, asked=[one.kind for one in asked], guess=guess)
    if found.references[0].which not in _ONE:
        return False
    if asked or found.references[0].which in ("one", "cheapest", "dearest", "best"):
        return bool(asked)
    if _belongs(found, found.references[0]):
        return True
    return not content(found.unpointed) and not found.wish.options and found.wish.price_max_minor is None


def _belongs(found: Understanding, reference: Reference) -> bool:
    """Return whether something of the product is meant: "第一款的…", "the … of the first one", "the first one's …"."""
    before, after = found.message[: reference.start].lower(), found.message[reference.end :].lower()
    return bool(re.match(r"的.|'s\b", after) or re.search(r"\b(?:of|about)\s+(?:the\s+)?$", before))


def _only_names(text: str, labels: Collection[str]) -> bool:
    """Return whether a message is nothing but an attribute's name ("Material?")."""
    named = [one.form.lower() for one in wanted(text, labels) if one.kind == "attribute"]
    for form in named:
        text = text.replace(form, " ")
    return bool(named) and not content(text)


def _of_it(reference: Reference, found: Understanding, *, asked: Collection[str], guess: str) -> bool:
    """Return whether "it" asks: a loose word, so that only an attribute's name or a plain question will do."""
    if found.wish.categories or found.wish.brands or guess in ("order_status", "human", "cart_add"):
        return False
    said = found.message.lower()[reference.start : reference.end]
    if said in ("this", "that") and "attribute" not in asked:
        return False
    return bool({"attribute", "offer", "opinion", "summary"} & set(asked)) and bool(_ASKS.search(found.message.lower()))


def _corrected(reading: Reading, found: Understanding, state: State, *, guess: intents.Guess) -> tuple[str, float]:
    """Return the classifier's intent, corrected by the conditions that the message states."""
    intent, sure = guess.intent, guess.sure
    if found.order_number and intent != "ask_policy" and re.search(r"\d{4}", found.order_number):
        return "order_status", 1.0
    if intent in ("find", "refine", "more", "smalltalk", "out_of_scope", "help") or sure < SURE:
        return _looking(reading, found, state, intent=intent, sure=sure)
    if intent in ("ask_product", "compare", "cart_add") and not _points_somewhere(found, state):
        about = bool(found.wish.categories or found.wish.brands)
        return ("find", sure) if about and intent != "ask_product" else (intent, sure)
    return intent, sure


def _points_somewhere(found: Understanding, state: State) -> bool:
    return bool(state.shown or state.focus)


def _looking(reading: Reading, found: Understanding, state: State, *, intent: str, sure: float) -> tuple[str, float]:
    """Return find or refine for what states conditions, by whether a thing is named anew."""
    wish = found.wish
    stated = replace(wish, text="", sort="relevance", labels={}) != Wish() or found.step != ""
    stated_more = replace(wish, text="", categories=(), sort="relevance", labels={}) != Wish() or found.step != ""
    says_more = bool(reading.rest()) and intent in ("find", "refine", "more")
    names_thing = bool(wish.categories) or (says_more and not _only_step(reading, found))
    if intent in ("smalltalk", "out_of_scope", "help") and not (stated and sure < 0.6):
        return intent, sure
    if names_thing:
        same = bool(wish.categories) and bool(set(wish.categories) & set(state.wish.categories))
        return ("refine" if same and stated_more and len(reading.rest()) <= 1 else "find"), max(
            sure, SURE
        ) if wish.categories else sure
    if stated or wish.sort != "relevance":
        return ("refine" if not state.wish.empty or state.shown else "find"), max(sure, SURE)
    return intent, sure


def _only_step(reading: Reading, found: Understanding) -> bool:
    return found.step != "" and len(reading.rest()) <= 1 and not found.wish.categories
