"""The real small models, where `make test` has fetched them."""

from __future__ import annotations

import asyncio
import json

import pytest

from assistant.llm.contract import Message, Request, complete
from assistant.llm.hub import HubEngine, HubSettings
from assistant.llm.llamacpp import LlamaCppEngine, LlamaCppSettings
from assistant.llm.weights import CHAT_MODELS, DEFAULT, SMOLLM2

pytestmark = pytest.mark.model


def gguf(folder, name):
    path = folder / CHAT_MODELS[name].name
    if not path.is_file():
        pytest.skip(f"{path} is not there: `python -m assistant.llm fetch {name}` fetches it")
    return path


def ask(engine, *requests: Request) -> list[str]:
    async def scenario():
        try:
            return [await complete(engine, request) for request in requests]
        finally:
            await engine.close()

    return asyncio.run(scenario())


def test_the_default_answers_in_both_languages_and_in_json(weights_dir):
    engine = LlamaCppEngine(LlamaCppSettings(path=gguf(weights_dir, DEFAULT), threads=1))
    schema = {"type": "object", "properties": {"colour": {"enum": ["red", "blue"]}}, "required": ["colour"]}
    english = Request(messages=(Message("user", "What is the capital of France? Answer in one word."),))
    chinese = Request(messages=(Message("user", "法国的首都是哪里？用一个词回答。"),))
    in_json = Request(messages=(Message("user", "The bag is blue. Its colour, as JSON?"),), schema=schema)
    answers = ask(engine, english, chinese, in_json)
    assert "Paris" in answers[0]
    assert "巴黎" in answers[1]
    assert json.loads(answers[2]) == {"colour": "blue"}


def test_the_default_counts_what_it_reads_and_makes(weights_dir):
    engine = LlamaCppEngine(LlamaCppSettings(path=gguf(weights_dir, DEFAULT), threads=1))
    counting = Request(messages=(Message("user", "Count from one to twenty."),), max_new_tokens=5)
    made = []

    async def scenario():
        try:
            for _ in range(2):
                await complete(engine, counting)
                made.append(engine.spent)
            pieces = engine.stream(counting)
            await anext(pieces)
            await pieces.aclose()  # cut short: what was decoded until then counts, a little later
        finally:
            await engine.close()

    asyncio.run(scenario())
    first, second = made[0], made[1].since(made[0])
    assert first.new_tokens == second.new_tokens == 5 and first.prompt_tokens == second.prompt_tokens > 10
    assert first.cached_tokens == 0 < second.cached_tokens
    cut = engine.spent.since(made[1])
    assert 1 <= cut.new_tokens <= 5 and cut.prompt_tokens == first.prompt_tokens


def test_transformers_answers_from_a_gguf_file(weights_dir):
    path = gguf(weights_dir, SMOLLM2)
    question = Request(messages=(Message("user", "What is the capital of France?"),), max_new_tokens=12)
    assert "Paris" in ask(HubEngine(HubSettings(model=SMOLLM2, gguf=path)), question)[0]
