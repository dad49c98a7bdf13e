"""Resolved conversations propose articles: what was asked, not known, and answered, with nothing of a person in it."""

import pytest

from assistant.errors import NotAllowed, NotFound
from assistant.service.knowledge.book import BadArticle, Knowledge
from assistant.service.policies import Policies
from assistant.store.article_proposals import AlreadySettled
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.tickets import Ticket, Tickets

AGENT = Principal("agent")
REPLY = (
    "Hi Ada,\nThank you for asking! We engrave gold and silver rings free of charge, up to 20 letters.\n"
    "Kind regards,\nKim"
)


@pytest.fixture
def policies(stocked):
    return Policies(stocked)


@pytest.fixture
def knowledge(stocked, policies):
    return Knowledge(stocked, policies)


@pytest.fixture
def resolved(stocked, knowledge):
    """Have a conversation and resolve it: `resolved(("shopper", "…"), ("agent", "…"))` returns what it proposes."""

    def talk(*messages, language="en", customer="C-ada"):
        tickets = Tickets(stocked)
        ticket = tickets.open(Ticket(customer_id=customer, language=language), SYSTEM, messages=messages)
        tickets.take(ticket.id, "Kim", AGENT)
        tickets.resolve(ticket.id, AGENT)
        return knowledge.propose(ticket.id, AGENT)

    return talk


def test_the_question_becomes_the_title_and_the_reply_the_text(resolved):
    (made,) = resolved(("shopper", "Hello. Do you engrave rings?"), ("agent", REPLY), ("shopper", "Great, thanks!"))
    assert made.title == "Do you engrave rings?"
    assert made.body == "We engrave gold and silver rings free of charge, up to 20 letters."


def test_the_question_stands_though_the_assistant_failed_and_a_person_was_asked_for(resolved):
    (made,) = resolved(
        ("shopper", "Do you engrave rings?"),
        ("assistant", "Our policies do not say anything about that."),
        ("shopper", "a real person please"),
        ("note", "Ask the workshop? Secret margin 40 %"),
        ("agent", "Yes, we engrave all gold rings."),
        ("agent", "It takes three working days."),
    )
    assert made.title == "Do you engrave rings?" and "Secret" not in made.body
    assert made.body == "Yes, we engrave all gold rings.\nIt takes three working days."


def test_nothing_of_a_person_is_in_it(resolved):
    (made,) = resolved(
        ("shopper", "Ada Stone here, R-1. Do you engrave rings for ada@example.com?  Do you engrave silver?"),
        ("agent", "Yes Ada! We send it to 1 Mill Lane, Bath 04530, as with R-1; call Kim at 020 7946 0958 for silver."),
    )
    for told in ("Ada", "Stone", "R-1", "ada@", "Mill", "Bath", "04530", "Kim", "7946"):
        assert told not in made.title + made.body
    assert made.title == "Do you engrave silver?"


def test_chinese_conversations_propose_too(resolved):
    (made,) = resolved(
        ("shopper", "你好！戒指可以刻字吗？"),
        ("agent", "王女士您好，金戒指和银戒指都可以免费刻字，最多二十个字。"),
        language="zh",
    )
    assert made.title == "戒指可以刻字吗？" and made.language == "zh" and "金戒指和银戒指都可以免费刻字" in made.body
    assert "王女士" not in made.body


@pytest.mark.parametrize(
    "messages",
    [
        [("shopper", "Do you engrave rings?")],
        [("agent", "Hello, how can I help you today with anything?")],
        [("shopper", "Do you engrave rings?"), ("agent", "Yes.")],
        [("shopper", "Where is my order R-1?"), ("agent", "It is on its way and should reach you on Friday.")],
        [("shopper", "thanks a lot"), ("agent", "You are welcome, and have a very nice day indeed.")],
        [("shopper", "Do you engrave rings?"), ("note", "We do, up to twenty letters, in all our workshops.")],
    ],
)
def test_what_teaches_nothing_proposes_nothing(resolved, messages):
    assert resolved(*messages) == []


