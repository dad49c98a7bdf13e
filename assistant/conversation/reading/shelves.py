"""How the categories of a catalogue are called: by name, by what titles and synonyms call their things, by parts of names.

Knows products only through the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.conversation.reading.table import rows
from assistant.conversation.reading.term import Term
from assistant.conversation.reading.words import HAN, singulars
from index.catalogue.vocabulary import Vocabulary


def category_forms(vocabulary: Vocabulary, others: Mapping[str, list[str]]) -> Iterator[tuple[str, Term]]:
    """Yield categories by their names, then by what titles and synonyms call their things, then by parts of joint names.

    A form that names a category of its own is no part of a joint one: "tea" is Tea, not Food & Tea.
    """
    whole = {form: category for category in vocabulary.categories for form in (category, *others.get(category, ()))}
    taken = {form_key(form) for form in whole}
    for form, category in whole.items():
        yield form, Term("category", "", (category,), category)
    named = _named_kinds(vocabulary.kinds, _synonymous(whole, vocabulary.kinds))
    for key, (form, meant) in named.items():
        if key not in taken:
            yield form, Term("category", "", meant, meant[0])
    taken |= named.keys()
    for form, category in whole.items():
        term = Term("category", "", (category,), category)
        yield from ((part, term) for part in _parts(form) if form_key(part) not in taken)


_Named = dict[tuple[str, ...], tuple[str, tuple[str, ...]]]


def _named_kinds(kinds: Mapping[str, tuple[str, ...]], synonyms: Iterable[tuple[str, tuple[str, ...]]]) -> _Named:
    """Return what a form that names no category means: by titles and by synonyms, the narrower where one holds both."""
    named: _Named = {}
    for form, meant in synonyms:
        _, before = named.get(form_key(form), ("", ()))
        named[form_key(form)] = (form, tuple(dict.fromkeys((*before, *meant))))
    for form, meant in kinds.items():
        _, wider = named.get(form_key(form), ("", ()))
        narrower = not wider or set(meant) <= set(wider)
        named[form_key(form)] = (form, meant if narrower else tuple(dict.fromkeys((*meant, *wider))))
    return named


def _synonymous(
    whole: Mapping[str, str], kinds: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every word of our list of synonyms that stands for categories of the shop, with all of them.

    Where none of a group names a category, its words mean what titles mean by one of them, of the same language if any.
    """
    for group in rows("synonyms.tsv"):
        same = {form_key(form) for column in group for form in column}
        shared = tuple(dict.fromkeys(category for form, category in whole.items() if form_key(form) in same))
        called = [tuple(dict.fromkeys(c for form in column for c in kinds.get(form, ()))) for column in group]
        for column, named in zip(group, called, strict=True):
            if meant := shared or named or next(filter(None, called), ()):
                yield from ((form, meant) for form in column)


def form_key(form: str) -> tuple[str, ...]:
    """Return the form under which a word is looked for: without plurals."""
    return (form,) if HAN.search(form) else singulars(form.lower())


def _parts(category: str) -> list[str]:
    """Return what a joint category is made of: "Bags & Luggage" is found by either word."""
    parts = [part.strip() for part in re.split(r"\s*(?:&|,|/|\band\b|与|和|、)\s*", category)]
    return [part for part in parts if len(part) > 1] if len(parts) > 1 else []
