"""The default model words true things of two lamps, in both languages, with what was planned in the text."""

import asyncio

import pytest

from assistant.llm.llamacpp import LlamaCppEngine, LlamaCppSettings
from assistant.llm.weights import CHAT_MODELS, DEFAULT
from assistant.wording.evidence import Plan, Point
from assistant.wording.verify import verify
from assistant.wording.writer import Writer

pytestmark = pytest.mark.model
WISHES = {"lamp": ("en", "a warm light for reading in bed"), "lamp_zh": ("zh", "睡前看书用的暖光灯")}


def test_it_words_what_is_true(things, weights_dir):
    path = weights_dir / CHAT_MODELS[DEFAULT].name
    if not path.is_file():
        pytest.skip(f"{path} is not there: `python -m assistant.llm fetch {DEFAULT}` fetches it")
    engine = LlamaCppEngine(LlamaCppSettings(path=path, threads=1))

    async def scenario():
        try:
            return {name: [w async for w in Writer(engine).write(_plan(things, name))] for name in WISHES}
        finally:
            await engine.close()

    for name, written in asyncio.run(scenario()).items():
        language, ask = WISHES[name]
        assert any(w.by == "model" for w in written), written
        assert {key for w in written for key in w.reached} == {"price", "rating", "light"}
        for sentence in written:
            if sentence.by == "model":
                assert verify(sentence.text, things[name], language=language, ask=ask) == ()


def _plan(things, name):
    language, ask = WISHES[name]
    facts = tuple(fact for fact in things[name].facts if fact.key in ("price", "rating", "light"))
    return Plan(
        language=language, message=ask, points=(Point(role="recommend", subject=things[name], facts=facts, ask=ask),)
    )
