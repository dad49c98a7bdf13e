"""Draws what shoppers want from the catalogue's own records, and finds which products meet it by a plain loop.

Knows no assistant and no wording.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from eval.visits.must_haves import Kind, MustHave, features, materials, meets_all, rows
from index.product import Product, Variant

GoalKind = Literal["find", "gift", "compare", "worry", "nothing"]
KINDS: tuple[GoalKind, ...] = ("find", "gift", "compare", "worry", "nothing")
SHARES = (0.5, 0.12, 0.12, 0.12, 0.14)
WORRIES = ("returns", "shipping", "warranty", "payment")
"""Rules of the shop that somebody wants to know before they buy."""
TOLD = 0.3
"""The share of visits in which a signed-in shopper tells something of themselves."""
MOST = 4
"""Must-haves of one goal, beside the thing itself."""
TRIES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What one shopper wants.

    `path` is the category of the thing, `musts` what must be so in the order of telling, `revised` what one of them
    becomes in the middle of the visit. `shelf` are the products that meet all of it in the end, none for a goal of the
    kind "nothing". `worry` is a rule that must be known first, `told` what they say of their taste ("color:Navy",
    "avoid:wool", "brand:Nordvik", "size:EU39").
    """

    kind: GoalKind
    path: str
    musts: tuple[MustHave, ...]
    revised: tuple[MustHave, MustHave] | None = None
    shelf: tuple[str, ...] = ()
    worry: str = ""
    told: MustHave | None = None

    @property
    def last(self) -> tuple[MustHave, ...]:
        """The must-haves in force at the end."""
        if self.revised is None:
            return self.musts
        old, new = self.revised
        return tuple(new if must == old else must for must in self.musts)

    def as_json(self) -> dict[str, Any]:
        """Return the goal as plain JSON; `goal_of` gives it back."""
        return asdict(self)


def goal_of(data: Mapping[str, Any]) -> Goal:
    """Return the goal that `Goal.as_json` wrote."""
    held = dict(data)
    held["musts"] = tuple(MustHave(**one) for one in data["musts"])
    held["revised"] = tuple(MustHave(**one) for one in data["revised"]) if data["revised"] else None
    held["told"] = MustHave(**data["told"]) if data["told"] else None
    return Goal(**held | {"shelf": tuple(data["shelf"])})


