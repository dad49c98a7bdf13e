"""Needs that name no thing: which kind of thing serves them, measured on sentences that were not learned."""

from pathlib import Path

import pytest

from assistant.conversation.needing import with_uses
from assistant.conversation.reading import uses
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.sections import sections
from assistant.conversation.reading.teaching_uses import taught
from assistant.conversation.reading.wished import understood
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import Errand, State, Wish
from index.catalogue import Vocabulary
from index.embed import EmbedSettings
from index.embed.default import open_multilingual

SENTENCES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("needs.tsv").read_text(encoding="utf-8").splitlines()
    if line
]
LEXICON = Lexicon(
    Vocabulary(
        categories={"Travel mugs": 3, "Coffee": 5, "Curtains": 2},
        kinds={"travel mug": ("Travel mugs",), "coffee": ("Coffee",), "curtain": ("Curtains",)},
        currency="USD",
    )
)


@pytest.fixture(scope="module")
def embedder(weights_dir):
    return open_multilingual(EmbedSettings(weights=weights_dir, threads=1))


def test_the_layer_that_ships_learned_the_phrases_as_they_are():
    told = "uses.txt changed: run python -m assistant.conversation.reading.teaching_uses WEIGHTS_FOLDER"
    assert uses.layer().taught == taught(), told


def test_every_kind_has_phrases_in_both_languages_and_a_chinese_name():
    written, _ = sections(uses.PHRASES)
    kinds = {kind for kind, _ in written}
    assert {(kind, language) for kind in kinds for language in ("en", "zh")} == set(written)
    assert all(HAN.search(uses.called(kind)) for kind in kinds - {uses.NONE})


@pytest.mark.parametrize(("language", "right"), [("en", 0.62), ("zh", 0.75)])
def test_most_needs_are_served_and_hardly_another_wish_is_taken_for_one(embedder, language, right):
    told = [(kind, said) for kind, said in SENTENCES if bool(HAN.search(said)) == (language == "zh")]
    needs = [(kind, uses.served(said, embedder)) for kind, said in told if kind != uses.NONE]
    others = [uses.served(said, embedder) for kind, said in told if kind == uses.NONE]
    assert sum(found[:1] == (kind,) for kind, found in needs) >= right * len(needs)
    assert sum(map(bool, others)) <= 0.2 * len(others)


def needed(said, embedder, state=None):
    reading = Reading(said, LEXICON)
    return with_uses(understood(reading, "en"), state or State(), LEXICON, embedder)


def test_a_need_that_names_another_thing_wants_what_serves_it(embedder):
    found = needed("my coffee is always cold by the time i get to the office", embedder)
    assert [idea.categories for idea in found.ideas] == [("Travel mugs",)]
    assert found.wish.categories == ()


@pytest.mark.parametrize(
    "said",
    [
        "show me coffee",
        "coffee beans under $20",
        "decaf coffee please",
        "show me men's coffee in black",
        "kids' coffee, in red",
    ],
)
def test_a_wish_for_the_thing_itself_stays_one(embedder, said):
    found = needed(said, embedder)
    assert found.ideas == ()
    assert found.wish.categories == ("Coffee",)


def test_what_the_shop_has_not_serves_no_need(embedder):
    soaked = "i get soaked when i walk the dog in the rain"
    assert uses.served(soaked, embedder)
    assert needed(soaked, embedder).ideas == ()


def test_while_an_order_is_spoken_of_no_need_is_read(embedder):
    assert needed("my coffee is always cold when i get to work", embedder).ideas
    state = State(wish=Wish(), errand=Errand(intent="return_item", text="send it back"))
    assert needed("my coffee is always cold when i get to work", embedder, state).ideas == ()
