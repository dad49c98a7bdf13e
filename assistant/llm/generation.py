"""What transformers' `generate` is given beside the prompt: streaming, cancelling and seeded chance.

Knows no loading of models. Imported classes are extended inside functions, since PyTorch takes seconds to import.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.llm.contract import Request


def decoding_aids(tokenizer: Any, request: Request, show: Callable[[str], bool]) -> dict[str, Any]:
    """Return the streamer, stopping criteria and logits processors of one request.

    `show` takes each piece of finished text and returns True when decoding should end. Text is finished when no later
    token can change it, so that a character split over tokens leaves whole.
    """
    from transformers import LogitsProcessorList, StoppingCriteriaList

    ended = _Ended()
    streamer = _streamer(tokenizer, show, ended)
    processors = [_chance(request)] if request.temperature > 0 else []
    return {
        "streamer": streamer,
        "stopping_criteria": StoppingCriteriaList([_cancelling(show, ended)]),
        "logits_processor": LogitsProcessorList(processors),
    }


class _Ended:
    """Whether decoding should stop, shared by the streamer and the stopping criterion."""

    def __init__(self) -> None:
        self.value = False


def _streamer(tokenizer: Any, show: Callable[[str], bool], ended: _Ended) -> Any:
    from transformers import TextStreamer

    class Shown(TextStreamer):  # type: ignore[misc]
        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            ended.value = show(text) or ended.value

    return Shown(tokenizer, skip_prompt=True, skip_special_tokens=True)


def _cancelling(show: Callable[[str], bool], ended: _Ended) -> Any:
    import torch
    from transformers import StoppingCriteria

    class Cancelled(StoppingCriteria):  # type: ignore[misc]
        def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
            stop = ended.value or show("")
            return torch.full((input_ids.shape[0],), stop, device=input_ids.device, dtype=torch.bool)

    return Cancelled()


def _chance(request: Request) -> Any:
    """Return a processor that makes the best token a sample: Gumbel noise from a generator of this request's seed.

    `generate` draws from one global generator, so that two requests at once would disturb each other's seeds.

    Source: Gumbel (1954); argmax(logits / T + noise) is distributed as softmax(logits / T).
    """
    import torch
    from transformers import LogitsProcessor

    class Chance(LogitsProcessor):  # type: ignore[misc]
        def __init__(self) -> None:
            self.generator = torch.Generator().manual_seed(request.seed)

        def __call__(self, input_ids: Any, scores: Any) -> Any:
            noise = torch.empty(scores.shape).exponential_(generator=self.generator).log().neg()
            return scores.float() / request.temperature + noise.to(scores.device)

    return Chance()
