"""The desk's page of what the shop knows, and the pages on which everybody reads what an answer cited."""

import re

import httpx
import pytest

from assistant.store.principal import SYSTEM
from assistant.store.tickets import Ticket
from assistant.web.rendering import TurnView

HOSTILE = "<script>window.hacked=1</script>"


@pytest.fixture
def shop(guarded):
    return guarded.shop


@pytest.fixture
def agent(guarded):
    with httpx.Client(base_url=guarded.url, follow_redirects=True) as client:
        assert client.post("/desk/door", data={"key": "open sesame", "name": "Kim"}).status_code == 200
        yield client


@pytest.fixture
def texts(shop, tmp_path):
    """Import texts: `texts("en/returns", "# Returns …")`; the same file again is a new version."""

    def bring(name, text):
        file = tmp_path / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        shop.policies.import_folder(tmp_path)

    return bring


def resolved(agent, shop, question, reply, **given):
    """Have an agent answer a shopper's question and resolve the conversation; return its ticket."""
    ticket = shop.tickets.open(Ticket(customer_id="c-1", **given), SYSTEM, messages=[("shopper", question)])
    for form in ({"act": "reply", "text": reply}, {"act": "resolve"}):
        assert agent.post(f"/desk/tickets/{ticket.id}", data=form).status_code == 200
    return ticket


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/desk/knowledge", None),
        ("/desk/knowledge/proposals/x", {"act": "reject"}),
        ("/desk/knowledge/questions/1", {"act": "dismiss"}),
        ("/desk/knowledge/texts", {"policy": "x", "spoken": "en"}),
    ],
)
def test_without_the_key_there_is_only_the_door(guarded, path, form):
    answer = httpx.post(guarded.url + path, data=form) if form else httpx.get(guarded.url + path)
    assert answer.status_code == 303 and answer.headers["location"] == "/desk/door"


def test_a_resolved_conversation_becomes_an_article_once_it_is_approved(agent, shop, guarded):
    question = "Do you engrave wedding rings?"
    reply = "Hi Ada,\nWe engrave gold and silver rings free of charge, up to twenty letters.\nBest regards,\nKim"
    resolved(agent, shop, question, reply)
    page = agent.get("/desk/knowledge").text
    assert question in page and "gold and silver rings" in page and "Kim" not in page and "Hi Ada" not in page
    assert shop.policies.find(question, "en") == []
    (proposal,) = [one for one in shop.knowledge.proposals.open(SYSTEM) if one.title == question]
    form = {"act": "approve", "title": "Engraving rings", "body": proposal.body + "\n\n" + HOSTILE}
    assert agent.post(f"/desk/knowledge/proposals/{proposal.id}", data=form).status_code == 200
    (found,) = shop.policies.find(question, "en", 1)
    assert found.source.startswith("policy:engraving-rings@1#") and "gold and silver" in found.text
    public = httpx.get(f"{guarded.url}/source/policy/engraving-rings@1").text
    assert "gold and silver" in public and "<script>window" not in public
    again = agent.post(f"/desk/knowledge/proposals/{proposal.id}", data=form)
    assert again.status_code == 409 and "approved already" in again.text


def test_a_proposal_with_marks_left_in_it_is_not_published(agent, shop):
    resolved(agent, shop, "Do you gift-wrap teapots?", "Yes, Ada Example, we wrap any teapot; call +44 20 7946 0958.")
    (proposal,) = [one for one in shop.knowledge.proposals.open(SYSTEM) if "teapots" in one.title]
    assert "Ada" not in proposal.body and "7946" not in proposal.body
    form = {"act": "approve", "title": proposal.title, "body": proposal.body}
    refused = agent.post(f"/desk/knowledge/proposals/{proposal.id}", data=form)
    assert refused.status_code == 409 and "marks" in refused.text
    assert agent.post(f"/desk/knowledge/proposals/{proposal.id}", data={"act": "reject"}).status_code == 200
    assert proposal.title not in agent.get("/desk/knowledge").text
    assert shop.policies.find("Do you gift-wrap teapots?", "en") == []


