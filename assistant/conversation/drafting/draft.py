"""What an agent asks for, and a draft whose every fact names its source. Values and their JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from assistant.wording.evidence import Citation

Tone = Literal["plain", "warm", "formal"]
Length = Literal["short", "normal"]
TONES: tuple[Tone, ...] = get_args(Tone)
LENGTHS: tuple[Length, ...] = get_args(Length)
SURE = 0.6
"""A sentence below this is marked: an agent should look before sending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """What a draft should answer, and how.

    A ticket brings its own messages and customer; otherwise `message` is answered, for the customer of `customer_id` or
    for somebody unknown. `language` is that of the reply, the message's own where it is `None`: another one means the
    same draft in that language, from the same evidence. `tone` and `length` that are `None` follow what agents approved
    last. `apology` that is `None` apologises where the message complains. `canned` are ids of kept replies to take in.
    """

    message: str = ""
    ticket_id: str | None = None
    customer_id: str | None = None
    language: str | None = None
    tone: Tone | None = None
    length: Length | None = None
    apology: bool | None = None
    canned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """One sentence.

    `citations` say where its facts come from; without any it states no fact (`fact`). `sure` is from 0 to 1, and
    `doubt` says what it is not sure of: "intent", "order", "items", "rule", "wording", "unknown", or nothing. `by` is
    who worded it: "model", "record", "notice" (a fixed form of words), "canned" (a kept reply) or "style" (a courtesy
    from replies that agents approved).
    """

    text: str
    citations: tuple[Citation, ...] = ()
    sure: float = 1.0
    by: str = "notice"
    doubt: str = ""

    @property
    def fact(self) -> bool:
        """Whether it states a fact."""
        return bool(self.citations)

    @property
    def doubtful(self) -> bool:
        """Whether an agent should look at it before sending."""
        return self.sure < SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAction:
    """Something that the customer wants done, never done by a draft.

    `name` is the action's short name ("cancel", "return" …), `arguments` its fields. `allowed` says whether the shop's
    rules let it be done now, `None` where something is `missing` (such as "address"); `rule` and `cites` name the rule
    that forbids it. `text` is the question to the customer, what is still needed, or the refusal.
    """

    name: str
    arguments: Mapping[str, Any]
    text: str
    allowed: bool | None = None
    rule: str = ""
    cites: str = ""
    missing: tuple[str, ...] = ()
    sure: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft. `text` is what would be sent; `confidence` is from 0 to 1; `timings` are milliseconds."""

    id: str
    message: str
    language: str
    sentences: tuple[DraftSentence, ...]
    actions: tuple[ProposedAction, ...] = ()
    intents: tuple[str, ...] = ()
    confidence: float = 0.0
    tone: Tone = "plain"
    length: Length = "normal"
    ticket_id: str | None = None
    customer_id: str | None = None
    status: str = "open"
    examples: tuple[str, ...] = ()
    """Ids of approved drafts whose courtesies were taken up."""
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole reply: the greeting on a line of its own, then the rest, then the closing."""
        return composed(self.sentences, self.language)


def composed(sentences: tuple[DraftSentence, ...], language: str) -> str:
    """Return sentences as one text; the first and the last are lines of their own.

    >>> composed(tuple(DraftSentence(text=text) for text in ("Dear Ada,", "It left.", "Best wishes")), "en")
    'Dear Ada,\\n\\nIt left.\\n\\nBest wishes'
    """
    texts = [one.text.strip() for one in sentences]
    if len(texts) < 3:
        return "\n\n".join(texts)
    body = ("" if language == "zh" else " ").join(texts[1:-1])
    return f"{texts[0]}\n\n{body}\n\n{texts[-1]}"


def as_json(draft: Draft) -> dict[str, Any]:
    """Return a draft as it travels and is kept."""
    sentences = [asdict(one) | {"fact": one.fact, "doubtful": one.doubtful} for one in draft.sentences]
    return asdict(draft) | {"text": draft.text, "sentences": sentences}


def from_json(data: Mapping[str, Any]) -> Draft:
    """Return the draft that `as_json` wrote."""
    names = {name for name in Draft.__slots__ if name in data}
    known: dict[str, Any] = {name: data[name] for name in names}
    known["sentences"] = tuple(_sentence(one) for one in data["sentences"])
    known["actions"] = tuple(ProposedAction(**one | {"missing": tuple(one["missing"])}) for one in data["actions"])
    for name in ("intents", "examples"):
        known[name] = tuple(known.get(name, ()))
    return Draft(**known)


def _sentence(data: Mapping[str, Any]) -> DraftSentence:
    known: dict[str, Any] = {name: data[name] for name in DraftSentence.__slots__ if name in data}
    return DraftSentence(**known | {"citations": tuple(Citation(**one) for one in data["citations"])})
