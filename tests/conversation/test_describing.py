"""Sentences that say how what is wished for must be: they go on with the wish in force."""

from collections import Counter

import pytest

from assistant.conversation.reading import traits
from assistant.conversation.reading.describing import named_aside, says_how
from assistant.conversation.reading.heads import head, things
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.packs import unpacked
from assistant.conversation.reading.term import Found, Term
from index.catalogue import Vocabulary

LEXICON = Lexicon(Vocabulary(categories={"Backpacks": 4}))


@pytest.mark.parametrize(
    "message",
    [
        "it has to fit under my seat",
        "must be easy to clean",
        "I want to hang it on the wall",
        "we'd use it at the beach",
        "my wife wears 38",
        "not red, she hates it",
        "and a green one as well",
        "as light as possible",
        "actually it's for my dad",
        "还要能放进洗碗机",
        "something fruity",
        "I sleep on my side and want something firm",
        "one that keeps tea hot for 6 hours",
        "it'll be in the kitchen so it has to be washable",
        "we need it for parties, and it should be loud",
    ],
)
def test_a_sentence_about_the_thing_says_how_it_must_be(message):
    assert says_how(message.lower())


@pytest.mark.parametrize(
    "message",
    [
        "I want to buy a lamp",
        "I need a lamp",
        "I have to return it",
        "no thanks",
        "something is broken",
        "not now",
        "not that one",
        "none of these",
        "no more",
        "it should be refunded by now",
        "it has to arrive tomorrow",
        "is it heavy?",
        "does it have to be charged?",
        "可以退货吗",
        "能便宜点吗",
    ],
)
def test_a_new_wish_or_a_question_does_not(message):
    assert not says_how(message.lower())


def test_what_a_thing_is_to_go_with_is_not_wished_for():
    said = "it has to go with my lamp"
    assert named_aside(said, said.index("lamp"))
    assert not named_aside("it should be a lamp", len("it should be a "))


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("not red please, she hates it", {"BP1", "BP2", "BP3", "BP4"}),
        ("it has to be a green one", {"BP3", "BP4"}),
        ("my sister wants it in green", {"BP3", "BP4"}),
        ("nope too expensive, whats the cheapest", {"BP1", "BP2", "BP3", "BP4"}),
    ],
)
def test_it_goes_on_with_the_wish_in_force(talk, message, ids):
    talk.say("a backpack")
    reply = talk.say(message)
    assert (reply.intent, set(reply.ids)) == ("refine", ids)


@pytest.mark.parametrize("message", ["never mind", "forget it", "算了"])
def test_what_only_lets_go_looks_for_nothing(talk, message):
    talk.say("a backpack")
    assert talk.say(message).intent == "smalltalk"


def test_a_place_that_is_refused_is_not_taken(talk):
    _, second, *_ = talk.say("backpacks").ids
    assert [line.product_id for line in talk.say("not the first one, add the second").cart.lines] == [second]


def test_what_is_used_somewhere_is_not_taken(talk):
    talk.say("a backpack")
    reply = talk.say("I'd use it by the pool")
    assert reply.intent == "refine" and "do not say which of these is “pool”" in reply.text


@pytest.mark.parametrize("message", ["a backpack that isn't leather", "it doesn't leak and won't break"])
def test_a_short_negation_is_no_slip(message):
    assert LEXICON.mended(message) == message


def test_none_with_a_thing_is_without_it(talk):
    talk.say("a backpack")
    assert set(talk.say("none with leather").ids) == {"BP1", "BP4"}


def test_a_size_is_told_by_who_wears_it(talk):
    talk.say("a rain jacket")
    assert talk.say("she's an M").understood.constraints["options"]["size"] == ["M"]


def test_what_no_record_says_is_said_to_be_unsaid(talk):
    talk.say("a backpack")
    reply = talk.say("and a glittery one as well")
    assert reply.ids and "do not say which of these is “glittery”" in reply.text


@pytest.mark.parametrize(
    ("message", "wished", "meant"),
    [
        ("biggest bottle", "sunscreen", "biggest one"),
        ("show me the smallest box you have", "green tea", "show me the smallest one you have"),
        ("biggest bag", "laptop bag", "biggest bag"),
        ("biggest bag", "", "biggest bag"),
        ("最大袋的", "猫粮", "最大的"),
    ],
)
def test_a_word_for_a_pack_is_of_what_is_wished_for(message, wished, meant):
    assert unpacked(message, wished) == meant


class Meaning:
    """A layer that takes what speaks of rain for the question whether a thing is waterproof."""

    def chances(self, texts, embedder):
        return [Counter(waterproof=0.9) if "rain" in text else Counter({traits.NONE: 1.0}) for text in texts]


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("it has to survive a day of rain", ("waterproof",)),
        ("it doesn't have to survive rain", ()),
        ("rain, rain, rain", ()),
    ],
)
def test_what_a_clause_means_must_be_so(talk, monkeypatch, message, read):
    monkeypatch.setattr(traits, "chances", Meaning().chances)
    monkeypatch.setattr(traits, "knows", lambda embedder: True)
    talk.say("a backpack")
    wish = talk.say(message).understood.constraints
    assert tuple(wish.get("must_haves", ())) == read


def test_whether_it_is_possible_is_no_part_of_the_wish(talk):
    assert talk.say("a green backpack if that's possible").understood.constraints["text"] == "green backpack"


def test_what_reads_like_a_colour_is_what_a_thing_is_called(talk):
    talk.say("drinks")
    assert talk.say("with orange").understood.constraints["must_haves"] == ["orange"]


def test_a_carry_on_suitcase_is_a_suitcase():
    named = [
        Found(Term("category", "", (kind,), kind), *place, kind)
        for kind, place in (("Luggage", (0, 8)), ("Suitcases", (9, 17)))
    ]
    assert head(things("carry on suitcase", named)) == ("Suitcases",)
