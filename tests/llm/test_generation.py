"""Streaming and seeded chance of the transformers engine."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.llm.contract import Message, Request
from assistant.llm.generation import decoding_aids


def request(**more) -> Request:
    return Request(messages=(Message("user", "hi"),), **more)


def test_a_character_split_over_tokens_leaves_whole(tiny_folder):
    import torch
    from transformers import AutoTokenizer

    tokenizer, shown = AutoTokenizer.from_pretrained(tiny_folder), []
    streamer = decoding_aids(tokenizer, request(), lambda text: bool(shown.append(text)))["streamer"]
    streamer.put(torch.tensor([[1, 2, 3]]))  # the prompt, which is not shown
    for byte in "a 🎒中 b".encode():
        streamer.put(torch.tensor([byte]))
    streamer.end()
    assert "".join(shown) == "a 🎒中 b"
    assert "�" not in "".join(shown)


@pytest.mark.parametrize("temperature", [0.5, 1.0])
def test_chance_follows_the_distribution_and_the_seed(tiny_folder, temperature):
    import torch

    logits = torch.tensor([[0.0, 1.0, 2.0]])
    expected = torch.softmax(logits[0] / temperature, 0)

    def draws(seed: int, count: int) -> list[int]:
        aids = decoding_aids(None, request(temperature=temperature, seed=seed), lambda text: False)
        return [int(aids["logits_processor"](torch.tensor([[0]]), logits).argmax()) for _ in range(count)]

    counts = Counter(draws(7, 3000))
    assert [counts[n] / 3000 for n in range(3)] == pytest.approx(expected.tolist(), abs=0.03)
    assert draws(1, 20) == draws(1, 20) != draws(2, 20)
