"""Makes an article of a resolved conversation, where an agent answered what the shop's texts do not.

The question becomes the title, the reply the body, both without what tells of a person. Whether it is true and well
said is for a person to decide: nothing here reaches a shopper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from assistant.service.knowledge.anonymous import anonymous
from assistant.service.knowledge.questions import asked_in
from assistant.store.article_proposals import Proposal
from assistant.store.tickets import Message, Ticket

SHORTEST = {"en": 40, "zh": 14}
"""Characters that a reply has at least to explain anything."""
LONGEST_TITLE = 140
_GREETING = re.compile(
    r"^\s*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[^\n,.!]{0,40}[,.!]"
    r"|(?:您好|你好|尊敬的|亲爱的)[^\n，,。！!]{0,16}[，,。！!：:])\s*",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\n?\s*(?:(?:(?:kind|best|warm)\s+)?(?:regards|wishes)|sincerely|cheers|yours(?:\s\w+)?|all the best|best"
    r"|[—–-]{1,2}\s?[A-Z]\w+"
    r"|祝好|此致|敬上|顺祝商祺)[,，!！.。]?(?:\s+[^\n.?!。]{1,40}){0,2}\s*$",
    re.IGNORECASE,
)
_THANKS = re.compile(r"^\s*(?:thank(?:s| you)[^.!\n]{0,60}[.!]|感谢您?[^。！\n]{0,20}[。！])\s*", re.IGNORECASE)


def proposals(
    ticket: Ticket,
    messages: Iterable[Message],
    *,
    known: Iterable[tuple[str, str]],
    answered: Callable[[str, str], bool],
) -> Iterator[Proposal]:
    """Yield an article for each question of a conversation that an agent answered and the shop's texts do not.

    `known` are names and addresses of those who wrote, to be taken out; `answered` tells whether the texts answer a
    question in a language.
    """
    theirs, language = tuple(known), ticket.language
    for question, reply in _exchanges(messages):
        title = asked_in(anonymous(question, language, known=theirs))[:LONGEST_TITLE]
        body = anonymous(_body(reply), language, known=theirs)
        enough = len(body) >= SHORTEST.get(language, SHORTEST["en"])
        if title and enough and not answered(title, language):
            yield Proposal(ticket_id=ticket.id, language=language, title=title, body=body)


def _exchanges(messages: Iterable[Message]) -> Iterator[tuple[str, str]]:
    """Yield what the shopper asked and what agents wrote to it: the latest message that asks, and all replies to it."""
    question, replies = "", list[str]()
    for one in messages:
        if one.author == "shopper":
            if replies:
                yield question, "\n".join(replies)
                question, replies = "", []
            # A question stays the one that is answered though "hello?" or a word of thanks follows it.
            question = one.text if asked_in(one.text) or not question else question
        elif one.author == "agent" and question:
            replies.append(one.text)
    if replies:
        yield question, "\n".join(replies)


def _body(reply: str) -> str:
    """Return a reply without its greeting and its signature."""
    text = reply.strip()
    for pattern in (_GREETING, _THANKS, _SIGNED):
        text = pattern.sub("", text)
    return text.strip()[:1].upper() + text.strip()[1:]
