"""What goes on with a rule, or with an order, that was told of before; and what is let go of."""

import shutil
from pathlib import Path

import pytest

import assistant.demo
from assistant.conversation.drafting.matters import action_of
from assistant.conversation.parts import Question, Sentence
from assistant.conversation.reading.letting_go import standing

DEMO = Path(assistant.demo.__file__).parent / "policies"


@pytest.fixture(scope="module")
def ruled(hall, untouched, engine, tmp_path_factory):
    """A shop with the demo store's rules, each with its paragraph."""
    folder = shutil.copytree(untouched, tmp_path_factory.mktemp("ruled") / "shop")
    conversation, index, database = hall.opened(folder, engine, rules=DEMO / "rules.toml")
    conversation._sources.policies.import_folder(DEMO)
    yield conversation
    index.close()
    database.dispose()


@pytest.fixture
def guest(ruled, hall, request):
    return hall.Talk(ruled, f"guest-{request.node.name}")


@pytest.fixture
def mei(ruled, hall, request):
    return hall.Talk(ruled, f"mei-{request.node.name}", hall.mei)


def cited(reply):
    """The paragraphs that a reply cites, without their version."""
    sources = [citation.source for part in reply.of(Sentence) for citation in part.citations]
    return {
        source.split(":")[1].split("@")[0] + "#" + source.split("#")[1] for source in sources if "policy:" in source
    }


@pytest.mark.parametrize(
    ("first", "second", "paragraph"),
    [
        ("how much is delivery?", "and abroad?", "shipping#international"),
        ("how do I have my data deleted?", "how long does that take?", "privacy#rights"),
        ("运费多少钱？", "国外呢", "shipping#international"),
    ],
)
def test_what_says_too_little_goes_on_with_the_rule(guest, first, second, paragraph):
    assert cited(guest.say(first))
    reply = guest.say(second)
    assert cited(reply) == {paragraph}


def test_a_thing_that_is_looked_for_after_a_rule_is_searched_for(guest):
    guest.say("how long do I have to return something?")
    reply = guest.say("show me a red backpack")
    assert not cited(reply) and reply.intent == "find"


@pytest.mark.parametrize(("message", "paragraph"), [("how do I return something?", "start"), ("怎么退货", "start")])
def test_a_guest_who_asks_how_gets_the_rule(guest, message, paragraph):
    reply = guest.say(message)
    assert not reply.of(Question) and cited(reply) == {f"returns#{paragraph}"}


def test_how_long_refunds_take_is_a_rule_and_where_mine_is_is_not(mei):
    assert cited(mei.say("how long do refunds usually take?")) == {"returns#refund-time"}
    assert "R-10001" in mei.say("where is my refund?").text


def test_what_if_after_an_order_asks_for_the_rule(mei):
    assert "R-10001" in mei.say("where is my order?").text
    assert cited(mei.say("and what if it never arrives?")) == {"shipping#lost"}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I can't log in, forget it. Do you ship to Norway?", "Do you ship to Norway?"),
        ("没带手机，算了。运费多少", "运费多少"),
        ("先不退了，看看背包", "看看背包"),
        ("never mind the price, a red one", "never mind the price, a red one"),
        ("please leave it at my door", "please leave it at my door"),
        ("ok, forget it", "ok, forget it"),
    ],
)
def test_what_is_let_go_of_is_not_what_is_meant(said, left):
    assert standing(said) == left


@pytest.mark.parametrize(
    ("intent", "text", "action"),
    [
        ("order_status", "refund the lamp please, I want the money for order R-10423", "return"),
        ("order_status", "has the refund of R-10423 arrived yet, I want to know", ""),
        ("order_status", "我要退款，订单R-10423", "return"),
        ("order_status", "订单R-10423的退款到账了吗", ""),
        ("exchange_item", "想退R-10423那个灯", "return"),
        ("change_address", "make my default address 4 Mill Road, Dover, DE 19901", "user_address"),
        ("change_address", "send order R-10423 to 4 Mill Road, Dover, DE 19901", "address"),
        ("set_address", "store this in my account: 4 Mill Road, Dover, DE 19901", "user_address"),
    ],
)
def test_what_is_wanted_done(intent, text, action):
    assert action_of(intent, text) == action


def test_what_is_to_be_put_in_writing_goes_into_no_cart(talk):
    talk.say("a red backpack")
    reply = talk.say("so the first one is $3, put that in writing")
    assert reply.cart is None and reply.intent != "cart_add"


@pytest.mark.parametrize(
    "message",
    ["the parcel says delivered but theres nothing here", "my package never turned up", "包裹显示签收但没收到"],
)
def test_a_guest_whose_parcel_has_not_come_is_told_the_rule(guest, message):
    assert cited(guest.say(message)) == {"shipping#lost"}


@pytest.mark.parametrize(
    ("first", "second", "paragraph"),
    [
        ("can I send back shoes that I wore once?", "what about earrings", "returns#condition"),
        ("can I send back shoes that I wore once?", "and knickers", "returns#exceptions"),
        ("can i change my mind after i've ordered", "what about when its already packed", "shipping#change"),
        ("do you take paypal", "what about klarna", "payment#methods"),
    ],
)
def test_what_a_rule_says_is_asked_of_something_else(guest, first, second, paragraph):
    assert cited(guest.say(first))
    reply = guest.say(second)
    assert cited(reply) == {paragraph} and not reply.of(Question)


def test_a_guest_who_asks_on_is_told_the_rule_and_asked_again_who_it_is(guest):
    guest.say("I was sent the wrong colour")
    reply = guest.say("who pays for sending it back?")
    assert cited(reply) == {"returns#cost"} and reply.of(Question)


@pytest.mark.parametrize(
    "message",
    [
        "I ordered as a guest and don't have my order number anymore",
        "i cant find my order confirmation email",
        "订单号找不到了",
    ],
)
def test_who_has_no_order_number_is_told_what_is_left(guest, message):
    text = guest.say(message).text
    assert "Without its number" in text or "没有订单号" in text


@pytest.mark.parametrize("message", ["do you do next day", "can it be same day", "明天就要，有次日达吗"])
def test_how_soon_something_comes_is_a_matter_of_delivery(guest, message):
    assert "shipping#time" in cited(guest.say(message))


def test_how_one_claims_what_a_rule_told_of_is_no_complaint(guest):
    guest.say("the price dropped since i bought it last week, thats not fair")
    assert guest.say("and how do i claim it").intent == "ask_policy"


@pytest.mark.parametrize(
    ("first", "other"), [("双肩包", "sorry, can you say that in english please"), ("backpacks", "能用中文说吗")]
)
def test_who_wants_another_language_is_shown_the_same_in_it(talk, first, other):
    shown = set(talk.say(first).ids)
    reply = talk.say(other)
    assert set(reply.ids) == shown and reply.parts[0].language == ("en" if other.isascii() else "zh")


@pytest.mark.parametrize("said", ["有没有双肩包，有就给我来一个", "any backpacks? if so, i'll take one"])
def test_what_is_wanted_if_there_is_any_is_looked_for(talk, said):
    assert talk.say(said).cards
