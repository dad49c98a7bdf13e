"""Questions about how a shop does things: a guest is told the rule, the right paragraph, or that no rule says so."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.conversation.parts import Question
from assistant.service.policies import Policies
from assistant.store.database import open_database

DEMO = Path(str(files("assistant.demo"))) / "policies"
SILENT = {
    "en": "Our policies do not say anything about that. "
    "Our team can tell you: ask for a person, and somebody answers here.",
    "zh": "我们的政策里没有提到这一点。 可以问我们的客服：说一声“转人工”，就有人在这里回复您。",
}


@pytest.fixture(scope="module")
def shop_of_rules(hall, untouched, engine, tmp_path_factory):
    """A shop with the demo store's rules, which changes orders for whoever it knows."""
    folder = shutil.copytree(untouched, tmp_path_factory.mktemp("rules") / "shop")
    database = open_database("", folder)
    Policies(database).import_folder(DEMO)
    conversation, index, other = hall.opened(folder, engine, rules=DEMO / "rules.toml")
    yield conversation
    index.close()
    other.dispose()
    database.dispose()


@pytest.fixture
def guest(hall, shop_of_rules, request):
    return hall.Talk(shop_of_rules, request.node.name)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("what is your return policy?", "30 days"),
        ("If I buy a present now, can it be returned after Christmas?", "30 days"),
        ("until when can I return something I bought in October?", "30 days"),
        ("do you take returns?", "30 days"),
        ("can I return it without the tags?", "labels on"),
        ("when do you take the money from my credit card?", "authorised"),
        ("do you accept bitcoin?", "PayPal"),
        ("can I have everything deleted?", "delete your data"),
        ("does Amazon count for the price match?", "marketplaces"),
        ("我买的东西不喜欢可以退吗", "30天"),
        ("你们支持退货吗", "30天"),
        ("拆开了还能退不", "退货"),
        ("可以刷信用卡吗", "Visa"),
        ("退货要自己出运费吗", "3.95"),
    ],
)
def test_guests_are_told_the_rule_without_signing_in(guest, message, said):
    reply = guest.say(message)
    assert said in reply.text and not reply.of(Question)


@pytest.mark.parametrize(
    "message",
    ["cancel my order", "where is my parcel?", "I want to return the lamp I bought", "我要退货", "我的快递到哪了"],
)
def test_who_wants_an_order_of_theirs_looked_at_is_asked_who_they_are(guest, message):
    assert guest.say(message).of(Question)


@pytest.mark.parametrize(
    ("message", "said", "never"),
    [
        ("how long does delivery to Japan take?", "7 to 14", "3 to 5"),
        ("what does it cost me to have things sent to Australia?", "$14.95", " $4.95"),
        ("how much is shipping to Toronto", "$14.95", " $4.95"),
        ("what does shipping cost to Boston?", "$4.95", "kerb"),
        ("do you deliver to Taiwan?", "Hong Kong", "$14.95"),
        ("寄到北京多少钱", "14.95", "运费4.95"),
        ("寄到日本要多久", "7至14", "3至5"),
    ],
)
def test_what_is_sent_abroad_has_a_rule_of_its_own(guest, message, said, never):
    text = guest.say(message).text
    assert said in text and never not in text


def test_what_goes_on_keeps_the_country_and_takes_an_amount_for_what_an_order_comes_to(guest):
    guest.say("how much is shipping to Canada?")
    assert "$150 or more" in guest.say("so for 160 dollars?").text
    guest.say("how much is shipping?")
    assert "$50 or more" in guest.say("my basket would be 48 dollars with everything").text


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("can I pick up my order myself instead?", "en"),
        ("do you have a membership?", "en"),
        ("have you got a physical store in Boston I could visit", "en"),
        ("do you plant trees or use recycled packaging?", "en"),
        ("what are your opening hours?", "en"),
        ("do students get something off with a student discount?", "en"),
        ("你们有会员吗", "zh"),
        ("积分怎么用", "zh"),
        ("你们有实体店吗", "zh"),
        ("可以到店自提吗", "zh"),
    ],
)
def test_what_no_rule_speaks_of_is_said_so(guest, message, language):
    assert guest.say(message).text == SILENT[language]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("i bought this lamp 10 days ago and now it's on sale", "store credit"),
        ("the item was on sale a day after i bought it", "store credit"),
        ("saw the same lamp cheaper on ebay, will you match it?", "marketplaces"),
        ("刚买就降价了", "购物余额"),
    ],
)
def test_a_price_that_fell_is_a_matter_of_the_rules(guest, message, said):
    assert said in guest.say(message).text


@pytest.mark.parametrize("message", ["how long does the battery last", "what colours?", "how heavy", "重量呢"])
def test_after_products_what_asks_of_a_thing_gets_no_rule(guest, message):
    guest.say("a desk lamp" if message.isascii() else "台灯")
    assert guest.say(message).intent not in ("ask_policy", "service")


def test_no_first_message_goes_on_about_an_order(guest):
    assert guest.say("where is my data stored?").intent == "ask_policy"


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("what is your return policy?", "and who pays the postage?", "$3.95"),
        ("how long does a refund take?", "which account does it go to?", "payment method you used"),
        ("what happens if something arrives damaged?", "who pays the delivery in that case?", "all delivery costs"),
        ("你们怎么退货", "运费谁付", "3.95"),
        ("退款要几天到账", "退到哪里", "原来的支付方式"),
        ("寄到日本要多久", "那运费呢", "14.95"),
        ("do you deliver to Norway?", "what about Ireland", "European Union"),
    ],
)
def test_who_pays_and_where_money_goes_is_asked_of_what_was_just_told(guest, first, then, said):
    guest.say(first)
    assert said in guest.say(then).text


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("before I order: would you take the kettle back if my wife hates it", "30 days"),
        ("你好，想问下你们发货到新加坡吗，多久能到", "7至14"),
    ],
)
def test_what_may_come_to_be_is_asked_of_the_rules(guest, message, said):
    assert said in guest.say(message).text
