"""What a turn's trace holds: the plan, the prompts, and when the model first spoke."""

from assistant.llm.scripted import ScriptedEngine


def test_the_trace_holds_the_plan_the_prompts_and_the_first_token(hall, home):
    conversation, index, database = hall.opened(home, ScriptedEngine(lambda request: "It costs $39.90."))
    with database.connect():
        reply = hall.Talk(conversation, "traced").say("a desk lamp")
    index.close()
    database.dispose()
    (point, *_) = reply.trace["plan"]
    assert point["subject"] == "LMP" and ["price", "$39.90"] in point["facts"]
    assert reply.trace["prompts"] and all(isinstance(one, str) for one in reply.trace["prompts"])
    assert reply.trace["cards_ms"] <= reply.trace["first_token_ms"] <= reply.trace["reply_ms"]


def test_a_turn_that_asks_no_model_has_no_first_token(talk):
    trace = talk.say("hello").trace
    assert "first_token_ms" not in trace and trace["prompts"] == [] and trace.get("plan", []) == []
