"""Whether somebody gives up what they wanted done: "never mind", "I'll keep it", 算了不退了. Knows no action."""

from __future__ import annotations

import re

_GIVES_UP = re.compile(
    r"\bnever ?mind\b|\bforget (?:it|that|about it|the whole thing)\b|\b(?:scrap|drop|skip) (?:it|that)\b|"
    r"\bleave (?:it|that|everything)(?: as (?:it|that) is| alone| like that)?(?=\W*$)|\bdon'?t bother\b|"
    r"\b(?:i'?ll|i will|i'?d rather|i want to|i wanna|let me|let's|then|just)(?: \w+)? keep (?:it|them|that|this|"
    r"everything|the)\b|"
    r"^\W*(?:(?:no|ok|okay|actually)\W+)*keep (?:it|them|everything)\b|"
    r"^\W*(?:(?:no|ok|okay|actually)\W+)*(?:keep|use|stick with|stay with) the (?:old|current|original|same|first|"
    r"previous|existing) (?:one|address|card|size|order)\b|"
    r"\b(?:no longer|don'?t|do not) want to (?:return|cancel|change|exchange|send)\b|"
    r"\bdon'?t (?:cancel|return|change|exchange) (?:it|anything|them)\b|\bnot (?:any ?more|now|today)\W*$|"
    r"\blet'?s not\b|\b(?:keep|stick (?:to|with)|leave) the (?:old|original|current|same) (?:address|one)\b|"
    r"^(?:那|哦|好吧|嗯|唉|就|还是|不|没)*[，, ]*算了|不(?:退|换|改|取消|弄|办|存|设|保存|更新)了|"
    r"(?:还是|就|继续)(?:用|按|寄|发|照)(?:到)?(?:原来|原先|之前|以前|老|旧)(?:的|那个)?(?:那个)?(?:地址)?(?:吧|就行|"
    r"就好|好了|了|[，,。！ ])*$|先不(?:退|换|改|取消|弄|办|存|要|"
    r"用)?了?[，,。！ ]*$|"
    r"还是(?:寄|送|用)?(?:到)?原来的?(?:地址|地方|那个)|(?:维持|保持)原样|(?:还是)?(?:留着|留下)(?:吧|了|用)?|当我没说|没事了|不用(?:了|退了|换了|改了|取消了)|不(?:想|要)(?:退|换|改|"
    r"取消)了",
    re.IGNORECASE,
)
MOST_WORDS, MOST_HAN = 14, 16


def gives_up(message: str) -> bool:
    """Return whether a message gives up what its writer wanted done, and says hardly more.

    >>> gives_up("never mind, I'll keep it"), gives_up("算了 不退了"), gives_up("just the towel, keep the blocks")
    (True, True, False)
    """
    said = message.strip().replace("’", "'")
    short = len(said.split()) <= MOST_WORDS and (said.isascii() or len(said) <= MOST_HAN)
    return short and bool(_GIVES_UP.search(said)) and not re.search(r"\d{4,}", said)
