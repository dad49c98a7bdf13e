"""The count of tokens follows what llama.cpp says of each piece."""

from assistant.llm.contract import Spent
from assistant.llm.token_count import TokenCount


def chunk(**timings):
    return {"choices": [{"delta": {"content": "a"}}], "timings": timings}


def test_the_latest_piece_counts_so_that_what_was_cut_short_does():
    count = TokenCount()
    assert count.spent == Spent()
    count.take({"choices": [{"delta": {"role": "assistant"}}]})
    count.take(chunk(prompt_n=30, cache_n=70, predicted_n=1))
    count.take(chunk(prompt_n=30, cache_n=70, predicted_n=2))
    assert count.spent == Spent(prompt_tokens=100, cached_tokens=70, new_tokens=2)


def test_counts_add_up_and_are_taken_apart():
    first, second = Spent(10, 4, 2), Spent(5, 5, 1)
    assert first.plus(second).since(first) == second
