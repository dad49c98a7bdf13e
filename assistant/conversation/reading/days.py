"""Days that a message names, looking back: "yesterday", "last week", "mid November", 上个月, 8月. Knows no order."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.conversation.reading.numerals import read_number

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)} | {"sept": 9}
_MONTH = "|".join([*_MONTHS, *(short for short in _SHORT if short != "may")])
_NUMBER = r"(\d{1,2}|a|an|one|two|three|four|five|six|几|一|两|二|三|四|五|六|七|八|九|十)"
_ON_DAY = re.compile(
    rf"\b(?P<m1>{_MONTH})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b|"
    rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{_MONTH})\b|(?P<m3>\d{{1,2}})月(?P<d3>\d{{1,2}})[日号]?"
)
_IN_MONTH = re.compile(
    rf"(?P<part>mid(?:dle of)?|early|late|beginning of|start of|end of)?(?:[ -]the)?[ -]*\b(?P<name>{_MONTH})\b|"
    r"(?<!\d)(?P<number>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?P<zh>初|上旬|中旬|中|下旬|底|末)?(?!\d)"
)
_AGO = re.compile(rf"\b{_NUMBER} (day|week|month)s? (?:ago|back)\b|{_NUMBER}个?(天|周|星期|月|礼拜)(?:之|以)?前")
_PARTS = {
    "mid": (8, 23), "middle of": (8, 23), "中": (8, 23), "中旬": (8, 23),
    "early": (1, 12), "beginning of": (1, 12), "start of": (1, 12), "初": (1, 12), "上旬": (1, 12),
    "late": (18, 31), "end of": (18, 31), "底": (18, 31), "末": (18, 31), "下旬": (18, 31),
}  # fmt: skip
_WORDS: tuple[tuple[str, int, int], ...] = (
    (r"\bday before yesterday\b|前天", 2, 2),
    (r"\byesterday\b|\blast night\b|昨[天晚日]", 1, 1),
    (r"\btoday\b|\bthis (?:morning|afternoon|evening)\b|\btonight\b|\bjust now\b|今[天早晚]|刚才", 0, 0),
    (r"\b(?:few|couple of|other) days? ?(?:ago|back)?\b|\bthe other day\b|\brecently\b|前几天|这几天|前两天", 0, 10),
    (r"\bthis week\b|这周|本周|这个?星期", 0, 7),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ON_WEEKDAY = re.compile(
    rf"(?<!by )(?<!by next )(?<!before )(?<!until )(?<!till )(?<!next )(?<!this coming )(?<!for )(?<!come )"
    rf"\b(?P<last>last )?(?P<day>{'|'.join(_WEEKDAYS)})s?\b|(?<!下)(?<!这)(?P<zhlast>上个?)?(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])"
)
_IN_SEASON = re.compile(
    r"\b(?:(?P<past>last|in|over|during|back in|this|since) (?:the )?)(?P<name>spring|summer|autumn|fall|winter)\b|"
    r"(?P<zhpast>去年|今年|上个)(?P<zh>春天|夏天|秋天|冬天)"
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "春天": 3, "夏天": 6, "秋天": 9, "冬天": 12}
_YEAR = re.compile(r"\b(20\d\d)\b|(20\d\d)年")
_YEARS_AGO = ((re.compile(r"\blast year\b|去年"), 1), (re.compile(r"前年"), 2), (re.compile(r"\bthis year\b|今年"), 0))
_LONE_DAY = re.compile(
    r"(?<![\d月.\-])(?P<day>[1-3]?\d)[号日](?=.{0,4}(?:[那这][单笔个次批]|下单|下的|买|拍|订|收到|签收|到的|的))"
)
"""A day without its month: 26号那单."""


@dataclass(frozen=True, slots=True)
class Days:
    """A run of days, both ends with it."""

    first: date
    last: date


def days_named(text: str, today: date) -> Days | None:
    """Return the days that a text in lower case names, none of them ahead; `None` where it names none.

    >>> days_named("the one from mid november", date(2026, 11, 30))
    Days(first=datetime.date(2026, 11, 8), last=datetime.date(2026, 11, 23))
    >>> days_named("昨天买的", date(2026, 11, 30)).first.day, days_named("the blue one", date(2026, 11, 30))
    (29, None)
    """
    for pattern, most, least in ((one, far, near) for one, near, far in _WORDS):
        if re.search(pattern, text):
            return Days(today - timedelta(days=most), today - timedelta(days=least))
    if spoken := _in_season(text, today) or _on_weekday(text, today):
        return spoken
    calendar = None if _year_of_month(text) else _calendar(text, today)
    dated = calendar or _ago(text, today) or _on_day(text, today) or _in_month(text, today)
    return dated or _on_lone_day(text, today)


def _year_of_month(text: str) -> bool:
    """Return whether a year that is counted back goes with a month: "february last year", 去年二月."""
    return bool(_YEARS_AGO[0][0].search(text)) and bool(_IN_MONTH.search(text) or _ON_DAY.search(text))


def _on_lone_day(text: str, today: date) -> Days | None:
    """Return the last day of that number that is not ahead."""
    found = _LONE_DAY.search(text)
    day = int(found["day"]) if found else 0
    first = today if day <= today.day else today.replace(day=1) - timedelta(days=1)
    if not 1 <= day <= monthrange(first.year, first.month)[1]:
        return None
    on = first.replace(day=day)
    return Days(on, on)


def _on_weekday(text: str, today: date) -> Days | None:
    """Return the last such day that is past: "sunday night", 上周五."""
    found = _ON_WEEKDAY.search(text)
    if found is None:
        return None
    wanted = _WEEKDAYS.index(found["day"]) if found["day"] else "一二三四五六日".index(found["zh"].replace("天", "日"))
    if found["zhlast"]:
        monday = today - timedelta(days=today.weekday() + 7)
        return Days(monday + timedelta(days=wanted), monday + timedelta(days=wanted))
    back = (today.weekday() - wanted) % 7 or 7
    return Days(today - timedelta(days=back), today - timedelta(days=back))


def _in_season(text: str, today: date) -> Days | None:
    """Return the last such season that has begun: "last summer", 去年冬天."""
    found = _IN_SEASON.search(text)
    if found is None:
        return None
    month = _SEASONS[found["name"] or found["zh"]]
    year = today.year - (month > today.month)
    if found["zhpast"] == "去年" and year == today.year:
        year -= 1
    if found["past"] == "last" and date(year, month, 1) + timedelta(days=92) > today:
        year -= 1
    first = date(year, month, 1)
    return Days(first, min(today, first + timedelta(days=91)))


def _calendar(text: str, today: date) -> Days | None:
    if re.search(r"\blast week\b|上一?个?(?:周|星期|礼拜)", text):
        monday = today - timedelta(days=today.weekday() + 7)
        return Days(monday, monday + timedelta(days=6))
    if re.search(r"\bthis month\b|这个月|本月", text):
        return Days(today.replace(day=1), today)
    if re.search(r"\blast month\b|上个?月", text):
        last = today.replace(day=1) - timedelta(days=1)
        return Days(last.replace(day=1), last)
    if re.search(r"\blast year\b|去年", text):
        return Days(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    return None


def _ago(text: str, today: date) -> Days | None:
    found = _AGO.search(text)
    if found is None:
        return None
    said, unit = (one for one in found.groups() if one)
    count = 1 if said in ("a", "an") else 3 if said == "几" else int(read_number(said) or 1)
    days, slack = {"day": (1, 1), "天": (1, 1), "month": (30, 15), "月": (30, 15)}.get(unit, (7, 4))
    middle = today - timedelta(days=count * days)
    return Days(middle - timedelta(days=slack), min(today, middle + timedelta(days=slack)))


def _on_day(text: str, today: date) -> Days | None:
    found = _ON_DAY.search(text)
    if found is None:
        return None
    month, day = _month(found["m1"] or found["m2"] or found["m3"]), int(found["d1"] or found["d2"] or found["d3"])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2024, month)[1]:
        return None
    year = _year(text, today, month=month, day=day)
    on = date(year, month, min(day, monthrange(year, month)[1]))
    return Days(on, on)


def _in_month(text: str, today: date) -> Days | None:
    for found in _IN_MONTH.finditer(text):
        name = found["name"]
        if name == "may" and not (found["part"] or re.search(r"\b(?:in|from|of|since|last|this|my) may\b", text)):
            continue  # "may I …"
        month = _month(name or found["number"])
        if not 1 <= month <= 12:
            continue
        first, last = _PARTS.get(found["part"] or found["zh"] or "", (1, 31))
        year = _year(text, today, month=month, day=1)
        return Days(date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])))
    return None


def _month(said: str) -> int:
    if said in _MONTHS:
        return _MONTHS.index(said) + 1
    return _SHORT.get(said) or int(read_number(said) or 0)


def _year(text: str, today: date, *, month: int, day: int) -> int:
    """Return the year that is named, else the last in which that day is past."""
    if named := _YEAR.search(text):
        return int(named.group(1) or named.group(2))
    for pattern, back in _YEARS_AGO:
        if pattern.search(text) and (back or (month, day) <= (today.month, today.day)):
            return today.year - back
    return today.year - ((month, day) > (today.month, today.day))
