"""Understands a message without a language model: intent, conditions, must-haves, references, language.

Knows the catalogue by its vocabulary, and the conversation by what was shown. Searches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.conversation.besides import (
    both,
    cart_and_more,
    cart_and_question,
    cart_and_thing,
    questions_apart,
    thing_and_question,
)
from assistant.conversation.intention.asking_of import questions
from assistant.conversation.intention.cartwise import cartwise, of_what_is_in_question
from assistant.conversation.intention.deciding import intention
from assistant.conversation.needing import with_uses
from assistant.conversation.reading import intents, matters, traits
from assistant.conversation.reading.addresses import without_addresses
from assistant.conversation.reading.asked_again import asked_again
from assistant.conversation.reading.comparatives import as_superlative, without_too
from assistant.conversation.reading.describing import says_how
from assistant.conversation.reading.dropping import dropped
from assistant.conversation.reading.errands import Errand, errands
from assistant.conversation.reading.families import services
from assistant.conversation.reading.framing import content, without_courtesy
from assistant.conversation.reading.harm import harm_in
from assistant.conversation.reading.hiding import HIDDEN
from assistant.conversation.reading.language import (
    LONGEST,
    clean,
    has_words,
    language_of,
    plain,
    simplified,
    wants_other_language,
)
from assistant.conversation.reading.letting_go import standing, without_fault
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.meaning import layer
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.naming import swapped_options
from assistant.conversation.reading.needs import names_allergen
from assistant.conversation.reading.numerals import in_numbers, read_number
from assistant.conversation.reading.packs import pieces_instead, unpacked
from assistant.conversation.reading.self_told import Told, corrected_size, self_told
from assistant.conversation.reading.sentiment import sentiment
from assistant.conversation.reading.shorthand import written_out
from assistant.conversation.reading.sizes import in_centimetres
from assistant.conversation.reading.slips import meant, unspaced
from assistant.conversation.reading.turning import renewed, turned
from assistant.conversation.reading.unsaying import unsaid, without_asides
from assistant.conversation.reading.urgency import urgency
from assistant.conversation.reading.wished import understood
from assistant.conversation.reading.wishing import replaces_old, speaks_of_prices
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding
from index.catalogue import Catalogue, Vocabulary
from index.embed import Embedder
from index.embed.remembering import Remembering

LONGEST_MEANT = 200
"""Characters of a message whose meaning is looked at: the first sentences say what it is for."""
_TYPED = frozenset({"find", "refine", "more", "compare", "ask_product", "told", "out_of_scope", "smalltalk", "help"})
"""What a badly typed wish is taken for; what else there is may hold names and addresses, which are left as they are."""
_NO_NEEDS = frozenset({"out_of_scope", "smalltalk", "ask_product", "compare"})
"""What tells of a need only where the need is sure."""
RULED, SURELY = 0.9, 0.7
"""So sure of a matter of the rules, and less sure than that of a finer wish, the rule alone is asked for."""
SERVICE = 0.5
"""From here on a wish for service is surer than what an order number or "I can't …" alone would make of a message."""


class Understander:
    """Understands messages about one catalogue."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder | None = None) -> None:
        """Take the catalogue, and the embedder whose vectors tell intents (another than the layer's is not used)."""
        self._catalogue = catalogue
        ours = embedder is not None and embedder.name == layer().embedder
        self._embedder = Remembering(embedder) if embedder is not None and ours else None
        self._lexicon: Lexicon | None = None

    def prepare(self) -> None:
        """Train the classifier and read the catalogue's words, so that the first message does not wait for it."""
        self.understand("a warm blanktes", State())

    def _words(self) -> Lexicon:
        vocabulary = self._catalogue.vocabulary()
        held = self._lexicon
        if held is None or not _same_words(held.vocabulary, vocabulary):
            held = self._lexicon = Lexicon(vocabulary)
        return held

    def _guesses(self, texts: Sequence[str], masked: str = "") -> list[intents.Guess]:
        """Return what each text is for; `masked` is the only one with the shop's own words masked."""
        meanings: Sequence[dict[str, float] | None] = [None] * len(texts)
        if self._embedder is not None:
            vectors = self._embedder.queries([intents.legible(text)[:LONGEST_MEANT] for text in texts])
            meanings = [layer().chances(vector) for vector in vectors]
        return [
            intents.guess(text.lower(), masked, meaning=meaning) for text, meaning in zip(texts, meanings, strict=True)
        ]

    def understand(self, raw: str, state: State, *, language: str | None = None) -> Understanding:
        """Return what a message says in this conversation; `language` is the page's."""
        whole = written_out(unspaced(simplified(plain(clean(raw)))))
        message = as_superlative(without_too(in_centimetres(in_numbers(without_courtesy(standing(whole))))))
        if _just_shown(state):
            message = asked_again(message, state.last_message)
        spoken = language_of(message, language or state.language)
        if state.errand.text and state.language == "zh" and not _english(message):
            spoken = "zh"  # an address abroad is mostly Latin letters
        cut, hid = len(raw.strip()) > LONGEST, HIDDEN in message and HIDDEN not in raw
        if not has_words(message):
            return Understanding(message=message, language=spoken, intent="empty", hid=hid, whole=whole)
        if harm := harm_in(whole):
            return Understanding(
                message=message, language=spoken, intent="out_of_scope", harm=harm, hid=hid, whole=whole
            )
        if two := self._both(message, state, spoken):
            return replace(two, message=message, whole=whole, cut=cut, hid=hid)
        if not state.wish.empty:
            message = without_fault(message) if state.shown else message
            message = unpacked(message, " ".join((state.wish.text, *state.wish.categories)))
        if state.cart_at < state.turns - 1 or not state.taken:
            message = pieces_instead(message, state.wish.must_haves)
        waits = state.errand.intent or state.asked.startswith(("option:", "cart_"))
        taken = None if waits else dropped(message, state.wish)
        if taken is not None:
            eased = None if state.wish.empty else taken.wish
            state = replace(state, wish=taken.wish)
            if not has_words(taken.rest):
                return Understanding(
                    message=message, language=spoken, intent="refine", eased=eased, hid=hid, whole=whole
                )
            message = taken.rest
        if not _telling(state):
            # What is told for a change of an order is a name or an address more often than a thing.
            message = turned(renewed(self._words().mended(message), self._words()), self._words())
        if forgets := unsaid(message, self._words(), state):
            return Understanding(message=message, language=spoken, intent="forget", unsaid=forgets, whole=whole)
        message = without_asides(message, self._words())
        reading, guess = self._read(message, state)
        message = reading.message
        found = replace(
            understood(reading, spoken),
            told=tuple(self_told(message, self._words()) or _corrected(message, state)),
            sentiment=sentiment(message),
            urgency=urgency(message),
            cut=cut,
            hid=hid,
            whole=whole,
            eased=state.wish if taken is not None and not state.wish.empty else None,
        )
        matter, ruled = matters.asked(message, self._embedder)
        found = replace(found, matter=matter, ruled=ruled, matters=matters.asked_each(message, self._embedder))
        if of_cart := cartwise(found, state, self._catalogue):
            return of_cart
        found = of_what_is_in_question(found, state, self._catalogue)
        if other := self._option_instead(state, message):
            return replace(found, wish=replace(Wish(), options=other), intent="cart_change")
        if state.asked.startswith("option:") and found.quantity and not _names_more(reading):
            return replace(found, intent="cart_add")  # "two of them please", while it is asked which
        served = guess.exact in services() and guess.exact_sure >= SERVICE
        served = served and not (guess.exact == "exchange_item" and replaces_old(message))
        if served:
            found = replace(found, told=())
        if not served:
            outside = guess.intent in _NO_NEEDS
            found = with_uses(found, state, self._words(), self._embedder, outside=outside)
        labels = self._labels(state) if state.shown or state.focus else frozenset()
        trait, trait_sure = self._trait_asked(reading.spoken(), state)
        found = replace(found, trait=trait, trait_sure=trait_sure)
        intent, sure = intention(reading, found, state, guess=guess, labels=labels)
        if wants_other_language(message.lower()):
            found = replace(found, wish=Wish())
        # A number alone asks where that order is, whatever its letters look like.
        says = (bool(reading.rest()) or not found.order_number) and not speaks_of_prices(message)
        ruled_rather = found.ruled >= RULED and guess.exact_sure < SURELY and guess.intent == "ask_policy"
        if says and not ruled_rather and (intent == guess.intent or (served and intent == "order_status")):
            intent = guess.exact
        return _with_errands(replace(found, intent=intent, sure=sure), errands(message, self._guesses))

    def _both(self, message: str, state: State, spoken: str) -> Understanding | None:
        """Return a wish for a thing and what else is wished for beside it; `None` while something else is open."""
        if state.errand.text or state.asked:
            return None

        def understood(text: str) -> Understanding:
            return self.understand(text, state, language=spoken)

        each = partial(self.understand, language=spoken)
        if acts := cart_and_question(message, state, understood=each):
            return acts
        two = both(message, state, guessed=self._guesses, understood=understood)
        two = two or cart_and_thing(message, state, understood=understood)
        two = two or cart_and_more(message, state, understood=understood)
        two = two or thing_and_question(message, state, understood=each)
        return two or questions_apart(message, state, understood=each)

    def _read(self, message: str, state: State) -> tuple[Reading, intents.Guess]:
        """Return a message as read, and what it is for; a wish that was badly typed is read as it was meant."""
        reading = Reading(message, self._words())
        guess = self._guess(reading)
        if guess.intent not in _TYPED or _telling(state) or reading.order:
            return reading, guess
        better = meant(message, self._words().spellings)
        if better == message:
            return reading, guess
        reading = Reading(better, self._words())
        return reading, self._guess(reading)

    def _guess(self, reading: Reading) -> intents.Guess:
        """Return what a message is for: an address in it says nothing of that."""
        return self._guesses([without_addresses(reading.spoken())], without_addresses(reading.masked()))[0]

    def _option_instead(self, state: State, message: str) -> dict[str, tuple[str, ...]]:
        """Return the options of the product in question that a message wants in place of those taken; else none."""
        product = self._catalogue.get([state.focus]).get(state.focus) if state.focus else None
        return swapped_options(product, message) if product else {}

    def _trait_asked(self, text: str, state: State) -> tuple[str, float]:
        """Return which trait a message surely asks for, by its meaning, and how surely: one that the product in
        question states, or one of those that were shown."""
        in_question = [state.focus] if state.focus else [shown.product_id for shown in state.shown]
        asks = questions(text) or says_how(text.lower())
        products = self._catalogue.get(in_question).values() if in_question and asks else ()
        names = {
            label.lower() for product in products for words in product.words.values() for label in words.attributes
        }
        if not names:
            return "", 0.0
        chances = traits.chances([text], self._embedder)[0]
        stated = {traits.named()[name] for name in names if name in traits.named()}
        if "allergens" in stated and names_allergen(text):
            return "allergens", 1.0
        trait = traits.asked(chances, stated, least=traits.SURE)
        return (trait, traits.likeliest(chances, stated)[1]) if trait else ("", 0.0)

    def _labels(self, state: State) -> frozenset[str]:
        """Return the names of attributes, in every language, of the products that a message may point at."""
        ids = [shown.product_id for shown in state.shown] + ([state.focus] if state.focus else [])
        products = self._catalogue.get(list(dict.fromkeys(ids))).values()
        return frozenset(label for p in products for words in p.words.values() for label in words.attributes)


