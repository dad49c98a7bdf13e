"""The desk: who is let in, and what agents and managers see there."""

import json

import httpx
import pytest
from playwright.sync_api import expect

from assistant.people.desk_pass import DeskPass
from assistant.store.principal import SYSTEM
from assistant.store.tickets import Ticket, Urgency

PAGES = ("/desk/customers", "/desk/insights", "/desk/customers/c-1")


@pytest.fixture(scope="module")
def keyed(guarded):
    """A desk that wants a key, with what was learned of one customer."""
    book = guarded.shop.forecasts
    book.replace("customer", {"customer:c-1": {"returns": 0.25, "worth_minor": 8000, "known": []}}, SYSTEM)
    demand = {"pieces": 12.4, "low": 8.0, "high": 20.0, "rule": "weekly", "errors": {"weekly": 2.0, "naive": 3.0}}
    book.replace("category", {"Lamps": demand}, SYSTEM)
    chance = {"auc": 0.81, "loss": 0.2, "usual": 0.13, "families": {"logistic": 0.2}}
    book.replace("shop", {"learned": {"chances": {"visits": chance}, "missing": {"worth": "too few"}}}, SYSTEM)
    return guarded


@pytest.fixture
def agent(keyed):
    with httpx.Client(base_url=keyed.url, follow_redirects=True) as client:
        assert client.post("/desk/door", data={"key": "open sesame"}).status_code == 200
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_without_the_key_there_is_only_the_door(keyed, path):
    answer = httpx.get(keyed.url + path)
    assert answer.status_code == 303 and answer.headers["location"] == "/desk/door"
    with_shopper = httpx.get(keyed.url + path, cookies={"regulars_desk": "forged"})
    assert with_shopper.status_code == 303


def test_another_key_is_refused_in_one_sentence(keyed):
    answer = httpx.post(f"{keyed.url}/desk/door", data={"key": "please"})
    assert answer.status_code == 403 and "SHOP_DESK_KEY" in answer.text


def test_a_pass_of_another_key_is_void():
    issued = DeskPass("secret", "one").issue("one")
    assert issued and DeskPass("secret", "one").holder(issued) == "agent"
    assert DeskPass("secret", "two").holder(issued) is None and DeskPass("secret").issue("") is None


def test_without_a_key_the_desk_opens_on_this_machine_alone(served, tmp_path):
    assert httpx.get(f"{served.url}/desk/customers").status_code == 200
    assert httpx.get(f"{served.url}/desk/customers", headers={"x-forwarded-for": "10.0.0.9"}).status_code == 303
    assert httpx.get(f"{served.url}/desk/customers", headers={"host": "shop.example"}).status_code == 303


def test_customers_are_listed_by_what_is_at_stake(agent):
    page = agent.get("/desk/customers").text
    assert "Ada" in page and "25 %" in page and "$80.00" in page and "$60.00" in page and "Bo" not in page


@pytest.mark.parametrize("find", ["c-2", "  c-2 "])
def test_a_customer_is_found_by_number(agent, find):
    assert "Bo" in agent.get("/desk/customers", params={"find": find}).text


def test_nobody_of_that_name(agent):
    assert "“<b>”" not in agent.get("/desk/customers", params={"find": "<b>"}).text
    answer = agent.get("/desk/customers/c-9")
    assert answer.status_code == 404 and "c-9" in answer.text


def test_the_manager_sees_demand_and_how_sure_it_is(agent):
    page = agent.get("/desk/insights").text
    assert "Lamps" in page and "8–20" in page and "AUC 0.81" in page and "too few" in page


@pytest.mark.parametrize("path", PAGES)
def test_every_word_is_there_in_chinese(agent, path):
    agent.cookies.set("language", "zh")
    page = agent.get(path)
    assert page.status_code == 200 and "工作台" in page.text


def test_both_languages_have_the_same_words():
    from pathlib import Path

    import assistant.web.words as words

    folder = Path(words.__file__).parent / "words"
    one, two = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("en", "zh"))
    assert {key for key in one if key.startswith("desk_")} == {key for key in two if key.startswith("desk_")}


@pytest.mark.browser
def test_a_shopper_asks_for_a_person_and_an_agent_answers_in_another_window(visit, served):
    shopper, agent = visit(), visit()
    box = shopper.get_by_label("Your question")
    box.fill("a person please")
    box.press("Enter")
    talk = shopper.get_by_role("region", name="Conversation")
    expect(talk.get_by_text("Somebody answers here.")).to_be_visible()
    agent.goto(f"{served.url}/desk")
    agent.get_by_role("link", name="A guest").first.click()
    expect(agent.get_by_text("a person please")).to_be_visible()
    agent.get_by_label("Reply").fill("Hello <b>there</b>, Kim here.")
    agent.get_by_role("button", name="Send").click()
    expect(talk.get_by_text("Hello <b>there</b>, Kim here.")).to_be_visible()
    agent.get_by_label("Note for colleagues").fill("a friendly one")
    agent.get_by_role("button", name="Keep the note").click()
    expect(agent.get_by_text("a friendly one")).to_be_visible()
    shopper.reload()
    expect(talk.get_by_text("Hello <b>there</b>, Kim here.")).to_be_visible()
    expect(shopper.get_by_text("a friendly one")).to_have_count(0)
    agent.get_by_role("button", name="Resolve").click()
    expect(agent.get_by_role("heading", name="Queue")).to_be_visible()
    assert shopper.problems == []


