"""How sizes are said and ordered: "medium" for "M, 55-59 cm", "32" for "W32", "single" for "Single, 135 x 200 cm".

Knows sizes as records write them; no product and no message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.reading.amounts import UNITS
from assistant.conversation.reading.numerals import read_number

SPOKEN = {
    "xs": ("extra small", "x-small", "加小号", "特小号"), "s": ("small", "小号", "小码"),
    "m": ("medium", "medium-sized", "中号", "中码"), "l": ("large", "大号", "大码"),
    "xl": ("extra large", "x-large", "加大号", "加大码", "特大号"), "xxl": ("2xl", "xx-large"),
}  # fmt: skip
SCALE = ("xs", "s", "m", "l", "xl", "xxl")
PLAIN = frozenset((*(form for forms in SPOKEN.values() for form in forms), "single", "double", "king", "单人", "双人"))
"""Words that may only describe: whether a size is meant, what the shop has of the thing decides."""
_OF_A_PLACE = re.compile(
    r"\s+(?:\w+\s)?(?:offices?|flats?|apartments?|houses?|homes?|kitchens?|rooms?|bathrooms?|bedrooms?|gardens?|balcon(?:y|ies)|"
    r"business(?:es)?|compan(?:y|ies)|teams?|famil(?:y|ies)|desks?|cars?|budgets?|spaces?|part(?:y|ies)|groups?)\b",
    re.IGNORECASE,
)
"""What is small or large there, and no thing that is bought: "a small office of 8"."""
_NUMBERED = re.compile(r"(?:eu|us|uk|w)\s*(\d+(?:\.5)?)(?:\s*[-–]\s*(\d+(?:\.5)?))?", re.IGNORECASE)
_JOINED = re.compile(r"^([^\W\d]+)(?:[,，]\s*|\s+)(?=\d)|^(\d+)\s*[(（]")
_ACROSS = re.compile(r"(\d+(?:[.,]\d+)?)\s*[×x*]\s*(\d+(?:[.,]\d+)?)")
_METRES = re.compile(
    r"(\d(?:\.\d+)?|[一两二三四])\s*(?:m|米)?\s*(?:[x×*乘]|by)\s*(\d(?:\.\d+)?|[一两二三四])\s*(?:m\b|met(?:re|er)s?\b|米)",
    re.IGNORECASE,
)
_METRES_AND = re.compile(
    r"(?<![\d.])(\d|[一两二三四])米(\d{1,2}|[一二三四五六七八九](?![\u4e00-\u9fff]{0,1}[十米]))(?![\d.])"
)
_BARE_HEIGHT = re.compile(
    r"(?:(?<=[高宽长])|(?<=[高宽长]度)|(?<=直径))\s*(\d{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]十)"
    r"(?=的|[\s，,。；;×x]|以[上下内]|左右|$)(?!\s*(?:厘米|公分|毫米|cm|mm|米|m\b|寸))",
    re.IGNORECASE,
)
"""A height or a width without a unit is meant in centimetres: 高245."""
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([^\W\d]+)?")
_END_OF_SCALE = (
    (1, r"\b(?:largest|biggest)(?: (?:size|one|version|option|possible| available)|\W*$)|最大(?:的)?(?:号|码|尺寸|尺码|规格|容量|那)|最大的$"),
    (-1, r"\bsmallest(?: (?:size|one|version|option|possible|available)|\W*$)|最小(?:的)?(?:号|码|尺寸|尺码|规格|容量|那)|最小的$"),
)  # fmt: skip


def in_centimetres(text: str) -> str:
    """Return a text with what is measured in metres, or without a unit, given in centimetres, as records give it.

    >>> in_centimetres("a rug, about 2 x 3 metres"), in_centimetres("1.6×2.3米的地毯"), in_centimetres("2 x 3 mugs")
    ('a rug, about 200 x 300', '160 x 230的地毯', '2 x 3 mugs')
    >>> in_centimetres("两米乘三米")
    '200 x 300'
    >>> in_centimetres("高2米45"), in_centimetres("灰色 高245")
    ('高245厘米', '灰色 高245厘米')
    """
    text = _METRES.sub(lambda found: f"{_in_centimetres(found[1])} x {_in_centimetres(found[2])}", text)
    text = _METRES_AND.sub(
        lambda found: f"{_metres(found[1]) * 100 + int(str(_metres(found[2])).ljust(2, '0'))}厘米", text
    )
    return _BARE_HEIGHT.sub(r"\1厘米", text)


def _metres(said: str) -> int:
    return int(read_number(said) or 0) if not said.isdigit() else int(said)


def _in_centimetres(metres: str) -> str:
    return f"{float(read_number(metres) or 0) * 100:g}"


def of_a_place(after: str) -> bool:
    """Return whether what stands behind a word like "small" is a place or people, and no thing that is bought.

    >>> of_a_place(" office of 8"), of_a_place(" first flat"), of_a_place(" lamp")
    (True, True, False)
    """
    return bool(_OF_A_PLACE.match(after))


def extreme(text: str) -> int:
    """Return 1 where a message in lower case asks for the largest size, -1 for the smallest, else 0.

    >>> extreme("a bed in the largest size"), extreme("最小号的"), extreme("a large bed")
    (1, -1, 0)
    """
    return next((by for by, pattern in _END_OF_SCALE if re.search(pattern, text)), 0)


def spoken_sizes(value: str) -> Iterator[str]:
    """Yield how else a size is said.

    >>> list(spoken_sizes("M, 55–59 cm"))[:2], list(spoken_sizes("EU38-39")), list(spoken_sizes("W32"))
    (['M', 'medium'], ['38', '39'], ['32'])
    """
    yield from SPOKEN.get(value.lower(), ())
    if numbered := _NUMBERED.fullmatch(value.strip()):
        yield from (number for number in numbered.groups() if number)
    if joined := _JOINED.match(value):
        head = joined[1] or joined[2]
        yield head
        yield from SPOKEN.get(head.lower(), ())
    if across := _ACROSS.search(value):
        yield f"{across[1]} x {across[2]}"
    bare = value.removeprefix("Ø").removeprefix("直径").strip()
    if bare != value:
        yield bare


def rank(value: str) -> float | None:
    """Return where a size stands among others of its kind, the smallest first; `None` where that is not known.

    >>> rank("S, 60 cm") < rank("L, 100 cm"), rank("750 ml") < rank("1 L"), rank("EU39"), rank("Regular") is None
    (True, True, 39.0, True)
    """
    head = re.split(r"[,，\s]", value.strip().lower())[0]
    if head in SCALE:
        return float(SCALE.index(head))
    amount = _AMOUNT.search(value.lower())
    return float(amount[1]) * UNITS.get(amount[2] or "", ("", 1.0))[1] if amount else None


def beyond(values: Sequence[str], now: Sequence[str], *, by: int) -> tuple[str, ...]:
    """Return the sizes above (`by` 1) or below (-1) all of those now in force.

    >>> beyond(["500 ml", "1 L", "750 ml"], ["500 ml"], by=1), beyond(["S", "M", "L"], ["M"], by=-1)
    (('1 L', '750 ml'), ('S',))
    """
    held = [at for value in now if (at := rank(value)) is not None]
    if not held:
        return ()
    edge = max(by * at for at in held)
    return tuple(value for value in values if (at := rank(value)) is not None and by * at > edge)


def outermost(values: Sequence[str], *, by: int) -> str | None:
    """Return the largest (`by` 1) or smallest (-1) size, `None` where nothing tells their order.

    >>> outermost(["S, 60 cm", "L, 100 cm", "M, 80 cm"], by=1), outermost(["One size"], by=1)
    ('L, 100 cm', None)
    """
    ranked = [(by * at, value) for value in values if (at := rank(value)) is not None]
    return max(ranked)[1] if ranked else None
