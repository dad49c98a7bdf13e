"""A refusal is known by its words in both languages, whichever of the assistant's it is; an answer is none."""

import pytest

from assistant.wording.phrases import say
from eval.conversations.refusing import refusals

REFUSING = {
    "nothing_found": {"what": "x"},
    "nothing_like": {"what": "x"},
    "not_understood": {},
    "model_asked": {},
    "record_silent": {"title": "The lamp", "what": "x"},
    "record_no_answer": {"title": "The lamp"},
    "no_policy": {},
    "human_none": {},
    "out_of_scope": {},
    "cart_out_of_stock": {"title": "The lamp"},
    "no_such_order": {"number": "R-1"},
    "no_orders": {},
    "checkout_none": {},
}
ANSWERING = {
    "greeting": {},
    "thanks": {},
    "help": {},
    "small_talk": {},
    "goodbye": {},
    "cart_added": {"quantity": 2, "title": "the lamp"},
    "cart_cleared": {},
    "cart_holds": {"count": 2, "total": "$5.00"},
    "checkout_link": {},
    "reviews_overall": {"total": 5, "stars": "4.1"},
    "compare_cheapest": {"title": "The lamp"},
    "which_product": {},
    "order_line": {"number": "R-1", "items": "lamp", "total": "$5", "status": "delivered", "since": "1 May"},
    "sign_in_for_orders": {},
}


def turn(*texts, subject="", handoff=None, question=None):
    said = [{"text": text, "by": "notice", "subject": subject, "sources": []} for text in texts]
    return {"sentences": said, "question": question, "handoff": handoff}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", REFUSING)
def test_each_of_the_assistants_refusals_is_known(key, language):
    assert refusals(turn(say(key, language, **REFUSING[key])))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", ANSWERING)
def test_what_answers_refuses_nothing(key, language):
    assert refusals(turn(say(key, language, **ANSWERING[key]))) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid I can't tell you that.",
        "Unfortunately we don't carry tyres.",
        "We have nothing like that.",
        "我们没有冰箱。",
        "不好意思，我不清楚。",
    ],
)
def test_refusals_in_other_words_are_known_too(text):
    assert refusals(turn(text)) == [text]


def test_a_policy_that_says_no_is_an_answer():
    told = "We do not take cheques; unfortunately we cannot refund them."
    assert refusals(turn(told, subject="policy:payment@1#methods")) == []


def test_a_record_that_says_no_is_an_answer():
    assert refusals(turn("No, it is not waterproof, and the cover cannot be washed.", "它不防水，没有内袋。")) == []


def test_a_hand_over_and_a_question_that_says_no_refuse():
    assert refusals(turn(handoff={"text": "I have passed this on.", "reason": "asked"})) == ["I have passed this on."]
    asked = {"text": "I am not quite sure what you mean.", "choices": ()}
    assert refusals(turn(question=asked)) == [asked["text"]]
