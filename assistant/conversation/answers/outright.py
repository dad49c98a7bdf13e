"""Wishes about an order of one's own that are said outright, whatever their letters are taken for.

"Any news about my exchange?", "how did I pay?", "cancel my order, I found it cheaper", "it says delivered but I have
nothing", 茶叶发霉了. Looks at the words, and at what was bought where something is said to be wrong with it.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.answers.owned import chosen_wrongly, of_bought
from assistant.conversation.answers.spoken_of import just_refused
from assistant.conversation.answers.wanting import NO_NUMBER, OWN
from assistant.conversation.drafting.asking_for import names_address, trouble
from assistant.conversation.drafting.matters import ACTIONS, STATUS, named_action
from assistant.conversation.drafting.ordered import order_numbers, whole
from assistant.conversation.reading.cancelled import tells_of_cancelling
from assistant.conversation.reading.order_questions import (
    OWN_PAST,
    asks_after,
    asks_of_order,
    asks_which_can,
    tells_of_return,
)
from assistant.conversation.reading.own_orders import (
    ACCOUNT,
    ADDRESS,
    ADDS_TO_IT,
    AND_THAT,
    ASKS,
    ASKS_PARCEL,
    BOUGHT,
    BOUGHT_ONCE,
    BUYS_ANOTHER,
    CALLS,
    CANCELLING,
    CANCELS,
    COMES,
    COMES_ALONE,
    COMING,
    GOES,
    HURRIES,
    LOOSE,
    LOST,
    MAY_BE,
    MISSING_OF,
    MY_ORDER,
    OF_DELIVERY,
    OF_MINE,
    OF_PARCELS,
    OF_RECORD,
    ORDERS_AGAIN,
    OTHER_ADDRESS,
    OUT_OF_IT,
    POINTS,
    SINGLE,
    STATE,
    SWAPS,
    TAKEN_FOR,
    THAT_ORDER,
    WAS,
    WAS_CANCELLED,
    WHAT_OF,
)

RECENT = 3
"""Turns for which an order that was told of may be asked about without being named."""


def of_parcel(asked: Asked) -> Asked:
    """Return the message as one that asks where something bought is, where it names that and asks so."""
    found = asked.found
    if asked.sources.serving is None or asked.principal.customer_id is None or found.harm or found.order_number:
        return asked
    likely = found.intent in LOOSE | OF_DELIVERY or (found.intent in TAKEN_FOR and not trouble(found.message))
    served = likely and not asked.state.errand.text
    told = asked.state.order_at == asked.state.turns - 1 >= 0
    asks = bool(ASKS_PARCEL.search(found.message)) and not MAY_BE.search(found.message)
    goes_on = told and bool(AND_THAT.search(found.message)) and not asks_of_order(found.message)
    if not served or not (asks or goes_on) or asks_after(found.message):
        return asked
    if found.references and asked.state.shown and not told:
        return asked
    if not _bought(asked, found.message, named=False):
        return asked
    return replace(asked, found=replace(found, intent="order_status", sure=1.0, errands=(), parts=()))


def said_outright(asked: Asked) -> Asked:
    """Return the message with the intent that its words say outright, where they say one of an order."""
    asked = _without_told(asked)
    intent = _intent(asked) if asked.sources.serving is not None else ""
    if not intent or intent == asked.found.intent:
        return asked
    return replace(asked, found=replace(asked.found, intent=intent, sure=1.0, errands=()))


def _without_told(asked: Asked) -> Asked:
    """Return the message without the wishes of it that only tell what was sent back before."""
    found = asked.found
    kept = [
        one for one in found.errands if one.intent not in ("return_item", "get_refund") or not tells_of_return(one.text)
    ]
    if not found.errands or len(kept) == len(found.errands) or not kept:
        return asked
    errands = tuple(kept) if len(kept) > 1 else ()
    return replace(asked, found=replace(found, intent=kept[0].intent, sure=kept[0].sure, errands=errands))


def _intent(asked: Asked) -> str:
    found, message = asked.found, asked.found.message.replace("’", "'")
    one = asked.principal.customer_id and (tells_of_cancelling(message) or asks_after(message))
    several = len(found.errands) > 1 and not one
    if found.intent in ("empty", "human", "contact") or found.harm or several:
        return ""
    named = bool(order_numbers(message))
    own = named or _just_told(asked) or (asked.principal.customer_id is not None and bool(OWN.search(message)))
    if asked.principal.customer_id is None and NO_NUMBER.search(message) and not asked.state.errand.text:
        return "order_status"
    if _somebody_elses(asked, message):
        return "order_others"
    if WAS_CANCELLED.search(message) and (own or asked.principal.customer_id):
        return "order_status"
    if HURRIES.search(message) and (own or asked.principal.customer_id):
        return "order_arrival"
    if (
        asked.principal.customer_id
        and found.intent in OF_DELIVERY
        and MY_ORDER.search(message)
        and not asks_of_order(message)
    ):
        return "order_arrival"
    if asked.principal.customer_id and asks_which_can(message) and (own or found.intent not in LOOSE):
        return "order_fact"
    if (
        asked.principal.customer_id
        and found.intent in COMES
        and COMING.search(message)
        and _bought(asked, message, named=named)
    ):
        return "order_arrival"
    if _nothing_named(asked) and COMES_ALONE.search(message):
        return "order_arrival"
    if asks_after(message) and (own or asked.principal.customer_id):
        return "order_fact"
    if ORDERS_AGAIN.search(message) and found.intent in ACTIONS and not named_action(message) and not trouble(message):
        return "order_status" if _bought(asked, message, named=named) else ""
    if tells_of_cancelling(message) and (own or (asked.principal.customer_id and asks_of_order(message) != "state")):
        return "order_fact"
    if just_refused(asked.state) and not named and asks_of_order(message) == "deadline":
        return "return_item" if found.intent in STATUS else ""
    if (asks := asks_of_order(message)) and _of_an_order(asked, message, asks=asks, named=named):
        return "order_fact"
    if STATE.search(message) and (named or _bought(asked, message, named=named)):
        return "order_state"
    if lost := _lost(asked, message, own=own):
        return lost
    single = SINGLE.search(message) or (OUT_OF_IT.search(message) and _told_last(asked))
    single = single or (ADDS_TO_IT.search(message) and _told_last(asked))
    if single and not SWAPS.search(message):
        return "order_single"
    if wrong := chosen_wrongly(asked, message):
        return wrong
    if found.intent == "cart_remove" and _told_last(asked):
        return "cancel_order" if whole(message) or not of_bought(asked, message) else "order_single"
    if BOUGHT.search(message) and WHAT_OF.search(message) and _bought(asked, message, named=named):
        return "return_item" if _of_returns(asked) else "order_status"
    if found.intent in ACTIONS and OF_RECORD.search(message) and not (trouble(message) or named_action(message)):
        return "order_fact" if asked.principal.customer_id is not None else "order_status"
    if asked.principal.customer_id and found.intent in LOOSE and OF_PARCELS.search(message):
        return "order_status" if not named_action(message) else ""
    if not ASKS.search(message) and CANCELS.search(message) and "subscri" not in message.lower():
        return "cancel_order"
    if asked.principal.customer_id and GOES.search(message) and _elsewhere(message):
        return "change_address"
    if (
        (own or asked.principal.customer_id)
        and ADDRESS.search(message)
        and not OTHER_ADDRESS.search(message)
        and not ASKS.search(message)
    ):
        return "change_address"
    if asked.principal.customer_id and SWAPS.search(message) and not trouble(message):
        return "change_order"
    told = _told_last(asked) and found.intent in LOOSE
    if told and (POINTS.search(message) or (CALLS.search(message) and of_bought(asked, message))):
        return "order_status"
    named_first = named_action(message)
    meant = ACTIONS.get(found.intent, "")
    if named_first in ("return", "exchange") and meant == "cancel" and not ASKS.search(message):
        return "return_item" if named_first == "return" else "exchange_item"
    if _just_told(asked) and found.intent in CANCELLING and named_first == "cancel" and not ASKS.search(message):
        return "cancel_order"
    action = named_first if found.intent in LOOSE and not ASKS.search(message) else ""
    if action in ("return", "exchange") and _bought(asked, message, named=named):
        return "return_item" if action == "return" else "exchange_item"
    loose = found.intent in LOOSE or found.intent in ("order_status", "order_arrival", "complaint", "warranty")
    loose = loose and not BUYS_ANOTHER.search(message) and bool(trouble(message))
    whose = asked.principal.customer_id is not None and bool(MISSING_OF.search(message))
    return "damaged_item" if loose and (whose or _bought(asked, message, named=named)) else ""


def _lost(asked: Asked, message: str, *, own: bool) -> str:
    """Return what a message is that tells of a parcel which has not come; empty where it tells of none.

    Whoever it is, is told the rule; what may become of a parcel is a question of the rules alone.
    """
    if not LOST.search(message) or trouble(message):
        return ""
    if MAY_BE.search(message):
        return "ask_policy" if asked.found.intent in STATUS else ""
    strange = asked.found.intent in STATUS | LOOSE and bool(MISSING_OF.search(message))
    return "order_lost" if own or asked.principal.customer_id or strange else ""


def _nothing_named(asked: Asked) -> bool:
    """Return whether a customer speaks of nothing that was shown or named, so that "it" is what they ordered."""
    found, state = asked.found, asked.state
    spoken_of = state.shown or state.focus or state.errand.text or found.wish.categories or found.wish.brands
    return asked.principal.customer_id is not None and not spoken_of and found.intent in COMES | OF_DELIVERY


def _told_last(asked: Asked) -> bool:
    """Return whether orders were what was told of in the turn before, and nothing was put into a cart since."""
    state = asked.state
    return 0 <= state.order_at == state.turns - 1 and state.cart_at < state.order_at


def _of_returns(asked: Asked) -> bool:
    """Return whether what is spoken of is how things come back: that was just asked for, and a rule told."""
    told = asked.sources.policies.now(asked.state.rule_told, asked.language) if just_refused(asked.state) else None
    return told is not None and bool(named_action(told.title))


def _elsewhere(message: str) -> bool:
    """Return whether a message gives a whole address that is none of the account itself."""
    return names_address(message) and not OTHER_ADDRESS.search(message)


def _somebody_elses(asked: Asked, message: str) -> bool:
    """Return whether a message names the account of somebody else than its writer."""
    named = {number.upper() for number in ACCOUNT.findall(message)}
    return bool(named - {(asked.principal.customer_id or "").upper()}) and asked.principal.customer_id is not None


def _of_an_order(asked: Asked, message: str, *, asks: str, named: bool) -> bool:
    """Return whether a question that may be of an order is of one of the shopper's own."""
    if named or _just_told(asked):
        return True
    if asked.principal.customer_id is None:
        return False
    if asks in ("list", "spent", "ever", "dearest", "cheapest"):
        return True
    if asks == "why" or (asks == "total" and WAS.search(message)):
        return _bought(asked, message, named=False)
    if asks == "deadline":
        return bool(OF_MINE.search(message)) or _bought(asked, message, named=False)
    if asks in ("total", "placed", "paid", "items", "option") and BOUGHT_ONCE.search(message):
        return _bought(asked, message, named=False)
    past = OWN_PAST.search(message) or THAT_ORDER.search(message)
    return bool(past) or (bool(OWN.search(message)) and "order" in message.lower())


def _just_told(asked: Asked) -> bool:
    """Return whether an order was told of lately; "it" is an order only where it was told of last."""
    state = asked.state
    points = asked.found.references
    since = 1 if points and all(one.which == "focus" for one in points) else 0 if points else RECENT
    last = state.order_at == state.turns - 1 and bool(points)
    return bool(state.order) and state.order_at >= state.turns - since and (last or not asked.found.wish.categories)


def _bought(asked: Asked, message: str, *, named: bool) -> bool:
    """Return whether a message speaks of something that its writer bought. Blocks."""
    if asked.principal.customer_id is None:
        return False
    return named or bool(of_bought(asked, message))
