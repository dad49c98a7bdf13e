"""Recommendation: every model fitted to all but the last item of each person, judged by that item among all items.

Settings are chosen on validation data (the last item but one, fitted without it); the fit is then made again with it.
Seen items are masked. The blend is learned from the same validation data. An example is a model, then a person.

    python -m eval recommend --data ../shared/data/amazon-beauty --models items,ease
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from assistant.errors import SettingError
from assistant.recommend.contract import Run
from assistant.recommend.models import KINDS
from eval.harness.metrics import Metric
from eval.harness.reducers import Column, mean
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Row, Stage, Task
from eval.recommendation.fitting import Bench, Progress
from eval.recommendation.lists import CUT, ListBook, known_of
from eval.recommendation.metrics import beyond
from eval.recommendation.sequences import ITEMS, SEQUENCES, Split, read, split

DATA, MODEL = "data", "model"
BARS = {
    "blend.hr@10": 0.105, "blend.ndcg@10": 0.062, "items.hr@10": 0.082, "items.ndcg@10": 0.049, "items.fit_s": 2.0,
    "sequence.hr@10": 0.092, "sequence.ndcg@10": 0.053,
}  # fmt: skip
"""Asked of Amazon Beauty."""
OF_MODELS = {"coverage": "", "novelty": "", "diversity": "", "popularity_bias": "", "fit_s": "less", "choose_s": "less"}


class People(Stage):
    """People whose last choice is held out, and models fitted to the rest."""

    def __init__(self, parts: Split, book: ListBook, args: argparse.Namespace) -> None:
        self._parts, self._book, self._models = parts, book, _names(args.models)
        self._rows = {person: row for row, person in enumerate(parts.judged)}
        self._beyond = known_of(parts)
        self.data = args.data.name
        self.inputs = tuple(path for name in (SEQUENCES, ITEMS) if (path := args.data / name).is_file())
        self.settings = {"seed": args.seed}

    @property
    def examples(self) -> Sequence[Example]:
        """The data, the models in the order in which they are asked for, and the people with their histories."""
        items, test = self._parts.whole.items, self._parts.test
        people = [
            Example(
                id=f"person {person}",
                given={
                    "person": person,
                    "history": [items[at] for at in test.histories[row]],
                    "chosen": items[test.targets[row]],
                },
            )
            for person, row in self._rows.items()
        ]
        models = [Example(id=f"{MODEL} {name}", given={MODEL: name}) for name in self._models]
        return [Example(id=DATA, given={"people": len(people), "items": len(items)}), *models, *people]

    async def play(self, example: Example, trial: int) -> Output:
        """Return what a model costs and shows to everybody, or what each model shows to a person."""
        if example.id == DATA:
            return dict(example.given)
        if MODEL in example.given:
            return self._fitted(example.given[MODEL])
        row, items = self._rows[example.given["person"]], self._parts.whole.items
        known = {name: lists for name in self._models if (lists := self._book.of(name)) is not None}
        return {"lists": {name: [items[at] for at in lists[row]] for name, lists in known.items()}}

    def _fitted(self, name: str) -> Output:
        made = self._book.make(name)
        if made is None:
            return {"refused": self._book.refused(name)}
        fitted, lists = made
        tqdm.write(f"{name}: fitted in {fitted.spent['fit_s']:.1f} s")
        return {"figures": {**beyond(lists, self._beyond), **fitted.spent}, "chosen": dict(fitted.chosen)}


def costs(example: Example, output: Output) -> Iterator[Score]:
    """Yield what a model costs, and how much of the shop it shows to everybody together."""
    if example.id == DATA:
        yield from (Score(name, value, "are in the folder") for name, value in output.items())
    elif MODEL in example.given:
        for name, value in output.get("figures", {}).items():
            yield Score(f"{example.given[MODEL]}.{name}", value, "over all lists together")


def next_choice(example: Example, output: Output) -> Iterator[Score]:
    """Yield for each model whether what a person chose next is among its ten, and the gain of its rank."""
    for model, listed in output.get("lists", {}).items():
        chosen = example.given["chosen"]
        rank = listed.index(chosen) + 1 if chosen in listed else 0
        said = f"rank {rank} of {len(listed)}" if rank else f"not among {len(listed)}"
        yield Score(f"{model}.hr@{CUT}", float(rank > 0), said)
        yield Score(f"{model}.ndcg@{CUT}", 1 / float(np.log2(rank + 1)) if rank else 0.0, said)


def precision(column: Column) -> float:
    """Return the mean share of a list that was chosen: one item of ten at most."""
    return mean(column) / CUT


def reciprocal_rank(column: Column) -> float:
    """Return the mean of one over the rank, which the gain of the only chosen item tells: MAP where one is right."""
    whole = float(column.weights.sum())
    there = column.values > 0
    ranks = np.exp2(1 / column.values[there]) - 1
    return float((1 / ranks) @ column.weights[there]) / whole if whole else float("nan")


def chosen(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Return by model how its settings were chosen, or why it was left out."""
    models = {row["given"][MODEL]: row["output"] for row in rows if MODEL in row["given"]}
    return {name: output.get("chosen", output.get("refused")) for name, output in models.items()}


def _names(given: str) -> Sequence[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in KINDS:
            raise SettingError("--models", name, f"some of {', '.join(KINDS)} are expected")
    return names


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--models", default=",".join(KINDS), help=f"some of {','.join(KINDS)}")
    parser.add_argument("--work", type=Path, help="where an interrupted evaluation goes on from; OUT/recommend.work")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Read the histories and hold out what people chose last.

    Raises:
        SettingError: the folder or a model's name is something else.
    """
    _names(args.models)
    parts = split(read(args.data, seed=args.seed), limit=args.limit, seed=args.seed)
    folder = Path(args.work or args.out / "recommend.work", args.data.name)
    book = ListBook(parts, Bench(parts, Run(progress=Progress(), folder=folder, seed=args.seed)), folder)
    yield People(parts, book, args)
    book.forget()  # only where nothing stopped it


def _metrics(model: str) -> Iterator[Metric]:
    hit, gain = f"{model}.hr@{CUT}", f"{model}.ndcg@{CUT}"
    yield Metric(hit, of=hit, bar=BARS.get(hit))
    yield Metric(gain, of=gain, bar=BARS.get(gain))
    yield Metric(f"{model}.precision@{CUT}", of=hit, reduce=precision)
    yield Metric(f"{model}.recall@{CUT}", of=hit)
    yield Metric(f"{model}.map@{CUT}", of=gain, reduce=reciprocal_rank)
    for figure, better in OF_MODELS.items():
        name = f"{model}.{figure}"
        yield Metric(name, of=name, better="less" if better else "", bar=BARS.get(name))


TASK = Task(
    name="recommend",
    promise="which products people choose next, by every model and their blend",
    opened=opened,
    scorers=(costs, next_choice),
    metrics=(
        Metric("people", of="people", better=""),
        Metric("items", of="items", better=""),
        *(metric for model in KINDS for metric in _metrics(model)),
    ),
    add_arguments=add_arguments,
    notes=chosen,
)
