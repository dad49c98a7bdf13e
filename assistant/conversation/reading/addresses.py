"""Addresses as they are written in a message: in the States, abroad, in China, with labels. Knows no customer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.conversation.reading.regions import country_at_end, state_named, with_states_in_latin

_UNIT = (
    r"(?i:(?:apt|apartment|suite|ste|unit|floor|fl|room|rm|flat)\.?\s*#?\s*[\w-]+|#\s*[\w-]+|\d+(?:st|nd|rd|th) floor)"
)
_WAY = (
    r"street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|way|terrace|ter|circle|cir|"
    r"square|sq|parkway|pkwy|highway|hwy|trail|trl|close|crescent|row|alley|walk|gardens|grove|mews"
)
_STREET = (
    rf"(?:(?:{_UNIT})\s*[,，]\s*)?\d+[a-zA-Z]?(?:-\d+)?\s+(?:[^,，;；\n\d]|\d+(?:st|nd|rd|"
    rf"th)\b){{3,60}}?(?:\s#?\d+[a-zA-Z]?)?(?:\s*[,，]\s*(?:{_UNIT}))?"
)
_ZIP = r"\d{5}(?:-\d{4})?"
_ABROAD = r"[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{3}-\d{4}|\d{4,6}"
ADDRESS = re.compile(
    rf"(?P<street>{_STREET})\s*[,，]\s*(?P<city>[^,，\d]{{2,40}}?)\s*[,，]?\s+(?P<region>[A-Z]{{2}})\s*[,，]?\s*(?P<postcode>{_ZIP})(?!\d)"
)
_ANY_REGION = re.compile(
    rf"(?P<street>{_STREET})\s*[,，]\s*(?P<city>[^,，\d]{{2,40}}?)(?:\s*[,，]\s*(?P<region>[A-Za-z .]{{2,24}}?))?\s*[,，]?\s*"
    rf"(?P<postcode>{_ZIP})(?!\d)"
)
_NO_COMMAS = re.compile(
    rf"(?P<street>\d+[a-z]?\s+(?:[^,，\n\d]|\d+(?:st|nd|rd|th)\b){{1,40}}?\s(?:{_WAY})\.?(?:\s+(?:north|south|east|"
    rf"west|[nsew]{{1,2}})\b)?"
    rf"(?:[,，]?\s+(?:{_UNIT}))?)[,，]?\s+(?P<city>[^,，\d]{{2,40}}?)[,，]?\s+(?P<postcode>{_ZIP})(?!\d)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    rf"(?P<street>{_STREET})\s*[,，]\s*(?P<city>[^,，\d]{{2,40}}?)\s*[,，]?\s+(?:(?P<region>[A-Z]{{2,3}})[,，]?\s+)?"
    rf"(?P<postcode>{_ABROAD})(?![\w-])"
)
CHINESE_ADDRESS = re.compile(
    r"(?P<region>[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?P<city>[\u4e00-\u9fff]{2,8}?市)\s*"
    r"(?P<street>[\u4e00-\u9fff\w-]{2,40}?(?:号|室|楼|栋|单元|座|弄)"
    r"(?:[\u4e00-\u9fff\w-]{0,20}(?:号|室|楼|栋|单元|座|层|大厦|小区|花园|广场))?(?:[\w-]{1,6}室?)?)"
    r"[，,、\s]*(?:邮编|邮政编码)?[：:\s]*(?P<postcode>\d{6})?(?!\d)"
)
_CHINESE_STREET_FIRST = re.compile(
    r"(?P<street>[\u4e00-\u9fff\w-]{2,24}?(?:路|街|道|巷|"
    r"弄)[\u4e00-\u9fff\w-]{0,16}?\d+号[\u4e00-\u9fff\w-]{0,16})[，,、\s]+"
    r"(?P<city>[\u4e00-\u9fff]{2,8})[，,、\s]*(?:邮编)?[：:\s]*(?P<postcode>\d{6})(?!\d)"
)
_LABELLED = {
    "street": r"(?:street(?: address)?|address(?: line)?(?: 1)?|街道|地址|详细地址|路名)",
    "extra": r"(?:apt|apartment|unit|suite|address(?: line)? 2|门牌|单元|房号)",
    "city": r"(?:city|town|城市|市)",
    "region": r"(?:state|region|province|county|州|省份?|省/州)",
    "postcode": r"(?:zip(?: ?code)?|post ?code|postal code|邮编|邮政编码)",
    "country": r"(?:country|国家)",
}
_LABEL = "|".join(_LABELLED.values())
_IS = r"(?:[:：=]|(?:还|就|应该)?是|为|改[成为])"
_NUMBERED = re.compile(r"\d+[a-z]? [a-z]", re.IGNORECASE)
_LEAD = re.compile(r"^.*?(?:寄到|送到|改成|改为|改到|地址是|地址为|应该是|换成|发到|更新为|送至|寄往|[：:])(?=.*\d)")


_ONLY_STREET = re.compile(
    rf"(?P<street>(?:{_UNIT}\s*[,，]\s*)?\d+[a-z]?\s+(?:[^\W\d]+\.?\s+){{1,3}}(?:{_WAY})\b\.?(?:\s*[,，]\s*(?:{_UNIT}))?)",
    re.IGNORECASE,
)
_REST_SAME = re.compile(
    r"(?:其他|其它|其余|剩下|别的|城市|邮编|后面)(?:的|和邮编|信息|部分|都|地方)*(?:不变|不用[改变]|一样|照旧|没变|不动|还是原来)|同一?个?(?:城市|小区|街区|城)|"
    r"\b(?:rest|everything else|city|zip|others?)\b.{0,20}\b(?:same|unchanged|right|correct|stays?)\b|\bsame (?:city|zip|town|postcode)\b|"
    r"\bjust the (?:street|number|house number)\b|只(?:是)?(?:改|换|错)(?:了)?(?:门牌|街道|路名|号码)",
    re.IGNORECASE,
)
"""A street alone, of an address whose other parts stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An address as it is written. `country` is a two-letter code, empty where none is said; `region` may be empty."""

    street: str
    city: str
    postcode: str
    region: str = ""
    country: str = ""


def written_address(text: str) -> Written | None:
    """Return the whole address that a text gives, `None` where it gives none or not all of it.

    >>> written_address("55 Oak Avenue, Apt 3, Denver, CO 80203").street
    '55 Oak Avenue, Apt 3'
    >>> written_address("55 Oak Ave Denver Colorado 80203")
    Written(street='55 Oak Ave', city='Denver', postcode='80203', region='CO', country='US')
    >>> written_address("街道：500 Oak Street，城市：Austin，州：TX，邮编：78701").city
    'Austin'
    >>> written_address("12 Oak Street") is None
    True
    """
    if found := _labelled(text):
        return found
    country = country_at_end(text)
    if re.search(r"[\u4e00-\u9fff]", text) and (found := _chinese(text)):
        return found
    text = _plainly(text)
    for pattern, least in ((ADDRESS, "US"), (_NO_COMMAS, "US"), (_ANY_REGION, "US"), (_ELSEWHERE, "")):
        if (match := pattern.search(text)) and (pattern is not _ELSEWHERE or country != "US"):
            if pattern is not _ELSEWHERE and country not in ("", "US"):
                continue
            return _as_written(match, country or least)
    return None


def written_street(text: str) -> str:
    """Return the street that a text gives of an address whose other parts stay; empty where it says no such thing.

    >>> written_street("门牌写错了，应该是 12 Oak Street，其他不变"), written_street("12 Oak Street please")
    ('12 Oak Street', '')
    """
    found = _ONLY_STREET.search(text)
    return found["street"].strip(" ,，.") if found and _REST_SAME.search(text) else ""


def _plainly(text: str) -> str:
    """Return a text with the Chinese words in an address abroad written as it is written there."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return text
    plain = re.sub(rf"(?:{_LABELLED['postcode']})\s*{_IS}?\s*(?=\d)", " ", with_states_in_latin(text))
    return re.sub(r"\s*[,，](?:\s*[,，])*\s*", ", ", plain).strip(", ")


