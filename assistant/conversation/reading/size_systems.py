"""Sizes of another system than records use: "UK 8", "a size 12 US", 英码8. Knows no product; converts nothing.

Reads a message in lower case.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.conditions import Span

_SYSTEM = r"(?:uk|u\.k\.|us|u\.s\.|usa|british|american|english|japanese|jp|fr|french|italian|it|aus?|australian)"
_NUMBER = r"\d{1,2}(?:[.,]5|½| ?1/2)?"
_NAMED = re.compile(
    rf"\b(?:size )?(?P<a>{_SYSTEM})[ -]?(?:shoe |dress |women'?s |men'?s |ladies'? )?(?:sizes?[ -]?)?(?P<an>{_NUMBER})\b(?! ?(?:%|cm|inch|dollars|people|persons))|"
    rf"\bsizes? (?P<bn>{_NUMBER}),? ?\(?(?:in )?(?:the )?(?P<b>{_SYSTEM})\b|"
    rf"\b(?P<cn>{_NUMBER}) (?:in )?(?P<c>uk|us|british|american)(?: sizes?| sizing)?\b(?! ?(?:dollars|orders?|people|customers))|"
    r"(?P<d>英|美|日|韩|法)(?:码|国码|国尺码|版)\s*(?P<dn>\d{1,2}(?:\.5)?)码?|(?P<en>\d{1,2}(?:\.5)?)码?[（(]?(?P<e>英|美)码"
)
_WORDS = {"english": "UK", "british": "UK", "american": "US", "usa": "US"}


def other_system(text: str) -> Span | None:
    """Return the size of another system that a message names, as it may be said back to the shopper.

    >>> other_system("trainers in a uk 8").value, other_system("a dress size 12 us").value, other_system("鞋子英码8")
    ('UK 8', 'US 12', Span(value='英码8', start=2, end=5))
    >>> other_system("trainers in 42"), other_system("tell us 3 things")
    (None, None)
    """
    match = _NAMED.search(text)
    if match is None or re.search(
        r"\b(?:tell|give|show|of|for|to|help|between|among|cost|both) $", text[: match.start()]
    ):
        return None
    groups = match.groupdict()
    if groups["d"] or groups["e"]:
        return Span(f"{groups['d'] or groups['e']}码{groups['dn'] or groups['en']}", *match.span())
    system = next(filter(None, (groups[key] for key in "abc"))).replace(".", "")
    number = next(filter(None, (groups[f"{key}n"] for key in "abc")))
    return Span(f"{_WORDS.get(system, system.upper())} {number}", *match.span())
