"""Words what a simulated shopper does next, in their language and mood. Decides nothing; lines lie in `phrases.toml`.

What must be so is never worn by a mood: typos fall on the other words, so that what was stated was stated legibly.
(How worn messages fare is another evaluation's business: `eval.robustness`.)
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from eval.intents.perturbing import typos
from eval.visits.must_haves import MustHave, materials

Mood = Literal["plain", "terse", "chatty", "careless", "polite", "impatient", "wavering"]
MOODS: tuple[Mood, ...] = ("plain", "terse", "chatty", "careless", "polite", "impatient", "wavering")
ADJECTIVES = 2
"""At most so many words before a thing."""
BOUNDS = frozenset({
    "under", "over", "below", "less", "than", "more", "most", "at", "up", "to", "max", "only", "not", "no", "nothing",
    "anything", "except", "but", "don't",
})  # fmt: skip
"""Words that say which way a must-have goes: part of it, so that no slip of a key turns it round."""
_VOWEL = re.compile(r"^(?:[aeio]|u(?!ni|se|sb))", re.IGNORECASE)


class Phrases:
    """One shopper's way of putting things: a language, a mood, and chance."""

    def __init__(self, language: str, mood: Mood, chance: random.Random) -> None:
        self.language, self.mood, self._chance = language, mood, chance
        self._lines: Mapping[str, Any] = lines()[language]

    def line(self, group: str, kind: str, **values: str) -> str:
        """Return one of the lines of a kind, filled."""
        text: str = self._chance.choice(self._lines[group][kind])
        return re.sub(r"\s+", " ", text.format(**values)).strip(" ，")

    def pick(self, group: str, kind: str) -> str:
        """Return one of the words of a list."""
        word: str = self._chance.choice(self._lines[group][kind])
        return word

    def opening(self, names: Sequence[str], musts: Sequence[MustHave], *, gift: bool) -> str:
        """Return the first wish: a thing and some of what must be so."""
        kind = "gift" if gift else self.mood if self.mood in self._lines["open"] else "plain"
        return self._of_thing(kind, names, musts)

    def again(self, names: Sequence[str], musts: Sequence[MustHave]) -> str:
        """Return the whole wish once more."""
        return self._of_thing("restate", names, musts, group="react")

    def kind_of(self, names: Sequence[str], musts: Sequence[MustHave]) -> str:
        """Return the answer to the question what it should be."""
        return self._of_thing("choose_kind", names, musts, group="react")

    def bare(self, names: Sequence[str], musts: Sequence[MustHave]) -> str:
        """Return a thing with what must be so, and no sentence around it."""
        return self._of_thing("terse", names, musts, line=0)

    def _of_thing(
        self,
        kind: str,
        names: Sequence[str],
        musts: Sequence[MustHave],
        *,
        group: str = "open",
        line: int | None = None,
    ) -> str:
        """Return a line about the thing; `line` is its place where chance does not choose it."""
        before = [m for m in musts if m.kind in self._lines["before"] and self._chance.random() < 0.5][:ADJECTIVES]
        rest = [m for m in musts if m not in before]
        thing = self._thing(self._chance.choice(names), [self.value(m) for m in before])
        needs = self._joined([self._inline(m) for m in rest])
        bare = re.sub(r"^an? ", "", thing)
        who = self.pick("open", "who") if kind == "gift" else ""
        known = [text for text in self._lines[group][kind] if "{needs}" in text or not rest]
        text = self._chance.choice(known) if line is None else known[line]
        text = re.sub(r"\s+", " ", text.format(thing=thing, bare=bare, needs=needs, who=who))
        return re.sub(r" ([,.?!:])", r"\1", text).strip(" ，")

    def _thing(self, name: str, adjectives: Sequence[str]) -> str:
        """Return a thing with adjectives before it, its article fitting the word that follows."""
        if self.language == "zh":
            return "".join((*(f"{a}的" for a in adjectives), name)) if adjectives else name
        article, noun = re.match(r"^(an? )?(.*)$", name).groups()  # type: ignore[union-attr]
        words = " ".join((*adjectives, noun))
        return f"{'an' if _VOWEL.match(words) else 'a'} {words}" if article else words

    def _inline(self, must: MustHave) -> str:
        return self.line("inline", must.kind, value=self.value(must))

    def _joined(self, parts: Sequence[str]) -> str:
        if self.language == "zh":
            return "".join(f"，{part}" for part in parts)
        return " ".join(parts)

    def state(self, musts: Sequence[MustHave]) -> str:
        """Return what must be so as sentences of their own."""
        said = [self.line("state", m.kind, value=self.value(m)) for m in musts]
        said = [one if one is said[-1] else one.rstrip("?？") for one in said]
        return ("，" if self.language == "zh" else ", ").join(said)

    def need(self, must: MustHave) -> str:
        """Return a must-have as a part of a sentence."""
        return self._inline(must)

    def revise(self, must: MustHave) -> str:
        """Return what a must-have becomes."""
        return self.line("revise", must.kind, value=self.value(must))

    def told(self, must: MustHave) -> str:
        """Return a taste in the first person."""
        return self.line("told", must.kind, value=self.value(must))

    def reference(self, place: int) -> str:
        """Return how a card is pointed at, from 0."""
        words: str = self._lines["react"]["refs"][place]
        return words

    def value(self, must: MustHave) -> str:
        """Return a must-have's value as one says it."""
        return said(must, self.language)

    def in_mood(self, text: str, *, keep: Sequence[str] = ()) -> str:
        """Return a message as somebody in this mood types it; what is in `keep` stays as it is."""
        if self.mood == "careless":
            return _careless(text, self._chance, keep)
        if self.mood in ("polite", "chatty", "impatient") and self._chance.random() < 0.4:
            after = self.pick("mood", f"{self.mood}_after")
            stop = "，" if self.language == "zh" else ("" if text[-1] in ".?!" else ",")
            return f"{text}{stop}{'' if self.language == 'zh' else ' '}{after}"
        return text


