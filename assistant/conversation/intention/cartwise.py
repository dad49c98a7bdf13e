"""What a message says of the cart, in its conversation: an answer to what was asked, or a change of what is in it.

Only a message that is nothing but that is read here; all else is understood as usual. Knows no cart: the state tells
what was put into it last, and when.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.intention.asking_of import questions
from assistant.conversation.intention.optionwise import asks_in_option, spoken_of, without_options
from assistant.conversation.reading.changes import Change, change_in, picks, so_many
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.named_lines import named_change
from assistant.conversation.reading.naming import (
    answered_options,
    further_options,
    named_options,
    retaken_options,
    swaps,
)
from assistant.conversation.reading.options import amount_beside, options_in
from assistant.conversation.reading.taking import (
    ALL_OF_IT,
    OWED,
    SETTLES,
    asks_delivery_of_cart,
    into_cart,
    puts_and_asks,
)
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding
from index.catalogue import Catalogue
from index.product import Product, Variant

MOST_OF_CART = 40
"""Characters of a message that only asks what the delivery of the cart costs."""
LATELY = 3
"""So many turns after it was spoken of, the cart is still what is spoken of."""
_ANY = re.compile(
    r"^\W*(?:(?:i|it|that|the) )?(?:any(?: one| size| colou?r)?|either|whichever|whatever|you choose|surprise me|"
    r"(?:i )?don'?t (?:mind|care)|doesn'?t matter|no preference)(?: is fine| will do| works| really| you like)*\W*$|"
    r"^(?:随便|都行|都可以|都好|无所谓|(?:哪个|什么颜色|什么尺码)都(?:行|可以)|你(?:帮我)?(?:选|定|"
    r"挑))[吧了的。！! ]*$"
)
_PUT = re.compile(
    r"\b(?:add|(?:in)?to (?:the |my )?(?:cart|basket)|cart|basket|put)\b|"
    r"加购|加入|加到|放进|购物车|加(?=[一两二三四五\d])"
)
_TAKES_SOME = re.compile(
    r"^\W*(?:(?:ok|okay|then|and|yes|please|so|great|can you|could you)\W+)*"
    r"(?:add|put|throw in|get me|take (?:it|that|this|the)|go (?:with|for)|"
    r"i(?:'ll|'d| will|d) (?:take|have|buy|go (?:with|for)))\b|"
    r"^\W*(?:(?:ok|okay|then|and|yes|great|so)\W+)*(?:buy|order|purchase)(?: it| this| that| now)*\W*$|"
    r"^(?:那|好的?|行|嗯|ok|我|[，, ])*再?(?:加|来|要|拿|买)(?=[一两二三四五\d]+[个件双条只瓶盒套把份罐包袋])|"
    r"^(?:那|好的?|行|嗯|就|帮我|给我|我|[，, ])*(?:第[一二三四五六\d]|最后一|[这那])[个件双条只瓶盒套把款]"
    r"(?:我|就|也|先|帮我|给我)*(?:要|加|来|拿|买|订)|"
    r"^(?:那|好的?|行|嗯|[，, ])*(?:就|还是)(?:要|来|拿|买)|^(?:那|好的?|[，, ])*还是.+[要拿来]|"
    r"加进[去来]|加购|放进去|"
    r"来[一两二三四五\d]+[个件双条只瓶盒套把份罐包袋]"
)
_REQUESTS = re.compile(
    r"(?:^|[,;.!])\W*(?:(?:ok|okay|sorry|oh|hm+|and)\W+)*(?:can|could|would|will) (?:you|i|we) (?:please |"
    r"maybe |just )?"
    r"(?:swap|change|switch|replace|make|remove|take|drop|add|have|get)\b|(?:能不能|可不可以|可以|能)(?:帮我|"
    r"给我)?(?:把.{1,6})?(?:换|改|去掉|删|减|加)"
)
"""Puts a wish as a question: "can I swap those for a 43"."""
_PLEASE = re.compile(r"\b(?:please|pls|it is|it is then)\W*$")
_MAY_I = re.compile(r"[，, ]*(?:行不行|可不可以|可以吗|行吗|好吗|好不好|能行吗|可以不|可以么)[？?]?$")
"""Asks for leave and nothing else."""
_SWAPS = re.compile(r"(?:换|改)[成为]?")
_CARTS = re.compile(r"\b(?:cart|basket|trolley)\b|购物[车袋篮]")
_PLACED = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|last|other|cheap(?:er|est)|dear(?:er|est)|pric(?:ier|iest)|"
    r"(?:most|more|less|least) expensive)(?: (?:one|thing|item|line))?(?: of (?:the|those|these|them)(?: two| "
    r"three)?)?|one i (?:just )?(?:added|put in)"
)
"""What points at a line of the cart, and is no name of it."""
_SWAP_TO = re.compile(
    r"(?:^|[.;,!])\W*(?:(?:ok|okay|oh|actually|and|please|can you|could you|would you|wait|sorry|no|so|let'?s)\W+)*"
    r"(?:swap|switch|change|exchange|replace|trade|make)\b(?P<old>.{0,40}?)\b(?:for|to|with|into|be)\b|换成|换为|改成"
)
"""Puts another in the place of one in the cart; what it shall be comes after."""
_IN_THERE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|and|now|right|remind me|tell me)\W+)*(?:what(?:'?s| is| have i got| do i have| did i "
    r"put| else is)?|"
    r"how many (?:things )?(?:are|do i have))\b"
    r"[^?]{0,20}\b(?:in (?:there|it|my (?:cart|basket|bag|trolley)|the (?:cart|basket|bag|trolley))|so far|left in)\b"
)
"""Asks what the cart holds."""
_PACKS = frozenset(
    {"bag", "bags", "box", "boxes", "bottle", "bottles", "set", "sets", "pouch", "pouches", "jar", "jars"}
)
_COUNTS_PACKS = re.compile(r"\b(?:\d+|an?|one|two|three|four|five|six) \w+$")
_COUNTED = re.compile(
    r"(?:加?[到进入]|放[到进])?(?:我的)?购物[车篮袋](?:里|中)?(?:面)?|"
    r"[一两二三四五六七八九十\d]+[个件双条只瓶盒套把份罐包袋]|[加带装放算]上|加进去|加进来|放进去|加购|加|来|拿|"
    r"买|行|码|"
    r"还是|\b(?:possible|possibly|take|go|with|add|put|throw|cart|basket|trolley|size|colou?r|pairs?|bags?|packs?|"
    r"bottles?|box(?:es)?|pieces?|bars?|ones?|"
    r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)\b"
)
_WHAT_WAS_ADDED = re.compile(
    r"\b(?:what|which) (?:\w+ )?(?:did|have) (?:you|i) (?:add|put|added)\b|\b(?:did|have) you add(?:ed)?\b|"
    r"(?:加|放)(?:进去|的)?(?:了|的)?(?:是)?(?:什么|哪)(?:颜?色|个|款|码|尺码)?|"
    r"(?:里面?|里头|车里|购物[车袋篮])(?:现在|目前|一共|总共|都|已经|还)*(?:有|是|装|放)了?(?:些)?(?:什么|哪些|"
    r"几[件个样])"
)


def cartwise(found: Understanding, state: State, catalogue: Catalogue) -> Understanding | None:
    """Return the message as what it says of the cart, `None` where it says something else."""
    if state.errand.text or (found.order_number and not state.meant):
        return None
    found = _without_packs(found)
    change = change_in(found.message.lower(), found.references)
    if state.asked.startswith("option:"):
        return _to_open_option(found, state, catalogue, change)
    if state.asked.startswith("cart_swap:") and found.references and not content(found.unpointed):
        return replace(found, intent="cart_change", change=Change("swap", new_from=0))
    lately = state.cart_at >= 0 and state.turns - state.cart_at <= LATELY
    if lately and (_REQUESTS.search(found.message.lower()) or not questions(found.message)):
        taken = catalogue.variant(state.taken) if state.taken else None
        if taken is not None and (other := _another_option(found, state, *taken)):
            return other
        if change is not None and change.kind != "count":
            return _changing(found, change)
    if (state.cart_at >= 0 or _CARTS.search(found.message.lower())) and (called := named_change(found.message.lower())):
        return _changing(found, replace(called, name="") if _PLACED.fullmatch(called.name) else called)
    if lately and (other := _another_of(found)):
        return other
    if change is not None and change.kind == "count" and (state.shown or lately):
        return _counted(found, state, change)
    puts = puts_and_asks(found.message) or (into_cart(found.message) and not questions(found.message))
    if state.shown and puts and found.references and not found.wish.categories:
        return replace(found, intent="cart_add", quantity=so_many(found.message.lower()) or found.quantity)
    only_it = all(one.which in ("focus", "all") for one in found.references)
    if lately and len(found.message) <= MOST_OF_CART and asks_delivery_of_cart(found.message) and only_it:
        return replace(found, intent="cart_show")
    if lately and SETTLES.search(found.message):
        return replace(found, intent="checkout")
    if (lately or ALL_OF_IT.search(found.message.lower())) and OWED.search(found.message.lower()):
        return replace(found, intent="cart_show")
    product = _product(catalogue, state.focus or "")
    if product is not None and asks_in_option(found, state, product):
        return replace(found, intent="ask_product", order_number=None)
    takes = state.shown and (picks(found.message.lower(), found.references) or _only_takes(found, state, product))
    if takes and not questions(found.message):
        own = options_in(product, found.message)[0] if product is not None and not found.references else {}
        wish = replace(found.wish, options={**found.wish.options, **own})
        return replace(found, intent="cart_add", wish=wish, quantity=so_many(found.message.lower()) or found.quantity)
    shows = _WHAT_WAS_ADDED.search(found.message.lower()) or _IN_THERE.search(found.message.lower())
    return replace(found, intent="cart_show") if lately and shows else None


def _another_of(found: Understanding) -> Understanding | None:
    """Return that one in the cart shall be had in another option: "swap the second for a navy one"."""
    said = found.message.lower()
    match, wish = _SWAP_TO.search(said), found.wish
    if match is None or not wish.options or (questions(found.message) and not _REQUESTS.search(said)):
        return None
    if any(one.term.kind in ("category", "brand") and one.start >= match.end() for one in found.named):
        return None  # a thing of another kind
    if any(one.which != "one" and one.start >= match.end() for one in found.references):
        return None  # another of those shown
    return replace(found, intent="cart_change", change=Change("swap", new_from=match.end()), quantity=None)


def _without_packs(found: Understanding) -> Understanding:
    """Return a message whose bags and boxes are counted of what it points at, and are no thing of their own."""
    packs = [one for one in found.named if one.term.kind == "category" and one.form in _PACKS]
    counted = packs and any(_COUNTS_PACKS.search(found.message.lower()[: one.end]) for one in packs)
    if not counted or not found.references:
        return found
    kept = {v for one in found.named if one.term.kind == "category" and one not in packs for v in one.term.values}
    categories = tuple(one for one in found.wish.categories if one in kept)
    return replace(found, wish=replace(found.wish, categories=categories))


def _counted(found: Understanding, state: State, change: Change) -> Understanding:
    """Return that there shall be so many of what was put into the cart a moment ago, or that so many are added."""
    if state.taken and state.turns - state.cart_at == 1 and not _PUT.search(found.message.lower()):
        return replace(found, intent="cart_change", change=replace(change, kind="set"), quantity=change.quantity)
    return replace(found, intent="cart_add", change=change, quantity=change.quantity)


def _only_takes(found: Understanding, state: State, product: Product | None) -> bool:
    """Return whether a message puts something into the cart and names it by its place or its options alone."""
    said = found.message.lower()
    own = product is not None and spoken_of(state) and bool(options_in(product, found.message)[0])
    pleads = bool((own or (found.references and found.wish.options)) and _PLEASE.search(said))
    named = bool(found.references or found.wish.options)
    counts = bool(so_many(said)) and (named or bool(re.search(r"[要来拿买]", said)))
    takes = pleads or _TAKES_SOME.search(said) or counts
    if found.wish.categories or found.wish.brands or not takes:
        return False
    return not content(_COUNTED.sub(" ", without_options(found, product)))


def _changing(found: Understanding, change: Change) -> Understanding | None:
    out = change.kind in ("drop", "drop_all")
    if out and not found.references and len(found.message.strip("。.!！ ")) <= 2:
        return None  # 不要 alone is a no to whatever was asked
    intent = "cart_remove" if out else "cart_change"
    return replace(found, intent=intent, change=change, quantity=change.quantity or found.quantity)


def _product(catalogue: Catalogue, id_: str) -> Product | None:
    return catalogue.get([id_]).get(id_) if id_ else None


def _to_open_option(
    found: Understanding, state: State, catalogue: Catalogue, change: Change | None
) -> Understanding | None:
    """Return the answer to the open question which option of a product is wanted."""
    product = _product(catalogue, state.asked.split(":", 2)[2])
    if product is None:
        return None
    pointed = any(one.which not in ("focus", "one", "cheapest", "dearest") for one in found.references)
    if not pointed and not found.wish.categories and not questions(_MAY_I.sub("", found.message)):
        if _ANY.search(found.message.lower()):
            return replace(found, intent="cart_add", wish=replace(found.wish, options=_first(product, found.wish)))
        if options := answered_options(product, found.message):
            quantity = change.quantity if change else found.quantity
            wish = replace(found.wish, options={**found.wish.options, **options})
            return replace(found, intent="cart_add", wish=wish, quantity=quantity if _counts(found) else None)
        lacking = any(product.options(name) for name in found.wish.options)
        if lacking and not content(_SWAPS.sub(" ", _MAY_I.sub("", without_options(found, product)))):
            return replace(found, intent="cart_add")  # says that it does not come so, and what it comes in
    if change is not None and change.kind in ("drop", "drop_all"):
        return replace(found, intent="cart_remove", change=change)
    if pointed and not content(found.unpointed) and not questions(found.message):
        return replace(found, intent="cart_add")  # another of those shown instead
    if (amount := amount_beside(product, found.message)) and not pointed:
        return replace(found, intent="cart_add", wish=_not_had(found.wish, amount), quantity=None)
    if change is None or change.kind == "swap":
        return None
    if change.kind in ("drop", "drop_all"):
        return replace(found, intent="cart_remove", change=change)
    held = int(state.asked.split(":")[1] or 1)
    by = change.quantity or 1
    count = {"fewer": max(1, held - by), "more": held + by}.get(change.kind, by)
    return replace(found, intent="cart_add", quantity=count)


def _not_had(wish: Wish, amount: str) -> Wish:
    """Return the wish for an amount that the product has no size of, so that it is said to have none."""
    options = {**wish.options, "size": (amount,)}
    return replace(wish, options=options, labels={**wish.labels, "option:size": amount})


def _counts(found: Understanding) -> bool:
    """Return whether a number of an answer counts pieces: "two in M" does, "42" is a size."""
    return found.quantity is not None and found.quantity < 20


def _first(product: Product, wish: Wish) -> dict[str, tuple[str, ...]]:
    """Return the options of the first variant that can be had, where any is as good as another."""
    ready = next((one for one in product.variants if one.in_stock), product.variants[0])
    return {**{name: (value,) for name, value in ready.options.items()}, **wish.options}


def _another_option(found: Understanding, state: State, taken: Product, variant: Variant) -> Understanding | None:
    """Return the wish for the thing just taken in another option: beside what is there, or in its place."""
    if any(one.which not in ("focus", "one") for one in found.references):
        return None
    if options := further_options(taken, found.message):
        change = Change("further", found.quantity if _counts(found) else 1)
        kept = {**{name: (value,) for name, value in variant.options.items()}, **options}
        alike = [one for one in taken.variants if all(one.options.get(n) in values for n, values in kept.items())]
        options = kept if any(one.in_stock for one in alike) else options
        return replace(found, wish=replace(Wish(), options=options), intent="cart_add", change=change)
    at_once = state.turns - state.cart_at == 1
    if options := retaken_options(taken, found.message):
        if at_once or swaps(found.message):
            return replace(found, wish=replace(Wish(), options=options), intent="cart_change", quantity=None)
        return None
    if at_once and (amount := amount_beside(taken, found.message)) and not found.wish.categories:
        return replace(found, intent="cart_change", wish=_not_had(Wish(), amount), quantity=None)
    lacking = {name: values for name, values in found.wish.options.items() if taken.options(name)}
    if lacking and swaps(found.message) and not found.wish.categories and not found.wish.brands:
        return replace(found, intent="cart_change", wish=replace(Wish(), options=lacking), quantity=None)
    return None


def of_what_is_in_question(found: Understanding, state: State, catalogue: Catalogue) -> Understanding:
    """Return a message that takes the product in question with that product's own options as it names them."""
    product = _product(catalogue, state.focus or "")
    if product is None or not _PUT.search(found.message.lower()):
        return found
    options = named_options(product, _PUT.sub(" ", found.message))
    return replace(found, wish=replace(found.wish, options={**found.wish.options, **options})) if options else found
