"""A person is asked for: announced, with all that an agent needs; passed on while one has it; and back."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.store.principal import SYSTEM
from assistant.store.tickets import Tickets, Urgency

PERSON = {"en": "I want to talk to a human", "zh": "帮我转人工客服"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory, hall, home, engine):
    """A shop whose desk is always open: who talks there, and the queue."""
    conversation, index, database = hall.opened(home, engine, hours="24/7")
    yield conversation, Tickets(database)
    index.close()
    database.dispose()


@pytest.fixture
def shopper(desk, hall, request):
    return hall.Talk(desk[0], f"desk-{request.node.name}")


@pytest.fixture
def queue(desk, shopper):
    return lambda: [one for one in desk[1].queue(SYSTEM) if one.session_id == shopper.session]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_hand_off_is_announced_and_carries_what_was_said(shopper, queue, language, desk):
    shopper.say({"en": "a red backpack under $60", "zh": "60美元以下的红色双肩包"}[language])
    part = shopper.say(PERSON[language]).handoff
    (ticket,) = queue()
    assert part.ticket == ticket.id and part.text and not part.answered_from
    assert part.wish["price_max_minor"] == 6000 and part.summary == ticket.summary
    assert PERSON[language] in ticket.summary and "60" in ticket.summary
    authors = [message.author for message in desk[1].messages(ticket.id, SYSTEM)]
    assert authors == ["shopper", "assistant", "shopper"]


def test_an_angry_and_urgent_shopper_comes_first(shopper, queue):
    part = shopper.say(
        "This is unacceptable! I have written three times already, let me speak to a real person NOW"
    ).handoff
    (ticket,) = queue()
    assert part.sentiment == "negative" and ticket.urgency is Urgency.HIGH and ticket.facts["why_urgent"]


def test_what_is_said_then_goes_to_the_person_and_no_model_answers(shopper, queue, desk):
    shopper.say(PERSON["en"])
    reply = shopper.say("my lamp arrived broken, and do you have a red backpack?")
    assert not reply.cards and "Passed on" in reply.text and reply.handoff is None
    (ticket,) = queue()
    assert desk[1].messages(ticket.id, SYSTEM)[-1].text.startswith("my lamp arrived broken")


def test_asking_again_is_no_loop(shopper, queue):
    shopper.say(PERSON["en"])
    again = shopper.say(PERSON["en"])
    assert again.handoff is None and "already" in again.text and len(queue()) == 1


@pytest.mark.parametrize(("language", "back"), [("en", "Back to the assistant"), ("zh", "回到智能助手")])
def test_the_shopper_goes_back_whenever_they_like(shopper, queue, language, back):
    assert back in shopper.say(PERSON[language]).suggestions
    assert shopper.say(back).text and queue() == []
    assert shopper.say("a red backpack").cards


def test_once_resolved_the_assistant_answers_again(shopper, queue, desk):
    shopper.say(PERSON["en"])
    desk[1].resolve(queue()[0].id, SYSTEM)
    assert shopper.say("a red backpack").cards


def test_a_complaint_goes_to_a_person(shopper, queue):
    part = shopper.say("I want to make a complaint about your terrible service").handoff
    assert part is not None and part.reason == "complaint" and len(queue()) == 1


def test_out_of_hours_it_says_when(hall, home, engine):
    soon = datetime.now(UTC) + timedelta(days=2)
    conversation, index, database = hall.opened(home, engine, hours=f"{soon:%a}"[:2] + " 09:00-10:00")
    part = hall.Talk(conversation, "late").say(PERSON["en"]).handoff
    Tickets(database).leave("late")
    index.close()
    database.dispose()
    assert part.answered_from.startswith(f"{soon:%Y-%m-%d}T09:00") and f"{soon:%A}" in part.text


def test_where_nobody_ever_answers_nothing_is_promised(hall, home, engine):
    conversation, index, database = hall.opened(home, engine, hours="off")
    part = hall.Talk(conversation, "never").say(PERSON["en"]).handoff
    held = Tickets(database).of_session("never")
    index.close()
    database.dispose()
    assert "Nobody can join" in part.text and held is None
