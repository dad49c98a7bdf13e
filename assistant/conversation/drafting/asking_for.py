"""What a message asks to have done, read into typed actions: reasons, addresses, other options, other ways to pay.

Knows the customer's order and its products, no rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.conversation.reading.addresses import ADDRESS, ADDRESS_ABROAD, CHINESE_ADDRESS
from assistant.conversation.reading.words import HAN, words
from assistant.store.records import Address, Customer, Order, PaymentMethod
from index.product import Product, Variant

_REASONS: Mapping[str, re.Pattern[str]] = {
    "damaged": re.compile(
        r"damag|broken|crack|smash|shatter|torn|dent|scratch|ripped|破损|损坏|摔坏|破了|碎|裂|划痕|压坏"
    ),
    "faulty": re.compile(
        r"fault|defect|doesn'?t work|not work|stopped work|won'?t turn|dead on|malfunction|"
        r"故障|坏了|不工作|质量问题|瑕疵|失灵|用不了"
    ),
    "wrong item": re.compile(
        r"wrong (?:item|product|thing|size|colou?r|one)|not what i ordered|发错|寄错|不是我(?:买|订|要)的"
    ),
}
_WHY_CANCEL: Mapping[str, re.Pattern[str]] = {
    "ordered by mistake": re.compile(
        r"mistake|accident|twice|duplicate|double|wrong (?:one|thing|item)|误|拍错|下错|重复"
    ),
    "found it elsewhere": re.compile(r"elsewhere|another (?:shop|store)|cheaper|别处|别家|其他(?:店|家)|更便宜"),
    "no longer needed": re.compile(r"."),
}
_LEAD = re.compile(r"^.*(?:寄到|送到|改成|改为|改到|地址是|地址为|换成|发到|更新为|送至|寄往|[：:])")
_WAYS: Mapping[str, re.Pattern[str]] = {
    "paypal": re.compile(r"pay ?pal", re.IGNORECASE),
    "gift_card": re.compile(r"gift ?card|礼品卡", re.IGNORECASE),
    "alipay": re.compile(r"ali ?pay|支付宝", re.IGNORECASE),
    "wechat_pay": re.compile(r"we ?chat|微信", re.IGNORECASE),
    "card": re.compile(r"\b(?:credit |debit )?card\b|\bvisa\b|mastercard|信用卡|银行卡", re.IGNORECASE),
}
_STORE_CREDIT = re.compile(r"store credit|shop credit|voucher|购物余额|店铺余额|代金券", re.IGNORECASE)
_SWAP = re.compile(r"replac|exchang|swap|another one|new one|换", re.IGNORECASE)
_INSTEAD = re.compile(r"\binstead\b|\bchange\b|\bswitch\b|\bpay (?:with|by)\b|改用|换成|改成|改为", re.IGNORECASE)


def trouble(text: str) -> str:
    """Return the code of what is wrong with the goods, empty where nothing is said to be.

    >>> trouble("it arrived smashed"), trouble("我收到的东西发错了"), trouble("changed my mind")
    ('damaged', 'wrong item', '')
    """
    said = text.lower().replace("’", "'")
    return next((code for code, pattern in _REASONS.items() if pattern.search(said)), "")


def why_cancel(text: str, offered: tuple[str, ...]) -> str:
    """Return the reason for cancelling, as the shop lists them where it does.

    >>> why_cancel("I ordered it by mistake", ())
    'ordered by mistake'
    """
    said = next(code for code, pattern in _WHY_CANCEL.items() if pattern.search(text.lower() or " "))
    return said if not offered or said in offered else offered[0]


def wants_replacement(text: str) -> bool:
    """Return whether something else is wanted rather than the money."""
    return bool(_SWAP.search(text))


def new_address(text: str, order: Order | None, customer: Customer) -> Address | None:
    """Return the address that a message gives, the name and the country as before; `None` where it is not complete."""
    before = (order.ship_to if order else None) or customer.address
    country, name = (before.country, before.name) if before else ("", customer.name)
    if HAN.search(text) and (found := CHINESE_ADDRESS.search(_LEAD.sub("", text))):
        postcode = found["postcode"] or ""
        if not postcode or not country:
            return None
        city, region = found["city"], found["region"] or ""
        return Address(name=name, street=found["street"], city=city, region=region, postcode=postcode, country="CN")
    if found := ADDRESS.search(text):
        return Address(
            name=name,
            street=found["street"].strip(),
            city=found["city"].strip(),
            region=found["region"],
            postcode=found["postcode"],
            country="US",
        )
    if country and country != "US" and (found := ADDRESS_ABROAD.search(text)):
        street, city = found["street"].strip(), found["city"].strip()
        return Address(name=name, street=street, city=city, postcode=found["postcode"], country=country)
    return None


def other_variant(text: str, product: Product, held: str) -> Variant | None:
    """Return the variant that a message wants instead of the one held; `None` where it does not tell one."""
    now = next((one for one in product.variants if one.id == held), None)
    options = _options_in(text, product)
    if now is None or not options:
        return None
    wanted = {**now.options}
    for name, value in options:
        if now.options.get(name) != value:
            wanted[name] = value
    if wanted == dict(now.options):
        return None
    return next((one for one in product.variants if dict(one.options) == wanted), None)


def other_method(text: str, customer: Customer, paid_by: frozenset[str]) -> PaymentMethod | None:
    """Return the customer's own payment method that a message names instead of the one used."""
    kinds = [kind for kind, pattern in _WAYS.items() if pattern.search(text)]
    mine = [one for one in customer.payment_methods if one.kind in kinds and one.id not in paid_by]
    return mine[0] if mine else None


def names_payment(text: str) -> bool:
    """Return whether another way to pay an order is wanted.

    >>> names_payment("can I pay with PayPal instead?"), names_payment("which cards do you take?")
    (True, False)
    """
    return bool(_INSTEAD.search(text)) and any(pattern.search(text) for pattern in _WAYS.values())


def names_address(text: str) -> bool:
    """Return whether a message holds a whole address.

    >>> names_address("can it go to 12 Oak Street, Portland, OR 97201?"), names_address("where is 12 Oak Street?")
    (True, False)
    """
    return bool(ADDRESS.search(text) or CHINESE_ADDRESS.search(text))


def wants_credit(text: str) -> bool:
    """Return whether store credit is wanted rather than money."""
    return bool(_STORE_CREDIT.search(text))


def _options_in(text: str, product: Product) -> list[tuple[str, str]]:
    """Return the options of the product that a text names, what is named last first."""
    spoken = f" {' '.join(word.text for word in words(text.lower()))} "
    found: list[tuple[int, str, str]] = []
    for name, value in {pair for variant in product.variants for pair in variant.options.items()}:
        for form in {value, *(said.option_values.get(value, value) for said in product.words.values())}:
            like = " ".join(word.text for word in words(form.lower()))
            like = like if HAN.search(like) else f" {like} "
            if like.strip() and (at := spoken.rfind(like)) >= 0:
                found.append((at, name, value))
    return [(name, value) for _, name, value in sorted(found)]
