"""The cold that a thing must be good for: 零下五度能用的, "down to -5 degrees".

Reads a message in lower case; whether a record says so is `fitting`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.reading.numerals import NUMBER, read_number
from assistant.conversation.state import Measure, MustHave

NAMES = ("comfort temperature", "舒适温度")
"""The attributes that say how cold it may be."""
_HAN = re.compile(
    rf"(?P<below>零下|负|[-−])?\s*(?P<number>{NUMBER})\s*(?:摄氏)?[度℃](?:左右|上下|以下|多)?"
    r"(?P<used>(?:[的里天]|天气|时候?|也|都|还|就)*(?:能|可以|要)?(?:[用睡盖]|保暖|不冷|暖和|扛得住))?"
)
_ENGLISH = re.compile(
    rf"(?:(?P<used>(?:(?:good|ok|okay|fine|rated|warm(?: enough)?|suitable) )?down to|"
    rf"(?:good|ok|okay|fine|rated|warm(?: enough)?|suitable) (?:for|to|at|in))|for|at|in|below)\s+"
    rf"(?:about |around )?(?P<below>minus\s*|[-−])?(?P<number>{NUMBER})\s*(?:°\s*c?|degrees?(?: c(?:elsius)?)?)(?![a-z])"
    rf"|(?P<under>\d+)\s*(?:degrees )?below(?: zero)?\b|\bsub[- ]?zero\b|\bbelow (?:zero|freezing)\b"
)


def temperatures(text: str) -> Iterator[tuple[MustHave, int, int]]:
    """Yield the cold that a thing must be good for; of warmth alone ("60度机洗") nothing is said.

    >>> [must.measure.high for must, _, _ in temperatures("零下5度能用的睡袋")], list(temperatures("60度机洗"))
    ([-5.0], [])
    >>> [must.measure.high for must, _, _ in temperatures("a bag good down to minus 8 degrees")]
    [-8.0]
    """
    for pattern in (_HAN, _ENGLISH):
        for match in pattern.finditer(text):
            degrees = _degrees(match.groupdict())
            if degrees is not None:
                yield (
                    MustHave(text=match.group().strip(), forms=NAMES, measure=Measure(unit="degree", high=degrees)),
                    *match.span(),
                )


def _degrees(said: dict[str, str | None]) -> float | None:
    """Return how many degrees are meant; `None` for warmth that nothing is to be used at."""
    number = said["number"] or said.get("under")
    if number is None:
        return 0.0
    value = read_number(number)
    if value is None:
        return None
    below = bool(said["below"] or said.get("under"))
    if not below and value and not said["used"]:
        return None
    return -float(value) if below else float(value)
