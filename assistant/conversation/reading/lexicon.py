"""The catalogue's own words as shoppers may write them: finds brands, categories, colours, sizes and attributes.

The longest match wins; plurals and small typos are forgiven. Knows products only through the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.preferences import measured_names
from assistant.conversation.reading.shelves import category_forms
from assistant.conversation.reading.sizes import spoken_sizes
from assistant.conversation.reading.spelling import Speller
from assistant.conversation.reading.term import Found, Kind, Term
from assistant.conversation.reading.words import HAN, Word, common_words, known_names, singular, singulars, words
from index.catalogue.vocabulary import Vocabulary

_ORDER: dict[Kind, int] = {"option": 0, "category": 1, "brand": 2, "attribute": 3}
COMMON = 20_000
"""A brand that is one of this many most frequent English words must be written as a name ("by Simple", "Simple")."""
LONG_HAN = 3
"""Chinese characters above which a value is as good as a phrase."""
_HAD = frozenset("买喝卖吃的双把件条顶盏")
_AFTER_ONE = frozenset(["", "的", "吗", "呢", "吧", "么"])
"""Around a thing that is called by one character: 买茶, 爱喝茶的, 不进水的鞋."""
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
        "upper",
    ]
)
_PHRASED = frozenset({"skin type", "hair type", "key ingredient", "filling", "season", "switches", "wheels", "lock"})
"""Attributes whose values describe a thing where they are more than one word: "dry skin", but not "winter"."""
_YES_NO = frozenset(["yes", "no", "true", "false", "none", "n/a", "other", "various", "multi", "other", "see"])


class Lexicon:
    """Finds the words of one catalogue."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._latin: dict[tuple[str, ...], list[Term]] = {}
        self._han: dict[str, list[Term]] = {}
        for form, term in _forms(vocabulary):
            self._add(form, term)
        self._longest_han = max(map(len, self._han), default=0)
        self._mixed = [form for form in self._han if re.search(r"[a-z]", form)]
        self.measured = measured_names(vocabulary.attributes, vocabulary.forms)
        self._speller = Speller(_spelled(vocabulary))
        self.spellings = sorted({w for key in self._latin for w in key if len(w) >= 4 and w.isalpha()})

    def mended(self, message: str) -> str:
        """Return a message in which what was mistyped of the shop's words is put right."""
        return self._speller.mended(message)

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
        found = self._in_both(text)
        for one in found:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
        return sorted((*found, *self._in_one(text)), key=lambda one: one.start)

    def _in_both(self, text: str) -> list[Found]:
        """Return the terms that are written in both scripts at once: "T恤"."""
        places = [(match, form) for form in self._mixed for match in re.finditer(re.escape(form), text.lower())]
        return [Found(self._han[form][0], *match.span(), text[slice(*match.span())]) for match, form in places]

    def _in_one(self, text: str) -> list[Found]:
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

    def numbered(self, text: str) -> list[Found]:
        """Return the sizes that the only number of a text may name: "what about 34?", "41呢"."""
        numbers = [word for word in words(text) if word.text.isdigit()]
        if len(numbers) != 1 or len(numbers[0].text) != 2:
            return []
        (number,) = numbers
        terms = [t for t in self._latin.get((number.text,), []) if t.kind == "option"]
        return [Found(term, number.start, number.end, number.text) for term in terms[:1]]

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
        if len(word) < 5 or not word.isalpha() or word in known_names() or common_words().get(word, 10**6) < 60_000:
            return []
        best = process.extractOne(singular(word), self.spellings, scorer=fuzz.ratio, score_cutoff=ALIKE)
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
                    if length > 1
                    or len(run.text) == 1
                    or (t.name == "color" and after == "的")
                    or (t.kind == "category" and run.text[at - 1 : at] in _HAD and after in _AFTER_ONE)
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
    if term.kind == "option" and term.name != "color" and (len(form) <= 2 or form.isdigit() or form.lower() in _VAGUE):
        return _is_size(text, start, end)
    if term.kind == "brand" and " " not in form and common_words().get(form.lower(), 10**6) < COMMON:
        before = text[max(0, start - 12) : start].lower()
        named = re.search(r"(?:\bby|\bfrom|\bbrand:?)\s*$", before) or re.match(r"\s*brand", text[end : end + 7])
        return bool(named) or (form[0].isupper() and start > 0 and not text.isupper())
    return True


