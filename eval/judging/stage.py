"""Where a judge is tried and put to work: each example is checked first, and judged where no check fails.

Knows the kinds of examples (`cases`, `kept`), not what is made of the verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.llm.contract import Engine
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Stage
from eval.harness.turns import Kept
from eval.judging.cases import LABELLED, case_of
from eval.judging.checks import check, plain_turn
from eval.judging.criteria import CRITERIA
from eval.judging.judge import Judge


class Court(Stage):
    """Examples of a labelled set and of a kept run before one judge."""

    def __init__(self, engine: Engine, examples: Sequence[Example], *, criteria: Sequence[str]) -> None:
        self.engine = engine
        self.data = "labelled"
        self.inputs: Sequence[Path] = (LABELLED,)
        self.settings: Mapping[str, Any] = {"judge": engine.info.model, "criteria": ", ".join(criteria)}
        self._criteria = [CRITERIA[name] for name in criteria]
        self._judge = Judge(engine)
        self._examples = list(examples)
        self._kept: dict[str, Kept] = {}

    @property
    def examples(self) -> Sequence[Example]:
        """The labelled set first, then what is made of it, then the turns of a kept run."""
        return self._examples

    def hear(self, turns: Sequence[tuple[Example, Kept]], *, of: str, rows: Path) -> None:
        """Add the turns of a kept run: its task's name, and the file that holds it."""
        self._examples += [example for example, _ in turns]
        self._kept |= {example.id: turn for example, turn in turns}
        self.data, self.inputs = f"labelled+{of}", (LABELLED, rows)

    async def play(self, example: Example, trial: int) -> Output:
        """Return the checks' findings and the verdicts."""
        if "other" in example.given:
            return asdict(await self._judge.prefer(case_of(example.given), example.given["other"]))
        found = self._checked(example)
        failed = [score.explanation for score in found if not score.value]
        if failed:
            verdicts = {one.name: {"value": 0.0, "asked": [], "failed": failed} for one in self._criteria}
        else:
            verdicts = await self._rated(example)
        return {"checks": [asdict(score) for score in found], "verdicts": verdicts}

    def _checked(self, example: Example) -> list[Score]:
        turn = self._kept.get(example.id)
        if turn is None:
            given = example.given
            turn = plain_turn(given["message"], given["reply"], given["language"])
        return check(turn)

    async def _rated(self, example: Example) -> dict[str, Any]:
        case = case_of(example.given)
        return {one.name: asdict(await self._judge.rate(case, one)) for one in self._criteria}