def test_what_the_texts_answer_is_not_proposed_again(resolved, knowledge):
    knowledge.write("Engraving rings", "We engrave gold and silver rings.", "en", AGENT)
    assert resolved(("shopper", "Do you engrave rings?"), ("agent", REPLY)) == []


def test_a_ticket_that_is_resolved_twice_proposes_once(stocked, resolved, knowledge):
    (made,) = resolved(("shopper", "Do you engrave rings?"), ("agent", REPLY))
    assert knowledge.propose(made.ticket_id, AGENT) == [] and len(knowledge.proposals.open(AGENT)) == 1


def test_only_what_a_person_approved_is_found_and_as_they_edited_it(resolved, knowledge, policies):
    (made,) = resolved(("shopper", "Do you engrave rings?"), ("agent", REPLY))
    assert policies.find("Do you engrave rings?", "en") == []
    edition = knowledge.approve(
        made.id, AGENT, by="Kim", title="Engraving rings", body="We engrave all rings.\n\n## Cost\n\nNothing."
    )
    assert (edition.number, edition.kind, edition.source) == (1, "article", "desk")
    (found,) = policies.find("Do you engrave rings?", "en", 1)
    assert found.text == "We engrave all rings." and found.source == "policy:engraving-rings@1#text"
    assert knowledge.proposals.open(AGENT) == []
    with pytest.raises(AlreadySettled, match="approved"):
        knowledge.reject(made.id, AGENT, by="Lee")


def test_what_was_rejected_is_never_found(resolved, knowledge, policies):
    (made,) = resolved(("shopper", "Do you engrave rings?"), ("agent", REPLY))
    knowledge.reject(made.id, AGENT, by="Kim")
    assert policies.find("Do you engrave rings?", "en") == [] and knowledge.texts() == []


@pytest.mark.parametrize(("title", "body"), [("", "Text."), ("Title", "  "), ("Title", "Ask [name]."), ("[电话]", "x")])
def test_what_is_not_fit_to_be_read_waits_on(resolved, knowledge, title, body):
    (made,) = resolved(("shopper", "Do you engrave rings?"), ("agent", REPLY))
    with pytest.raises(BadArticle):
        knowledge.approve(made.id, AGENT, by="Kim", title=title, body=body)
    assert [one.id for one in knowledge.proposals.open(AGENT)] == [made.id] and knowledge.texts() == []


def test_an_article_of_the_same_title_is_a_new_version_and_no_policy_is_touched(knowledge, policies, tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "returns.md").write_text("# Returns\n\nThirty days.")
    policies.import_folder(tmp_path)
    first = knowledge.write("Returns", "Bring them to a shop.", "en", AGENT)
    second = knowledge.write("Returns", "Bring them to any shop.", "en", AGENT)
    assert (first.policy, first.number) == ("returns-2", 1) and (second.policy, second.number) == ("returns-2", 2)
    assert policies.cited("returns", "en")[0].text == "Thirty days."
    policies.import_folder(tmp_path)
    assert policies.cited("returns-2", "en")[0].text == "Bring them to any shop."


def test_guests_and_shoppers_propose_approve_and_write_nothing(resolved, knowledge):
    (made,) = resolved(("shopper", "Do you engrave rings?"), ("agent", REPLY))
    for who in (GUEST, Principal("shopper", "C-ada")):
        for act in (
            lambda w: knowledge.propose(made.ticket_id, w),
            lambda w: knowledge.approve(made.id, w, by="x", title="T", body="B"),
            lambda w: knowledge.reject(made.id, w, by="x"),
            lambda w: knowledge.write("T", "B", "en", w),
            lambda w: knowledge.withdraw("t", "en", w),
            lambda w: knowledge.proposals.open(w),
        ):
            with pytest.raises(NotAllowed):
                act(who)
    with pytest.raises(NotFound):
        knowledge.reject("nobody", AGENT, by="Kim")
