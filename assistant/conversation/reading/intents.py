"""What a message is for, by two small linear models: one over its letters, one over its meaning where there is one.

The phrases that they learned lie in `intents.en.txt`, `intents.zh.txt` (the talk of a shop) and in the grammars
`service.en.txt`, `service.zh.txt` (its service). Knows no catalogue: what a shop sells is masked beforehand by whoever
found it, and the phrases are seen both masked and with samples.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.conversation.reading.families import family
from assistant.conversation.reading.letters import letters
from assistant.conversation.reading.mending import mended

SAMPLES = {
    "en": {
        "thing": ("backpack", "running shoes", "desk lamp", "coffee maker", "headphones", "jacket", "yoga mat", "toys"),
        "colour": ("red", "blue", "black", "green"),
        "brand": ("nike", "halden", "sony", "lego"),
        "price": ("under $50", "below 100", "between 20 and 40", "around 30 dollars", "less than 80 bucks"),
        "ref": (
            "the second one",
            "the first",
            "the blue one",
            "this one",
            "the cheaper one",
            "the lamp",
            "number 3",
            "it",
        ),
        "feature": ("waterproof", "machine washable", "leather", "wireless", "quiet", "lightweight"),
        "number": ("10423", "R-10423", "W2378156", "883721", "50"),
        "plan": ("premium", "free", "pro", "gold", "platinum", "standard", "business", "basic"),
        "name": ("Mary Smith", "John Lee", "Acme Ltd", "my company"),
        "country": ("canada", "germany", "japan", "mexico"),
        "city": ("berlin", "london", "new york", "lyon"),
        "topic": ("dragons", "the sea", "friendship", "autumn"),
        "product": (
            "Marlow & Finch Harbour Tall Ceramic Jug",
            "Oakridge Summit 3-Season Down Sleeping Bag",
            "Vellum Row Slim Notebook",
            "Tanager Dusk Wireless Earbuds",
            "Lumen & Ash Willow Merino Throw",
            "Redfield Trail Waterproof Jacket",
        ),
    },
    "zh": {
        "thing": ("背包", "跑鞋", "台灯", "咖啡机", "耳机", "外套", "瑜伽垫", "玩具"),
        "colour": ("红色", "蓝色", "黑色", "绿色"),
        "brand": ("耐克", "小米", "海登", "乐高"),
        "price": ("50块以下", "100元以内", "两百到三百", "三百元左右", "不超过80"),
        "ref": ("第二个", "第一个", "蓝色的那个", "这个", "便宜的那个", "这款台灯", "第三款", "它"),
        "feature": ("防水", "可机洗", "皮革", "无线", "静音", "轻便"),
        "number": ("10423", "R-10423", "883721"),
        "plan": ("高级", "免费", "黄金", "企业", "白金"),
        "city": ("上海", "北京", "广州", "成都"),
        "product": (
            "Marlow & Finch 港湾系列 高身陶瓷水壶",
            "Oakridge 峰顶系列 三季羽绒睡袋",
            "Tanager 暮光系列 无线耳机",
            "Redfield 林径系列 防水夹克",
            "Lumen & Ash 柳叶系列 羊毛盖毯",
        ),
    },
}
MASKS = {name: f"〔{name}〕" for name in ("thing", "colour", "brand", "price", "ref", "feature")}
"""What stands for a thing, a colour … in a masked message."""
_PIECES = re.compile(r"[a-z']{2,}|[\u4e00-\u9fff]")
FILLINGS = 2
"""How often a phrase with slots is filled with samples, beside once with masks."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest of the conversation's own intents, how sure (0 to 1), and the runner-up.

    `exact` is the finer wish within it ("cancel_order" within "order_status"), `exact_sure` how sure that is.
    """

    intent: str
    sure: float
    second: str
    second_sure: float
    exact: str
    exact_sure: float


def phrases(language: str) -> Iterator[tuple[str, str]]:
    """Yield (intent, phrase) as the file of a language has them, slots unfilled."""
    intent = ""
    text = Path(__file__).with_name(f"intents.{language}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            intent = match[1]
        elif line.strip() and not line.startswith("#"):
            yield intent, line.strip()


def filled(phrase: str, language: str, chance: random.Random) -> list[str]:
    """Return a phrase with its slots filled: once with masks, and a few times with samples."""
    slots = re.findall(r"\{(\w+)\}", phrase)
    if not slots:
        return [phrase]
    samples = SAMPLES[language]
    masked = re.sub(r"\{(\w+)\}", lambda m: MASKS.get(m[1]) or chance.choice(samples[m[1]]), phrase)
    return [masked] + [
        re.sub(r"\{(\w+)\}", lambda m: chance.choice(samples[m[1]]), phrase) for _ in range(FILLINGS)
    ]  # fmt: skip


def normal(text: str) -> str:
    """Return a message as the model reads it: lower case, every number the same, no punctuation but ? and quotes."""
    text = re.sub(r"\d+(?:[.,]\d+)*", "0", text.lower())
    return re.sub(r"\s+", " ", re.sub(r"[!.,;:，。！；：~…]+", " ", text)).strip().removesuffix("?").strip()


def legible(text: str) -> str:
    """Return a message as the models read it, its typos mended.

    >>> legible("Where's my REFUDN for order R-10423?!")
    "where's my refund for order r-0"
    """
    return mended(normal(text))


def knows(intent: str, message: str) -> bool:
    """Return whether a message holds a word, or a Chinese character, of the phrases of an intent.

    >>> knows("thanks", "Thank you so much!"), knows("thanks", "asdkjh qwe")
    (True, False)
    """
    return bool(_known(intent) & set(_PIECES.findall(message.lower())))


@cache
def _known(intent: str) -> frozenset[str]:
    said = (phrase for language in ("en", "zh") for name, phrase in phrases(language) if name == intent)
    return frozenset(piece for phrase in said for piece in _PIECES.findall(phrase.lower()))


def guess(text: str, masked: str = "", *, meaning: Mapping[str, float] | None = None) -> Guess:
    """Return what a message is for.

    `masked` is the same with the shop's own words masked; `meaning` are chances of intents by an embedder, which count
    as much as the letters (measured on held-out slang: .60 without them, .88 with them).
    """
    chances = letters().chances([legible(t) for t in dict.fromkeys((text, masked or text))])
    if meaning is not None:
        together = {name: (chance * meaning.get(name, 1e-6)) ** 0.5 for name, chance in chances.items()}
        whole = sum(together.values())
        chances = {name: chance / whole for name, chance in together.items()}
    return _likeliest(chances)


def _likeliest(chances: Mapping[str, float]) -> Guess:
    """Return the likeliest family of intents, and the likeliest intent in it."""
    families: dict[str, float] = {}
    for name, chance in chances.items():
        families[family(name)] = families.get(family(name), 0.0) + chance
    exact = max(chances, key=lambda name: chances[name])
    first = family(exact) if chances[exact] >= 0.5 else max(families, key=lambda name: families[name])
    exact = max((name for name in chances if family(name) == first), key=lambda name: chances[name])
    second = max((name for name in families if name != first), key=lambda name: families[name])
    return Guess(first, families[first], second, families[second], exact, chances[exact])
