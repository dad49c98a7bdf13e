"""What goes on beside the pages begins and ends with them."""

from assistant.web.server import create_app
from assistant.web.storefront import WebSettings


class Noted:
    def __init__(self):
        self.done = []

    def start(self):
        self.done.append("start")

    def close(self):
        self.done.append("close")


def test_what_is_given_starts_and_ends_with_the_app(served):
    noted = Noted()
    with type(served)(lambda: create_app(served.shop, WebSettings(load_engine=False), background=(noted,))):
        assert noted.done == ["start"]
    assert noted.done == ["start", "close"]
