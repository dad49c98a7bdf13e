"""The portrait in the chat: what is told is noted, used at once, said as a reason, and stands below the message."""

from datetime import UTC, datetime

import pytest

from assistant.conversation.answers.seeking import ranked
from assistant.conversation.state import Wish
from assistant.conversation.suiting import suited
from assistant.people.portrait import Evidence, Line, Portrait
from index.query import Hit

AT = datetime(2026, 6, 1, tzinfo=UTC)


def line(key, value, strength=1.0, origin="stated"):
    return Line(key=key, value=value, strength=strength, origin=origin, evidence=(Evidence("said", 1, AT),))


def found(hall, *ids, wish=None):
    products = [hall.products[id_] for id_ in ids]
    hits = [Hit(p, tuple(v.id for v in p.variants), 1.0) for p in products]
    return ranked(hits, wish or Wish(text="thing"), "en")


def order(hall, *ids, lines, wish=None):
    judged = suited(found(hall, *ids, wish=wish), Portrait(person="customer:x", lines=tuple(lines)), wish or Wish())
    return [one.candidate.hit.product.id for one in judged]


def test_a_taste_moves_a_product_up_but_not_to_the_top_of_everything(hall):
    ids = ["LMP", "WAL", "JUI", "TEA", "JKT", "TOY"]
    moved = order(hall, *ids, lines=[line("brand", "Pip")])
    assert 0 < moved.index("TOY") < ids.index("TOY") and [one for one in moved if one != "TOY"] == ids[:-1]


def test_a_weak_taste_moves_less(hall):
    ids = ["LMP", "TOY", "WAL", "JUI", "JKT"]
    assert order(hall, *ids, lines=[line("brand", "Tarn", 0.2, "observed")]) == ids


def test_what_contradicts_what_was_said_goes_last(hall):
    assert order(hall, "WAL", "LMP", "TOY", lines=[line("avoid", "leather", -1.0)])[-1] == "WAL"
    assert order(hall, "WAL", "LMP", "TOY", lines=[line("diet", "vegan")])[-1] == "WAL"


def test_what_is_only_observed_bars_nothing(hall):
    assert order(hall, "WAL", "LMP", "TOY", lines=[line("avoid", "leather", -1.0, "observed")])[0] == "WAL"


def test_the_message_stands_above_the_portrait(hall):
    ids = ["LMP", "TOY", "WAL", "JUI", "JKT"]
    assert order(hall, *ids, lines=[line("brand", "Tarn")], wish=Wish(brands=("Halden",))) == ids
    assert order(hall, *ids, lines=[line("brand", "Tarn")], wish=Wish(sort="price_low"))[-1] == "JKT"


def test_the_variant_of_ones_own_size_and_colour_is_offered(hall):
    candidates = found(hall, "JKT")
    portrait = Portrait(person="customer:x", lines=(line("size", "L"), line("color", "red")))
    variant = suited(candidates, portrait, Wish())[0].candidate.variant
    assert variant.options == {"color": "Red", "size": "L"}


def test_what_is_told_is_noted_and_used_in_the_same_breath(talk):
    assert "Noted: vegan" in talk.say("I am vegan").text
    assert talk.say("a wallet").cards[0].why.startswith("Against what you told us: vegan")


def test_what_is_told_orders_anew_what_was_looked_for(talk):
    talk.say("a rain jacket")
    reply = talk.say("I like red, and my size is L")
    assert "Noted" in reply.text and reply.cards[0].options == {"color": "Red", "size": "L"}


def test_a_request_that_tells_is_answered_too(talk):
    reply = talk.say("I'm vegan, show me backpacks")
    assert "Noted: vegan" in reply.text and reply.ids


def test_it_is_said_in_the_shoppers_language(talk):
    assert "记下了：尺码 L" in talk.say("我穿L码").text


def test_nobody_elses_portrait_is_touched(shop, hall):
    hall.Talk(shop, "told-by-mei", hall.mei).say("I am vegan")
    assert not hall.Talk(shop, "asked-by-tom", hall.tom).say("a wallet").cards[0].why.startswith("Against")


@pytest.mark.parametrize("message", ["I like the second one", "my dad is vegan"])
def test_what_only_sounds_like_it_is_not_noted(talk, message):
    assert "Noted" not in talk.say(message).text


def test_what_one_is_not_interested_in_is_left_out_unless_nothing_else_is_there(hall):
    portrait = Portrait(person="customer:x", barred=frozenset({"LMP"}))
    left = [one.candidate.hit.product.id for one in suited(found(hall, "LMP", "TOY"), portrait, Wish())]
    alone = [one.candidate.hit.product.id for one in suited(found(hall, "LMP"), portrait, Wish())]
    assert left == ["TOY"] and alone == ["LMP"]
