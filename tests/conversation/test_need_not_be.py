"""What a thing need not be or must not be, short questions of what is shown, the list that was shown last."""

import pytest

from assistant.conversation.reading.conditions import excluded
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.state import Shown, State


@pytest.mark.parametrize("message", ["客厅不用遮光", "外套不需要防水", "it doesn't have to be waterproof"])
def test_what_a_thing_need_not_be_is_no_must_have(message):
    assert not must_haves(message)


@pytest.mark.parametrize(
    ("message", "form"),
    [
        ("要透光的那种", "sheer"),
        ("能游泳戴的表", "waterproof"),
        ("没糖的巧克力", "sugar free"),
        ("亮度能调的灯", "dimmable"),
    ],
)
def test_what_a_thing_must_be_is_known_by_its_everyday_name(message, form):
    assert form in {form for must, _, _ in must_haves(message) for form in must.forms}


@pytest.mark.parametrize("message", ["送她的香薰，别是花香", "不能是花香的"])
def test_what_it_must_not_be_is_refused(message):
    assert "花香" in [span.value for span in excluded(message)]


@pytest.mark.parametrize("message", ["这个掉色不", "拉链顺不顺"])
def test_a_short_question_is_asked_of_what_was_shown(talk, message):
    talk.say("双肩包")
    assert talk.say(message).intent == "ask_product"


@pytest.mark.parametrize("message", ["明天热不热", "你会不会写诗"])
def test_a_short_question_of_the_world_stays_beyond_the_shop(talk, message):
    talk.say("双肩包")
    assert talk.say(message).intent == "out_of_scope"


def test_another_list_is_spoken_of_once_it_is_shown():
    state = State(focus="A").showing((Shown("B", "B-1"), Shown("C", "C-1")))
    assert state.focus is None and state.earlier_focus == "A"
    assert State(focus="A").showing((Shown("A", "A-1"), Shown("B", "B-1"))).focus == "A"
