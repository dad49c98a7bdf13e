"""Which of the conversation's own intents answers each finer wish for service, and what the wish is called.

The table is `intents.tsv`; an intent that it does not list is one of the conversation's own. Knows no answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from assistant.conversation.reading.table import rows


class Service(NamedTuple):
    """A wish for service: what answers it in the conversation, and its names."""

    family: str
    english: str
    chinese: str


@cache
def services() -> Mapping[str, Service]:
    """Return every wish for service by its intent."""
    joined = ([", ".join(column) for column in row] for row in rows("intents.tsv"))
    return {intent: Service(family, english, chinese) for intent, family, english, chinese in joined}


def family(intent: str) -> str:
    """Return the conversation's own intent.

    >>> family("cancel_order"), family("find")
    ('order_status', 'find')
    """
    service = services().get(intent)
    return service.family if service else intent


def label(intent: str, language: str) -> str:
    """Return what an intent is called in a language; one of the conversation's own by its key.

    >>> label("password", "en"), label("password", "zh"), label("find", "en")
    ('a forgotten password', '找回密码', 'find')
    """
    service = services().get(intent)
    if service is None:
        return intent
    return service.chinese if language == "zh" else service.english


def rule_terms(intent: str, language: str) -> str:
    """Return what the rules that answer an intent call the matter, where shoppers call it otherwise; else empty.

    >>> rule_terms("delete_account", "en"), rule_terms("find", "en")
    ('see or correct or delete your data', '')
    """
    return _rule_terms().get((intent, language), "")


@cache
def _rule_terms() -> Mapping[tuple[str, str], str]:
    told = [(row[0][0], " ".join(row[1]), " ".join(row[2])) for row in rows("rule_terms.tsv")]
    return {
        (intent, language): said for intent, *both in told for language, said in zip(("en", "zh"), both, strict=True)
    }
