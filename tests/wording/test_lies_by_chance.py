"""Default deny, tried with chance: whatever amount, word or colour is put in, only what the evidence holds passes."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.wording.evidence import Fact, Subject
from assistant.wording.lexicon import lexicon, stem
from assistant.wording.verify import verify

NOUNS = [
    "charger",
    "handle",
    "mirror",
    "wheel",
    "engine",
    "pillow",
    "battery",
    "clock",
    "speaker",
    "magnet",
    "whistle",
    "compass",
    "lantern",
    "kettle",
    "sensor",
    "filter",
    "antenna",
    "motor",
]
CLAIMS = [
    "waterproof",
    "organic",
    "certified",
    "unbreakable",
    "antibacterial",
    "wireless",
    "fireproof",
    "genuine",
    "ergonomic",
    "foldable",
    "patented",
    "imported",
    "leakproof",
    "odourless",
    "silent",
]
CHINESE = [
    "防水",
    "有机",
    "认证",
    "无线",
    "防火",
    "正品",
    "折叠",
    "专利",
    "进口",
    "防漏",
    "静音",
    "抗菌",
    "速干",
    "保暖",
    "护眼",
    "省电",
    "环保",
    "婴儿",
    "终身",
    "免费",
]


def lamp(price="24.50", colour="Black", weight="340 g"):
    return Subject(
        "1",
        "product",
        "Halden Clip Lamp",
        (
            Fact("price", "Price", f"${price}", "p"),
            Fact("color", "Color", colour, "c"),
            Fact("weight", "Weight", weight, "w"),
            Fact("rating", "Rating", "4.6 out of 5", "r"),
        ),
    )


@given(st.decimals(0, 999, places=2), st.decimals(0, 999, places=2))
def test_only_the_price_is_the_price(price, said):
    problems = verify(f"The Halden Clip Lamp costs ${said}.", lamp(str(price)), language="en")
    assert (problems == ()) == (price == said)


@given(st.integers(1, 2000), st.integers(1, 2000), st.sampled_from(["g", "kg", "oz", "lb", "克", "斤"]))
def test_only_the_weight_is_the_weight(weight, said, unit):
    grams = {"g": 1, "kg": 1000, "oz": Decimal("28.349523125"), "lb": Decimal("453.59237"), "克": 1, "斤": 500}[unit]
    problems = verify(f"It weighs {said} {unit}.", lamp(weight=f"{weight} g"), language="en")
    if not problems:
        assert abs(said * grams - weight) <= Decimal("0.0061") * weight


@given(st.sampled_from(sorted(lexicon("en").colours)))
@settings(deadline=None)
def test_only_its_colour_is_its_colour(colour):
    problems = verify(f"The Halden Clip Lamp comes in {colour}.", lamp(), language="en")
    assert (problems == ()) == (colour == stem("black"))


@given(
    st.sampled_from(CLAIMS),
    st.sampled_from(["It is {0}.", "A nice {0} lamp.", "For your home, it is {0}.", "It is a great choice and {0}."]),
)
@settings(deadline=None)
def test_no_invented_property(claim, form):
    assert verify(form.format(claim), lamp(), language="en", ask=f"a {claim} lamp for my home")


@given(st.sampled_from(NOUNS))
@settings(deadline=None)
def test_no_invented_part(noun):
    assert verify(f"The Halden Clip Lamp comes with a {noun}.", lamp(), language="en")


@given(st.sampled_from(CHINESE), st.sampled_from(["它{0}。", "推荐这款{0}台灯。", "这款台灯很好，还{0}。"]))
@settings(deadline=None)
def test_no_invented_property_in_chinese(claim, form):
    subject = Subject("1", "product", "哈登夹式台灯", (Fact("price", "价格", "$24.50", "p"),))
    assert verify(form.format(claim), subject, language="zh", ask=f"{claim}的台灯")


@pytest.mark.parametrize("form", ["It costs {0}.", "It is {0}.", "Now {0}!", "Yours at {0}."])
@given(
    st.sampled_from(
        ["twenty dollars", "half price", "$20", "20 bucks", "$24", "€24.50", "two for one", "10% off", "nothing"]
    )
)
def test_no_other_price_however_it_is_said(form, price):
    assert verify(form.format(price), lamp(), language="en")