def things() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return what shoppers call the things of each category: in English with an article, and in Chinese."""
    return {path: (tuple(en.split(", ")), tuple(zh.split(", "))) for path, en, zh in rows("things.tsv")}


class Shelves:
    """The catalogue by category, and the draws from it."""

    def __init__(self, products: Sequence[Product]) -> None:
        named = things()
        self.by_path: dict[str, list[Product]] = {}
        for product in products:
            path = path_of(product)
            if path in named:
                self.by_path.setdefault(path, []).append(product)
        self._colours = {
            value: words.option_values[value]
            for product in products
            for words in [product.words.get("zh")]
            if words
            for value in product.options("color")
            if value in words.option_values
        }
        self._brands = sorted({product.brand for product in products if product.brand})

    def meeting(self, path: str, musts: Sequence[MustHave]) -> list[tuple[Product, Variant]]:
        """Return every product of a category, with its first variant on sale, that meets all must-haves."""
        found = []
        for product in self.by_path[path]:
            sold = (v for v in product.variants if v.in_stock and v.price_minor is not None)
            variant = next((v for v in sold if meets_all(musts, product, v)), None)
            if variant is not None:
                found.append((product, variant))
        return found

    def goal(self, chance: random.Random, *, kind: GoalKind, revises: bool) -> Goal:
        """Draw a goal of a kind; `revises` is a shopper who changes one must-have on the way."""
        for _ in range(TRIES):
            path = chance.choice(sorted(self.by_path))
            goal = self._nothing(path, chance) if kind == "nothing" else self._something(path, chance, kind, revises)
            if goal is not None:
                told = self._told(chance) if chance.random() < TOLD else None
                return replace(goal, told=told if told and not _clash(told, goal) else None)
        raise ValueError(f"no goal of the kind {kind!r} can be drawn from these products: more of them are needed")

    def _something(self, path: str, chance: random.Random, kind: GoalKind, revises: bool) -> Goal | None:
        sold = self.meeting(path, ())
        if not sold:
            return None
        product, _ = chance.choice(sold)
        variant = chance.choice([v for v in product.variants if v.in_stock and v.price_minor is not None])
        musts = self._musts(product, variant, chance)
        goal = Goal(kind=kind, path=path, musts=musts, worry=chance.choice(WORRIES) if kind == "worry" else "")
        if revises:
            goal = replace(goal, revised=self._revision(goal, chance))
        shelf = [p.id for p, _ in self.meeting(path, goal.last)]
        enough = 2 if kind == "compare" else 1
        return replace(goal, shelf=tuple(shelf)) if len(shelf) >= enough else None

    def _musts(self, product: Product, variant: Variant, chance: random.Random) -> tuple[MustHave, ...]:
        """Return some of what is true of a product, as must-haves of different kinds."""
        known = {must.kind: must for must in self._true_of(product, variant, chance)}
        count = min(len(known), chance.choice((1, 2, 2, 3, 3, MOST)))
        return tuple(known[kind] for kind in chance.sample(sorted(known), count))

    def _true_of(self, product: Product, variant: Variant, chance: random.Random) -> Iterator[MustHave]:
        for make in chance.sample(_MAKERS, len(_MAKERS)):
            must = make(product, variant, chance)
            if must is not None:
                yield self._in_chinese(must)
        if product.brand and chance.random() < 0.5:
            other = chance.choice([p.brand for p in self.by_path[path_of(product)] if p.brand])
            if other != product.brand:
                yield MustHave("without", f"brand:{other}")

    def _in_chinese(self, must: MustHave) -> MustHave:
        if must.kind == "colour":
            return replace(must, chinese=self._colours.get(must.value, ""))
        if must.kind == "feature":
            return replace(must, chinese=features()[must.value].chinese)
        return replace(must, chinese=materials()[must.value].chinese) if must.kind == "material" else must

    def _revision(self, goal: Goal, chance: random.Random) -> tuple[MustHave, MustHave] | None:
        """Return a must-have and what it becomes, so that something is still there; `None` where nothing can change."""
        for old in chance.sample(goal.musts, len(goal.musts)):
            rest = [must for must in goal.musts if must != old]
            for product, variant in chance.sample(meeting := self.meeting(goal.path, rest), len(meeting)):
                make = _BY_KIND.get(old.kind)
                new = make(product, variant, chance) if make and old.kind in ("budget", "colour", "size") else None
                if new is not None and new.value != old.value:
                    return old, self._in_chinese(new)
        return None

    def _nothing(self, path: str, chance: random.Random) -> Goal | None:
        """Return a goal that no product meets, though the shop has the thing and each must-have alone is sane."""
        sold = self.meeting(path, ())
        if not sold:
            return None
        product, variant = chance.choice(sold)
        musts = list(self._musts(product, variant, chance))[:2]
        wrong = self._unmet(path, chance)
        musts = [must for must in musts if must.kind != wrong.kind] + [wrong]
        return None if self.meeting(path, musts) else Goal(kind="nothing", path=path, musts=tuple(musts))

    def _unmet(self, path: str, chance: random.Random) -> MustHave:
        """Return something that no product of a category is likely to have."""
        here = {p.brand for p in self.by_path[path]}
        prices = [v.price_minor for p in self.by_path[path] for v in p.variants if v.price_minor is not None]
        cheap = max(2, round(min(prices) * 0.7 / 100)) * 100
        return chance.choice([
            MustHave("budget", str(cheap)),
            MustHave("brand", chance.choice([b for b in self._brands if b not in here])),
            self._in_chinese(MustHave("colour", chance.choice(("Purple", "Orange", "Gold", "Yellow", "Pink")))),
        ])  # fmt: skip

    def _told(self, chance: random.Random) -> MustHave:
        """Return something that a shopper says of their own taste."""
        return chance.choice([
            self._in_chinese(MustHave("colour", chance.choice(("Navy", "Olive", "Red", "Black", "Green")))),
            MustHave("brand", chance.choice(self._brands)),
            MustHave("size", chance.choice(("S", "M", "L", "EU38", "EU42"))),
            MustHave("without", f"material:{chance.choice(('wool', 'leather', 'polyester'))}"),
        ])  # fmt: skip


def _clash(told: MustHave, goal: Goal) -> bool:
    """Return whether a taste would be a second word on what the goal asks for already."""
    kinds = {must.kind for must in (*goal.musts, *goal.last)}
    return told.kind in kinds or (told.kind == "without" and "material" in kinds)


def path_of(product: Product) -> str:
    """Return a product's category as the tables of this room write it."""
    return " > ".join(product.words["en"].category) if "en" in product.words else ""


