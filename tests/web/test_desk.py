"""The desk: who is let in, and what agents and managers see there."""

import json

import httpx
import pytest

from assistant.people.desk_pass import DeskPass
from assistant.store.principal import SYSTEM

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
    assert issued and DeskPass("secret", "one").holds(issued)
    assert not DeskPass("secret", "two").holds(issued) and DeskPass("secret").issue("") is None


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
