"""Checks the numbers of a sentence: each must be an amount of the same kind that the evidence gives for the same thing.

A number that merely occurs somewhere is not enough: "$12" is no "12 oz", a width is no height, 24 hours cold are not
24 hours hot, and what an amount was is not what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.wording.quantities import Quantity, quantities
from assistant.wording.said import Said
from assistant.wording.support import AGE_KEYS, PRICE_KEYS, Support, Unit, fine_clauses
from assistant.wording.words import Token, fold, tokens

_PRICED = re.compile(r"(?:\bcosts?|\bpriced at|\bprice (?:is|of)|价格|售价|价钱|卖)\s*(?:为|是|[:：])?\s*$")


def wrong_amounts(said: Said, support: Support, ask: str) -> Iterator[tuple[str, str]]:
    """Yield kind and words of each amount that the evidence does not give."""
    for amount in quantities(said.text):
        if _in_name(amount, said):
            continue
        if _restated_bound(amount, said, support, ask) or _restated_age(amount, support, ask):
            continue
        if _bare_price(amount, said, support):
            continue
        if not _supported(amount, said, support) or not _verb_allows(amount, said, support):
            yield amount.kind.partition(":")[0], amount.text


def _bare_price(amount: Quantity, said: Said, support: Support) -> bool:
    """Return whether a bare number is the price of a record that names no currency: "costs 29.99", 售价 29.99."""
    if amount.kind != "count":
        return False
    stated = [one for unit in support.facts(PRICE_KEYS) for one in unit.quantities if one.kind == "count"]
    if not any(one.size == amount.size for one in stated):
        return False
    return bool(_PRICED.search(said.folded[: amount.start]))


def _verb_allows(amount: Quantity, said: Said, support: Support) -> bool:
    start, _, _ = said.clause_of(next(t for t in said.tokens if t.end > amount.start))
    before = [t for t in said.tokens if start <= t.start and t.end <= amount.start][-3:]
    kinds = [support.lists.verbs[t.stem] for t in before if t.stem in support.lists.verbs]
    return not kinds or amount.kind.partition(":")[0] in kinds[-1]


def before_cues(said: Said, support: Support) -> list[tuple[int, int]]:
    """Return the places of the words that tell that a sum was asked before ("down from $119")."""
    spans = []
    for amount in quantities(said.text):
        for cue in support.lists.price_before if amount.kind.startswith("money") else ():
            if match := re.search(
                rf"{re.escape(cue)}\s*(?:at|from|of|price[d]?(?: at)?)?\s*$", said.folded[: amount.start]
            ):
                spans.append((match.start(), match.end()))
    return spans


def _in_name(amount: Quantity, said: Said) -> bool:
    inside = [i for i, t in enumerate(said.tokens) if amount.start <= t.start < amount.end and t.value is not None]
    return bool(inside) and all(i in said.named for i in inside)


def _supported(amount: Quantity, said: Said, support: Support) -> bool:
    if amount.kind.startswith("money"):
        return _money(amount, said, support)
    if amount.kind == "discount":
        return any(a.equals(amount) for unit in support.units if unit.kind == "fact" for a in unit.quantities)
    if amount.kind == "stars":
        return _stars(amount, support)
    if amount.kind == "count" and _years_of_age(amount, said, support):
        return True
    kinds = ("fact", "name", "record", "review") if _attributed(said, support) else ("fact", "name", "record")
    for unit in support.units:
        if unit.kind not in kinds:
            continue
        for held in unit.quantities:
            if held.equals(amount) and _same_role(amount, held, unit, said, support):
                return True
    return False


def _years_of_age(amount: Quantity, said: Said, support: Support) -> bool:
    """Allow "ages 3 and up" for "3 years and up"."""
    close = said.folded[max(0, amount.start - 8) : amount.start]
    if not re.search(r"\bage[sd]?\s*$", close):
        return False
    held = [q for unit in support.facts(AGE_KEYS) for q in unit.quantities]
    return any(q.size == (amount.size * 12 if q.kind == "months" else amount.size) for q in held)


def _attributed(said: Said, support: Support) -> bool:
    return any(t.stem in support.lists.attribution for t in said.tokens)


def _money(amount: Quantity, said: Said, support: Support) -> bool:
    before = _just_before(said, amount, 24)
    was = any(_has(before, cue) for cue in support.lists.price_before)
    after = said.folded[amount.end : amount.end + 14]
    was = was or any(_has(after.split(",")[0], cue) for cue in ("before", "originally"))
    for unit in support.units:
        if unit.kind == "name" or (unit.kind == "record" and not support.trusted):
            continue
        if not any(held.equals(amount) for held in unit.quantities):
            continue
        if unit.key in PRICE_KEYS and not was and _whole_range(unit, said, support):
            return True
        if unit.key == "list_price" and was:
            return True
        if unit.key not in PRICE_KEYS | {"list_price"} and _shares_words(unit, said, amount, support):
            return True
    return False


def _whole_range(unit: Unit, said: Said, support: Support) -> bool:
    held = [q for q in unit.quantities if q.kind.startswith("money")]
    if len({q.size for q in held}) < 2:
        return True
    spoken = {q.size for q in quantities(said.text)}
    low = min(q.size for q in held)
    if all(q.size in spoken for q in held):
        return True
    return low in spoken and any(_has(said.folded, cue) for cue in support.lists.price_from)


def _shares_words(unit: Unit, said: Said, amount: Quantity, support: Support) -> bool:
    """Any other sum (postage, a total) must be named as what it is, close to it."""
    start, end, _ = said.clause_of(next(t for t in said.tokens if t.end > amount.start))
    words = {t.stem for t in said.within(start, end) if t.is_word}
    label = {w for w in unit.named if w not in support.lists.free} or unit.named
    if unit.kind == "record":
        label = {s for s in unit.stems if s not in support.lists.free and not s[0].isdigit()}
        return len(words & label) >= 2 or any(w in unit.folded for w in words if not w.isascii() and len(w) > 1)
    return bool(words & label) or any(w in said.folded[start:end] for w in label if not w.isascii())


def _stars(amount: Quantity, support: Support) -> bool:
    for unit in support.units:
        if unit.kind in ("record", "name") or "rating" not in unit.key or unit.key == "rating_count":
            continue
        held = unit.quantities[:1]
        scale = held[0].scale if held and held[0].scale else Decimal(5)
        if held and held[0].size == amount.size and (amount.scale is None or amount.scale == scale):
            return True
    return False


def _same_role(amount: Quantity, held: Quantity, unit: Unit, said: Said, support: Support) -> bool:
    if unit.key in PRICE_KEYS | {"list_price"} or unit.key == "rating":
        return _named_nearby(amount, unit, said)
    if unit.key in ("rating_count", "review_count"):
        return bool({t.stem for t in _neighbours(amount, said, 4)} & support.lists.rating_count) or any(
            word in said.folded[amount.end : amount.end + 6]
            for word in support.lists.rating_count
            if not word.isascii()
        )
    if not _roles_agree(amount, held, unit, said, support) or _counts_another(amount, held, unit, said):
        return False
    if amount.kind in ("count", "percent", "people", "pieces", "angle") and not (
        unit.kind == "fact" and amount.kind in ("people", "pieces")
    ):
        return _named_nearby(amount, unit, said)
    return not _ambiguous(amount, support) or _context_shared(amount, held, unit, said, support)


def _counts_another(amount: Quantity, held: Quantity, unit: Unit, said: Said) -> bool:
    """Where one fact counts several things ("2 × USB-C, 1 × USB-A"), each count keeps its own."""
    if amount.kind not in ("count", "pieces") or sum(q.kind == held.kind for q in unit.quantities) < 2:
        return False
    here, there = _word_after(said.tokens, amount.end), _word_after(tokens(unit.text), held.end)
    return here is not None and there is not None and here != there


def _word_after(found: Sequence[Token], place: int) -> str | None:
    return next((t.stem for t in found if t.start >= place and t.is_word and t.text not in ("x", "个")), None)


def _roles_agree(amount: Quantity, held: Quantity, unit: Unit, said: Said, support: Support) -> bool:
    spoken = _roles_near(amount, said, support)
    if not spoken:
        return True
    around = next((c for c in _value_clauses(unit) if _contains(c, held)), fold(unit.text))
    own = _roles_in(around, amount.kind, support)
    return spoken <= (own or _roles_in(" ".join(unit.named), amount.kind, support))


def _roles_in(text: str, kind: str, support: Support) -> set[int]:
    stems = {token.stem for token in tokens(text)}
    return {
        number
        for word, (number, kinds) in support.lists.roles.items()
        if kind in kinds and (word in stems if word.isascii() else word in text)
    }


def _value_clauses(unit: Unit) -> list[str]:
    return fine_clauses(fold(unit.text))


def _contains(clause: str, held: Quantity) -> bool:
    return any(q.equals(held) for q in quantities(clause))


def _roles_near(amount: Quantity, said: Said, support: Support) -> set[int]:
    start, end, _ = said.clause_of(next(t for t in said.tokens if t.end > amount.start))
    others = [q for q in quantities(said.text) if q != amount and start <= q.start < end]
    left = max([q.end for q in others if q.end <= amount.start] or [start])
    right = min([q.start for q in others if q.start >= amount.end] or [end])
    found = set()
    for token in said.within(left, right):
        role = support.lists.roles.get(token.stem)
        if role and amount.kind in role[1]:
            found.add(role[0])
    return found


def _ambiguous(amount: Quantity, support: Support) -> bool:
    sizes = {
        q.size for unit in support.units if unit.kind != "review" for q in unit.quantities if q.kind == amount.kind
    }
    return len(sizes) > 1


def _context_shared(amount: Quantity, held: Quantity, unit: Unit, said: Said, support: Support) -> bool:
    """Where the evidence has several amounts of a kind, a word beside this one must stand beside the one meant."""
    around = next((c for c in _value_clauses(unit) if _contains(c, held)), fold(unit.text))
    near = {t.stem for t in tokens(around) if t.is_word} | set(unit.named)
    start, end, _ = said.clause_of(next(t for t in said.tokens if t.end > amount.start))
    words = {t.stem for t in said.within(start, end) if t.is_word and not amount.start <= t.start < amount.end}
    shared = {w for w in words & near if w not in ("a", "the", "of", "is", "and", "for", "with", "in", "to")}
    if unit.kind == "fact":
        others = [
            u
            for u in support.units
            if u.kind == "fact" and u is not unit and any(q.kind == amount.kind for q in u.quantities)
        ]
        distinct = set(unit.named) - {w for u in others for w in u.named}
        same_unit = [q for q in unit.quantities if q.kind == amount.kind]
        if len(same_unit) == 1 and not others:
            return True
        return bool(shared & (distinct | (near - set(unit.named)))) or any(
            w in said.folded[start:end] for w in near if not w.isascii()
        )
    return bool(shared) or any(w in said.folded[start:end] for w in near if not w.isascii() and len(w) > 1)


def _neighbours(amount: Quantity, said: Said, reach: int) -> list[Token]:
    before = [t for t in said.tokens if t.end <= amount.start and t.is_word][-3:]
    after = [t for t in said.tokens if t.start >= amount.end and t.is_word][:reach]
    return [*before, *after]


def _named_nearby(amount: Quantity, unit: Unit, said: Said) -> bool:
    near = _neighbours(amount, said, 4)
    inside = [t for t in said.tokens if amount.start <= t.start < amount.end and t.is_word]
    empty = {"a", "the", "of", "is", "and", "for", "with", "in", "to", "it", "at", "的", "有", "是"}
    for token in [*near, *inside]:
        word = token.stem
        if word not in empty and (unit.holds(word) or (not word.isascii() and word in unit.folded)):
            return True
    return False


def _restated_bound(amount: Quantity, said: Said, support: Support, ask: str) -> bool:
    """Allow "under $40" where the shopper said so and the price (or weight …) is known to be under it."""
    cues = support.lists.price_under
    close = said.folded[max(0, amount.start - 16) : amount.start], said.folded[amount.end : amount.end + 12]
    if not any(_has(part, cue) for part in close for cue in cues):
        return False
    if not any(q.equals(amount) for q in quantities(ask)):
        return False
    known = [
        q.size
        for unit in support.units
        if unit.kind == "fact" and unit.key != "list_price"
        for q in unit.quantities
        if q.kind == amount.kind
    ]
    return bool(known) and max(known) <= amount.size


def _restated_age(amount: Quantity, support: Support, ask: str) -> bool:
    if not any(q.kind in ("age", "months") and q.size == amount.size for q in quantities(ask)):
        return False
    return age_fits(amount, support)


def age_fits(amount: Quantity, support: Support) -> bool:
    """Say whether an age is one that the thing is known to be made for ("3 years and up")."""
    if amount.kind not in ("age", "months"):
        return False
    years = amount.size if amount.kind == "age" else amount.size / 12
    for unit in support.facts(AGE_KEYS):
        lows = [q.size if q.kind == "age" else q.size / 12 for q in unit.quantities if q.kind in ("age", "months")]
        if len(lows) == 1 and lows[0] <= years and re.search(r"and up|and over|\+|from|以上|起", unit.folded):
            return True
    return False


def _just_before(said: Said, amount: Quantity, reach: int) -> str:
    piece = said.folded[max(0, amount.start - reach) : amount.start]
    others = [q.end for q in quantities(said.text) if q.end <= amount.start]
    cut = max(others, default=0) - max(0, amount.start - reach)
    return piece[cut:] if cut > 0 else piece


def _has(text: str, cue: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(cue)}(?![a-z])", text) is not None if cue.isascii() else cue in text
