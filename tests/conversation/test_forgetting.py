"""What was noted of a shopper is forgotten and corrected when they say so, in the store and not in words alone."""

import pytest

KNOWN_NOTHING = {"en": "I know nothing of your taste yet", "zh": "我还不了解您的喜好"}
ASKS = {"en": "what do you know about me?", "zh": "你们了解我什么"}


@pytest.fixture
def person(hall, shop, request):
    return hall.Talk(shop, request.node.name)


@pytest.mark.parametrize(
    ("told", "forgets", "language"),
    [
        ("my favourite colour is green", "forget the colour please", "en"),
        ("i like green", "please forget that I like green", "en"),
        ("i like green", "scratch that, forget I like green", "en"),
        ("i like green and cotton", "forget everything you know about me", "en"),
        ("i like green", "can you clear my preferences", "en"),
        ("I wear size 42", "don't remember my size", "en"),
        ("I'm vegan", "I'm not vegan any more", "en"),
        ("I hate wool", "could you forget about the wool", "en"),
        ("我喜欢绿色", "把绿色忘掉吧", "zh"),
        ("我喜欢绿色", "忘掉关于我的一切", "zh"),
        ("I'm vegan", "stop remembering that", "en"),
        ("i like green", "forget what I just told you", "en"),
        ("我吃素", "我现在不吃素了", "zh"),
        ("我喜欢绿色", "刚才说的别记了", "zh"),
        ("我穿42码", "忘掉这个吧", "zh"),
        ("我喜欢绿色", "刚才那个你别记了", "zh"),
        ("我喜欢绿色", "刚才说的别记", "zh"),
        ("我穿42码", "忘掉我的尺码", "zh"),
        ("我不喜欢羊毛", "别记我不喜欢羊毛", "zh"),
    ],
)
def test_what_is_to_be_forgotten_is(person, told, forgets, language):
    person.say(told)
    reply = person.say(forgets)
    assert reply.intent == "forget" and not reply.cards
    assert KNOWN_NOTHING[language] in person.say(ASKS[language]).text


@pytest.mark.parametrize(
    ("first", "then", "known", "gone"),
    [
        ("i wear size L", "that's wrong, I wear M", "size M", "size L"),
        ("my shoe size is 42", "sorry, my shoe size is 43", "size 43", "size 42"),
        ("I don't like leather", "that's not true, I like leather", "leather", "no leather"),
        ("我穿L码", "不对，我穿M码", "M", "L"),
    ],
)
def test_what_is_corrected_takes_the_place_of_what_was_said(person, first, then, known, gone):
    person.say(first)
    assert person.say(then).intent == "told"
    text = person.say(ASKS["en" if first.isascii() else "zh"]).text
    assert known in text and gone not in text


def test_only_what_is_meant_is_forgotten(person):
    person.say("I like green and my size is M")
    person.say("forget the colour")
    text = person.say(ASKS["en"]).text
    assert "size M" in text and "green" not in text


@pytest.mark.parametrize(
    ("message", "says"), [("forget my size", "nothing of that kind"), ("忘掉我的尺码", "没有记下")]
)
def test_what_was_never_noted_need_not_be_forgotten(person, message, says):
    assert says in person.say(message).text


def test_a_condition_of_the_wish_in_force_is_dropped_and_no_taste(person):
    person.say("I like red")
    person.say("a red backpack")
    assert person.say("forget the colour").intent != "forget"
    assert "red" in person.say(ASKS["en"]).text


@pytest.mark.parametrize("message", ["delete my account", "remove everything from my cart", "never mind", "forget it"])
def test_what_is_no_taste_is_no_forgetting(person, message):
    assert person.say(message).intent != "forget"


@pytest.mark.parametrize(
    "message", ["I'm vegetarian, remember that", "please remember I am vegetarian", "记住，我吃素"]
)
def test_asking_to_remember_is_part_of_telling(person, message):
    assert person.say(message).intent == "told"


@pytest.mark.parametrize("message", ["what do you remember?", "what have you got stored about me", "我的喜好有哪些"])
def test_what_is_remembered_is_asked_for_in_many_ways(person, message):
    assert person.say(message).intent == "known_of_me"


@pytest.mark.parametrize("message", ["你都记了我些什么呀", "你现在知道我多少", "你存了我啥"])
def test_what_is_known_is_asked_for_in_everyday_chinese(talk, message):
    assert talk.say(message).intent == "known_of_me"


@pytest.mark.parametrize("message", ["你们都保存我哪些信息", "聊天记录会存多久"])
def test_a_question_of_the_rules_on_data_is_none_of_what_is_known(talk, message):
    assert talk.say(message).intent != "known_of_me"


def test_what_is_told_to_be_remembered_is_no_search_and_is_forgotten_again(talk):
    told = talk.say("记住我穿42码的鞋")
    assert told.intent == "told" and not told.cards
    assert talk.say("尺码别记了").intent == "forget"


@pytest.mark.parametrize("message", ["帮我记一下，我老婆喜欢清淡一点", "remember that my wife is called Ann"])
def test_what_cannot_be_noted_is_said_to_be_none_of_it(talk, message):
    reply = talk.say(message)
    assert reply.intent == "told" and ("只能记住" in reply.text or "only remember" in reply.text)
