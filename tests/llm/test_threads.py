"""With how many threads a model is loaded, and which number suits the load."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import threads
from assistant.llm.threads import MOST, ThreadSteps, thread_steps


@pytest.mark.parametrize(
    ("cores", "counts"), [(1, (1,)), (2, (2, 1)), (3, (3, 1)), (4, (4, 2, 1)), (8, (8, 4, 1)), (64, (8, 4, 1))]
)
def test_all_cores_half_of_them_and_one(monkeypatch, cores, counts):
    monkeypatch.setattr(threads, "cores", lambda: cores)
    steps = thread_steps()
    assert steps.counts == counts
    assert f"{cores} core" in steps.reason


def test_what_is_set_is_the_only_choice():
    assert thread_steps(3) == ThreadSteps((3,), "3 threads as set")
    assert thread_steps(1).reason == "1 thread as set"


@pytest.mark.parametrize(("free", "suited"), [(2.0, 2), (1.7, 2), (1.5, 1), (1.0, 1), (0.0, 1)])
def test_a_core_that_is_taken_leaves_one_thread(free, suited):
    assert ThreadSteps((2, 1), "").suited(free) == suited


@given(cores=st.integers(1, 128), free=st.floats(0, 128), taken=st.floats(0, 128))
def test_less_room_never_means_more_threads(cores, free, taken):
    steps = ThreadSteps(tuple(sorted({min(MOST, cores), max(1, min(MOST, cores) // 2), 1}, reverse=True)), "")
    assert steps.suited(max(0.0, free - taken)) <= steps.suited(free)
    assert steps.suited(free) in steps.counts
