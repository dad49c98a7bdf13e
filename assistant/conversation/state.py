"""What a conversation holds between turns: the wish in force, what was shown, what "it" is. Values and their JSON form.

Knows no store and no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

from index.query import Filters

MOST_SEEN = 120
"""Products that "show more" leaves out; older ones may be shown again."""
MOST_TOPICS = 8
MOST_LEFT = 4
"""Earlier wishes kept of a long conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An amount that a product should have: at least `low`, at most `high`, in `unit` ("inch", "kg", "year")."""

    unit: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MustHave:
    """A stated must-have that no filter enforces, as shown, with the words that would say it in a record.

    `forms` are alternatives in any language; `names` are attributes whose value decides. `absent` is "without …",
    `harmful` what would harm somebody: what holds it is never shown.
    """

    text: str
    forms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    measure: Measure | None = None
    absent: bool = False
    harmful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What there should be much of (`most`) or little of, as it was said; it orders what is found and filters nothing.

    `names` are the attributes whose number decides, in lower case and any language; `named` tells that it was said by
    such a name ("long battery life"). `utmost` asks for the end of the scale among all there are ("the lightest").
    """

    text: str
    most: bool
    names: tuple[str, ...]
    named: bool = False
    utmost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the shopper is looking for now. `text` is what is searched for; the rest are conditions in force."""

    text: str = ""
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    brands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    """How a condition was said, by the key of its chip ("option:color" → "navy")."""
    rating_min: float | None = None
    in_stock: bool = False
    reduced: bool = False
    excluded: tuple[str, ...] = ()
    must_haves: tuple[MustHave, ...] = ()
    preferences: tuple[Preference, ...] = ()
    sort: str = "relevance"

    @property
    def empty(self) -> bool:
        """True when nothing is wished for."""
        return replace(self, sort="relevance", labels={}) == Wish()

    def filters(self, *, without: frozenset[str] = frozenset(), only: frozenset[str] | None = None) -> Filters:
        """Return the conditions as a search takes them; `without` are ids left out, `only` the ids to choose from."""
        return Filters(
            price_min_minor=self.price_min_minor,
            price_max_minor=self.price_max_minor,
            brands=frozenset(self.brands),
            categories=frozenset(self.categories),
            options={name: frozenset(values) for name, values in self.options.items()},
            rating_min=self.rating_min,
            in_stock=self.in_stock,
            excluded=frozenset(self.excluded),
            excluded_ids=without,
            only_ids=only,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A product on a card, and the variant of it that met the conditions."""

    product_id: str
    variant_id: str


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that the shopper wants done and that waits for what they have not said yet; empty where nothing does.

    `text` is all that was said of it so far, a message a line; `action` is what is to be done, where the first message
    alone does not tell. `lacks` is "identity" where it is not known who asks, "order", "variant_ids",
    "new_variant_ids", "address" … where that was asked for, "yes" where the question was put, and "no" where it was
    answered so. `listed` are the numbers of the orders that were listed to choose from.
    """

    intent: str = ""
    text: str = ""
    lacks: str = ""
    action: str = ""
    listed: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Every message, the last first."""
        return tuple(reversed(self.text.split("\n"))) if self.text else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A conversation between two turns.

    `others` are wishes of one message beside the one in force, `left` those of before it, the last first.
    `shown` are the last cards in order, `focus` the product that "it" means, `earlier_focus` the one before it.
    `asked` names the clarifying question that is open ("option:2:ID": which variant of a product, of which 2 are
    wanted; "cart_which:2": which product; "cart_swap:VARIANT": which one in its place). `rule` is the last question
    that a policy answered, with the paragraph `rule_told` ("returns#window"), at turn `rule_at`; a question about an
    order opens the matter as well, and tells none. `order` is the number of the order that was told of at turn
    `order_at`, `orders` are all that were told of then. `cart_at` is the turn at which the cart was shown last,
    `taken` the variant that was put into it last, `instead` the one that goes out once it is known in which option
    the thing that was asked about is wanted.
    `meant` is the variant of the product in focus that was asked after. `topics` are earlier wishes in short, oldest
    first.
    """

    language: str = "en"
    wish: Wish = field(default_factory=Wish)
    others: tuple[Wish, ...] = ()
    left: tuple[Wish, ...] = ()
    shown: tuple[Shown, ...] = ()
    seen: tuple[str, ...] = ()
    focus: str | None = None
    earlier_focus: str | None = None
    asked: str = ""
    rule: str = ""
    rule_told: str = ""
    rule_at: int = -1
    order: str = ""
    orders: tuple[str, ...] = ()
    order_at: int = -1
    cart_at: int = -1
    taken: str = ""
    instead: str = ""
    meant: str = ""
    errand: Errand = field(default_factory=Errand)
    refused: Errand = field(default_factory=Errand)
    refused_at: int = -1
    topics: tuple[str, ...] = ()
    turns: int = 0
    last_message: str = ""
    last_at: float = 0.0

    def showing(self, shown: tuple[Shown, ...]) -> State:
        """Return the state after these cards were shown."""
        ids = tuple(s.product_id for s in shown)
        seen = tuple(dict.fromkeys((*(i for i in self.seen if i not in ids), *ids)))[-MOST_SEEN:]
        if len(ids) > 1 and self.focus is not None and self.focus not in ids:
            return replace(self, shown=shown, seen=seen, focus=None, earlier_focus=self.focus)
        return replace(self, shown=shown, seen=seen)

    def focusing(self, product_id: str) -> State:
        """Return the state in which "it" is this product."""
        if product_id == self.focus:
            return self
        return replace(self, focus=product_id, earlier_focus=self.focus or self.earlier_focus, meant="")

    def wishing(self, wish: Wish, *, new: bool) -> State:
        """Return the state with this wish in force; a `new` one makes the old a topic and forgets what was seen."""
        if not new:
            other = bool(
                self.wish.categories and wish.categories and not set(self.wish.categories) & set(wish.categories)
            )
            left = tuple(one for one in (self.wish, *self.left) if one != wish) if other else self.left
            return replace(self, wish=wish, left=left[:MOST_LEFT])
        topics = (*self.topics, self.wish.text) if self.wish.text else self.topics
        left = tuple(one for one in (self.wish, *self.others, *self.left) if one.categories and one != wish)
        return replace(
            self,
            wish=wish,
            others=(),
            left=left[:MOST_LEFT],
            topics=topics[-MOST_TOPICS:],
            seen=(),
            focus=None,
            earlier_focus=self.focus or self.earlier_focus,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the state as plain JSON; `from_json` gives it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the state that `to_json` wrote; what an older version did not know keeps its default."""
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        if "wish" in known:
            known["wish"] = _wish(known["wish"])
        for name in ("others", "left"):
            known[name] = tuple(_wish(other) for other in known.get(name, ()))
        for name in ("errand", "refused"):
            if name in known:
                known[name] = Errand(**{**known[name], "listed": tuple(known[name].get("listed", ()))})
        known["shown"] = tuple(Shown(**shown) for shown in known.get("shown", ()))
        for name in ("seen", "topics", "orders"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)


def _wish(data: Mapping[str, Any]) -> Wish:
    known = {f.name: data[f.name] for f in fields(Wish) if f.name in data}
    for name in ("brands", "categories", "excluded"):
        known[name] = tuple(known.get(name, ()))
    known["options"] = {name: tuple(values) for name, values in known.get("options", {}).items()}
    known["preferences"] = tuple(
        Preference(**{**one, "names": tuple(one["names"])}) for one in known.get("preferences", ())
    )
    known["must_haves"] = tuple(_must_have(one) for one in known.get("must_haves", ()))
    return Wish(**known)


def _must_have(data: Mapping[str, Any]) -> MustHave:
    measure = data.get("measure")
    return MustHave(
        text=data["text"],
        forms=tuple(data.get("forms", ())),
        names=tuple(data.get("names", ())),
        measure=Measure(**measure) if measure else None,
        absent=bool(data.get("absent", False)),
        harmful=bool(data.get("harmful", False)),
    )
