"""What a message asks to have done, read into typed actions: reasons, addresses, other options, other ways to pay.

Knows the customer's order and its products, no rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.conversation.reading.addresses import written_address, written_street
from assistant.store.records import Address, Customer, Order, PaymentMethod

_REASONS: Mapping[str, re.Pattern[str]] = {
    "wrong item": re.compile(
        r"wrong (?:\w+ ){0,2}(?:items?|products?|things?|size|colou?r|ones?|order|parcel|stuff|food|model|version|"
        r"flavou?r)\b|"
        r"\b(?:got|sent|received|shipped|delivered)(?: me)? (?:the|a) wrong\b|not (?:what|the \w+) i (?:ordered|"
        r"bought)|"
        r"instead of (?:what|the one) i ordered|发错|寄错|送错|拿错|不是我(?:买|订|要|下单)的|货不对"
    ),
    "incomplete": re.compile(
        r"\b(?:something|(?:one |an? |some )?(?:parts?|pieces?|items?|things?|articles?)|one|some|half|bits?|screws?|"
        r"lid|cable|charger) (?:of \w+ )?(?:is|are|was|were|went) missing|"
        r"\bmissing (?:a |the |some |one |several )?(?:parts?|pieces?|items?|something|bits?)|"
        r"\b(?:is|are|was|were|came|arrived|turned up|it'?s|has|have)(?: \w+)? missing (?:its |all |both |half |a |"
        r"an |the |some |"
        r"one |two |three |several |of )+(?!parcel|package|order|delivery)\w+|\b(?:came|arrived|turned up|"
        r"delivered) without "
        r"(?:its |any |a |an |the |some |all )*(?!packaging|warning|notice|box)\w+|\b(?:no|without any) (?:pegs|"
        r"screws|lid|cable|charger|"
        r"instructions|manual|battery|batteries|straps?) (?:in|with|came|were|was)\b|(?:with|has) (?:\w+ )?"
        r"(?:something |parts? |pieces? )?missing|\bincomplete\b|少发|漏发|缺件|少了|缺了|不全"
    ),
    "damaged": re.compile(
        r"(?:arrived|came|was|were|got it|got them)(?: \w+)? (?:already )?(?:open|opened|unsealed|half[- ]empty|"
        r"empty|dirty|stained|wet|soaked)\b|"
        r"already (?:open|opened|used)\b|half[- ]empty|收到(?:的?时候?|时)?就?是?(?:开|破|脏|湿|空|旧|坏)|"
        r"damag|broken|crack|smash|shatter|\btorn\b|dent(?:ed|s)?\b|scratch|ripped|\bhas (?:a|"
        r"some) (?:\w+ )?(?:hole|rip|tear|crack|chip)|"
        r"chipped|\bleak(?:s|ed|ing)?\b|spilled|melted|squashed|crushed|破损|损坏|摔坏|破了|破的|破洞|有洞|碎|裂|"
        r"划痕|压坏|漏了|漏液|变形"
    ),
    "faulty": re.compile(
        r"fault|defect|doesn'?t work|does not work|not work|stopped work|stopped charg|won'?t (?:turn|charge|start|"
        r"switch)|"
        r"dead on|malfunction|\bspoil(?:ed|t)\b|mou?ldy|rotten|expired|gone off|rancid|\bstale\b|\b(?:taste|"
        r"smell)(?:s|d|ed)? "
        r"(?:\w+ )?(?:off|bad|funny|weird|wrong|mou?ldy|stale|foul)\b|(?:came|coming|come|fell|"
        r"falling) apart|"
        r"故障|坏了|坏的|不工作|质量(?:有|不|太|很|差)|质量问题|瑕疵|失灵|用不了|开不了机|霉|馊|变味|[异怪臭腥]味|"
        r"变质|过期|(?:没法|不能|不敢)(?:吃|喝|用|穿)(?!吗)|[长生有]虫|受潮|"
        r"开线|开胶|掉色|起球|次品|"
        r"(?:一直|老是|总是|有点)漏|漏[水油气]|拧不[紧开]|关不[上严]|[合盖扣]不[上严]|松动|不亮|不响|没声|充不[进上]电|连不上|不转|掉[漆毛]"
    ),
}
"""What is wrong with goods, by the code of it, the plainest first."""
_OWN_MISTAKE = re.compile(
    r"\b(?:i(?:'ve| have| had)?(?: \w+)? |just |accidentally )?(?:ordered|bought|chose|chosen|picked|took|selected|"
    r"clicked)(?: (?!came|arrived|was|is|turned)\w+){0,3} wrong(?: \w+)?|\bmy (?:own )?(?:mistake|fault)\b|"
    r"(?:我|自己)(?:买|订|选|拍|下)错"
)
"""What the customer did wrong, not the shop."""
_WHY_RETURN: Mapping[str, re.Pattern[str]] = {
    "does not fit": re.compile(
        r"too (?:big|small|large|tight|loose|long|short|wide|narrow)|(?:doesn'?t|does not|didn'?t|don'?t) fit|"
        r"wrong fit|尺码不|大小不|太大|太小|偏大|偏小|不合身|太紧|太松|太长|太短|穿不|大了|小了"
    ),
    "not as expected": re.compile(
        r"not (?:as|what|like)(?: i)? (?:expected|described|hoped|pictured|imagined)|looks? different|disappoint|"
        r"(?:don'?t|do not|didn'?t|doesn'?t) (?:really )?like|与描述不符|和图片不|不喜欢|不满意|不合适|不好看|"
        r"不太好|色差"
    ),
    "changed my mind": re.compile(
        r"chang\w* (?:my|our) mind|(?:don'?t|do not|no longer) (?:need|want)|不想要|不需要|不要了|用不着|改变主意|"
        r"后悔|买多"
    ),
    "ordered by mistake": re.compile(
        r"mistake|by accident|twice|duplicate|(?:ordered|bought|chose|picked)(?: \w+){0,3} wrong|买错|拍错|下错|"
        r"买重|重复"
    ),
}
"""Why what is not faulty is sent back."""
_WHY_CANCEL: Mapping[str, re.Pattern[str]] = {
    "ordered by mistake": re.compile(
        r"mistake|accident|twice|duplicate|double|wrong (?:one|thing|item|size|colou?r)|误|买错|拍错|下错|选错|"
        r"订错|重复|买重"
    ),
    "found it elsewhere": re.compile(
        r"elsewhere|another (?:shop|store)|cheaper|better price|别处|别家|别的地方|其他(?:店|家)|更便宜|便宜"
    ),
    "too expensive": re.compile(r"too (?:expensive|dear|pricey|much money)|can'?t afford|太贵|贵了"),
    "takes too long": re.compile(r"too (?:long|slow|late)|taking (?:ages|forever|so long)|太慢|太久|等不及|来不及"),
    "no longer needed": re.compile(r"."),
}
_WAYS: Mapping[str, re.Pattern[str]] = {
    "paypal": re.compile(r"pay ?pal", re.IGNORECASE),
    "gift_card": re.compile(r"gift ?card|礼品卡", re.IGNORECASE),
    "alipay": re.compile(r"ali ?pay|支付宝", re.IGNORECASE),
    "wechat_pay": re.compile(r"we ?chat|微信", re.IGNORECASE),
    "card": re.compile(r"\b(?:credit |debit )?card\b|\bvisa\b|mastercard|信用卡|银行卡", re.IGNORECASE),
}
_STORE_CREDIT = re.compile(r"store credit|shop credit|voucher|余额|代金券|购物金", re.IGNORECASE)
_SWAP = re.compile(
    r"replac|exchang|swap|\banother (?:one|pair|set|bottle|box)\b|\bnew (?:one|pair|set)s?\b|\bsend (?:me |"
    r"us )?(?:a |the )?(?:new|right|correct)\b|"
    r"\b(?:the )?(?:right|correct) (?:one|item|product|thing)\b|换|补发|重发|重新(?:发|寄)|再(?:发|寄)一",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\brefund|money back|\bmy money\b|\bmoney instead\b|\breimburse|退款|退钱|退我钱|(?<!不)退(?:掉|了|货)|把钱",
    re.IGNORECASE,
)
_NO_MONEY = re.compile(
    r"\b(?:not|no|without|instead of|rather than)(?: \w+){0,3} (?:money|refund)\b|rather have (?:a |"
    r"an )?(?:replace|new|another)|"
    r"不要(?:退款|钱|退钱)|不用退[款钱]|不退[款钱货]",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"\b(?:back )?(?:to|on|onto) (?:my |the )?(?:original )?(?:credit |debit |bank )?(?:card|account|paypal|visa|"
    r"mastercard|payment)|"
    r"\bnot (?:as |the )?(?:store )?credit|\b(?:real |my )?money (?:back|instead)\b|\bcash\b|原路|"
    r"退回?(?:到)?(?:银行卡|信用卡|卡|原)|退现",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\binstead\b|\bchange\b|\bswitch\b|\bpay (?:with|by)\b|改用|换成|改成|改为", re.IGNORECASE)


def trouble(text: str) -> str:
    """Return the code of what is wrong with the goods, empty where nothing is said to be.

    >>> trouble("it arrived smashed"), trouble("我收到的东西发错了"), trouble("changed my mind")
    ('damaged', 'wrong item', '')
    """
    said = _OWN_MISTAKE.sub(" ", text.lower().replace("’", "'"))
    return next((code for code, pattern in _REASONS.items() if pattern.search(said)), "")


def why_cancel(text: str, offered: tuple[str, ...]) -> str:
    """Return the reason for cancelling, as the shop lists them where it does.

    >>> why_cancel("I ordered it by mistake", ())
    'ordered by mistake'
    """
    said = next(code for code, pattern in _WHY_CANCEL.items() if pattern.search(text.lower() or " "))
    return said if not offered or said in offered else offered[0]


def why_return(text: str) -> str:
    """Return why something that is not faulty is sent back, empty where nothing is said of it.

    >>> why_return("it's too big for me"), why_return("不喜欢"), why_return("R-10423")
    ('does not fit', 'not as expected', '')
    """
    said = text.lower().replace("’", "'")
    return next((code for code, pattern in _WHY_RETURN.items() if pattern.search(said)), "")


def wants_replacement(text: str) -> bool:
    """Return whether something else is wanted rather than the money."""
    return bool(_SWAP.search(text))


def new_address(text: str, order: Order | None, customer: Customer) -> Address | None:
    """Return the address that a message gives, the name and the country as before; `None` where it is not complete."""
    before = (order.ship_to if order else None) or customer.address
    country, name = (before.country, before.name) if before else ("", customer.name)
    found = written_address(text)
    if found is None and before is not None and (street := written_street(text)):
        return replace(before, street=street)
    if found is None or not (found.country or country):
        return None
    same_city = before is not None and found.city.casefold() == before.city.casefold()
    return Address(
        name=name,
        street=found.street,
        city=found.city,
        region=found.region or (before.region if before and same_city else ""),
        postcode=found.postcode,
        country=found.country or country,
    )


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
    return written_address(text) is not None


def wants_money(text: str) -> bool:
    """Return whether the money is wanted back rather than something else.

    >>> wants_money("refund please"), wants_money("I want a new one, not the money")
    (True, False)
    """
    return bool(_MONEY.search(text)) and not _NO_MONEY.search(text)


def wants_credit(said: Sequence[str]) -> bool:
    """Return whether store credit is wanted rather than money; of several messages, the last first, the last decides.

    >>> wants_credit(["back to my card", "as store credit"]), wants_credit(["退到余额吧"])
    (False, True)
    """
    for text in said:
        if _ORIGINAL.search(text):
            return False
        if _STORE_CREDIT.search(text):
            return True
    return False
