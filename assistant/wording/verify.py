"""Holds each sentence against the evidence of the thing it is about. Shows nothing, asks no model.

Default deny: a word that is not in the evidence, nor in the short allowed vocabulary, nor restates the shopper's wish,
makes the sentence fail. Beyond that, words must go together as in the evidence (a cotton lining is no cotton shell),
denials must stay denials, and amounts must be of the same kind and role (`amounts`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.wording.amounts import before_cues, wrong_amounts
from assistant.wording.evidence import Need, Subject
from assistant.wording.labels import wrong_labels
from assistant.wording.quantities import quantities
from assistant.wording.said import Said, read
from assistant.wording.support import STOCK_KEYS, Support, Unit, support_of
from assistant.wording.words import Token, fold, negated, strangers, tokens

_LINK = re.compile(r"[(),;:!?/]|\.|-")
_FORBIDDEN = re.compile(
    r"https?:|www\.|@|<[^>]*>|\[[^\]]*\]|[{}`*_|\\]|#(?!\d)|<\||\b\w+\.(?:com|net|org|cn|io|shop)\b"
)
_OWN_LOOK_KEYS = frozenset(
    {"color", "colour", "material", "finish", "pattern", "variant", "shade", "category", "style"}
)
# "Cruelty-free: yes" is no gift: "free" on its own needs a "free" on its own.
_LONE_FREE = re.compile(r"(?<![\w-])free(?![\w-])")
_JOINED = frozenset({"of", "in", "made", "from", "is", "are", "a", "an", "the", "的", "是", "为", "采用", "由", "材质"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a sentence may not be shown: what kind of claim, and the words that nothing supports."""

    kind: str
    claim: str


def verify(
    text: str, subject: Subject, *, language: str, needs: Sequence[Need] = (), ask: str = ""
) -> tuple[Problem, ...]:
    """Return the problems of a sentence about one subject; none means that it may be shown.

    `ask` is what the shopper said they want: it may be restated as their wish. `needs` are their must-haves: one that
    is not known to be met may not be claimed by restating it.
    """
    support = support_of(subject, language)
    if subject.kind == "policy":
        return _follows_one_rule(text, support, ask)
    return _check(text, support, ask, needs)


def _check(text: str, support: Support, ask: str, needs: Sequence[Need] = ()) -> tuple[Problem, ...]:
    bare, quoting = _without_quotes(text, support)
    said = read(bare, support, ask)
    found = [*_form(text, support), *_attribution(said, support, quoting=quoting)]
    if _attributed(said, support) and support.reviews():
        support = _of_reviews(support)
    found += [*_amounts(said, support, ask), *_stock(said, support)]
    found += [*_words(said, support), *_pairs(said, support), *_denials(said, support)]
    found += [*_labels(said, support), *_unmet(said, needs)]
    return tuple(dict.fromkeys(found))


def _follows_one_rule(text: str, support: Support, ask: str) -> tuple[Problem, ...]:
    """A rule is told from one sentence of its paragraph, with the conditions of that sentence."""
    rules = [unit for unit in support.units if unit.kind == "record"]
    others = tuple(unit for unit in support.units if unit.kind != "record")
    best: tuple[Problem, ...] | None = None
    for rule in rules:
        alone = replace(support, units=(*others, rule))
        problems = (*_check(text, alone, ask), *_conditions(text, rule, support), *_echo(text, alone, rule, ask=ask))
        if not problems:
            return ()
        best = problems if best is None or len(problems) < len(best) else best
    return best if best is not None else _check(text, support, ask)


def _echo(text: str, support: Support, rule: Unit, *, ask: str) -> Iterator[Problem]:
    """A sentence that only gives the shopper's own words back tells nothing of the rule."""
    said = read(text, support, ask)
    told = [token for token in said.tokens if token.stem not in said.asked | support.lists.free]
    denies = any(denied for *_, denied in said.clauses)
    if not denies and not any(token.value is not None or (token.is_word and rule.holds(token.stem)) for token in told):
        yield Problem("echo", text)


def _form(text: str, support: Support) -> Iterator[Problem]:
    for letter in dict.fromkeys(strangers(text)):
        if letter not in support.subject.name + support.subject.record + "".join(f.text for f in support.subject.facts):
            yield Problem("script", letter)
    if match := _FORBIDDEN.search(fold(text)):
        yield Problem("form", match.group())


def _without_quotes(text: str, support: Support) -> tuple[str, bool]:
    """Take out what is quoted word for word from a review; any other quotation is left in, to be checked."""
    quoting = False
    for match in re.finditer(r"[“\"「]([^”\"」]+)[”\"」]", text):
        inner = fold(match.group(1)).strip(" .,!。，！…")
        if inner and any(inner in fold(unit.text) for unit in support.reviews()):
            text, quoting = text.replace(match.group(), " "), True
    return text, quoting


def _attributed(said: Said, support: Support) -> bool:
    return any(t.stem in support.lists.attribution for t in said.tokens) and bool(support.reviews())


