"""Whether a sentence says how a thing of before must be, and names no other: "it has to …", "she wears 38", "not red".

Reads a message in lower case; decides no intent.
"""

from __future__ import annotations

import re

_LEAD = r"^\W*(?:(?:and|but|also|oh|ok|okay|so|well|actually|please|hm+|yes|no|nope|sorry|ideally|preferably|just|maybe|though|wait|hang on|or|rather|then)\b\W*)*"
_NEEDS = (
    r"(?:must(?:n'?t)?|has to|have to|needs?(?: to|(?= it\b))|need to|should(?:n'?t)?|ought to|(?:is|are|'s|'re) supposed to|"
    r"(?:ca|wo|do|does)n'?t (?:be|have to)|would(?:n'?t)? (?:have|need) to|better (?:be|not))\b"
)
_OF_IT = re.compile(
    rf"{_LEAD}(?:it|they|this|that|these|those|the (?!first|second|third|last)\w+(?: \w+)?)(?:'d| would)? (?:really |also |just )?{_NEEDS}"
)
_BARE = re.compile(rf"{_LEAD}(?:also |really )*{_NEEDS}")
_TO_DO = re.compile(
    rf"{_LEAD}(?:i|we|she|he|they|my \w+)(?:'d| would|'ll| will)? (?:really |also |just )?(?:wants?|needs?|like|love|has|have|(?:has |have )?got) to "
    r"(?:be able to )?(?!be\b|buy|get|have|see|order|return|send|know|pay|cancel|change|find|check|speak|talk|ask|track|book|"
    r"complain|exchange|add|remove|compare|purchase|shop|look|browse|go\b|leave|update|delete|contact|reach|spend|think)\w+"
)
_WITH_IT = re.compile(
    rf"{_LEAD}(?:i|we|she|he|they|my \w+)(?:'d| would|'ll| will|'m| am|'re| are)?(?: only| mostly| mainly| also| always)? "
    r"(?:gonna |going to |planning to )?(?:use|using|wear|wearing|take|taking|carry|carrying|bring|put|keep|hang|ride|wash) (?:it|them|this|that)\b"
)
_OF_SOMEBODY = re.compile(
    rf"{_LEAD}(?:i|she|he|they|we|my \w+)(?:'s| is|'m| am|'re| are)? (?:usually |normally |really |also |a )*(?:wears?|takes?|hates?|dislikes?|prefers?|weighs?|measures?|size|an? (?:size )?(?:\d{{2}}|x*[sml])\b|"
    r"(?:very |quite |rather )?(?:tall|short|small|big|slim|heavy)\b)"
)
_REFUSES = re.compile(
    rf"{_LEAD}(?:not|no|nothing|none|without|neither|except|anything but|never)\b(?=\s+\w)"
    r"(?! (?:thanks|thank|worries|problem|idea|sure|that|this|these|those|the \w+ one|the first|the second|yet|now|really|bad|"
    r"more|of|mind|interested|working|today|here|at all|i|you|my|me)\b)"
)
_SERVICE = re.compile(
    r"\b(?:refund\w*|deliver\w*|arriv\w*|ship\w*|orders?|ordered|paid|returns?|returned|invoice|receipt|account|address|"
    r"call (?:me|us)|cancel\w*|replaced?|repair\w*|exchange\w*|sent|friday|monday|tomorrow|joke)\b"
)
"""What is said of an order, not of how a thing must be."""
_SO_IT = re.compile(
    rf"{_LEAD}(?:(?:it|they|this)(?:'ll| will|'s| is| are|'re| goes| stands| hangs)|(?:i|we)(?:'d|'ll| will)? (?:need|want|use|wear|take) (?:it|them|this))\b.*\b(?:so|and|but|because|,) ?(?:it|they) (?:really |also |just )?{_NEEDS}"
)
_ONE_THAT = re.compile(
    rf"{_LEAD}(?:i'd like |i want |i need |we need |show me |give me |do you have |is there |have you got )?(?:(?:an? |the |some )?ones? (?:that|which|with|without|in|for)|(?:something|anything) (?:that|which))\b(?!.*\b(?:cart|basket|order)\b)"
)
_AS_AS = re.compile(r"\bas \w+ (?:an? )?(?:\w+ ){0,2}as possible\b")
_ONES = re.compile(
    rf"{_LEAD}(?:i'd like |i want |show me |give me |do you have |is there |have you got )?(?:an?|any|some|another) (?!other\b|different\b|better\b|similar\b|new\b)(?:[\w-]+ ){{1,3}}ones?\b(?!.*\b(?:cart|basket|bag|order)\b)"
)
_BARE_ONES = re.compile(
    rf"{_LEAD}(?!(?:not|none|nothing|without|neither|which|what|the|these|those|this|that|all|any|no|other|another|more|only|i|you|we|do|does|is|are|can|add|take|"
    r"give|show|compare|remove|buy)\b)(?:(?!(?:first|second|third|fourth|last|next|same|other|right|left|middle|top|bottom|cheapest|"
    r"dearest|\w+est|every|each|of)\b)[\w-]+ ){1,4}ones?(?: (?:please|then|instead|maybe))*\W*$"
)
_WOULD_BE = re.compile(
    r"^(?!.*\b(?:it|that|this|which)\b would).*\bwould be (?:really |very |so |quite )?"
    r"(?:nice|good|great|lovely|perfect|ideal|handy|useful|helpful|best|a plus|a bonus)\W*$"
)
_SAME = re.compile(
    rf"{_LEAD}(?:the |do you have the |have you got the )?same (?:one |ones |thing |but )?(?:in|with|but)\b(?!.*\border\b)"
)
_FOR = re.compile(
    rf"{_LEAD}(?:it'?s|it is|that'?s|this is|they'?re|they are|make it) (?:actually |really |meant )?for (?!you\b|now\b|me to\b)"
)
_HAN = re.compile(
    r"^[\s，,]*(?:(?:而且|还|也|但是?|它|最好|必须|一定|要|得|需要)*(?:能够?|可以)|(?:而且|还|也|但是?|它|最好|必须|一定)*(?:不能|不会|不可以|得会?|要会)(?!太)"
    r"|(?:而且|还|也|但是?|最好|必须|一定|尽量|我|想)*(?:要|得|最好|必须|尽量)(?=[防耐抗扛够不好带有]|容易|方便|适合|支持|装得|放得|撑得|经得|是)"
    r"|(?!.{0,4}[我你您他她谁都只])[\u4e00-\u9fff]{1,3}(?<![不需想主还重就快然])(?:必须|最好|要|得)(?=[好能够防耐抗不带有大小高宽长短厚薄轻软硬稳]))"
    r"(?!.*(?:多[久少大长高宽重]|几|什么|啥|哪|怎么))(?!不能|要是|要不(?=换|还|然|就)|有没有|吗|给我|帮|推荐|便宜|退|换|送|寄|再)[^吗呢？?]{2,}$"
)
_FOR_USE_HAN = re.compile(
    r"^(?:是|要|主要|平时|就|我|想)*(?:在|放)?[\u4e00-\u9fff]{1,6}?(?:里|上|时候?|下)?(?:用|放|穿|戴|摆|挂|铺)的[吧呢。！!]*$"
)
"""Says what for or where a thing is used: 客厅用的."""
_SOMETHING = re.compile(
    rf"(?:{_LEAD}(?:i'd like |i want |we want |show me |do you have |is there |have you got |got )?|\b(?:wants?|needs?|prefers?|would like|'d like) )(?:something|anything) (?:a (?:bit|little) |really |very |more |less )?"
    r"(?!else|other|different|similar|like|cheap|better|new|wrong|broken|missing|damaged|strange|weird|happened|urgent|for\b|to\b|with\b|that\b|about\b|in\b|from\b|by\b|on\b|i\b|you\b|under\b|around\b|below\b|nice\b|good\b|is\b|was\b|not\b)"
    r"[a-z-]{3,}(?: and [a-z-]{3,}| but not [a-z-]+(?: [a-z-]+)?)?(?: please)?\W*$"
)
_IS_A = re.compile(r"\bbe (?:an?|some) $")


