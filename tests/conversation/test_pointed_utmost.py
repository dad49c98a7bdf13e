"""The one with the most of something, bounds without a unit, a waist, and a walnut colour."""

import pytest

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.references import references
from assistant.conversation.reading.sizes import in_centimetres


@pytest.mark.parametrize("message", ["最轻那款多少克", "最大那个多重", "最亮那盏多少钱"])
def test_the_one_with_the_most_is_pointed_at_without_a_particle(message):
    assert [one.which for one in references(message)] == ["one"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("挂钟，直径三十以上", "挂钟，直径三十厘米以上"),
        ("花瓶 高20以上", "花瓶 高20厘米以上"),
        ("宽度80以内的", "宽度80厘米以内的"),
        ("背包 100以上", "背包 100以上"),
        ("温度30以上", "温度30以上"),
    ],
)
def test_a_bound_of_a_length_is_meant_in_centimetres(message, said):
    assert in_centimetres(message) == said


def test_what_does_not_tick_is_quiet():
    assert "quiet" in {form for must, _, _ in must_haves("挂钟，别滴答响") for form in must.forms}


def test_walnut_is_a_colour_of_its_own():
    assert colours()["walnut"].means("Walnut") and not colours()["walnut"].means("Tan")