def _attribution(said: Said, support: Support, *, quoting: bool) -> Iterator[Problem]:
    """What buyers say is told as a quotation or with its count, and the counts are those of one record."""
    for index, token in enumerate(said.tokens):
        counted = any(t.value is not None for t in said.tokens[max(0, index - 5) : index])
        if token.stem in support.lists.attribution and not counted and not quoting:
            yield Problem("attribution", token.text)
    counts = Counter(q.size for q in quantities(said.text) if q.kind in ("count", "people"))
    if _attributed(said, support) and counts:
        told = [Counter(q.size for q in u.quantities if q.kind in ("count", "people")) for u in support.units]
        if not any(counts <= known for known in told):
            yield Problem("count", ", ".join(str(size) for size in counts))


def _of_reviews(support: Support) -> Support:
    kept = tuple(
        replace(u, kind="fact") if u.kind == "review" else u
        for u in support.units
        if u.kind in ("review", "name") or u.key in ("rating", "rating_count")
    )
    return Support(support.subject, support.language, kept, support.trusted)


def _amounts(said: Said, support: Support, ask: str) -> Iterator[Problem]:
    yield from (Problem(kind, claim) for kind, claim in wrong_amounts(said, support, ask))


def _labels(said: Said, support: Support) -> Iterator[Problem]:
    yield from (Problem("label", claim) for claim in wrong_labels(said, support))


def _stock(said: Said, support: Support) -> Iterator[Problem]:
    claimed = _stock_class(said.folded, support)
    if claimed is None:
        return
    stated = [fold(unit.text) for unit in support.facts(STOCK_KEYS)]
    unknown = support.lists.stock["unknown"]
    known = {_stock_class(text, support) or "in" for text in stated if not any(word in text for word in unknown)}
    if support.trusted and not known:
        return
    if claimed not in known:
        yield Problem("stock", said.text)


def _stock_class(folded: str, support: Support) -> str | None:
    for name in ("out", "preorder", "in"):
        for phrase in support.lists.stock[name]:
            if re.search(rf"(?<![a-z]){re.escape(phrase)}(?![a-z])", folded) if phrase.isascii() else phrase in folded:
                return name
    return None


def _claims(said: Said, support: Support) -> list[tuple[int, Token]]:
    """Return the words that claim something, with their places."""
    kept = []
    skipped = [(q.start, q.end) for q in quantities(said.text) if q.kind != "count"] + before_cues(said, support)
    for index, token in enumerate(said.tokens):
        if not token.is_word or index in said.named or index in said.wished or _denier(token, support):
            continue
        if any(start <= token.start < end for start, end in skipped):
            continue
        if token.stem in support.lists.attribution or _is_free_suffix(token, said):
            continue
        if support.subject.kind == "shop" and token.stem in support.lists.courtesy:
            continue
        if (
            token.stem in support.lists.facts_only
            or _superlative(token, support)
            or token.stem not in support.lists.free
        ):
            kept.append((index, token))
    return kept


def _denier(token: Token, support: Support) -> bool:
    return token.text in support.lists.negation


def _is_free_suffix(token: Token, said: Said) -> bool:
    return token.text == "free" and said.folded[: token.start].endswith("-")


def _superlative(token: Token, support: Support) -> bool:
    word = token.text
    return (
        word.isascii() and len(word) > 4 and word.endswith("est") and word not in support.lists.superlative_exceptions
    )


def _words(said: Said, support: Support) -> Iterator[Problem]:
    for _, token in _claims(said, support):
        only = token.stem in support.lists.facts_only or _superlative(token, support)
        holding = support.holding(token.stem, facts_only=only)
        if not holding or (
            token.text == "free" and not any(_LONE_FREE.search(fold(f"{unit.label} {unit.text}")) for unit in holding)
        ):
            yield Problem("word", token.text)
    yield from _adverbs(said, support)
    for phrase in support.lists.facts_only:
        if (
            not phrase.isascii()
            and len(phrase) > 1
            and phrase in said.folded
            and not support.holding(phrase, facts_only=True)
        ):
            yield Problem("word", phrase)


def _says_lone_free(unit: Unit) -> bool:
    return bool(_LONE_FREE.search(fold(f"{unit.label} {unit.text}")))


def _adverbs(said: Said, support: Support) -> Iterator[Problem]:
    """An adverb known from the record alone must stand there with the word that it stands with here."""
    for index, token in _claims(said, support):
        following = next((t for t in said.tokens[index + 1 :] if t.is_word), None)
        if not token.text.endswith("ly") or following is None:
            continue
        holding = support.holding(token.stem)
        if holding and not any(u.kind != "record" or u.near(token.stem, following.stem, within=2) for u in holding):
            yield Problem("word", token.text)


def _pairs(said: Said, support: Support) -> Iterator[Problem]:
    claims = _claims(said, support)
    for _, token in claims:
        if token.stem in support.lists.looks and not _look_fits(token, said, support):
            yield Problem("attribute", token.text)
    places = sorted([*claims, *((i, said.tokens[i]) for i in said.named)])
    for (i, one), (j, other) in pairwise(places):
        if (i in said.named and j in said.named) or not _adjacent(said, i, j):
            continue
        if not _go_together(one.stem, other.stem, support):
            yield Problem("pair", f"{one.text} {other.text}")


