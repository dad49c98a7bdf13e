"""Whether "with …" tells what somebody has, and not how a thing must be: "for a man with a big garden".

Reads a message in lower case; knows no thing.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.framing import PERSONS

_OF_PERSONS = re.compile(
    rf"\b(?:{'|'.join(sorted(PERSONS))}|people|person|family|somebody|someone|anyone|couples?|guys?|lad(?:y|"
    rf"ies))(?: (?:who (?:is|are|lives?)|living))? $"
)
_POSSESSIONS = re.compile(
    r"^(?:my|his|her|our|their|your)\b|^(?:[a-z'-]+ ){0,2}(?:gardens?|yards?|pools?|balcon(?:y|ies)|kids?|"
    r"child(?:ren)?|bab(?:y|ies)|dogs?|cats?|pets|toddlers?|"
    r"house(?:hold)?|flats?|apartments?|famil(?:y|ies)|friends?|budget|husband|wife|boyfriend|girlfriend|partner)\b"
)


def of_somebody(text: str, match: re.Match[str]) -> bool:
    """Return whether "with …" tells what somebody has, not the thing: "for a man with a big garden"."""
    if not match.group().startswith("with"):
        return False
    return bool(_OF_PERSONS.search(text[: match.start()]) or _POSSESSIONS.search(match[1]))
