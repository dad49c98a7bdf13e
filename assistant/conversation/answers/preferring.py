"""Orders what was found by what there should be much or little of, and says so: "a light backpack", 续航长的耳机.

Reads the numbers that records state; what states none comes last and is not left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.conversation.answers import Notice
from assistant.conversation.answers.measuring import LEAST, extent, known, verdict
from assistant.conversation.state import Preference, Wish
from assistant.wording.evidence import Fact, Subject
from assistant.wording.phrases import say
from index.product import Product, Variant


@dataclass(frozen=True, slots=True)
class Standing:
    """Where each product stands, by its id, from 0 (the best) on, and the facts that say so."""

    places: Mapping[str, int]
    facts: Mapping[str, tuple[Fact, ...]]
    by: tuple[Preference, ...]


def in_force(wish: Wish) -> tuple[Preference, ...]:
    """Return the preferences that are no size as well: "small" of a shirt names one."""
    sizes = wish.labels.get("option:size", "").lower().split(" / ")
    return tuple(one for one in wish.preferences if one.text not in sizes)


def standing(subjects: Sequence[Subject], wish: Wish) -> Standing:
    """Return how these stand to the preferences of a wish that at least two of them state a number for."""
    places = dict.fromkeys((subject.id for subject in subjects), 0)
    facts: dict[str, tuple[Fact, ...]] = {}
    by = []
    for preference in in_force(wish):
        stating = known(preference, subjects)
        if len(stating) < LEAST:
            continue
        by.append(preference)
        sizes = list(dict.fromkeys(size.size for _, _, size in stating))
        place = {subject.id: sizes.index(size.size) for subject, _, size in stating}
        places = {id_: held + place.get(id_, len(sizes)) for id_, held in places.items()}
        for subject, fact, _ in stating:
            facts[subject.id] = (*facts.get(subject.id, ()), fact)
    return Standing(places, facts, tuple(by))


def notices(subjects: Sequence[Subject], wish: Wish, language: str) -> list[Notice]:
    """Return what is said of the order: who is at the end that was asked for, or that it is sorted, or not stated."""
    said: list[str] = []
    sorted_by: list[str] = []
    for preference in in_force(wish):
        stating = known(preference, subjects)
        if len(stating) >= LEAST and preference.utmost:
            said.append(verdict(preference, subjects, language))
        elif len(stating) >= LEAST:
            label = _label(preference, language) if stating[0][1].key == "size" else stating[0][1].label.lower()
            sorted_by.append(say(f"preferred_{'most' if preference.most else 'least'}", language, label=label))
        elif (preference.named or preference.utmost) and len(subjects) > 1:
            said.append(say("preference_unstated", language, label=_label(preference, language)))
    if sorted_by:
        both = ("、" if language == "zh" else " and ").join(sorted_by)
        said.append(say("preferred" if len(sorted_by) == 1 else "preferred_both", language, by=both))
    return [Notice(text) for text in said]


def _label(preference: Preference, language: str) -> str:
    """Return the name of the attribute in a language, or the one name that it has."""
    return next((name for name in preference.names if name.isascii() == (language != "zh")), preference.names[0])


def at_the_end(wish: Wish, product: Product, ids: Sequence[str]) -> Sequence[str]:
    """Return those of a product's variants that hold the most (or least), where that is what is wished for."""
    asked = next((one for one in in_force(wish) if "capacity" in one.names), None)
    if asked is None:
        return ids
    sized = {v.id: _volume(v) for v in product.variants if v.id in ids and v.in_stock}
    held = {id_: size for id_, size in sized.items() if size is not None}
    end = (max if asked.most else min)(held.values(), default=None)
    return [id_ for id_, size in held.items() if size == end] or ids


def _volume(variant: Variant) -> Decimal | None:
    """Return what a variant holds or spans by its size, `None` where that is neither."""
    size = extent(variant.options.get("size", ""))
    return size.size if size is not None and size.kind in ("volume", "extent", "mass") else None
