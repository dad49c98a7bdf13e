"""Wears a wish out in ways that people and programs do, without changing what is wished for.

Each way is a function of a wish and chance. Knows no assistant.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from opencc import OpenCC

from eval.intents.perturbing import typos
from eval.robustness.wishes import Wish

LONG = 5_000
"""Characters of a very long message."""
SLIPS = 8
"""Characters of Chinese to a slip, at least one."""
TIMES = 4
_EMOJI = "🙏😊🎁✨👍🔥💕🤔😅🛒"
_INVISIBLE = "\u200b\u200c\u2060\ufeff"

Wear = Callable[[Wish, random.Random], str]


def _typos(wish: Wish, chance: random.Random) -> str:
    if wish.language == "en":
        return typos(wish.text, chance)
    letters, alike = list(wish.text), {pair[0]: pair[1] for pair in _texts("zh", "alike")}
    places = [at for at, letter in enumerate(letters) if "一" <= letter <= "鿿"]
    for at in chance.sample(places, min(len(places), max(1, len(places) // SLIPS))):
        letters[at] = alike.get(letters[at]) or letters[at] * 2
    return "".join(letters)


def _spacing(wish: Wish, _chance: random.Random) -> str:
    """Return English without spaces around what is not a word, and Chinese with a space after every character."""
    if wish.language == "en":
        return wish.text.replace(" ", "")
    return re.sub(r"([一-鿿])", r"\1 ", wish.text).strip()


def _caps(wish: Wish, _chance: random.Random) -> str:
    return wish.text.upper()


def _traditional(wish: Wish, _chance: random.Random) -> str:
    return str(_to_traditional().convert(wish.text))


def _mixed(wish: Wish, chance: random.Random) -> str:
    return str(chance.choice(_texts(wish.language, "frames"))).format(core=wish.core)


def _emoji(wish: Wish, chance: random.Random) -> str:
    parts = re.split(r"( |，)", wish.text)
    return "".join(f"{part}{chance.choice(_EMOJI)}" if part in (" ", "，") else part for part in parts) + _EMOJI[:3]


def _long_after(wish: Wish, chance: random.Random) -> str:
    return f"{wish.text}{_stop(wish)}{_story(wish.language, chance)}"


def _long_before(wish: Wish, chance: random.Random) -> str:
    return f"{_story(wish.language, chance)}{wish.text}"


def _repeated(wish: Wish, _chance: random.Random) -> str:
    return "\n".join([wish.text] * TIMES)


def _full_width(wish: Wish, _chance: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in wish.text)


def _markup(wish: Wish, chance: random.Random) -> str:
    forms = ("<p>Message:<br/><b>{}</b></p>", "**{}**", "> {}", "# {}", '<div class="x">{}</div>', "- {}\n- ")
    return chance.choice(forms).format(wish.text)


def _zero_width(wish: Wish, chance: random.Random) -> str:
    return "".join(letter + (chance.choice(_INVISIBLE) if chance.random() < 0.3 else "") for letter in wish.text)


def _punctuated(wish: Wish, chance: random.Random) -> str:
    marks = ("!!!", "...", "???", "!?") if wish.language == "en" else ("！！！", "……", "？？？", "～～")
    ends = re.sub(r"[.?!？！。]+$", "", wish.text)
    return f"{chance.choice(marks)}{ends}{''.join(chance.choice(marks) for _ in range(3))}"


def _lines(wish: Wish, _chance: random.Random) -> str:
    parts = wish.text.split(" ") if wish.language == "en" else re.split(r"(?<=，)", wish.text)
    return "\n".join(parts)


def _chatter(wish: Wish, chance: random.Random) -> str:
    before, after = (chance.choice(_texts(wish.language, f"chatter_{where}")) for where in ("before", "after"))
    space = " " if wish.language == "en" else ""
    return f"{before}{space}{wish.text}{_stop(wish)}{after}"


ANY: Mapping[str, Wear] = {
    "typos": _typos, "spacing": _spacing, "mixed": _mixed, "emoji": _emoji, "long_after": _long_after,
    "long_before": _long_before, "repeated": _repeated, "full_width": _full_width, "markup": _markup,
    "zero_width": _zero_width, "punctuated": _punctuated, "lines": _lines, "chatter": _chatter,
}  # fmt: skip
KINDS: Mapping[str, Mapping[str, Wear]] = {
    "en": {**ANY, "caps": _caps},
    "zh": {**ANY, "traditional": _traditional},
}
"""The ways of wearing a wish in each language, by name."""
NAMES = tuple(dict.fromkeys(name for kinds in KINDS.values() for name in kinds))


def _stop(wish: Wish) -> str:
    """Return what ends a sentence before another one, where it does not end already."""
    if wish.text[-1] in ".?!？！。":
        return " " if wish.language == "en" else ""
    return ". " if wish.language == "en" else "。"


def _story(language: str, chance: random.Random) -> str:
    sentences: list[str] = []
    while sum(map(len, sentences)) < LONG:
        known = _texts(language, "story")
        sentences += chance.sample(known, len(known))
    return "".join(f"{one} " if language == "en" else one for one in sentences)


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


@cache
def _texts(language: str, name: str) -> Sequence[str]:
    """Return a list of `wearing.toml`; "alike" are pairs of characters that are typed for one another."""
    path = Path(__file__).with_name("wearing.toml")
    found: Sequence[str] = tomllib.loads(path.read_text(encoding="utf-8"))[language][name]
    return found