STUFFS = frozenset({"Steel"})
"""Colours called like what a thing may be made of: who wants the colour says so."""


def said(must: MustHave, language: str) -> str:
    """Return a must-have's value as one says it in a language.

    >>> said(MustHave("budget", "4000"), "en"), said(MustHave("size", "EU39"), "en")
    ('40', '39')
    """
    if must.kind == "budget":
        return f"{int(must.value) / 100:g}"
    if must.kind == "size":
        return must.value.removeprefix("EU")
    if must.kind == "without":
        kind, _, barred = must.value.partition(":")
        return materials()[barred].chinese if kind == "material" and language == "zh" else barred
    if language == "zh" and must.chinese:
        return must.chinese
    if must.kind == "colour":
        return f"{must.value.lower()} colour" if must.value in STUFFS else must.value.lower()
    return must.value


def _careless(text: str, chance: random.Random, keep: Sequence[str]) -> str:
    """Return a text without its last mark, with a slip or two in words that hold nothing of what is kept.

    Chinese loses its commas instead: its slips are of sound, and could change what is wished for.
    """
    if re.search(r"[一-鿿]", text):
        return text.replace("，", " ").rstrip("？。")
    held = BOUNDS | {word.lower() for one in keep for word in re.findall(r"\w+", one)}
    parts = text.split(" ")
    loose = [at for at, part in enumerate(parts) if not {w.lower() for w in re.findall(r"[\w']+", part)} & held]
    for at in chance.sample(loose, min(len(loose), 2)):
        parts[at] = typos(parts[at], chance)
    return " ".join(parts).rstrip(".?")


@cache
def lines() -> Mapping[str, Any]:
    """Return all lines by language."""
    return tomllib.loads((Path(__file__).with_name("phrases.toml")).read_text(encoding="utf-8"))
