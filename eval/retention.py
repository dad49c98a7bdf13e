"""Retention: who buys again within a horizon, told on the first of the last days of the data, which are held out.

What is learned is learned from earlier days with their own horizon before the held-out days. BG/NBD, fitted to the same
past, and the same learners over recency, frequency and money alone stand beside it, with the paired interval of what
they lack. With `--test` all of that is learned from `--data`, and the last days of the other folder are judged.

    python -m eval retention --data ../shared/data/online-retail --horizon 90
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from assistant.behaviour.models.chance import Hits
from assistant.behaviour.models.customers import RFM, Customers, came_back, customers_on
from assistant.behaviour.models.returning import Returning, histories, learn_returning
from assistant.behaviour.models.table import Floats
from assistant.errors import SettingError
from eval.chance_metrics import chance_metrics, drawn_aucs, exact_calibration_error, middle
from eval.invoices import Invoices, read_invoices
from eval.result import Result

OTHERS = ("bgnbd", "rfm")


@dataclass(frozen=True, slots=True)
class Judged:
    """The customers of the folder that is judged, on the first held-out day, and who came back."""

    customers: Customers
    day: date
    hits: Hits
    chances: Mapping[str, Floats]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--horizon", type=int, default=90, help="days within which somebody comes back, or does not")
    parser.add_argument("--test", type=Path, help="learn from all of --data and judge the last days of this folder")


def run(args: argparse.Namespace) -> Result:
    """Learn and judge.

    Raises:
        SettingError: a folder does not hold invoices.
        BadRecord: the history is too short for the horizon, or there are too few customers.
    """
    if args.data is None:
        raise SettingError("--data", None, "a folder with transactions.csv.gz is expected")
    known = read_invoices(args.data, "--data")
    other = read_invoices(args.test, "--test") if args.test else known
    until = known.end if args.test else known.end - timedelta(days=args.horizon)
    whole, rfm = _learned(known, until, args)
    judged = _judged(other, whole, rfm, limit=args.limit)
    drawn = drawn_aucs(judged.hits, judged.chances, seed=args.seed)
    return Result(
        task="retention",
        data=f"{args.data.name} -> {args.test.name}" if args.test else args.data.name,
        metrics=_metrics(judged),
        intervals={
            **{f"{name}.auc" if name else "auc": middle(values) for name, values in drawn.items()},
            **{f"auc_above_{name}": middle(drawn[""] - drawn[name]) for name in OTHERS},
        },
        settings=_settings(args, whole, known=known, judged=judged),
        rows=list(_rows(judged)),
    )


def _learned(known: Invoices, until: date, args: argparse.Namespace) -> tuple[Returning, Returning]:
    """The model over all columns, and the one over recency, frequency and money alone."""
    models = [
        learn_returning(known.lines, until=until, horizon_days=args.horizon, seed=args.seed, columns=columns)
        for columns in tqdm(((), RFM), desc="models")
    ]
    return models[0], models[1]


def _judged(invoices: Invoices, whole: Returning, rfm: Returning, *, limit: int | None) -> Judged:
    day = invoices.end - timedelta(days=whole.horizon_days)
    customers = customers_on(invoices.lines, day)
    first = Customers(customers.ids[:limit], customers.table.rows(np.arange(len(customers.ids))[:limit]))
    return Judged(
        customers=first,
        day=day,
        hits=came_back(invoices.lines, first, day=day, horizon_days=whole.horizon_days),
        chances={
            "": whole.chances(first),
            "bgnbd": whole.process.returns(histories(first), whole.horizon_days),
            "rfm": rfm.chances(first),
            **whole.by_family(first),
        },
    )


def _metrics(judged: Judged) -> dict[str, float]:
    figures = {
        f"{model}.{name}" if model else name: value
        for model, chances in judged.chances.items()
        for name, value in chance_metrics(judged.hits, chances).items()
    }
    above = {f"auc_above_{name}": figures["auc"] - figures[f"{name}.auc"] for name in OTHERS}
    exact = exact_calibration_error(judged.chances[""], seed=0)
    counted = {"customers": len(judged.hits), "came_back": float(judged.hits.mean())}
    return {**counted, **figures, **above, "ece_of_exact": exact}


def _settings(args: argparse.Namespace, model: Returning, *, known: Invoices, judged: Judged) -> dict[str, Any]:
    return {
        "horizon_days": args.horizon,
        "judged_on": str(judged.day),
        "learned_on": [str(day) for day in model.days],
        "weights": dict(model.chance.weights),
        "calibration": model.chance.way,
        "level_shift": model.shift,
        "bgnbd": {name: getattr(model.process, name) for name in ("r", "alpha", "a", "b")},
        "lines": len(known.lines),
        "lines_left_out": known.left_out,
        "seed": args.seed,
    }


def _rows(judged: Judged) -> Iterator[dict[str, Any]]:
    for place, id_ in enumerate(judged.customers.ids):
        chances = {model or "average": round(float(said[place]), 6) for model, said in judged.chances.items()}
        known = {name: float(judged.customers.table.column(name)[place]) for name in RFM}
        yield {"customer": id_, **known, "came_back": int(judged.hits[place]), "chances": chances}