def _just_shown(state: State) -> bool:
    """Return whether the last turn was about products: no rule, no order and no question of ours came after them."""
    told = max(state.rule_at, state.order_at, state.cart_at)
    return bool(state.shown) and told != state.turns - 1 and not (state.asked or state.errand.text)


def _english(message: str) -> bool:
    """Return whether a message says something in English besides an address."""
    return not HAN.search(message) and has_words(without_addresses(message))


def _corrected(message: str, state: State) -> list[Told]:
    """Return a size of theirs that the shopper corrects; one that is looked for is changed as a condition is."""
    return [] if "size" in state.wish.options or state.errand.text else corrected_size(message)


def _telling(state: State) -> bool:
    """Return whether the shopper is asked for what something that they want done lacks."""
    return bool(state.errand.intent) and state.errand.lacks not in ("yes", "no")


def _names_more(reading: Reading) -> bool:
    """Return whether a message says more than a number of what is pointed at."""
    return any(read_number(word) is None for word in content(reading.unpointed()))


def _same_words(one: Vocabulary, other: Vocabulary) -> bool:
    return one.brands is other.brands and one.options is other.options


def _with_errands(found: Understanding, held: Sequence[Errand]) -> Understanding:
    """Return the understanding with the wishes of a message that holds several, the first of them as its intent."""
    return replace(found, errands=tuple(held), intent=held[0].intent, sure=held[0].sure) if held else found
