"""Grounding's figures follow from judged turns, and a turn is judged against the shop's own records."""

from types import SimpleNamespace

import pytest

from assistant.conversation.parts import Sentence
from assistant.store.database import open_database
from eval.grounding.judge import Judge
from eval.grounding.shopper import Ask
from eval.harness.task import Example
from eval.seen import Seen
from eval.tasks.grounding import TASK
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words

LAMP = Product(
    id="LAMP",
    words={"en": Words(title="Ember Lamp", attributes={"Material": "Brass"})},
    currency="USD",
    variants=(Variant(id="LAMP-A", price_minor=3990, stock=5, availability=Availability.IN_STOCK),),
)
SHOPPER = Example(id="shopper 0", given={"language": "en", "turns": 3})


def turn(*sentences, answered=True, planned=0, reached=0, **more):
    told = [{"text": text, "by": by, "claims": claims} for text, by, claims in sentences]
    judged = {"sentences": told, "answered": answered, "planned": planned, "reached": reached, "cards_over_limit": []}
    return {"message": "Is it brass?", "kind": "attribute", **judged, **more}


def claim(text, supported=True):
    return {"kind": "feature", "text": text, "supported": supported}


TURNS = [
    turn(("It is brass.", "model", [claim("brass")]), ("It costs $1.", "record", []), planned=2, reached=1),
    turn(("It floats.", "model", [claim("floats", supported=False)]), answered=False, planned=2, reached=2),
    turn(("Hello!", "fixed", []), answered=None),
]


def test_figures_follow_from_turns(figures_of):
    figures, bounds = figures_of(TASK, (SHOPPER, {"turns": TURNS}), (SHOPPER, {"turns": TURNS[:1]}))
    assert (figures["turns"], figures["sentences"], figures["claims"]) == (4, 6, 3)
    assert (figures["unsupported_shown"], figures["unsupported_share"]) == (1, pytest.approx(1 / 3))
    assert figures["model_written_share"] == pytest.approx(3 / 5)
    assert figures["model_written_share_of_all"] == pytest.approx(3 / 6)
    assert (figures["planned_facts"], figures["plan_coverage"]) == (6, pytest.approx(4 / 6))
    assert (figures["askable"], figures["unanswered_share"]) == (3, pytest.approx(1 / 3))
    assert "lies" not in figures and "unsupported_shown" not in bounds


def test_a_lie_that_came_through_is_told(figures_of):
    lies = [{"kind": "feature", "sentence": "It floats.", "fragment": "floats"}]
    turns = [
        TURNS[0] | {"lies_told": lies, "lies_shown": []},
        TURNS[1] | {"lies_told": lies, "lies_shown": ["it floats."]},
    ]
    figures, _ = figures_of(TASK, (SHOPPER, {"turns": turns}))
    assert (figures["lies"], figures["lies_shown"]) == (2, 1)


@pytest.fixture
def judge(tmp_path):
    database = open_database("", tmp_path)
    catalogue = Catalogue(database)
    catalogue.create()
    catalogue.put([LAMP], feed="test")
    yield Judge(SimpleNamespace(catalogue=catalogue, database=database), [LAMP])
    database.dispose()


@pytest.mark.parametrize(
    ("text", "false"),
    [("It is made of brass and costs $39.90.", set()), ("It is velvet.", {"feature"}), ("It costs $29.90.", {"money"})],
)
def test_sentences_are_held_against_the_record(judge, text, false):
    seen = Seen("Is it brass?", sentences=[Sentence(text, "LAMP", "model")])
    seen.trace = {"plan": [{"subject": "LAMP", "facts": [("material", "Brass")]}]}
    judged = judge.judged(Ask("attribute", seen.message, lambda seen: "brass" in seen.text), seen, said=seen.message)
    (sentence,) = judged["sentences"]
    assert {one["kind"] for one in sentence["claims"] if not one["supported"]} == false
    assert (judged["planned"], judged["reached"], judged["answered"]) == (1, int(not false), not false)
    assert judged["message"] == "Is it brass?" and sentence["by"] == "model"
