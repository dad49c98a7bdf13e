"""Addresses as they are written in a message: in the States, abroad, in China. Knows no customer."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"(?P<street>\d+[a-z]?\s+(?:[^,，\n\d]|\d+(?:st|nd|rd|th)\b){3,60}(?:\d+)?),\s*(?P<city>[^,\d]{2,40}),?\s+"
    r"(?P<region>[A-Z]{2})\s+(?P<postcode>\d{5}(?:-\d{4})?)\b"
)
ADDRESS_ABROAD = re.compile(
    r"(?P<street>\d+[a-z]?\s+(?:[^,，\n\d]|\d+(?:st|nd|rd|th)\b){3,60}(?:\d+)?),\s*(?P<city>[^,\d]{2,40}),?\s+"
    r"(?P<postcode>[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,4})\b"
)
CHINESE_ADDRESS = re.compile(
    r"(?P<region>[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?P<city>[\u4e00-\u9fff]{2,8}?市)"
    r"(?P<street>[\u4e00-\u9fff\w-]{2,40}?(?:号|室|楼|栋|单元)(?:[\u4e00-\u9fff\w-]{0,12}(?:号|室|楼|栋|单元))?)"
    r"[，,、\s]*(?:邮编|邮政编码)?[：:\s]*(?P<postcode>\d{6})?"
)

_ANY_CASE = tuple(re.compile(pattern.pattern, re.IGNORECASE) for pattern in (ADDRESS, CHINESE_ADDRESS))


def without_addresses(text: str) -> str:
    """Return a text without the addresses in it: what is wanted with one is told by the words around it.

    >>> without_addresses("keep this for later: 4 Mill Road, Dover, DE 19901, US, please")
    'keep this for later: , US, please'
    """
    for pattern in _ANY_CASE:
        text = pattern.sub("", text)
    return text
