"""What is typed in a hurry, written out: "wat do u hav" is "what do you have". Knows no catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN

_WORD = re.compile(r"(?<![\w'’.@#/-])[A-Za-z]{1,9}(?![\w'’@#/-]|\.\w)")


_TOO = re.compile(
    r"\b(?P<not>not|way|bit|little) 2 (?=(?:loud|big|small|large|heavy|long|short|expensive|pricey|dark|bright|"
    r"sweet|tight|thick|thin|"
    r"wide|warm|cold|hot|hard|soft|high|low|strong|much|many)\b)",
    re.IGNORECASE,
)
_BASKET = re.compile(
    r"\b(?P<to>in|into|to|from|out of|off|of|has|empty|clear)\s+(?P<whose>my|the) (?:shopping )?(?:basket|"
    r"trolley)\b(?!\s+(?:with|made|for)\b)",
    re.IGNORECASE,
)
"""What people call the cart."""
_THROW_IN = re.compile(
    r"(?P<before>^\W*|[,.;!]\s*|\b(?:and|also|then|please|pls|just|to|you|i'll|let's|now|ok|okay|actually)\s+)"
    r"(?:throw|chuck|pop|bung|toss|stick|sling|whack)(?: (?:me|us))? in\b(?= (?:an?|some|the|one|two|three|four|"
    r"five|six|"
    r"another|\d+|that|this|those|these|it|my)\b)",
    re.IGNORECASE,
)
"""How a thing is put in, in everyday words: "and throw in a jar of honey"."""
_FOR = re.compile(r"\b4 (?=(?:an?|my|me|the|his|her|him|our|us|work|kids)\b)", re.IGNORECASE)
"""Figures that stand for words: "not 2 loud", "a gift 4 my mum"."""
_SHADE = re.compile(
    r"\b(grey|gray|blue|red|green|pink|brown|yellow|white|black|purple|beige|orange)[- ]ish\b", re.IGNORECASE
)
_WITH = re.compile(r"(?<![\d.] )(?<![\w.])w/? ?(?:/ ?)?(?<=[ /])(?=[a-z]{2})")
_PACK_OF = re.compile(r"\b(?:an? )?(?:pack|set|box) of at least (\d+)\b(?! \w*pieces)", re.IGNORECASE)
"""Shades, "w mic" and "a pack of at least 4", as they are written in short."""
_AGED = re.compile(
    r"\b((?:he|she|my \w+|the \w+)(?:'s| is| will be| turns| just turned| has just turned) "
    r"(?:only |just |almost |nearly )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-7]|[1-9]))"
    r"(?=\s*(?:[.,;!?]|$|and\b|but\b|so\b|now\b|next\b|in\b))(?! in (?:stock|my|the))",
    re.IGNORECASE,
)
"""How old somebody young is, in short: "he's two"."""
_ASKED_SHORT = re.compile(
    r"(?P<can>(?:还|也)?(?:能|可以|会|行得|来得及|够|算|管|支持|用|需要|要)[^，。！？,.!?\s]{1,10}?)不(?P<end>啊|"
    r"呀)?(?=[？?。，,！!\s]*$)"
)
_DONE_SHORT = re.compile(r"(?<=[\u4e00-\u9fff])(?P<did>[发寄到退换办弄改付走出批])了没(?=[？?。，,！!\s]|$)")
"""Chinese questions that end in a bare "not": 能退不, 发了没."""

_SUCH_COLOUR = re.compile(r"(?<=[a-z色])\s*[那这](?:种|样|类)的?(?=\s*(?:呢|有|吗|[，。？?！!,]|$))")
_SUCH_A = re.compile(r"(?<=[a-z])\s*[那这]种(?=[\u4e00-\u9fff]{1,4}色)")
"""What only says that the word before it says how something is: 雾蓝色那种呢."""

_HAVE_SHORT = re.compile(r"(?:有木有|有没(?=[？?。！!\s]*$))")
_TIMES = re.compile(r"(?<![\d.])([1-9]\d)\+?倍(?=的|防晒|[，。？?！!,\s]|$)")
"""Whether there is something, and how strongly sun care protects: 带盖的有没, 50倍的."""


def written_out(message: str) -> str:
    """Return a message with its shorthand written out; what stands in names, sizes and addresses is left.

    >>> written_out("明天能到不"), written_out("快递发了没？"), written_out("行不行")
    ('明天能到吗', '快递发了吗？', '行不行')

    >>> written_out("he's two, and likes cars"), written_out("it is two metres")
    ("he's two years old, and likes cars", 'it is two metres')
    >>> written_out("wat headphones do u hav"), written_out("size R, U-lock"), written_out("gimme sth 4 bday")
    ('what headphones do you have', 'size R, U-lock', 'give me something 4 birthday')
    >>> written_out("just two, and throw in a jar of honey"), written_out("a throw in a light grey")
    ('just two, and add a jar of honey', 'a throw in a light grey')
    """
    for form, meant in _known().items():
        if HAN.search(form):
            message = message.replace(form, meant)
        elif " " in form:
            message = re.sub(rf"\b{re.escape(form)}\b", meant, message, flags=re.IGNORECASE)
    message = _PACK_OF.sub(r"at least \1 pieces", _WITH.sub("with ", _SHADE.sub(r"\1", message)))
    message = _FOR.sub("for ", _TOO.sub(r"\g<not> too ", message))
    message = _BASKET.sub(r"\g<to> \g<whose> cart", message)
    message = _THROW_IN.sub(r"\g<before>add", message)
    message = _AGED.sub(r"\1 years old", message)
    message = _TIMES.sub(r"SPF\1", _HAVE_SHORT.sub("有没有", message))
    message = _SUCH_COLOUR.sub("的", _SUCH_A.sub(" ", message))
    message = _DONE_SHORT.sub(r"\g<did>了吗", _ASKED_SHORT.sub(r"\g<can>吗", message))
    return _WORD.sub(lambda found: _known().get(found[0], found[0]), message)


@cache
def _known() -> Mapping[str, str]:
    """Return what each form stands for; only forms in lower case are shorthand."""
    return {form: meant[0] for forms, meant in rows("shorthand.tsv") for form in forms}
