"""The meter counts calls, waits and the engine's own tokens; joules come from counters alone, never from nothing."""

import asyncio
import stat
import time
from dataclasses import replace

import pytest

from assistant.conversation.parts import Done, Sentence
from assistant.llm.contract import Message, Request, Spent, complete, warm
from assistant.llm.scripted import ScriptedEngine
from eval.cost.energy import Energy, Nvidia, Rapl, energy
from eval.cost.metered import Metered, Metering
from eval.cost.turns import Gauges, Reading, cost, cpu_seconds, visit
from eval.grounding.shopper import Ask
from eval.harness.metrics import measured
from eval.harness.task import Example
from eval.seen import Seen
from eval.tasks.cost import TASK, spent

REQUEST = Request(messages=(Message("user", "say it"),))


class Counting(ScriptedEngine):
    """Counts three tokens of a prompt, one of them known, and one for each reply."""

    spent = Spent()

    async def stream(self, request):
        self.spent = self.spent.plus(Spent(3, 1, 1))
        async for piece in super().stream(request):
            yield piece


def test_calls_are_counted_and_passed_on():
    engine = Metered(ScriptedEngine(["one two", "three"], delay_s=0.01))
    before = engine.metering
    assert asyncio.run(complete(engine, REQUEST)) == "one two" and asyncio.run(complete(engine, REQUEST)) == "three"
    after = engine.metering.since(before)
    assert after.calls == 2 and after.waited_s >= 0.03 and after.tokens is None
    assert not engine.counts_tokens and engine.info.engine == "scripted"


def test_tokens_are_the_engines_own_count():
    engine = Metered(Counting(["a", "b"]))
    asyncio.run(complete(engine, REQUEST))
    before = engine.metering
    asyncio.run(complete(engine, REQUEST))
    assert engine.counts_tokens and engine.metering.since(before).tokens == Spent(3, 1, 1)


def test_a_reply_that_is_cut_short_is_cut_short_inside_and_its_wait_counts():
    async def first_word(engine):
        pieces = engine.stream(REQUEST)
        word = await anext(pieces)
        await pieces.aclose()
        return word

    inner = ScriptedEngine(["one two three"])
    engine = Metered(inner)
    assert asyncio.run(first_word(engine)) == "one"
    assert inner.cancelled == 1 and engine.metering.calls == 1 and engine.metering.waited_s > 0


def test_what_is_read_beforehand_is_no_call():
    inner = ScriptedEngine(["x"])
    engine = Metered(inner)
    asyncio.run(warm(engine, REQUEST))
    assert len(inner.asked) == 1 and inner.asked[0].max_new_tokens == 1 and engine.metering.calls == 0


def counter(folder, name, joules, highest=1_000):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "name").write_text(f"{name}\n")
    (folder / "energy_uj").write_text(f"{joules * 1_000_000}\n")
    (folder / "max_energy_range_uj").write_text(f"{highest * 1_000_000}\n")


def test_a_counter_of_energy_goes_on_where_it_begins_anew(tmp_path):
    counter(tmp_path, "package-0", 990)
    meter = Rapl(tmp_path)
    counter(tmp_path, "package-0", 999)
    assert meter.joules() == 9
    counter(tmp_path, "package-0", 4)
    assert meter.joules() == 14


