"""Retrieval: imports a folder's products, asks its judged queries of the search as it ships, and scores the lists.

No query helps to rank itself: where the shipped weights learned from queries of this folder, each is ranked by weights
fitted to the other four of five fixed folds; otherwise by the weights as they ship. The parts (BM25, the multilingual
vectors, both fused with the rest by reciprocal rank) are scored beside the whole.

    python -m eval retrieval --data ../shared/data/esci-us
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import create_engine
from tqdm import tqdm

from assistant.errors import SettingError
from eval.ranking_metrics import bootstrap, ndcg, recall, reciprocal_rank
from eval.result import Result
from eval.shops import home_settings
from index.build import Index
from index.candidates import Scores
from index.embed import EmbedSettings
from index.importing import ImportReport, import_feed
from index.query import Query
from index.ranking.tune import FOLDS, Judged, cross_scores, example, gathered, read_judgments
from index.search import Found

PARTS = {"bm25": 1, "dense": 2}
"""Which of the lists stands for each part: everything by BM25, titles by the multilingual embedder."""
EXACT = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A judged query with the whole list, by whatever ranks it."""

    judged: Judged
    ids: tuple[str, ...]

    @property
    def exact(self) -> frozenset[str]:
        """The products judged to be exactly what is asked for."""
        return frozenset(id_ for id_, gain in self.judged.gains.items() if gain >= EXACT)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--threads", type=int, default=0, help="threads of the embedders, 0 for all cores")


def run(args: argparse.Namespace) -> Result:
    """Import, ask, score.

    Raises:
        SettingError: the folder lacks products or judgments.
        BadJudgments: a line of the judgments is something else.
    """
    if args.data is None:
        raise SettingError("--data", None, "a folder with products.jsonl.gz and judgments.jsonl is expected")
    judged = read_judgments(_file(args.data, "judgments.jsonl"))[: args.limit]
    with _index(_file(args.data, "products.jsonl.gz"), args.threads) as (index, report):
        with tqdm(desc="queries") as bar:
            found = gathered(index.searcher, judged, lambda _step, done, total: _show(bar, done, total))
        times = _times(index, judged)
        learned = set(index.searcher.ranking.queries)
        folded = any(judge.query in learned for judge in judged)
        lists = _lists(index, found, judged, folded=folded)
    rows = [_row(lists[part], number, part) for part in lists for number in range(len(judged))]
    return Result(
        task="retrieval",
        data=args.data.name,
        metrics={"queries": len(judged), **_metrics(lists), **times, **_import_metrics(report)},
        intervals={"ndcg@10": bootstrap([ndcg(r.ids, r.judged.gains) for r in lists[""]], seed=args.seed)},
        settings={
            "weights": f"{FOLDS} fixed folds" if folded else "as shipped",
            "shipped_weights": index.searcher.ranking.trained_on,
            "products": report.read,
            "threads": args.threads,
            "seed": args.seed,
        },
        rows=rows,
    )


@contextmanager
def _index(feed: Path, threads: int) -> Iterator[tuple[Index, ImportReport]]:
    """The feed's products in a home of their own, named by the feed's content so that none is embedded twice."""
    with feed.open("rb") as file:
        name = f"{feed.parent.name}-{hashlib.file_digest(file, 'sha256').hexdigest()[:10]}"
    settings = home_settings(name)
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{settings.home / 'shop.db'}")
    embedders = EmbedSettings(weights=settings.weights, embedder=settings.embedder, threads=threads)
    index = Index.open(settings.home, engine, embedders=embedders)
    try:
        with tqdm(desc=f"importing {feed.name}") as bar:
            report = import_feed(index, feed, progress=lambda _step, done, total: _show(bar, done, total))
        yield index, report
    finally:
        index.close()
        engine.dispose()


def _lists(index: Index, found: Sequence[Found], judged: Sequence[Judged], *, folded: bool) -> dict[str, list[Ranked]]:
    """The list of every query by the whole ("") and by each part."""
    shipped = [index.searcher.rank(one) for one in found]
    examples = [example(one, judge) for one, judge in zip(found, judged, strict=True)]
    lists = {"": cross_scores(examples) if folded else shipped, "fused": [one.candidates.fused for one in found]}
    ranked = {part: _ordered(found, judged, scores) for part, scores in lists.items()}
    for part, number in PARTS.items():
        ranked[part] = [Ranked(j, one.candidates.lists[number]) for one, j in zip(found, judged, strict=True)]
    return ranked


def _ordered(found: Sequence[Found], judged: Sequence[Judged], scores: Sequence[Scores]) -> list[Ranked]:
    return [
        Ranked(judge, tuple(one.candidates.ids[at] for at in np.argsort(-own, kind="stable")))
        for one, judge, own in zip(found, judged, scores, strict=True)
    ]


def _metrics(lists: Mapping[str, Sequence[Ranked]]) -> dict[str, float]:
    measures: dict[str, Callable[[Ranked], float]] = {
        "ndcg@10": lambda r: ndcg(r.ids, r.judged.gains),
        "recall@100": lambda r: recall(r.ids, r.exact),
        "mrr@10": lambda r: reciprocal_rank(r.ids, r.exact),
    }
    return {
        f"{part}.{name}" if part else name: float(np.mean([measure(ranked) for ranked in lists[part]]))
        for part in lists
        for name, measure in measures.items()
    }


def _times(index: Index, judged: Sequence[Judged]) -> dict[str, float]:
    """How long a whole search takes, embedding of the query included and the products read from the database."""
    spent = []
    for judge in judged:
        started = time.perf_counter()
        index.searcher.search(Query(text=judge.query))
        spent.append(1000 * (time.perf_counter() - started))
    return {"p50_ms": float(np.percentile(spent, 50)), "p95_ms": float(np.percentile(spent, 95))}


def _import_metrics(report: ImportReport) -> dict[str, float]:
    return {"import_s": report.seconds, "embedded": float(report.embedded)}


def _row(ranked: Sequence[Ranked], number: int, part: str) -> dict[str, Any]:
    one = ranked[number]
    return {
        "part": part or "whole",
        "query": one.judged.query,
        "fold": number % FOLDS,
        "ids": one.ids[:100],
        "gains": [one.judged.gains.get(id_, 0.0) for id_ in one.ids[:10]],
        "ndcg@10": ndcg(one.ids, one.judged.gains),
        "recall@100": recall(one.ids, one.exact),
        "mrr@10": reciprocal_rank(one.ids, one.exact),
    }


def _file(folder: Path, name: str) -> Path:
    path = Path(folder) / name
    if not path.is_file():
        raise SettingError("--data", str(folder), f"a folder with {name} is expected")
    return path


def _show(bar: tqdm[None], done: int, total: int | None) -> None:
    bar.total, bar.n = total, done
    bar.refresh()
