"""What one message says, as values: intent, conditions, must-haves, references, language. Reads nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.conversation.reading import conditions
from assistant.conversation.reading.changes import Change
from assistant.conversation.reading.errands import Errand
from assistant.conversation.reading.harm import Harm
from assistant.conversation.reading.references import Reference
from assistant.conversation.reading.self_told import Told
from assistant.conversation.reading.sentiment import Sentiment
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.unsaying import Unsaid
from assistant.conversation.reading.urgency import Urgency
from assistant.conversation.state import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What one message says. `wish` holds the conditions of this message alone.

    `doubtful` are words of the catalogue that may be part of a name instead ("orange" in "orange juice"): a search
    decides. `foreign` is a currency that was named and is not the shop's, `other_size` a size of a system that
    records may not use ("UK 8"). `wide` is a wish that names no thing. `unpointed` is the message in lower case without
    the words that point at products. `told` is what the shopper says of themselves, `unsaid` what of it is to be
    forgotten. `intent` may be a finer wish for service
    (`reading/intents.tsv`); `errands` are all the wishes of a message that holds several, the one of `intent` among
    them; `parts` are a wish for a thing and the questions of service beside it, each for itself. `harm` is the kind of
    harm that is asked for, or "care" for somebody in danger. `trait` is what it surely asks for of the product in
    focus, or of those shown, as far as they state it (`reading/traits.txt`), and `trait_sure` how surely. `matter` is
    what of the rules it likely asks about (`reading/matters.txt`), empty where it asks for none, and `ruled` how
    likely; `matters` are those of a message that surely asks about several, each with its clause. `wishes` are those of
    a message that names several things, `beside` is what it names beside a thing and nobody knows. `hid` says that a
    card number or the like was blanked out of the message. `whole` is the message with what its writer let go of
    ("never mind …"), `message` what is meant. `change` is what it wants changed of the cart. `ideas` are wishes for
    what may fit where no thing is named (`reading/occasions`).
    """

    message: str
    language: str
    intent: str
    sure: float = 1.0
    wish: Wish = field(default_factory=Wish)
    references: tuple[Reference, ...] = ()
    quantity: int | None = None
    order_number: str | None = None
    step: conditions.Step = ""
    doubtful: tuple[Found, ...] = ()
    foreign: str | None = None
    other_size: str = ""
    cut: bool = False
    wide: bool = False
    named: tuple[Found, ...] = ()
    unpointed: str = ""
    told: tuple[Told, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()
    parts: tuple[Understanding, ...] = ()
    errands: tuple[Errand, ...] = ()
    sentiment: Sentiment = field(default_factory=Sentiment)
    urgency: Urgency = field(default_factory=Urgency)
    harm: Harm | None = None
    trait: str = ""
    trait_sure: float = 0.0
    matter: str = ""
    ruled: float = 0.0
    matters: tuple[tuple[str, str], ...] = ()
    hid: bool = False
    wishes: tuple[Wish, ...] = ()
    beside: str = ""
    whole: str = ""
    eased: Wish | None = None
    change: Change | None = None
    ideas: tuple[Wish, ...] = ()
