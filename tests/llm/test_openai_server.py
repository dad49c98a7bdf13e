"""What is particular to servers: addresses, keys, servers that are not there."""

from __future__ import annotations

import asyncio
import socket

import pytest

from assistant.errors import ModelUnavailable
from assistant.llm.contract import Message, Request, complete
from assistant.llm.openai_server import OpenAIServerEngine, OpenAIServerSettings, base_url

ASK = Request(messages=(Message("user", "hi"),), max_new_tokens=4)


def ask(**settings) -> str:
    async def scenario():
        engine = OpenAIServerEngine(OpenAIServerSettings(**settings))
        try:
            return await complete(engine, ASK)
        finally:
            await engine.close()

    return asyncio.run(scenario())


@pytest.mark.parametrize("tail", ["", "/", "/v1", "/v1/"])
def test_every_form_of_the_address_works(served, tail):
    address, key = served
    assert ask(url=address + tail, key=key)


@pytest.mark.parametrize(
    ("given", "used"),
    [("http://h/api", "http://h/api/v1"), ("http://h/api/v3/", "http://h/api/v3"), (" http://h ", "http://h/v1")],
)
def test_addresses_are_completed(given, used):
    assert base_url(given) == used
    assert base_url(used) == used


def test_a_refused_key_says_which_setting(served):
    with pytest.raises(ModelUnavailable, match="SHOP_LLM_KEY"):
        ask(url=served[0], key="wrong")


def test_a_server_that_is_not_there_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ModelUnavailable, match="does not answer"):
        ask(url=url)
