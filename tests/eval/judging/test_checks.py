"""Checks without a model: each finds what is planted, and lets through what shops say."""

import pytest

from eval.judging.cases import labelled
from eval.judging.checks import check, plain_turn
from eval.judging.script import language_of, wrongly_written


def card(**changed):
    known = {"product_id": "P1", "title": "Halden Clip Lamp", "brand": "Halden", "price_minor": 2450}
    return known | {"price_text": "$24.50", "in_stock": True, "rating": 4.5} | changed


def turn(*texts, message="a lamp under $50, please", **changed):
    sentences = [{"text": t, "by": "model", "subject": "P1", "sources": ["product:P1#price"]} for t in texts]
    known = plain_turn(message, "", "en") | {"sentences": sentences, "trace": {"reply_ms": 5}}
    return known | {"cards": [card()], "constraints": {"price_max_minor": 5000}} | changed


def failed(kept, **given):
    return {score.name: score.explanation for score in check(kept, **given) if not score.value}


def test_a_good_turn_passes_every_check():
    found = check(turn("The Halden Clip Lamp costs $24.50.", "It is in stock!"))
    assert [score.name for score in found if not score.value] == []
    assert {score.name for score in found} == {
        f"check.{name}" for name in ("format", "repeats", "language", "evidence", "constraints", "state")
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "says nothing"),
        ("...", "says nothing"),
        ("It costs {price}.", "template"),
        ("Hello {{ name }}.", "template"),
        ("The price is None.", "a value that is none"),
        ("It costs $nan.", "a value that is none"),
        ("It is **great**.", "markup"),
        ("See [this](http://x.y).", "markup"),
        ("It is <b>red</b>.", "a tag"),
        ("It is red.<|im_end|>.", "control token"),
        ("Assistant: it is red.", "speaker"),
        ("It is \ufffd red.", "cannot be shown"),
        ("It is\x07 red.", "cannot be shown"),
        ("It is red and", "without an end"),
        ("It is " + "very " * 90 + "red.", "characters"),
    ],
)
def test_malformed_sentences_are_found(text, why):
    assert why in failed(turn(text))["check.format"]


@pytest.mark.parametrize(
    "text",
    [
        "None of these is waterproof.",
        "There are none.",
        "One buyer writes: “Came out as new”",
        "One buyer writes: “Came out as good as new.”",
        "Nordvik 路口系列 亚麻修身西装外套，材质 100%亚麻，价格 $328.90。",
        "👨‍👩‍👧 It sleeps 3 persons (4-season)!",
        "5 < 6 and 7 > 3.",
        "Added to your cart: 1 × Copperpot Polaris Red Wine Glasses in a Set of 4.",
    ],
)
def test_what_shops_say_is_well_formed(text):
    assert "check.format" not in failed(turn(text))


def test_a_sentence_said_twice_is_found():
    assert "said 2 times" in failed(turn("It is in stock.", "It  is IN stock."))["check.repeats"]


@pytest.mark.parametrize(
    ("message", "text", "wrong"),
    [
        ("is it red?", "It is red.", False),
        ("is it red?", "它是红色的。", True),
        ("是红色的吗", "它是红色的。", False),
        ("是红色的吗", "Yes, it comes in red.", True),
        ("是红色的吗", "Halden Clip Lamp是红色的。", False),  # a title is a title in any language
        ("买过的人怎么说", "一位买家写道：“Still looks new after several washes.”", False),
        ("这个 USB 充电吗", "支持 USB-C 充电。", False),
        ("is it red?", "The Halden 路口系列折叠台灯 lamp is red, and it is in stock now.", False),
        ("我的订单呢", "订单 R-1（1 × Mossley Cherry Tomato Seeds、1 × Greenspade Basil Seeds）：已收到。", False),
    ],
)
def test_replies_are_in_the_language_of_the_message(message, text, wrong):
    assert ("check.language" in failed(turn(text, message=message))) == wrong


def test_a_mixed_message_may_be_answered_in_the_language_that_was_understood():
    mixed = "have you got 防水雨靴 in my size, please?"
    assert language_of("translate into English: 全场免费") == language_of("M码") == language_of("") == ""
    assert failed(turn("Yes, we have them in size 38.", message=mixed)) == {}
    assert "check.language" in failed(turn("Yes, we have them in size 38.", message=mixed, language="zh"))
    assert not wrongly_written("$24.50", "zh")


def test_sources_are_cited_and_are_there():
    said = {"text": "It is red.", "by": "model", "subject": "P1", "sources": []}
    assert "no source" in failed(turn(sentences=[said]))["check.evidence"]
    assert "no source" not in failed(turn(sentences=[said | {"subject": ""}])).get("check.evidence", "")
    assert failed(turn(sentences=[said | {"text": "Our record of it does not say anything about “taste”."}])) == {}
    assert "names no record" in failed(turn(sentences=[said | {"sources": ["somewhere"]}]))["check.evidence"]
    assert "not of 'P1'" in failed(turn(sentences=[said | {"sources": ["product:P2#color"]}]))["check.evidence"]
    gone = failed(turn("It is red."), resolves=lambda source: False)
    assert "names no record" in gone["check.evidence"]


@pytest.mark.parametrize(
    ("asked", "shown", "why"),
    [
        ({"price_max_minor": 2000}, {}, "above the limit of 20.00"),
        ({"price_max_minor": 2000}, {"price_minor": None}, "above the limit"),
        ({"price_min_minor": 3000}, {}, "below the least"),
        ({"rating_min": 4.8}, {}, "below 4.8"),
        ({"in_stock": True}, {"in_stock": False}, "not in stock"),
        ({"brands": ["Lumiq"]}, {}, "of 'Halden', not of lumiq"),
        ({"brands": ["HALDEN"], "price_max_minor": 2450, "rating_min": 4.5, "in_stock": True}, {}, ""),
    ],
)
def test_cards_meet_what_was_asked_for(asked, shown, why):
    kept = turn("It is red.", constraints=asked, cards=[card(**shown)])
    assert (why in failed(kept)["check.constraints"]) if why else failed(kept) == {}


def test_a_condition_that_is_said_to_be_unmet_is_no_fault():
    kept = turn(constraints={"price_max_minor": 2000})
    kept["sentences"] = [
        {"text": "Nothing costs under $20; this is the nearest.", "by": "notice", "subject": "", "sources": []}
    ]
    assert failed(kept) == {}


def test_a_turn_ends_and_shows_something():
    assert "no end" in failed(turn("It is red.", trace={}))["check.state"]
    assert "nothing was said" in failed(turn(cards=[]))["check.state"]
    assert "silent" in failed(turn(handoff={"text": " "}))["check.state"]
    assert "without words" in failed(turn(proposed={"text": ""}))["check.state"]
    cart = {"lines": [{"title": "Halden Clip Lamp", "quantity": 0}], "total_text": "$0.00"}
    assert "0 of 'Halden Clip Lamp'" in failed(turn(cart=cart))["check.state"]


def test_of_the_labelled_set_checks_refuse_the_wrong_language_alone():
    """What else is wrong there needs somebody who reads."""
    for line in labelled():
        found = failed(plain_turn(line["message"], line["reply"], line["language"]))
        assert list(found) == (["check.language"] if line["fault"] == "wrong_language" else []), line["id"]
