"""Adds to what a message says the kinds of thing that its need is served by, where it names none that it wants.

"My coffee is always cold when I get to work" names coffee and wants a travel mug. What the shop has not is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.intention.asking_of import questions
from assistant.conversation.intention.goingon import describes
from assistant.conversation.reading import uses
from assistant.conversation.reading.framing import content, core
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.wished import wish_of
from assistant.conversation.reading.wishing import YOUNG, asks_thing
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding
from index.embed import Embedder

OUTSIDE = 0.65
"""How likely a kind must be where the message looks like nothing of a shop's: of 90 such, none gets as far."""
OUTSIDE_TOLD = 0.5
"""The same where the message is told as a need is."""
SURER = 0.75
"""How likely a kind must be that is wanted after another thing, or in place of the thing that a message names."""
SURE_ENOUGH = 0.85
"""How likely a kind must be where a message names a thing and tells of somebody, and no need in so many words."""
MENTIONED = 0.6
"""How likely a kind must be where a message only speaks of a thing, or names one that we do not know."""
FEWEST, FEWEST_HAN = 3, 7
"""Words (characters) in which a need is told at least: fewer name a thing, which the shop has or has not."""
_NEEDS = re.compile(
    r"\b(?:my|our|his|her|the \w+'s)\s+\w+(?:'s)? (?:\w+ )?"
    r"(?:is|are|was|goes|go|gets?|keeps?|hurts?|needs?|falls?|feels?|has|have)\b|"
    r"\b(?:i|we|he|she|they) (?:always|keep|often|never|can'?t|cannot|hate|get|have to|struggle)\b|"
    r"\b(?:something|anything|what'?s good|what (?:can|could|should|do|shall) i|how (?:can|do|could) (?:i|we))\b|"
    r"用(?:什么|啥)|怎么(?:办|才|能|样才)|[老总]是|经常|容易|怕|没地方|不(?:方便|舒服)|(?:什么|啥)(?:好|比较|合适|能)",
    re.IGNORECASE,
)
"""How a need is told."""
_WANTS = re.compile(
    r"\b(?:an?|any|some|new|another|one)\s+(?:(?!(?:way|chance|idea|tips?|advice|to|for)\b)[\w-]+\s+){0,3}$|"
    r"(?:买|要|来|有|找|求|换|看)(?:了?一?[个把双条件台只款套张顶]|点|些)?[^，。,]{0,4}$",
    re.IGNORECASE,
)
"""What stands before the name of the thing that is wanted."""
_MENTIONS = re.compile(
    r"\b(?:my|our|his|her|their|your|the|this|that|these|those|to|"
    r"(?!(?:wo)?m[ae]n's|(?:kid|boy|girl|child(?:ren)?|lad(?:y|ies)|chef|baby)'s)\w+'s)\s+(?:[\w-]+\s)?$|我们?(?:的|家)?$|这[个双条件台]?$",
    re.IGNORECASE,
)
"""What stands before the name of a thing that is only spoken of: "my shoes get soaked", "to top it up"."""
_ASKED = re.compile(
    r"(?:\b(?:show me|find me|looking for|look for|do you (?:have|sell|stock)|have you got|i'?d like|recommend)\s+|"
    r"^\W*(?:(?:hi|hello|hey|please)\W+)*)(?:[\w'-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""What stands before the thing that a message asks for or begins with: "men's jeans in black"."""
_TO_KNOW = re.compile(
    r"^\W*(?:(?:hi|hello|hey|please|so|and|ok)\W+)*(?:(?:can|could) you (?:please )?)?"
    r"(?:who|whose|when (?:is|was|were|did|do|does|will)|why|will|did|has|remind|turn|switch|dim|tell me|write|explain|"
    r"how (?:many|far|tall|old|long|deep))\b|"
    r"\b(?:how (?:do|can|should|to)(?: i| you| we)?|(?:best|right) way to)(?: \w+ly)? "
    r"(?:boil|cook|bake|roast|fry|grow|train|teach|learn|fix|repair|remove|get rid|become|get an?)\b|"
    r"怎么(?:做|养|煮|炒|修|教|学|去除)|"
    r"^\W*(?:谁|提醒我|记得提醒|讲|解释|[把帮].{0,12}[关开]了?$)|为什么|为啥|你(?:平时)?(?:最)?喜欢",
    re.IGNORECASE,
)
"""What asks to know or to have something done, where a need would tell what is wrong or what it is for."""
_OF_SOMEBODY = re.compile(r"\b(?:i|we|my|our|he|she|they|his|her)\b|[我他她]", re.IGNORECASE)
_WEARS = re.compile(
    r"\b(?:something|anything|what (?:can|could|should|to)(?: i)?|things?|need|want|nothing) (?:\w+ )?(?:to )?wear\b|"
    r"穿(?:什么|啥|点)",
    re.IGNORECASE,
)
WORN = frozenset(
    {"raincoat", "parka", "sweater", "hoodie", "leggings", "running shoes", "hiking boots", "rain boots", "slippers"}
    | {"baby bodysuit", "sandals", "loafers", "blazer", "dress", "pyjamas", "boxer briefs", "helmet"}
)
"""Kinds of thing that are worn, of which alone something to wear is one."""
_GROWN = {"raincoat": "waterproof jacket"}
"""What a kind is asked for as where no child is spoken of: shops call raincoats what children wear."""
_TASK = re.compile(
    r"\b(?:write|compose|translate|solve|explain|summari[sz]e|calculate|code|sing|draw|paint|"
    r"make up|invent|tell)\b(?: (?:me|us|him|her))? (?:an?|some|this|the|my|about|how|why|what)\b|"
    r"\bhelp (?:me )?with (?:my |an? |some )?(?:homework|essay|maths?|exam|code|cv|thesis)\b|"
    r"写(?:一?[首篇个段封]|点)|翻译|解释一?下|算一?下|讲一?个|编一?[个首段]|画一?[张幅个]",
    re.IGNORECASE,
)
"""Gives the assistant a task of its own: "write me a poem about spring"."""
_SEEKS = re.compile(r"\b(?:something|anything|any way|what (?:can|could|should|would))\b", re.IGNORECASE)
_NAMES_HAN = re.compile(
    r"(?:买|要|来|有|找|求|没有)(?:一?[个把双条件台只款套张顶]|点|些)?[\u4e00-\u9fff]{1,6}?(?<!的)(?:吗|呢|吧|么)?[？?。！!]*$"
)


def with_uses(
    found: Understanding, state: State, lexicon: Lexicon, embedder: Embedder | None, *, outside: bool = False
) -> Understanding:
    """Return the understanding with wishes for what likely serves the need that is told; as it is where none is.

    `outside` says that the message looks like nothing that a shop can help with.
    """
    asks = outside and (_TASK.search(found.message) or _TO_KNOW.search(found.message))
    if asks or not _may_need(found, state):
        return found
    named = set(found.wish.categories)
    doubted = OUTSIDE_TOLD if _NEEDS.search(found.message) else OUTSIDE
    least = max(_least(found, state), doubted if outside else 0.0)
    kinds = _served(found, embedder, least=least)
    grown = found.language != "zh" and not YOUNG.search(found.message.lower())
    ideas = [wish for kind in kinds if (wish := _wish(kind, found.language, lexicon, grown=grown)).categories]
    if not ideas:
        return found
    if named and not named & set(ideas[0].categories):
        labels = {key: label for key, label in found.wish.labels.items() if not key.startswith("category:")}
        found = replace(found, wish=replace(found.wish, categories=(), labels=labels), named=(), doubtful=(), wishes=())
    return replace(found, ideas=tuple(ideas))


def _least(found: Understanding, state: State) -> float:
    """Return how likely the first kind must be."""
    kinds = _kinds(found)
    if kinds and not (_NEEDS.search(found.message) or _only_mentions(found, kinds)):
        return SURE_ENOUGH
    if state.shown or (kinds and not _only_mentions(found, kinds)):
        return SURER
    return MENTIONED if kinds or asks_thing(found.message) else uses.LEAST


def _served(found: Understanding, embedder: Embedder | None, *, least: float) -> tuple[str, ...]:
    """Return the kinds that serve a message, or else the clause of it that seeks something for a purpose."""
    among = WORN if _WEARS.search(found.message) else frozenset()
    if kinds := uses.served(found.message, embedder, least=least, among=among):
        return kinds
    clauses = [one.strip() for one in re.split(r"[.,;!?]+", found.message) if _SEEKS.search(one)]
    if not clauses or clauses[0] == found.message.strip(" .,;!?"):
        return ()
    return uses.served(clauses[0], embedder, least=least)


def _kinds(found: Understanding) -> list[Found]:
    return [one for one in found.named if one.term.kind == "category"]


def _only_mentions(found: Understanding, kinds: Sequence[Found]) -> bool:
    """Return whether a message only speaks of the things that it names."""
    return all(_MENTIONS.search(found.message[: one.start]) for one in kinds)


def _may_need(found: Understanding, state: State) -> bool:
    """Return whether a message may tell a need: in a sentence, of no order, and of nothing that is shown already."""
    pointed = (
        (found.references and (state.shown or state.focus))
        or found.order_number
        or found.step
        or found.wish.brands
        or found.beside
    )
    asks_on = questions(found.message) or describes(found.message)
    asks_on = asks_on or (bool(found.wish.preferences) and not state.wish.empty)
    if found.ideas or pointed or state.errand.text or (state.shown and asks_on):
        return False
    said = core(found.message)
    told = len(HAN.findall(said)) >= FEWEST_HAN if HAN.search(said) else len(content(said)) >= FEWEST
    if not told or _NAMES_HAN.search(found.message):
        return False
    kinds = _kinds(found)
    wanted = any(_WANTS.search(found.message[: one.start]) for one in kinds)
    asked = any(_ASKED.search(found.message[: one.start]) for one in kinds) and not _only_mentions(found, kinds)
    if asked and not _NEEDS.search(found.message):
        return False
    tells = bool(_NEEDS.search(found.message)) or _only_mentions(found, kinds)
    return not kinds or (not wanted and (tells or bool(_OF_SOMEBODY.search(found.message))))


def _wish(kind: str, language: str, lexicon: Lexicon, *, grown: bool) -> Wish:
    """Return the wish for a kind of thing as a shopper of this language would ask for it."""
    kind = _GROWN.get(kind, kind) if grown else kind
    return wish_of(Reading(uses.called(kind) if language == "zh" else kind, lexicon))
