"""How many people a thing is for where they are told one by one: "for me, my wife and our 2 kids", 我和老婆两个孩子.

Reads a message in lower case; knows no thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.conversation.reading.framing import PERSONS, PERSONS_HAN
from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.words import singular

_COUNT = r"(?:\d{1,2}|two|three|four|five|six)"
_ONE = rf"(?:me|myself|(?:my|our|the|a|an) (?:{_COUNT} )?[a-z]+|{_COUNT} [a-z]+)"
_PARTY = re.compile(rf"\b(?:for )?({_ONE}(?:\s*(?:,|&|\+|,?\s*\band\b)\s*{_ONE})+)")
_MEMBER = re.compile(rf"(?P<me>\b(?:me|myself)\b)|(?:(?:my|our|the|a|an) )?(?:(?P<count>{_COUNT}) )?(?P<who>[a-z]+)")
_PARTY_HAN = re.compile(
    rf"我(?:[和跟、与]?(?:我?的?)?(?:[两二三四]个)?(?:{PERSONS_HAN.pattern}))(?:(?:[和跟、与，,]|还有|加上)?(?:[一两二三四]个)?(?:{PERSONS_HAN.pattern}))*"
)
_MEMBER_HAN = re.compile(rf"([一两二三四])?个?(?:{PERSONS_HAN.pattern})")


def parties(text: str) -> Iterator[tuple[Decimal | None, re.Match[str]]]:
    """Yield how many people a message in lower case tells of, the writer among them, each with its place.

    >>> [int(count) for count, _ in parties("a tent for me, my wife and our 2 kids") if count]
    [4]
    >>> [int(count) for count, _ in parties("我和老婆两个孩子用的帐篷") if count], list(parties("a gift for my mom and dad"))
    ([4], [])
    """
    for match in _PARTY.finditer(text):
        if (count := _counted(match[1])) is not None:
            yield count, match
    for match in _PARTY_HAN.finditer(text):
        told = [read_number(one[1]) if one[1] else Decimal(1) for one in _MEMBER_HAN.finditer(match.group())]
        if len(told) > 1 or (told and told[0] and told[0] > 1) or match.group()[1:2] in "和跟与、":
            yield sum((count or Decimal(1) for count in told), Decimal(1)), match


def _counted(said: str) -> Decimal | None:
    """Return how many a list of people is; `None` where the writer is not of them or one is no person."""
    total, me = Decimal(0), False
    for part in filter(str.strip, re.split(r"\s*(?:,|&|\+|\band\b)\s*", said)):
        member = _MEMBER.match(part.strip())
        if member is None:
            return None
        if member["me"]:
            total, me = total + 1, True
            continue
        if singular(member["who"]) not in PERSONS and member["who"] not in PERSONS:
            return None
        count = read_number(member["count"]) if member["count"] else None
        total += count or Decimal(1)
    return total if me else None
