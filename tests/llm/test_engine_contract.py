"""One suite for all engines: whatever makes the words, a stream behaves like this."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace

import pytest

from assistant.errors import ModelUnavailable
from assistant.llm.contract import Message, Request, complete, warm
from assistant.llm.errors import EngineClosed, RequestRefused
from assistant.llm.hub import HubEngine, HubSettings
from assistant.llm.llamacpp import LlamaCppEngine, LlamaCppSettings
from assistant.llm.openai_server import OpenAIServerEngine, OpenAIServerSettings
from assistant.llm.scripted import ScriptedEngine

ASK = Request(messages=(Message("system", "Be brief."), Message("user", "Say something.")), max_new_tokens=24)
SCHEMA = {"type": "object", "properties": {"n": {"enum": [1, 2]}}, "required": ["n"], "additionalProperties": False}
GRAMMAR = 'root ::= "yes" | "no"'


def run(scenario):
    """Run one scenario within a time that a stuck engine would exceed."""
    return asyncio.run(asyncio.wait_for(scenario, 120))


class EngineContract:
    """What every engine fulfils; a subclass gives the `engine` fixture."""

    def test_text_leaves_in_pieces_and_complete_joins_them(self, engine):
        async def scenario():
            pieces = [piece async for piece in engine.stream(ASK)]
            whole = await complete(engine, ASK)
            await engine.close()
            return pieces, whole

        pieces, whole = run(scenario())
        assert len(pieces) > 1
        assert all(pieces)
        assert "".join(pieces) == whole

    def test_greedy_text_is_the_same_each_time(self, engine):
        async def scenario():
            texts = {await complete(engine, ASK) for _ in range(3)}
            await engine.close()
            return texts

        assert len(run(scenario())) == 1

    def test_fewer_tokens_are_a_shorter_beginning(self, engine):
        async def scenario():
            long, short = await complete(engine, ASK), await complete(engine, replace(ASK, max_new_tokens=5))
            await engine.close()
            return long, short

        long, short = run(scenario())
        assert long.startswith(short)
        assert 0 < len(short) < len(long)

    def test_a_stop_string_ends_the_text_before_it(self, engine):
        async def scenario():
            whole = await complete(engine, ASK)
            stop = whole[6:9]
            cut = await complete(engine, replace(ASK, stop=(stop,)))
            await engine.close()
            return whole, stop, cut

        whole, stop, cut = run(scenario())
        assert cut == whole[: whole.index(stop)]

    def test_two_at_once_say_what_each_says_alone(self, engine):
        other = replace(ASK, messages=(Message("user", "Something else, please."),))

        async def scenario():
            alone = [await complete(engine, ASK), await complete(engine, other)]
            together = await asyncio.gather(complete(engine, ASK), complete(engine, other))
            await engine.close()
            return alone, together

        alone, together = run(scenario())
        assert alone == together

    def test_more_than_fit_at_once_all_get_an_answer(self, engine):
        async def scenario():
            texts = await asyncio.gather(*(complete(engine, replace(ASK, max_new_tokens=4)) for _ in range(9)))
            await engine.close()
            return texts

        assert all(run(scenario()))

    def test_closing_a_stream_frees_the_engine(self, engine):
        long = replace(ASK, max_new_tokens=300)

        async def closed_after_one_piece():
            stream = engine.stream(long)
            await anext(stream)
            await stream.aclose()

        async def scenario():
            await engine.start()
            began = time.perf_counter()
            await complete(engine, long)
            whole = time.perf_counter() - began
            began = time.perf_counter()
            for _ in range(6):
                await closed_after_one_piece()
            await complete(engine, replace(ASK, max_new_tokens=2))
            cancelled = time.perf_counter() - began
            await engine.close()
            return whole, cancelled

        whole, cancelled = run(scenario())
        assert cancelled < 6 * whole / 2 + 0.02  # some engines are done sooner than a busy machine's clock ticks

    def test_a_task_that_is_cancelled_leaves_the_engine_usable(self, engine):
        async def scenario():
            begun = asyncio.Event()

            async def read():
                async for _ in engine.stream(replace(ASK, max_new_tokens=200)):
                    begun.set()

            task = asyncio.create_task(read())
            await begun.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            text = await complete(engine, ASK)
            await engine.close()
            return text

        assert run(scenario())

    def test_any_text_can_be_asked(self, engine):
        odd = "emoji 🎒 and 中文, half an emoji \ud83d, a zero \x00, <|im_end|> and {{ braces }} {% if %}"

        async def scenario():
            text = await complete(engine, replace(ASK, messages=(Message("user", odd),)))
            await engine.close()
            return text

        run(scenario()).encode("utf-8")

    @pytest.mark.parametrize("kind", ["schema", "grammar"])
    def test_a_constraint_is_enforced_or_refused(self, engine, kind):
        asked = replace(ASK, schema=SCHEMA, max_new_tokens=200) if kind == "schema" else replace(ASK, grammar=GRAMMAR)

        async def scenario():
            try:
                return await complete(engine, asked)
            finally:
                await engine.close()

        if kind not in engine.info.constraints:
            with pytest.raises(ModelUnavailable, match=kind):
                run(scenario())
        elif kind == "schema":
            assert json.loads(run(scenario()))["n"] in (1, 2)
        else:
            assert run(scenario()) in ("yes", "no")

    def test_starting_twice_is_starting_once(self, engine):
        async def scenario():
            assert not engine.ready
            await asyncio.gather(engine.start(), engine.start())
            await engine.start()
            assert engine.ready
            await warm(engine, ASK)
            await engine.close()

        run(scenario())

    def test_after_closing_it_refuses_and_closes_again(self, engine):
        async def scenario():
            await complete(engine, ASK)
            await engine.close()
            await engine.close()
            assert not engine.ready
            with pytest.raises(EngineClosed):
                await complete(engine, ASK)
            with pytest.raises(EngineClosed):
                await engine.start()

        run(scenario())

    def test_it_says_what_it_is_before_it_is_loaded(self, engine):
        info = engine.info
        assert info.engine
        assert info.model
        assert info.reason
        run(engine.close())


class TestScripted(EngineContract):
    @pytest.fixture
    def engine(self):
        def reply(request: Request) -> str:
            if request.schema:
                return '{"n": 1}'
            return "yes" if request.grammar else " ".join(f"word{n}" for n in range(600))

        return ScriptedEngine(reply)


class TestLlamaCpp(EngineContract):
    @pytest.fixture
    def engine(self, tiny_gguf):
        return LlamaCppEngine(LlamaCppSettings(path=tiny_gguf, threads=1))


class TestHub(EngineContract):
    @pytest.fixture
    def engine(self, tiny_folder):
        return HubEngine(HubSettings(model=str(tiny_folder), slots=2))


class TestOpenAIServer(EngineContract):
    @pytest.fixture
    def engine(self, served):
        address, key = served
        return OpenAIServerEngine(OpenAIServerSettings(url=address, key=key))


def refusal(engine, request) -> str:
    async def scenario():
        with pytest.raises(RequestRefused) as refused:
            await complete(engine, request)
        assert await complete(engine, ASK)  # and it goes on answering
        await engine.close()
        return str(refused.value)

    return run(scenario())


class RefusesBadRequests:
    """What engines that enforce constraints refuse, in one sentence, and then go on."""

    def test_a_bad_schema(self, engine):
        assert refusal(engine, replace(ASK, schema={"type": "nonsense"}))

    def test_a_prompt_that_is_too_long(self, engine):
        too_long = replace(ASK, messages=(Message("user", "x" * 9000),))
        assert "context" in refusal(engine, too_long)


class TestLlamaCppRefuses(RefusesBadRequests):
    engine = TestLlamaCpp.engine

    def test_a_bad_grammar(self, engine):
        assert "grammar" in refusal(engine, replace(ASK, grammar="root ::= (("))

    def test_a_schema_and_a_grammar_together(self, engine):
        assert "exclude" in refusal(engine, replace(ASK, grammar=GRAMMAR, schema=SCHEMA))


class TestOpenAIServerRefuses(RefusesBadRequests):
    engine = TestOpenAIServer.engine


class TestHubRefuses:
    engine = TestHub.engine

    test_a_prompt_that_is_too_long = RefusesBadRequests.test_a_prompt_that_is_too_long
