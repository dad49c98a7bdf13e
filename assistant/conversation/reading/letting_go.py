"""What of a message is let go of by the one who writes it: "I have no account, forget it. Do you ship to Oslo?"

What is said after it is what is meant. Knows no intent.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.words import HAN, words

_LET_GO = re.compile(
    r"(?:^|[.,;:!?\-–—]\s*|\b(?:ok|okay|oh|ah|hm+|well|actually|no|so|then|just)\s+)"
    r"(?:never ?mind|forget (?:it|that|about (?:it|that))|(?:it )?doesn'?t matter|scrap that|leave it|skip (?:it|that)|"
    r"don'?t bother|drop it)(?: then| now)?\s*(?:[.,;:!?\-–—]+|$)|"
    r"(?:^|(?<=[，。！？；,!?\s]))(?:哦|啊|唉|那|好吧|嗯|还是)?(?:算了吧?(?:不[^，。！？；\s]{1,4}了)?|先不[^，。！？；\s]{1,4}了?|当我没说|没关系了?|不管了)"
    r"(?:[，。！？；,.!\s]+|$)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"(?:[.,;!?\-–—…]+|\s)\s*(?:(?:oh |ah |er+ |hm+ |actually )?(?:no|nope|wait|sorry|oops|scratch that|correction)\b[\s,.!:;\-–—…]*)+"
    r"(?:i (?:actually |really )?(?:mean|meant)|make (?:it|that)|(?:i'?m|we'?re|he'?s|she'?s) (?:actually )?(?:after|looking for)|"
    r"rather|it'?s|i (?:actually )?(?:want|need|wanted|needed))\b\s*(?=\w)|"
    r"[，。,. ]+(?:哦|啊|呃)?(?:不对|不是|说错了|错了)[，, ]*(?:我(?:是)?(?:要|想要|想说|说)的?是|应该是|是)",
    re.IGNORECASE,
)
"""What takes back the thing that was just named: "a hat … no, sorry, I mean an umbrella"."""
_SENTENCE = re.compile(r"[.!?。！？]\s")
LEAST_WORDS, LEAST_HAN = 2, 3
"""Words, or Chinese characters, that say something of their own."""


def standing(message: str) -> str:
    """Return a message without what is let go of, where something is said after it; else all of it.

    >>> standing("I can't find my number, never mind. where do you ship to?")
    'where do you ship to?'
    >>> standing("算了，有没有雨伞"), standing("never mind")
    ('有没有雨伞', 'never mind')
    """
    message = _recounted(_corrected(message))
    ends = [found.end() for found in _LET_GO.finditer(message)]
    rest = message[ends[-1] :].strip() if ends else ""
    return rest if _says_something(rest) else message


_MANY = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|a couple)"
_RECOUNTED = re.compile(
    rf"(?P<before>\b(?:add|take|get|want|put|order|have|need|buy|me)\s+){_MANY}(?P<what>\b[^.!?]*?)"
    r"(?:[.,;!\-–—…]+|\s)\s*(?:(?:no|nope|oh|sorry|wait|actually|hang on|scratch that|oops|or rather|i mean|i meant|make (?:it|that))\b[\s,.!;\-–—…]*)+"
    rf"(?:just |only |make (?:it|that) )?(?P<many>{_MANY})(?: (?:is|will be|are) (?:enough|fine|plenty|ok))?(?: please)?\W*$",
    re.IGNORECASE,
)
_MANY_HAN = r"(?:\d{1,3}|[一两二三四五六七八九十])"
_RECOUNTED_HAN = re.compile(
    rf"(?P<before>[来要加拿买放]){_MANY_HAN}(?P<unit>[个件双条盒瓶包袋台只款套份])(?P<what>[^，,。]*)[，,。]\s*"
    rf"(?:算了|不对|哦不|啊不|不不|等等|还是|说错了|不是)[，,]*(?:就|只|还是)?(?:要|来|改成|拿)?(?P<many>{_MANY_HAN})"
    r"[个件双条盒瓶包袋台只款套份](?:就(?:行|够|好)了?|吧|好了|够了)?[。！!]*$"
)
"""How many are wanted, taken back at once: "add two of the first, no wait, just one"."""


def _recounted(message: str) -> str:
    """Return a message with the number that is meant in the place of the one that is taken back.

    >>> _recounted("add two of the first, no wait, just one"), _recounted("来两个第一款，算了，一个就行")
    ('add one of the first', '来一个第一款')
    """
    message = _RECOUNTED_HAN.sub(lambda one: f"{one['before']}{one['many']}{one['unit']}{one['what']}", message)
    return _RECOUNTED.sub(lambda one: f"{one['before']}{one['many']}{one['what']}", message)


def _corrected(message: str) -> str:
    """Return a message without the sentence whose thing its writer takes back at once.

    >>> _corrected("Hi. He needs a cap... no, sorry, I mean a brolly")
    'Hi. a brolly'
    """
    found = _CORRECTED.search(message)
    rest = message[found.end() :].strip() if found else ""
    if found is None or not _says_something(rest):
        return message
    starts = [one.end() for one in _SENTENCE.finditer(message, 0, found.start())]
    return f"{message[: starts[-1] if starts else 0]}{rest}"


_FAULT = re.compile(
    r"^(?!第|[这那]|最)[^，。,]{1,10}?的?那一?[个款件双条套把](?:有点|也|太|稍微|感觉)*"
    r"(?:贵|大|小|重|厚|薄|长|短|深|浅|花|丑|吵)了?(?:一?点儿?|些)?[，,。]\s*(?=.{2})|"
    r"^\W*the (?!first|second|third|last|other|cheap)[\w -]{2,24}? one(?:'s| is) (?:a (?:bit|little) |way |far |much )?(?:too )?"
    r"(?:expensive|dear|pricey|big|large|small|heavy|long|short|bulky|noisy)[,.;]\s*(?:but )?(?=\w)",
    re.IGNORECASE,
)


def without_fault(message: str) -> str:
    """Return a message without what it first says against one of those shown; what is wanted comes after.

    >>> without_fault("10件套的那个贵了点，五件的有吗"), without_fault("the 2 litre one is too big, any with 1 litre?")
    ('五件的有吗', 'any with 1 litre?')
    >>> without_fault("第一个太贵了，换一个")
    '第一个太贵了，换一个'
    """
    return _FAULT.sub("", message, count=1)


def only_lets_go(message: str) -> bool:
    """Return whether a message says nothing but that something is let go of.

    >>> only_lets_go("never mind"), only_lets_go("算了"), only_lets_go("never mind the red")
    (True, True, False)
    """
    found = _LET_GO.match(message.strip())
    return found is not None and found.end() == len(message.strip())


def _says_something(text: str) -> bool:
    return len(words(text)) >= LEAST_WORDS or len(HAN.findall(text)) >= LEAST_HAN
