"""Amounts that are sizes, the cold that a thing must bear, what somebody cannot stand, another kind in place of one."""

import pytest

from assistant.conversation.answers.sizing import of_amount
from assistant.conversation.measures import amount_fits
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.language import plain
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.needs import unbearable
from assistant.conversation.state import Measure, Wish


@pytest.mark.parametrize(
    ("message", "sizes", "meant"),
    [
        ("28公分的煎锅", ("20 cm", "24 cm", "28 cm"), ("28 cm",)),
        ("咖啡豆1公斤装的", ("250 g", "1 kg"), ("1 kg",)),
        ("花盆直径30厘米", ("Ø 15 cm", "Ø 30 cm"), ("Ø 30 cm",)),
        ("coffee beans, 1 kilo", ("250 g", "1 kg"), ("1 kg",)),
        ("狗窝60厘米的", ("S, 60 cm", "M, 80 cm"), ("S, 60 cm",)),
    ],
)
def test_an_amount_that_things_come_in_is_their_size(message, sizes, meant):
    wish = of_amount(Wish(must_haves=tuple(must for must, _, _ in must_haves(message))), sizes)
    assert wish.options["size"] == meant and not wish.must_haves


@pytest.mark.parametrize(("message", "sizes"), [("40公分的砧板", ("40 × 28 cm",)), ("26公分的锅", ("24 cm", "28 cm"))])
def test_an_amount_that_nothing_comes_in_stays_what_a_thing_must_have(message, sizes):
    wish = Wish(must_haves=tuple(must for must, _, _ in must_haves(message)))
    assert wish.must_haves and of_amount(wish, sizes) == wish


@pytest.mark.parametrize(
    ("message", "degrees"),
    [
        ("零下5度能用的睡袋", -5.0),
        ("零度左右能睡的", 0.0),
        ("负十度也不冷的", -10.0),
        ("a sleeping bag good down to -5 degrees", -5.0),
        ("a bag for minus 8 degrees", -8.0),
    ],
)
def test_the_cold_that_a_thing_must_bear_is_read(message, degrees):
    (must,) = [must for must, _, _ in must_haves(plain(message)) if must.measure and must.measure.unit == "degree"]
    assert must.measure.high == degrees and "舒适温度" in must.forms


@pytest.mark.parametrize("message", ["60度机洗的毛巾", "wash at 30 degrees", "控温80度的水壶", "30 °C 机洗"])
def test_warmth_is_no_cold_to_bear(message):
    assert not [must for must, _, _ in must_haves(message) if must.measure and must.measure.unit == "degree"]


def test_a_record_tells_the_cold_by_its_sign():
    freezing = Measure(unit="degree", high=0.0)
    assert [amount_fits(freezing, text) for text in ("-6 °C", "4 °C", "0.9 kg")] == [True, False, None]


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("我乳糖不耐受，想吃巧克力", "乳糖"),
        ("一喝牛奶就拉肚子", "牛奶"),
        ("chocolate for my lactose intolerant son", "lactose"),
    ],
)
def test_what_somebody_cannot_stand_is_no_less_than_an_allergy(message, cause):
    assert [span.value for span in unbearable(message)] == [cause]


def test_that_it_can_be_eaten_is_no_feature():
    assert not must_haves("有没有能吃的巧克力") and content("算了，要两件") == []


@pytest.mark.parametrize("message", ["黑色系的双肩包", "红色系双肩包", "黑色双肩包有吗"])
def test_a_range_of_colours_is_a_colour(talk, message):
    assert talk.say(message).understood.constraints["options"]["color"]


@pytest.mark.parametrize("message", ["换成茶叶吧", "还是换成茶叶", "switch to tea"])
def test_another_kind_in_place_of_those_shown_exchanges_nothing(talk, message):
    talk.say("backpacks" if message.isascii() else "双肩包")
    assert "Tea" in talk.say(message).understood.constraints["categories"]
