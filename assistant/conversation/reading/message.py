"""One pass over a message: conditions, must-haves, references and the catalogue's words, each read once.

Knows the catalogue by its words alone; decides no intent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.conversation.reading import conditions, intents
from assistant.conversation.reading.addresses import without_addresses
from assistant.conversation.reading.barring import barred
from assistant.conversation.reading.chatter import talk
from assistant.conversation.reading.colours import said_as_colour
from assistant.conversation.reading.denying import denied, runs_on_as_feature
from assistant.conversation.reading.features import is_feature
from assistant.conversation.reading.framing import PERSONS, content
from assistant.conversation.reading.heads import named_beside, things
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.needs import unbearable, without
from assistant.conversation.reading.occasions import Occasion, liked, occasion
from assistant.conversation.reading.offers import reduced
from assistant.conversation.reading.preferences import Stated, preferences
from assistant.conversation.reading.prices import price_wish
from assistant.conversation.reading.references import references
from assistant.conversation.reading.size_systems import other_system
from assistant.conversation.reading.sizes import PLAIN, of_a_place
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.wishing import REPROACHES, YOUNG
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import MustHave

LONG, LONG_HAN = 200, 24
"""Characters of a message from which on the classifier is spared what only talks."""
_SINGULAR = frozenset({"tight", "short", "flat", "pump"})
"""What is no tights or shorts without its s: "my budget is tight"."""
_ROOMS = frozenset({"客厅", "卧室", "厨房", "浴室", "阳台", "花园", "书房", "餐厅"})
_PLACES = re.compile(r"[里]?(?:铺|用|摆|放|挂|墙)")
_PLACED = re.compile(r"[摆放挂铺在搁]在?$")
"""Where a thing is to stand, and no thing: 摆客厅好看."""
_PREMISES = re.compile(r"身房|身馆|[茶咖啡书]馆|[茶书]店|啡店|[书茶]室")
"""Where people go, and no thing: 带去健身房."""
_WEARS = re.compile(
    r"(?:[男女](?:款|士|生|孩)?的?|[我他她]?(?:平时)?穿|脚)\s*(\d{2})(?!\d|\s*(?:块|元|刀|美|厘米|cm|岁|%|度))"
)
"""Before the number of somebody's size."""
POINTED = frozenset({"cheapest", "dearest", "best"})
"""References that are made of the words of a step."""


