"""The features and materials that shoppers ask for by name, in both languages, as the tables list them."""

from __future__ import annotations

from functools import cache

from assistant.conversation.reading.table import rows

MADE_OF = ("Material", "Upper", "Fabric", "Shell", "材质", "面料", "鞋面")
"""Attributes that say what a thing is made of: another value there than the one asked for is a no."""


@cache
def features() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the features that shoppers ask for by name: their English and their Chinese forms."""
    return tuple((row[0], row[1]) for row in rows("features.tsv"))


@cache
def meant_by(form: str) -> tuple[str, ...]:
    """Return what else in a record says a feature: "all skin types" suits dry skin too."""
    listed = (row for row in rows("features.tsv") if form in (*row[0], *row[1]))
    return tuple(other for row in listed for column in row[2:] for other in column)


def is_feature(text: str) -> bool:
    """Return whether a phrase asks for something by a name, though it may sound like a refusal: "fragrance free"."""
    said = text.lower().strip()
    return any(said == form for english, chinese in features() for form in (*english, *chinese))


@cache
def materials() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the materials that shoppers ask for: their English and their Chinese forms."""
    return tuple((row[0], row[1]) for row in rows("materials.tsv"))
