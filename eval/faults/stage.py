"""Runs the task that a fault concerns, without the fault and with it, and tells what the task found.

Knows tasks by name and the gate that CI uses: a fault is caught by what would keep a change from passing.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.faults.fault import Fault
from eval.harness.book import Run, RunBook
from eval.harness.gate import findings
from eval.harness.running import run
from eval.harness.task import Example, Row, Stage, Task

Asked = Callable[[str, Sequence[str]], tuple[Task, argparse.Namespace]]
"""Gives a task by name and its arguments from words, as the command line would."""
CONTROL = "no fault"


class Planting(Stage):
    """The faults, each an example, and for every way in which a task is run one example without a fault."""

    data = "demo"

    def __init__(self, faults: Sequence[Fault], asked: Asked, folder: Path) -> None:
        self._faults = {fault.name: fault for fault in faults}
        self._ways = dict.fromkeys((fault.task, fault.words) for fault in faults)
        self._asked, self._folder = asked, folder
        self._clean: dict[tuple[str, tuple[str, ...]], tuple[Run, list[Row]]] = {}

    @property
    def examples(self) -> Sequence[Example]:
        """The runs without a fault first, since every run with one is held against them."""
        controls = [
            Example(id=f"{CONTROL}: {task} {' '.join(words)}", given={"task": task, "words": list(words)})
            for task, words in self._ways
        ]
        planted = [
            Example(id=name, given={"task": f.task, "words": list(f.words), "harm": f.harm, "fault": name})
            for name, f in self._faults.items()
        ]
        return controls + planted

    async def play(self, example: Example, trial: int) -> Mapping[str, Any]:
        """Return what the task found beside a run without a fault."""
        way = (example.given["task"], tuple(example.given["words"]))
        fault = self._faults.get(example.given.get("fault", ""))
        # A run has a loop of its own: it is played in a thread beside this one's.
        return await asyncio.to_thread(self._found, way, fault)

    def _found(self, way: tuple[str, tuple[str, ...]], fault: Fault | None) -> Mapping[str, Any]:
        if way not in self._clean:
            self._clean[way] = self._run(way, nullcontext())
        clean, before = self._clean[way]
        ended, rows = self._run(way, fault.planted() if fault else nullcontext())
        metrics = self._asked(*way)[0].metrics
        found = [one for one in findings(ended, rows, metrics, before=before) if one.why not in clean.failures]
        return {"found": [asdict(one) for one in found], "before": dict(clean.metrics), "after": dict(ended.metrics)}

    def _run(self, way: tuple[str, tuple[str, ...]], planted: AbstractContextManager[object]) -> tuple[Run, list[Row]]:
        name, words = way
        task, args = self._asked(name, [*words, "--fresh"])
        with planted:
            return run(task, args, RunBook(self._folder))


@contextmanager
def planting(faults: Sequence[Fault], asked: Asked) -> Iterator[Planting]:
    """Keep the runs of the tasks in a folder that is gone on leaving."""
    with tempfile.TemporaryDirectory(prefix="regulars-faults-") as folder:
        yield Planting(faults, asked, Path(folder))
