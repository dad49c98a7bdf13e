"""Plays a task's examples, keeps each row as it ends, and sums them up. Knows no task.

A run that was stopped goes on where it was when it is asked for again with the same code, data, prompts and settings.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from tqdm import tqdm

from eval.harness import fingerprint
from eval.harness.afterwards import keep_findings
from eval.harness.book import Run, RunBook
from eval.harness.guard import dead_or_constant
from eval.harness.metrics import measured
from eval.harness.scores import NoAnswer
from eval.harness.task import Example, Row, Stage, Task

NOT_SETTINGS = frozenset({"task", "out", "runs", "fresh", "data"})
"""Arguments on which no figure depends, or which are kept elsewhere."""


def run(task: Task, args: argparse.Namespace, book: RunBook) -> tuple[Run, list[Row]]:
    """Play the task and return the run as kept, with its rows.

    `args` has `seed`, `trials`, `fresh` and what the task's own arguments add.

    Raises:
        RegularsError, IndexProblem: what is to be judged cannot be opened.
    """
    with task.opened(args) as stage:
        trials = args.trials or task.trials
        wanted = [(example, trial) for trial in range(trials) for example in stage.examples]
        current, rows = book.begin(_planned(task, stage, args, examples=len(wanted)), fresh=args.fresh)
        before_s, started = current.seconds, time.perf_counter()
        done = {(row["id"], row["trial"]) for row in rows}
        left = [(example, trial) for example, trial in wanted if (example.id, trial) not in done]
        if rows:
            print(f"going on with run {current.id}: {len(rows)} of {len(wanted)} are there")
        try:
            failures = asyncio.run(_play(task, stage, left, _Keeper(book, current, rows)))
        finally:
            current = replace(current, seconds=before_s + time.perf_counter() - started)
            book.keep(current)
    if stage.probed:
        failures += [sentence for guard in task.guards for sentence in guard(rows)]
    return _ended(task, current, rows, failures, book, seed=args.seed), rows


class _Keeper:
    """Takes rows as they end."""

    def __init__(self, book: RunBook, run: Run, rows: list[Row]) -> None:
        self._book, self._run, self._rows = book, run, rows

    def take(self, row: Row) -> None:
        self._book.add(self._run, row)
        self._rows.append(row)


async def _play(task: Task, stage: Stage, left: Sequence[tuple[Example, int]], keeper: _Keeper) -> list[str]:
    """Play what is left, side by side where the task allows it; return what the engine's probe found."""
    if not left:
        return []
    await stage.start()
    try:
        found = await dead_or_constant(stage.engine) if stage.engine is not None and stage.probed else []
        if found:
            return found
        waiting = iter(left)
        with tqdm(total=len(left), desc=task.name, mininterval=2) as bar:

            async def player() -> None:
                for example, trial in waiting:
                    keeper.take(await _row(task, stage, example, trial))
                    bar.update()

            await asyncio.gather(*(player() for _ in range(task.at_once)))
    finally:
        await stage.close()
    return []


async def _row(task: Task, stage: Stage, example: Example, trial: int) -> Row:
    started = time.perf_counter()
    row: dict[str, Any] = {"id": example.id, "cluster": example.cluster, "trial": trial, "given": dict(example.given)}
    try:
        output = await stage.play(example, trial)
        scores = [asdict(score) for score in task.scored(example, output)]
    except NoAnswer as missing:
        names = dict.fromkeys(metric.of for metric in task.metrics)
        output = {"no_answer": str(missing)}
        scores = [{"name": name, "value": None, "explanation": str(missing), "weight": 1.0} for name in names]
    return row | {"output": dict(output), "scores": scores, "seconds": round(time.perf_counter() - started, 4)}


def _planned(task: Task, stage: Stage, args: argparse.Namespace, *, examples: int) -> Run:
    own = {name: value for name, value in vars(args).items() if name not in NOT_SETTINGS}
    settings = {name: str(value) if value is not None else None for name, value in own.items()} | dict(stage.settings)
    prompts, inputs = fingerprint.of_prompts(), fingerprint.of_files(stage.inputs)
    model = _model(stage)
    ids = fingerprint.of_json([[example.id, example.given] for example in stage.examples])
    code = fingerprint.of_code()
    key = fingerprint.of_json([task.name, stage.stand_in, stage.data, settings, prompts, inputs, model, ids, code])
    return Run(
        id="",
        task="_".join(filter(None, (task.name, stage.stand_in))),
        data=stage.data,
        key=key,
        promise=task.promise,
        settings=settings,
        commit=code,
        prompts=prompts,
        inputs=inputs | {"examples": ids},
        model=model,
        machine=fingerprint.of_machine(),
        examples=examples,
        bars={m.name: {"better": m.better, "bar": m.bar} for m in task.metrics if m.better or m.bar is not None},
    )


def _model(stage: Stage) -> dict[str, Any]:
    if stage.engine is None:
        return {}
    info = stage.engine.info
    return {"engine": info.engine, "model": info.model, "reason": info.reason}


def _ended(task: Task, current: Run, rows: list[Row], failures: Sequence[str], book: RunBook, *, seed: int) -> Run:
    metrics, intervals = measured(task.metrics, rows, seed=seed)
    ended = replace(
        current,
        ended=datetime.now(UTC).isoformat(timespec="seconds"),
        status="failed" if failures else "done",
        metrics=metrics,
        intervals=intervals,
        notes=task.notes(rows),
        failures=tuple(failures),
    )
    book.keep(ended)
    keep_findings(task.metrics, ended, rows, book)
    return ended
