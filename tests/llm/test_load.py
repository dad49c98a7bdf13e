"""How many cores others leave free: what is counted, how it is smoothed, and that a real process is seen."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from assistant.llm import load
from assistant.llm.load import CoreWatch, cores


class Machine:
    """A machine of four cores whose figures a test sets: percent per core, and percent of this process."""

    def __init__(self) -> None:
        self.cores, self.own = [0.0, 0.0, 0.0, 0.0], 0.0

    def cpu_percent(self, percpu: bool = False) -> object:
        return self.cores if percpu else self.own


@pytest.fixture
def machine(monkeypatch):
    stand_in = Machine()
    monkeypatch.setattr(load.psutil, "cpu_percent", stand_in.cpu_percent)
    monkeypatch.setattr(load.psutil, "Process", lambda: stand_in)
    return stand_in


def watch_of(values: list[float]) -> CoreWatch:
    """Return a watch that samples these values, the last one again and again."""
    return CoreWatch(lambda: lambda: values.pop(0) if len(values) > 1 else values[0])


def until(condition, timeout_s: float = 10.0) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_what_this_process_uses_is_no_load_of_others(monkeypatch, machine):
    monkeypatch.setattr(load, "_allowed", lambda: [0, 1, 2, 3])
    sample = load._others()
    machine.cores, machine.own = [100.0, 100.0, 90.0, 0.0], 195.0
    assert sample() == pytest.approx(0.95)
    machine.own = 300.0  # two clocks read one after the other may disagree
    assert sample() == 0


def test_cores_that_this_process_may_not_use_do_not_count(monkeypatch, machine):
    monkeypatch.setattr(load, "_allowed", lambda: [2, 3])
    sample = load._others()
    machine.cores = [100.0, 100.0, 10.0, 0.0]
    assert sample() == pytest.approx(0.1)
    assert cores() == 2


def test_the_first_sample_counts_whole_and_a_blink_hardly(monkeypatch):
    monkeypatch.setattr(load, "_allowed", lambda: [0, 1])
    monkeypatch.setattr(load, "SAMPLE_S", 0.01)
    steady = watch_of([1.0])
    steady.start()
    assert steady.free() == 1.0
    steady.close()
    lowest = []
    blink = watch_of([0.0, 1.0, 0.0])
    blink.start()
    assert until(lambda: lowest.append(blink.free()) or blink.free() < 1.99 or len(lowest) > 50)
    assert min(lowest) > 1.5
    blink.close()


def test_free_is_never_below_nothing():
    watch = watch_of([1000.0])
    watch.start()
    assert watch.free() == 0
    watch.close()


def test_closing_ends_the_thread_and_may_be_repeated():
    watch = watch_of([0.0])
    watch.close()  # before it was started
    watch = watch_of([0.0])
    watch.start()
    watch.start()
    assert [thread.name for thread in threading.enumerate()].count("core-watch") == 1
    watch.close()
    watch.close()
    assert not watch.running
    assert "core-watch" not in [thread.name for thread in threading.enumerate()]


def test_a_process_that_keeps_a_core_busy_is_seen():
    watch = CoreWatch()
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:
        try:
            watch.start()
            assert until(lambda: watch.free() < cores() - 0.4)
        finally:
            busy.kill()
            watch.close()
