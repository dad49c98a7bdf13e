"""Which of a customer's orders words tell apart: by their place in a list, by their day, by where they are.

"The second one", "the one from last week", "whatever arrived last", 还没发货的那个. Knows no rule and no title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.conversation.drafting.ordered import UNDER_WAY
from assistant.conversation.reading.days import Days, days_named
from assistant.conversation.reading.numerals import read_number
from assistant.store.records import Order, OrderStatus

_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5,
           "5th": 5, "sixth": 6, "6th": 6}  # fmt: skip
_PLACE = re.compile(
    rf"\b({'|'.join(_PLACES)})\b(?! (?:of )?(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december|time|thing)\b)|(?:^|\b(?:number|no\.?|option) |#)([1-9])(?=\W*$)|"
    r"第\s*([一二两三四五六七八九\d])",
    re.IGNORECASE,
)
_END_OF_LIST = re.compile(
    r"\b(?:the )?last (?:one|of (?:them|those|these))\b|最后(?:那|一)?个|最后一[单件]", re.IGNORECASE
)
_NEWEST = re.compile(
    r"\b(?:newest|latest|most recent|newer|later)\b|\b(?:my|the) last (?:order|purchase|parcel|package|delivery|"
    r"thing)\b|"
    r"\blast (?:time|thing|parcel|package|delivery)\b|\bi(?:'ve| have)? just (?:order|plac|bought|made|got)\w*|"
    r"\b(?:arrived|came|got|ordered|bought|delivered|placed|made|purchased) "
    r"last\b(?! (?:week|month|year|night|\w+day)\b)|"
    r"最近(?!几|都|买过|下过|买了(?:些|点)?(?:什么|啥|哪))|最新|上一?[次单]|上个订单|刚刚?(?:买|下单|下的|拍|订|"
    r"收到)",
    re.IGNORECASE,
)
FIRST_EVER = re.compile(
    r"\b(?:my|the) (?:very )?first(?: ever)? (?:order|purchase)\b(?! (?:of|in) )|\bfirst thing i (?:ever "
    r")?(?:bought|ordered)\b|"
    r"第一[单次](?:买|下单|订单)|最早的?(?:订单|一单)",
    re.IGNORECASE,
)
"""The first that somebody ever ordered, and none of a list."""
OLDER = re.compile(r"\b(?:older|earlier) (?:one|order|parcel|package)\b|早一点的|先(?:下|买)的", re.IGNORECASE)
_OLDEST = re.compile(
    r"\b(?:oldest|earliest|older|earlier) (?:one|order|purchase)?|最早|最老|更早|早一点的", re.IGNORECASE
)
_WAITING = re.compile(
    r"\bpending\b|\b(?:not|never|hasn't|haven't|isn't|wasn't|unless)(?: been| yet| even)* (?:been )?"
    r"(?:sent|shipped|packed|left|dispatched|gone out)\b|\bunshipped\b|\bstill (?:waiting|being processed)\b|"
    r"[没未]有?(?:发货|寄出|发出|打包|出库)|待处理|待发货",
    re.IGNORECASE,
)
_PACKING = re.compile(
    r"\b(?:being|getting|been|already) (?:packed|processed)\b|(?:已经?|正在?|还在|在)(?:打包|配货|备货)|"
    r"(?:打包|配货|备货)(?:中|好)",
    re.IGNORECASE,
)
"""Is being made ready, and no more to be changed."""
_TRAVELLING = re.compile(
    r"\bon (?:its|the|their) way\b|\bin transit\b|\btravell?ing\b|\bcoming (?:to me|my way)\b|\bunder ?way\b|"
    r"(?<!not )\bshipped\b(?! to\b)|在路上|运输中|配送中|已发货|派送",
    re.IGNORECASE,
)
_ARRIVED = re.compile(
    r"\b(?:arrived|came|come|delivered|received|got|reached me|turned up)\b|(?<![没未])(?<!没有)(?:收到|拿到)|签收|"
    r"(?<![没未能])送到(?!我|公司|家|这|那|哪|别|另)|到货",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:when|will|shall|going to|supposed to|should|expected to|due to|about to|can|could|does|do)\b[^.?!,]{0,30}"
    r"\b(?:be (?:delivered|here|sent)|arrive|come|get here|turn up|reach me|show up)\b|"
    r"\b(?:has|have|did) (?:my|our|the|that|this|it|they|any|anything|everything|all)\b(?:(?!\b(?:that|which|i)\b)"
    r"[^.?!,]){0,25}\b(?:arrived?|come|g[eo]t here|delivered|turned up|reached me)\b|"
    r"\bwhere\b[^.?!,]{0,30}\bgot to\b|"
    r"(?:什么时候|几号|哪天|多久|会|能|才)(?:能|会|可以|才)?(?:送?到|收到|拿到)",
    re.IGNORECASE,
)
"""Speaks of what is still to come, and of nothing that came."""
_SENT_BACK = re.compile(r"\b(?:returned|sent back)\b|退回的|退掉的", re.IGNORECASE)
_CANCELLED = re.compile(
    r"\bcancell?ed (?:one|order)\b|\b(?:was|were|got|been)\b[^.?!]{0,30}\bcancell?ed\b|被取消|取消了?的那",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"(?:\b(?:not|never|yet to|still to|due to)|n'?t)\b(?: \w+)?(?: been| yet| even)* (?:arriv\w*|come|came|"
    r"turn(?:ed)? up|show(?:n|ed)? up|"
    r"got here|get here|reach\w*|deliver\w*|received?|got(?:ten)?)\b|\b(?:open|outstanding|current|active|upcoming|"
    r"undelivered) "
    r"(?:orders?|parcels?|packages?|deliver\w+)\b|\b(?:got|have) (?:still )?open\b|\bstill (?:to come|coming|on "
    r"(?:its|the|their) way|waiting (?:for|"
    r"on)|open|"
    r"outstanding|expecting|out there)\b|\bon (?:its|the|their) way\b.*\bstill\b|"
    r"[没未](?:有)?(?:收到|到货?|送到|签收)(?:的)?|还(?:在路上|没到|没来)|未完成的?订单|没到的",
    re.IGNORECASE,
)
"""What has not come yet, wherever it is."""
_PENDING = re.compile(r"\bpending\b|待处理", re.IGNORECASE)
_STATES: tuple[tuple[re.Pattern[str], frozenset[OrderStatus]], ...] = (
    (_PENDING, frozenset({OrderStatus.PENDING})),
    (_WAITING, frozenset({OrderStatus.PENDING, OrderStatus.PROCESSED})),
    (_PACKING, frozenset({OrderStatus.PROCESSED})),
    (OPEN, UNDER_WAY),
    (_TRAVELLING, frozenset({OrderStatus.SHIPPED})),
    (_SENT_BACK, frozenset({OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED, OrderStatus.REFUNDED})),
    (_CANCELLED, frozenset({OrderStatus.CANCELLED})),
    (_ARRIVED, frozenset({OrderStatus.DELIVERED, OrderStatus.EXCHANGED})),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What words may point at: the customer's orders, the latest first, the numbers that were listed, and the day."""

    own: Sequence[Order]
    listed: Sequence[str] = ()
    today: date
    day_of: Callable[[Order, bool], date | None]
    """The day on which an order was placed or, if so asked, arrived."""