_VAGUE = frozenset({"one", "set", "regular"})
"""Values of options that say nothing unless a word for size stands beside them."""
_SIZE_BEFORE = re.compile(
    r"(?:size|sz|\beu|\bus|\buk|waist|尺码|码|腰围?)(?:\s+(?:is|of))?\s*(?:an?\s+)?$|"
    r"\b(?:wears?|takes?)\s+(?:an?\s+)?$|\b(?:i'?m|i am|she'?s|he'?s|(?:she|he|wife|husband|mom|mum|dad|son|"
    r"daughter|sister|brother) is)\s+(?:usually |normally )?an?\s+$"
)
_SIZE_AFTER = re.compile(r"\s*(?:码|号|size|(?:(?:inch|in|\")[\s-]*)?waist|腰)")
_ENDS = re.compile(r"\s*(?:[,.!?;，。！？]|please|pls|thanks|then|$)", re.IGNORECASE)


def _is_size(text: str, start: int, end: int) -> bool:
    """Return whether a short form is said as a size: "size 42", "42码", "in M", "a tee, L"."""
    form, before, after = text[start:end], text[max(0, start - 24) : start].lower(), text[end : end + 12].lower()
    if before[-1:].isdigit() and form[0].isalpha():
        return False  # 3XL is no XL
    if re.match(r"\s*-?\s*(?:years?|yrs?|y/?o|days?|weeks?|hours?|inch|cm)\b", after):
        return False
    if _SIZE_BEFORE.search(before) or _SIZE_AFTER.match(after):
        return True
    if form.isdigit():
        return (
            len(form) == 2
            and bool(re.search(r"\b(?:in(?: an?)?|(?:wo)?men'?s?)\s*$", before))
            and bool(_ENDS.match(after))
        )
    if form.lower() in _VAGUE or len(form) > 2:
        return False
    written = form.isupper() and not f"{text[:start]}{text[end:]}".isupper()
    named = re.search(r"\b(?:in|an?)\s*$", before) or (_ENDS.match(after) and before.endswith((" ", ",")))
    return form.lower() in ("xs", "xl") or (written and bool(named))


def _spelled(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield everything that things and their properties are called."""
    yield from (form for form, _ in category_forms(vocabulary, _others(vocabulary.forms)))
    yield from (*vocabulary.brands, *vocabulary.attributes, *vocabulary.options.get("color", ()))
    yield from (value for values in vocabulary.attributes.values() for value in values)


def _forms(vocabulary: Vocabulary) -> Iterator[tuple[str, Term]]:
    """Yield every form and what it means."""
    others = _others(vocabulary.forms)
    for brand in vocabulary.brands:
        yield from ((form, Term("brand", "", (brand,), brand)) for form in (brand, *others.get(brand, ())))
    yield from category_forms(vocabulary, others)
    yield from _colour_forms(vocabulary)
    for name, values in vocabulary.options.items():
        if name != "color":
            yield from _option_forms(name, values, others)
    for name, values in vocabulary.attributes.items():
        yield from _attribute_forms(name, values, others)


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
        said = (value, *others.get(value, ()))
        yield from ((form, term) for form in (*said, *(other for one in said for other in spoken_sizes(one))))


def _attribute_forms(name: str, values: Iterable[str], others: Mapping[str, list[str]]) -> Iterator[tuple[str, Term]]:
    describing, phrased = name.lower() in _DESCRIBING, name.lower() in _PHRASED
    for value in values:
        if value.lower() in _YES_NO:
            continue  # 有帽 says yes of hats alone
        for form in (value, *others.get(value, ())):
            rare = common_words().get(form.lower(), 10**6) > COMMON
            if (
                _wordy(form)
                and form.lower() not in _YES_NO
                and (describing or (rare and " " not in form) or (phrased and (" " in form or len(form) > LONG_HAN)))
            ):
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