class Reading:
    """One pass over a message: what is found is blanked out, so that nothing is read twice."""

    def __init__(self, message: str, lexicon: Lexicon) -> None:
        self.message, self.lexicon = message, lexicon
        self.left = message
        for fault in REPROACHES.finditer(message.lower()):
            self._blank(*fault.span())
        self.order = conditions.order_number(message.lower())
        if self.order:
            self._blank(self.order.start, self.order.end)
        self.price = price_wish(self.left.lower())
        if self.price:
            self._blank(self.price.start, self.price.end)
        self.other_size = other_system(self.left.lower())
        if self.other_size:
            self._blank(self.other_size.start, self.other_size.end)
        self.rating = conditions.rating(self.left.lower())
        self.stock = conditions.stock(self.left.lower())
        self.reduced = reduced(self.left.lower())
        for span in filter(None, (self.rating, self.stock, self.reduced, conditions.sorting(self.left.lower()))):
            self._blank(span.start, span.end)
        self.occasion, self.liked = occasion(self.left.lower()), liked(self.left.lower())
        if self.occasion and self.occasion.when != "for" and not self._needs_of_thing(self.occasion):
            for one in (self.occasion, *(self.liked if self.occasion.when == "like" else ())):
                self._blank(one.start, one.end)
        refused = self._refused()
        self.needs = list(without(refused))
        self.excluded = [span for span in refused if all(span != of for _, of in self.needs)]
        for span in refused:
            self._blank(span.start, span.end)
        self.references = references(self.left.lower())
        self._kinds = [one for one in lexicon.find(self.left) if one.term.kind == "category"]
        self.preferred = self._preferred()
        self.step, start, end = self._step()
        self._stepped = start
        self._blank(start, end)
        young = YOUNG.search(self.message.lower())
        self.must = [
            one
            for one in must_haves(self.left.lower())
            if not self._in_catalogue(one)
            and not (young and one[0].text in ("for him", "for her"))
            and not self.left[: one[1]].lower().endswith("than ")
        ]
        self.searched = self.left
        for _, start, end in self.must:
            self._blank(start, end)
        self.terms = things(self.message, [*self._hidden(), *self._found()])
        if self.occasion and self.occasion.when == "for":
            self.terms = [one for one in self.terms if one.term.kind != "category" or one.form.lower() not in PERSONS]
        if not self.terms and not naming(self.left):
            self.terms = lexicon.numbered(self.left)
        self.terms += self._worn()
        self.beside = named_beside(self.message, self.terms)
        self._idle = talk(self.message, self._said(), self._named())
        self._leave_out(self._idle)

    def _worn(self) -> list[Found]:
        """Return the size of somebody that is told by its number alone: 女的37, 我穿42."""
        match = _WEARS.search(self.message.lower())
        if match is None or any(one.term.name == "size" for one in self.terms):
            return []
        return [
            replace(one, start=one.start + match.start(1), end=one.end + match.start(1))
            for one in self.lexicon.numbered(match[1])
        ]

    def _found(self) -> list[Found]:
        """Return the catalogue's words but those that say how a thing is: "something light" is no lamp."""
        found = self.lexicon.find(self.left)
        return [
            one
            for one in found
            if not (self._of_a_place(one) or self._asked(one))
            and (one.term.kind != "category" or self._names_kind(one))
        ]

    def _needs_of_thing(self, told: Occasion) -> bool:
        """Return whether what reads like a need says how the thing must be that a message names besides."""
        kinds = [one for one in self.lexicon.find(self.left) if one.term.kind == "category"]
        return told.when == "need" and any(one.end <= told.start or one.start >= told.end for one in kinds)

    def _asked(self, one: Found) -> bool:
        """Return whether it is asked how much so something is, and not said that it is: "how long does it take"."""
        return one.term.kind not in ("category", "brand") and self.message[: one.start].lower().endswith("how ")

    def _names_kind(self, one: Found) -> bool:
        """Return whether a kind of thing is named, where its word may also say how a thing is."""
        placed = _PLACED.search(self.message[: one.start]) or _PLACES.match(self.message[one.end :])
        roomy = one.form in _ROOMS and (placed or len(self._kinds) > 1)
        if roomy or _PREMISES.match(self.message[one.end - 1 :]):
            return False
        apart = all(one.end <= p.start or one.start >= p.end for p in self.preferred)
        return one.form.lower() not in _SINGULAR and apart

    def _of_a_place(self, one: Found) -> bool:
        """Return whether a size is said of a place: "a small office"."""
        return one.term.kind == "option" and one.form.lower() in PLAIN and of_a_place(self.message[one.end :])

    def _preferred(self) -> list[Stated]:
        """Return what there should be much or little of; a feature by its name stays a must-have besides."""
        things = [(one.start, one.end) for one in self._kinds]
        found = preferences(self.left.lower(), self.lexicon.measured, things)
        found = [one for one in found if not (one.preference.named and is_feature(self.left[one.start : one.end]))]
        for one in found:
            if one.preference.named:
                self._blank(one.start, one.end)
        return found

    def _leave_out(self, idle: Sequence[tuple[int, int]]) -> None:
        """Take out what only talks: no word of it is searched for, and "it" in it points at nothing."""
        for start, end in idle:
            self._blank(start, end)
            self.searched = self.searched[:start] + " " * (end - start) + self.searched[end:]
        self.terms = [one for one in self.terms if not any(start <= one.start < end for start, end in idle)]
        self.references = [r for r in self.references if not any(start <= r.start < end for start, end in idle)]

    def _refused(self) -> list[conditions.Span]:
        """Return what is refused: the catalogue's words whole, then others; what is asked for is none ("sugar free")."""
        known = [*barred(self.left, self.lexicon), *unbearable(self.left.lower())]
        known += [
            span
            for span in denied(self.left, self.lexicon)
            if all(span.end <= one.start or span.start >= one.end for one in known)
        ]
        others = [
            span
            for span in conditions.excluded(self.left.lower())
            if all(span.end <= one.start or span.start >= one.end for one in known)
            and not is_feature(self.left[span.start : span.end])
            and not runs_on_as_feature(self.left, span.start, span.end)
        ]
        return sorted((*known, *others), key=lambda span: span.start)

    def _in_catalogue(self, stated: tuple[MustHave, int, int]) -> bool:
        """Return whether what a must-have names is a brand, a colour or a size, or half of the name of a thing."""
        must, start, end = stated
        if said_as_colour(self.left, start, end):
            return True
        kinds = [one for one in self._kinds if one.start <= start and end <= one.end]
        called = any(must.text == one.form.lower() for one in kinds) and not is_feature(must.text)
        if called or any(end - start < one.end - one.start for one in kinds):
            return True
        exact = must.measure is not None and must.measure.low == must.measure.high
        if (must.measure is not None and not exact) or len(must.forms) > 1:
            return False
        return any(one.term.kind in ("brand", "option") for one in self.lexicon.find(self.left[start:end]))

    def _hidden(self) -> list[Found]:
        """Return the kinds of thing whose whole name is in a must-have, too: a "carry-on" is a suitcase."""
        named = [(start, end) for must, start, end in self.must if must.measure is None]
        return [one for one in self._kinds if any(s <= one.start and one.end <= e for s, e in named)]

    def _named(self) -> list[tuple[int, int]]:
        """Return every place where a kind of thing is named."""
        return [(one.start, one.end) for one in self.terms if one.term.kind == "category"]

    def _said(self) -> list[tuple[int, int]]:
        """Return every place where something was read; "it" and attributes ("long") may stand in mere talk."""
        pointing = [one for one in self.references if one.which != "focus"]
        named = [one for one in self.terms if one.term.kind in ("brand", "option")]
        places = [
            (one.start, one.end) for one in (self.order, self.price, self.rating, self.stock, self.reduced) if one
        ]
        places += [(one.start, one.end) for one in (*self.excluded, *(of for _, of in self.needs))] + [
            (one.start, one.end) for one in pointing
        ]
        places += [(one.start, one.end) for one in named] + [(start, end) for _, start, end in self.must]
        return [*places, *([(self._stepped, self._stepped + 1)] if self.step else [])]

    def _step(self) -> tuple[conditions.Step, int, int]:
        """Return the step and its place; "the cheaper one" points at a product and is none."""
        step, start, end = conditions.step(self.left.lower())
        pointed = any(one.which in POINTED and one.start <= start < one.end for one in self.references)
        return ("", 0, 0) if pointed else (step, start, end)

    def _blank(self, start: int, end: int) -> None:
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]

    def spoken(self) -> str:
        """Return the message without what hides what it is for: mere talk in a long one, what a thing named must be.

        "Noise cancelling headphones" cancel nothing.
        """
        said = without_addresses(self.message)  # an address makes no message a long one
        hiding = list(self._idle) if len(said) > (LONG_HAN if HAN.search(said) else LONG) else []
        if self._named():
            hiding += [(start, end) for must, start, end in self.must if is_feature(must.text)]
        text = self.message
        for start, end in hiding:
            text = text[:start] + " " * (end - start) + text[end:]
        return " ".join(text.split()) or self.message

    def masked(self) -> str:
        """Return the message with the shop's own words masked for the classifier."""
        text = self.message.lower()
        spans = [(start, end, intents.MASKS["feature"]) for _, start, end in self.must]
        spans += [(f.start, f.end, _mask(f)) for f in self.terms if all(f.start != start for start, _, _ in spans)]
        if self.price:
            spans.append((self.price.start, self.price.end, intents.MASKS["price"]))
        for start, end, mask in sorted(spans, reverse=True):
            text = f"{text[:start]}{mask}{text[end:]}"
        return text

    def rest(self) -> list[str]:
        """Return the words that carry meaning and were not read as conditions."""
        return content(self.unread())

    def unread(self) -> str:
        """Return the message without what was read as conditions."""
        text = self.left
        for start, end in [(f.start, f.end) for f in self.terms if f.term.kind != "category"] + [
            (r.start, r.end) for r in self.references
        ]:
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    def names_thing(self, *, but: Collection[str] = ()) -> bool:
        """Return whether anything is left that may name a thing; `but` are words that do not."""
        return any(word not in but for word in naming(self.unread()))

    def unpointed(self) -> str:
        """Return the message in lower case with what points at products blanked out."""
        text = self.message.lower()
        for one in self.references:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
        return text


def _mask(found: Found) -> str:
    kind = (
        "colour"
        if found.term.name == "color"
        else {"category": "thing", "brand": "brand"}.get(found.term.kind, "feature")
    )
    return intents.MASKS[kind]
