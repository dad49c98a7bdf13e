"""What is refused, alone or joined to something else; what is there already; what will do as well."""

import pytest

from assistant.conversation.reading.barring import barred
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.must_haves import must_haves
from index.catalogue import Vocabulary

LEXICON = Lexicon(
    Vocabulary(
        categories={"Tents": 3, "Camping": 9},
        options={"color": {"Black": 3, "Brown": 3, "White": 3}},
        forms={"黑色": "Black", "棕色": "Brown", "白色": "White", "帐篷": "Tents", "露营": "Camping"},
    )
)


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("不要黑色和棕色", ["黑色", "棕色"]),
        ("除了黑色、棕色", ["黑色", "棕色"]),
        ("黑色和棕色都不要", ["黑色", "棕色"]),
        ("黑色或者棕色不考虑", ["黑色", "棕色"]),
        ("不要黑色，要棕色的", ["黑色"]),
        ("黑色的也不要，白色的可以", ["黑色"]),
        ("黑色和棕色都行", []),
        ("只要不是黑色就行", ["黑色"]),
        ("是不是黑色的", []),
        ("帐篷就不用了", ["帐篷"]),
        ("他已经有帐篷了，别推帐篷", ["帐篷", "帐篷"]),
        ("she already has plenty of tents", ["tents"]),
        ("not black or brown", ["black", "brown"]),
        ("black or brown please", []),
    ],
)
def test_what_is_refused_together_is_refused_each(message, refused):
    assert [span.value for span in barred(message, LEXICON)] == refused


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("棉的或者亚麻的都行", 1),
        ("棉或者亚麻的连衣裙", 1),
        ("真皮的和帆布的都可以", 1),
        ("不锈钢或者玻璃的都可以", 1),
        ("cotton or linen dress", 1),
        ("棉的 可机洗", 2),
        ("a cotton dress with linen lining", 2),
    ],
)
def test_one_of_several_will_do_where_it_is_said(message, wanted):
    assert len(must_haves(message)) == wanted


@pytest.mark.parametrize(
    ("first", "second", "ids"),
    [
        ("尼龙双肩包", "换成头层牛皮的", {"BP2"}),
        ("nylon backpack", "vegan leather instead", {"BP3"}),
        ("人造革双肩包", "尼龙的也行", {"BP1", "BP3", "BP4"}),
        ("nylon backpack", "vegan leather is fine too", {"BP1", "BP3", "BP4"}),
    ],
)
def test_another_material_takes_the_place_of_the_one_before(talk, first, second, ids):
    talk.say(first)
    assert set(talk.say(second).ids) == ids


@pytest.mark.parametrize("message", ["黑色和绿色都不要", "not black or green", "除了黑的和绿的"])
def test_both_colours_are_kept_out(talk, message):
    talk.say("backpacks")
    reply = talk.say(message)
    assert "BP4" not in reply.ids and reply.ids
    assert not any("Black" in str(card.options) or "Green" in str(card.options) for card in reply.cards)


def test_what_somebody_has_already_is_not_shown_again(talk):
    assert talk.say("backpacks").ids
    reply = talk.say("她已经有双肩包了，看看别的")
    assert reply.ids == ["WAL"]


@pytest.mark.parametrize("message", ["钱包或者夹克", "a wallet or a jacket"])
def test_either_of_two_kinds_will_do(talk, message):
    assert set(talk.say(message).ids) == {"WAL", "JKT"}


@pytest.mark.parametrize("message", ["双肩包 红色或者绿色", "双肩包 绿色或红色的", "a red or green backpack"])
def test_either_of_two_colours_will_do(talk, message):
    assert set(talk.say(message).understood.constraints["options"]["color"]) >= {"Red", "Green"}


@pytest.mark.parametrize("message", ["尼龙的不要", "帆布的和尼龙的都不要"])
def test_what_is_refused_behind_its_name_is_kept_out(talk, message):
    talk.say("双肩包")
    assert not {"BP1", "BP4"} & set(talk.say(message).ids)
