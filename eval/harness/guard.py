"""Finds language models that only seem to work: dead, canned or constant ones make a run worthless, not fast.

Knows no task.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.llm.contract import Engine, Message, Request, complete
from eval.harness.task import Row
from eval.harness.turns import worded

PROBES = (
    "Name three fruits.",
    "Write one short sentence about rain.",
    "用一句话介绍大熊猫。",
)
ENOUGH = 10
"""Sentences from which on a share means something."""
MOST_ALIKE = 0.5


async def dead_or_constant(engine: Engine) -> list[str]:
    """Ask three unlike questions and return what shows that nothing thinks: errors, silence, the same answer always."""
    answers: list[str] = []
    for probe in PROBES:
        request = Request(messages=(Message("user", probe),), max_new_tokens=24)
        try:
            answers.append((await complete(engine, request)).strip())
        except Exception as error:  # whatever it raises, the finding is that it does not answer
            return [f"the engine {engine.info.model!r} does not answer: {type(error).__name__}: {error}"]
    if not all(answers):
        return [f"the engine {engine.info.model!r} says nothing to {PROBES[answers.index('')]!r}"]
    if len(set(answers)) < len(answers):
        return [f"the engine {engine.info.model!r} says the same to unlike questions: {answers[0]!r}"]
    return []


def silent_or_canned(rows: Sequence[Row]) -> Iterable[str]:
    """Tell from the turns of a run whether the model worded anything, and whether it was more than one sentence."""
    turns = [turn for row in rows for turn in row["output"].get("turns", ())]
    sentences = [s for turn in turns for s in turn["sentences"] if s["by"] in ("model", "record")]
    said = worded(turns)
    if len(sentences) >= ENOUGH and not said:
        yield f"the model worded none of {len(sentences)} sentences: it is dead, or all that it says is refused"
    if len(said) >= ENOUGH:
        text, times = Counter(said).most_common(1)[0]
        if times / len(said) > MOST_ALIKE:
            yield f"{times} of {len(said)} sentences that the model worded are the same: {text!r}"