def test_unanswered_questions_are_shown_with_counts_dismissed_or_answered(agent, shop):
    for question in ("Do you rent out projectors?", "do you rent out projector", "Will a robot do my homework?"):
        shop.knowledge.unanswered.note(question, language="en", kind="policy")
    page = agent.get("/desk/knowledge").text
    assert "Do you rent out projectors?" in page and "asked 2 times" in page and "asked once" in page
    rent, robot = sorted(shop.knowledge.gaps.open(SYSTEM), key=lambda one: -one.count)[:2]
    agent.post(f"/desk/knowledge/questions/{robot.number}", data={"act": "dismiss"})
    form = {"act": "write", "title": rent.question, "body": "We rent out projectors by the week."}
    page = agent.post(f"/desk/knowledge/questions/{rent.number}", data=form).text
    assert "asked 2 times" not in page and "homework" not in page
    (found,) = shop.policies.find("do you rent projectors", "en", 1)
    assert found.kind == "article" and "by the week" in found.text
    agent.post("/desk/knowledge/texts", data={"policy": found.policy, "spoken": "en"})
    assert shop.policies.find("do you rent projectors", "en") == []
    assert agent.get(f"/source/policy/{found.policy}@1").status_code == 200
    assert agent.post("/desk/knowledge/questions/9999", data=form).status_code == 409


def test_a_citation_opens_the_text_as_it_was(agent, texts, guarded):
    texts("en/gift-cards", "# Gift cards\n\n## How long they last {#validity}\n\nTwo years.")
    texts("en/gift-cards", "# Gift cards\n\n## How long they last {#validity}\n\nFive years.")
    old = httpx.get(f"{guarded.url}/source/policy/gift-cards%401?language=en").text
    now = httpx.get(f"{guarded.url}/source/policy/gift-cards@2").text
    assert "Two years." in old and "Five years." not in old and "changed since" in old and 'id="validity"' in old
    assert "Five years." in now and "changed since" not in now
    desk = agent.get("/desk/source", params={"of": "policy:gift-cards@1#validity"}).text
    assert "Two years." in desk
    assert httpx.get(f"{guarded.url}/source/policy/gift-cards@9").status_code == 404
    page = agent.get("/desk/knowledge").text
    assert re.search(r'href="/source/policy/gift-cards%401\?language=en"[^>]*>1</a>', page) and "<b>2</b>" in page


def test_a_chinese_version_is_read_in_chinese(texts, guarded):
    texts("en/opening", "# Opening\n\nNine to five.")
    texts("zh/opening", "# 营业时间\n\n九点到五点。")
    assert "九点" in httpx.get(f"{guarded.url}/source/policy/opening?language=zh").text
    # What was cited before the Chinese text was there stays what it was.
    assert "Nine to five" in httpx.get(f"{guarded.url}/source/policy/opening@1?language=zh").text


def test_a_hostile_text_stays_text(texts, guarded, agent):
    texts("en/hostile", f"# `{HOSTILE}`\n\n## A `{HOSTILE}` {{#x}}\n\n`{HOSTILE}`")
    for page in (httpx.get(f"{guarded.url}/source/policy/hostile"), agent.get("/desk/knowledge")):
        assert page.status_code == 200 and "<script>window" not in page.text and "&lt;script&gt;window" in page.text


@pytest.mark.parametrize(("language", "shown"), [("en", "Gift cards, version 3"), ("zh", "Gift cards，第 3 版")])
def test_the_sources_of_a_reply_name_the_version_and_lead_to_it(language, shown):
    view = TurnView("turn-1", language)
    citation = {"label": "How long", "source": "policy:gift-cards@3#validity"}
    view.take({"type": "sentence", "text": "Two years.", "subject_id": "", "by": "record", "citations": [citation]})
    html = view.finish("t-1")[0]["html"]
    assert f">{shown}</a>" in html and f'href="/source/policy/gift-cards%403?language={language}#validity"' in html


def test_the_page_is_there_in_chinese(agent):
    agent.cookies.set("language", "zh")
    page = agent.get("/desk/knowledge")
    assert page.status_code == 200 and "未能回答的问题" in page.text
