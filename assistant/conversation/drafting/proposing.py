"""What the customer wants done, as a typed action weighed by the shop's rules, with the sentences that say so.

Nothing is done here, and nothing is put to a yes: an agent sends the question, and the gate decides anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.conversation.drafting import asking_for as wants
from assistant.conversation.drafting.draft import DraftSentence, ProposedAction
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.ordered import Meant, units_of, whole
from assistant.conversation.drafting.other_option import other_variant, size_wanted
from assistant.conversation.drafting.phrasing import phrase
from assistant.conversation.drafting.weighing import Weighed, Weighing
from assistant.conversation.evidence import line_name, order_subject
from assistant.service.actions import (
    Action,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangePayment,
    ChangeUserAddress,
    ExchangeItems,
    ReturnItems,
    as_json,
    kind,
)
from assistant.service.rules import Facts, ShopRules
from assistant.service.rules.facts import paid, units, units_left
from assistant.store.records import Address, Customer, Order, OrderLine, OrderStatus
from assistant.wording.evidence import Citation

STORE_CREDIT = "store_credit"
_COMMA = {"en": ", ", "zh": "、"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted done: the kind of action, the words, the order that is meant, and the titles of what is in it.

    `said` are the messages that `text` is made of, the last first, where there were several; what was said last counts.
    `listed` tells that the lines of the order were listed to the customer.
    """

    kind: str
    text: str
    meant: Meant
    customer: Customer
    language: str
    sure: float
    titles: Mapping[str, tuple[str, ...]]
    zone: str = "UTC"
    said: tuple[str, ...] = ()
    listed: bool = False

    @property
    def messages(self) -> tuple[str, ...]:
        """Every message, the last first."""
        return self.said or (self.text,)


