"""The catalogue's own words as shoppers may write them: finds brands, categories, colours, sizes and attributes.

The longest match wins; plurals and small typos are forgiven. Knows products only through the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN, Word, common_words, singular, singulars, words
from index.catalogue.vocabulary import Vocabulary

Kind = Literal["brand", "category", "option", "attribute"]
_ORDER: dict[Kind, int] = {"option": 0, "category": 1, "brand": 2, "attribute": 3}
COMMON = 20_000
"""A brand that is one of this many most frequent English words must be written as a name ("by Simple", "Simple")."""
LONGEST = 6
"""Words of the longest form that is looked for."""
ALIKE = 86.0
"""From this likeness on (0 to 100) a misspelt word is taken for one of the catalogue's."""
_DESCRIBING = frozenset(
    [
        "material",
        "fabric",
        "finish",
        "scent",
        "flavor",
        "flavour",
        "pattern",
        "fit",
        "closure",
        "lining",
        "sleeve",
        "neckline",
        "style",
        "theme",
        "upper_material",
        "'skin",
        "type'",
        "'hair",
        "type'",
    ]
)
_YES_NO = frozenset(["yes", "no", "true", "false", "none", "n/a", "other", "various", "multi", "other", "see"])
_SIZES = {
    "xs": ("extra small", "x-small", "加小号", "特小号"), "s": ("small", "小号", "小码"),
    "m": ("medium", "中号", "中码"), "l": ("large", "大号", "大码"),
    "xl": ("extra large", "x-large", "加大号", "加大码", "特大号"), "xxl": ("2xl", "xx-large"),
}  # fmt: skip
SCALE = ("xs", "s", "m", "l", "xl", "xxl")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a form can mean: values of a brand, a category, an option or an attribute, as the records have them."""

    kind: Kind
    name: str
    values: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """A term and its place in the message. `form` is how it was written."""

    term: Term
    start: int
    end: int
    form: str


class Lexicon:
    """Finds the words of one catalogue."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._latin: dict[tuple[str, ...], list[Term]] = {}
        self._han: dict[str, list[Term]] = {}
        for form, term in _forms(vocabulary):
            self._add(form, term)
        self._longest_han = max(map(len, self._han), default=0)
        self._spellings = sorted({w for key in self._latin for w in key if len(w) >= 4 and w.isalpha()})

    def _add(self, form: str, term: Term) -> None:
        form = form.lower().strip()
        table: dict[object, list[Term]] = self._han if HAN.search(form) else self._latin  # type: ignore[assignment]
        key: object = form.replace(" ", "") if HAN.search(form) else singulars(form)
        if not key:
            return
        held = table.setdefault(key, [])
        for number, other in enumerate(held):
            if (other.kind, other.name) == (term.kind, term.name):
                held[number] = Term(other.kind, other.name, _joined(other.values, term.values), other.label)
                return
        held.append(term)
        held.sort(key=lambda t: _ORDER[t.kind])

    def find(self, text: str) -> list[Found]:
        """Return the terms of a message in order, none inside another. `text` keeps its capitals."""
        spoken = words(text)
        found: list[Found] = []
        at = 0
        while at < len(spoken):
            if spoken[at].han:
                found += self._in_han(spoken[at])
                at += 1
                continue
            hit = self._longest(spoken, at, text)
            if hit is None:
                at += 1
            else:
                found.append(hit[0])
                at += hit[1]
        return found

    def _longest(self, spoken: list[Word], at: int, text: str) -> tuple[Found, int] | None:
        for length in range(min(LONGEST, len(spoken) - at), 0, -1):
            run = spoken[at : at + length]
            if any(word.han for word in run):
                continue
            start, end = run[0].start, run[-1].end
            if length > 1 and re.search(r"[.!?;:，。！？\n]", text[start:end]):
                continue
            terms = self._latin.get(tuple(singular(word.text) for word in run), [])
            if length == 1 and not terms:
                terms = self._misspelt(run[0].text)
            usable = [t for t in terms if _meant(t, text, start, end)]
            if usable:
                return Found(usable[0], start, end, text[start:end]), length
        return None

    def _misspelt(self, word: str) -> list[Term]:
        """Return the terms of the word that was probably meant; an English word is never taken for another."""
        if len(word) < 5 or not word.isalpha() or common_words().get(word, 10**6) < 60_000:
            return []
        best = process.extractOne(singular(word), self._spellings, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self._latin.get((best[0],), []) if best else []

    def _in_han(self, run: Word) -> list[Found]:
        found: list[Found] = []
        at = 0
        while at < len(run.text):
            for length in range(min(self._longest_han, len(run.text) - at), 0, -1):
                form = run.text[at : at + length]
                after = run.text[at + length : at + length + 1]
                terms = [
                    t
                    for t in self._han.get(form, ())
                    if length > 1 or len(run.text) == 1 or (t.name == "color" and after == "的")
                ]
                if terms:
                    found.append(Found(terms[0], run.start + at, run.start + at + length, form))
                    at += length - 1
                    break
            at += 1
        return found


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _meant(term: Term, text: str, start: int, end: int) -> bool:
    """Return whether a form that could be an ordinary word is meant as this term here."""
    form = text[start:end]
    before = text[max(0, start - 12) : start].lower()
    if term.kind == "option" and term.name != "color" and (len(form) <= 2 or form.isdigit() or form.lower() in _PLAIN):
        sized = re.search(r"(?:size|sz|in|eu|us|uk|a|an|尺码|码)\s*$", before) if not form.isdigit() else re.search(
            r"(?:size|sz|eu|us|uk|尺码)\s*$", before)  # fmt: skip
        after = re.match(r"\s*(?:码|号|size)", text[end : end + 6].lower())
        loose = form.lower() in _PLAIN and not re.search(r"(?:size|in)\s*$", before)
        return bool(after) or (bool(sized) and not loose and (len(form) > 2 or form.isdigit() or form.isupper()
                                                               or "size" in before))  # fmt: skip
    if term.kind == "brand" and " " not in form and common_words().get(form.lower(), 10**6) < COMMON:
        named = re.search(r"(?:\bby|\bfrom|\bbrand:?)\s*$", before) or re.match(r"\s*brand", text[end : end + 7])
        return bool(named) or (form[0].isupper() and start > 0 and not text.isupper())
    return True


def surely_brand(found: Found, text: str) -> bool:
    """Return whether a form can be nothing but a brand: said to be one, or with a word that no dictionary has."""
    before, after = text[: found.start].lower(), text[found.end :].lower()
    if re.search(r"\b(?:by|from|brand:?)\s*$|(?:品牌|牌子)[是为：:]?\s*$", before) or re.match(
        r"\s*(?:brand\b|牌)", after
    ):
        return True
    return any(word.text not in common_words() for word in words(found.form))


_PLAIN = frozenset({"small", "medium", "large", "extra large", "extra small", "one", "single", "set", "regular"})


def _forms(vocabulary: Vocabulary) -> Iterator[tuple[str, Term]]:
    """Yield every form and what it means."""
    others = _others(vocabulary.forms)
    for brand in vocabulary.brands:
        yield from ((form, Term("brand", "", (brand,), brand)) for form in (brand, *others.get(brand, ())))
    yield from _category_forms(vocabulary.categories, others)
    yield from _colour_forms(vocabulary)
    for name, values in vocabulary.options.items():
        if name != "color":
            yield from _option_forms(name, values, others)
    for name, values in vocabulary.attributes.items():
        yield from _attribute_forms(name, values, others)


def _category_forms(categories: Iterable[str], others: Mapping[str, list[str]]) -> Iterator[tuple[str, Term]]:
    """Yield categories by their names, then by words that mean the same, then joint ones by their parts.

    A form that names a category of its own is no part of a joint one: "tea" is Tea, not Food & Tea.
    """
    whole = {form: category for category in categories for form in (category, *others.get(category, ()))}
    taken = {_key(form) for form in whole}
    for form, category in whole.items():
        yield form, Term("category", "", (category,), category)
    for group in rows("synonyms.tsv"):
        same = [form for column in group for form in column]
        meant = tuple(dict.fromkeys(c for form, c in whole.items() if _key(form) in {_key(one) for one in same}))
        if meant:
            yield from ((form, Term("category", "", meant, meant[0])) for form in same if _key(form) not in taken)
            taken |= {_key(form) for form in same}
    for form, category in whole.items():
        term = Term("category", "", (category,), category)
        yield from ((part, term) for part in _parts(form) if _key(part) not in taken)


def _key(form: str) -> tuple[str, ...]:
    return (form,) if HAN.search(form) else singulars(form.lower())


def _parts(category: str) -> list[str]:
    """Return what a joint category is made of: "Bags & Luggage" is found by either word."""
    parts = [part.strip() for part in re.split(r"\s*(?:&|,|/|\band\b|与|和|、)\s*", category)]
    return [part for part in parts if len(part) > 1] if len(parts) > 1 else []


def _colour_forms(vocabulary: Vocabulary) -> Iterator[tuple[str, Term]]:
    values = vocabulary.options.get("color", {})
    others = _others(vocabulary.forms)
    for colour in colours().values():
        meant = tuple(v for v in values if any(colour.means(form) for form in (v, *others.get(v, ()))))
        term = Term("option", "color", meant or (colour.english[0],), colour.english[0])
        yield from ((form, term) for form in (*colour.english, *colour.chinese))
    spoken = {form for colour in colours().values() for form in (*colour.english, *colour.chinese)}
    for value in values:
        for form in (value, *others.get(value, ())):
            if form.lower() not in spoken and _wordy(form):
                yield form, Term("option", "color", (value,), value)


def _option_forms(name: str, values: Iterable[str], others: Mapping[str, list[str]]) -> Iterator[tuple[str, Term]]:
    for value in values:
        term = Term("option", name, (value,), value)
        yield from ((form, term) for form in (value, *others.get(value, ()), *_SIZES.get(value.lower(), ())))
        if name == "size" and (match := re.fullmatch(r"(?:EU|US|UK)\s*(\d+(?:\.5)?)", value, re.IGNORECASE)):
            yield match[1], term


def _attribute_forms(name: str, values: Iterable[str], others: Mapping[str, list[str]]) -> Iterator[tuple[str, Term]]:
    describing = name.lower() in _DESCRIBING
    for value in values:
        for form in (value, *others.get(value, ())):
            rare = common_words().get(form.lower(), 10**6) > COMMON
            if _wordy(form) and form.lower() not in _YES_NO and (describing or (rare and " " not in form)):
                yield form, Term("attribute", name, (value,), value)


def _wordy(form: str) -> bool:
    """Return whether a value can be a word of a message: short, with letters."""
    size = len(words(form))
    if HAN.search(form):
        return 2 <= len(form) <= 8
    return 1 <= size <= 3 and len(form) >= 3 and not re.search(r"\d", form)


def _others(forms: Mapping[str, str]) -> dict[str, list[str]]:
    turned: dict[str, list[str]] = {}
    for form, main in forms.items():
        turned.setdefault(main, []).append(form)
    return turned
