"""Stock alerts: noted for what is not there, told once it is, and nobody waits for what can be had."""

import shutil
from dataclasses import replace

import pytest

from assistant.store.principal import Principal
from index.product import Availability


@pytest.fixture
def own(tmp_path, hall, untouched, engine):
    """A shop of its own, whose stock a test may change."""
    folder = tmp_path / "own"
    shutil.copytree(untouched, folder)
    conversation, index, database = hall.opened(folder, engine)
    yield conversation, index
    index.close()
    database.dispose()


def set_stock(index, hall, availability):
    product = hall.products["BP4"]
    variants = tuple(replace(one, availability=availability, stock=None) for one in product.variants)
    index.catalogue.put([replace(product, variants=variants)], feed="test")


@pytest.mark.parametrize(
    ("language", "wish", "news"),
    [
        ("en", "please notify me when the Ostrava Summit Backpack is back in stock", "is in stock again"),
        ("zh", "登顶双肩包到货了请通知我", "又有货了"),
    ],
)
def test_what_is_back_is_told_once(own, hall, language, wish, news):
    conversation, index = own
    set_stock(index, hall, Availability.OUT_OF_STOCK)
    mei = hall.Talk(conversation, "waits", Principal("shopper", "mei"), language)
    noted = mei.say(wish)
    assert noted.intent == "stock_alert" and ("noted" in noted.text or "已记下" in noted.text)
    hello = {"en": "hello", "zh": "你好"}[language]
    assert news not in mei.say(hello).text
    set_stock(index, hall, Availability.IN_STOCK)
    later = hall.Talk(conversation, "a later visit", Principal("shopper", "mei"), language)
    assert news in later.say(hello).text
    assert news not in later.say(hello).text


def test_what_is_there_is_shown_instead(own, hall):
    conversation, index = own
    set_stock(index, hall, Availability.IN_STOCK)
    reply = hall.Talk(conversation, "there").say("tell me when the Ostrava Summit Backpack is back in stock")
    assert "in stock now" in reply.text and reply.ids == ["BP4"]


def test_nobody_hears_what_somebody_else_waits_for(own, hall):
    conversation, index = own
    set_stock(index, hall, Availability.OUT_OF_STOCK)
    hall.Talk(conversation, "one").say("notify me when the Ostrava Summit Backpack is back in stock")
    set_stock(index, hall, Availability.IN_STOCK)
    assert "again" not in hall.Talk(conversation, "two").say("hello").text
