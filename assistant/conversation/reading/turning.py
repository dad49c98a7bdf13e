"""Calls a thing by its name where a message says what it is for: "boots for hiking" are hiking boots.

Knows the catalogue by its words alone.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.words import singular

_FOR_USE = re.compile(
    r"\b(?P<thing>[a-z]{3,}) (?:for|to go) (?:(?:my|the|our|his|her|an?) )?(?P<use>[a-z]{3,})\b(?! ?['’-])",
    re.IGNORECASE,
)
"""A thing and what it is for: "boots for hiking", "a bed for my dog"."""


def turned(message: str, lexicon: Lexicon) -> str:
    """Return a message in which "a bed for my dog" is a dog bed, where the shop has what is called so.

    >>> from index.catalogue.vocabulary import Vocabulary
    >>> words = Lexicon(Vocabulary(categories={"Hiking boots": 3}))
    >>> turned("boots for hiking", words), turned("boots for work", words)
    ('hiking boots', 'boots for work')
    """

    def called(said: re.Match[str]) -> str:
        for use in (said["use"], singular(said["use"].lower())):
            name = f"{use} {said['thing']}"
            found = lexicon.find(name)
            if len(found) == 1 and found[0].term.kind == "category" and found[0].form == name:
                return name
        return said.group()

    return _FOR_USE.sub(called, message)