def _budget(_product: Product, variant: Variant, chance: random.Random) -> MustHave | None:
    if variant.price_minor is None:
        return None
    dollars = variant.price_minor / 100 * chance.uniform(1.03, 1.4)
    step = 5 if dollars > 20 else 1
    return MustHave("budget", str(max(step, -(-int(dollars + 1) // step) * step) * 100))


def _colour(_product: Product, variant: Variant, _chance: random.Random) -> MustHave | None:
    named = variant.options.get("color")
    return MustHave("colour", named) if named else None


def _size(_product: Product, variant: Variant, _chance: random.Random) -> MustHave | None:
    named = variant.options.get("size", "")
    return MustHave("size", named) if named in _SIZES else None


def _brand(product: Product, _variant: Variant, chance: random.Random) -> MustHave | None:
    return MustHave("brand", product.brand) if product.brand and chance.random() < 0.5 else None


def _rating(product: Product, _variant: Variant, chance: random.Random) -> MustHave | None:
    return MustHave("rating", "4") if (product.rating or 0) >= 4 and chance.random() < 0.5 else None


def _stock(_product: Product, variant: Variant, chance: random.Random) -> MustHave | None:
    return MustHave("stock", "in stock") if variant.in_stock and chance.random() < 0.3 else None


def _feature(product: Product, _variant: Variant, chance: random.Random) -> MustHave | None:
    stated = product.words["en"].attributes
    true = [
        name
        for name, feature in features().items()
        if any(stated.get(one, "").startswith(feature.beginnings) for one in feature.attributes)
    ]
    return MustHave("feature", chance.choice(true)) if true else None


def _material(product: Product, _variant: Variant, chance: random.Random) -> MustHave | None:
    stated = " ".join(product.words["en"].attributes.get(name, "") for name in ("Material", "Upper")).lower()
    true = [name for name, material in materials().items() if material.pattern.search(stated)]
    return MustHave("material", chance.choice(true)) if true and chance.random() < 0.6 else None


def _age(product: Product, _variant: Variant, chance: random.Random) -> MustHave | None:
    stated = product.words["en"].attributes.get("Age", "")
    first = int("".join(c for c in stated if c.isdigit()) or 1) if "year" in stated else 1
    return MustHave("age", str(first + chance.randrange(1, 4))) if stated and first < 12 else None


_Maker = Callable[[Product, Variant, random.Random], MustHave | None]
_BY_KIND: Mapping[Kind, _Maker] = {
    "budget": _budget, "colour": _colour, "size": _size, "brand": _brand, "rating": _rating, "stock": _stock,
    "feature": _feature, "material": _material, "age": _age,
}  # fmt: skip
_MAKERS: Sequence[_Maker] = tuple(_BY_KIND.values())
_NUMBERED = (*(f"EU{n}" for n in range(35, 57)), *(f"W{n}" for n in range(25, 39)))
_SIZES = frozenset(["XS", "S", "M", "L", "XL", "XXL", *_NUMBERED])
"""Sizes that people state; lengths and volumes are chosen on the card."""
