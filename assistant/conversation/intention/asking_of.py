"""Whether a message is a question, and whether it asks something of a product that was shown.

Decides no other intent.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.conversation.reading.clauses import clauses, question_clauses
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.questions import wanted, yes_or_no
from assistant.conversation.reading.references import Reference
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.taking import speaks_of_taking
from assistant.conversation.reading.wishing import OTHER
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|ok|please|hi|hello)\W+)*(?:what|what's|whats|how|is|are|does|do|did|can|could|who|"
    r"which|where|tell me|has|have|(?:will|would|should)(?! you)|when|was|were)\b|[吗呢么嘛不没][？?]?\s*$"
)
ASKS_ZH = re.compile(
    r"多[久少大重长高宽厚深亮快]|几|哪|什么|啥|怎么|如何|会不会|能不能|可不可以|是不是|有没有|吗|呢|(.)不\1"
)

OF_THESE = re.compile(
    r"^\W*(?:(?:and|so|but|ok)\W+)*(?:are|do|does|have|can|is|were|will) (?:they|these|those)(?: all| both)?\b"
    r"(?!.*\b(?:cheaper|ship\w*|deliver\w*|return\w*|arrive\w*|others?)\b)|^(?:这些|它们|这几[个款件])都?(?!有哪|里|哪)"
)
"""Asks of all that was shown whether something is so: "are they waterproof"."""
_COMES_IN = re.compile(
    r"\b(?:come|comes|available|sold|have|got|get|stock|made) (?:it |that |this )?(?:one )?in\b|"
    r"它?[有出](?:没有)?.{1,8}[吗么没]"
)
"""Asks of a thing whether it is to be had in a colour or size."""
_HOW_MUCH = re.compile(
    r"多[久少大长高宽重]|是?(?:什么|几|哪)[的样个里年月天]?|怎么?样?|\bhow (?:long|much|big|many)\b|\bwhat\b"
)
_LIKENESS = re.compile(
    r"\b(?:something|anything|ones?|more|similar|same)\b.*\blike\b|\b(?:similar|instead of|than|alike)\b|"
    r"类似|同款|相似|差不多的|[像比]"
)
SUCH_HAN = re.compile(
    r"^(?:那|那么|还|你们|店里)*有(?:没有)?[^，。,]{1,8}的(?!颜色|尺[码寸]|[码号款个吗么没]|牌子|品牌|型号|规格|评价|保修|库存)[\u4e00-\u9fff]{2,5}(?:吗|么|没有?)?[？?]*$"
)
"""Asks for another thing that is so: 有能水洗的颜料吗."""
_FOR_ONES = re.compile(
    r"\b(?:ones?|any|anything|something|others?|another|else|show|find|which|you)\b|的(?:还?有(?:没有)?)?\W*(?:[吗么没不嘛呢]\W*)?(?:[，,。？?]|$)|"
    r"(?<!几)[款种件双条]\W*(?:[吗么没嘛呢]\W*)?$|别的|其[他它]|推荐|换|再|更|哪|第"
)
"""Asks for ones that are so, not whether those shown are."""
_EITHER_WAY = re.compile(
    r"^(?:它?是|这[个款件]是)?[^，。,]{1,8}还是(?!看|要|买|选|换|想|去|来|算|用|先|不|再)[^，。,]{1,8}[啊呀呢吗？?]*$|"
    r"^(?:is|are|does|do) (?:it|they|these|this|that)\b[^,.]{1,40}\bor\b[^,.]{1,30}\?*$"
)
"""Asks which of two a thing is."""
_WHETHER = re.compile(
    r"[吗么没不嘛]\W*$|有没有|能不能|会不会|可不可以|是不是|(.)不\1|多[久少大长高宽重]|几|什么|啥|"
    r"\b(?:are|do|can|is) (?:they|these|those)\b"
)
"""Asks whether, or how far, something is so."""
_LEFT = re.compile(r"剩|^how many are left$")
"""Asks how many are left of a variant."""
FEWEST = 2
"""Products that are a list."""
_OF_TWO = re.compile(
    r"哪一?[个款件双条台只把种]?(?:更|比较|最|要|会)?[轻重大小长短高低厚薄亮暗贵久强暖静好快便]|[和跟与].*哪|\bwhich\b.*\b(?:\w+er|more|better)\b"
)
"""Weighs what is pointed at against another: 铸铁的和那个不锈钢的哪个重."""
_WHICH_ONE = re.compile(r"\b(?:which|what|who)\b|哪[一]?[个款件双条台只种]|是(?:哪|什么|啥)")
"""What only asks which one it is."""
_PLAIN = re.compile(
    r"^\W*(?:(?:and|so|but|also|ok|okay|please|hi|hello|hey|great|nice|cool|well|oh|hm+|then|thanks)\W+)*(?:"
    r"(?:what|what's|whats|how|how's|isn't|aren't|doesn't|don't|did|can|can't|could|when|when's|where|who|was|were|"
    r"am i|(?:will|won't|would|should)(?! you)|"
    r"which (?!(?:ones?|of|are|is|has|have|can|do|does|come|would|will)\b))\b(?! (?:you|some)\b)|"
    r"(?:are|is|do|does|have|has)\b(?! (?:you|there (?:any|other|an?other)|any|some)\b))"
)
"""How a question of a thing begins; "which ones …" and "are there any …" narrow what was shown."""
_OF_IT = re.compile(
    r"\b(?:it|its|it's|this|this one|that one|they|them|these|those)\b|它|这[个款件双条]|那[个款件双条]"
)
_WANTED = re.compile(r"\b(?:an?|any|some|another)\s+(?:(?!(?:in|on|of|at|for|to|with)\b)[\w-]+\s+){0,3}$")
"""What stands before the name of a thing that is looked for."""
_WHICH_HAN = re.compile(r"哪[些几一]?[个款件双条种]|有没有.{2,}的|的有[吗么没]|有.{1,12}的[吗么]|别的|其他|还有")
_WHICH_SIZE = re.compile(
    r"\b(?:which|what) sizes? (?:would|will|should|do|does|is|fits?|for|shall|can|of|are)\b|"
    r"\b(?:which|what) sizes?\W*$|"
    r"(?:哪个|什么|多大的?|几)[尺码号]{1,2}(?:合适|适合|能|好|够)|有(?:哪些|什么|几个|多少)(?:尺码|码数?|号)|(?:穿|买|选|拿|要)(?:哪个|什么|多大的?|几)[尺码号]"
)
_HOW_MUCH = re.compile(
    r"(?:装|盛|承|撑|坐|睡|放)(?:得?下)?.{0,2}(?:多少|多重|几[个件双只本瓶公升斤人])|"
    r"\bhow (?:much|many)\b.{0,20}\b(?:does|do|can|will) (?:it|they|this|that|these|those|the \w+ one)\b"
    r".*\b(?:hold|fit|carry|take)\b"
)
"""Asks how much goes into a thing, or what it bears."""
_TURNS_TO = re.compile(r"^\W*(?:(?:and|ok|okay|then|so)\W+)*(?:what|how) about\b|^那?[^，,]{2,8}呢[，,。？?]")
"""How one comes to another thing, whatever is said of it then: 那蜡烛呢，味道别太甜."""
PLAINLY = 0.8
"""So sure of a trait, a question asks for it whatever the classifier says."""
_ONE: Collection[str] = frozenset({"place", "middle", "last", "cheapest", "dearest", "best", "one", "previous"})
OVERRULED: frozenset[str] = frozenset({
    "find", "refine", "more", "ask_policy", "cart_add", "smalltalk", "out_of_scope", "help", "order_status", "thanks",
    "human", "ask_product",
})  # fmt: skip


def questions(message: str) -> bool:
    """Return whether a message is a question by its form."""
    said = message.lower()
    return bool(ASKS.search(said) or ASKS_ZH.search(said)) or message.rstrip().endswith(("?", "？"))


def asks_of_shown(found: Understanding, state: State, *, guess: str, labels: Collection[str] = ()) -> bool:
    """Return whether a message asks something of one product that was shown, whatever it looks like otherwise."""
    if not (state.shown or state.focus) or guess not in OVERRULED:
        return False
    if found.step or (found.wish.sort != "relevance" and not found.references) or _LIKENESS.search(found.unpointed):
        return False
    if not found.references:
        return _only_names(found.unpointed, labels, of_list=state.focus is None)
    # "The first one, what about its height": the second only repeats the first.
    pointing = [one for one in found.references if one.which != "focus"] or list(found.references)
    asked = _asked(found.unpointed, labels, guess=guess)
    if len(pointing) > 1 or found.order_number or (guess == "ask_policy" and not asked) or takes(found, asked):
        return False
    if pointing[0].which == "focus":
        return _of_it(pointing[0], found, asked=asked, guess=guess)
    means = bool(asked) or bool(found.trait)
    return pointing[0].which in _ONE and (means or _open_question(pointing[0], found))


def asks_of_pointed(found: Understanding) -> bool:
    """Return whether something is asked of the one that is pointed at by what it has most of: 最便宜的那件什么领子."""
    pointed = [one for one in found.references if one.which in _ONE and one.which not in ("place", "last", "middle")]
    spans = question_clauses(found.unpointed)
    if _OF_TWO.search(found.unpointed):
        return False
    return bool(pointed) and any(naming(_WHICH_ONE.sub(" ", found.unpointed[start:end])) for start, end in spans)


def asks_of_list(found: Understanding, state: State, *, guess: str, labels: Collection[str] = ()) -> bool:
    """Return whether every clause asks of those shown whether something is so, and none looks for others: 能机洗吗.

    Who asks for ones that are so (有能机洗的吗), or in a colour or size, narrows the list.
    """
    if state.focus is not None or len(state.shown) < FEWEST or guess not in OVERRULED or found.step:
        return False
    wish = found.wish
    choices = any(
        one.key in ("color_choices", "size_choices") or _LEFT.search(one.form) for one in wanted(found.unpointed)
    )
    optional = bool(wish.options) and not choices
    named = wish.categories or optional or wish.brands or wish.excluded or wish.in_stock or wish.reduced
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    pointed = any(one.which != "all" for one in found.references)
    if named or priced or pointed or found.order_number or takes(found, {"attribute"}):
        return False
    if asks_which_way(found) and (found.trait or wish.must_haves):
        return True
    every = list(clauses(found.message))
    ones = SUCH_HAN.search(found.message) or _FOR_ONES.search(found.message.lower())
    if ones or len(question_clauses(found.message)) < len(every):
        return False
    means = (
        choices
        or found.trait
        or wish.must_haves
        or any(one.kind == "attribute" for one in wanted(found.unpointed, labels))
    )
    return bool(means) and bool(_WHETHER.search(found.message))


def asks_which_way(found: Understanding) -> bool:
    """Return whether it is asked which of two a thing is: 打孔的还是挂钩的."""
    return bool(_EITHER_WAY.search(found.message.lower().strip()))


def asks_of_focus(found: Understanding, state: State, guess: str) -> bool:
    """Return whether a question that means a trait of the product in question asks of it, and looks for no other.

    Of a list, what looks like a wish may be one: "a lock?" narrows it.
    """
    if not found.trait or guess not in OVERRULED or found.step or found.order_number:
        return False
    if state.focus is None and guess in ("find", "refine", "more"):
        return False
    wish, pointed = found.wish, any(one.which not in ("focus", "all") for one in found.references)
    named = wish.brands or wish.price_max_minor is not None or wish.price_min_minor is not None or wish.in_stock
    looks = OTHER.search(found.message.lower()) or _LIKENESS.search(found.unpointed)
    turns = bool(wish.categories) and bool(_TURNS_TO.search(found.message.lower()))
    return not (pointed or named or looks or turns or takes(found, {"attribute"}))


def asks_plainly(found: Understanding, state: State) -> bool:
    """Return whether a question plainly asks for a trait of what was shown, or whether "it" is so."""
    said, wish = found.message.lower(), found.wish
    if not (state.shown or state.focus) or found.step or found.order_number or wish.brands or wish.reduced:
        return False
    if _WHICH_SIZE.search(said) and not (wish.categories or OTHER.search(said)):
        return True
    if _HOW_MUCH.search(said) and not (wish.categories or OTHER.search(said)):
        return True
    begins = bool(_PLAIN.search(said)) or (bool(ASKS_ZH.search(said)) and not _WHICH_HAN.search(said))
    if not begins or OTHER.search(said) or _LIKENESS.search(found.unpointed) or wish.price_max_minor is not None:
        return False
    if any(one.which not in ("focus", "all", "place", "last") for one in found.references):
        return False
    if any(one.term.kind == "category" and _WANTED.search(said[: one.start]) for one in found.named):
        return False
    if found.trait and found.trait_sure >= PLAINLY:
        return True
    of_it = _OF_IT.search(said) and yes_or_no(said) and not wish.options
    return bool(of_it and wish.must_haves and not speaks_of_taking(said))


def _asked(text: str, labels: Collection[str], *, guess: str) -> set[str]:
    """Return the kinds of what is asked for; beside a rule only what a record surely states counts."""
    asked = wanted(text, labels)
    if guess == "ask_policy":
        asked = [one for one in asked if one.kind in ("attribute", "offer", "opinion") or one.key == "warranty"]
    return {one.kind for one in asked}


def takes(found: Understanding, asked: Collection[str]) -> bool:
    """Return whether a message is about taking a product rather than asking of it."""
    said = found.message.lower()
    return speaks_of_taking(said) and not (set(asked) - {"details"} and ASKS.search(said))


def _open_question(reference: Reference, found: Understanding) -> bool:
    """Return whether what no word of ours asks for is asked of the product all the same, or nothing but it is named."""
    if reference.which in ("one", "cheapest", "dearest", "best"):
        return False
    wish = found.wish
    if wish.options or wish.categories or wish.brands or wish.price_max_minor is not None:
        return _belongs(found, reference)
    asks = bool(ASKS.search(found.message.lower()) or ASKS_ZH.search(found.unpointed)) or yes_or_no(found.unpointed)
    return asks or _belongs(found, reference) or not content(found.unpointed)


def _belongs(found: Understanding, reference: Reference) -> bool:
    """Return whether something of the product is meant: "第一款的…", "the … of the first one", "the first one's …"."""
    before, after = found.message[: reference.start].lower(), found.message[reference.end :].lower()
    return bool(re.match(r"的.|'s\b", after) or re.search(r"\b(?:of|about)\s+(?:the\s+)?$", before))


def _only_names(text: str, labels: Collection[str], *, of_list: bool = False) -> bool:
    """Return whether a message is nothing but an attribute's name ("Material?"), or what is offered ("the price?").

    Of a list only what buyers say, or what is plainly asked for (保质期多久), is asked of what it shows first.
    """
    asked = [one for one in wanted(text, labels) if one.kind in ("attribute", "offer", "opinion", "summary")]
    named = [one for one in asked if one.kind != "summary"]
    for one in asked:
        text = text.replace(one.form.lower(), " ")
    plainly = _HOW_MUCH.sub(" ", text)
    surely = not of_list or any(one.kind == "opinion" for one in named) or plainly != text
    return bool(named) and surely and not content(plainly)


def _of_it(reference: Reference, found: Understanding, *, asked: Collection[str], guess: str) -> bool:
    """Return whether "it" asks: a loose word, so that only an attribute's name or a plain question will do."""
    if found.wish.categories or found.wish.brands or guess in ("order_status", "human", "cart_add"):
        return False
    if found.wish.options and _COMES_IN.search(found.message.lower()) and not found.step:
        return True
    said = found.message.lower()[reference.start : reference.end]
    if said in ("this", "that") and "attribute" not in asked:
        return False
    return bool({"attribute", "offer", "opinion", "summary"} & set(asked)) and bool(ASKS.search(found.message.lower()))
