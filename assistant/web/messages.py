"""What a visitor may send: a message that can be read, or the one sentence that says why it cannot."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import HTTPConnection

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


def language_for(request: HTTPConnection, otherwise: str) -> str:
    """Return the language of a page: the one chosen before, else what the browser asks for first, else `otherwise`."""
    return read_language(request.cookies.get("language"), preferred(request.headers, otherwise))


def preferred(headers: Mapping[str, str], otherwise: str) -> str:
    """Return the language that a browser asks for first, where the pages have it.

    >>> preferred({"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}, "en"), preferred({"accept-language": "fr"}, "en")
    ('zh', 'en')
    """
    first = headers.get("accept-language", "").split(",")[0].split("-")[0].strip().lower()
    return read_language(first, otherwise)


def read_language(wanted: object, otherwise: str) -> str:
    """Return a language that the page has: the one wanted, or `otherwise`."""
    return str(wanted) if wanted in LANGUAGES else otherwise