def _adjacent(said: Said, i: int, j: int) -> bool:
    between = said.tokens[i + 1 : j]
    return len(between) <= 3 and all(t.text in _JOINED or t.text == "-" for t in between)


def _look_fits(token: Token, said: Said, support: Support) -> bool:
    """A colour or material is the thing's own, or stands with the part that the evidence gives it to."""
    start, end, _ = said.clause_of(token)
    near = {t.stem for t in said.within(start, end) if t is not token} | {
        said.tokens[i].stem for i in said.named if start <= said.tokens[i].start < end
    }
    for unit in support.holding(token.stem):
        own = unit.kind == "name" or unit.key in _OWN_LOOK_KEYS or _lists_choices(unit, said, support)
        if own or (unit.kind == "fact" and unit.whole and near & (unit.words - support.lists.free)):
            return True
        if unit.kind == "fact" and near & (unit.named & support.lists.parts):
            return True
        if unit.kind == "fact" and any(
            p in said.folded[start:end] for p in unit.named & support.lists.parts if not p.isascii()
        ):
            return True
        if unit.kind == "record" and any(
            word not in support.lists.free and unit.near(token.stem, word, within=3) for word in near
        ):
            return True
    return False


def _lists_choices(unit: Unit, said: Said, support: Support) -> bool:
    """What it also comes in may be said as a list; one alone would pass for the colour of what is offered."""
    listed = {t.stem for t in said.tokens if t.stem in support.lists.looks and unit.holds(t.stem)}
    return unit.key.endswith("_choices") and len(listed) > 1


def _go_together(one: str, other: str, support: Support) -> bool:
    if one == other or any(unit.near(one, other) for unit in support.units if unit.kind != "review"):
        return True
    ours = [_standing(word, support) for word in (one, other)]
    if "part" in ours:
        return False
    looks = [word in support.lists.looks for word in (one, other)]
    if "record" in ours and (any(looks) and ours[looks.index(True)] == "record"):
        return False
    return ours != ["record", "record"]


def _standing(word: str, support: Support) -> str:
    """Say how a word is known: as a "part", as something said of the "whole" thing, or from the "record" alone."""
    if word in support.lists.parts and not any(u.kind == "name" for u in support.holding(word)):
        return "part"
    units = support.holding(word)
    if any(u.kind in ("fact", "name") and u.whole for u in units):
        return "whole"
    return "part" if any(u.kind == "fact" for u in units) else "record"


def _denials(said: Said, support: Support) -> Iterator[Problem]:
    """What is denied must be denied in the evidence, and what is affirmed affirmed."""
    claims = _claims(said, support)
    for start, end, denies in said.clauses:
        inside = [token for _, token in claims if start <= token.start < end]
        at = _first_denier(said, start, end, support) if denies else end
        named = [said.tokens[i] for i in sorted(said.named) if start <= said.tokens[i].start < end]
        inside = inside or ([token for token in named if token.is_word] if denies else [])
        after = [token for token in inside if token.start > at]
        if denies and ((not inside and not named) or _deniers(said, start, end, support) > 1):
            yield Problem("denial", said.folded[start:end].strip())
        for token in inside:
            holding = support.holding(token.stem)
            reaching = token.start > at or at == start or (denies and not after)
            if holding and not _agrees(token, reaching, after, holding):
                yield Problem("denial", token.text)


def _deniers(said: Said, start: int, end: int, support: Support) -> int:
    return sum(_denier(t, support) or _is_free_suffix(t, said) for t in said.within(start, end))


def _first_denier(said: Said, start: int, end: int, support: Support) -> int:
    """Return where a denial begins to reach; the clause's start where it reaches back ("sold separately")."""
    places = [
        t.start for t in said.within(start, end) if _denier(t, support) and t.text not in ("separately", "excluded")
    ]
    return min(places, default=start)


def _agrees(token: Token, denied: bool, after: list[Token], holding: list[Unit]) -> bool:
    if any(denied in unit.polarity(token.stem) for unit in holding):
        return True
    if denied:
        return False
    return any(
        denies and token.stem in stems and any(other.stem in stems for other in after)
        for unit in holding
        for clause, denies in unit.clauses
        for stems in [{t.stem for t in tokens(clause)}]
    )


def _unmet(said: Said, needs: Sequence[Need]) -> Iterator[Problem]:
    for need in needs:
        if need.met is not True and fold(need.text) and fold(need.text) in said.folded:
            yield Problem("need", need.text)


def _conditions(text: str, rule: Unit, support: Support) -> Iterator[Problem]:
    """A rule may not be told without its condition, nor turned round."""
    for cue in support.lists.conditions:
        if _holds_cue(rule.text, cue) and not _holds_cue(text, cue):
            yield Problem("condition", cue)
    if negated(text, support.language) != negated(rule.text, support.language):
        yield Problem("denial", text)


def _holds_cue(text: str, cue: str) -> bool:
    folded = fold(text)
    return re.search(rf"(?<![a-z]){re.escape(cue)}(?![a-z])", folded) is not None if cue.isascii() else cue in folded
