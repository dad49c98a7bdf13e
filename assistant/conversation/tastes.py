"""Traits of a portrait in words, in the language of the reply. Decides nothing."""

from __future__ import annotations

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.features import materials
from assistant.conversation.reading.self_told import diets
from assistant.people.portrait import Line
from assistant.wording.phrases import say

SPOKEN = {"size", "color", "brand", "material", "diet"}
"""Traits that have words of their own."""


def value_text(key: str, value: str, language: str) -> str:
    """Return a trait's value as said in a language, where we have words for it; else as it is on record.

    >>> value_text("color", "blue", "zh"), value_text("color", "Yellow", "zh"), value_text("brand", "Halden", "zh")
    ('蓝色', '黄色', 'Halden')
    """
    if key == "color" and value.lower() in colours():
        return colours()[value.lower()].label(language)
    if key == "diet" and value in diets():
        return diets()[value].chinese if language == "zh" else value
    for english, chinese in materials() if key in ("material", "avoid") else ():
        if value in (*english, *chinese):
            return chinese[0] if language == "zh" else english[0]
    return value


def taste_text(key: str, value: str, language: str, *, avoids: bool = False) -> str:
    """Return a taste in a few words: "size 42", "no leather".

    >>> taste_text("avoid", "leather", "en"), taste_text("size", "42", "zh")
    ('no leather', '尺码 42')
    """
    shown = value_text(key, value, language)
    if key == "avoid" or avoids:
        return say("taste_avoid", language, value=shown)
    return say(f"taste_{key}", language, value=shown) if key in SPOKEN else shown


def why_suits(line: Line, language: str) -> str:
    """Return why a product suits, as a card says it; empty where the line is no reason of its own."""
    if line.key not in SPOKEN:
        return ""
    kind = "said" if line.origin == "stated" else "chosen"
    return say(f"why_{line.key}_{kind}", language, value=value_text(line.key, line.value, language))


def why_not(line: Line, language: str) -> str:
    """Return what a product contradicts, as its card says it."""
    return say("why_against", language, taste=taste_text(line.key, line.value, language, avoids=line.avoids))