def test_nothing_is_sent_that_was_not_written_and_nobody_answers_twice(agent, keyed):
    ticket = keyed.shop.tickets.open(Ticket(session_id="s-9"), SYSTEM)
    place = f"/desk/tickets/{ticket.id}"
    assert agent.post(place, data={"act": "reply", "text": "  "}).status_code == 409
    keyed.shop.tickets.take(ticket.id, "Lee", SYSTEM)
    answer = agent.post(place, data={"act": "reply", "text": "hello"})
    assert answer.status_code == 409 and "Lee" in answer.text
    assert keyed.shop.tickets.messages(ticket.id, SYSTEM) == []


def test_forms_of_other_sites_and_without_a_pass_do_nothing(agent, keyed):
    ticket = keyed.shop.tickets.open(Ticket(session_id="s-10"), SYSTEM)
    form = {"act": "reply", "text": "hello"}
    foreign = agent.post(
        f"/desk/tickets/{ticket.id}",
        data=form,
        headers={"origin": "http://elsewhere.example"},
        follow_redirects=False,
    )
    unknown = httpx.post(f"{keyed.url}/desk/tickets/{ticket.id}", data=form)
    for answer in (foreign, unknown):
        assert answer.status_code == 303 and answer.headers["location"] == "/desk/door"
    assert keyed.shop.tickets.messages(ticket.id, SYSTEM) == []


def test_the_queue_is_filtered(agent, keyed):
    keyed.shop.tickets.open(Ticket(session_id="s-11", language="zh", summary="想退货", urgency=Urgency.HIGH), SYSTEM)
    keyed.shop.tickets.open(Ticket(session_id="s-12", summary="wants a refund", urgency=Urgency.LOW), SYSTEM)
    urgent = agent.get("/desk/tickets", params={"urgency": "high"}).text
    chinese = agent.get("/desk/tickets", params={"spoken": "zh"}).text
    assert "想退货" in urgent and "wants a refund" not in urgent
    assert "想退货" in chinese and "wants a refund" not in chinese
    assert agent.get("/desk/tickets/none").status_code == 404


def test_a_visitor_gets_the_replies_of_their_own_session_alone(keyed):
    ticket = keyed.shop.tickets.open(Ticket(session_id="somebody-else"), SYSTEM)
    keyed.shop.tickets.say(ticket.id, "a secret", SYSTEM, author="agent")
    assert httpx.get(f"{keyed.url}/visit/replies").json() == {"held": False, "replies": []}
    with httpx.Client(base_url=keyed.url) as stranger:
        stranger.get("/")
        assert stranger.get("/visit/replies", params={"after": 0}).json() == {"held": False, "replies": []}


def test_a_draft_is_read_with_its_sources_and_doubts_then_edited_and_sent(agent, keyed):
    ticket = keyed.shop.tickets.open(Ticket(session_id="s-20"), SYSTEM, messages=[("shopper", "how much is it?")])
    page = agent.post(f"/desk/tickets/{ticket.id}/draft", data={"tone": "warm", "apology": "yes"})
    assert page.status_code == 200 and "/desk/source?of=product%3ALAMP-1%23price" in page.text
    assert "<mark" in page.text and "Unsure what is wanted." in page.text
    assert "The rules do not allow it." in page.text and "Nothing was done" in page.text
    (kept,) = keyed.shop.drafter._drafts.of_ticket(ticket.id, SYSTEM)
    form = {"act": "reply", "draft": kept.id, "text": kept.text.replace("Hello", "Hi").replace("\n", "\r\n")}
    assert agent.post(f"/desk/tickets/{ticket.id}", data=form).status_code == 200
    decided = keyed.shop.drafter._drafts.get(kept.id, SYSTEM)
    assert (decided.status, decided.edit_distance) == ("edited", 4)
    assert keyed.shop.tickets.messages(ticket.id, SYSTEM)[-1].text.startswith("Hi,")


def test_a_draft_sent_as_it_is_was_accepted_and_one_thrown_away_rejected(agent, keyed):
    ticket = keyed.shop.tickets.open(Ticket(session_id="s-21"), SYSTEM, messages=[("shopper", "hello")])
    for act, status in (("reply", "accepted"), ("reject", "rejected")):
        place = f"/desk/tickets/{ticket.id}"
        made = str(agent.post(f"{place}/draft", data={}).url).partition("draft=")[2]
        text = keyed.shop.drafter.get(made).text
        agent.post(place, data={"act": act, "draft": made, "text": text.replace("\n", "\r\n")})
        assert keyed.shop.drafter._drafts.get(made, SYSTEM).status == status
    again = agent.post(f"/desk/tickets/{ticket.id}", data={"act": "reply", "draft": made, "text": "hello"})
    assert again.status_code == 409 and "rejected already" in again.text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("product:LAMP-1#price", "$39.90"),
        ("rule:explicit-yes", "yes"),
        ("product:NONE", "no record"),
        ("<b>", "no record"),
    ],
)
def test_a_source_shows_the_record(agent, source, shown):
    page = agent.get("/desk/source", params={"of": source})
    assert shown in page.text and "<b>\u201d" not in page.text


def test_kept_replies_are_written_and_removed(agent, keyed):
    form = {"act": "put", "id": "sorry-late", "spoken": "en", "title": "Late <i>parcel</i>", "text": "We are sorry."}
    page = agent.post("/desk/canned", data=form)
    assert "Late &lt;i&gt;parcel" in page.text and len(keyed.shop.canned.all(SYSTEM)) == 1
    assert agent.post("/desk/canned", data={**form, "id": "Not Good"}).status_code == 422
    agent.post("/desk/canned", data={**form, "act": "remove"})
    assert keyed.shop.canned.all(SYSTEM) == []
