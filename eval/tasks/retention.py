"""Retention: who buys again within a horizon, told on the first of the last days of the data, which are held out.

What is learned is learned from earlier days with their own horizon before the held-out days. BG/NBD, fitted to the same
past, and the same learners over recency, frequency and money alone stand beside it, with the paired interval of what
they lack. With `--test` all of that is learned from `--data`, and the last days of the other folder are judged.

    python -m eval retention --data ../shared/data/online-retail --horizon 90
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from assistant.behaviour.models.customers import RFM, Customers, came_back, customers_on
from assistant.behaviour.models.returning import FAMILIES, Returning, histories, learn_returning
from assistant.behaviour.models.table import Floats
from assistant.errors import SettingError
from eval.chances.columns import auc_above, brier, ece
from eval.chances.invoices import FILE, Invoices, read_invoices
from eval.chances.metrics import chance_metrics, exact_calibration_error
from eval.harness.metrics import Metric
from eval.harness.reducers import auc, aupr, counted
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Row, Stage, Task

MODEL = "model"
AVERAGE, OTHERS = "average", ("bgnbd", "rfm")
BESIDE = (*OTHERS, *FAMILIES)
FIGURES = {"auc": "more", "aupr": "more", "brier": "less", "ece": "less", "ece_width": "less", "f1": "more"}


class Returners(Stage):
    """The customers of the folder that is judged, on the first held-out day, and the models that tell who returns."""

    def __init__(self, known: Invoices, other: Invoices, args: argparse.Namespace) -> None:
        self._known, self._horizon, self._seed = known, args.horizon, args.seed
        self._until = known.end if args.test else known.end - timedelta(days=args.horizon)
        day = other.end - timedelta(days=args.horizon)
        customers = customers_on(other.lines, day)
        first = np.arange(len(customers.ids))[: args.limit]
        self._customers = Customers(customers.ids[: args.limit], customers.table.rows(first))
        self._hits = came_back(other.lines, self._customers, day=day, horizon_days=args.horizon)
        self._chances: dict[str, Floats] = {}
        self._learned: dict[str, Any] = {}
        self.data = f"{args.data.name} -> {args.test.name}" if args.test else args.data.name
        self.inputs = tuple(folder / FILE for folder in (args.data, args.test) if folder)
        self.settings = {
            "horizon_days": args.horizon,
            "judged_on": str(day),
            "lines": len(known.lines),
            "lines_left_out": known.left_out,
            "seed": args.seed,
        }

    @property
    def examples(self) -> Sequence[Example]:
        """What is learned, then the customers with what was known of them."""
        columns = {name: self._customers.table.column(name).tolist() for name in RFM}
        customers = [
            Example(id=id_, given={name: values[at] for name, values in columns.items()})
            for at, id_ in enumerate(self._customers.ids)
        ]
        return [Example(id=MODEL, given={"customers": len(customers)}), *customers]

    async def start(self) -> None:
        """Learn: over all columns, and over recency, frequency and money alone."""
        whole, rfm = (
            learn_returning(
                self._known.lines, until=self._until, horizon_days=self._horizon, seed=self._seed, columns=columns
            )
            for columns in tqdm(((), RFM), desc="models")
        )
        self._chances = {
            AVERAGE: whole.chances(self._customers),
            "bgnbd": whole.process.returns(histories(self._customers), self._horizon),
            "rfm": rfm.chances(self._customers),
            **whole.by_family(self._customers),
        }
        self._learned = _told_of(whole)
        self._places = {id_: at for at, id_ in enumerate(self._customers.ids)}

    async def play(self, example: Example, trial: int) -> Output:
        """Return what the models say of a customer and whether they came back, or what was learned."""
        if example.id == MODEL:
            said = {name: chances.tolist() for name, chances in self._chances.items()}
            return {**self._learned, "came_back": self._hits.tolist(), "chances": said}
        at = self._places[example.id]
        said_of_one = {name: float(chances[at]) for name, chances in self._chances.items()}
        return {"came_back": int(self._hits[at]), "chances": said_of_one}


def _told_of(model: Returning) -> dict[str, Any]:
    return {
        "learned_on": [str(day) for day in model.days],
        "weights": dict(model.chance.weights),
        "calibration": model.chance.way,
        "level_shift": model.shift,
        "bgnbd": {name: getattr(model.process, name) for name in ("r", "alpha", "a", "b")},
    }


def returning(example: Example, output: Output) -> Iterator[Score]:
    """Yield each model's chance that a customer comes back, held against whether they did."""
    if example.id == MODEL:
        return
    came, chances = output["came_back"], output["chances"]
    told = "came back" if came else "did not come back"
    yield Score("came_back", came, told)
    for model, chance in chances.items():
        yield Score(f"chance.{model}", chance, f"{chance:.2f} for one who {told}", truth=came)
    for other in OTHERS:
        for model in (AVERAGE, other):
            yield Score(f"above_{other}", chances[model], f"by {model}, for one who {told}", truth=came)


