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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine
from tqdm import tqdm

from assistant.errors import SettingError
from eval.harness.metrics import Metric
from eval.harness.reducers import counted, quantile
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Stage, Task
from eval.retrieval.metrics import ndcg, recall, reciprocal_rank
from eval.shops import home_settings
from index.build import Index
from index.candidates import Scores
from index.embed import EmbedSettings
from index.importing import ImportReport, import_feed
from index.query import Query
from index.ranking.tune import FOLDS, cross_scores, gathered, read_judgments
from index.ranking.tune import example as learned_from
from index.search import Found

PRODUCTS, JUDGMENTS = "products.jsonl.gz", "judgments.jsonl"
IMPORT = "import"
LISTS = {"bm25": 1, "dense": 2}
"""Which of the lists stands for each part: everything by BM25, titles by the multilingual embedder."""
PARTS = ("", "fused", *LISTS)
EXACT = 1.0
LONGEST = 100


class Queries(Stage):
    """A folder's products in an index of their own, and its judged queries."""

    def __init__(self, index: Index, report: ImportReport, args: argparse.Namespace) -> None:
        self._index, self._report = index, report
        self._judged = read_judgments(args.data / JUDGMENTS)[: args.limit]
        self._lists: dict[str, Mapping[str, Sequence[str]]] = {}
        learned = set(index.searcher.ranking.queries)
        self._folded = any(judge.query in learned for judge in self._judged)
        self.data = args.data.name
        self.inputs = (args.data / PRODUCTS, args.data / JUDGMENTS)
        self.settings = {
            "weights": f"{FOLDS} fixed folds" if self._folded else "as shipped",
            "shipped_weights": index.searcher.ranking.trained_on,
            "products": report.read,
        }

    @property
    def examples(self) -> Sequence[Example]:
        """The import, then the queries with the gains of their products; they are named by their place in the file."""
        queries = [
            Example(id=f"query {number}", given={"query": judge.query, "gains": dict(judge.gains)})
            for number, judge in enumerate(self._judged)
        ]
        return [Example(id=IMPORT, given={"feed": PRODUCTS}), *queries]

    async def start(self) -> None:
        """Gather the candidates of every query and rank them: each fold's weights learn from all the others."""
        with tqdm(desc="queries") as bar:
            found = gathered(self._index.searcher, self._judged, lambda _step, done, total: _show(bar, done, total))
        self._lists = {f"query {number}": lists for number, lists in enumerate(self._ranked(found))}

    async def play(self, example: Example, trial: int) -> Output:
        """Return what the import did, or the first products of each list and how long a whole search takes.

        The embedding of the query is in that time, and so is reading the products from the database.
        """
        if example.id == IMPORT:
            return {"seconds": self._report.seconds, "embedded": self._report.embedded, "read": self._report.read}
        started = time.perf_counter()
        self._index.searcher.search(Query(text=example.given["query"]))
        return {"ms": 1000 * (time.perf_counter() - started), "lists": self._lists[example.id]}

    def _ranked(self, found: Sequence[Found]) -> Iterator[Mapping[str, Sequence[str]]]:
        """Yield the lists of each query: the whole's (""), of the fusion alone, and of the parts."""
        examples = [learned_from(one, judge) for one, judge in zip(found, self._judged, strict=True)]
        whole = cross_scores(examples) if self._folded else [self._index.searcher.rank(one) for one in found]
        for one, scores in zip(found, whole, strict=True):
            candidates = one.candidates
            parts = {part: candidates.lists[number][:LONGEST] for part, number in LISTS.items()}
            yield {"": _first(one, scores), "fused": _first(one, candidates.fused), **parts}


def _first(found: Found, scores: Scores) -> list[str]:
    return [found.candidates.ids[at] for at in np.argsort(-scores, kind="stable")[:LONGEST]]


def ranking(example: Example, output: Output) -> Iterator[Score]:
    """Yield how good the list of the whole is, and those of its parts; and how long it took."""
    if example.id == IMPORT:
        yield Score("import_s", output["seconds"], f"{output['read']} products were read")
        yield Score("embedded", output["embedded"], "products were not embedded before")
        return
    gains: Mapping[str, float] = example.given["gains"]
    exact = frozenset(id_ for id_, gain in gains.items() if gain >= EXACT)
    for part in PARTS:
        ids, name = output["lists"][part], f"{part}." if part else ""
        told = ", ".join(f"{gains.get(id_, 0.0):g}" for id_ in ids[:10])
        yield Score(f"{name}ndcg@10", ndcg(ids, gains), f"gains of the first ten: {told}")
        found = len(exact & set(ids[:100]))
        yield Score(f"{name}recall@100", recall(ids, exact), f"{found} of {len(exact)} exact ones are there")
        place = next((rank for rank, id_ in enumerate(ids[:10], 1) if id_ in exact), None)
        said = f"the first exact one has rank {place}" if place else "no exact one is among the first ten"
        yield Score(f"{name}mrr@10", reciprocal_rank(ids, exact), said)
    yield Score("search_ms", output["ms"], example.given["query"])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--threads", type=int, default=0, help="threads of the embedders, 0 for all cores")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Import the folder's products into a home named by their content, so that none is embedded twice.

    Raises:
        SettingError: the folder lacks products or judgments.
        BadJudgments: a line of the judgments is something else.
    """
    if args.data is None:
        raise SettingError("--data", None, f"a folder with {PRODUCTS} and {JUDGMENTS} is expected")
    for name in (PRODUCTS, JUDGMENTS):
        if not (args.data / name).is_file():
            raise SettingError("--data", str(args.data), f"a folder with {name} is expected")
    with _index(args.data / PRODUCTS, args.threads) as (index, report):
        yield Queries(index, report, args)


@contextmanager
def _index(feed: Path, threads: int) -> Iterator[tuple[Index, ImportReport]]:
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


def _show(bar: tqdm[None], done: int, total: int | None) -> None:
    bar.total, bar.n = total, done
    bar.refresh()


METRICS = (
    Metric("queries", of="ndcg@10", reduce=counted, better=""),
    Metric("ndcg@10", of="ndcg@10", bar=0.70),
    Metric("recall@100", of="recall@100", bar=0.92),
    Metric("mrr@10", of="mrr@10"),
    *(
        Metric(f"{part}.{figure}", of=f"{part}.{figure}")
        for part in PARTS[1:]
        for figure in ("ndcg@10", "recall@100", "mrr@10")
    ),
    Metric("p50_ms", of="search_ms", reduce=quantile(0.5), better="less"),
    Metric("p95_ms", of="search_ms", reduce=quantile(0.95), better="less", bar=80),
    Metric("import_s", of="import_s", better="less"),
    Metric("embedded", of="embedded", better=""),
)

TASK = Task(
    name="retrieval",
    promise="how well the search ranks, against graded judgments",
    opened=opened,
    scorers=(ranking,),
    metrics=METRICS,
    add_arguments=add_arguments,
)