_FOR_WHOM = re.compile(r"\bfor (?:my|our|a|an|the|his|her|their)? ?[a-z]+")


def for_another(text: str, wished: str) -> str:
    """Return what is searched for with whom it is for now in place of whom it was for before.

    >>> for_another("actually it's for a dog", "grain free food for my kitten"), for_another("not red", "a lamp")
    ('grain free food for a dog', 'a lamp')
    """
    told, before = _FOR.search(text), _FOR_WHOM.search(wished)
    whom = _FOR_WHOM.match(text, told.end() - len("for ")) if told else None
    if whom is None:
        return wished
    return f"{wished[: before.start()]}{whom.group()}{wished[before.end() :]}" if before else f"{wished} {whom.group()}"


def says_how(text: str) -> bool:
    """Return whether a message says how a thing of before must be, or for whom, and is no question.

    >>> [says_how(t) for t in ("it has to survive rain", "needs to fit a 15 inch laptop", "she wears 38", "not lavender, she hates it")]
    [True, True, True, True]
    >>> [says_how(t) for t in ("i want to buy a tv", "i need a kettle", "is it waterproof?", "no thanks", "i want to return it")]
    [False, False, False, False, False]
    """
    if _SERVICE.search(text):
        return False
    if text.rstrip().endswith("?"):
        return bool(_ONES.search(text) or _AS_AS.search(text) or _SOMETHING.search(text))
    patterns = (
        _OF_IT,
        _BARE,
        _TO_DO,
        _WITH_IT,
        _OF_SOMEBODY,
        _REFUSES,
        _AS_AS,
        _ONES,
        _BARE_ONES,
        _SAME,
        _WOULD_BE,
        _FOR,
        _HAN,
        _FOR_USE_HAN,
        _SOMETHING,
        _SO_IT,
        _ONE_THAT,
    )
    return any(pattern.search(text) for pattern in patterns)


def only_refuses(text: str) -> bool:
    """Return whether a message begins with a refusal, so that it says how a thing must be by what is refused alone.

    >>> only_refuses("not red"), only_refuses("it has to be red")
    (True, False)
    """
    return bool(_REFUSES.search(text))


def asks_for_ones(text: str) -> bool:
    """Return whether a message asks for one of those of before in another way: "something fruity", "a red one".

    >>> asks_for_ones("something fruity"), asks_for_ones("something is broken"), asks_for_ones("and a red one")
    (True, False, True)
    """
    return bool(_SOMETHING.search(text) or _ONES.search(text) or _ONE_THAT.search(text) or asks_bare(text))


def asks_bare(text: str) -> bool:
    """Return whether a message says no more than how one, or something, should be: "big over ear ones".

    >>> [asks_bare(t) for t in ("big over ear ones", "dark one", "a usb port would be handy", "the first one", "which ones")]
    [True, True, True, False, False]
    """
    return any(pattern.search(text) for pattern in (_BARE_ONES, _WOULD_BE, _SAME))


def named_aside(text: str, start: int) -> bool:
    """Return whether a kind of thing at a place of such a sentence is only what it is to go with: no "be a backpack"."""
    plain = any(pattern.search(text) for pattern in (_OF_IT, _BARE, _TO_DO, _WITH_IT, _SO_IT, _ONE_THAT))
    return (plain and not _IS_A.search(text[:start])) or bool(_FOR_USE_HAN.search(text))
