"""The same model with several numbers of threads: which is loaded first, which answers, and what closing leaves."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from assistant.errors import ModelUnavailable
from assistant.llm import llamacpp, llamacpp_server
from assistant.llm import threads as threads_module
from assistant.llm.contract import Message, Request, complete
from assistant.llm.llamacpp import LlamaCppEngine, LlamaCppSettings
from assistant.llm.stepping import SteppedServers
from assistant.llm.threads import ThreadSteps

ASK = Request(messages=(Message("user", "Say something."),), max_new_tokens=8)


class FakeWatch:
    """Stands in for the watch: `free` cores are what a test says."""

    def __init__(self, free: float = 2.0) -> None:
        self.cores_free, self.started, self.closed = free, False, False

    def start(self) -> None:
        self.started = True

    def free(self) -> float:
        return self.cores_free

    def close(self) -> None:
        self.closed = True


def servers(watch, load=str) -> SteppedServers:
    return SteppedServers(load, ThreadSteps((4, 2, 1), ""), watch)


def test_the_one_that_suits_is_loaded_first_and_the_rest_after_it():
    busy = servers(FakeWatch(1.0))
    busy.load_first()
    assert busy.loaded == (1,)
    busy.load_rest(lambda: False)
    assert busy.loaded == (4, 2, 1)


def test_each_time_the_one_for_what_is_free_now():
    watch = FakeWatch(4.0)
    stepped = servers(watch)
    stepped.load_first()
    stepped.load_rest(lambda: False)
    chosen = []
    for watch.cores_free in (4.0, 3.0, 2.0, 1.0, 0.0, 4.0):
        chosen.append(stepped.suited())
    assert chosen == ["4", "2", "2", "1", "1", "4"]


def test_what_is_not_loaded_yet_is_done_without():
    watch = FakeWatch(4.0)
    stepped = servers(watch)
    stepped.load_first()
    watch.cores_free = 0.5
    assert stepped.suited() == "4"


def test_a_second_load_that_fails_leaves_the_first(caplog):
    def load(count: int) -> str:
        if count == 1:
            raise MemoryError("no room")
        return str(count)

    stepped = servers(FakeWatch(4.0), load)
    stepped.load_first()
    stepped.load_rest(lambda: False)
    assert stepped.loaded == (4, 2)
    assert "1 threads" in caplog.text


def test_nothing_more_is_loaded_once_it_is_to_stop():
    stepped = servers(FakeWatch(4.0))
    stepped.load_first()
    stepped.load_rest(lambda: True)
    assert stepped.loaded == (4,)


class Recorded:
    """A real server that notes by how many threads each request was answered."""

    def __init__(self, server, threads: int, asked: list[int]) -> None:
        self._server, self._threads, self._asked = server, threads, asked

    def handle_chat_completions(self, body, take):
        self._asked.append(self._threads)
        return self._server.handle_chat_completions(body, take)


@pytest.fixture
def asked(monkeypatch):
    """The numbers of threads that answered, in order, on what looks like a machine of two cores."""
    noted: list[int] = []

    def load(path, threads, **sizes):
        return Recorded(llamacpp_server.load_server(path, threads, **sizes), threads, noted)

    monkeypatch.setattr(llamacpp, "load_server", load)
    monkeypatch.setattr(threads_module, "cores", lambda: 2)
    return noted


async def both_loaded(engine: LlamaCppEngine, count: int = 2) -> None:
    await engine.start()
    for _ in range(500):
        if len(engine._servers.loaded) == count:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"only {engine._servers.loaded} were loaded")


def test_each_request_follows_the_load(tiny_gguf, asked):
    watch = FakeWatch(2.0)
    engine = LlamaCppEngine(LlamaCppSettings(path=tiny_gguf), watch=watch)

    async def scenario():
        await both_loaded(engine)
        texts = []
        for watch.cores_free in (2.0, 1.0, 0.2, 2.0):
            texts.append(await complete(engine, ASK))
        await engine.close()
        return texts

    texts = asyncio.run(scenario())
    assert asked == [2, 1, 1, 2]
    assert all(texts)
    assert "2 or 1 threads" in engine.info.reason
    assert watch.started
    assert watch.closed


def test_threads_that_are_set_are_kept_whatever_the_load(tiny_gguf, asked):
    watch = FakeWatch(0.0)
    engine = LlamaCppEngine(LlamaCppSettings(path=tiny_gguf, threads=2), watch=watch)

    async def scenario():
        await both_loaded(engine, 1)
        await complete(engine, ASK)
        await complete(engine, ASK)
        loaded = engine._servers.loaded
        await engine.close()
        return loaded

    assert asyncio.run(scenario()) == (2,)
    assert asked == [2, 2]
    assert not watch.started
    assert "2 threads as set" in engine.info.reason


def test_closing_while_the_rest_loads_leaves_nothing(tiny_gguf, asked):
    before = {thread.name for thread in threading.enumerate()}

    async def scenario():
        engine = LlamaCppEngine(LlamaCppSettings(path=tiny_gguf))
        await engine.start()
        await engine.close()
        return engine

    engine = asyncio.run(scenario())
    assert engine._servers.loaded == ()
    assert not engine.ready
    time.sleep(0.1)
    left = {thread.name for thread in threading.enumerate()} - before
    assert not {name for name in left if name.startswith(("core-watch", "llamacpp"))}


def test_a_file_that_cannot_be_read_leaves_no_watch(tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF and nothing more")
    engine = LlamaCppEngine(LlamaCppSettings(path=broken))

    async def scenario():
        with pytest.raises(ModelUnavailable, match="complete GGUF"):
            await engine.start()
        await engine.close()

    asyncio.run(scenario())
    assert "core-watch" not in [thread.name for thread in threading.enumerate()]
