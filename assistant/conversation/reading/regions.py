"""Countries and the States as they stand in an address. Knows no shop."""

from __future__ import annotations

import re

_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_BY_NAME = {**{name.lower(): code for code, name in _STATES.items()}, **{code.lower(): code for code in _STATES}}
_IN_CHINESE = {
    "CA": "加利福尼亚州?|加州", "NY": "纽约州", "MA": "马萨诸塞州?|麻省|麻州", "WA": "华盛顿州|华州", "TX": "得克萨斯州?|德克萨斯州?|德州|得州",
    "FL": "佛罗里达州?|佛州", "IL": "伊利诺伊州?|伊州", "NJ": "新泽西州?", "PA": "宾夕法尼亚州?|宾州", "VA": "弗吉尼亚州?|弗州",
    "GA": "佐治亚州?|乔治亚州?", "MI": "密歇根州?|密西根州?", "OR": "俄勒冈州?", "AZ": "亚利桑那州?", "NV": "内华达州?",
    "CO": "科罗拉多州?", "MD": "马里兰州?", "CT": "康涅狄格州?", "OH": "俄亥俄州?", "MN": "明尼苏达州?", "HI": "夏威夷州?",
}  # fmt: skip
_COUNTRIES = {
    "US": r"u\.?s\.?a\.?|u\.?s\.|US|united states(?: of america)?|美国", "CA": r"canada|加拿大",
    "GB": r"u\.?k\.?|united kingdom|england|great britain|scotland|wales|英国", "AU": r"australia|澳大利亚|澳洲",
    "MX": r"mexico|墨西哥", "JP": r"japan|日本", "SG": r"singapore|新加坡", "CN": r"(?:p\.?r\.? ?)?china|中国",
    "HK": r"hong kong|香港", "DE": r"germany|deutschland|德国", "FR": r"france|法国", "IT": r"italy|意大利",
    "ES": r"spain|西班牙", "NL": r"(?:the )?netherlands|holland|荷兰", "IE": r"ireland|爱尔兰",
    "AT": r"austria|奥地利", "BE": r"belgium|比利时", "CH": r"switzerland|瑞士", "SE": r"sweden|瑞典",
    "DK": r"denmark|丹麦", "NO": r"norway|挪威", "FI": r"finland|芬兰", "PL": r"poland|波兰", "PT": r"portugal|葡萄牙",
}  # fmt: skip
_ENDS = {
    code: re.compile(
        rf"(?:^|[\s,，(（])(?:{names})\s*[)）]?\s*[.!?。]?\s*(?:,?\s*(?:please|pls|instead|thanks|thank you|"
        rf"谢谢)[.!?。 ]*)*$",
        0 if code == "US" else re.IGNORECASE,
    )
    for code, names in _COUNTRIES.items()
}
_ENDS["US"] = re.compile(_ENDS["US"].pattern.replace("US|", "US|USA|Usa|usa|United States|"), 0)


def country_at_end(text: str) -> str:
    """Return the code of the country that a text ends with, empty where it ends with none.

    >>> country_at_end("10 King Street, Toronto, M5H 1A1, Canada"), country_at_end("tell us"), country_at_end("…，美国")
    ('CA', '', 'US')
    """
    return next((code for code, pattern in _ENDS.items() if pattern.search(text.strip())), "")


def with_states_in_latin(text: str) -> str:
    """Return a text with Chinese names of the States written as their codes, each between commas.

    >>> with_states_in_latin("Quincy，麻省，02169")
    'Quincy，, MA ,02169'
    """
    for code, names in _IN_CHINESE.items():
        text = re.sub(rf"(?:{names})[，,]?", f", {code} ,", text)
    return text.replace(" ,,", " ,")


def state_named(city: str) -> tuple[str, str]:
    """Return a city without the state that follows it, and the state's code; empty where none does.

    >>> state_named("Denver Colorado"), state_named("New York, NY"), state_named("Kansas City")
    (('Denver', 'CO'), ('New York', 'NY'), ('Kansas City', ''))
    """
    plain = re.sub(r"\s+", " ", city).strip(" ,，.")
    for cut in sorted({found.start() for found in re.finditer(r"[ ,，]", plain)}):
        name = plain[cut:].strip(" ,，.").lower()
        if plain[:cut].strip(" ,，") and name in _BY_NAME:
            return plain[:cut].strip(" ,，"), _BY_NAME[name]
    return plain, ""
