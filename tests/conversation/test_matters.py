"""Questions about the rules in everyday words: which matter they ask about, and which rule answers them."""

from types import SimpleNamespace

import pytest

from assistant.conversation.answers import Asked
from assistant.conversation.answers.ruled import as_rule
from assistant.conversation.reading import matters
from assistant.conversation.reading.sections import sections
from assistant.conversation.reading.teaching_matters import taught
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding
from assistant.store.principal import GUEST
from index.embed import EmbedSettings
from index.embed.default import open_multilingual


@pytest.fixture(scope="module")
def embedder(weights_dir):
    return open_multilingual(EmbedSettings(weights=weights_dir, threads=1))


def test_the_layer_that_ships_learned_the_phrases_as_they_are():
    told = "matters.txt changed: run python -m assistant.conversation.reading.teaching_matters WEIGHTS_FOLDER"
    assert matters.layer().taught == taught(), told


def test_every_matter_has_phrases_in_both_languages_and_a_chinese_name():
    written, _ = sections(matters.PHRASES)
    named = {matter for matter, _ in written}
    assert {(matter, language) for matter in named for language in ("en", "zh")} == set(written)
    assert all(HAN.search(matters.called(matter, "zh")) for matter in named - {matters.NONE, "cookies"})


ASKED = [
    ("my sister hated her present, would you have it back?", "how long you have to return an item"),
    ("who foots the bill if i post it back", "what a return costs"),
    ("once it's back with you, how soon is the cash in my bank", "when the refund is paid and how"),
    ("is it risky to put my visa details in here", "safety of card data"),
    ("could i pay a bit every month", "payment in instalments"),
    ("could you stitch grandad's initials on the towel", "engraving and personalised items"),
    ("one seam gave way in spring, would you do something about it", "what the warranty covers and does not cover"),
    ("what if i'm at the office when the driver rings", "delivery when nobody is at home"),
    ("i can't put down 400 at once, could i spread it", "payment in instalments"),
    ("target sells the very same lamp for less, would you do that price", "price match"),
    ("my voucher is two years old, still any good", "gift cards"),
    ("不喜欢的话多久以内可以退给你们", "how long you have to return an item"),
    ("我的资料你们会不会拿去卖钱", "what personal data is used for, and that it is not sold"),
    ("钱大概几天能回到我卡里", "when the refund is paid and how"),
    ("可以一个月付一点吗", "payment in instalments"),
]


def test_most_questions_in_everyday_words_are_of_their_matter(embedder):
    found = [matters.asked(message, embedder)[0] == matter for message, matter in ASKED]
    assert sum(found) >= 0.8 * len(found)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "do you post to my aunt in canada, and can i pay in instalments?",
            {"where we deliver", "payment in instalments"},
        ),
        (
            "who pays if i send it back? and when is my money refunded",
            {"what a return costs", "when the refund is paid and how"},
        ),
        ("can i pay with paypal and a gift card?", set()),
    ],
)
def test_a_message_may_ask_about_two_matters(embedder, message, asked):
    found = matters.asked_each(message, embedder)
    assert not asked or {matter for matter, _ in found} == asked
    assert asked or len(found) < 2
    assert all(clause in message for _, clause in found)


@pytest.mark.parametrize(
    ("intent", "message", "ruled", "becomes"),
    [
        ("find", "saw the same kettle for less in town, will you match it?", 0.99, "ask_policy"),
        ("refine", "what if she's walked round the garden in them", 0.9, "ask_policy"),
        ("smalltalk", "how are you?", 0.9, "smalltalk"),
        ("refine", "大的送上楼吗", 0.95, "ask_policy"),
        ("find", "saw the same kettle for less in town, will you match it?", 0.5, "find"),
        ("cart_add", "add it, and how long does delivery take?", 0.99, "cart_add"),
        ("find", "a tent for canada", 0.99, "find"),
    ],
)
def test_what_surely_asks_for_a_rule_does_so_whatever_it_reads_like(intent, message, ruled, becomes):
    found = Understanding(message=message, language="en", intent=intent, matter="price match", ruled=ruled)
    sources = SimpleNamespace()
    asked = Asked(found=found, state=State(), sources=sources, session_id="s", principal=GUEST)
    assert as_rule(asked).found.intent == becomes


@pytest.mark.parametrize(
    "message",
    [
        "where has my parcel got to",
        "looking for a warm hat",
        "will it snow on sunday",
        "给爸爸买个保温杯",
        "今晚下雨吗",
    ],
)
def test_what_asks_for_no_rule_is_of_no_matter(embedder, message):
    assert matters.asked(message, embedder) == ("", 0.0)


def test_without_the_embedder_of_the_layer_no_matter_is_known():
    assert matters.asked("how do I return something?", None) == ("", 0.0)
