"""What a visitor may send: a message that can be read, or the one sentence that says why it cannot."""

from __future__ import annotations

from assistant.errors import RegularsError
from assistant.web.words import LANGUAGES, say

MOST_CHARACTERS = 2000


class BadMessage(RegularsError):
    """A message that cannot be answered, said in the visitor's language."""


def read_message(text: object, language: str) -> str:
    """Return the message with whatever cannot be stored replaced.

    Raises:
        BadMessage: it is empty or too long.
    """
    message = str(text or "").encode("utf-8", "replace").decode("utf-8").replace("\x00", "").strip()
    if not message:
        raise BadMessage(say("error_empty", language))
    if len(message) > MOST_CHARACTERS:
        raise BadMessage(say("error_long", language, count=len(message), most=MOST_CHARACTERS))
    return message


def read_language(wanted: object, otherwise: str) -> str:
    """Return a language that the page has: the one wanted, or `otherwise`."""
    return str(wanted) if wanted in LANGUAGES else otherwise
