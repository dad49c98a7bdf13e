"""What of the rule just told is asked once more: how long one had, who pays, where the money goes, another case."""

from __future__ import annotations

import re

from assistant.conversation.answers import Asked
from assistant.conversation.answers.spoken_of import just_refused
from assistant.service.policy_search import Paragraph
from assistant.service.policy_words import speaks_of_cost, speaks_of_refunds, speaks_of_time

IF = re.compile(
    r"^\W*(?:(?:ok|okay|hm+|so|but|and)\W+)*(?:even if|what if|if|in case)\b|^(?:那)?(?:如果|要是|万一)", re.IGNORECASE
)
_SAME_CASE = re.compile(
    r"\b(?:does|would|will|is) (?:that|it|this) (?:matter|change (?:anything|that)|make a difference|still (?:apply|"
    r"count|hold))\b|"
    r"(?:有|会有)(?:影响|区别|关系)吗",
    re.IGNORECASE,
)
"""Asks whether what was just told holds all the same."""
ALIKE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|so|hm+)\W+)*(?:(?:is|does) (?:it|that|this) )?(?:the )?same\b(?: (?:thing|story|"
    r"rule|deal))? "
    r"(?:goes |true |apply )?(?:with|for|if|when|in|to|on|applies to)\b|\b(?:the same|likewise|too|as well)\W*$|"
    r"(?:也是|也一样|一样|也这样|也是这样|同样)(?:的)?[吗么嘛吧]?[？?]?$",
    re.IGNORECASE,
)
"""Asks whether what was told holds for another as well: "same with PayPal?", 支付宝也一样吗."""
GOES_ON = re.compile(
    r"^\W*(?:(?:ok|okay|hm+|so|right)\W+)*(?:and|or|but|what about|how about)\b|^那|呢[？?]?$", re.IGNORECASE
)
_PAYS = re.compile(
    r"\bwho(?:'s)? pay|^\W*(?:and |ok |so |for )?how much(?: is (?:it|that)| (?:does|would|will) (?:it|that) "
    r"cost)?\W*$|^\W*(?:and |ok |so )*what(?:'?s| is| are| would be) the (?:extra |additional |added |"
    r"total )?(?:costs?|charges?|fees?|"
    r"price|surcharge)\W*$|\b(?:what|how much)(?:'?s| is| would| will| does) (?:it|that|this)(?: be| cost|"
    r" come to| set me back)?\b(?= (?:on|for|with)\b|\W*$)|\b(?:do|must|would|will) (?:i|we) (?:have to )?pay\b|"
    r"\b(?:and|what about|how about) .*(?:postage|shipping|delivery|fees?|costs?)\b|"
    r"运费|邮费|谁(?:出|付|承担)|要钱|收费",
    re.IGNORECASE,
)
OF_AMOUNT = re.compile(
    r"\b(?:on|for|with) (?:an? |my )?(?:order of )?(?:about |around )?[$€£]?\d+(?:\.\d+)?(?:[$€£]|"
    r"[- ]?(?:dollars?|bucks|usd))?"
    r"(?:'s)?(?: worth)?(?: (?:order|purchase|basket|cart))?\W*$|(?:买|订单|满|消费)?\d+(?:美元|美金|块钱?|元|"
    r"刀)的?(?:订单|单子|东西|货)",
    re.IGNORECASE,
)
"""Of which amount something is asked: "on a 30 dollar order"."""
_WHO_PAYS = re.compile(
    r"\bwho(?:'s| is| will)? (?:pay|cover)|\b(?:do|must|would|will|should) (?:i|we) (?:have to )?(?:pay|cover)\b|"
    r"\b(?:paid|covered) by (?:me|you)\b|谁(?:来)?(?:出|付|承担|掏|负责)|(?:我|你们?|自己)(?:来)?(?:出|付|承担|掏)",
    re.IGNORECASE,
)
_WE_PAY = re.compile(r"\bwe (?:pay|cover|bear)\b|\bat our (?:cost|expense)\b|由?我们(?:承担|负担|支付)", re.IGNORECASE)
"""Who pays for what is sent, and a paragraph that says the shop does."""
_COST = {"en": "what does it cost", "zh": "费用"}
_BACK_TO = re.compile(
    r"^\W*(?:(?:and|so|ok)\W+)*(?:where|(?:(?:to|on|onto|in) )?(?:which|what) (?:card|account|method)|"
    r"(?:is|does|will) (?:it|that|the money))\b.*"
    r"\b(?:go|paid|card|account|method)\b|^那?(?:钱)?退(?:回|到|回到)哪|原路",
    re.IGNORECASE,
)
"""Where money goes back to."""
_AMOUNT = re.compile(
    r"\b(?:spend|order|buy|pay|costs?|worth|over|under|more than|up to)\b.*\d{2}|(?:满|买|花).{0,4}\d{2}"
)
"""What may be spent."""
_DEADLINE = re.compile(r"\bhow long\b|\bhow many days\b|\bdeadline\b|期限|多久|几天|多少天", re.IGNORECASE)
_FRAMES = re.compile(
    r"\b(?:what|how) about\b|\b(?:ok(?:ay)?|and|or|but|so|is|it|does|do|that|the|same|thing|with|for|if|when|to|"
    r"too|as well|goes|"
    r"i|use|pay|by|via|using|my|an?|then|also)\b|那么?|要是|如果|换成|[呢吗么嘛吧？?，, ]|用|也是这样|也是|"
    r"也一样|一样|同样|的",
    re.IGNORECASE,
)
"""What stands around that other."""
FEW = 8
"""Words (characters) of a question that says no more than that."""


def same_rule(asked: Asked) -> list[Paragraph]:
    """Return the paragraph just told, where only what it says is asked: how long one had, where the money goes."""
    message = asked.found.message
    told = asked.sources.policies.now(asked.state.rule_told, asked.language) if asked.state.rule_told else None
    if told is None or not few_words(message):
        return []
    refused = bool(_DEADLINE.search(message)) and just_refused(asked.state)
    back = bool(_BACK_TO.search(message)) and speaks_of_refunds(told.text, told.language)
    amount = bool(_AMOUNT.search(message) and IF.search(message)) and speaks_of_cost(told.text, told.language)
    matters_not = bool(_SAME_CASE.search(message)) or speaks_of(told, message)
    pays = bool(_WHO_PAYS.search(message) and _WE_PAY.search(told.text))
    in_time = refused and speaks_of_time(told.text, told.language)
    return [told] if back or amount or pays or matters_not or in_time else []


def speaks_of(told: Paragraph, message: str) -> bool:
    """Return whether the paragraph just told says how it is in the other case asked after: "same with PayPal?"."""
    if not (ALIKE.search(message) or GOES_ON.search(message)):
        return False
    left, text = _FRAMES.sub(" ", message.lower()), told.text.lower()
    words = re.findall(r"[^\W_]+", left)
    return bool(words) and all(re.search(rf"\b{one}" if one.isascii() else one, text) for one in words)


def costs_of_it(asked: Asked) -> list[Paragraph]:
    """Return what the text just told says of who pays, where the paragraph told does not say so itself."""
    language, policies = asked.language, asked.sources.policies
    told = policies.now(asked.state.rule_told, language) if asked.state.rule_told else None
    if told is None or not asks_what_it_costs(asked.found.message) or speaks_of_cost(told.text, told.language):
        return []
    found = policies.find(f"{told.title} {_COST[language]}", language, 1)
    return found if found and found[0].policy == told.policy else []


def asks_what_it_costs(message: str) -> bool:
    """Return whether it is asked in few words who pays, or how much: of what was just spoken of."""
    return bool(_PAYS.search(message)) and (few_words(message) or bool(OF_AMOUNT.search(message)))


def few_words(message: str) -> bool:
    """Return whether a message is short enough to say no more than one thing of what was just told."""
    return len(message.split()) <= FEW and (message.isascii() or len(message) <= FEW + 2)
