"""The model is asked what a message is for only when we are unsure, and is never trusted with more than an intent."""

import asyncio
from dataclasses import replace

import pytest

from assistant.conversation.asking import INTENTS, surer
from assistant.conversation.intention.correcting import SURE
from assistant.conversation.understanding import Understanding
from assistant.errors import ModelUnavailable
from assistant.llm.scripted import ScriptedEngine

UNSURE = Understanding(message="hmm, the thing from before", language="en", intent="find", sure=SURE / 2)


def asked(found, engine):
    async def answered():
        await engine.start()
        return await surer(found, engine)

    return asyncio.run(answered())


def test_a_model_that_is_still_loading_is_not_waited_for():
    engine = ScriptedEngine(['{"intent": "compare"}'])
    assert asyncio.run(surer(UNSURE, engine)) == (UNSURE, None) and not engine.asked


def test_a_sure_understanding_asks_nobody():
    engine = ScriptedEngine(['{"intent": "compare"}'])
    assert asked(replace(UNSURE, sure=SURE), engine)[0].intent == "find" and not engine.asked


def test_an_unsure_one_takes_the_model_s_intent_and_notes_its_prompt():
    engine = ScriptedEngine(['{"intent": "compare"}'])
    found, prompt = asked(UNSURE, engine)
    assert found.intent == "compare" and prompt
    (request,) = engine.asked
    assert request.schema["properties"]["intent"]["enum"] == list(INTENTS)
    assert UNSURE.message in request.messages[-1].content


@pytest.mark.parametrize("answer", ["", "compare", '{"intent": "give_refund"}', '{"intent": "comp', "[]"])
def test_an_answer_that_is_no_intent_of_ours_changes_nothing(answer):
    assert asked(UNSURE, ScriptedEngine([answer]))[0].intent == "find"


@pytest.mark.parametrize("intent", ["cart_add", "cart_remove"])
def test_a_model_alone_fills_and_empties_no_cart(intent):
    answer = f'{{"intent": "{intent}"}}'
    assert asked(UNSURE, ScriptedEngine([answer]))[0].intent == "find"
    taking = replace(UNSURE, message="hmm, put the thing from before in my cart")
    assert asked(taking, ScriptedEngine([answer]))[0].intent == intent


def test_a_model_that_is_not_there_is_done_without():
    def gone(request):
        raise ModelUnavailable("model", "gone")

    found, prompt = asked(UNSURE, ScriptedEngine(gone))
    assert found.intent == "find" and prompt is None
