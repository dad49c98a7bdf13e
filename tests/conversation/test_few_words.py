"""What a few words mean where something came before: a rule, orders, things that were shown."""

import pytest

from assistant.conversation.answers.same_rule import asks_what_it_costs, speaks_of
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.numerals import in_numbers
from assistant.conversation.reading.slips import meant
from assistant.service.policy_search import Paragraph


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("how does returning work?", "and opened?"),
        ("怎么退货", "那拆开了呢"),
    ],
)
def test_a_few_words_go_on_with_the_rule_just_told(guest, first, then):
    guest.say("a desk lamp")
    guest.say(first)
    reply = guest.say(then)
    assert reply.intent == "ask_policy" and reply.text


def test_a_trait_after_a_rule_is_asked_of_what_was_shown(guest):
    guest.say("a desk lamp")
    guest.say("how much is delivery?")
    assert guest.say("and the weight?").intent == "ask_product"


@pytest.mark.parametrize("which", ["the latest one", "the wallet one", "just the wallet", "最近那个"])
def test_which_of_the_orders_just_told_of_is_said_in_a_few_words(ann, which):
    ann.say("我的订单到哪了" if which == "最近那个" else "where are my orders?")
    assert ann.say(which).intent == "order_status"


@pytest.mark.parametrize(
    ("message", "intent"),
    [("the wallet one", "order_status"), ("show me wallets", "find")],
)
def test_a_wish_after_orders_stays_a_wish(ann, message, intent):
    ann.say("where are my orders?")
    assert ann.say(message).intent == intent


@pytest.mark.parametrize("said", ["compare the first two on laptop", "laptop wise?", "and price wise?"])
def test_things_are_compared_by_what_is_named(talk, said):
    assert len(talk.say("bags").ids) > 1
    reply = talk.say(said)
    assert reply.intent == "compare"
    assert ("costs the least" in reply.text) == ("price" in said)
    assert ("Laptop" in reply.text) == ("laptop" in said)


@pytest.mark.parametrize(("said", "pieces"), [("六只装", 6), ("20包装的", 20), ("要4件装", 4)])
def test_what_is_in_a_pack_is_counted(said, pieces):
    ((must, _, _),) = must_haves(in_numbers(said))
    assert must.measure.unit == "piece" and must.measure.low == pieces


@pytest.mark.parametrize("word", ["usb", "spf", "led", "gps"])
def test_an_abbreviation_is_no_slip(word):
    assert meant(f"with {word} please", frozenset({"lamp"})) == f"with {word} please"


@pytest.mark.parametrize("said", ["can I get it in red?", "does it come in red"])
def test_whether_it_comes_in_a_colour_is_asked_of_it(talk, said):
    talk.say("a desk lamp")
    assert talk.say(said).intent == "ask_product"


@pytest.mark.parametrize(
    ("told", "noted"),
    [
        ("please remember that I take a medium", "medium"),
        ("save my shoe size, it's 39", "39"),
        ("keep in mind I only buy vegan", "vegan"),
    ],
)
def test_what_is_to_be_remembered_is_noted(ann, told, noted):
    reply = ann.say(told)
    assert reply.intent == "told" and noted in reply.text


def test_what_was_told_is_asked_for(ann):
    assert ann.say("what did I tell you about myself").intent == "known_of_me"


@pytest.mark.parametrize("said", ["要Halden这个牌子", "I want the Halden brand", "要Halden这个牌子的"])
def test_a_brand_is_no_product_that_is_pointed_at(talk, said):
    talk.say("a desk lamp")
    reply = talk.say(said)
    assert reply.intent == "refine" and "没有" not in reply.text and reply.cards


CHARGED = {
    "en": "Cards are charged when the parcel leaves us. PayPal and Alipay are charged at once.",
    "zh": "银行卡在发货时扣款。PayPal、支付宝即时扣款。",
}


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("same with paypal?", True),
        ("is it the same for alipay", True),
        ("and what about cards", True),
        ("支付宝也一样吗", True),
        ("那银行卡呢", True),
        ("and with a gift voucher?", False),
        ("那礼品卡呢", False),
        ("does paypal cost anything?", False),
    ],
)
def test_the_paragraph_just_told_says_how_it_is_in_the_other_case_that_it_names(said, same):
    language = "en" if said.isascii() else "zh"
    text = CHARGED[language]
    told = Paragraph(
        id="payment#charged", policy="payment", heading="When", text=text, language=language, version="1", score=1.0
    )
    assert speaks_of(told, said) == same


@pytest.mark.parametrize(
    "said",
    [
        "what would that be on a 30 dollar order",
        "ok and what does it cost for a $45 basket",
        "how much is that?",
        "so what's the extra charge?",
    ],
)
def test_what_it_costs_is_asked_in_few_words_of_an_amount(said):
    assert asks_what_it_costs(said)
