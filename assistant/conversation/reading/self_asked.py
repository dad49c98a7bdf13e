"""What a shopper asks of what is known of their own taste: "what size do I take?", "which brands do I like", 我穿几码.

Reads a message; knows no portrait.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_KEYS: Mapping[str, re.Pattern[str]] = {
    key: re.compile(
        rf"\b(?:what|which)(?:'?s| is| are)? my (?:usual |own |favou?rite |preferred |normal |shoe |clothes |clothing |dress )*(?:{names})\W*$|"
        rf"\b(?:what|which) (?:\w+ )?(?:{names}) (?:do|did|am|have|was) i(?: usually| normally| always| most| mostly| often| tend to| told you| said)?"
        rf"(?: (?:that )?i)?(?: usually| normally)? ?(?:take|wear|like|love|prefer|buy|have|got|am|need|said)?\W*$|"
        rf"\bdo you (?:know|remember|have)(?: (?:what|which))?(?: is)? (?:my )?(?:shoe |clothes |usual )*(?:{names})"
        rf"(?: (?:i|do i)(?: usually| normally)? (?:take|wear|like|love|prefer|buy|am))?\W*$|{han}"
    )
    for key, names, han in (
        (
            "size",
            "sizes?",
            r"我(?:一般|平时|通常)?(?:穿|是|的)?(?:多大|几|什么|哪个)(?:的)?(?:码|号|尺码)|我的(?:尺码|鞋码|码数)是(?:多少|几|什么)",
        ),
        ("brand", "brands?|labels?", r"我(?:喜欢|爱买|常买)(?:的是)?(?:什么|哪些|哪个)(?:品牌|牌子)"),
        ("color", "colou?rs?", r"我喜欢(?:的是)?(?:什么|哪些|哪种)颜色"),
        ("material", "materials?|fabrics?", r"我喜欢(?:的是)?(?:什么|哪些|哪种)(?:材质|面料|料子)"),
        ("avoid", "allerg(?:y|ies)", r"我(?:对)?(?:什么|啥|哪些)过敏"),
    )
}


def known_key(message: str) -> str:
    """Return which taste of theirs a shopper asks for; empty where none is asked for.

    >>> known_key("what size do I usually take?"), known_key("do you know what brands i like"), known_key("what size is it")
    ('size', 'brand', '')
    """
    said = message.lower()
    return next((key for key, pattern in _KEYS.items() if pattern.search(said)), "")
