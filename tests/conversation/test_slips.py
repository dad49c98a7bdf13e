"""Badly typed wishes are read as they were meant, and brands are taken for what they are."""

import pytest

from assistant.conversation.reading.slips import meant, unspaced

KNOWN = ["rucksack", "kestrel", "backpack", "blazer"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I waer eize M", "I wear size M"),
        ("at leat 4 stxrs", "at least 4 stars"),
        ("a ruckasck in plive wiht pockets", "a rucksack in olive with pockets"),
        ("the price doesnt matter, whats it made of", "the price doesnt matter, whats it made of"),
        ("a sleeve for my Lenovo, mail me at jon@exmaple.com", "a sleeve for my Lenovo, mail me at jon@exmaple.com"),
        ("ineedablazerinsize48under$90", "i need a blazer in size 48 under $90"),
    ],
)
def test_what_no_dictionary_knows_is_read_as_the_nearest_word_of_a_wish(typed, read):
    assert meant(typed, KNOWN) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("想 买 双 肩 包 ，不 要 红 色", "想买双肩包，不要红色"),
        ("双肩包 防水的 黑色", "双肩包 防水的 黑色"),
        ("a red bag", "a red bag"),
    ],
)
def test_spaces_after_every_character_mean_nothing(typed, read):
    assert unspaced(typed) == read


def test_a_badly_typed_wish_finds_what_was_meant(talk):
    assert set(talk.say("baclpacks thatt are waterproff").ids) == {"BP1", "BP4"}


def test_names_and_addresses_are_left_as_they_are(talk):
    reply = talk.say("change the adress of order R-10423 to 12 Birkenweg")
    assert "birkenweg" not in reply.text.lower() or "Birkenweg" in reply.text


def test_a_brand_that_has_no_such_thing_is_named_and_others_are_shown(talk):
    reply = talk.say("a backpack by Mossley")
    assert "Mossley" in reply.text and set(reply.ids) >= {"BP1", "BP2"}


def test_what_is_sold_out_is_shown_after_what_can_be_had(talk):
    ids = talk.say("backpacks").ids
    assert ids[-1] == "BP4"


def test_three_letters_that_nobody_knows_are_no_slip_of_a_feature():
    assert meant("sunscreen spf 50", ["sunscreen"]) == "sunscreen spf 50"
