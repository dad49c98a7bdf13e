"""Which of one product's own options a short answer names: "M", "size M please", "深蓝色". Knows no conversation."""

from __future__ import annotations

import re

from assistant.conversation.reading.questions import wanted
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.words import HAN, words
from index.product import Product

LONGEST = 40
"""Characters of an answer; what is longer is a message of its own."""
_SWAPS = re.compile(
    r"^\W*(?:(?:ok|okay|no|sorry|actually|oh|wait|please|can you|could you|and)\W+)*"
    r"(?:(?:change|make|switch|swap|turn) (?:it|that|this|them|the (?:\w+ )?(?:one|size|colou?r))"
    r"(?: (?:one|size|colou?r))?(?: (?:to|into|for))?|i(?:'d| would) (?:rather|prefer)(?: have)?(?: it)? in)\b|"
    r"^(?:那|还是|帮我|给我|麻烦)*(?:换成|改成|改为|改要|换)",
    re.IGNORECASE,
)
"""Another option of a thing: "make that L", 换成L码."""
_LABELS = frozenset({"size", "colour", "color", "capacity", "style", "尺码", "尺寸", "颜色", "容量", "款式"})


def named_options(product: Product, answer: str) -> dict[str, tuple[str, ...]]:
    """Return the options of the product that an answer names, at its beginning at least: "M, my sister wears it, too"."""
    first = re.split(r"[,，。！!；;](?!\s*\d)", answer, maxsplit=1)[0]
    return _named(product, answer) or (_named(product, first) if first != answer else {})


def swapped_options(product: Product, message: str) -> dict[str, tuple[str, ...]]:
    """Return the options of the product that a message wants instead, and nothing else; else none."""
    said = _SWAPS.sub("", message, count=1)
    return named_options(product, said) if said != message else {}


def _named(product: Product, answer: str) -> dict[str, tuple[str, ...]]:
    """Return the options that an answer names, empty where it says anything else besides."""
    if len(answer) > LONGEST or any(one.kind != "aspect" for one in wanted(answer.lower())):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    rest = f" {' '.join(word.text for word in words(answer))} "
    values = {(name, value) for variant in product.variants for name, value in variant.options.items()}
    for name, value in sorted(values, key=lambda pair: (-len(pair[1]), pair)):
        forms = {value, *(said.option_values.get(value, value) for said in product.words.values())}
        for form in sorted(forms, key=len, reverse=True):
            spoken = " ".join(word.text for word in words(form))
            spoken = spoken if HAN.search(spoken) else f" {spoken} "
            if spoken.strip() and spoken in rest and name not in found:
                found[name], rest = (value,), rest.replace(spoken, " ", 1)
    left = [word for word in naming(rest) if word not in _LABELS]
    return found if not left else {}