def _as_written(match: re.Match[str], country: str) -> Written:
    parts = {name: (value or "").strip(" ,，.") for name, value in match.groupdict().items()}
    region = parts.get("region", "")
    if country == "US":
        city, named = state_named(f"{parts['city']}, {region}" if region else parts["city"])
        parts["city"], region = city, named or region
    return Written(
        street=parts["street"], city=parts["city"], postcode=parts["postcode"], region=region, country=country
    )


def _chinese(text: str) -> Written | None:
    lead = _LEAD.sub("", text)
    for pattern in (CHINESE_ADDRESS, _CHINESE_STREET_FIRST):
        match = pattern.search(lead)
        if match and match["postcode"]:
            region = (match["region"] or "") if pattern is CHINESE_ADDRESS else ""
            city, street = match["city"], match["street"]
            return Written(street=street, city=city, postcode=match["postcode"], region=region, country="CN")
    return None


def _labelled(text: str) -> Written | None:
    """Return the address that is written part by part, each after its label."""
    parts: dict[str, str] = {}
    for name, label in _LABELLED.items():
        ends = (
            rf"(?=[,，;；\n。]?\s*(?:{_LABEL})\s*{_IS}|[,，;；\n。]\s*(?:{_LABEL})(?=\s*[A-Z0-9])|[,，;；\n。]\s*$|$)"
        )
        bare = rf"(?:^|[,，;；。\s]){label}\s*(?=[A-Z0-9])"
        found = re.search(
            rf"(?:(?<![a-z]){label}\s*{_IS}\s*|{bare})(.{{1,80}}?){ends}", text, re.IGNORECASE | re.DOTALL
        )
        if found:
            parts[name] = found.group(1).strip(" ,，;；。.")
    if "street" not in parts and _NUMBERED.match(parts.get("extra", "")):
        parts["street"] = parts.pop("extra")
    if found := re.match(_ZIP, parts.get("postcode", "")):
        parts["postcode"] = found.group()
    if not {"street", "city", "postcode"} <= parts.keys():
        return None
    country = country_at_end(parts.get("country", "")) or country_at_end(text)
    country = country or ("US" if re.fullmatch(_ZIP, parts["postcode"]) else "")
    region = state_named(f"x, {parts.get('region', '')}")[1] if country == "US" else ""
    street = ", ".join(one for one in (parts["street"], parts.get("extra", "")) if one)
    return Written(
        street=street,
        city=parts["city"],
        postcode=parts["postcode"],
        region=region or parts.get("region", ""),
        country=country,
    )


_ANY_CASE = tuple(
    re.compile(pattern.pattern, re.IGNORECASE)
    for pattern in (ADDRESS, CHINESE_ADDRESS, _NO_COMMAS, _ANY_REGION, _CHINESE_STREET_FIRST)
)


def without_addresses(text: str) -> str:
    """Return a text without the addresses in it: what is wanted with one is told by the words around it.

    >>> without_addresses("keep this for later: 4 Mill Road, Dover, DE 19901, US, please")
    'keep this for later: , US, please'
    """
    for pattern in _ANY_CASE:
        text = pattern.sub("", text)
    return text
