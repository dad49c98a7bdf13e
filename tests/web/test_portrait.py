"""The page of what is known of a shopper: theirs alone, with reasons, to correct, hide, delete and switch off."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import expect

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.people.portrait import Stage, segments
from assistant.people.portrait.tastes import WEIGHTS
from assistant.store.portraits import Statement
from assistant.store.principal import SYSTEM, Principal
from assistant.web.visits import visit_of
from assistant.web.words import LANGUAGES, words

ADA = Principal("shopper", "c-1")


@pytest.fixture
def ada(served):
    """Ada's browser, signed in; she likes size 42 and has nothing else on record."""
    told = Statement(key="size", value="42", wanted=True, said="my size is 42 <b>", at=datetime.now(UTC))
    served.shop.portraits.forget("customer:c-1", ADA)
    served.shop.portraits.switch_history("customer:c-1", ADA, on=True)
    served.shop.portraits.tell("customer:c-1", ADA, told=told)
    with httpx.Client(base_url=served.url, timeout=20, follow_redirects=True) as client:
        client.get("/")
        client.post("/visit/sign-in", data={"customer": "c-1"})
        yield client


def act(client, **form):
    return client.post("/portrait", data=form).text


def test_each_line_is_shown_with_its_reason_and_escaped(ada):
    text = ada.get("/portrait").text
    assert "Your size is 42" in text and "my size is 42 &lt;b&gt;" in text and "<b>" not in text


def test_it_speaks_chinese(ada):
    ada.cookies.set("language", "zh")
    assert "您的尺码是 42" in ada.get("/portrait").text


def test_a_line_can_be_corrected_hidden_shown_and_deleted(ada):
    assert "Your size is 43" in act(ada, act="correct", key="size", value="42", instead="43")
    hidden = act(ada, act="hide", key="size", value="43")
    assert "Hidden: used by nothing" in hidden
    assert "Hidden: used by nothing" not in act(ada, act="show", key="size", value="43")
    assert "Your size" not in act(ada, act="delete", key="size", value="43")


def test_history_can_be_switched_off_and_everything_deleted(ada):
    assert "Switched off" in act(ada, act="off")
    assert "Your size" not in act(ada, act="forget")
    assert "is noted" in act(ada, act="on")


def test_what_was_done_is_named_by_product(ada, served):
    lamps = list(served.shop.catalogue.get(served.shop.catalogue.ids()).values())[:2]
    events = [
        Event(
            id=f"portrait-page-{product.id}",
            kind=Kind.REFUND,
            at=datetime.now(UTC) - timedelta(hours=1),
            customer_id="c-1",
            items=(EventItem(product_id=product.id, variant_id=product.variants[0].id),),
        )
        for product in lamps
    ]
    served.shop.events.add(events, SYSTEM)
    text = ada.get("/portrait").text
    assert re.search(r"Sent back (once|2 times):", text) and lamps[0].title in text


def test_nobody_sees_or_changes_another_ones(ada, served):
    with httpx.Client(base_url=served.url, timeout=20, follow_redirects=True) as stranger:
        stranger.get("/")
        assert "Your size" not in stranger.get("/portrait").text
        act(stranger, act="forget")
        act(stranger, act="delete", key="size", value="42")
    assert "Your size is 42" in ada.get("/portrait").text


def test_a_form_without_a_visit_changes_nothing(ada, served):
    httpx.post(f"{served.url}/portrait", data={"act": "forget"})
    assert "Your size is 42" in ada.get("/portrait").text


@pytest.mark.parametrize("form", [{}, {"act": "burn"}, {"act": "hide", "key": "k" * 65}])
def test_a_form_that_makes_no_sense_is_refused(ada, form):
    assert ada.post("/portrait", data=form).status_code == 422


def test_what_a_guest_said_is_theirs_after_signing_in(served):
    with httpx.Client(base_url=served.url, timeout=20, follow_redirects=True) as client:
        client.get("/")
        session = visit_of(client.cookies, served.shop.tokens).id
        told = Statement(key="size", value="38", wanted=True, said="my size is 38", at=datetime.now(UTC))
        served.shop.portraits.tell(f"anonymous:{session}", Principal("guest"), told=told)
        assert "Your size is 38" in client.get("/portrait").text
        client.post("/visit/sign-in", data={"customer": "c-2"})
        assert "Your size is 38" in client.get("/portrait").text


def test_every_stage_segment_and_deed_has_its_words():
    deeds = [*(kind.value for kind in WEIGHTS), "review", "said", "set", "visit"]
    made = [f"portrait_stage_{one.value}" for one in Stage]
    made += [f"portrait_segment_{name}" for name in (*(name for name, _ in segments._NAMES), segments.OTHER)]
    made += [f"portrait_because_{deed}" for deed in deeds]
    assert [key for key in made for language in LANGUAGES if key not in words(language)] == []


@pytest.mark.browser
def test_not_for_me_takes_the_card_away_and_is_kept(visit, served):
    page = visit()
    page.locator("#question").fill("a lamp")
    page.locator("#question").press("Enter")
    expect(page.locator("#stop")).to_be_hidden()
    button = page.locator("[data-bar]").first
    barred = button.get_attribute("data-bar")
    count = page.locator("[data-bar]").count()
    button.click()
    expect(page.locator("[data-bar]")).to_have_count(count - 1)
    expect(page.locator("#announcer")).to_contain_text("not be shown it again")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    whose = f"anonymous:{visit_of(cookies, served.shop.tokens).id}"
    assert barred in served.shop.portraits.of(whose, Principal("guest")).barred


@pytest.mark.parametrize(
    ("asked_for", "chosen", "language"),
    [("zh-CN,zh;q=0.9", "", "zh"), ("zh-CN", "en", "en"), ("fr-FR", "", "en")],
)
def test_a_page_speaks_the_language_that_was_chosen_or_that_the_browser_asks_for(ada, asked_for, chosen, language):
    if chosen:
        ada.cookies.set("language", chosen)
    text = ada.get("/portrait", headers={"accept-language": asked_for}).text
    assert words(language)["portrait_title"] in text