def together(example: Example, output: Output) -> Iterator[Score]:
    """Yield the figures of each model that have no interval, over all customers."""
    if example.id != MODEL:
        return
    hits = np.array(output["came_back"])
    said = f"over {len(hits)} customers, of whom {hits.sum()} came back"
    for model, chances in output["chances"].items():
        figures = chance_metrics(hits, np.array(chances))
        yield from (Score(f"{model}.{name}", value, said) for name, value in figures.items())
    exact = exact_calibration_error(np.array(output["chances"][AVERAGE]), seed=0)
    yield Score("ece_of_exact", exact, "of outcomes drawn by the chances themselves")


def learned(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Return what was learned, and from which days."""
    kept: Mapping[str, Any] = next((row["output"] for row in rows if row["id"] == MODEL), {})
    return {name: value for name, value in kept.items() if name not in ("came_back", "chances")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--horizon", type=int, default=90, help="days within which somebody comes back, or does not")
    parser.add_argument("--test", type=Path, help="learn from all of --data and judge the last days of this folder")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Read the invoices.

    Raises:
        SettingError: a folder does not hold invoices.
        BadRecord: the history is too short for the horizon, or there are too few customers.
    """
    if args.data is None:
        raise SettingError("--data", None, f"a folder with {FILE} is expected")
    known = read_invoices(args.data, "--data")
    other = read_invoices(args.test, "--test") if args.test else known
    yield Returners(known, other, args)


METRICS = (
    Metric("customers", of="came_back", reduce=counted, better=""),
    Metric("came_back", of="came_back", better=""),
    Metric("auc", of=f"chance.{AVERAGE}", reduce=auc),
    Metric("aupr", of=f"chance.{AVERAGE}", reduce=aupr),
    Metric("brier", of=f"chance.{AVERAGE}", reduce=brier, better="less"),
    Metric("ece", of=f"chance.{AVERAGE}", reduce=ece, better="less", bar=0.03),
    *(Metric(f"{model}.auc", of=f"chance.{model}", reduce=auc) for model in BESIDE),
    *(Metric(f"auc_above_{other}", of=f"above_{other}", reduce=auc_above, bar=0) for other in OTHERS),
    *(Metric(figure, of=f"{AVERAGE}.{figure}", better="") for figure in ("ece_width", "f1")),
    *(
        Metric(f"{model}.{figure}", of=f"{model}.{figure}", better="")
        for model in BESIDE
        for figure in FIGURES
        if figure != "auc"
    ),
    Metric("ece_of_exact", of="ece_of_exact", better=""),
)

TASK = Task(
    name="retention",
    promise="how well it is told who buys again, beside BG/NBD and recency, frequency and money alone",
    opened=opened,
    scorers=(together, returning),
    metrics=METRICS,
    add_arguments=add_arguments,
    notes=learned,
)