def told_apart(text: str, among: Listing) -> list[Order]:
    """Return the orders that a text tells from the others, the latest first; none where it tells none apart."""
    said = text.lower().replace("’", "'")
    if FIRST_EVER.search(said):
        return sorted(among.own, key=lambda one: one.placed_at)[:1]
    if placed := _at_place(said, among):
        return placed
    found, told = list(among.own), False
    came = _TO_COME.sub(" ", said)
    for pattern, states in _STATES:
        if pattern.search(came if pattern is _ARRIVED else said):
            fit = [order for order in found if order.status in states]
            found, told = (fit, True) if fit else (found, told)
            break
    if days := days_named(said, among.today):
        arrived = bool(_ARRIVED.search(came))
        fit = _within(days, found, among, arrived=arrived) or _within(days, found, among, arrived=not arrived)
        if not fit:
            return []
        found, told = fit, True
    if found and (_NEWEST.search(said) or _OLDEST.search(said)):
        by_day = sorted(found, key=lambda one: one.placed_at, reverse=not _OLDEST.search(said))
        return _of_listed(by_day, among)[:1]
    return found if told and len(found) < len(among.own) else []


def tells_apart(text: str) -> bool:
    """Return whether a text says anything that may tell one order from others.

    >>> tells_apart("the newest"), tells_apart("昨天那单"), tells_apart("a red backpack")
    (True, True, False)
    """
    said = text.lower().replace("’", "'")
    patterns = (_NEWEST, _OLDEST, *(pattern for pattern, _ in _STATES))
    named = any(pattern.search(said) for pattern in patterns) or days_named(said, date(2000, 6, 15))
    return bool(named or places(said))


def place(text: str) -> int:
    """Return the place in a list that a text names, 0 where it names none, -1 for the last.

    >>> place("the second one please"), place("第三个"), place("the last one"), place("on the 2nd of May")
    (2, 3, -1, 0)
    """
    found = places(text)
    return found[0] if found else 0


def places(text: str) -> list[int]:
    """Return every place in a list that a text names; -1 is the last.

    >>> places("the second and third"), places("前两个"), places("the blue one")
    ([2, 3], [1, 2], [])
    """
    said = text.lower()
    if several := re.search(r"\bfirst (\d|two|three|four)\b|前([两二三四\d])[个件样]", said):
        count = read_number(next(filter(None, several.groups())))
        return list(range(1, int(count or 1) + 1))
    named = [_PLACES.get(word) or int(read_number(word) or 0) for word in map(_word, _PLACE.finditer(said))]
    return [one for one in named if one] or ([-1] if _END_OF_LIST.search(said) else [])


def _word(found: re.Match[str]) -> str:
    return next((str(one) for one in found.groups() if one), "")


def _at_place(said: str, among: Listing) -> list[Order]:
    at = place(said)
    if not among.listed or not at or at > len(among.listed):
        return []
    number = among.listed[at - 1 if at > 0 else -1]
    return [order for order in among.own if order.number == number]


def _of_listed(orders: Sequence[Order], among: Listing) -> list[Order]:
    """Return those that were offered, where a list is open and holds any of them; else all."""
    return [order for order in orders if order.number in among.listed] or list(orders)


def _within(days: Days, orders: Sequence[Order], among: Listing, *, arrived: bool) -> list[Order]:
    dated = [(order, among.day_of(order, arrived)) for order in orders]
    return [order for order, day in dated if day is not None and days.first <= day <= days.last]
