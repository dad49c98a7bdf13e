"""A language model that only lies: every sentence it gives holds one statement that the records contradict.

It shows whether anything untrue can pass the turn, whatever the model says. The turn does not know it, and it shares no
code with the turn's verification.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.llm.contract import EngineInfo, Request
from eval.grounding.truth import Truth, fold, of_product
from index.product import Product

_LIES = tomllib.loads((Path(__file__).parent / "liar.toml").read_text(encoding="utf-8"))
_FEATURES, _SUPERLATIVES, _PROMISES = (_LIES[kind] for kind in ("features", "superlatives", "promises"))
_INVENTED: list[str] = _LIES["invented"]


@dataclass(frozen=True, slots=True)
class Lie:
    """One told lie: its kind, the whole sentence, and the fragment that is false."""

    kind: str
    sentence: str
    fragment: str


class Liar:
    """An engine of lies about the products of a catalogue. `told` holds every lie since `forget` was last called."""

    def __init__(self, products: Sequence[Product], *, seed: int) -> None:
        self._products = products
        self._titles = sorted(
            ((fold(words.title), product) for product in products for words in product.words.values()),
            key=lambda pair: -len(pair[0]),
        )
        self._seed = seed
        self._random = random.Random(seed)
        self.told: list[Lie] = []

    @property
    def info(self) -> EngineInfo:
        """What it is."""
        return EngineInfo("liar", "liar", "an evaluation asked for an engine that only lies")

    @property
    def ready(self) -> bool:
        """Always: a lie needs no loading."""
        return True

    async def start(self) -> None:
        """Nothing to load."""

    async def close(self) -> None:
        """Nothing to free."""

    def forget(self) -> None:
        """Begin a new turn's list of lies."""
        self.told = []

    def begin(self, example: str) -> None:
        """Begin an example: its lies follow from the seed and its name, whatever was told before."""
        self._random = random.Random(f"{self._seed}/{example}")
        self.forget()

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield one lie about the thing that the request speaks of, in the request's language."""
        last = fold(request.messages[-1].content)
        about = next((product for title, product in self._titles if title and title in last), None)
        chinese = len(re.findall(r"[一-鿿]", last)) > len(last) / 12
        lie = self._lie(about, "zh" if chinese else "en")
        self.told.append(lie)
        for start in range(0, len(lie.sentence), 12):
            yield lie.sentence[start : start + 12]

    def _lie(self, about: Product | None, language: str) -> Lie:
        if about is None:
            return self._promise(None, Truth(), language)
        truth = of_product(about)
        makers: list[Callable[[Product, Truth, str], Lie | None]] = [
            self._price, self._reduction, self._attribute, self._invented, self._stock, self._rating, self._feature,
            self._superlative, self._promise, self._brand, self._mixed,
        ]  # fmt: skip
        self._random.shuffle(makers)
        return next(lie for lie in (maker(about, truth, language) for maker in makers) if lie is not None)

    def _wrong_amount(self, truth: Truth) -> str:
        known = {f"{price:.2f}" for price in truth.prices | truth.list_prices}
        while (amount := f"{self._random.choice((4.99, 9.5, 12.49, 17.0, 33.33, 71.2, 149.95, 888.0)):.2f}") in known:
            pass
        return amount

    def _price(self, about: Product, truth: Truth, language: str) -> Lie:
        amount = self._wrong_amount(truth)
        name = about.said(language).title
        forms = {
            "en": (
                f"The {name} costs ${amount}.",
                f"At ${amount}, the {name} is a good choice.",
                f"It is just {amount} dollars.",
            ),
            "zh": (f"{name}售价{amount}美元。", f"{name}只要${amount}，很合适。"),
        }
        return Lie("price", self._random.choice(forms[language]), amount)

    def _reduction(self, about: Product, truth: Truth, language: str) -> Lie:
        amount = self._wrong_amount(truth)
        name = about.said(language).title
        text = f"The {name} is reduced from ${amount}." if language == "en" else f"{name}原价${amount}，现在降价。"
        return Lie("discount", text, amount)

    def _attribute(self, about: Product, truth: Truth, language: str) -> Lie | None:
        mine = about.said(language).attributes
        for other in self._random.sample(self._products, min(30, len(self._products))):
            for name, value in other.said(language).attributes.items():
                if name in mine and fold(value) not in truth.text and fold(value) not in ("yes", "no", "是", "否"):
                    title = about.said(language).title
                    text = (
                        f"The {title} has a {name.lower()} of {value}."
                        if language == "en"
                        else f"{title}的{name}是{value}。"
                    )
                    return Lie("attribute", text, fold(value))
        return None

    def _invented(self, about: Product, _truth: Truth, language: str) -> Lie:
        name = self._random.choice(_INVENTED)
        text = f"The {name} would suit you as well." if language == "en" else f"{name}也很适合您。"
        return Lie("product", text, fold(name))

    def _stock(self, about: Product, truth: Truth, language: str) -> Lie | None:
        name = about.said(language).title
        if truth.stock == "in":
            return Lie(
                "stock",
                *((f"Sadly, the {name} is sold out.", "sold out") if language == "en" else (f"{name}已售罄。", "售罄")),
            )
        if truth.stock == "out":
            return Lie(
                "stock", *((f"The {name} is in stock.", "in stock") if language == "en" else (f"{name}有货。", "有货"))
            )
        return None

    def _rating(self, about: Product, truth: Truth, language: str) -> Lie:
        wrong = next(
            r for r in ("4.9", "2.1", "3.3") if truth.rating is None or abs(float(r) - float(truth.rating)) > 0.15
        )
        name = about.said(language).title
        text = f"Shoppers rate the {name} {wrong} out of 5 stars." if language == "en" else f"{name}的评分是{wrong}分。"
        return Lie("rating", text, wrong)

    def _feature(self, about: Product, truth: Truth, language: str) -> Lie | None:
        for english, chinese in self._random.sample(_FEATURES, len(_FEATURES)):
            if all(word not in truth.text for word in fold(english).split()) and chinese not in truth.text:
                name = about.said(language).title
                text = f"The {name} is {english}." if language == "en" else f"{name}{chinese}。"
                return Lie("feature", text, fold(english) if language == "en" else chinese)
        return None

    def _superlative(self, about: Product, _truth: Truth, language: str) -> Lie:
        english, chinese = self._random.choice(_SUPERLATIVES)
        name = about.said(language).title
        text = f"The {name} is {english}." if language == "en" else f"{name}是{chinese}。"
        return Lie("superlative", text, fold(english) if language == "en" else chinese)

    def _promise(self, about: Product | None, _truth: Truth, language: str) -> Lie:
        english, chinese = self._random.choice(_PROMISES)
        name = about.said(language).title if about else ("Every order" if language == "en" else "所有订单")
        text = f"{name} {english}." if language == "en" else f"{name}{chinese}。"
        return Lie("policy", text, fold(english) if language == "en" else chinese)

    def _brand(self, about: Product, truth: Truth, language: str) -> Lie | None:
        others = sorted({p.brand for p in self._products if p.brand and fold(p.brand) not in truth.text})
        if not others:
            return None
        other = self._random.choice(others)
        name = about.said(language).title
        text = f"The {name} is made by {other}." if language == "en" else f"{name}由{other}出品。"
        return Lie("brand", text, fold(other))

    def _mixed(self, about: Product, truth: Truth, language: str) -> Lie | None:
        """A true price first, then a lie: half a truth is the likeliest to pass."""
        if not truth.prices:
            return None
        price = f"${min(truth.prices):.2f}"
        lie = self._feature(about, truth, language)
        if lie is None:
            return None
        joined = (
            f"It costs {price} and is {lie.fragment}." if language == "en" else f"售价{price}，而且{lie.fragment}。"
        )
        return Lie("mixed", joined, lie.fragment)
