"""How many threads: what is set, or what is free."""

from __future__ import annotations

import pytest

from assistant.llm import threads
from assistant.llm.threads import choose_threads, cores, free_cores


@pytest.mark.parametrize(("free", "chosen"), [(0.0, 1), (0.4, 1), (1.2, 1), (1.8, 2), (6.3, 6), (60.0, 8)])
def test_as_many_as_are_free_at_least_one_at_most_eight(monkeypatch, free, chosen):
    monkeypatch.setattr(threads, "free_cores", lambda sample_s: free)
    monkeypatch.setattr(threads, "cores", lambda: 64)
    choice = choose_threads()
    assert choice.threads == chosen
    assert f"{free:.1f} of 64" in choice.reason


def test_what_is_set_is_taken():
    assert choose_threads(3).threads == 3


def test_free_cores_are_within_what_this_process_may_use():
    assert 0 <= free_cores(0.1) <= cores()
