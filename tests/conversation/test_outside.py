"""What is beyond a shop stays so whatever of the shop it names, and what a shop has is not taken for it."""

import pytest
from sqlalchemy import create_engine

from assistant.conversation.reading.errands import errands
from assistant.conversation.reading.intents import guess
from assistant.conversation.state import State
from assistant.conversation.understand import Understander
from eval.shops import demo_products
from index.catalogue import Catalogue
from index.embed import EmbedSettings
from index.embed.default import open_multilingual


@pytest.fixture(scope="module")
def understand(weights_dir):
    engine = create_engine("sqlite://")
    catalogue = Catalogue(engine)
    catalogue.create()
    catalogue.put(demo_products(), feed="demo")
    understander = Understander(catalogue, open_multilingual(EmbedSettings(weights=weights_dir, threads=1)))
    yield lambda message: understander.understand(message, State()).intent
    engine.dispose()


@pytest.mark.parametrize(
    "message",
    [
        "who invented the umbrella",
        "where does coffee come from",
        "why do cats sit on blankets",
        "is chocolate bad for you?",
        "巧克力是怎么做的",
        "仓鼠为什么会咬人",
        "will it rain in oslo tomorrow",
        "turn off the lights in the hall",
        "how do I grow roses on my balcony",
        "把卧室的灯关了",
        "what's trending on youtube",
        "compare python and java for beginners",
        "where is my amazon parcel",
        "I forgot the wifi password",
        "我的淘宝快递到哪了",
        "路由器密码忘了怎么办",
    ],
)
def test_a_word_of_the_shop_in_it_makes_no_wish(understand, message):
    assert understand(message) == "out_of_scope"


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("my coffee is always cold when I get to work", "find"),
        ("I can't sleep because the street light shines into my bedroom", "find"),
        ("我的咖啡到公司就凉了", "find"),
        ("which series of watches do you have", "find"),
        ("what's trending", "popular"),
        ("I forgot my password", "password"),
        ("怎么注销账号", "delete_account"),
        ("where is my parcel", "order_status"),
        ("how long does delivery take", "delivery_time"),
    ],
)
def test_what_a_shop_has_is_not_beyond_it(understand, message, intent):
    assert understand(message) == intent


@pytest.mark.parametrize("message", ["密码忘了，登不上，怎么办", "my card was declined, what should I do?"])
def test_asking_what_to_do_is_no_wish_of_its_own(message):
    assert not errands(message, lambda texts: [guess(text) for text in texts])
