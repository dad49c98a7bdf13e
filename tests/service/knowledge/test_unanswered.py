"""Questions that nothing answered: counted, near-duplicates as one, nobody named."""

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import NotAllowed, NotFound
from assistant.service.knowledge.questions import asked_in, is_general, same_question
from assistant.service.knowledge.unanswered import Unanswered
from assistant.store.knowledge_gaps import KnowledgeGaps
from assistant.store.principal import GUEST, SYSTEM, Principal

ALIKE = [
    line.split("\t")
    for line in (Path(__file__).parent / "alike.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture
def gaps(engine):
    return KnowledgeGaps(engine)


@pytest.fixture
def unanswered(gaps, clock):
    return Unanswered(gaps, clock=clock)


@pytest.mark.parametrize(("language", "wanted", "one", "other"), ALIKE)
def test_the_same_question_is_told_from_another(language, wanted, one, other):
    assert same_question(one, other, language) == same_question(other, one, language) == (wanted == "same")


def test_near_duplicates_are_one_with_a_count_and_both_times(unanswered, gaps, clock):
    first = clock.now
    for question in ("Do you engrave rings?", "do you engrave ring", "Do you engrave rings!!"):
        unanswered.note(question, language="en", kind="policy")
        clock.pass_by(hours=1)
    unanswered.note("戒指可以刻字吗", language="zh", kind="policy")
    rings, chinese = gaps.open(SYSTEM)
    assert (rings.question, rings.count, rings.kind) == ("Do you engrave rings?", 3, "policy")
    assert (rings.first_at, rings.last_at) == (first, first + timedelta(hours=2))
    assert (chinese.language, chinese.count) == ("zh", 1)


def test_nobody_is_named_and_nothing_else_of_them_is_kept(unanswered, gaps):
    unanswered.note("I'm Ada Stone (ada@example.org), do you take back R-10001?", language="en", kind="policy")
    (gap,) = gaps.open(SYSTEM)
    assert gap.question == "I'm [name] ([e-mail]), do you take back [order number]?"
    assert not {"session_id", "customer_id"} & set(type(gap).__slots__)


@pytest.mark.parametrize("text", ["", "?", " … ", "!!!"])
def test_what_asks_nothing_is_not_kept(unanswered, gaps, text):
    unanswered.note(text, language="en", kind="policy")
    assert gaps.open(SYSTEM) == []


def test_what_was_dismissed_stays_so_when_it_is_asked_again(unanswered, gaps):
    unanswered.note("Will it rain?", language="en", kind="out_of_scope")
    (gap,) = gaps.open(SYSTEM)
    gaps.settle(gap.number, "dismissed", SYSTEM)
    unanswered.note("will it rain", language="en", kind="out_of_scope")
    assert gaps.open(SYSTEM) == [] and gaps.get(gap.number, SYSTEM).count == 2


def test_the_staff_alone_reads_them(gaps):
    for who in (GUEST, Principal("shopper", "c-1")):
        for read in (lambda w: gaps.open(w), lambda w: gaps.get(1, w), lambda w: gaps.settle(1, "dismissed", w)):
            with pytest.raises(NotAllowed):
                read(who)
    with pytest.raises(NotFound):
        gaps.get(7, SYSTEM)


def test_a_very_long_question_is_cut(unanswered, gaps):
    unanswered.note("why " * 5_000, language="en", kind="policy")
    assert len(gaps.open(SYSTEM)[0].question) <= 300


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hello. Do you engrave rings? Thanks.", "Do you engrave rings?"),
        ("Where is my order R-1?", ""),
        ("你好，戒指可以刻字吗？谢谢", "你好，戒指可以刻字吗？"),
        ("我的订单到哪了？", ""),
        ("I want to talk to a real person", ""),
        ("ok", ""),
    ],
)
def test_what_anybody_could_have_asked(text, asked):
    assert asked_in(text) == asked and is_general(text) == bool(asked)