@dataclass(frozen=True, slots=True)
class Proposed:
    """An action and the sentences that put it to the customer."""

    action: ProposedAction
    sentences: tuple[DraftSentence, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the customer has not said yet: the name of it, the sentence that asks for it, and what is known."""

    missing: str
    text: str
    arguments: Mapping[str, Any]
    citations: tuple[Citation, ...] = ()


def fitting(kind_: str, rules: ShopRules) -> frozenset[OrderStatus]:
    """Return the states of an order in which an action is offered at all."""
    offered = {
        "cancel": rules.cancel,
        "address": rules.address,
        "items": rules.items,
        "payment": rules.payment,
        "return": rules.returns,
        "exchange": rules.exchange,
    }.get(kind_)
    return frozenset(offered.statuses) if offered is not None else frozenset()


def proposed(wanted: Wanted, weighing: Weighing) -> Proposed:
    """Return what is wanted as an action, with what the rules say to it. Blocks."""
    made = read_action(wanted, weighing)
    if isinstance(made, Lacking):
        return _asks(wanted, made)
    action, sure, doubt = made
    weighed = weighing.weigh(action, wanted.customer.id)
    sure = min(wanted.sure, sure)
    fields = {name: value for name, value in as_json(action).items() if name != "kind"}
    told = ProposedAction(
        name=kind(action),
        arguments=fields,
        text=weighed.said[wanted.language],
        allowed=weighed.allowed,
        rule=weighed.rule,
        cites=weighed.cites,
        sure=round(sure, 3),
    )
    lead = phrase("can_do" if weighed.allowed else "cannot_do", wanted.language)
    citations = _sources(action, weighed, wanted)
    said = DraftSentence(text=told.text, citations=citations, sure=round(sure, 3), doubt=doubt)
    return Proposed(told, (DraftSentence(text=lead, sure=round(sure, 3), doubt=doubt), said))


def _asks(wanted: Wanted, lacking: Lacking) -> Proposed:
    sure = round(min(wanted.sure, wanted.meant.sure or 1.0), 3)
    action = ProposedAction(
        name=wanted.kind,
        arguments=lacking.arguments,
        text=lacking.text,
        missing=(lacking.missing,),
        sure=sure,
    )
    return Proposed(action, (DraftSentence(text=lacking.text, citations=lacking.citations, sure=sure),))


Made = tuple[Action, float, str] | Lacking


def read_action(wanted: Wanted, weighing: Weighing) -> Made:
    """Return the action that is wanted, how sure it is and what is doubtful of it, or what has not been said yet."""
    if wanted.kind == "user_address":
        return _own_address(wanted)
    order = wanted.meant.order
    if order is None:
        raise ValueError(f"an action {wanted.kind!r} is read for an order")
    makers: Mapping[str, Callable[[Wanted, Order, Weighing], Made]] = {
        "cancel": _cancel,
        "address": _address,
        "payment": _payment,
        "items": _swap,
        "exchange": _swap,
        "return": _return,
    }
    return makers[wanted.kind](wanted, order, weighing)


def _own_address(wanted: Wanted) -> Made:
    address = _address_in(wanted, None)
    if address is None:
        return Lacking("address", phrase("need_own_address", wanted.language), {})
    return ChangeUserAddress(address=address), 1.0, ""


def _address_in(wanted: Wanted, order: Order | None) -> Address | None:
    found = (wants.new_address(text, order, wanted.customer) for text in (*wanted.messages, wanted.text))
    return next((address for address in found if address is not None), None)


def _cancel(wanted: Wanted, order: Order, weighing: Weighing) -> Made:
    offered = weighing.rules.cancel
    reason = wants.why_cancel(wanted.text, offered.reasons if offered else ())
    return CancelOrder(order_number=order.number, reason=reason), *_order_sure(wanted)


def _address(wanted: Wanted, order: Order, weighing: Weighing) -> Made:
    address = _address_in(wanted, order)
    if address is not None:
        return ChangeAddress(order_number=order.number, address=address), *_order_sure(wanted)
    if order.status not in fitting("address", weighing.rules):
        # The rule forbids it wherever the parcel should go: nobody is asked for an address that is of no use.
        before = order.ship_to or wanted.customer.address
        if before is not None:
            return ChangeAddress(order_number=order.number, address=before), *_order_sure(wanted)
    return _lacks(wanted, order, "address", phrase("need_address", wanted.language, number=order.number))


def _payment(wanted: Wanted, order: Order, _weighing: Weighing) -> Made:
    method = wants.other_method(wanted.text, wanted.customer, frozenset(paid(order)))
    if method is None:
        text = phrase("need_method", wanted.language, number=order.number)
        return _lacks(wanted, order, "payment_method_id", text)
    return ChangePayment(order_number=order.number, payment_method_id=method.id), *_order_sure(wanted)


def _return(wanted: Wanted, order: Order, weighing: Weighing) -> Made:
    lines, sure = meant_lines(wanted.messages, order, wanted.titles, listed=wanted.listed)
    facts = weighing.facts(order.number, wanted.customer.id)
    ids = units_of(lines, units_left(order, facts.changes)) or tuple(line.variant_id for line in lines)
    if sure < 0.6 and (barred := _barred(order, weighing, wanted)):
        return barred, *_order_sure(wanted)
    named = any(whole(text) for text in wanted.messages)
    if sure < 0.6 or (not named and len(lines) > 1 and wants.trouble(wanted.text) and len(lines) == len(order.lines)):
        return _which_items(wanted, order, ids)  # what is faulty is seldom everything
    action = ReturnItems(
        order_number=order.number,
        variant_ids=ids,
        refund_to=STORE_CREDIT if wants.wants_credit(wanted.messages) else _paid_by(order),
        reason=wants.trouble(wanted.text),
    )
    order_sure, doubt = _order_sure(wanted)
    return action, min(order_sure, sure), doubt


def can_return(order: Order, weighing: Weighing, wanted: Wanted) -> bool:
    """Return whether anything of an order can be sent back now. Blocks."""
    return _barred(order, weighing, wanted) is None


def _barred(order: Order, weighing: Weighing, wanted: Wanted) -> ReturnItems | None:
    """Return the return of everything where nothing of an order can be sent back: nobody is asked which items then."""
    ids = tuple(line.variant_id for line in order.lines)
    fields = {"order_number": order.number, "refund_to": _paid_by(order), "reason": wants.trouble(wanted.text)}
    for chosen in dict.fromkeys(ids):
        if weighing.weigh(ReturnItems(variant_ids=(chosen,), **fields), wanted.customer.id).allowed:
            return None
    return ReturnItems(variant_ids=ids, **fields)


def _swap(wanted: Wanted, order: Order, weighing: Weighing) -> Made:
    """Read an exchange, or other items for an order that has not left: another option of the same product."""
    lines, sure = meant_lines(wanted.messages, order, wanted.titles, listed=wanted.listed)
    facts = weighing.facts(order.number, wanted.customer.id)
    swaps = [(line, _instead(wanted.messages, line, facts) or _same_again(wanted, line, facts)) for line in lines]
    chosen = [(line, new) for line, new in swaps if new is not None]
    if sure < 0.6 and len(chosen) > 1 and wants.trouble(wanted.text):
        return _which_items(wanted, order, ())
    if not chosen and sure >= 0.6 and order.status not in fitting(wanted.kind, weighing.rules):
        # The rule forbids it whatever the option is: nobody is asked for one that is of no use.
        chosen = [(line, other) for line in lines[:1] if (other := _any_other(line, facts)) is not None]
    if not chosen:
        return _which_option(wanted, order, lines[0], facts) if sure >= 0.6 else _which_items(wanted, order, ())
    held = units_left(order, facts.changes) if wanted.kind == "exchange" else units(order)
    pairs = [(line.variant_id, new) for line, new in chosen for _ in range(min(line.quantity, held[line.variant_id]))]
    old, new = zip(*pairs, strict=True) if pairs else (tuple(line.variant_id for line, _ in chosen), ())
    kept: dict[str, Any] = {
        "order_number": order.number,
        "variant_ids": tuple(old),
        "new_variant_ids": tuple(new) or tuple(new for _, new in chosen),
        "payment_method_id": _paid_by(order),
    }
    order_sure, doubt = _order_sure(wanted)
    sure = min(order_sure, sure if len(lines) == len(chosen) else 0.9)
    if wanted.kind == "exchange":
        return ExchangeItems(**kept, reason=wants.trouble(wanted.text)), sure, doubt
    return ChangeItems(**kept), sure, doubt


def _instead(said: Sequence[str], line: OrderLine, facts: Facts) -> str | None:
    """Return the id of the variant that is wanted instead of a line's; `None` where the message does not tell."""
    good = facts.goods.get(line.variant_id)
    found = (other_variant(text, good.product, line.variant_id) for text in said) if good else iter(())
    return next((one.id for one in found if one is not None), None)


def _any_other(line: OrderLine, facts: Facts) -> str | None:
    """Return the id of any variant of a line's product that can be had instead."""
    good = facts.goods.get(line.variant_id)
    others = (one.id for one in good.product.variants if one.id != line.variant_id and one.in_stock) if good else ()
    return next(iter(others), None)


def _same_again(wanted: Wanted, line: OrderLine, facts: Facts) -> str | None:
    """Return the variant of a line again, where it came in such a state that it is replaced by a new one."""
    replaced = wanted.kind == "exchange" and wants.trouble(wanted.text) and line.variant_id in facts.goods
    return line.variant_id if replaced else None


def _which_option(wanted: Wanted, order: Order, line: OrderLine, facts: Facts) -> Lacking:
    """Ask for the option, from those that can be had."""
    language = wanted.language
    told = options_of(line, facts, language)
    title = line_name(line)
    if not told:
        text = phrase("no_other_option", language, title=title, number=order.number)
    else:
        text = phrase("need_option", language, title=title, number=order.number, choices=_COMMA[language].join(told))
    if told and (way := size_wanted(wanted.text)):
        text = f"{phrase(f'no_size_{way}', language)} {text}"
    about = (Citation(title, f"product:{line.product_id}"),)
    return replace(_lacks(wanted, order, "new_variant_ids", text), citations=(*_lines_of(order, wanted), *about))


def options_of(line: OrderLine, facts: Facts, language: str) -> list[str]:
    """Return in what else an item that was bought can be had, as shown."""
    good = facts.goods.get(line.variant_id)
    product = good.product if good else None
    values = product.said(language).option_values if product else {}
    others = [one for one in product.variants if one.id != line.variant_id and one.in_stock] if product else []
    return [" ".join(values.get(value, value) for value in one.options.values()) for one in others]


def _which_items(wanted: Wanted, order: Order, ids: tuple[str, ...]) -> Lacking:
    items = _COMMA[wanted.language].join(line_name(line) for line in order.lines)
    text = phrase("need_items", wanted.language, number=order.number, items=items)
    made = _lacks(wanted, order, "variant_ids", text)
    return replace(made, arguments={**made.arguments, "variant_ids": list(ids)}) if ids else made


def _lacks(wanted: Wanted, order: Order, missing: str, text: str) -> Lacking:
    return Lacking(missing, text, {"order_number": order.number}, _lines_of(order, wanted))


def _order_sure(wanted: Wanted) -> tuple[float, str]:
    return wanted.meant.sure, "order" if wanted.meant.sure < 0.6 else ""


def _paid_by(order: Order) -> str:
    """Return the method that paid the most of an order."""
    net = paid(order)
    return max(net, key=lambda method: net[method]) if net else (order.payments[0].method_id if order.payments else "")


def _lines_of(order: Order, wanted: Wanted) -> tuple[Citation, ...]:
    return _of_order(order, wanted, "items")


def _of_order(order: Order, wanted: Wanted, *keys: str) -> tuple[Citation, ...]:
    facts = order_subject(order, wanted.language, wanted.zone).facts
    return tuple(Citation(fact.label, fact.source) for key in keys for fact in facts if fact.key == key)


def _sources(action: Action, weighed: Weighed, wanted: Wanted) -> tuple[Citation, ...]:
    """Return where the sentence about an action takes its facts from."""
    language, order = wanted.language, wanted.meant.order
    found: list[Citation] = []
    if order is not None:
        found += _of_order(order, wanted, "items", *(() if weighed.allowed else ("status",)))
    if weighed.allowed and isinstance(action, (CancelOrder, ReturnItems, ExchangeItems, ChangeItems, ChangePayment)):
        found.append(Citation(phrase("label_payments", language), f"order:{action.order_number}#payments"))
    if isinstance(action, (ChangeAddress, ChangeUserAddress, CancelOrder)):
        found.append(Citation(phrase("label_message", language), "message"))
    if isinstance(action, (ExchangeItems, ChangeItems)) and order is not None:
        swapped = {line.product_id: line.title for line in order.lines if line.variant_id in action.variant_ids}
        found += [Citation(title, f"product:{product_id}") for product_id, title in swapped.items()]
    if weighed.terms is not None and isinstance(action, (ReturnItems, ExchangeItems)):
        found.append(Citation(phrase("label_rule", language), f"rule:{kind(action)}"))
    if weighed.cites:
        found.append(Citation(phrase("label_rule", language), f"policy:{weighed.cites}"))
    elif weighed.rule:
        found.append(Citation(phrase("label_rule", language), f"rule:{weighed.rule}"))
    return tuple(found)