def test_packages_and_memory_count_and_cores_do_not_count_twice(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    for folder, name in (("intel-rapl:0", "package-0"), ("intel-rapl:0:0", "core"), ("intel-rapl:0:1", "dram")):
        counter(tmp_path / folder, name, 10)
    with energy(tmp_path) as told:
        for folder, name in (("intel-rapl:0", "package-0"), ("intel-rapl:0:0", "core"), ("intel-rapl:0:1", "dram")):
            counter(tmp_path / folder, name, 12)
        assert told.joules() == 4 and told.told.startswith("processor: RAPL, package-0, dram")


def test_a_machine_that_tells_nothing_has_no_figure_and_says_why(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with energy(tmp_path) as told:
        assert (
            told.joules() is None
            and told.told == f"processor: no RAPL counter under {str(tmp_path)!r}; there is no nvidia-smi"
        )


def test_the_power_of_gpus_is_added_up_over_time():
    gpu = Nvidia("nvidia-smi")
    for line, at in (
        ("0, 100.00", 0),
        ("1, 50.00", 0),
        ("0, 100.00", 2),
        ("1, [N/A]", 2),
        ("1, 50.00", 4),
        ("broken", 5),
    ):
        gpu.take(line, float(at))
    assert gpu.joules() == 100 * 2 + 50 * 4


def test_gpus_are_read_from_nvidias_own_program(tmp_path, monkeypatch):
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\nwhile true; do echo '0, 200.00'; sleep 0.05; done\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with energy(tmp_path / "none") as told:
        until = time.monotonic() + 5
        while not told.joules() and time.monotonic() < until:
            time.sleep(0.05)
        assert told.joules() > 0 and "nvidia-smi" in told.told


def test_what_lies_between_two_readings():
    before = Reading(1.0, 2.0, Metering(1, 0.5, Spent(10, 5, 2)), 7.0)
    after = Reading(3.0, 2.5, Metering(3, 1.0, Spent(40, 20, 8)), 9.0)
    found = cost(before, after)
    assert found == {
        "calls": 2,
        "reply_s": 2.0,
        "model_s": 0.5,
        "cpu_s": 0.5,
        "tokens_in": 30,
        "tokens_cached": 15,
        "tokens_out": 6,
        "energy_joules": 2.0,
    }
    unknown = cost(replace(before, joules=None), replace(after, model=Metering(3, 1.0)))
    assert set(unknown) == {"calls", "reply_s", "model_s", "cpu_s"}


class TwoAsks:
    """A shopper who says two things."""

    def __init__(self):
        self.seen = []

    def asks(self):
        yield Ask("wish", "a lamp")
        yield Ask("price", "what does it cost?")

    def saw(self, seen):
        self.seen.append(seen)


@pytest.fixture
def turns():
    """The turns of a visit in which the model words the first reply alone."""
    engine = Metered(Counting(["It is bright."]))

    async def say(message):
        seen = Seen(message)
        by_model = message == "a lamp"
        text = await complete(engine, REQUEST) if by_model else "It costs $5."
        seen.take(Sentence(text, "LMP", "model" if by_model else "record"), 1.0)
        seen.take(Done(trace={}), 2.0)
        return seen

    shopper = TwoAsks()
    played = asyncio.run(visit(shopper, say, Gauges(engine, Energy((), "nothing tells"))))
    assert [seen.message for seen in shopper.seen] == ["a lamp", "what does it cost?"]
    return played


def test_each_turn_is_kept_with_its_cost(turns):
    assert [turn["cost"]["calls"] for turn in turns] == [1, 0]
    assert [turn["cost"]["tokens_out"] for turn in turns] == [1, 0]
    assert all("energy_joules" not in turn["cost"] and turn["cost"]["reply_s"] > 0 for turn in turns)


def test_figures_are_per_reply(turns):
    scores = [
        {"name": one.name, "value": one.value, "weight": one.weight, "truth": one.truth}
        for one in spent(Example(id="v", given={}), {"turns": turns})
    ]
    rows = [{"id": "v", "cluster": "", "trial": 0, "scores": scores}]
    figures, _ = measured(TASK.metrics, rows, seed=7)
    assert figures["calls"] == 0.5 and figures["tokens_in"] == 1.5 and figures["no_model_share"] == 0.5
    assert "energy_joules" not in figures


def test_processor_time_grows():
    before = cpu_seconds()
    until = time.process_time() + 0.05
    while time.process_time() < until:
        pass
    assert cpu_seconds() - before >= 0.03
