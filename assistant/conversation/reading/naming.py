"""Which of one product's own options a short answer names: "M", "size M please", "深蓝色". Knows no conversation."""

from __future__ import annotations

import re

from assistant.conversation.reading.questions import wanted
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.words import HAN, words
from index.product import Product

LONGEST = 40
"""Characters of an answer; what is longer is a message of its own."""
_LABELS = frozenset({"size", "colour", "color", "capacity", "style", "尺码", "尺寸", "颜色", "容量", "款式"})


def named_options(product: Product, answer: str) -> dict[str, tuple[str, ...]]:
    """Return the options of the product that an answer names, at its beginning at least: "M, my sister wears it, too"."""
    first = re.split(r"[,，。！!；;](?!\s*\d)", answer, maxsplit=1)[0]
    return _named(product, answer) or (_named(product, first) if first != answer else {})


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
